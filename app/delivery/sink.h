/* LanmuSink: where a delivery's files go: a folder, or zip files in one. Any thread; waits for the disk.
 *
 * Calling sequence: folder or zip → picture, bytes … → finish → free. A sink keeps the manifest of what went through
 * it. Zips: pictures are read when their zip is written, one at a time; a zip is closed and another begun when it would
 * grow over `split`, or when what waits in memory would. Errors: G_IO_ERROR with the path. */
#pragma once

#include "app/delivery/manifest.h"
#include "app/delivery/plan.h"

G_BEGIN_DECLS

typedef struct {
  char *name;     /* of the zips: NAME-1.zip, NAME-2.zip … */
  char *password; /* AES-256 as WinZip has it; NULL = not encrypted */
  guint64 split;  /* bytes a zip should not grow over; 0 = one zip */
} LanmuZipWish;

typedef struct _LanmuSink LanmuSink;

LanmuSink *lanmu_sink_folder_new (const char *part, const char *data_dir);
LanmuSink *lanmu_sink_zip_new (const char *part, const char *data_dir, const LanmuZipWish *wish);
void lanmu_sink_free (LanmuSink *self); /* a zip that is not finished is dropped */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuSink, lanmu_sink_free)

LanmuManifest *lanmu_sink_get_manifest (LanmuSink *self); /* the sink's */
guint lanmu_sink_get_kept (LanmuSink *self);              /* pictures that an earlier try had put there */

/* A file of the data folder under the delivery's name; its bytes must be those recorded (INVALID_DATA names it
 * otherwise, for a zip when that is written). */
gboolean lanmu_sink_picture (LanmuSink *self, const LanmuDeliveryFile *file, GError **error);
gboolean lanmu_sink_bytes (LanmuSink *self, const char *name, GBytes *bytes, GError **error);
/* The manifest and its signature do not stand in the manifest. */
gboolean lanmu_sink_unlisted (LanmuSink *self, const char *name, GBytes *bytes, GError **error);
/* The picture's bytes, proved. */
GBytes *lanmu_sink_read (LanmuSink *self, const LanmuDeliveryFile *file, GError **error);

/* outer: gets the zips' sums; untouched for a folder. Leftovers of an earlier try are removed. */
gboolean lanmu_sink_finish (LanmuSink *self, LanmuManifest *outer, GError **error);

G_END_DECLS
