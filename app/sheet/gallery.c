/* Pictures with names below, for somebody who knows the faces. The JPEG goes into the file byte for byte: what is signed is what was made. */
#include "app/sheet/drawing.h"

#define GAP 8.0
#define STAND_IN 8 /* pixels: Cairo wants a surface to hang the JPEG on; its own pixels are never seen */

typedef struct {
  LanmuSheet *sheet;
  guint columns;
  double width, height; /* of a picture */
} Gallery;

static void free_bytes (void *bytes)
{
  g_bytes_unref (bytes);
}

static void draw_jpeg (cairo_t *cr, GBytes *jpeg, double x, double y, double width, double height)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, STAND_IN, STAND_IN);
  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, size, free_bytes, g_bytes_ref (jpeg));
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, width / STAND_IN, height / STAND_IN);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_rectangle (cr, 0, 0, STAND_IN, STAND_IN);
  cairo_fill (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

static void draw_frame (cairo_t *cr, double x, double y, double width, double height)
{
  cairo_set_source_rgb (cr, 0.6, 0.6, 0.6);
  cairo_set_line_width (cr, 0.5);
  cairo_rectangle (cr, x, y, width, height);
  cairo_stroke (cr);
}

static const SheetText NAME = { .size = 10, .bold = TRUE, .side = SHEET_MIDDLE }, NUMBER = { .size = 8, .side = SHEET_MIDDLE },
                       NOTE = { .size = 7.5, .grey = 0.3, .side = SHEET_MIDDLE };

static double words_height (const Gallery *g, const LanmuSheetPicture *one)
{
  cairo_t *cr = g->sheet->cr;
  double height = sheet_text_height (cr, &NAME, one->name, g->width) + sheet_text_height (cr, &NUMBER, one->number, g->width);
  return one->note != NULL && *one->note != '\0' ? height + sheet_text_height (cr, &NOTE, one->note, g->width) : height;
}

static void draw_one (const Gallery *g, const LanmuSheetPicture *one, double x, double y)
{
  cairo_t *cr = g->sheet->cr;
  double below = y + g->height + 2;
  if (one->jpeg != NULL)
    draw_jpeg (cr, one->jpeg, x, y, g->width, g->height);
  draw_frame (cr, x, y, g->width, g->height);
  below += sheet_text_draw (cr, &NAME, one->name, x, below, g->width);
  below += sheet_text_draw (cr, &NUMBER, one->number, x, below, g->width);
  if (one->note != NULL && *one->note != '\0')
    sheet_text_draw (cr, &NOTE, one->note, x, below, g->width);
}

static void draw_row (const Gallery *g, const LanmuSheetPicture *pictures, guint n)
{
  double words = 0;
  sheet_make_room (g->sheet, 0);
  for (guint i = 0; i < n; i++)
    words = MAX (words, words_height (g, &pictures[i]));
  sheet_make_room (g->sheet, g->height + words + 2);
  for (guint i = 0; i < n; i++)
    draw_one (g, &pictures[i], SHEET_SIDE + i * (g->width + GAP), g->sheet->y);
  g->sheet->y += g->height + words + 2 + GAP;
}

void lanmu_sheet_gallery (LanmuSheet *self, guint columns, const LanmuSheetPicture *pictures, guint n_pictures)
{
  Gallery g = { self, CLAMP (columns, 1, 10), 0, 0 };
  g.width = (SHEET_BREADTH - GAP * (g.columns - 1)) / g.columns;
  for (guint i = 0; i < n_pictures; i++) /* one shape for all: the tallest */
    if (pictures[i].width > 0)
      g.height = MAX (g.height, g.width * pictures[i].height / pictures[i].width);
  if (g.height <= 0)
    g.height = g.width * 4 / 3;
  for (guint i = 0; i < n_pictures; i += g.columns)
    draw_row (&g, &pictures[i], MIN (g.columns, n_pictures - i));
}
