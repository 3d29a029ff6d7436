/* The ring: a buffer is lent to one side at a time, comes back by the last reference from any thread, and the memory
 * cannot be shrunk away. */
#include "capture/frame.h"
#include "capture/frameslot.h"
#include "capture/ring.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void test_lend_and_return (void)
{
  g_autoptr (LanmuRing) parent = lanmu_ring_new (NULL);
  g_autoptr (LanmuRing) host = lanmu_ring_open (lanmu_ring_get_fd (parent), NULL);
  int slots[LANMU_RING_SLOTS];
  g_assert_nonnull (host);
  for (int i = 0; i < LANMU_RING_SLOTS; i++) {
    slots[i] = lanmu_ring_take (host);
    g_assert_cmpint (slots[i], >=, 0);
    for (int j = 0; j < i; j++)
      g_assert_cmpint (slots[i], !=, slots[j]);
  }
  g_assert_cmpint (lanmu_ring_take (host), ==, -1);
  lanmu_ring_publish (host, (guint) slots[3]);
  g_assert_cmpint (lanmu_ring_take (host), ==, -1);
  lanmu_ring_release (parent, (guint) slots[3]);
  g_assert_cmpint (lanmu_ring_take (host), ==, slots[3]);
}

static void test_pixels_are_shared (void)
{
  g_autoptr (LanmuRing) parent = lanmu_ring_new (NULL);
  g_autoptr (LanmuRing) host = lanmu_ring_open (lanmu_ring_get_fd (parent), NULL);
  int slot = lanmu_ring_take (host);
  memset (lanmu_ring_get_pixels (host, (guint) slot), 0xab, LANMU_RING_SLOT_BYTES);
  lanmu_ring_publish (host, (guint) slot);
  g_autoptr (LanmuFrame) frame = lanmu_frame_new_for_slot (parent, (guint) slot, 1920, 1280, 1920 * 4, 7, 9);
  const guint8 *pixels = lanmu_frame_get_pixels (frame);
  g_assert_cmpuint ((gsize) pixels % 64, ==, 0);
  g_assert_cmpint (pixels[0], ==, 0xab);
  g_assert_cmpint (pixels[LANMU_RING_SLOT_BYTES - 1], ==, 0xab);
  g_assert_cmpuint (lanmu_frame_get_number (frame), ==, 7);
  g_assert_cmpint (lanmu_frame_get_boot_us (frame), ==, 9);
  g_assert_null (lanmu_ring_get_pixels (parent, LANMU_RING_SLOTS));
}

static gpointer drop_in_thread (gpointer frame)
{
  lanmu_frame_unref (frame);
  return NULL;
}

static void test_last_reference_returns (void)
{
  g_autoptr (LanmuRing) parent = lanmu_ring_new (NULL);
  g_autoptr (LanmuRing) host = lanmu_ring_open (lanmu_ring_get_fd (parent), NULL);
  for (int i = 0; i < LANMU_RING_SLOTS - 1; i++)
    lanmu_ring_take (host);
  int slot = lanmu_ring_take (host);
  lanmu_ring_publish (host, (guint) slot);
  LanmuFrame *frame = lanmu_frame_new_for_slot (parent, (guint) slot, 640, 424, 2560, 1, 1);
  g_autoptr (GBytes) bytes = lanmu_frame_dup_bytes (frame);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, 2560 * 424);
  g_thread_join (g_thread_new ("drop", drop_in_thread, frame));
  g_assert_cmpint (lanmu_ring_take (host), ==, -1); /* the bytes still hold it */
  g_clear_pointer (&bytes, g_bytes_unref);
  g_assert_cmpint (lanmu_ring_take (host), ==, slot);
}

/* A frame outlives its ring's owner: a respawn makes a fresh ring while the screen still shows the last picture. */
static void test_frame_keeps_ring (void)
{
  LanmuRing *ring = lanmu_ring_new (NULL);
  int slot = lanmu_ring_take (ring);
  lanmu_ring_get_pixels (ring, (guint) slot)[5] = 55;
  lanmu_ring_publish (ring, (guint) slot);
  g_autoptr (LanmuFrame) frame = lanmu_frame_new_for_slot (ring, (guint) slot, 64, 64, 256, 1, 1);
  lanmu_ring_unref (ring);
  g_assert_cmpint (lanmu_frame_get_pixels (frame)[5], ==, 55);
}

static void test_sealed (void)
{
  g_autoptr (LanmuRing) ring = lanmu_ring_new (NULL);
  g_assert_cmpint (ftruncate (lanmu_ring_get_fd (ring), 0), ==, -1);
}

static void test_foreign_memory (void)
{
  g_autoptr (GError) error = NULL;
  int fd = memfd_create ("small", MFD_CLOEXEC);
  g_assert_null (lanmu_ring_open (fd, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  close (fd);
}

static void test_geometry (void)
{
  g_assert_true (lanmu_ring_geometry_fits (1920, 1280, 7680));
  g_assert_true (lanmu_ring_geometry_fits (1056, 704, 4224));
  g_assert_false (lanmu_ring_geometry_fits (1920, 1281, 7680));
  g_assert_false (lanmu_ring_geometry_fits (0, 10, 64));
  g_assert_false (lanmu_ring_geometry_fits (10, 0, 64));
  g_assert_false (lanmu_ring_geometry_fits (100, 10, 384)); /* a row does not fit */
  g_assert_false (lanmu_ring_geometry_fits (100, 10, 401)); /* not a multiple of 64 */
  g_assert_false (lanmu_ring_geometry_fits (16, 16384, G_MAXSIZE - 63));
  g_assert_false (lanmu_ring_geometry_fits (4294967295u, 1, 64));
}

static void test_frame_of_bytes (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (256 * 10), 256 * 10);
  g_autoptr (LanmuFrame) frame = lanmu_frame_new_for_bytes (bytes, 60, 10, 256);
  g_assert_cmpint (lanmu_frame_get_width (frame), ==, 60);
  g_assert_cmpint (lanmu_frame_get_height (frame), ==, 10);
  g_assert_cmpuint (lanmu_frame_get_stride (frame), ==, 256);
  g_assert_true (lanmu_frame_get_pixels (frame) == g_bytes_get_data (bytes, NULL));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ring/lend-and-return", test_lend_and_return);
  g_test_add_func ("/ring/pixels-are-shared", test_pixels_are_shared);
  g_test_add_func ("/ring/last-reference-returns", test_last_reference_returns);
  g_test_add_func ("/ring/frame-keeps-ring", test_frame_keeps_ring);
  g_test_add_func ("/ring/sealed", test_sealed);
  g_test_add_func ("/ring/foreign-memory", test_foreign_memory);
  g_test_add_func ("/ring/geometry", test_geometry);
  g_test_add_func ("/frame/of-bytes", test_frame_of_bytes);
  return g_test_run ();
}
