/* See card.h. */
#include "capture/simcam/card.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HANDLE_DCIM  0x40000000u
#define FIRST_FOLDER 100u
#define LOOK_BYTES   (128u << 10) /* a JPEG's head with its APP1 lies in here */

struct SimCard {
  char *dir, *suffix, *stem;
  int spill;
  gint64 spill_end;
  guint64 used;
  guint folder; /* number of the newest folder */
  GHashTable *by_handle;
  GPtrArray *objects; /* SimObject, in the order they came */
};

static gboolean fail (GError **error, const char *what)
{
  int saved = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", what, g_strerror (saved));
  return FALSE;
}

static guint32 file_handle (guint folder, guint number, guint16 format)
{
  return (format == SIM_FORMAT_JPEG ? 0x10000000u : 0x20000000u) | folder << 14 | number;
}

static guint32 folder_handle (guint folder)
{
  return HANDLE_DCIM | folder << 14;
}

static SimObject *keep (SimCard *card, SimObject *object)
{
  g_hash_table_insert (card->by_handle, GUINT_TO_POINTER (object->handle), object);
  g_ptr_array_add (card->objects, object);
  card->used += object->size;
  return object;
}

static SimObject *make_folder (SimCard *card, guint32 handle, guint32 parent, const char *name)
{
  SimObject *folder = g_new0 (SimObject, 1);

  folder->handle = handle;
  folder->parent = parent;
  folder->storage = SIM_STORE_CARD;
  folder->format = SIM_FORMAT_FOLDER;
  folder->name = g_strdup (name);
  if (card->dir != NULL && parent == 0)
    folder->path = g_build_filename (card->dir, name, NULL);
  else if (card->dir != NULL)
    folder->path = g_build_filename (card->dir, "DCIM", name, NULL);
  if (folder->path != NULL && g_mkdir_with_parents (folder->path, 0777) != 0)
    g_warning ("cannot make %s: %s", folder->path, g_strerror (errno));
  return keep (card, folder);
}

static SimObject *open_folder (SimCard *card, guint number)
{
  g_autofree char *name = g_strdup_printf ("%03u%s", number, card->suffix);
  card->folder = number;
  return make_folder (card, folder_handle (number), HANDLE_DCIM, name);
}

/* Everything a card has when it comes out of the formatter. */
static void format (SimCard *card)
{
  g_hash_table_remove_all (card->by_handle);
  g_ptr_array_set_size (card->objects, 0);
  card->used = 0;
  card->spill_end = 0;
  make_folder (card, HANDLE_DCIM, 0, "DCIM");
}

static guint16 format_of (const char *name)
{
  if (g_str_has_suffix (name, ".JPG"))
    return SIM_FORMAT_JPEG;
  return g_str_has_suffix (name, ".CR2") ? SIM_FORMAT_CR2 : SIM_FORMAT_UNDEFINED;
}

static void load_file (SimCard *card, guint folder, const char *folder_path, const char *name)
{
  SimObject *object;
  GStatBuf info;
  guint number;
  g_autofree char *path = g_build_filename (folder_path, name, NULL);
  gsize stem = strlen (card->stem);

  if (!g_str_has_prefix (name, card->stem) || sscanf (name + stem, "%4u.", &number) != 1 || g_stat (path, &info) != 0)
    return;
  object = g_new0 (SimObject, 1);
  object->format = format_of (name);
  object->handle = file_handle (folder, number, object->format);
  object->parent = folder_handle (folder);
  object->storage = SIM_STORE_CARD;
  object->name = g_strdup (name);
  object->size = (guint64) info.st_size;
  object->local_us = (gint64) info.st_mtime * G_USEC_PER_SEC;
  object->number = number;
  object->path = g_steal_pointer (&path);
  keep (card, object);
  g_autoptr (GBytes) head = sim_card_read (card, object, 0, LOOK_BYTES, NULL);
  if (head != NULL)
    sim_object_look (object, g_bytes_get_data (head, NULL), g_bytes_get_size (head));
}

static int by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static GPtrArray *names_in (const char *path)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, by_name);
  return names;
}

static void load (SimCard *card)
{
  g_autofree char *dcim = g_build_filename (card->dir, "DCIM", NULL);
  g_autoptr (GPtrArray) folders = names_in (dcim);

  for (guint i = 0; i < folders->len; i++) {
    const char *name = folders->pdata[i];
    guint number = (guint) g_ascii_strtoull (name, NULL, 10);
    g_autofree char *path = g_build_filename (dcim, name, NULL);
    g_autoptr (GPtrArray) files = NULL;
    if (number < FIRST_FOLDER || number > 999 || strcmp (name + 3, card->suffix) != 0)
      continue;
    open_folder (card, number);
    files = names_in (path);
    for (guint k = 0; k < files->len; k++)
      load_file (card, number, path, files->pdata[k]);
  }
}

static int open_spill (void)
{
  int fd = open (g_get_tmp_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  g_autofree char *name = NULL;

  if (fd >= 0)
    return fd;
  fd = g_file_open_tmp ("lanmu-simcam-XXXXXX", &name, NULL);
  if (fd >= 0)
    g_unlink (name);
  return fd;
}

SimCard *sim_card_new (const char *dir, const char *suffix, const char *stem, GError **error)
{
  SimCard *card = g_new0 (SimCard, 1);

  card->dir = g_strdup (dir);
  card->suffix = g_strdup (suffix);
  card->stem = g_strdup (stem);
  card->spill = -1;
  card->by_handle = g_hash_table_new (NULL, NULL);
  card->objects = g_ptr_array_new_with_free_func ((GDestroyNotify) sim_object_free);
  if (dir != NULL ? g_mkdir_with_parents (dir, 0777) != 0 : (card->spill = open_spill ()) < 0) {
    fail (error, dir != NULL ? dir : "cannot open a spill file for the card");
    sim_card_free (card);
    return NULL;
  }
  format (card);
  if (dir != NULL)
    load (card);
  if (card->folder == 0)
    open_folder (card, FIRST_FOLDER);
  return card;
}

void sim_card_free (SimCard *card)
{
  if (card == NULL)
    return;
  if (card->spill >= 0)
    close (card->spill);
  g_hash_table_unref (card->by_handle);
  g_ptr_array_unref (card->objects);
  g_free (card->dir);
  g_free (card->suffix);
  g_free (card->stem);
  g_free (card);
}

gboolean sim_card_swap (SimCard *card, GError **error)
{
  int spill = open_spill ();

  if (spill < 0)
    return fail (error, "cannot open a spill file for the card");
  if (card->spill >= 0)
    close (card->spill);
  card->spill = spill;
  g_clear_pointer (&card->dir, g_free);
  format (card);
  open_folder (card, FIRST_FOLDER);
  return TRUE;
}

guint sim_card_last_number (SimCard *card)
{
  guint last = 0;
  for (guint i = 0; i < card->objects->len; i++) {
    const SimObject *object = card->objects->pdata[i];
    if (object->parent == folder_handle (card->folder))
      last = MAX (last, object->number);
  }
  return last;
}

static gboolean write_all (int fd, const guint8 *data, gsize size, gint64 at)
{
  while (size > 0) {
    gssize done = pwrite (fd, data, size, at);
    if (done < 0 && errno == EINTR)
      continue;
    if (done <= 0)
      return FALSE;
    data += done;
    size -= (gsize) done;
    at += done;
  }
  return TRUE;
}

/* The file appears under its name only when it is whole; its time is the camera's. */
static gboolean write_file (const char *path, GBytes *bytes, gint64 local_us)
{
  struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = local_us / G_USEC_PER_SEC}};
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  int fd = open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  gboolean ok;

  if (fd < 0)
    return FALSE;
  ok = write_all (fd, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0) && futimens (fd, times) == 0;
  return close (fd) == 0 && ok && rename (part, path) == 0;
}

static gboolean store (SimCard *card, SimObject *object, const SimObject *folder, GBytes *bytes, GError **error)
{
  if (card->dir != NULL) {
    object->path = g_build_filename (folder->path, object->name, NULL);
    return write_file (object->path, bytes, object->local_us) || fail (error, object->path);
  }
  object->spill_at = card->spill_end;
  if (!write_all (card->spill, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), card->spill_end))
    return fail (error, "the card in memory");
  card->spill_end += (gint64) g_bytes_get_size (bytes);
  return TRUE;
}

SimObject *sim_card_add (SimCard *card, const char *suffix, guint16 format, guint number, gint64 local_us,
                         GBytes *bytes, SimObject **new_folder, GError **error)
{
  SimObject *object = g_new0 (SimObject, 1), *folder;

  *new_folder = NULL;
  if (sim_card_find (card, file_handle (card->folder, number, format)) != NULL || number < sim_card_last_number (card))
    *new_folder = open_folder (card, card->folder + 1);
  folder = sim_card_find (card, folder_handle (card->folder));
  object->handle = file_handle (card->folder, number, format);
  object->parent = folder->handle;
  object->storage = SIM_STORE_CARD;
  object->format = format;
  object->name = g_strdup_printf ("%s%04u.%s", card->stem, number, suffix);
  object->size = g_bytes_get_size (bytes);
  object->local_us = local_us;
  object->number = number;
  sim_object_look (object, g_bytes_get_data (bytes, NULL), MIN (object->size, LOOK_BYTES));
  if (!store (card, object, folder, bytes, error)) {
    sim_object_free (object);
    return NULL;
  }
  return keep (card, object);
}

SimObject *sim_card_next_folder (SimCard *card)
{
  return open_folder (card, card->folder + 1);
}

gboolean sim_card_delete (SimCard *card, guint32 handle)
{
  SimObject *object = sim_card_find (card, handle);

  if (object == NULL || object->format == SIM_FORMAT_FOLDER)
    return FALSE;
  if (object->path != NULL && g_unlink (object->path) != 0)
    return FALSE;
  g_hash_table_remove (card->by_handle, GUINT_TO_POINTER (handle));
  card->used -= object->size;
  g_ptr_array_remove (card->objects, object);
  return TRUE;
}

SimObject *sim_card_find (SimCard *card, guint32 handle)
{
  return g_hash_table_lookup (card->by_handle, GUINT_TO_POINTER (handle));
}

GPtrArray *sim_card_children (SimCard *card, guint32 parent)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = 0; i < card->objects->len; i++) {
    SimObject *object = card->objects->pdata[i];
    if (parent == SIM_HANDLE_ROOT || object->parent == parent)
      g_ptr_array_add (found, object);
  }
  return found;
}

char *sim_card_folder_path (SimCard *card, const SimObject *object)
{
  const SimObject *folder = sim_card_find (card, object->parent);
  return g_strdup_printf ("/store_%08x/DCIM/%s", SIM_STORE_CARD, folder != NULL ? folder->name : "");
}

GBytes *sim_card_read (SimCard *card, const SimObject *object, guint64 offset, guint64 length, GError **error)
{
  gsize want = offset < object->size ? (gsize) MIN (length, object->size - offset) : 0, have = 0;
  g_autofree guint8 *data = g_malloc (MAX (want, 1));
  int fd = object->path != NULL ? open (object->path, O_RDONLY | O_CLOEXEC) : card->spill;
  gint64 base = object->path != NULL ? 0 : object->spill_at;
  gssize got = 1;

  while (fd >= 0 && have < want && got > 0) {
    got = pread (fd, data + have, want - have, base + (gint64) (offset + have));
    have += (gsize) MAX (got, 0);
  }
  if (have < want)
    fail (error, object->name);
  if (object->path != NULL && fd >= 0)
    close (fd);
  return have < want ? NULL : g_bytes_new_take (g_steal_pointer (&data), have);
}

guint64 sim_card_free_bytes (SimCard *card)
{
  return card->used < SIM_CARD_BYTES ? SIM_CARD_BYTES - card->used : 0;
}
