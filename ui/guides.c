/* The guides of ui/guides.h. Brackets stand outside of the crop where there is room, so that nothing lies over a face.
 */
#include "ui/guides.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

static const GdkRGBA LIGHT = {1, 1, 1, 0.80f};
static const GdkRGBA SHADE = {0, 0, 0, 0.55f};

graphene_rect_t lanmu_guides_place_crop (int width, int height)
{
  float w = floorf (MIN ((float) width, height * (float) LANMU_CROP_WIDTH / LANMU_CROP_HEIGHT));
  float h = floorf (MIN ((float) height, w * LANMU_CROP_HEIGHT / LANMU_CROP_WIDTH + 1));
  return GRAPHENE_RECT_INIT (floorf ((width - w) / 2), floorf ((height - h) / 2), w, h);
}

static void fill (GtkSnapshot *snapshot, const GdkRGBA *colour, float x, float y, float w, float h)
{
  if (w > 0 && h > 0)
    gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (x, y, w, h));
}

guint lanmu_guides_get_sides (const graphene_rect_t *crop, int width, int height, graphene_rect_t sides[4])
{
  float right = crop->origin.x + crop->size.width, bottom = crop->origin.y + crop->size.height;
  const graphene_rect_t all[4] = {
      GRAPHENE_RECT_INIT (0, 0, crop->origin.x, height),
      GRAPHENE_RECT_INIT (right, 0, width - right, height),
      GRAPHENE_RECT_INIT (crop->origin.x, 0, crop->size.width, crop->origin.y),
      GRAPHENE_RECT_INIT (crop->origin.x, bottom, crop->size.width, height - bottom),
  };
  guint n = 0;
  for (guint i = 0; i < 4; i++)
    if (all[i].size.width > 0 && all[i].size.height > 0)
      sides[n++] = all[i];
  return n;
}

void lanmu_guides_draw_surround (GtkSnapshot *snapshot, const graphene_rect_t *crop, int width, int height,
                                 const GdkRGBA *surround)
{
  graphene_rect_t sides[4];
  guint n = lanmu_guides_get_sides (crop, width, height, sides);
  GdkRGBA dim = *surround;

  dim.alpha = LANMU_GUIDES_DIM;
  for (guint i = 0; i < n; i++)
    gtk_snapshot_append_color (snapshot, &dim, &sides[i]);
}

/* A light line with a dark one below it: visible on any picture. */
static void line (GtkSnapshot *snapshot, float x, float y, float w, float h)
{
  fill (snapshot, &SHADE, x + 1, y + 1, w, h);
  fill (snapshot, &LIGHT, x, y, w, h);
}

/* Ends at x; it stands on the dimmed surroundings, so its ink is the theme's. */
static void word (GtkSnapshot *snapshot, PangoContext *context, const char *text, float x, float y, const GdkRGBA *ink)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  int width, height;

  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (roundf (x - width), roundf (y - height / 2.0f)));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

/* Thickness of lines: 2 pixels at 1080, 4 at 4K. */
static float pen (const graphene_rect_t *crop)
{
  return MAX (2, roundf (crop->size.height / 540));
}

/* A band of heights: a bracket at each side of the crop. */
static void draw_heights (GtkSnapshot *snapshot, const graphene_rect_t *crop, const LanmuBand *band, const char *name,
                          PangoContext *context, const GdkRGBA *ink)
{
  float scale = crop->size.height / LANMU_CROP_HEIGHT, arm = roundf (MAX (8, 14 * scale)), thick = pen (crop);
  float top = roundf (crop->origin.y + band->from * scale), bottom = roundf (crop->origin.y + band->to * scale);
  float left = crop->origin.x, right = crop->origin.x + crop->size.width;

  for (int i = 0; i < 2; i++) {
    float y = i == 0 ? top : bottom;
    line (snapshot, left, y, arm, thick);
    line (snapshot, right - arm, y, arm, thick);
  }
  line (snapshot, left, top, thick, bottom - top);
  line (snapshot, right - thick, top, thick, bottom - top);
  if (crop->size.height >= 480 && left >= 40)
    word (snapshot, context, name, left - 4 * thick, (top + bottom) / 2, ink);
}

/* A band of widths: a bracket at either half of the upper edge. */
static void draw_widths (GtkSnapshot *snapshot, const graphene_rect_t *crop, const LanmuBand *band)
{
  float scale = crop->size.width / LANMU_CROP_WIDTH, arm = roundf (MAX (8, 14 * scale)), thick = pen (crop);
  float middle = crop->origin.x + crop->size.width / 2, top = crop->origin.y;

  for (int side = -1; side <= 1; side += 2) {
    float near = roundf (middle + side * band->from / 2 * scale), far = roundf (middle + side * band->to / 2 * scale);
    line (snapshot, near - thick / 2, top, thick, arm);
    line (snapshot, far - thick / 2, top, thick, arm);
    line (snapshot, MIN (near, far), top, fabsf (far - near), thick);
  }
}

static void draw_edge (GtkSnapshot *snapshot, const graphene_rect_t *crop)
{
  static const GdkRGBA edge = {1, 1, 1, 0.35f};
  fill (snapshot, &edge, crop->origin.x, crop->origin.y, 1, crop->size.height);
  fill (snapshot, &edge, crop->origin.x + crop->size.width - 1, crop->origin.y, 1, crop->size.height);
}

void lanmu_guides_draw_frozen (GtkSnapshot *snapshot, const graphene_rect_t *crop)
{
  GskRoundedRect outline;
  float width = roundf (MAX (3, crop->size.height / 240));
  const float widths[4] = {width, width, width, width};
  const GdkRGBA colours[4] = {LIGHT, LIGHT, LIGHT, LIGHT};
  gsk_rounded_rect_init_from_rect (&outline, crop, 0);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

void lanmu_guides_draw_bands (GtkSnapshot *snapshot, const graphene_rect_t *crop, const LanmuBands *bands,
                              PangoContext *context, const GdkRGBA *ink)
{
  draw_edge (snapshot, crop);
  draw_heights (snapshot, crop, &bands->crown, _ ("Crown"), context, ink);
  draw_heights (snapshot, crop, &bands->eyes, _ ("Eyes"), context, ink);
  draw_widths (snapshot, crop, &bands->face);
}
