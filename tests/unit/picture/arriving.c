/* A file proved while it arrives must say what the same file says at rest: whole, cut off, damaged anywhere, in pieces of any size. */
#include "capture/picture/arriving.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>
#include "tests/unit/picture/photo.h"

#define DAMAGED_FILES 60

typedef struct {
  int fd;
  char *path;
} File;

static File file_new (void)
{
  File self = {.path = NULL};
  self.fd = g_file_open_tmp ("lanmu-arriving-XXXXXX", &self.path, NULL);
  g_assert_cmpint (self.fd, >=, 0);
  return self;
}

static void file_clear (File *self)
{
  g_unlink (self->path);
  g_close (self->fd, NULL);
  g_free (self->path);
}

static void assert_same (const LanmuShotFacts *a, const LanmuShotFacts *b)
{
  g_assert_cmpuint (a->size, ==, b->size);
  g_assert_cmpstr (a->sha256, ==, b->sha256);
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  g_assert_cmpint (a->orientation, ==, b->orientation);
  g_assert_cmpstr (a->serial, ==, b->serial);
  g_assert_cmpstr (a->time_text, ==, b->time_text);
  g_assert_cmpint (a->image_number, ==, b->image_number);
  g_assert_true ((a->review.pixels == NULL) == (b->review.pixels == NULL));
  if (a->review.pixels == NULL)
    return;
  g_assert_cmpint (a->review.width, ==, b->review.width);
  g_assert_cmpint (a->review.orientation, ==, b->review.orientation);
  g_assert_cmpuint (a->review.stride, ==, b->review.stride);
  for (int y = 0; y < a->review.height; y++) /* beyond a row's end anything may stand */
    g_assert_cmpint (memcmp ((const guint8 *) g_bytes_get_data (a->review.pixels, NULL) + a->review.stride * (gsize) y,
                             (const guint8 *) g_bytes_get_data (b->review.pixels, NULL) + b->review.stride * (gsize) y,
                             (gsize) a->review.width * 4), ==, 0);
}

/* Answers whether it is whole, as both ways say. */
static gboolean compare (const guint8 *data, gsize size, gsize piece)
{
  g_auto (LanmuShotFacts) rest, arrived;
  g_autoptr (GError) rest_error = NULL, arrived_error = NULL;
  File file = file_new ();
  LanmuArriving *arriving = lanmu_arriving_new (file.fd);
  for (gsize done = 0; done < size; done += MIN (piece, size - done)) {
    gsize part = MIN (piece, size - done);
    g_assert_cmpint (pwrite (file.fd, data + done, part, (off_t) done), ==, part);
    lanmu_arriving_grow (arriving, done + part);
  }
  gboolean well = lanmu_arriving_finish (arriving, &arrived, &arrived_error);
  gboolean at_rest = lanmu_shot_facts_read (file.fd, &rest, &rest_error);
  g_assert_cmpint (well, ==, at_rest);
  g_assert_cmpint (arrived_error != NULL ? arrived_error->code : -1, ==, rest_error != NULL ? rest_error->code : -1);
  assert_same (&arrived, &rest);
  file_clear (&file);
  return well;
}

static void test_whole (void)
{
  static const PhotoSpec specs[] = {{.orientation = 6, .serial = "6012345", .date = "2018:09:03 10:11:12", .image_number = 39},
                                    {.width = 3000, .height = 2000},
                                    {.grey = TRUE},
                                    {.progressive = TRUE},
                                    {.no_exif = TRUE, .width = 641, .height = 427}};
  static const gsize pieces[] = {777, 100000, G_MAXSSIZE};
  for (gsize i = 0; i < G_N_ELEMENTS (specs); i++) {
    g_autoptr (GByteArray) jpeg = photo_new (&specs[i]);
    for (gsize k = 0; k < G_N_ELEMENTS (pieces); k++)
      g_assert_true (compare (jpeg->data, jpeg->len, pieces[k]));
    g_byte_array_append (jpeg, (const guint8 *) "a second picture, small, as some bodies append", 46);
    g_assert_true (compare (jpeg->data, jpeg->len, 50000));
  }
}

static void test_cut_off (void)
{
  g_autoptr (GByteArray) jpeg = photo_new (&(PhotoSpec){.serial = "6012345"});
  for (gsize size = 0; size < jpeg->len; size += size < 1000 ? 97 : jpeg->len / 23)
    g_assert_false (compare (jpeg->data, size, 5000));
  g_assert_false (compare (jpeg->data, jpeg->len - 2, G_MAXSSIZE));
}

/* Seeded; what the decoder does not complain of, both ways take. */
static void test_damaged (void)
{
  g_autoptr (GByteArray) jpeg = photo_new (&(PhotoSpec){.serial = "6012345"});
  g_autoptr (GRand) chance = g_rand_new_with_seed (20261124);
  int taken = 0;
  for (int i = 0; i < DAMAGED_FILES; i++) {
    g_autofree guint8 *data = g_memdup2 (jpeg->data, jpeg->len);
    gsize at = (gsize) g_rand_int_range (chance, 0, (gint32) jpeg->len - 64), length = i % 3 == 0 ? 1 : 64;
    for (gsize k = 0; k < length; k++)
      data[at + k] = (guint8) g_rand_int_range (chance, 0, 256);
    taken += compare (data, jpeg->len, 1 + (gsize) g_rand_int_range (chance, 0, 40000)) ? 1 : 0;
  }
  g_test_message ("%d of %d taken", taken, DAMAGED_FILES);
  g_assert_cmpint (taken, <, DAMAGED_FILES);
}

static void test_no_picture (void)
{
  g_assert_false (compare ((const guint8 *) "", 0, 1));
  g_assert_false (compare ((const guint8 *) "no picture at all, only words", 29, 7));
}

/* Given up before the first byte, in the header, in the middle, and complete. */
static void test_cancelled (void)
{
  g_autoptr (GByteArray) jpeg = photo_new (&(PhotoSpec){.width = 3000, .height = 2000});
  const gsize sizes[] = {0, 1, 600, jpeg->len / 2, jpeg->len};
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    File file = file_new ();
    LanmuArriving *arriving = lanmu_arriving_new (file.fd);
    g_assert_cmpint (pwrite (file.fd, jpeg->data, sizes[i], 0), ==, sizes[i]);
    if (sizes[i] > 0)
      lanmu_arriving_grow (arriving, sizes[i]);
    lanmu_arriving_cancel (arriving);
    file_clear (&file);
  }
}

/* What lies in the file beyond the bytes said to be there is another picture's, of a download that broke: nobody looks at it. */
static void test_not_beyond (void)
{
  g_autoptr (GByteArray) jpeg = photo_new (&(PhotoSpec){.serial = "6012345"});
  g_auto (LanmuShotFacts) facts;
  File file = file_new ();
  g_autofree guint8 *rubbish = g_malloc0 (jpeg->len);
  LanmuArriving *arriving = lanmu_arriving_new (file.fd);
  g_assert_cmpint (pwrite (file.fd, rubbish, jpeg->len, 0), ==, jpeg->len);
  for (gsize done = 0, part; done < jpeg->len; done += part) {
    part = MIN (3000, jpeg->len - done);
    g_assert_cmpint (pwrite (file.fd, jpeg->data + done, part, (off_t) done), ==, part);
    lanmu_arriving_grow (arriving, done + part);
    g_thread_yield ();
  }
  g_assert_true (lanmu_arriving_finish (arriving, &facts, NULL));
  g_assert_cmpuint (facts.size, ==, jpeg->len);
  file_clear (&file);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/arriving/whole", test_whole);
  g_test_add_func ("/arriving/cut-off", test_cut_off);
  g_test_add_func ("/arriving/damaged", test_damaged);
  g_test_add_func ("/arriving/no-picture", test_no_picture);
  g_test_add_func ("/arriving/cancelled", test_cancelled);
  g_test_add_func ("/arriving/not-beyond", test_not_beyond);
  return g_test_run ();
}
