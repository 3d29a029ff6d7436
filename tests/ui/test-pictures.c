/* How a frame is drawn: a corner-coloured picture in each EXIF orientation must stand upright, by both ways of drawing,
 * and cover the crop. Needs a display. */
#include "tests/ui/rig.h"
#include "ui/guides.h"
#include "ui/shootplaces.h"
#include "ui/texture.h"

#include <string.h>

#define W 96 /* a multiple of 16, so that a row is a multiple of 64 bytes */
#define H 64

/* Quadrants of the upright picture: red, green / blue, white. Stored so that `orientation` turns it upright. */
static guint32 upright_colour (int x, int y, int width, int height)
{
  static const guint32 colours[2][2] = {{0xffff0000, 0xff00ff00}, {0xff0000ff, 0xffffffff}};
  return colours[y >= height / 2][x >= width / 2];
}

/* Where the upright pixel lies in the stored picture: the EXIF rule, written out. w, h: stored. */
static void to_stored (int orientation, int x, int y, int w, int h, int *sx, int *sy)
{
  const int map[9][2] = {{0, 0}, {x, y},         {w - 1 - x, y},         {w - 1 - x, h - 1 - y}, {x, h - 1 - y},
                         {y, x}, {y, h - 1 - x}, {w - 1 - y, h - 1 - x}, {w - 1 - y, x}};
  *sx = map[orientation][0];
  *sy = map[orientation][1];
}

static LanmuFrame *make_frame (int orientation)
{
  guint32 *pixels = g_new0 (guint32, W * H);
  int upright_w = orientation >= 5 ? H : W, upright_h = orientation >= 5 ? W : H;
  for (int y = 0; y < upright_h; y++) {
    for (int x = 0; x < upright_w; x++) {
      int sx, sy;
      to_stored (orientation, x, y, W, H, &sx, &sy);
      pixels[sy * W + sx] = upright_colour (x, y, upright_w, upright_h);
    }
  }
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, W * H * 4);
  return lanmu_frame_new_for_bytes (bytes, W, H, W * 4);
}

/* What a renderer makes of it in 300 × 400, all of which is the crop. by_texture: as a GL renderer would be given it.
 */
static void draw (GskRenderer *renderer, LanmuFrame *frame, int orientation, gboolean by_texture, guint32 *out)
{
  LanmuPictureTexture picture = {0};
  graphene_rect_t crop = GRAPHENE_RECT_INIT (0, 0, 300, 400);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  lanmu_picture_texture_set (&picture, frame, orientation);
  lanmu_picture_texture_draw (&picture, snapshot, by_texture ? NULL : renderer, &crop, &crop);
  g_autoptr (GskRenderNode) node = gtk_snapshot_free_to_node (snapshot);
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (renderer, node, &crop);
  gdk_texture_download (texture, (guchar *) out, 300 * 4);
  lanmu_picture_texture_clear (&picture);
}

static void test_orientation (gconstpointer data)
{
  int orientation = GPOINTER_TO_INT (data);
  g_autofree guint32 *out = g_new (guint32, 300 * 400);
  g_autoptr (LanmuFrame) frame = make_frame (orientation);
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_assert_true (gsk_renderer_realize (renderer, NULL, NULL));
  for (int way = 0; way < 2; way++) {
    draw (renderer, frame, orientation, way == 1, out);
    for (int y = 50; y < 400; y += 300)
      for (int x = 40; x < 300; x += 220)
        g_assert_cmphex (out[y * 300 + x], ==, upright_colour (x, y, 300, 400));
  }
  gsk_renderer_unrealize (renderer);
}

static void test_crop (void)
{
  static const int sizes[][2] = {{1200, 1030}, {780, 752}, {400, 1000}, {2400, 2060}, {1, 1}};
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    graphene_rect_t crop = lanmu_guides_place_crop (sizes[i][0], sizes[i][1]), sides[4];
    float area = crop.size.width * crop.size.height;
    guint n = lanmu_guides_get_sides (&crop, sizes[i][0], sizes[i][1], sides);
    g_assert_cmpfloat (crop.origin.x, >=, 0);
    g_assert_cmpfloat (crop.origin.x + crop.size.width, <=, sizes[i][0]);
    g_assert_cmpfloat (crop.origin.y + crop.size.height, <=, sizes[i][1]);
    if (sizes[i][0] > 1)
      g_assert_cmpfloat_with_epsilon (crop.size.width / crop.size.height, 0.75, 0.01);
    for (guint side = 0; side < n; side++)
      area += sides[side].size.width * sides[side].size.height;
    g_assert_cmpfloat (area, ==, (float) sizes[i][0] * sizes[i][1]); /* crop and sides cover all, nothing twice */
  }
}

static void test_places (void)
{
  static const int sizes[][2] = {{1280, 800}, {1920, 1080}, {2560, 1440}, {3840, 2160}, {1080, 1920}, {800, 1280}};
  static const char *const classes[] = {"size-s", "size-m", "size-l", "size-xl", "size-m", "size-s"};
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    LanmuShootPlaces p = lanmu_shoot_places_for (sizes[i][0], sizes[i][1]);
    long area = (long) p.queue.width * p.queue.height + (long) p.picture.width * p.picture.height +
                (long) p.record.width * p.record.height;
    g_assert_cmpint (area, ==, (long) sizes[i][0] * sizes[i][1]);
    g_assert_cmpint (p.picture.width * 4, >=,
                     MIN (p.picture.height * 3, p.picture.width * 4)); /* the crop is as tall as its place … */
    g_assert_cmpint (p.picture.width * 4, >=, p.picture.height * 3);   /* … and never cut by its width */
    g_assert_cmpstr (lanmu_shoot_places_size_class (sizes[i][0], sizes[i][1]), ==, classes[i]);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_autoptr (Rig) rig = rig_new ("640x480", "");
  gtk_init ();
  for (int orientation = 1; orientation <= 8; orientation++) {
    g_autofree char *path = g_strdup_printf ("/pictures/orientation/%d", orientation);
    g_test_add_data_func (path, GINT_TO_POINTER (orientation), test_orientation);
  }
  g_test_add_func ("/pictures/crop", test_crop);
  g_test_add_func ("/pictures/places", test_places);
  return g_test_run ();
}
