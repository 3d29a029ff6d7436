/* See sink.h. The folder here; the zips in zipsink.c. */
#include "app/delivery/sinkkind.h"

#include <gio/gio.h>

#include "app/delivery/copy.h"
#include "app/delivery/leftover.h"
#include "db/vault.h"

void lanmu_sink_free (LanmuSink *self)
{
  if (!self)
    return;
  lanmu_zip_writer_free (self->zip);
  lanmu_manifest_free (self->manifest);
  g_free (self->part);
  g_free (self->data_dir);
  g_free (self);
}

LanmuManifest *lanmu_sink_get_manifest (LanmuSink *self)
{
  return self->manifest;
}

guint lanmu_sink_get_kept (LanmuSink *self)
{
  return self->kept;
}

static gboolean refuse_altered (const char *path, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               "The file %s is not the picture that was recorded: run `lanmuctl verify`, take it from the second copy, "
               "then deliver again",
               path);
  return FALSE;
}

GBytes *lanmu_sink_read (LanmuSink *self, const LanmuDeliveryFile *file, GError **error)
{
  g_autofree char *path = g_build_filename (self->data_dir, file->source, NULL);
  g_autoptr (GBytes) all = lanmu_vault_read (self->data_dir, file->source, error);
  g_autofree char *sum = all ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, all) : NULL;
  if (!all)
    return NULL;
  return g_str_equal (sum, file->sha256) || refuse_altered (path, error) ? g_steal_pointer (&all) : NULL;
}

/* -- a folder -- */

static gboolean is_there (const char *path, const char *sha256)
{
  char found[65];
  return lanmu_delivery_sum (path, found, NULL) && g_str_equal (found, sha256);
}

static gboolean copy_picture (LanmuSink *self, const LanmuDeliveryFile *file, GError **error)
{
  g_autofree char *to = g_build_filename (self->part, file->path, NULL);
  g_autofree char *from = g_build_filename (self->data_dir, file->source, NULL);
  char written[65];
  if (is_there (to, file->sha256)) {
    self->kept++;
    return TRUE;
  }
  return lanmu_delivery_copy (from, to, written, error) &&
         (g_str_equal (written, file->sha256) || refuse_altered (from, error));
}

static gboolean put_bytes (LanmuSink *self, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *to = g_build_filename (self->part, name, NULL);
  char sum[65];
  return lanmu_delivery_put (bytes, to, sum, error);
}

/* -- either -- */

gboolean lanmu_sink_picture (LanmuSink *self, const LanmuDeliveryFile *file, GError **error)
{
  if (!(self->zip ? lanmu_zip_writer_picture (self->zip, self, file, error) : copy_picture (self, file, error)))
    return FALSE;
  lanmu_manifest_add (self->manifest, file->path, file->sha256);
  return TRUE;
}

gboolean lanmu_sink_unlisted (LanmuSink *self, const char *name, GBytes *bytes, GError **error)
{
  return self->zip ? lanmu_zip_writer_bytes (self->zip, name, bytes, error) : put_bytes (self, name, bytes, error);
}

gboolean lanmu_sink_bytes (LanmuSink *self, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (!lanmu_sink_unlisted (self, name, bytes, error))
    return FALSE;
  lanmu_manifest_add (self->manifest, name, sum);
  return TRUE;
}

gboolean lanmu_sink_finish (LanmuSink *self, LanmuManifest *outer, GError **error)
{
  if (self->zip)
    return lanmu_zip_writer_finish (self->zip, outer, error) &&
           lanmu_delivery_drop_leftovers (self->part, outer, error);
  return lanmu_delivery_drop_leftovers (self->part, self->manifest, error);
}

static LanmuSink *sink_new (const char *part, const char *data_dir)
{
  LanmuSink *self = g_new0 (LanmuSink, 1);
  self->part = g_strdup (part);
  self->data_dir = g_strdup (data_dir);
  self->manifest = lanmu_manifest_new ();
  return self;
}

LanmuSink *lanmu_sink_folder_new (const char *part, const char *data_dir)
{
  return sink_new (part, data_dir);
}

LanmuSink *lanmu_sink_zip_new (const char *part, const char *data_dir, const LanmuZipWish *wish)
{
  LanmuSink *self = sink_new (part, data_dir);
  self->zip = lanmu_zip_writer_new (part, wish);
  return self;
}
