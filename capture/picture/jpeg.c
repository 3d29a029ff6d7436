/* Review pictures of stored shots: see the header. */
#include "capture/picture/jpeg.h"

#include "capture/picture/decode.h"
#include "capture/picture/exif.h"
#include "capture/picture/filebytes.h"
#include "capture/picture/shotfacts.h"

static int denominator_for (const LanmuJpegMarkers *markers, int max_side)
{
  int side = MAX (markers->width, markers->height), denominator = 8;
  while (denominator > 1 && (side + denominator - 1) / denominator < max_side)
    denominator /= 2;
  return denominator;
}

gboolean lanmu_picture_decode_review (const guint8 *data, gsize size, int max_side, LanmuPicture *out, GError **error)
{
  LanmuJpegMarkers markers;
  *out = (LanmuPicture){0};
  if (!lanmu_jpeg_check (data, size, &markers, error))
    return FALSE;
  if (!lanmu_jpeg_decode (data, size, &markers, denominator_for (&markers, max_side), FALSE, out, error))
    return FALSE;
  out->orientation = lanmu_exif_orientation (markers.exif, markers.exif_size);
  return TRUE;
}

gboolean lanmu_picture_load_review (const char *path, int max_side, LanmuPicture *out, GError **error)
{
  gsize size;
  *out = (LanmuPicture){0};
  g_autofree guint8 *data = lanmu_file_bytes_read_path (path, LANMU_SHOT_MAX_BYTES, &size, error);
  return data != NULL && lanmu_picture_decode_review (data, size, max_side, out, error);
}
