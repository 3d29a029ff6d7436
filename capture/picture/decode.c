/* TurboJPEG with our errors and bounds: see the header. A handle lives for one call: making one costs microseconds,
 * sharing one would cost a lock. */
#include "capture/picture/decode.h"

#include "capture/picture/shotfacts.h"
#include <turbojpeg.h>

#define ALIGNMENT 64u

static gboolean fail (GError **error, LanmuPictureError code, const char *what)
{
  g_set_error_literal (error, LANMU_PICTURE_ERROR, code, what);
  return FALSE;
}

static gboolean check_bounds (const LanmuJpegMarkers *markers, GError **error)
{
  guint64 pixels = (guint64) markers->width * (guint64) markers->height;
  if (!markers->usual || (markers->components != 1 && markers->components != 3))
    return fail (error, LANMU_PICTURE_ERROR_UNSUPPORTED, "not the kind of JPEG a camera writes");
  if (pixels == 0)
    return fail (error, LANMU_PICTURE_ERROR_DAMAGED, "the picture has no size");
  if (pixels > LANMU_SHOT_MAX_PIXELS || (markers->progressive && pixels > LANMU_SHOT_MAX_PROGRESSIVE_PIXELS))
    return fail (error, LANMU_PICTURE_ERROR_TOO_LARGE, "the picture has too many pixels");
  return TRUE;
}

gboolean lanmu_jpeg_check (const guint8 *data, gsize size, LanmuJpegMarkers *markers, GError **error)
{
  lanmu_jpeg_markers_read (data, size, markers);
  switch (markers->state) {
  case LANMU_JPEG_MARKERS_NO_JPEG:
    return fail (error, LANMU_PICTURE_ERROR_NOT_JPEG, "not a JPEG file");
  case LANMU_JPEG_MARKERS_TOO_SHORT:
    return fail (error, LANMU_PICTURE_ERROR_TRUNCATED, "the file ends before its picture begins");
  case LANMU_JPEG_MARKERS_BROKEN:
    return fail (error, LANMU_PICTURE_ERROR_DAMAGED, "the file's header is damaged");
  case LANMU_JPEG_MARKERS_OK:
  default:
    return check_bounds (markers, error);
  }
}

static gboolean decode_into (tjhandle decoder, const guint8 *data, gsize size, gboolean strict, guint8 *pixels,
                             const LanmuPicture *shape)
{
  int flags = TJFLAG_LIMITSCANS | (strict ? TJFLAG_STOPONWARNING : 0);
  int result = tjDecompress2 (decoder, data, (unsigned long) size, pixels, shape->width, (int) shape->stride,
                              shape->height, TJPF_BGRA, flags);
  return result == 0 || (!strict && tjGetErrorCode (decoder) == TJERR_WARNING);
}

static gboolean read_header (tjhandle decoder, const guint8 *data, gsize size, const LanmuJpegMarkers *markers,
                             GError **error)
{
  int width, height, subsampling, space;
  if (tjDecompressHeader3 (decoder, data, (unsigned long) size, &width, &height, &subsampling, &space) != 0)
    return fail (error, LANMU_PICTURE_ERROR_DAMAGED, tjGetErrorStr2 (decoder));
  if (width != markers->width || height != markers->height)
    return fail (error, LANMU_PICTURE_ERROR_DAMAGED, "the file gives two sizes of its picture");
  return TRUE;
}

static gboolean decode (tjhandle decoder, const guint8 *data, gsize size, const LanmuJpegMarkers *markers,
                        int denominator, gboolean strict, LanmuPicture *out, GError **error)
{
  if (!read_header (decoder, data, size, markers, error))
    return FALSE;
  tjscalingfactor scale = {1, denominator};
  out->width = TJSCALED (markers->width, scale);
  out->height = TJSCALED (markers->height, scale);
  out->stride = ((gsize) out->width * 4 + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  out->orientation = 1;
  gsize bytes = out->stride * (gsize) out->height;
  guint8 *pixels = g_aligned_alloc (bytes, 1, ALIGNMENT);
  gboolean decoded = decode_into (decoder, data, size, strict, pixels, out);
  out->pixels = g_bytes_new_with_free_func (pixels, bytes, g_aligned_free, pixels);
  if (decoded)
    return TRUE;
  gboolean ended = lanmu_jpeg_markers_has_end (markers, data, size);
  return fail (error, ended ? LANMU_PICTURE_ERROR_DAMAGED : LANMU_PICTURE_ERROR_TRUNCATED, tjGetErrorStr2 (decoder));
}

gboolean lanmu_jpeg_decode (const guint8 *data, gsize size, const LanmuJpegMarkers *markers, int denominator,
                            gboolean strict, LanmuPicture *out, GError **error)
{
  *out = (LanmuPicture){0};
  tjhandle decoder = tjInitDecompress ();
  if (decoder == NULL)
    return fail (error, LANMU_PICTURE_ERROR_IO, "no memory for a JPEG decoder");
  gboolean decoded = decode (decoder, data, size, markers, denominator, strict, out, error);
  tjDestroy (decoder);
  if (!decoded)
    lanmu_picture_clear (out);
  return decoded;
}
