/* LanmuCameraFile: why it exists and its rules are in the header. Pure functions, any thread. */
#include "capture/camerafile.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (LanmuCameraFile, lanmu_camera_file, lanmu_camera_file_copy, lanmu_camera_file_free)

LanmuCameraFile *lanmu_camera_file_new (const char *folder, const char *name, guint64 size, gint64 mtime)
{
  LanmuCameraFile *self = g_new0 (LanmuCameraFile, 1);
  self->folder = g_strdup (folder != NULL ? folder : "");
  self->name = g_strdup (name != NULL ? name : "");
  self->size = size;
  self->mtime = mtime;
  return self;
}

LanmuCameraFile *lanmu_camera_file_copy (const LanmuCameraFile *self)
{
  return lanmu_camera_file_new (self->folder, self->name, self->size, self->mtime);
}

void lanmu_camera_file_free (LanmuCameraFile *self)
{
  if (self == NULL)
    return;
  g_free (self->folder);
  g_free (self->name);
  g_free (self);
}

/* Length of the name without its extension. */
static gsize stem_length (const char *name)
{
  const char *dot = strrchr (name, '.');
  return dot != NULL ? (gsize) (dot - name) : strlen (name);
}

static gboolean has_extension (const LanmuCameraFile *self, const char *const *extensions)
{
  const char *dot = strrchr (self->name, '.');
  if (dot == NULL)
    return FALSE;
  for (; *extensions != NULL; extensions++)
    if (g_ascii_strcasecmp (dot + 1, *extensions) == 0)
      return TRUE;
  return FALSE;
}

gboolean lanmu_camera_file_is_jpeg (const LanmuCameraFile *self)
{
  static const char *const extensions[] = {"JPG", "JPEG", NULL};
  return has_extension (self, extensions);
}

gboolean lanmu_camera_file_is_raw (const LanmuCameraFile *self)
{
  static const char *const extensions[] = {"NEF", "NRW", "CR2", "CR3", "CRW", "ARW", "RAF", "DNG", NULL};
  return has_extension (self, extensions);
}

gboolean lanmu_camera_file_is_sibling (const LanmuCameraFile *a, const LanmuCameraFile *b)
{
  gsize length = stem_length (a->name);
  return g_strcmp0 (a->folder, b->folder) == 0 && length == stem_length (b->name) &&
         strncmp (a->name, b->name, length) == 0 && strcmp (a->name, b->name) != 0;
}

/* The number in the digits [from, to), at most nine of them (what fits an int); -1 when there are none. */
static int digits_to_int (const char *from, const char *to)
{
  int number = 0;
  if (from == to || to - from > 9)
    return -1;
  for (; from < to; from++)
    number = number * 10 + (*from - '0');
  return number;
}

int lanmu_camera_file_number (const LanmuCameraFile *self)
{
  const char *end = self->name + stem_length (self->name);
  const char *start = end;
  while (start > self->name && g_ascii_isdigit (start[-1]))
    start--;
  return digits_to_int (start, end);
}

int lanmu_camera_file_folder_number (const LanmuCameraFile *self)
{
  const char *slash = strrchr (self->folder, '/');
  const char *start = slash != NULL ? slash + 1 : self->folder;
  const char *end = start;
  while (g_ascii_isdigit (*end))
    end++;
  return digits_to_int (start, end);
}
