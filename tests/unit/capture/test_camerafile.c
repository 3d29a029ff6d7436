/* What a camera's file name tells. */
#include "capture/camerafile.h"

typedef struct {
  const char *folder, *name;
  gboolean jpeg, raw;
  int number, folder_number;
} Case;

static void test_names (void)
{
  static const Case cases[] = {
      {"/store_00010001/DCIM/100NCD75", "DSC_0039.JPG", TRUE, FALSE, 39, 100},
      {"/store_00010001/DCIM/101CANON", "IMG_9999.jpeg", TRUE, FALSE, 9999, 101},
      {"/store_00010001/DCIM/100NCD75", "DSC_0039.nef", FALSE, TRUE, 39, 100},
      {"/", "capt0000.jpg", TRUE, FALSE, 0, -1},
      {"/DCIM/EOS", "IMG.CR3", FALSE, TRUE, -1, -1},
      {"/DCIM/100", "A.B.0012.DNG", FALSE, TRUE, 12, 100},
      {"/DCIM/100", "JPG", FALSE, FALSE, -1, 100},
      {"", "", FALSE, FALSE, -1, -1},
      {"/x", "12345678901234567890.JPG", TRUE, FALSE, -1, -1}, /* more than a number holds */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (LanmuCameraFile) file = lanmu_camera_file_new (cases[i].folder, cases[i].name, 0, 0);
    g_test_message ("%s/%s", file->folder, file->name);
    g_assert_cmpint (lanmu_camera_file_is_jpeg (file), ==, cases[i].jpeg);
    g_assert_cmpint (lanmu_camera_file_is_raw (file), ==, cases[i].raw);
    g_assert_cmpint (lanmu_camera_file_number (file), ==, cases[i].number);
    g_assert_cmpint (lanmu_camera_file_folder_number (file), ==, cases[i].folder_number);
  }
}

static void test_siblings (void)
{
  g_autoptr (LanmuCameraFile) jpeg = lanmu_camera_file_new ("/a", "DSC_1.JPG", 1, 2);
  g_autoptr (LanmuCameraFile) raw = lanmu_camera_file_new ("/a", "DSC_1.NEF", 1, 2);
  g_autoptr (LanmuCameraFile) other_folder = lanmu_camera_file_new ("/b", "DSC_1.NEF", 1, 2);
  g_autoptr (LanmuCameraFile) longer = lanmu_camera_file_new ("/a", "DSC_10.NEF", 1, 2);
  g_autoptr (LanmuCameraFile) copy = lanmu_camera_file_copy (jpeg);
  g_assert_true (lanmu_camera_file_is_sibling (jpeg, raw));
  g_assert_true (lanmu_camera_file_is_sibling (raw, jpeg));
  g_assert_false (lanmu_camera_file_is_sibling (jpeg, other_folder));
  g_assert_false (lanmu_camera_file_is_sibling (jpeg, longer));
  g_assert_false (lanmu_camera_file_is_sibling (jpeg, copy));
  g_assert_cmpuint (copy->size, ==, 1);
  g_assert_cmpint (copy->mtime, ==, 2);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/camerafile/names", test_names);
  g_test_add_func ("/camerafile/siblings", test_siblings);
  return g_test_run ();
}
