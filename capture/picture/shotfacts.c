/* The one pass over a camera's file: hash, markers, EXIF, the strict decode. See the header for the promises. */
#include "capture/picture/shotfacts.h"

#include "capture/picture/decode.h"
#include "capture/picture/exif.h"
#include "capture/picture/filebytes.h"
#include "capture/picture/filehash.h"
#include "capture/picture/seam.h"

void lanmu_shot_facts_init (LanmuShotFacts *self)
{
  *self = (LanmuShotFacts){.orientation = 1, .image_number = -1};
  self->make = g_strdup ("");
  self->model = g_strdup ("");
  self->serial = g_strdup ("");
  self->time_text = g_strdup ("");
}

void lanmu_shot_facts_clear (LanmuShotFacts *self)
{
  g_free (self->make);
  g_free (self->model);
  g_free (self->serial);
  g_free (self->time_text);
  lanmu_picture_clear (&self->review);
  *self = (LanmuShotFacts){0};
}

int lanmu_shot_facts_denominator (int width, int height)
{
  int side = MIN (width, height), denominator = 8;
  while (denominator > 2 && side / denominator < LANMU_REVIEW_MIN_SIDE)
    denominator /= 2;
  return denominator;
}

static gboolean check_seam (const guint8 *data, gsize size, const LanmuJpegMarkers *markers, int denominator,
                            LanmuShotFacts *out, GError **error)
{
  int row = lanmu_seam_find (&out->review, denominator, data, size, markers);
  if (row < 0)
    return TRUE;
  g_set_error (error, LANMU_PICTURE_ERROR, LANMU_PICTURE_ERROR_DAMAGED,
               "the picture has a seam at row %d: its data were hit there", row);
  lanmu_picture_clear (&out->review);
  return FALSE;
}

/* Its decode is done: what it found counts as if it had been done now. */
static gboolean take_early (const guint8 *data, gsize size, const LanmuJpegMarkers *markers, LanmuShotEarly *early,
                            LanmuShotFacts *out, GError **error)
{
  if (early->decoded) {
    out->review = early->review;
    early->review = (LanmuPicture){0};
    return TRUE;
  }
  gboolean ended = lanmu_jpeg_markers_has_end (markers, data, size);
  g_set_error_literal (error, LANMU_PICTURE_ERROR,
                       ended ? LANMU_PICTURE_ERROR_DAMAGED : LANMU_PICTURE_ERROR_TRUNCATED, early->complaint);
  return FALSE;
}

static gboolean decode (const guint8 *data, gsize size, const LanmuJpegMarkers *markers, int denominator,
                        LanmuShotEarly *early, LanmuShotFacts *out, GError **error)
{
  if (early != NULL && early->tried && early->denominator == denominator)
    return take_early (data, size, markers, early, out, error);
  return lanmu_jpeg_decode (data, size, markers, denominator, TRUE, &out->review, error);
}

/* Everything but the hash. */
static gboolean look (const guint8 *data, gsize size, LanmuShotEarly *early, LanmuShotFacts *out, GError **error)
{
  LanmuJpegMarkers markers;
  gboolean fit = lanmu_jpeg_check (data, size, &markers, error);
  out->width = markers.width;
  out->height = markers.height;
  lanmu_exif_read (markers.exif, markers.exif_size, out);
  if (!fit)
    return FALSE;
  int denominator = lanmu_shot_facts_denominator (markers.width, markers.height);
  if (!decode (data, size, &markers, denominator, early, out, error))
    return FALSE;
  out->review.orientation = out->orientation;
  return check_seam (data, size, &markers, denominator, out, error);
}

/* The hash is taken beside the decode: together they take as long as the longer of the two. */
static gboolean read_into (const guint8 *data, gsize size, LanmuShotFacts *out, GError **error)
{
  LanmuFileHash hash;
  out->size = size;
  lanmu_file_hash_begin (&hash, data, size);
  gboolean well = look (data, size, NULL, out, error);
  lanmu_file_hash_end (&hash, out->sha256);
  return well;
}

gboolean lanmu_shot_facts_complete (const guint8 *data, gsize size, LanmuShotEarly *early, LanmuShotFacts *out,
                                    GError **error)
{
  lanmu_shot_facts_init (out);
  if (early->sha256 == NULL)
    return read_into (data, size, out, error);
  out->size = size;
  g_strlcpy (out->sha256, early->sha256, sizeof out->sha256);
  return look (data, size, early, out, error);
}

gboolean lanmu_shot_facts_read_memory (const guint8 *data, gsize size, LanmuShotFacts *out, GError **error)
{
  lanmu_shot_facts_init (out);
  if (size > LANMU_SHOT_MAX_BYTES) {
    g_set_error_literal (error, LANMU_PICTURE_ERROR, LANMU_PICTURE_ERROR_TOO_LARGE, "the file is too large");
    return FALSE;
  }
  return read_into (data, size, out, error);
}

gboolean lanmu_shot_facts_read (int fd, LanmuShotFacts *out, GError **error)
{
  gsize size;
  lanmu_shot_facts_init (out);
  g_autofree guint8 *data = lanmu_file_bytes_read (fd, LANMU_SHOT_MAX_BYTES, &size, error);
  return data != NULL && read_into (data, size, out, error);
}

gboolean lanmu_shot_facts_read_path (const char *path, LanmuShotFacts *out, GError **error)
{
  gsize size;
  lanmu_shot_facts_init (out);
  g_autofree guint8 *data = lanmu_file_bytes_read_path (path, LANMU_SHOT_MAX_BYTES, &size, error);
  return data != NULL && read_into (data, size, out, error);
}
