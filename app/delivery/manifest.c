/* See manifest.h. */
#include "app/delivery/manifest.h"

#include <gio/gio.h>
#include <string.h>

static void line_free (gpointer data)
{
  g_free (((LanmuManifestLine *) data)->path);
  g_free (data);
}

LanmuManifest *lanmu_manifest_new (void)
{
  LanmuManifest *self = g_new0 (LanmuManifest, 1);
  self->lines = g_ptr_array_new_with_free_func (line_free);
  return self;
}

void lanmu_manifest_free (LanmuManifest *self)
{
  if (!self)
    return;
  g_ptr_array_unref (self->lines);
  g_free (self);
}

void lanmu_manifest_add (LanmuManifest *self, const char *path, const char *sha256)
{
  LanmuManifestLine *line = g_new0 (LanmuManifestLine, 1);
  line->path = g_strdup (path);
  g_strlcpy (line->sha256, sha256, sizeof line->sha256);
  g_ptr_array_add (self->lines, line);
}

static gint by_path (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(const LanmuManifestLine *const *) a)->path, (*(const LanmuManifestLine *const *) b)->path);
}

GBytes *lanmu_manifest_to_bytes (LanmuManifest *self)
{
  GString *text = g_string_new (NULL);
  g_ptr_array_sort (self->lines, by_path);
  for (guint i = 0; i < self->lines->len; i++) {
    const LanmuManifestLine *line = self->lines->pdata[i];
    g_string_append_printf (text, "%s  %s\n", line->sha256, line->path);
  }
  return g_string_free_to_bytes (text);
}

const LanmuManifestLine *lanmu_manifest_find (const LanmuManifest *self, const char *path)
{
  guint low = 0, high = self->lines->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    const LanmuManifestLine *line = self->lines->pdata[middle];
    int order = strcmp (path, line->path);
    if (order == 0)
      return line;
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return NULL;
}

static gboolean is_sum (const char *text)
{
  return strspn (text, "0123456789abcdef") >= 64 && text[64] == ' ' && text[65] == ' ';
}

static gboolean is_inside (const char *path)
{
  if (*path == '\0' || *path == '/' || strchr (path, '\\') != NULL)
    return FALSE;
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  for (char **part = parts; *part != NULL; part++)
    if (**part == '\0' || g_str_equal (*part, ".") || g_str_equal (*part, ".."))
      return FALSE;
  return TRUE;
}

static gboolean add_line (LanmuManifest *self, const char *line, guint number, GError **error)
{
  char sum[65];
  if (strlen (line) < 67 || !is_sum (line) || !is_inside (line + 66)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Line %u of %s is damaged", number, LANMU_MANIFEST_NAME);
    return FALSE;
  }
  g_strlcpy (sum, line, sizeof sum);
  lanmu_manifest_add (self, line + 66, sum);
  return TRUE;
}

static gboolean has_no_twins (const LanmuManifest *self, GError **error)
{
  for (guint i = 1; i < self->lines->len; i++) {
    const LanmuManifestLine *line = self->lines->pdata[i];
    if (g_str_equal (line->path, ((const LanmuManifestLine *) self->lines->pdata[i - 1])->path)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s names %s twice", LANMU_MANIFEST_NAME, line->path);
      return FALSE;
    }
  }
  return TRUE;
}

LanmuManifest *lanmu_manifest_parse (const char *text, gsize size, GError **error)
{
  g_autoptr (LanmuManifest) self = lanmu_manifest_new ();
  if (!g_utf8_validate_len (text, size, NULL)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is no text", LANMU_MANIFEST_NAME);
    return NULL;
  }
  g_autofree char *copy = g_strndup (text, size);
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    gsize length = strlen (lines[i]);
    if (length > 0 && lines[i][length - 1] == '\r')
      lines[i][length - 1] = '\0';
    if (*lines[i] != '\0' && !add_line (self, lines[i], i + 1, error))
      return NULL;
  }
  g_ptr_array_sort (self->lines, by_path);
  return has_no_twins (self, error) ? g_steal_pointer (&self) : NULL;
}
