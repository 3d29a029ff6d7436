/* The finished file against constructed truth: geometry, orientation, colours, light, bytes, segments; and pictures that are none. */
#include "capture/portrait/portrait.h"

#include "capture/picture/decode.h"
#include "capture/portrait/rows.h"
#include "tests/unit/portrait/canvas.h"
#include <lcms2.h>
#include <math.h>
#include <string.h>

static LanmuProfile *diploma;

static LanmuProfile *with_window (int least, int most)
{
  g_autofree char *text = lanmu_profile_get_text (diploma, NULL);
  g_autofree char *from = g_strdup_printf ("bytes-min = %d", least), *to = g_strdup_printf ("bytes-max = %d", most);
  g_autoptr (GString) all = g_string_new (text);
  g_string_replace (all, "bytes-min = 30720", from, 1);
  g_string_replace (all, "bytes-max = 40000", to, 1);
  LanmuProfile *profile = lanmu_profile_parse (all->str, all->len, NULL, NULL);
  g_assert_nonnull (profile);
  return profile;
}

static guint8 *render (GBytes *jpeg, const LanmuPlacement *placement)
{
  gsize size;
  g_autoptr (GError) error = NULL;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  guint8 *rgb = lanmu_portrait_render (data, size, diploma, placement, NULL, NULL, &error);
  g_assert_no_error (error);
  return rgb;
}

static LanmuPlacement place_all (int width, int height)
{
  return lanmu_placement_find (NULL, width, height, diploma, NULL);
}

/* ---- geometry */

static void paint_marks (Canvas *canvas)
{
  canvas_init (canvas, 1200, 900, 100, 197, 255);
  canvas_ellipse (canvas, 400, 300, 16, 16, 255, 0, 0); /* upper left */
  canvas_ellipse (canvas, 820, 240, 16, 16, 0, 255, 0); /* upper right */
  canvas_ellipse (canvas, 610, 700, 16, 16, 0, 0, 0);   /* below */
}

static void check_mark (const Canvas *seen, const LanmuPlacement *p, guint8 r, guint8 g, guint8 b, double x, double y)
{
  double px, py;
  g_assert_true (canvas_find (seen, r, g, b, &px, &py));
  g_assert_cmpfloat_with_epsilon (px, (x - p->x) / p->scale, 0.35);
  g_assert_cmpfloat_with_epsilon (py, (y - p->y) / p->scale, 0.35);
}

static void test_geometry (void)
{
  Canvas canvas, seen = {480, 640, NULL};
  paint_marks (&canvas);
  LanmuPlacement p = {.scale = 1.3, .x = 300.25, .y = 20.5, .width = 480 * 1.3, .height = 640 * 1.3};
  for (int orientation = 1; orientation <= 8; orientation++) {
    g_autoptr (GBytes) jpeg = canvas_to_jpeg (&canvas, &(CanvasFile){.orientation = orientation});
    seen.rgb = render (jpeg, &p);
    check_mark (&seen, &p, 255, 0, 0, 400, 300);
    check_mark (&seen, &p, 0, 255, 0, 820, 240);
    check_mark (&seen, &p, 0, 0, 0, 610, 700);
    canvas_clear (&seen);
  }
  canvas_clear (&canvas);
}

/* What the decoder shrinks must be where the pure reduction has it. */
static void test_geometry_of_large_shots (void)
{
  Canvas canvas, seen = {480, 640, NULL};
  canvas_init (&canvas, 4000, 3000, 100, 197, 255);
  canvas_ellipse (&canvas, 1500, 900, 60, 60, 255, 0, 0);
  canvas_ellipse (&canvas, 2400, 2100, 60, 60, 0, 0, 0);
  LanmuPlacement p = {.scale = 4.3, .x = 900.5, .y = 100.25, .width = 480 * 4.3, .height = 640 * 4.3};
  g_autoptr (GBytes) jpeg = canvas_to_jpeg (&canvas, &(CanvasFile){.quality = 92});
  seen.rgb = render (jpeg, &p);
  check_mark (&seen, &p, 255, 0, 0, 1500, 900);
  check_mark (&seen, &p, 0, 0, 0, 2400, 2100);
  canvas_clear (&seen);
  canvas_clear (&canvas);
}

/* ---- colour and light */

static void check_flat (GBytes *jpeg, int width, int height, double r, double g, double b, double tolerance)
{
  LanmuPlacement p = place_all (width, height);
  g_autofree guint8 *rgb = render (jpeg, &p);
  double sum[3] = {0};
  for (int i = 0; i < 480 * 640; i++)
    for (int c = 0; c < 3; c++)
      sum[c] += rgb[3 * i + c];
  g_assert_cmpfloat_with_epsilon (sum[0] / (480 * 640), r, tolerance);
  g_assert_cmpfloat_with_epsilon (sum[1] / (480 * 640), g, tolerance);
  g_assert_cmpfloat_with_epsilon (sum[2] / (480 * 640), b, tolerance);
}

static double code (double linear)
{
  linear = CLAMP (linear, 0, 1);
  return 255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow (linear, 1 / 2.4) - 0.055);
}

/* Adobe RGB → XYZ (D65) → sRGB by the two standards' matrices. */
static void adobe_to_srgb (double r, double g, double b, double out[3])
{
  double lr = pow (r / 255, 563.0 / 256), lg = pow (g / 255, 563.0 / 256), lb = pow (b / 255, 563.0 / 256);
  double x = 0.57667 * lr + 0.18556 * lg + 0.18823 * lb, y = 0.29734 * lr + 0.62736 * lg + 0.07529 * lb,
         z = 0.02703 * lr + 0.07069 * lg + 0.99134 * lb;
  out[0] = code (3.2404542 * x - 1.5371385 * y - 0.4985314 * z);
  out[1] = code (-0.9692660 * x + 1.8760108 * y + 0.0415560 * z);
  out[2] = code (0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
}

static GBytes *icc_of (cmsHPROFILE profile)
{
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem (profile, NULL, &size);
  guint8 *bytes = g_malloc (size);
  g_assert_true (cmsSaveProfileToMem (profile, bytes, &size));
  cmsCloseProfile (profile);
  return g_bytes_new_take (bytes, size);
}

static GBytes *adobe_icc (void)
{
  const cmsCIExyY white = {0.3127, 0.3290, 1};
  const cmsCIExyYTRIPLE primaries = {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
  cmsToneCurve *curve = cmsBuildGamma (NULL, 563.0 / 256);
  cmsToneCurve *const curves[3] = {curve, curve, curve};
  cmsHPROFILE profile = cmsCreateRGBProfile (&white, &primaries, curves);
  cmsFreeToneCurve (curve);
  return icc_of (profile);
}

static void test_colours (void)
{
  static const guint8 colours[][3] = {{100, 197, 255}, {210, 160, 140}, {60, 60, 60}, {180, 120, 100}, {240, 240, 240}};
  g_autoptr (GBytes) adobe = adobe_icc (), srgb = icc_of (cmsCreate_sRGBProfile ());
  for (gsize i = 0; i < G_N_ELEMENTS (colours); i++) {
    Canvas canvas;
    double wanted[3];
    const guint8 *c = colours[i];
    canvas_init (&canvas, 960, 640, c[0], c[1], c[2]);
    g_autoptr (GBytes) plain = canvas_to_jpeg (&canvas, &(CanvasFile){0});
    g_autoptr (GBytes) by_icc = canvas_to_jpeg (&canvas, &(CanvasFile){.icc = adobe});
    g_autoptr (GBytes) by_exif = canvas_to_jpeg (&canvas, &(CanvasFile){.adobe_exif = TRUE, .orientation = 1});
    g_autoptr (GBytes) as_srgb = canvas_to_jpeg (&canvas, &(CanvasFile){.icc = srgb});
    adobe_to_srgb (c[0], c[1], c[2], wanted);
    check_flat (plain, 960, 640, c[0], c[1], c[2], 1.01);
    check_flat (as_srgb, 960, 640, c[0], c[1], c[2], 1.01);
    check_flat (by_icc, 960, 640, wanted[0], wanted[1], wanted[2], 2);
    check_flat (by_exif, 960, 640, wanted[0], wanted[1], wanted[2], 2);
    canvas_clear (&canvas);
  }
}

/* Half black, half white, finer than the portrait sees: half the light is code 188, not 128. */
static void test_linear_light (void)
{
  Canvas canvas;
  canvas_init (&canvas, 1440, 1920, 0, 0, 0);
  for (int y = 0; y < 1920; y++)
    for (int x = 0; x < 1440; x++)
      memset (canvas.rgb + (y * 1440 + x) * 3, (x + y) % 2 == 0 ? 255 : 0, 3);
  g_autoptr (GBytes) jpeg = canvas_to_jpeg (&canvas, &(CanvasFile){0});
  check_flat (jpeg, 1440, 1920, 188, 188, 188, 3);
  canvas_clear (&canvas);
}

/* ---- the decoder's part */

typedef struct {
  int left, count;
  GByteArray *rows;
} Kept;

static void keep (int row, int left, int count, const guint8 *pixels, gpointer data)
{
  Kept *kept = data;
  kept->left = left;
  kept->count = count;
  g_byte_array_append (kept->rows, pixels, (guint) count * 4);
}

static void paint_portrait (Canvas *canvas, int width, int height)
{
  double u = height / 4000.0;
  canvas_init (canvas, width, height, 100, 197, 255);
  canvas_rectangle (canvas, width / 2 - 1100 * u, 2600 * u, 2200 * u, 1400 * u, 40, 40, 60);
  canvas_ellipse (canvas, width / 2.0, 1550 * u, 700 * u, 950 * u, 30, 25, 22);
  canvas_ellipse (canvas, width / 2.0, 1700 * u, 590 * u, 780 * u, 205, 160, 135);
  canvas_noise (canvas, 6, 7);
}

static void test_part_is_whole (void)
{
  Canvas canvas;
  paint_portrait (&canvas, 1500, 1000);
  g_autoptr (GBytes) jpeg = canvas_to_jpeg (&canvas, &(CanvasFile){.quality = 90});
  for (int denominator = 1; denominator <= 4; denominator *= 2) {
    gsize size;
    const guint8 *data = g_bytes_get_data (jpeg, &size);
    Kept whole = {0, 0, g_byte_array_new ()}, part = {0, 0, g_byte_array_new ()};
    LanmuRowsPart all = {0, 0, 1500, 1000}, some = {200 / denominator, 101 / denominator, 901 / denominator, 803 / denominator};
    g_assert_true (lanmu_rows_decode (data, size, denominator, &all, keep, &whole, NULL));
    g_assert_true (lanmu_rows_decode (data, size, denominator, &some, keep, &part, NULL));
    for (int y = some.top; y < some.bottom; y++)
      for (int x = some.left; x < some.right; x++)
        g_assert_cmpmem (whole.rows->data + (y * whole.count + x) * 4, 3,
                         part.rows->data + ((y - some.top) * part.count + x - part.left) * 4, 3);
    g_byte_array_unref (whole.rows);
    g_byte_array_unref (part.rows);
  }
  canvas_clear (&canvas);
}

/* ---- the file */

/* Walks the segments itself: only JFIF with 300 dpi, baseline, no other APPn or comment. */
static void check_segments (GBytes *jpeg)
{
  gsize size, at = 2;
  const guint8 *d = g_bytes_get_data (jpeg, &size);
  gboolean jfif = FALSE, baseline = FALSE;
  while (d[at + 1] != 0xda) {
    guint8 marker = d[at + 1];
    g_assert_cmphex (d[at], ==, 0xff);
    if (marker == 0xe0) {
      g_assert_cmpmem (d + at + 4, 5, "JFIF", 5);
      g_assert_cmpint (d[at + 11], ==, 1);
      g_assert_cmpint (d[at + 12] << 8 | d[at + 13], ==, 300);
      g_assert_cmpint (d[at + 14] << 8 | d[at + 15], ==, 300);
      g_assert_cmpint (d[at + 16] | d[at + 17], ==, 0); /* no thumbnail */
      jfif = TRUE;
    } else {
      g_assert_true (marker < 0xe1 || marker > 0xef);
      g_assert_cmphex (marker, !=, 0xfe);
    }
    if (marker == 0xc0) {
      baseline = TRUE;
      g_assert_cmpint (d[at + 4], ==, 8);
      g_assert_cmpint (d[at + 5] << 8 | d[at + 6], ==, 640);
      g_assert_cmpint (d[at + 7] << 8 | d[at + 8], ==, 480);
      g_assert_cmpint (d[at + 9], ==, 3);
    }
    g_assert_false (marker >= 0xc1 && marker <= 0xcf && marker != 0xc4 && marker != 0xcc);
    at += 2 + (gsize) (d[at + 2] << 8 | d[at + 3]);
  }
  g_assert_true (jfif && baseline);
}

static void make (GBytes *jpeg, const LanmuProfile *profile, LanmuPortrait *out)
{
  gsize size;
  g_autoptr (GError) error = NULL;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  LanmuPlacement p = place_all (1500, 1000);
  lanmu_portrait_make (data, size, profile, &p, NULL, out, &error);
  g_assert_no_error (error);
}

static void test_file (void)
{
  Canvas canvas;
  paint_portrait (&canvas, 1500, 1000);
  g_autoptr (GBytes) shot = canvas_to_jpeg (&canvas, &(CanvasFile){.quality = 95, .orientation = 1});
  g_auto (LanmuPortrait) one = {0}, two = {0}, large = {0};
  make (shot, diploma, &one);
  make (shot, diploma, &two);
  g_assert_true (g_bytes_equal (one.jpeg, two.jpeg));
  g_assert_cmpstr (one.sha256, ==, two.sha256);
  g_assert_cmpuint (g_bytes_get_size (one.jpeg), >=, 30720);
  g_assert_cmpuint (g_bytes_get_size (one.jpeg), <=, 40000);
  g_assert_cmpint (one.quality, >=, 60);
  check_segments (one.jpeg);
  g_autoptr (LanmuProfile) wide = with_window (60000, 100000);
  make (shot, wide, &large);
  g_assert_cmpuint (g_bytes_get_size (large.jpeg), >=, 60000);
  g_assert_cmpuint (g_bytes_get_size (large.jpeg), <=, 100000);
  g_assert_cmpint (large.quality, >=, one.quality);
  check_segments (large.jpeg);
  canvas_clear (&canvas);
}

/* Whoever decoded it: a portrait from pixels that are there already has the same bytes. */
static void test_decoded_shot (void)
{
  Canvas canvas;
  gsize size;
  LanmuJpegMarkers markers;
  LanmuPicture picture;
  paint_portrait (&canvas, 3000, 2200);
  g_autoptr (GBytes) shot = canvas_to_jpeg (&canvas, &(CanvasFile){.quality = 92, .orientation = 6});
  const guint8 *data = g_bytes_get_data (shot, &size);
  g_autoptr (LanmuProfile) any = with_window (1000, 400000);
  g_assert_true (lanmu_jpeg_check (data, size, &markers, NULL));
  for (int denominator = 1; denominator <= 2; denominator *= 2) {
    g_auto (LanmuPortrait) one = {0}, two = {0};
    LanmuDecodedShot decoded = {&picture, denominator};
    LanmuPlacement p = {.x = 700.3, .y = 123.4, .scale = 1.9 * denominator, .width = 480 * 1.9 * denominator, .height = 640 * 1.9 * denominator};
    g_assert_true (lanmu_jpeg_decode (data, size, &markers, denominator, TRUE, &picture, NULL));
    g_assert_true (lanmu_portrait_make (data, size, any, &p, NULL, &one, NULL));
    g_assert_true (lanmu_portrait_make (data, size, any, &p, &decoded, &two, NULL));
    g_assert_cmpstr (one.sha256, ==, two.sha256);
    lanmu_picture_clear (&picture);
  }
  canvas_clear (&canvas);
}

static void test_window_missed (void)
{
  Canvas canvas;
  canvas_init (&canvas, 960, 640, 100, 197, 255); /* nothing in it: a few KB at any quality */
  g_autoptr (GBytes) flat = canvas_to_jpeg (&canvas, &(CanvasFile){0});
  canvas_noise (&canvas, 127, 3); /* nothing but noise: hundreds of KB */
  g_autoptr (GBytes) wild = canvas_to_jpeg (&canvas, &(CanvasFile){0});
  GBytes *shots[] = {flat, wild};
  for (int i = 0; i < 2; i++) {
    gsize size;
    g_auto (LanmuPortrait) out = {0};
    g_autoptr (GError) error = NULL;
    const guint8 *data = g_bytes_get_data (shots[i], &size);
    LanmuPlacement p = place_all (960, 640);
    g_assert_false (lanmu_portrait_make (data, size, diploma, &p, NULL, &out, &error));
    g_assert_error (error, LANMU_PORTRAIT_ERROR, LANMU_PORTRAIT_ERROR_WINDOW);
    g_assert_null (out.jpeg);
  }
  canvas_clear (&canvas);
}

/* ---- pictures that are none */

static void check_refused (const guint8 *data, gsize size, int code)
{
  g_auto (LanmuPortrait) out = {0};
  g_autoptr (GError) error = NULL;
  LanmuPlacement p = place_all (960, 640);
  g_assert_false (lanmu_portrait_make (data, size, diploma, &p, NULL, &out, &error));
  g_assert_error (error, LANMU_PICTURE_ERROR, code);
}

static void test_refused (void)
{
  Canvas canvas;
  gsize size;
  paint_portrait (&canvas, 960, 640);
  g_autoptr (GBytes) shot = canvas_to_jpeg (&canvas, &(CanvasFile){.quality = 90});
  g_autofree guint8 *data = g_bytes_unref_to_data (g_bytes_ref (shot), &size);
  check_refused (data, size / 2, LANMU_PICTURE_ERROR_DAMAGED); /* the end is missing */
  check_refused (data, 300, LANMU_PICTURE_ERROR_TRUNCATED);
  check_refused ((const guint8 *) "BM no JPEG", 10, LANMU_PICTURE_ERROR_NOT_JPEG);
  memset (data + size / 2, 0x55, 64);
  data[size / 2] = 0xff, data[size / 2 + 1] = 0xc4; /* a marker in the middle of the scan */
  check_refused (data, size, LANMU_PICTURE_ERROR_DAMAGED);
  g_autoptr (GBytes) junk = g_bytes_new_static ("this is no profile at all, but it stands where one should be ........", 68);
  g_autoptr (GBytes) painted = canvas_to_jpeg (&canvas, &(CanvasFile){.icc = junk});
  check_refused (g_bytes_get_data (painted, NULL), g_bytes_get_size (painted), LANMU_PICTURE_ERROR_UNSUPPORTED);
  g_autoptr (GBytes) grey_profile = icc_of (cmsCreateLab4Profile (NULL));
  g_autoptr (GBytes) lab = canvas_to_jpeg (&canvas, &(CanvasFile){.icc = grey_profile});
  check_refused (g_bytes_get_data (lab, NULL), g_bytes_get_size (lab), LANMU_PICTURE_ERROR_UNSUPPORTED);
  canvas_clear (&canvas);
}

/* Grey, progressive and tiny files are odd but whole: a portrait comes out. */
static void test_odd (void)
{
  static const CanvasFile files[] = {{.grey = TRUE, .quality = 90}, {.progressive = TRUE, .quality = 90}};
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++) {
    Canvas canvas;
    paint_portrait (&canvas, 1500, 1000);
    g_autoptr (GBytes) shot = canvas_to_jpeg (&canvas, &files[i]);
    g_auto (LanmuPortrait) out = {0};
    g_autoptr (LanmuProfile) any = with_window (1000, 400000);
    make (shot, any, &out);
    check_segments (out.jpeg);
    canvas_clear (&canvas);
  }
  Canvas tiny;
  canvas_init (&tiny, 24, 32, 100, 197, 255);
  g_autoptr (GBytes) shot = canvas_to_jpeg (&tiny, &(CanvasFile){0});
  check_flat (shot, 24, 32, 100, 197, 255, 1.5);
  canvas_clear (&tiny);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  diploma = lanmu_profile_find ("diploma", NULL, NULL);
  g_test_add_func ("/portrait/geometry", test_geometry);
  g_test_add_func ("/portrait/geometry-large", test_geometry_of_large_shots);
  g_test_add_func ("/portrait/colours", test_colours);
  g_test_add_func ("/portrait/linear-light", test_linear_light);
  g_test_add_func ("/portrait/part-is-whole", test_part_is_whole);
  g_test_add_func ("/portrait/file", test_file);
  g_test_add_func ("/portrait/decoded-shot", test_decoded_shot);
  g_test_add_func ("/portrait/window-missed", test_window_missed);
  g_test_add_func ("/portrait/refused", test_refused);
  g_test_add_func ("/portrait/odd", test_odd);
  return g_test_run ();
}
