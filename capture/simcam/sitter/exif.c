/* The directories of a camera file: IFD0 (camera) → Exif (exposure), IFD1 (thumbnail), and for raw one more that holds
 * the picture. */
#include "capture/simcam/sitter/exif.h"

#include "capture/simcam/sitter/ifd.h"

#include <math.h>
#include <string.h>

#define MARK_CR2_SIZE 8 /* behind the eight bytes of every TIFF */

typedef struct {
  char moment[20];   /* YYYY:MM:DD HH:MM:SS */
  char hundredth[3]; /* cameras write hundredths */
} Stamp;

static Stamp stamp_of (gint64 local_us)
{
  Stamp stamp = {"0000:00:00 00:00:00", "00"};
  gint64 seconds = local_us / G_USEC_PER_SEC - (local_us % G_USEC_PER_SEC < 0);
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds);
  if (time == NULL)
    return stamp;
  g_snprintf (stamp.moment, sizeof stamp.moment, "%04d:%02d:%02d %02d:%02d:%02d", g_date_time_get_year (time),
              g_date_time_get_month (time), g_date_time_get_day_of_month (time), g_date_time_get_hour (time),
              g_date_time_get_minute (time), g_date_time_get_second (time));
  int hundredth = (int)((local_us - seconds * G_USEC_PER_SEC) / 10000);
  g_snprintf (stamp.hundredth, sizeof stamp.hundredth, "%02d", CLAMP (hundredth, 0, 99));
  return stamp;
}

static SimIfd *camera_ifd (const SimExif *exif, gboolean nef)
{
  Stamp stamp = stamp_of (exif->local_us);
  SimIfd *ifd = sim_ifd_new ();
  sim_ifd_add_text (ifd, 0x010f, exif->make);
  sim_ifd_add_text (ifd, 0x0110, exif->model);
  sim_ifd_add_short (ifd, 0x0112, exif->portrait ? 6 : 1);
  sim_ifd_add_ratio (ifd, 0x011a, 300, 1);
  sim_ifd_add_ratio (ifd, 0x011b, 300, 1);
  sim_ifd_add_short (ifd, 0x0128, 2); /* inch */
  sim_ifd_add_text (ifd, 0x0131, "Lanmu simulated camera");
  sim_ifd_add_text (ifd, 0x0132, stamp.moment);
  if (nef)
    sim_ifd_add_long (ifd, 0x014a, 0); /* where the raw picture's directory is */
  sim_ifd_add_short (ifd, 0x0213, 2);  /* chroma co-sited, as cameras do */
  sim_ifd_add_long (ifd, 0x8769, 0);   /* where the Exif directory is */
  return ifd;
}

static void add_exposure (SimIfd *ifd, const SimExif *exif)
{
  if (exif->shutter >= 0.3)
    sim_ifd_add_ratio (ifd, 0x829a, (guint32)lround (exif->shutter * 10), 10);
  else
    sim_ifd_add_ratio (ifd, 0x829a, 1, exif->shutter > 0 ? (guint32)lround (1 / exif->shutter) : 125);
  sim_ifd_add_ratio (ifd, 0x829d, (guint32)lround (exif->aperture * 10), 10);
  sim_ifd_add_short (ifd, 0x8822, 1); /* manual */
  sim_ifd_add_short (ifd, 0x8827, (guint)CLAMP (exif->iso, 1, 65535));
  sim_ifd_add_short (ifd, 0x8830, 2); /* sensitivity is a recommended exposure index */
}

static SimIfd *exif_ifd (const SimExif *exif, int width, int height)
{
  static const guint8 components[] = {1, 2, 3, 0};
  Stamp stamp = stamp_of (exif->local_us);
  SimIfd *ifd = sim_ifd_new ();
  add_exposure (ifd, exif);
  sim_ifd_add_undefined (ifd, 0x9000, "0230", 4);
  sim_ifd_add_text (ifd, 0x9003, stamp.moment);
  sim_ifd_add_text (ifd, 0x9004, stamp.moment);
  sim_ifd_add_undefined (ifd, 0x9101, components, sizeof components);
  sim_ifd_add_short (ifd, 0x9207, 5); /* multi-segment metering */
  sim_ifd_add_short (ifd, 0x9208, 4); /* flash light */
  sim_ifd_add_short (ifd, 0x9209, 16);
  sim_ifd_add_ratio (ifd, 0x920a, 850, 10);
  sim_ifd_add_long (ifd, 0x9211, exif->number);
  for (guint tag = 0x9290; tag <= 0x9292 && !exif->no_subsec; tag++)
    sim_ifd_add_text (ifd, tag, stamp.hundredth);
  sim_ifd_add_undefined (ifd, 0xa000, "0100", 4);
  sim_ifd_add_short (ifd, 0xa001, 1); /* sRGB */
  sim_ifd_add_long (ifd, 0xa002, (guint32)width);
  sim_ifd_add_long (ifd, 0xa003, (guint32)height);
  sim_ifd_add_short (ifd, 0xa402, 1); /* manual exposure */
  sim_ifd_add_short (ifd, 0xa403, 1); /* manual white balance */
  sim_ifd_add_short (ifd, 0xa405, 85);
  sim_ifd_add_short (ifd, 0xa406, 0);
  if (exif->serial != NULL)
    sim_ifd_add_text (ifd, 0xa431, exif->serial);
  return ifd;
}

static SimIfd *thumbnail_ifd (GBytes *thumbnail)
{
  SimIfd *ifd = sim_ifd_new ();
  sim_ifd_add_short (ifd, 0x0103, 6); /* JPEG */
  sim_ifd_add_ratio (ifd, 0x011a, 72, 1);
  sim_ifd_add_ratio (ifd, 0x011b, 72, 1);
  sim_ifd_add_short (ifd, 0x0128, 2);
  sim_ifd_add_long (ifd, 0x0201, 0);
  sim_ifd_add_long (ifd, 0x0202, (guint32)g_bytes_get_size (thumbnail));
  return ifd;
}

static SimIfd *picture_ifd (int width, int height, GBytes *body)
{
  SimIfd *ifd = sim_ifd_new ();
  sim_ifd_add_long (ifd, 0x00fe, 0); /* the full picture */
  sim_ifd_add_long (ifd, 0x0100, (guint32)width);
  sim_ifd_add_long (ifd, 0x0101, (guint32)height);
  sim_ifd_add_short (ifd, 0x0102, 14);
  sim_ifd_add_short (ifd, 0x0103, 34713);
  sim_ifd_add_short (ifd, 0x0106, 32803); /* colour filter array */
  sim_ifd_add_long (ifd, 0x0111, 0);
  sim_ifd_add_short (ifd, 0x0115, 1);
  sim_ifd_add_long (ifd, 0x0116, (guint32)height);
  sim_ifd_add_long (ifd, 0x0117, (guint32)g_bytes_get_size (body));
  return ifd;
}

static void append_bytes (GByteArray *out, GBytes *bytes)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_byte_array_append (out, data, (guint)size);
  if (size % 2 != 0)
    g_byte_array_append (out, (const guint8 *)"", 1);
}

static guint32 even_size (GBytes *bytes)
{
  return ((guint32)g_bytes_get_size (bytes) + 1u) & ~1u;
}

/* The TIFF header and all directories; body NULL: no picture. */
static void write_tiff (GByteArray *out, const SimExif *exif, int width, int height, GBytes *thumbnail, GBytes *body)
{
  gboolean cr2 = body != NULL && g_ascii_strncasecmp (exif->make, "canon", 5) == 0;
  g_autoptr (SimIfd) camera = camera_ifd (exif, body != NULL && !cr2);
  g_autoptr (SimIfd) exposure = exif_ifd (exif, width, height);
  g_autoptr (SimIfd) small = thumbnail_ifd (thumbnail);
  g_autoptr (SimIfd) picture = body != NULL ? picture_ifd (width, height, body) : NULL;
  guint32 base = out->len;
  guint32 at_camera = 8 + (cr2 ? MARK_CR2_SIZE : 0);
  guint32 at_exposure = at_camera + sim_ifd_size (camera);
  guint32 at_small = at_exposure + sim_ifd_size (exposure);
  guint32 at_thumbnail = at_small + sim_ifd_size (small);
  guint32 at_picture = at_thumbnail + even_size (thumbnail);
  sim_ifd_set_long (camera, 0x8769, at_exposure);
  sim_ifd_set_long (camera, 0x014a, at_picture);
  sim_ifd_set_long (small, 0x0201, at_thumbnail);
  g_byte_array_append (out, (const guint8 *)"II*", 4);
  sim_put_le32 (out, at_camera);
  if (cr2) {
    g_byte_array_append (out, (const guint8 *)"CR\x02", 4);
    sim_put_le32 (out, at_picture);
  }
  sim_ifd_write (camera, out, base, at_small);
  sim_ifd_write (exposure, out, base, 0);
  sim_ifd_write (small, out, base, 0);
  append_bytes (out, thumbnail);
  if (picture != NULL) {
    sim_ifd_set_long (picture, 0x0111, at_picture + sim_ifd_size (picture));
    sim_ifd_write (picture, out, base, 0);
    append_bytes (out, body);
  }
}

GBytes *sim_exif_app1 (const SimExif *exif, int width, int height, GBytes *thumbnail)
{
  static const guint8 head[] = {0xff, 0xe1, 0, 0, 'E', 'x', 'i', 'f', 0, 0};
  GByteArray *out = g_byte_array_new ();
  g_byte_array_append (out, head, sizeof head);
  write_tiff (out, exif, width, height, thumbnail, NULL);
  g_assert (out->len - 2 <= 0xffff);
  out->data[2] = (guint8)((out->len - 2) >> 8);
  out->data[3] = (guint8)(out->len - 2);
  return g_byte_array_free_to_bytes (out);
}

GBytes *sim_exif_raw (const SimExif *exif, int width, int height, GBytes *thumbnail, GBytes *body)
{
  GByteArray *out = g_byte_array_sized_new ((guint)g_bytes_get_size (body) + 65536);
  write_tiff (out, exif, width, height, thumbnail, body);
  return g_byte_array_free_to_bytes (out);
}
