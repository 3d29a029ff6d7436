/* Zips of a delivery, by libzip; see sink.h. Nothing is compressed: pictures are, and the rest is small. */
#include "app/delivery/sinkkind.h"

#include <errno.h>
#include <gio/gio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include "app/delivery/copy.h"

#define MEMORY   ((guint64) 64 * 1024 * 1024) /* what may wait for a zip to be written */
#define OVERHEAD 200                          /* of an entry, beside twice its name */

struct _LanmuZipWriter {
  char *part;
  LanmuZipWish wish;
  GPtrArray *names; /* of the zips that are whole */
  zip_t *zip;       /* the one that is being filled, or NULL */
  guint64 size, in_memory;
  GError *failed; /* what a picture said while its zip was written */
};

/* -- a picture, read when its turn comes -- */

typedef struct {
  LanmuZipWriter *writer;
  LanmuSink *sink;
  const LanmuDeliveryFile *file; /* the plan's, which outlives the sink */
  GBytes *bytes;                 /* while it is open */
  gsize at, size;
  zip_error_t error;
} Picture;

static zip_int64_t open_picture (Picture *self)
{
  g_clear_error (&self->writer->failed);
  self->bytes = lanmu_sink_read (self->sink, self->file, &self->writer->failed);
  self->at = 0;
  if (self->bytes != NULL)
    return 0;
  zip_error_set (&self->error, ZIP_ER_READ, EIO);
  return -1;
}

static zip_int64_t read_picture (Picture *self, void *to, zip_uint64_t room)
{
  gsize size, n;
  const guint8 *data = g_bytes_get_data (self->bytes, &size);
  n = MIN (size - self->at, room);
  memcpy (to, data + self->at, n);
  self->at += n;
  return (zip_int64_t) n;
}

static zip_int64_t tell_picture (Picture *self, void *to)
{
  zip_stat_t *stat = to;
  zip_stat_init (stat);
  stat->size = self->size;
  stat->valid = ZIP_STAT_SIZE;
  return sizeof *stat;
}

static zip_int64_t serve (void *data, void *to, zip_uint64_t room, zip_source_cmd_t command)
{
  Picture *self = data;
  switch (command) {
  case ZIP_SOURCE_OPEN:
    return open_picture (self);
  case ZIP_SOURCE_READ:
    return read_picture (self, to, room);
  case ZIP_SOURCE_CLOSE:
    g_clear_pointer (&self->bytes, g_bytes_unref);
    return 0;
  case ZIP_SOURCE_STAT:
    return tell_picture (self, to);
  case ZIP_SOURCE_ERROR:
    return zip_error_to_data (&self->error, to, room);
  case ZIP_SOURCE_FREE:
    g_clear_pointer (&self->bytes, g_bytes_unref);
    g_free (self);
    return 0;
  case ZIP_SOURCE_SUPPORTS:
    return zip_source_make_command_bitmap (ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                           ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, ZIP_SOURCE_SUPPORTS, -1);
  default:
    zip_error_set (&self->error, ZIP_ER_OPNOTSUPP, 0);
    return -1;
  }
}

/* -- a zip -- */

static char *name_of (LanmuZipWriter *self, guint number)
{
  return g_strdup_printf ("%s-%u.zip", self->wish.name, number);
}

static gboolean fail (LanmuZipWriter *self, const char *path, const char *why, GError **error)
{
  if (self->failed != NULL)
    g_propagate_error (error, g_steal_pointer (&self->failed));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Cannot write %s: %s", path, why);
  return FALSE;
}

static gboolean begin (LanmuZipWriter *self, GError **error)
{
  g_autofree char *name = name_of (self, self->names->len + 1);
  g_autofree char *path = g_build_filename (self->part, name, NULL);
  int code = 0;
  self->zip = zip_open (path, ZIP_CREATE | ZIP_TRUNCATE, &code);
  self->size = self->in_memory = 0;
  if (self->zip != NULL)
    return TRUE;
  zip_error_t why;
  zip_error_init_with_code (&why, code);
  fail (self, path, zip_error_strerror (&why), error);
  zip_error_fini (&why);
  return FALSE;
}

static gboolean end (LanmuZipWriter *self, GError **error)
{
  g_autofree char *name = name_of (self, self->names->len + 1);
  g_autofree char *path = g_build_filename (self->part, name, NULL);
  if (self->zip == NULL)
    return TRUE;
  if (zip_close (self->zip) != 0) {
    fail (self, path, zip_strerror (self->zip), error);
    zip_discard (g_steal_pointer (&self->zip));
    return FALSE;
  }
  self->zip = NULL;
  chmod (path, 0644);
  g_ptr_array_add (self->names, g_steal_pointer (&name));
  return TRUE;
}

/* Room for an entry of that size, in this zip or a new one. */
static gboolean make_room (LanmuZipWriter *self, const char *name, gsize size, gboolean in_memory, GError **error)
{
  guint64 more = size + OVERHEAD + 2 * strlen (name);
  gboolean over = self->wish.split > 0 && self->size > 0 && self->size + more > self->wish.split;
  if (in_memory && self->in_memory > 0 && self->in_memory + size > MEMORY)
    over = TRUE;
  if ((over && !end (self, error)) || (self->zip == NULL && !begin (self, error)))
    return FALSE;
  self->size += more;
  self->in_memory += in_memory ? size : 0;
  return TRUE;
}

/* Takes the source. */
static gboolean add (LanmuZipWriter *self, const char *name, zip_source_t *source, GError **error)
{
  zip_int64_t index = source != NULL ? zip_file_add (self->zip, name, source, ZIP_FL_ENC_UTF_8) : -1;
  if (index < 0) {
    zip_source_free (source);
    return fail (self, name, zip_strerror (self->zip), error);
  }
  zip_set_file_compression (self->zip, (zip_uint64_t) index, ZIP_CM_STORE, 0);
  if (self->wish.password != NULL &&
      zip_file_set_encryption (self->zip, (zip_uint64_t) index, ZIP_EM_AES_256, self->wish.password) != 0)
    return fail (self, name, zip_strerror (self->zip), error);
  return TRUE;
}

gboolean lanmu_zip_writer_picture (LanmuZipWriter *self, LanmuSink *sink, const LanmuDeliveryFile *file, GError **error)
{
  g_autoptr (GBytes) bytes =
      lanmu_sink_read (sink, file, error); /* a damaged picture is named before anything is written */
  if (bytes == NULL || !make_room (self, file->path, g_bytes_get_size (bytes), FALSE, error))
    return FALSE;
  Picture *picture = g_new0 (Picture, 1);
  *picture = (Picture){.writer = self, .sink = sink, .file = file, .size = g_bytes_get_size (bytes)};
  zip_error_init (&picture->error);
  return add (self, file->path, zip_source_function_create (serve, picture, NULL), error);
}

gboolean lanmu_zip_writer_bytes (LanmuZipWriter *self, const char *name, GBytes *bytes, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  if (!make_room (self, name, size, TRUE, error))
    return FALSE;
  void *copy = g_memdup2 (data, size); /* libzip frees it with free, which is g_malloc's */
  return add (self, name, zip_source_buffer_create (copy, size, 1, NULL), error);
}

gboolean lanmu_zip_writer_finish (LanmuZipWriter *self, LanmuManifest *outer, GError **error)
{
  if (!end (self, error))
    return FALSE;
  for (guint i = 0; i < self->names->len; i++) {
    g_autofree char *path = g_build_filename (self->part, self->names->pdata[i], NULL);
    char sum[65];
    if (!lanmu_delivery_sum (path, sum, error))
      return FALSE;
    lanmu_manifest_add (outer, self->names->pdata[i], sum);
  }
  return TRUE;
}

LanmuZipWriter *lanmu_zip_writer_new (const char *part, const LanmuZipWish *wish)
{
  LanmuZipWriter *self = g_new0 (LanmuZipWriter, 1);
  self->part = g_strdup (part);
  self->wish = (LanmuZipWish){g_strdup (wish->name), g_strdup (wish->password), wish->split};
  self->names = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void lanmu_zip_writer_free (LanmuZipWriter *self)
{
  if (!self)
    return;
  if (self->zip != NULL)
    zip_discard (self->zip);
  if (self->wish.password != NULL)
    explicit_bzero (self->wish.password, strlen (self->wish.password));
  g_free (self->wish.password);
  g_free (self->wish.name);
  g_free (self->part);
  g_clear_error (&self->failed);
  g_ptr_array_unref (self->names);
  g_free (self);
}
