/* A shot's file: EXIF that another library reads back, bytes of its own each time, a picture that decodes strictly, a
 * raw that is a TIFF. */
#include "capture/simcam/scene.h"
#include "capture/simcam/sitter/exif.h"
#include "tests/unit/simcam/pixels.h"

#include <libexif/exif-data.h>
#include <string.h>

/* 2021-11-18 09:30:15.42 */
#define MOMENT (G_GINT64_CONSTANT (1637227815) * G_USEC_PER_SEC + 420000)

static const SimExif nikon = {MOMENT, "NIKON CORPORATION", "NIKON D7500", "6012345", 1234, FALSE, 200, 1.0 / 125, 8.0};

static GBytes *shoot (SimScene *scene, const SimExif *exif, gboolean raw)
{
  GBytes *file = sim_scene_shot (scene, exif, 1500, 1000, raw);
  g_assert_nonnull (file);
  return file;
}

static char *entry (ExifData *data, ExifIfd ifd, ExifTag tag)
{
  char text[128] = "";
  ExifEntry *found = exif_content_get_entry (data->ifd[ifd], tag);
  if (found != NULL)
    exif_entry_get_value (found, text, sizeof text);
  return g_strdup (text);
}

static void assert_entry (ExifData *data, ExifIfd ifd, ExifTag tag, const char *expected)
{
  g_autofree char *text = entry (data, ifd, tag);
  g_assert_cmpstr (text, ==, expected);
}

static void assert_facts (ExifData *data)
{
  assert_entry (data, EXIF_IFD_0, EXIF_TAG_MAKE, "NIKON CORPORATION");
  assert_entry (data, EXIF_IFD_0, EXIF_TAG_MODEL, "NIKON D7500");
  assert_entry (data, EXIF_IFD_0, EXIF_TAG_DATE_TIME, "2021:11:18 09:30:15");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, "2021:11:18 09:30:15");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_DIGITIZED, "2021:11:18 09:30:15");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_SUB_SEC_TIME, "42");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_SUB_SEC_TIME_ORIGINAL, "42");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_SUB_SEC_TIME_DIGITIZED, "42");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_ISO_SPEED_RATINGS, "200");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_EXPOSURE_TIME, "1/125 sec.");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_FNUMBER, "f/8.0");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_FOCAL_LENGTH, "85.0 mm");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_COLOR_SPACE, "sRGB");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_PIXEL_X_DIMENSION, "1500");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_PIXEL_Y_DIMENSION, "1000");
  assert_entry (data, EXIF_IFD_EXIF, (ExifTag)0xa431, "6012345");
  assert_entry (data, EXIF_IFD_EXIF, (ExifTag)0x9211, "1234");
}

static ExifData *exif_of (GBytes *file)
{
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (file, &size);
  ExifData *data = exif_data_new ();
  exif_data_unset_option (
      data, EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS); /* ImageNumber is TIFF/EP's, libexif has no name for it */
  exif_data_load_data (data, bytes, (guint)size);
  return data;
}

static void test_exif (void)
{
  SimScene *scene = sim_scene_new (1);
  g_autoptr (GBytes) file = shoot (scene, &nikon, FALSE);
  ExifData *data = exif_of (file);
  assert_facts (data);
  ExifEntry *orientation = exif_content_get_entry (data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  g_assert_nonnull (orientation);
  g_assert_cmpint (exif_get_short (orientation->data, exif_data_get_byte_order (data)), ==, 1);
  g_autoptr (GBytes) thumbnail = g_bytes_new (data->data, data->size);
  g_auto (Pixels) small = pixels_of (thumbnail);
  g_assert_cmpint (small.width, ==, SIM_THUMBNAIL_WIDTH);
  g_assert_cmpint (small.height, ==, SIM_THUMBNAIL_HEIGHT);
  exif_data_unref (data);
  sim_scene_free (scene);
}

static void test_no_serial (void)
{
  SimExif exif = nikon;
  exif.serial = NULL;
  SimScene *scene = sim_scene_new (1);
  g_autoptr (GBytes) file = shoot (scene, &exif, FALSE);
  ExifData *data = exif_of (file);
  assert_entry (data, EXIF_IFD_EXIF, (ExifTag)0xa431, "");
  assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, "2021:11:18 09:30:15");
  exif_data_unref (data);
  sim_scene_free (scene);
}

static void test_times (void)
{
  static const struct {
    gint64 us;
    const char *moment, *hundredth;
  } cases[] = {{0, "1970:01:01 00:00:00", "00"},
               {-1, "1969:12:31 23:59:59", "99"},
               {G_GINT64_CONSTANT (1709210096999999), "2024:02:29 12:34:56", "99"}};
  SimScene *scene = sim_scene_new (1);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    SimExif exif = nikon;
    exif.local_us = cases[i].us;
    g_autoptr (GBytes) file = shoot (scene, &exif, FALSE);
    ExifData *data = exif_of (file);
    assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, cases[i].moment);
    assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_SUB_SEC_TIME_ORIGINAL, cases[i].hundredth);
    exif_data_unref (data);
  }
  sim_scene_free (scene);
}

/* Marker after marker up to the scan: EXIF first, then the comment; baseline, no JFIF. */
static void test_segments (void)
{
  SimScene *scene = sim_scene_new (1);
  g_autoptr (GBytes) file = shoot (scene, &nikon, FALSE);
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (file, &size);
  g_autoptr (GString) order = g_string_new (NULL);
  gsize at = 2;
  while (at + 4 < size && data[at] == 0xff && data[at + 1] != 0xda) {
    g_string_append_printf (order, "%02x ", data[at + 1]);
    at += 2 + ((gsize)data[at + 2] << 8 | data[at + 3]);
  }
  g_assert_cmphex (data[at + 1], ==, 0xda);
  g_assert_true (g_str_has_prefix (order->str, "e1 fe "));
  g_assert_nonnull (strstr (order->str, "c0 "));
  g_assert_null (strstr (order->str, "e0 "));
  sim_scene_free (scene);
}

static void test_own_bytes (void)
{
  SimScene *scene = sim_scene_new (1), *again = sim_scene_new (1);
  g_autoptr (GBytes) first = shoot (scene, &nikon, FALSE), second = shoot (scene, &nikon, FALSE),
                     repeated = shoot (again, &nikon, FALSE);
  g_autofree char *a = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, first),
                  *b = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, second);
  g_assert_cmpstr (a, !=, b);
  g_assert_true (g_bytes_equal (first, repeated)); /* another run of the same scene */
  g_auto (Pixels) x = pixels_of (first), y = pixels_of (second);
  g_assert_cmpfloat (pixels_apart (&x, &y), ==, 0); /* the same moment, another file */
  sim_scene_free (scene);
  sim_scene_free (again);
}

static void test_prepared (void)
{
  SimScene *scene = sim_scene_new (1), *plain = sim_scene_new (2);
  sim_scene_prepare (scene, 2, 1500, 1000);
  sim_scene_control (scene, "sitter 2", NULL);
  g_autoptr (GBytes) prepared = shoot (scene, &nikon, FALSE), fresh = shoot (plain, &nikon, FALSE);
  g_assert_true (g_bytes_equal (prepared, fresh));
  sim_scene_free (scene);
  sim_scene_free (plain);
}

static void test_portrait (void)
{
  SimExif exif = nikon;
  exif.portrait = TRUE;
  SimScene *scene = sim_scene_new (1);
  g_autoptr (GBytes) file = shoot (scene, &exif, FALSE);
  ExifData *data = exif_of (file);
  ExifEntry *orientation = exif_content_get_entry (data->ifd[EXIF_IFD_0], EXIF_TAG_ORIENTATION);
  g_assert_cmpint (exif_get_short (orientation->data, exif_data_get_byte_order (data)), ==, 6);
  exif_data_unref (data);
  g_auto (Pixels) stored = pixels_of (file);
  g_assert_cmpint (stored.width, ==, 1500);
  g_assert_cmpint (stored.height, ==, 1000);
  const guint8 *left = stored.rgb + (500 * 1500 + 10) * 3, *right = stored.rgb + (500 * 1500 + 1490) * 3;
  g_assert_cmpint (left[2], >,
                   left[0] +
                       80); /* orientation 6: the stored left edge is the top, sky-blue; the right one is the chest */
  g_assert_cmpint (right[2], <, right[0] + 80);
  sim_scene_free (scene);
}

static void test_raw (void)
{
  static const char *const makes[] = {"NIKON CORPORATION", "Canon"};
  SimScene *scene = sim_scene_new (1);
  for (gsize i = 0; i < G_N_ELEMENTS (makes); i++) {
    SimExif exif = nikon;
    exif.make = makes[i];
    g_autoptr (GBytes) jpeg = shoot (scene, &exif, FALSE), raw = shoot (scene, &exif, TRUE),
                       other = shoot (scene, &exif, TRUE);
    g_assert_false (g_bytes_equal (raw, other));
    gsize size = 0;
    const guint8 *bytes = g_bytes_get_data (raw, &size);
    g_assert_cmpmem (bytes, 4, "II*\0", 4);
    g_assert_cmpuint (size, >, g_bytes_get_size (jpeg) * 14 / 10);
    g_assert_cmpuint (size, <, g_bytes_get_size (jpeg) * 17 / 10);
    GByteArray *wrapped = g_byte_array_new (); /* libexif reads a TIFF behind "Exif\0\0" */
    g_byte_array_append (wrapped, (const guint8 *)"Exif\0", 6);
    g_byte_array_append (wrapped, bytes, 60000);
    ExifData *data = exif_data_new_from_data (wrapped->data, wrapped->len);
    assert_entry (data, EXIF_IFD_0, EXIF_TAG_MAKE, makes[i]);
    assert_entry (data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL, "2021:11:18 09:30:15");
    exif_data_unref (data);
    g_byte_array_unref (wrapped);
  }
  sim_scene_free (scene);
}

static void test_sizes (void)
{
  static const int sizes[][4] = {
      {640, 480, 30, 400}, {3000, 2000, 1000, 2600}, {6000, 4000, 4000, 8200}}; /* pixels, then KB from and to */
  SimScene *scene = sim_scene_new (6);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GBytes) file = sim_scene_shot (scene, &nikon, sizes[i][0], sizes[i][1], FALSE);
    g_test_message ("%d × %d: %" G_GSIZE_FORMAT " bytes", sizes[i][0], sizes[i][1], g_bytes_get_size (file));
    g_assert_cmpuint (g_bytes_get_size (file) / 1000, >=, sizes[i][2]);
    g_assert_cmpuint (g_bytes_get_size (file) / 1000, <=, sizes[i][3]);
    g_auto (Pixels) pixels = pixels_of (file);
    g_assert_cmpint (pixels.width, ==, sizes[i][0]);
    g_assert_cmpint (pixels.height, ==, sizes[i][1]);
  }
  g_assert_null (sim_scene_shot (scene, &nikon, 10, 10, FALSE));
  g_assert_null (sim_scene_shot (scene, &nikon, 20000, 100, FALSE));
  sim_scene_free (scene);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/shot/exif", test_exif);
  g_test_add_func ("/shot/no-serial", test_no_serial);
  g_test_add_func ("/shot/times", test_times);
  g_test_add_func ("/shot/segments", test_segments);
  g_test_add_func ("/shot/own-bytes", test_own_bytes);
  g_test_add_func ("/shot/prepared", test_prepared);
  g_test_add_func ("/shot/portrait", test_portrait);
  g_test_add_func ("/shot/raw", test_raw);
  g_test_add_func ("/shot/sizes", test_sizes);
  return g_test_run ();
}
