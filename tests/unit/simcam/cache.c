/* The cache keeps what was used last, and never more than it may. */
#include "capture/simcam/sitter/cache.h"

#include <string.h>

static void put (SimCache *cache, const char *name, gsize size)
{
  g_autofree char *zeros = g_malloc0 (size);
  g_autoptr (GBytes) bytes = g_bytes_new (zeros, size);
  sim_cache_put (cache, name, bytes);
}

static gboolean has (SimCache *cache, const char *name)
{
  g_autoptr (GBytes) bytes = sim_cache_get (cache, name);
  return bytes != NULL;
}

static void test_oldest_goes (void)
{
  SimCache *cache = sim_cache_new (100);
  put (cache, "a", 40);
  put (cache, "b", 40);
  g_assert_true (has (cache, "a")); /* used: b is the oldest now */
  put (cache, "c", 40);
  g_assert_true (has (cache, "a"));
  g_assert_false (has (cache, "b"));
  g_assert_true (has (cache, "c"));
  g_assert_cmpuint (sim_cache_bytes (cache), ==, 80);
  sim_cache_free (cache);
}

static void test_bound (void)
{
  SimCache *cache = sim_cache_new (100);
  for (int i = 0; i < 50; i++) {
    g_autofree char *name = g_strdup_printf ("%d", i);
    put (cache, name, (gsize)(i * 7 % 60) + 1);
    g_assert_cmpuint (sim_cache_bytes (cache), <=, 100);
  }
  put (cache, "huge", 101);
  g_assert_false (has (cache, "huge"));
  sim_cache_free (cache);
}

static void test_again (void)
{
  SimCache *cache = sim_cache_new (100);
  put (cache, "a", 60);
  put (cache, "a", 30);
  g_assert_cmpuint (sim_cache_bytes (cache), ==, 30);
  put (cache, "a", 200);
  g_assert_false (has (cache, "a"));
  g_assert_cmpuint (sim_cache_bytes (cache), ==, 0);
  sim_cache_free (cache);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cache/oldest-goes", test_oldest_goes);
  g_test_add_func ("/cache/bound", test_bound);
  g_test_add_func ("/cache/again", test_again);
  return g_test_run ();
}
