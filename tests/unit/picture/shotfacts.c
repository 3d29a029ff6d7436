/* What a file proves about itself: constructed truth, and every way of being broken that a camera or a cable knows. */
#include "capture/picture/shotfacts.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include "tests/unit/picture/photo.h"

static const PhotoSpec nikon = {.orientation = 6, .make = "NIKON CORPORATION", .model = "NIKON D750", .serial = "6012345",
                                .date = "2018:09:03 10:11:12", .sub_seconds = "34", .image_number = 39};

static gboolean read_bytes (const guint8 *data, gsize size, LanmuShotFacts *facts, int *code)
{
  g_autoptr (GError) error = NULL;
  gboolean whole = lanmu_shot_facts_read_memory (data, size, facts, &error);
  g_assert_true (whole == (error == NULL));
  if (error != NULL)
    g_assert_true (error->domain == LANMU_PICTURE_ERROR);
  *code = error != NULL ? error->code : -1;
  return whole;
}

/* The code of the error, -1 = whole. */
static int judge (const guint8 *data, gsize size)
{
  g_auto (LanmuShotFacts) facts;
  int code;
  gboolean whole = read_bytes (data, size, &facts, &code);
  g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);
  g_assert_cmpstr (facts.sha256, ==, sha256); /* promise 2: whole or not */
  g_assert_cmpuint (facts.size, ==, size);
  g_assert_true (whole == (facts.review.pixels != NULL));
  return code;
}

static int judge_array (const GByteArray *jpeg)
{
  return judge (jpeg->data, jpeg->len);
}

static void test_facts (void)
{
  g_autoptr (GByteArray) jpeg = photo_new (&nikon);
  g_auto (LanmuShotFacts) facts;
  int code;
  g_assert_true (read_bytes (jpeg->data, jpeg->len, &facts, &code));
  g_autofree char *sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, jpeg->data, jpeg->len);
  g_assert_cmpstr (facts.sha256, ==, sha256);
  g_assert_cmpuint (facts.size, ==, jpeg->len);
  g_assert_cmpint (facts.width, ==, 960);
  g_assert_cmpint (facts.height, ==, 640);
  g_assert_cmpint (facts.orientation, ==, 6);
  g_assert_cmpstr (facts.make, ==, "NIKON CORPORATION");
  g_assert_cmpstr (facts.model, ==, "NIKON D750");
  g_assert_cmpstr (facts.serial, ==, "6012345");
  g_assert_cmpstr (facts.time_text, ==, "2018:09:03 10:11:12.34");
  g_assert_true (facts.has_time);
  g_assert_cmpint (facts.time_us, ==, G_GINT64_CONSTANT (1535969472340000));
  g_assert_cmpint (facts.time_resolution_us, ==, 10000);
  g_assert_cmpint (facts.image_number, ==, 39);
}

static void test_review (void)
{
  static const struct {
    int width, height, review_width, review_height;
  } cases[] = {{960, 640, 480, 320}, {3000, 2000, 1500, 1000}, {3601, 3601, 901, 901}, {5400, 3596, 2700, 1798}};
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    PhotoSpec spec = {.width = cases[i].width, .height = cases[i].height, .orientation = 8};
    g_autoptr (GByteArray) jpeg = photo_new (&spec);
    g_auto (LanmuShotFacts) facts;
    int code;
    g_assert_true (read_bytes (jpeg->data, jpeg->len, &facts, &code));
    const LanmuPicture *review = &facts.review;
    g_assert_cmpint (review->width, ==, cases[i].review_width);
    g_assert_cmpint (review->height, ==, cases[i].review_height);
    g_assert_cmpint (review->orientation, ==, 8);
    g_assert_cmpuint (review->stride % 64, ==, 0);
    g_assert_cmpuint (g_bytes_get_size (review->pixels), ==, review->stride * (gsize) review->height);
    const guint8 *last = (const guint8 *) g_bytes_get_data (review->pixels, NULL) + review->stride * (gsize) (review->height - 1) +
                         (gsize) (review->width - 1) * 4;
    g_assert_cmpuint ((gsize) g_bytes_get_data (review->pixels, NULL) % 64, ==, 0);
    g_assert_cmpint (ABS (last[2] - 137), <, 12); /* what photo.c paints at the lower right */
    g_assert_cmpint (ABS (last[1] - 213), <, 12);
    g_assert_cmpint (last[3], ==, 255);
    g_autoptr (LanmuFrame) frame = lanmu_picture_to_frame (review);
    g_assert_true (lanmu_frame_get_pixels (frame) == g_bytes_get_data (review->pixels, NULL));
  }
}

static void test_kinds (void)
{
  PhotoSpec progressive = nikon, grey = nikon;
  progressive.progressive = TRUE;
  grey.grey = TRUE;
  g_autoptr (GByteArray) one = photo_new (&progressive), two = photo_new (&grey);
  g_assert_cmpint (judge_array (one), ==, -1);
  g_assert_cmpint (judge_array (two), ==, -1);
}

/* Cut at every 1/16 and within the last bytes, in each kind of coding. */
static void test_truncation (void)
{
  for (int kind = 0; kind < 2; kind++) {
    PhotoSpec spec = nikon;
    spec.progressive = kind == 1;
    g_autoptr (GByteArray) jpeg = photo_new (&spec);
    for (guint part = 0; part < 16; part++)
      g_assert_cmpint (judge (jpeg->data, (gsize) jpeg->len * part / 16), ==, LANMU_PICTURE_ERROR_TRUNCATED);
    for (guint missing = 1; missing <= 64; missing++)
      g_assert_cmpint (judge (jpeg->data, jpeg->len - missing), ==, LANMU_PICTURE_ERROR_TRUNCATED);
  }
}

/* The right size, but the end never came: a file made long before it was filled. */
static void test_zero_tail (void)
{
  g_autoptr (GByteArray) jpeg = photo_new (&nikon);
  for (guint part = 1; part < 16; part++) {
    g_autoptr (GByteArray) copy = g_byte_array_append (g_byte_array_new (), jpeg->data, jpeg->len);
    gsize from = (gsize) jpeg->len * part / 16;
    memset (copy->data + from, 0, jpeg->len - from);
    g_assert_cmpint (judge_array (copy), ==, LANMU_PICTURE_ERROR_TRUNCATED);
  }
}

static void test_trailing_data (void)
{
  g_autoptr (GByteArray) jpeg = photo_new (&nikon);
  guint8 padding[4096] = {0};
  g_byte_array_append (jpeg, padding, sizeof padding); /* some bodies pad, some append a second picture */
  g_assert_cmpint (judge_array (jpeg), ==, -1);
  g_autoptr (GByteArray) second = photo_new (&nikon);
  g_byte_array_append (jpeg, second->data, second->len);
  g_assert_cmpint (judge_array (jpeg), ==, -1);
}

/* A lost block inside: the decoder loses step. A marker in the data: it must complain. */
static void test_damage (void)
{
  g_autoptr (GByteArray) jpeg = photo_new (&nikon);
  gsize middle = jpeg->len / 2;
  g_autoptr (GByteArray) holed = g_byte_array_append (g_byte_array_new (), jpeg->data, jpeg->len);
  g_byte_array_remove_range (holed, (guint) middle, 4096);
  g_assert_cmpint (judge_array (holed), ==, LANMU_PICTURE_ERROR_DAMAGED);
  g_autoptr (GByteArray) zeroed = g_byte_array_append (g_byte_array_new (), jpeg->data, jpeg->len);
  memset (zeroed->data + middle, 0, 16384);
  g_assert_cmpint (judge_array (zeroed), ==, LANMU_PICTURE_ERROR_DAMAGED);
  g_autoptr (GByteArray) marked = g_byte_array_append (g_byte_array_new (), jpeg->data, jpeg->len);
  memcpy (marked->data + middle, "\xff\xd9", 2);
  g_assert_cmpint (judge_array (marked), !=, -1);
}

/* One flipped bit: never a crash, always another SHA-256 (judge looks), but seldom a complaint. JPEG has no checksum: most bits of a fine picture are
 * digits of coefficients, and a flip is another valid picture. What the decoder does notice is held here, so that losing it would be noticed too. */
static void test_flipped_bit (void)
{
  g_autoptr (GByteArray) jpeg = photo_new (&nikon);
  guint caught = 0, tried = 0;
  for (guint at = 64; at + 64 < jpeg->len; at += jpeg->len / 200, tried++) {
    jpeg->data[at] ^= 0x10;
    caught += judge_array (jpeg) >= 0;
    jpeg->data[at] ^= 0x10;
  }
  g_test_message ("%u of %u single flips drew a complaint", caught, tried);
  g_assert_cmpuint (caught, >, 0);
  g_assert_cmpint (judge_array (jpeg), ==, -1);
}

/* A sector of the card, or a packet of the wire, that holds something else. */
static void test_foreign_block (void)
{
  g_autoptr (GByteArray) jpeg = photo_new (&nikon);
  guint32 noise = 3;
  guint caught = 0, tried = 0;
  for (guint at = jpeg->len / 8; at + 512 < jpeg->len; at += jpeg->len / 40, tried++) {
    g_autoptr (GByteArray) copy = g_byte_array_append (g_byte_array_new (), jpeg->data, jpeg->len);
    for (guint i = 0; i < 512; i++)
      copy->data[at + i] = (guint8) ((noise = noise * 1664525u + 1013904223u) >> 24);
    caught += judge_array (copy) >= 0;
  }
  g_test_message ("%u of %u foreign blocks of 512 bytes drew a complaint", caught, tried);
  g_assert_cmpuint (caught, >=, tried * 3 / 4);
}

/* A hit after which the decoder falls into step again: the rest of the picture is tinted, which the eye sees at once and the decoder does not. */
static void test_seam (void)
{
  PhotoSpec spec = {.width = 1800, .height = 1200};
  g_autoptr (GByteArray) jpeg = photo_new (&spec);
  guint caught = 0, seams = 0, tried = 0;
  for (guint at = jpeg->len / 10; at + 64 < jpeg->len * 9 / 10; at += jpeg->len / 50, tried++) {
    g_auto (LanmuShotFacts) facts;
    g_autoptr (GError) error = NULL;
    for (guint i = 0; i < 64; i++)
      jpeg->data[at + i] ^= 0x5a;
    caught += !lanmu_shot_facts_read_memory (jpeg->data, jpeg->len, &facts, &error);
    seams += error != NULL && strstr (error->message, "seam") != NULL;
    for (guint i = 0; i < 64; i++)
      jpeg->data[at + i] ^= 0x5a;
  }
  g_test_message ("%u of %u hits of 64 bytes were noticed, %u of them by their seam alone", caught, tried, seams);
  g_assert_cmpuint (seams, >, 0);
  g_assert_cmpuint (caught, >=, tried * 8 / 10);
}

/* A table's edge on the very border of blocks, level to a hair: not a seam, for a lens has blurred it. */
static void test_level_edge (void)
{
  for (int row = 480; row < 512; row += 1) {
    PhotoSpec spec = {.width = 1800, .height = 1200, .edge = row};
    g_autoptr (GByteArray) jpeg = photo_new (&spec);
    g_assert_cmpint (judge_array (jpeg), ==, -1);
  }
}

static void expect_no_exif (GByteArray *jpeg)
{
  g_auto (LanmuShotFacts) facts;
  int code;
  g_assert_true (read_bytes (jpeg->data, jpeg->len, &facts, &code));
  g_assert_cmpstr (facts.make, ==, "");
  g_assert_cmpstr (facts.serial, ==, "");
  g_assert_cmpstr (facts.time_text, ==, "");
  g_assert_false (facts.has_time);
  g_assert_cmpint (facts.orientation, ==, 1);
  g_assert_cmpint (facts.image_number, ==, -1);
}

static void test_no_exif (void)
{
  static const PhotoSpec bare = {.no_exif = TRUE}, empty = {0};
  g_autoptr (GByteArray) one = photo_new (&bare), two = photo_new (&empty);
  expect_no_exif (one);
  expect_no_exif (two);
}

static void test_garbage_exif (void)
{
  static const PhotoSpec bare = {.no_exif = TRUE};
  guint8 garbage[65533];
  guint32 noise = 7;
  for (gsize i = 0; i < sizeof garbage; i++)
    garbage[i] = (guint8) ((noise = noise * 1664525u + 1013904223u) >> 24);
  memcpy (garbage, "Exif\0\0", 6);
  g_autoptr (GByteArray) huge = photo_new (&bare);
  photo_insert_app1 (huge, garbage, sizeof garbage);
  expect_no_exif (huge);
  memcpy (garbage + 6, "II*\0\10\0\0\0\xff\xff", 10); /* 65535 tags */
  g_autoptr (GByteArray) many = photo_new (&bare);
  photo_insert_app1 (many, garbage, sizeof garbage);
  g_auto (LanmuShotFacts) facts;
  int code;
  g_assert_true (read_bytes (many->data, many->len, &facts, &code));
}

static void test_orientation (void)
{
  for (int value = 1; value <= 9; value++) {
    PhotoSpec spec = {.orientation = value};
    g_autoptr (GByteArray) jpeg = photo_new (&spec);
    g_auto (LanmuShotFacts) facts;
    int code;
    g_assert_true (read_bytes (jpeg->data, jpeg->len, &facts, &code));
    g_assert_cmpint (facts.orientation, ==, value <= 8 ? value : 1);
  }
}

static void test_nikon_serial (void)
{
  PhotoSpec spec = nikon;
  spec.serial = NULL;
  spec.nikon_serial = "3001234";
  g_autoptr (GByteArray) note = photo_new (&spec);
  g_auto (LanmuShotFacts) facts;
  int code;
  g_assert_true (read_bytes (note->data, note->len, &facts, &code));
  g_assert_cmpstr (facts.serial, ==, "3001234");
  spec.serial = "6012345";
  g_autoptr (GByteArray) both = photo_new (&spec);
  g_auto (LanmuShotFacts) preferred;
  g_assert_true (read_bytes (both->data, both->len, &preferred, &code));
  g_assert_cmpstr (preferred.serial, ==, "6012345");
}

static void test_not_jpeg (void)
{
  static const char *const others[] = {"II*", "\x89PNG\r\n\x1a\n", "x", "\xff\xe0 no SOI", "<html>camera busy</html>"};
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpint (judge ((const guint8 *) others[i], strlen (others[i])), ==, LANMU_PICTURE_ERROR_NOT_JPEG);
  g_assert_cmpint (judge ((const guint8 *) "", 0), ==, LANMU_PICTURE_ERROR_TRUNCATED);
  g_assert_cmpint (judge ((const guint8 *) "\xff\xd8 garbage follows", 18), ==, LANMU_PICTURE_ERROR_DAMAGED);
}

/* A small file that claims a giant picture is refused before any memory is taken for it. */
static void test_too_many_pixels (void)
{
  for (int kind = 0; kind < 2; kind++) {
    PhotoSpec spec = {.width = 64, .height = 64, .no_exif = TRUE, .progressive = kind == 1};
    g_autoptr (GByteArray) jpeg = photo_new (&spec);
    gsize sof = photo_find_marker (jpeg, kind == 1 ? 0xc2 : 0xc0);
    g_assert_cmpuint (sof, <, jpeg->len);
    memcpy (jpeg->data + sof + 5, kind == 1 ? "\x20\x00\x20\x00" : "\xff\xff\xff\xff", 4);
    g_assert_cmpint (judge_array (jpeg), ==, LANMU_PICTURE_ERROR_TOO_LARGE);
  }
  PhotoSpec flat = {.width = 64, .height = 64, .no_exif = TRUE};
  g_autoptr (GByteArray) jpeg = photo_new (&flat);
  memset (jpeg->data + photo_find_marker (jpeg, 0xc0) + 5, 0, 4);
  g_assert_cmpint (judge_array (jpeg), ==, LANMU_PICTURE_ERROR_DAMAGED);
}

static void test_unsupported (void)
{
  PhotoSpec spec = {.width = 64, .height = 64, .no_exif = TRUE};
  g_autoptr (GByteArray) jpeg = photo_new (&spec);
  gsize sof = photo_find_marker (jpeg, 0xc0);
  jpeg->data[sof + 1] = 0xc9; /* arithmetic coding */
  g_assert_cmpint (judge_array (jpeg), ==, LANMU_PICTURE_ERROR_UNSUPPORTED);
}

static void test_files (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanmu-picture-XXXXXX", NULL);
  g_autoptr (GByteArray) jpeg = photo_new (&nikon);
  g_autofree char *path = photo_save (jpeg, folder);
  g_auto (LanmuShotFacts) facts;
  g_autoptr (GError) error = NULL;
  int fd = g_open (path, O_RDONLY | O_CLOEXEC, 0);
  g_assert_cmpint (lseek (fd, 1000, SEEK_SET), ==, 1000);
  g_assert_true (lanmu_shot_facts_read (fd, &facts, &error)); /* whatever the offset */
  g_assert_no_error (error);
  g_assert_cmpuint (facts.size, ==, jpeg->len);
  g_assert_cmpint (lseek (fd, 0, SEEK_CUR), ==, 1000);
  close (fd);
  g_unlink (path);
  g_rmdir (folder);
}

static void expect_file_error (int fd, int code)
{
  g_auto (LanmuShotFacts) facts;
  g_autoptr (GError) error = NULL;
  g_assert_false (lanmu_shot_facts_read (fd, &facts, &error));
  g_assert_error (error, LANMU_PICTURE_ERROR, code);
  g_assert_cmpstr (facts.sha256, ==, "");
  g_assert_cmpstr (facts.serial, ==, "");
}

static void test_bad_files (void)
{
  int ends[2];
  g_assert_cmpint (pipe (ends), ==, 0);
  expect_file_error (ends[0], LANMU_PICTURE_ERROR_IO);
  close (ends[0]);
  close (ends[1]);
  expect_file_error (-1, LANMU_PICTURE_ERROR_IO);
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("lanmu-picture-XXXXXX", &path, NULL);
  g_assert_cmpint (ftruncate (fd, (off_t) LANMU_SHOT_MAX_BYTES + 1), ==, 0); /* sparse */
  expect_file_error (fd, LANMU_PICTURE_ERROR_TOO_LARGE);
  close (fd);
  g_unlink (path);
  g_auto (LanmuShotFacts) facts;
  g_autoptr (GError) error = NULL;
  g_assert_false (lanmu_shot_facts_read_path (path, &facts, &error)); /* it is gone */
  g_assert_error (error, LANMU_PICTURE_ERROR, LANMU_PICTURE_ERROR_IO);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/shotfacts/facts", test_facts);
  g_test_add_func ("/picture/shotfacts/review", test_review);
  g_test_add_func ("/picture/shotfacts/kinds", test_kinds);
  g_test_add_func ("/picture/shotfacts/truncation", test_truncation);
  g_test_add_func ("/picture/shotfacts/zero-tail", test_zero_tail);
  g_test_add_func ("/picture/shotfacts/trailing-data", test_trailing_data);
  g_test_add_func ("/picture/shotfacts/damage", test_damage);
  g_test_add_func ("/picture/shotfacts/flipped-bit", test_flipped_bit);
  g_test_add_func ("/picture/shotfacts/foreign-block", test_foreign_block);
  g_test_add_func ("/picture/shotfacts/seam", test_seam);
  g_test_add_func ("/picture/shotfacts/level-edge", test_level_edge);
  g_test_add_func ("/picture/shotfacts/no-exif", test_no_exif);
  g_test_add_func ("/picture/shotfacts/garbage-exif", test_garbage_exif);
  g_test_add_func ("/picture/shotfacts/orientation", test_orientation);
  g_test_add_func ("/picture/shotfacts/nikon-serial", test_nikon_serial);
  g_test_add_func ("/picture/shotfacts/not-jpeg", test_not_jpeg);
  g_test_add_func ("/picture/shotfacts/too-many-pixels", test_too_many_pixels);
  g_test_add_func ("/picture/shotfacts/unsupported", test_unsupported);
  g_test_add_func ("/picture/shotfacts/files", test_files);
  g_test_add_func ("/picture/shotfacts/bad-files", test_bad_files);
  return g_test_run ();
}
