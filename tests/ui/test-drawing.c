/* What drawing a live picture rests on: a lent surface is never copied and lives as long as whatever records it; the watch
 * of the main loop sees a standstill. No screen. */
#include "ui/lentsurface.h"
#include "ui/stallwatch.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define SIDE 8

static cairo_surface_t *new_surface (guint32 colour)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
  guint32 *pixels = (guint32 *) (void *) cairo_image_surface_get_data (surface);
  for (int i = 0; i < SIDE * SIDE; i++)
    pixels[i] = colour;
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void note_end (void *ended)
{
  *(gboolean *) ended = TRUE;
}

/* A recording of one painting of surface, as a render node holds it. */
static cairo_surface_t *record (cairo_surface_t *surface)
{
  cairo_surface_t *recording =
      cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &(cairo_rectangle_t){0, 0, SIDE, SIDE});
  cairo_t *cr = cairo_create (recording);
  cairo_pattern_t *pattern = lanmu_lent_surface_new (surface);
  cairo_set_source (cr, pattern);
  cairo_paint (cr);
  cairo_pattern_destroy (pattern);
  cairo_destroy (cr);
  return recording;
}

static guint32 draw_first_pixel (cairo_surface_t *recording)
{
  cairo_surface_t *target = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
  cairo_t *cr = cairo_create (target);
  cairo_set_source_surface (cr, recording, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
  guint32 pixel = *(guint32 *) (void *) cairo_image_surface_get_data (target) & 0xffffff;
  cairo_surface_destroy (target);
  return pixel;
}

static void test_lent (void)
{
  static const cairo_user_data_key_t key;
  gboolean ended = FALSE;
  cairo_surface_t *surface = new_surface (0x123456);
  guint32 *pixels = (guint32 *) (void *) cairo_image_surface_get_data (surface);
  cairo_surface_set_user_data (surface, &key, &ended, note_end);
  cairo_surface_t *recording = record (surface);
  g_assert_cmphex (draw_first_pixel (recording), ==, 0x123456);
  pixels[0] = 0x654321; /* a copy made while recording would not see it */
  cairo_surface_destroy (surface);
  g_assert_false (ended);
  g_assert_cmphex (draw_first_pixel (recording), ==, 0x654321);
  cairo_surface_destroy (recording);
  g_assert_true (ended);
}

static gboolean stand_still (gpointer still_ms)
{
  gint64 until = g_get_monotonic_time () + GPOINTER_TO_INT (still_ms) * 1000;
  while (g_get_monotonic_time () < until)
    ;
  return G_SOURCE_REMOVE;
}

static void test_stall (void)
{
  g_autofree char *path = NULL, *text = NULL;
  int fd = g_file_open_tmp ("lanmu-stall-XXXXXX", &path, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_cmpfloat (lanmu_stall_watch_get_longest_ms (), <, 0); /* off */
  g_setenv ("LANMU_STALL_LOG", path, TRUE);
  lanmu_stall_watch_start ();
  g_main_context_iteration (NULL, FALSE);
  g_idle_add (stand_still, GINT_TO_POINTER (40));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_main_context_iteration (NULL, FALSE); /* its look at the sources ends the standstill */
  g_assert_cmpfloat (lanmu_stall_watch_get_longest_ms (), >=, 40);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_autoptr (JsonNode) line = json_from_string (strrchr (g_strchomp (text), '\n') ? strrchr (text, '\n') + 1 : text, NULL);
  g_assert_nonnull (line);
  g_assert_true (json_object_has_member (json_node_get_object (line), "at_ms"));
  g_assert_cmpfloat (json_object_get_double_member (json_node_get_object (line), "cpu_ms"), >, 0);
  g_unlink (path);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/drawing/lent", test_lent);
  g_test_add_func ("/drawing/stall", test_stall);
  return g_test_run ();
}
