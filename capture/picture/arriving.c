/* Proving what arrives: see the header. The reading thread decodes; the hashing thread follows what it has read. */
#include "capture/picture/arriving.h"

#include "capture/picture/arrivingbytes.h"
#include "capture/picture/arrivingdecode.h"
#include "capture/picture/decode.h"
#include "capture/picture/filehash.h"
#include <string.h>
#include <nettle/sha2.h>

struct _LanmuArriving {
  LanmuArrivingBytes bytes;
  gboolean usable;        /* there is room for them */
  GThread *reader, *hasher; /* NULL before the first grow */
  LanmuShotEarly early;
  char sha256[65];
};

LanmuArriving *lanmu_arriving_new (int fd)
{
  LanmuArriving *self = g_new0 (LanmuArriving, 1);
  self->usable = lanmu_arriving_bytes_init (&self->bytes, fd);
  return self;
}

static gpointer hash (gpointer data)
{
  LanmuArriving *self = data;
  struct sha256_ctx context;
  guint8 digest[SHA256_DIGEST_SIZE];
  guint64 done = 0, reached;
  sha256_init (&context);
  while ((reached = lanmu_arriving_bytes_follow (&self->bytes, done)) > done) {
    sha256_update (&context, (size_t) (reached - done), self->bytes.data + done);
    done = reached;
  }
  sha256_digest (&context, sizeof digest, digest);
  lanmu_file_hash_to_hex (digest, self->sha256);
  return NULL;
}

/* Waits until the header is there; FALSE: nothing to decode yet. */
static gboolean read_markers (LanmuArriving *self, LanmuJpegMarkers *markers)
{
  do
    lanmu_jpeg_markers_read (self->bytes.data, (gsize) self->bytes.filled, markers);
  while (markers->state == LANMU_JPEG_MARKERS_TOO_SHORT && lanmu_arriving_bytes_more (&self->bytes));
  return lanmu_jpeg_check (self->bytes.data, (gsize) self->bytes.filled, markers, NULL) && !markers->progressive;
}

/* A progressive picture shows nothing before its last byte: it is decoded when all is there. */
static gpointer read_all (gpointer data)
{
  LanmuArriving *self = data;
  LanmuJpegMarkers markers;
  if (read_markers (self, &markers))
    lanmu_arriving_decode (&self->bytes, &markers, &self->early);
  while (lanmu_arriving_bytes_more (&self->bytes))
    continue; /* what lies behind the picture belongs to the hash */
  return NULL;
}

void lanmu_arriving_grow (LanmuArriving *self, guint64 size)
{
  if (!self->usable)
    return;
  if (self->reader == NULL) {
    self->hasher = g_thread_try_new ("lanmu-hash", hash, self, NULL);
    self->reader = self->hasher != NULL ? g_thread_try_new ("lanmu-proof", read_all, self, NULL) : NULL;
    self->usable = self->reader != NULL;
  }
  lanmu_arriving_bytes_grow (&self->bytes, size);
}

static void join (LanmuArriving *self)
{
  if (self->reader != NULL)
    g_thread_join (g_steal_pointer (&self->reader));
  else if (self->hasher != NULL)
    lanmu_arriving_bytes_cancel (&self->bytes); /* nobody reads for it */
  if (self->hasher != NULL)
    g_thread_join (g_steal_pointer (&self->hasher));
}

static void free_arriving (LanmuArriving *self)
{
  lanmu_picture_clear (&self->early.review);
  if (self->bytes.data != NULL)
    lanmu_arriving_bytes_clear (&self->bytes);
  g_free (self);
}

gboolean lanmu_arriving_finish (LanmuArriving *self, LanmuShotFacts *out, GError **error)
{
  gboolean well, early = self->reader != NULL;
  if (self->bytes.data != NULL)
    lanmu_arriving_bytes_end (&self->bytes);
  join (self);
  early = early && self->bytes.filled < LANMU_SHOT_MAX_BYTES;
  self->early.sha256 = self->sha256;
  if (early)
    well = lanmu_shot_facts_complete (self->bytes.data, (gsize) self->bytes.filled, &self->early, out, error);
  else
    well = lanmu_shot_facts_read (self->bytes.fd, out, error);
  free_arriving (self);
  return well;
}

void lanmu_arriving_cancel (LanmuArriving *self)
{
  if (self->bytes.data != NULL)
    lanmu_arriving_bytes_cancel (&self->bytes);
  join (self);
  free_arriving (self);
}
