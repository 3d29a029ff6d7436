/* The hash of a file beside its decode: against GLib's own SHA-256, on either side of the size that is worth a thread. */
#include "capture/picture/filehash.h"

#include <string.h>

static void expect_same (gsize size)
{
  g_autofree guint8 *data = g_malloc (size + 1);
  LanmuFileHash hash;
  char hex[65];
  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 31 + (i >> 8));
  lanmu_file_hash_begin (&hash, data, size);
  lanmu_file_hash_end (&hash, hex);
  g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data, size);
  g_assert_cmpstr (hex, ==, expected);
}

static void test_sizes (void)
{
  const gsize sizes[] = {0, 1, 63, 64, 65, 256 * 1024 - 1, 256 * 1024, 256 * 1024 + 1, 3 * 1024 * 1024};
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    expect_same (sizes[i]);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/filehash/sizes", test_sizes);
  return g_test_run ();
}
