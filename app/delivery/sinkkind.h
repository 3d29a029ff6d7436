/* What the two kinds of sink share; internal to app/delivery. */
#pragma once

#include "app/delivery/sink.h"

G_BEGIN_DECLS

typedef struct _LanmuZipWriter LanmuZipWriter;

struct _LanmuSink {
  char *part, *data_dir;
  LanmuManifest *manifest;
  LanmuZipWriter *zip; /* NULL: a folder */
  guint kept;
};

LanmuZipWriter *lanmu_zip_writer_new (const char *part, const LanmuZipWish *wish);
void lanmu_zip_writer_free (LanmuZipWriter *self);
gboolean lanmu_zip_writer_picture (LanmuZipWriter *self, LanmuSink *sink, const LanmuDeliveryFile *file,
                                   GError **error);
gboolean lanmu_zip_writer_bytes (LanmuZipWriter *self, const char *name, GBytes *bytes, GError **error);
gboolean lanmu_zip_writer_finish (LanmuZipWriter *self, LanmuManifest *outer, GError **error);

G_END_DECLS
