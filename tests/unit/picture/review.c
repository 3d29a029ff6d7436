/* Review pictures of stored shots. */
#include "capture/picture/jpeg.h"

#include <glib/gstdio.h>
#include "tests/unit/picture/photo.h"

static char *folder;

static gboolean load (const GByteArray *jpeg, int max_side, LanmuPicture *picture)
{
  g_autofree char *path = photo_save (jpeg, folder);
  g_autoptr (GError) error = NULL;
  gboolean loaded = lanmu_picture_load_review (path, max_side, picture, &error);
  g_assert_true (loaded == (error == NULL));
  g_unlink (path);
  return loaded;
}

static void test_sizes (void)
{
  PhotoSpec spec = {.width = 1600, .height = 1200, .orientation = 6};
  g_autoptr (GByteArray) jpeg = photo_new (&spec);
  static const int cases[][2] = {{100, 200}, {200, 200}, {201, 400}, {400, 400}, {800, 800}, {801, 1600}, {9999, 1600}};
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (LanmuPicture) picture;
    g_assert_true (load (jpeg, cases[i][0], &picture));
    g_assert_cmpint (picture.width, ==, cases[i][1]);
    g_assert_cmpint (picture.orientation, ==, 6);
    int width, height;
    lanmu_picture_get_upright_size (&picture, &width, &height);
    g_assert_cmpint (height, ==, cases[i][1]);
  }
}

/* A shot that was kept although it is broken can still be looked at. */
static void test_broken_is_shown (void)
{
  PhotoSpec spec = {0};
  g_autoptr (GByteArray) jpeg = photo_new (&spec);
  g_byte_array_set_size (jpeg, jpeg->len / 2);
  g_auto (LanmuPicture) picture;
  g_assert_true (load (jpeg, 100, &picture));
  g_byte_array_set_size (jpeg, 100);
  g_auto (LanmuPicture) none;
  g_assert_false (load (jpeg, 100, &none));
  g_assert_null (none.pixels);
}

static void test_missing (void)
{
  g_auto (LanmuPicture) picture;
  g_autoptr (GError) error = NULL;
  g_assert_false (lanmu_picture_load_review (folder, 100, &picture, &error));
  g_assert_error (error, LANMU_PICTURE_ERROR, LANMU_PICTURE_ERROR_IO);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("lanmu-review-XXXXXX", NULL);
  g_test_add_func ("/picture/review/sizes", test_sizes);
  g_test_add_func ("/picture/review/broken-is-shown", test_broken_is_shown);
  g_test_add_func ("/picture/review/missing", test_missing);
  int result = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return result;
}
