/* From shot to portrait: see the header. Decode the part → reduce in linear light → turn upright → sRGB → 8 bits → the
 * window's best file. */
#include "capture/portrait/portrait.h"

#include "capture/picture/decode.h"
#include "capture/picture/exif.h"
#include "capture/picture/shotfacts.h"
#include "capture/picture/turn.h"
#include "capture/portrait/colourspace.h"
#include "capture/portrait/encode.h"
#include "capture/portrait/resample.h"
#include "capture/portrait/rows.h"
#include <math.h>
#include <nettle/sha2.h>

G_DEFINE_QUARK (lanmu - portrait - error - quark, lanmu_portrait_error)

/* The decoder may shrink as long as the reduction in linear light still does the last two thirds: the difference is
 * below one step of 8 bits. */
#define LEFT_TO_REDUCE 2.0

typedef struct {
  int denominator;
  int orientation;
  int width, height;         /* of the scaled picture, as stored */
  double x, y, w, h;         /* the part, scaled and stored */
  int out_width, out_height; /* of the output, as stored */
} Plan;

static int scaled (int side, int denominator)
{
  return (side + denominator - 1) / denominator;
}

static void plan (Plan *self, const LanmuJpegMarkers *markers, const LanmuProfile *profile,
                  const LanmuPlacement *placement)
{
  double x0, y0, x1, y1;
  self->orientation = lanmu_exif_orientation (markers->exif, markers->exif_size);
  self->denominator = 1;
  while (self->denominator < 8 && placement->scale / (self->denominator * 2) >= LEFT_TO_REDUCE)
    self->denominator *= 2;
  lanmu_turn_to_stored (self->orientation, markers->width, markers->height, placement->x, placement->y, &x0, &y0);
  lanmu_turn_to_stored (self->orientation, markers->width, markers->height, placement->x + placement->width,
                        placement->y + placement->height, &x1, &y1);
  self->x = MIN (x0, x1) / self->denominator;
  self->y = MIN (y0, y1) / self->denominator;
  self->w = fabs (x1 - x0) / self->denominator;
  self->h = fabs (y1 - y0) / self->denominator;
  self->width = scaled (markers->width, self->denominator);
  self->height = scaled (markers->height, self->denominator);
  gboolean sideways = lanmu_turn_is_sideways (self->orientation);
  self->out_width = sideways ? profile->height : profile->width;
  self->out_height = sideways ? profile->width : profile->height;
}

static void feed (int row, int left, int count, const guint8 *pixels, gpointer resample)
{
  lanmu_resample_feed (resample, row, left, pixels);
}

static gboolean feed_decoded (const Plan *p, const LanmuDecodedShot *decoded, LanmuResample *resample)
{
  const LanmuPicture *picture = decoded->picture;
  int left, top, right, bottom;
  if (decoded->denominator != p->denominator || picture->width != p->width || picture->height != p->height)
    return FALSE;
  const guint8 *pixels = g_bytes_get_data (picture->pixels, NULL);
  lanmu_resample_needs (resample, &left, &top, &right, &bottom);
  for (int row = top; row < bottom; row++)
    lanmu_resample_feed (resample, row, 0, pixels + (gsize) row * picture->stride);
  return TRUE;
}

/* NULL with an error; else the reduced pixels as stored, owned by *resample. */
static guint16 *reduce (const guint8 *data, gsize size, const Plan *p, const LanmuDecodedShot *decoded,
                        LanmuResample *resample, GError **error)
{
  LanmuRowsPart part;
  lanmu_resample_needs (resample, &part.left, &part.top, &part.right, &part.bottom);
  if ((decoded == NULL || !feed_decoded (p, decoded, resample)) &&
      !lanmu_rows_decode (data, size, p->denominator, &part, feed, resample, error))
    return NULL;
  guint16 *pixels = lanmu_resample_get (resample);
  if (pixels == NULL)
    g_set_error_literal (error, LANMU_PICTURE_ERROR, LANMU_PICTURE_ERROR_DAMAGED, "rows of the picture are missing");
  return pixels;
}

/* Upright, 8 bits. */
static guint8 *turn (const guint16 *pixels, const Plan *p, const LanmuProfile *profile)
{
  guint8 *out = g_malloc ((gsize) profile->width * (gsize) profile->height * 3), *to = out;
  for (int y = 0; y < profile->height; y++)
    for (int x = 0; x < profile->width; x++, to += 3) {
      double sx, sy;
      lanmu_turn_to_stored (p->orientation, p->out_width, p->out_height, x + 0.5, y + 0.5, &sx, &sy);
      const guint16 *from = pixels + ((gsize) sy * (gsize) p->out_width + (gsize) sx) * 3;
      for (int c = 0; c < 3; c++)
        to[c] = (guint8) ((from[c] * 255u + 32767u) / 65535u);
    }
  return out;
}

guint8 *lanmu_portrait_render (const guint8 *data, gsize size, const LanmuProfile *profile,
                               const LanmuPlacement *placement, const LanmuDecodedShot *decoded, char **colour_space,
                               GError **error)
{
  Plan p;
  LanmuJpegMarkers markers;
  if (!lanmu_jpeg_check (data, size, &markers, error))
    return NULL;
  g_autoptr (LanmuColourSpace) space = lanmu_colour_space_read (data, size, error);
  if (space == NULL)
    return NULL;
  plan (&p, &markers, profile, placement);
  g_autoptr (LanmuResample) resample =
      lanmu_resample_new (p.x, p.y, p.w, p.h, p.width, p.height, p.out_width, p.out_height);
  guint16 *pixels = reduce (data, size, &p, decoded, resample, error);
  if (pixels == NULL)
    return NULL;
  lanmu_colour_space_to_srgb (space, pixels, (gsize) p.out_width * (gsize) p.out_height);
  if (colour_space != NULL)
    *colour_space = g_strdup (lanmu_colour_space_get_name (space));
  return turn (pixels, &p, profile);
}

static void hash (GBytes *bytes, char hex[65])
{
  struct sha256_ctx context;
  guint8 digest[SHA256_DIGEST_SIZE];
  sha256_init (&context);
  sha256_update (&context, g_bytes_get_size (bytes), g_bytes_get_data (bytes, NULL));
  sha256_digest (&context, sizeof digest, digest);
  for (gsize i = 0; i < sizeof digest; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", digest[i]);
}

static gboolean encode (const guint8 *rgb, const LanmuProfile *profile, LanmuPortrait *out, GError **error)
{
  LanmuEncoded encoded;
  int least, most;
  if (!lanmu_encode_portrait (rgb, profile, &encoded, &least, &most)) {
    g_set_error (error, LANMU_PORTRAIT_ERROR, LANMU_PORTRAIT_ERROR_WINDOW,
                 "No JPEG quality from %d to %d gives a file of %d to %d bytes; the nearest has %d.",
                 profile->quality_min, profile->quality_max, profile->bytes_min, profile->bytes_max,
                 most < profile->bytes_min ? most : least);
    return FALSE;
  }
  out->jpeg = encoded.bytes;
  out->quality = encoded.quality;
  out->chroma = encoded.chroma;
  hash (out->jpeg, out->sha256);
  return TRUE;
}

gboolean lanmu_portrait_make (const guint8 *data, gsize size, const LanmuProfile *profile,
                              const LanmuPlacement *placement, const LanmuDecodedShot *decoded, LanmuPortrait *out,
                              GError **error)
{
  *out = (LanmuPortrait){0};
  g_autofree guint8 *rgb = lanmu_portrait_render (data, size, profile, placement, decoded, &out->colour_space, error);
  if (rgb != NULL && encode (rgb, profile, out, error))
    return TRUE;
  lanmu_portrait_clear (out);
  return FALSE;
}

void lanmu_portrait_clear (LanmuPortrait *self)
{
  g_clear_pointer (&self->jpeg, g_bytes_unref);
  g_clear_pointer (&self->colour_space, g_free);
}
