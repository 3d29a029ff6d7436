/* Text on paper by Pango: one family with every Chinese character the station's lists may hold; what it lacks Pango takes from elsewhere. */
#include "app/sheet/drawing.h"

#include <pango/pangocairo.h>

#define FAMILY "Noto Sans CJK SC, HanaMinA, HanaMinB, sans-serif"

static PangoLayout *lay_out (cairo_t *cr, const SheetText *how, const char *text, double width)
{
  static const PangoAlignment sides[] = { PANGO_ALIGN_LEFT, PANGO_ALIGN_CENTER, PANGO_ALIGN_RIGHT };
  PangoLayout *layout = pango_cairo_create_layout (cr);
  PangoFontDescription *font = pango_font_description_from_string (FAMILY);
  pango_font_description_set_absolute_size (font, how->size * PANGO_SCALE);
  pango_font_description_set_weight (font, how->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_context_set_language (pango_layout_get_context (layout), pango_language_from_string ("zh-cn"));
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment (layout, sides[how->side]);
  pango_layout_set_text (layout, text != NULL ? text : "", -1);
  return layout;
}

static double height_of (PangoLayout *layout)
{
  PangoRectangle logical;
  pango_layout_get_extents (layout, NULL, &logical);
  return (double) logical.height / PANGO_SCALE;
}

double sheet_text_height (cairo_t *cr, const SheetText *how, const char *text, double width)
{
  g_autoptr (PangoLayout) layout = lay_out (cr, how, text, width);
  return height_of (layout);
}

double sheet_text_draw (cairo_t *cr, const SheetText *how, const char *text, double x, double y, double width)
{
  g_autoptr (PangoLayout) layout = lay_out (cr, how, text, width);
  cairo_set_source_rgb (cr, how->grey, how->grey, how->grey);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  return height_of (layout);
}

void sheet_line (cairo_t *cr, double x, double y, double width, double grey)
{
  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_set_line_width (cr, 0.5);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + width, y);
  cairo_stroke (cr);
}
