/* See faultmarks.h. Frames are drawn dark and light so that they stand out on skin and backdrop alike. */
#include "ui/faultmarks.h"

static const GdkRGBA SHADE = {0, 0, 0, 0.55f}, PLATE = {0.1f, 0.1f, 0.1f, 0.85f}, INK = {1, 1, 1, 1};

static const GdkRGBA *colour_of (const LanmuFault *fault)
{
  static const GdkRGBA fail = {1, 0.35f, 0.31f, 1}, warn = {0.96f, 0.72f, 0.26f, 1};
  return fault->verdict == LANMU_VERDICT_FAIL ? &fail : &warn;
}

static void outline (GtkSnapshot *snapshot, const graphene_rect_t *area, const GdkRGBA *colour, float pen)
{
  GskRoundedRect frame;
  const GdkRGBA colours[4] = {*colour, *colour, *colour, *colour};
  gsk_rounded_rect_init_from_rect (&frame, area, 3 * pen);
  gtk_snapshot_append_border (snapshot, &frame, (float[4]){pen, pen, pen, pen}, colours);
}

/* The number on a plate at the frame's upper left, never outside of the crop. */
static void plate (GtkSnapshot *snapshot, PangoContext *context, const graphene_rect_t *area, const graphene_rect_t *crop, const LanmuFault *fault)
{
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  g_autofree char *text = g_strdup_printf ("%u", fault->number);
  int width, height;
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  float side = MAX (width + 8.0f, (float) height), y = MAX (area->origin.y - side, crop->origin.y);
  graphene_rect_t place = GRAPHENE_RECT_INIT (area->origin.x, y, side, side);
  GskRoundedRect round;
  gsk_rounded_rect_init_from_rect (&round, &place, side / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &round);
  gtk_snapshot_append_color (snapshot, &PLATE, &place);
  gtk_snapshot_pop (snapshot);
  outline (snapshot, &place, colour_of (fault), 1);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (place.origin.x + (side - width) / 2, y + (side - height) / 2));
  gtk_snapshot_append_layout (snapshot, layout, &INK);
  gtk_snapshot_restore (snapshot);
}

/* FALSE: nowhere, or outside of what is seen. */
static gboolean place_of (const LanmuFault *fault, const graphene_rect_t *crop, const LanmuShotPart *part, float least, graphene_rect_t *area)
{
  float across = crop->size.width / (float) part->width, down = crop->size.height / (float) part->height;
  graphene_rect_t whole = GRAPHENE_RECT_INIT (crop->origin.x + (float) (fault->x - part->x) * across, crop->origin.y + (float) (fault->y - part->y) * down,
                                              (float) fault->width * across, (float) fault->height * down);
  if (fault->width <= 0)
    return FALSE;
  if (whole.size.height < least)
    graphene_rect_inset (&whole, 0, (whole.size.height - least) / 2);
  graphene_rect_t inner = *crop;
  graphene_rect_inset (&inner, 2, 2);
  return graphene_rect_intersection (&whole, &inner, area) && area->size.width >= 4 && area->size.height >= 4;
}

void lanmu_fault_marks_draw (GtkSnapshot *snapshot, PangoContext *context, const graphene_rect_t *crop, const LanmuShotPart *part, const LanmuFault *faults, guint n)
{
  float pen = MAX (2, crop->size.height / 400);
  for (guint i = n; i > 0; i--) { /* the worst on top */
    graphene_rect_t area, below;
    const LanmuFault *fault = &faults[i - 1];
    if (!place_of (fault, crop, part, 8 * pen, &area))
      continue;
    below = area;
    graphene_rect_offset (&below, 1, 1);
    outline (snapshot, &below, &SHADE, pen);
    outline (snapshot, &area, colour_of (fault), pen);
    plate (snapshot, context, &area, crop, fault);
  }
}
