/* Colours of a JPEG: see the header. The walk over segments is bounded by the file's size at every step. */
#include "capture/portrait/colourspace.h"

#include "capture/picture/markers.h"
#include <lcms2.h>
#include <libexif/exif-data.h>
#include <string.h>

#define ICC_TAG      "ICC_PROFILE" /* with its zero: 12 bytes, then number and count of the segment */
#define ICC_HEAD     14
#define UNCALIBRATED 0xffff

struct _LanmuColourSpace {
  cmsContext context;
  cmsHTRANSFORM transform; /* NULL: sRGB */
  char *name;
};

/* ---- the segments */

typedef struct {
  const guint8 *parts[256]; /* by number */
  gsize sizes[256];
  int count; /* as the file says */
} Chunks;

static void take_chunk (Chunks *chunks, const guint8 *body, gsize size)
{
  if (size < ICC_HEAD || memcmp (body, ICC_TAG, sizeof ICC_TAG) != 0 || body[12] == 0 ||
      chunks->parts[body[12]] != NULL)
    return;
  chunks->parts[body[12]] = body + ICC_HEAD;
  chunks->sizes[body[12]] = size - ICC_HEAD;
  chunks->count = body[13];
}

static void walk (const guint8 *data, gsize size, Chunks *chunks)
{
  gsize at = 2;
  while (at + 4 <= size && data[at] == 0xff) {
    guint8 marker = data[at + 1];
    if (marker == 0xff) {
      at++;
      continue;
    }
    gsize length = (gsize) (data[at + 2] << 8 | data[at + 3]);
    if (marker == 0xda || length < 2 || length > size - at - 2)
      return;
    if (marker == 0xe2)
      take_chunk (chunks, data + at + 4, length - 2);
    at += 2 + length;
  }
}

GBytes *lanmu_icc_extract (const guint8 *data, gsize size)
{
  Chunks chunks = {0};
  walk (data, size, &chunks);
  GByteArray *all = g_byte_array_new ();
  for (int i = 1; i <= chunks.count; i++)
    if (chunks.parts[i] != NULL && all->len + chunks.sizes[i] <= LANMU_ICC_MAX_BYTES)
      g_byte_array_append (all, chunks.parts[i], (guint) chunks.sizes[i]);
  if (all->len > 0)
    return g_byte_array_free_to_bytes (all);
  g_byte_array_unref (all);
  return NULL;
}

/* ---- EXIF */

static gboolean says_adobe (ExifData *exif)
{
  char value[8] = "";
  ExifEntry *space = exif_content_get_entry (exif->ifd[EXIF_IFD_EXIF], EXIF_TAG_COLOR_SPACE);
  ExifEntry *index = exif_content_get_entry (exif->ifd[EXIF_IFD_INTEROPERABILITY], EXIF_TAG_INTEROPERABILITY_INDEX);
  if (space == NULL || space->size < 2 || exif_get_short (space->data, exif_data_get_byte_order (exif)) != UNCALIBRATED)
    return FALSE;
  if (index != NULL && index->size >= 3)
    memcpy (value, index->data, 3);
  return strcmp (value, "R03") == 0;
}

static gboolean is_adobe_by_exif (const guint8 *data, gsize size)
{
  LanmuJpegMarkers markers;
  lanmu_jpeg_markers_read (data, size, &markers);
  if (markers.exif == NULL)
    return FALSE;
  ExifData *exif = exif_data_new ();
  exif_data_unset_option (exif, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_load_data (exif, markers.exif, (unsigned) markers.exif_size);
  gboolean adobe = says_adobe (exif);
  exif_data_unref (exif);
  return adobe;
}

/* ---- lcms2 */

/* Adobe RGB (1998) by its published numbers: primaries, white D65, exponent 563/256. */
static cmsHPROFILE new_adobe (cmsContext context)
{
  const cmsCIExyY white = {0.3127, 0.3290, 1};
  const cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
  cmsToneCurve *curve = cmsBuildGamma (context, 563.0 / 256);
  cmsToneCurve *const curves[3] = {curve, curve, curve};
  cmsHPROFILE profile = cmsCreateRGBProfileTHR (context, &white, &primaries, curves);
  cmsFreeToneCurve (curve);
  return profile;
}

static void quiet (cmsContext context, cmsUInt32Number code, const char *text)
{
}

static char *name_of (cmsHPROFILE profile)
{
  char name[128] = "";
  cmsGetProfileInfoASCII (profile, cmsInfoDescription, "en", "US", name, sizeof name);
  char *valid = g_utf8_make_valid (name, -1);
  return *g_strstrip (valid) != '\0' ? valid : (g_free (valid), g_strdup ("ICC"));
}

/* An embedded sRGB profile is no reason to push every pixel through a transform that gives it back. */
static gboolean is_plain_srgb (cmsHTRANSFORM transform)
{
  static const guint16 probes[][3] = {{0, 0, 0},
                                      {0xffff, 0xffff, 0xffff},
                                      {0x6464, 0xc5c5, 0xffff},
                                      {0xe0e0, 0xb0b0, 0x9090},
                                      {0x4040, 0x4040, 0x4040},
                                      {0xffff, 0, 0},
                                      {0, 0xffff, 0},
                                      {0, 0, 0xffff}};
  for (gsize i = 0; i < G_N_ELEMENTS (probes); i++) {
    guint16 out[3];
    cmsDoTransform (transform, probes[i], out, 1);
    for (int c = 0; c < 3; c++)
      if (ABS (out[c] - probes[i][c]) > 0x00c0) /* three quarters of an 8-bit step */
        return FALSE;
  }
  return TRUE;
}

/* FALSE: it is no RGB profile lcms2 can use. */
static gboolean make_transform (LanmuColourSpace *self, cmsHPROFILE from, GError **error)
{
  cmsHTRANSFORM transform = NULL;
  if (from != NULL && cmsGetColorSpace (from) == cmsSigRgbData) {
    cmsHPROFILE to = cmsCreate_sRGBProfileTHR (self->context);
    transform = cmsCreateTransformTHR (self->context, from, TYPE_RGB_16, to, TYPE_RGB_16, INTENT_RELATIVE_COLORIMETRIC,
                                       cmsFLAGS_NOCACHE);
    cmsCloseProfile (to);
  }
  if (transform == NULL) {
    g_set_error_literal (error, LANMU_PICTURE_ERROR, LANMU_PICTURE_ERROR_UNSUPPORTED,
                         "the picture's colour profile is no usable RGB profile");
    return FALSE;
  }
  if (is_plain_srgb (transform))
    cmsDeleteTransform (transform);
  else
    self->transform = transform;
  return TRUE;
}

static gboolean read_icc (LanmuColourSpace *self, GBytes *icc, GError **error)
{
  gsize size;
  const void *bytes = g_bytes_get_data (icc, &size);
  cmsHPROFILE from = cmsOpenProfileFromMemTHR (self->context, bytes, (cmsUInt32Number) size);
  gboolean good = make_transform (self, from, error);
  self->name = good ? name_of (from) : NULL;
  if (from != NULL)
    cmsCloseProfile (from);
  return good;
}

static gboolean read_exif (LanmuColourSpace *self, const guint8 *data, gsize size, GError **error)
{
  if (!is_adobe_by_exif (data, size)) {
    self->name = g_strdup ("sRGB");
    return TRUE;
  }
  cmsHPROFILE adobe = new_adobe (self->context);
  gboolean good = make_transform (self, adobe, error);
  cmsCloseProfile (adobe);
  self->name = g_strdup ("Adobe RGB");
  return good;
}

LanmuColourSpace *lanmu_colour_space_read (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (LanmuColourSpace) self = g_new0 (LanmuColourSpace, 1);
  self->context = cmsCreateContext (NULL, NULL);
  cmsSetLogErrorHandlerTHR (self->context, quiet);
  g_autoptr (GBytes) icc = lanmu_icc_extract (data, size);
  gboolean good = icc != NULL ? read_icc (self, icc, error) : read_exif (self, data, size, error);
  return good ? g_steal_pointer (&self) : NULL;
}

void lanmu_colour_space_free (LanmuColourSpace *self)
{
  if (self->transform != NULL)
    cmsDeleteTransform (self->transform);
  cmsDeleteContext (self->context);
  g_free (self->name);
  g_free (self);
}

gboolean lanmu_colour_space_is_srgb (const LanmuColourSpace *self)
{
  return self->transform == NULL;
}

const char *lanmu_colour_space_get_name (const LanmuColourSpace *self)
{
  return self->name;
}

void lanmu_colour_space_to_srgb (const LanmuColourSpace *self, guint16 *rgb, gsize pixels)
{
  if (self->transform != NULL)
    cmsDoTransform (self->transform, rgb, rgb, (cmsUInt32Number) pixels);
}
