/* Shapes are drawn, not taken from a font: a glyph may be missing and would sit at another height in every fallback
 * font. */
#include "ui/mark.h"

struct _LanmuMark {
  GtkWidget parent;
  LanmuMarkShape shape;
};

G_DEFINE_FINAL_TYPE (LanmuMark, lanmu_mark, GTK_TYPE_WIDGET)

static void trace_polygon (cairo_t *cr, const double *points, gsize n)
{
  for (gsize i = 0; i < n; i++)
    cairo_line_to (cr, points[2 * i], points[2 * i + 1]);
  cairo_close_path (cr);
}

static void draw_round (cairo_t *cr, LanmuMarkShape shape)
{
  cairo_arc (cr, 8, 8, shape == LANMU_MARK_DOT ? 5.5 : 4.75, 0, 2 * G_PI);
  if (shape == LANMU_MARK_DOT) {
    cairo_fill (cr);
    return;
  }
  cairo_stroke (cr);
  if (shape == LANMU_MARK_HALF) {
    cairo_arc (cr, 8, 8, 4.75, -G_PI / 2, G_PI / 2);
    cairo_fill (cr);
  }
}

/* Strokes and polygons in a square of 16. */
static void draw_lines (cairo_t *cr, LanmuMarkShape shape)
{
  static const double play[] = {4, 2.5, 13.5, 8, 4, 13.5};
  static const double triangle[] = {8, 2, 15, 14, 1, 14};
  static const double skip[] = {3, 3, 10, 8, 3, 13};

  switch (shape) {
  case LANMU_MARK_CHECK:
    cairo_move_to (cr, 2.5, 8.5);
    cairo_line_to (cr, 6.5, 12.5);
    cairo_line_to (cr, 13.5, 4);
    break;
  case LANMU_MARK_CROSS:
    cairo_move_to (cr, 3.5, 3.5);
    cairo_line_to (cr, 12.5, 12.5);
    cairo_move_to (cr, 12.5, 3.5);
    cairo_line_to (cr, 3.5, 12.5);
    break;
  case LANMU_MARK_BAR:
    cairo_move_to (cr, 3, 8);
    cairo_line_to (cr, 13, 8);
    break;
  case LANMU_MARK_PLAY:
    trace_polygon (cr, play, 3);
    cairo_fill (cr);
    break;
  case LANMU_MARK_TRIANGLE:
    trace_polygon (cr, triangle, 3);
    cairo_fill (cr);
    break;
  case LANMU_MARK_SKIP:
    trace_polygon (cr, skip, 3);
    cairo_fill (cr);
    cairo_move_to (cr, 12, 3);
    cairo_line_to (cr, 12, 13);
    break;
  default:
    break;
  }
  cairo_stroke (cr);
}

static void lanmu_mark_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanmuMark *self = LANMU_MARK (widget);
  int side = MIN (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  GdkRGBA colour;

  if (self->shape == LANMU_MARK_NONE || side <= 0)
    return;
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_translate (cr, (bounds.size.width - side) / 2.0, (bounds.size.height - side) / 2.0);
  cairo_scale (cr, side / 16.0, side / 16.0);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_set_line_width (cr, 2.2);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  if (self->shape == LANMU_MARK_RING || self->shape == LANMU_MARK_DOT || self->shape == LANMU_MARK_HALF)
    draw_round (cr, self->shape);
  else
    draw_lines (cr, self->shape);
  cairo_destroy (cr);
}

/* As large as the letters beside it. */
static void lanmu_mark_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                                int *minimum_baseline, int *natural_baseline)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font = pango_context_get_font_description (context);
  int size = PANGO_PIXELS_CEIL (pango_font_description_get_size (font));

  if (!pango_font_description_get_size_is_absolute (font))
    size = size * 4 / 3;
  *minimum = *natural = MAX (size, 10);
}

static void lanmu_mark_class_init (LanmuMarkClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  widget->snapshot = lanmu_mark_snapshot;
  widget->measure = lanmu_mark_measure;
  gtk_widget_class_set_css_name (widget, "mark");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void lanmu_mark_init (LanmuMark *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

GtkWidget *lanmu_mark_new (LanmuMarkShape shape)
{
  LanmuMark *self = g_object_new (LANMU_TYPE_MARK, NULL);
  self->shape = shape;
  return GTK_WIDGET (self);
}

void lanmu_tone_set (GtkWidget *widget, const char *tone)
{
  static const char *const tones[] = {"good", "warn", "bad", "rest"};
  for (gsize i = 0; i < G_N_ELEMENTS (tones); i++) {
    if (g_strcmp0 (tones[i], tone) == 0)
      gtk_widget_add_css_class (widget, tones[i]);
    else
      gtk_widget_remove_css_class (widget, tones[i]);
  }
}

void lanmu_mark_set (LanmuMark *self, LanmuMarkShape shape, const char *tone)
{
  lanmu_tone_set (GTK_WIDGET (self), tone);
  if (self->shape == shape)
    return;
  self->shape = shape;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
