/* See print.h. One drawing for both: in pixels of the print; the PDF's page is the same in points. */
#include "app/sheet/print.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <string.h>

#include "app/sheet/drawing.h"
#include "capture/picture/jpeg.h"
#include "capture/picture/jpegwrite.h"

#define LEFT     40
#define TOP      30
#define GAP      20
#define QUALITY  95
#define HAIRLINE 1.0

typedef struct {
  double width, height; /* pixels */
  guint columns, rows;
} Block;

static const Block TWO_INCH = {413, 579, 4, 1}, ONE_INCH = {295, 413, 4, 2};

/* -- the portrait as something Cairo paints -- */

static void free_bytes (void *bytes)
{
  g_bytes_unref (bytes);
}

/* The PDF takes the JPEG as it is, once; the pixels are for paper that is drawn here. */
static cairo_surface_t *surface_of (GBytes *jpeg, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  g_auto (LanmuPicture) picture = {0};
  if (!lanmu_picture_decode_review (data, size, G_MAXINT, &picture, error))
    return NULL;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, picture.width, picture.height);
  guint8 *to = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  if (to == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "There is no memory for a picture of %d × %d", picture.width,
                 picture.height);
    cairo_surface_destroy (surface);
    return NULL;
  }
  for (int y = 0; y < picture.height; y++)
    memcpy (to + (gsize) y * (gsize) stride,
            (const guint8 *) g_bytes_get_data (picture.pixels, NULL) + (gsize) y * picture.stride,
            (gsize) picture.width * 4);
  cairo_surface_mark_dirty (surface);
  cairo_surface_set_mime_data (surface, CAIRO_MIME_TYPE_JPEG, data, size, free_bytes, g_bytes_ref (jpeg));
  return surface;
}

/* -- a sheet -- */

static void draw_one (cairo_t *cr, cairo_surface_t *portrait, const Block *block, double x, double y)
{
  double width = cairo_image_surface_get_width (portrait), height = cairo_image_surface_get_height (portrait);
  double scale = MAX (block->width / width, block->height / height);
  cairo_save (cr);
  cairo_rectangle (cr, x, y, block->width, block->height);
  cairo_clip (cr);
  cairo_translate (cr, x + (block->width - width * scale) / 2, y + (block->height - height * scale) / 2);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, portrait, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BEST);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_rectangle (cr, x - HAIRLINE / 2, y - HAIRLINE / 2, block->width + HAIRLINE,
                   block->height + HAIRLINE); /* where to cut */
  cairo_set_source_rgb (cr, 0.75, 0.75, 0.75);
  cairo_set_line_width (cr, HAIRLINE);
  cairo_stroke (cr);
}

/* Returns what is free below. */
static double draw_block (cairo_t *cr, cairo_surface_t *portrait, const Block *block, double y)
{
  for (guint row = 0; row < block->rows; row++)
    for (guint column = 0; column < block->columns; column++)
      draw_one (cr, portrait, block, LEFT + column * (block->width + GAP), y + row * (block->height + GAP));
  return y + block->rows * (block->height + GAP);
}

static void draw_caption (cairo_t *cr, char **lines, double y)
{
  const SheetText how = {.size = 52}, name = {.size = 84, .bold = TRUE};
  double x = LEFT + ONE_INCH.columns * (ONE_INCH.width + GAP) + 2 * GAP, width = LANMU_PRINT_WIDTH - LEFT - x;
  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      y += sheet_text_draw (cr, lines[i + 1] == NULL ? &name : &how, lines[i], x, y, width) + 12;
}

static gboolean draw_sheet (cairo_t *cr, const LanmuPrintPerson *person, GError **error)
{
  cairo_surface_t *portrait = surface_of (person->portrait, error);
  if (portrait == NULL)
    return FALSE;
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  double y = draw_block (cr, portrait, &TWO_INCH, TOP);
  draw_block (cr, portrait, &ONE_INCH, y);
  draw_caption (cr, person->caption, y);
  cairo_surface_destroy (portrait);
  return TRUE;
}

/* -- as a JPEG -- */

static GBytes *to_jpeg (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  g_autofree guint8 *rgb = g_malloc ((gsize) width * (gsize) height * 3);
  guint8 *to = rgb;
  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++) {
    const guint32 *row =
        (const guint32 *) (const void *) (cairo_image_surface_get_data (surface) +
                                          (gsize) y * (gsize) cairo_image_surface_get_stride (surface));
    for (int x = 0; x < width; x++) {
      *to++ = (guint8) (row[x] >> 16);
      *to++ = (guint8) (row[x] >> 8);
      *to++ = (guint8) row[x];
    }
  }
  const LanmuJpegPixels pixels = {rgb, width, height, LANMU_PRINT_DPI, FALSE};
  return lanmu_jpeg_write (&pixels, QUALITY);
}

GBytes *lanmu_print_jpeg (const LanmuPrintPerson *person, GError **error)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, LANMU_PRINT_WIDTH, LANMU_PRINT_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  GBytes *jpeg = draw_sheet (cr, person, error) ? to_jpeg (surface) : NULL;
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return jpeg;
}

/* -- as a PDF -- */

static cairo_status_t append (void *bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean draw_pages (cairo_surface_t *pdf, const LanmuPrintPerson *people, guint n_people, GError **error)
{
  cairo_t *cr = cairo_create (pdf);
  gboolean ok = TRUE;
  cairo_scale (cr, 72.0 / LANMU_PRINT_DPI, 72.0 / LANMU_PRINT_DPI);
  for (guint i = 0; ok && i < n_people; i++) {
    ok = draw_sheet (cr, &people[i], error);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
  cairo_surface_finish (pdf);
  if (ok && cairo_surface_status (pdf) != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The print sheets cannot be drawn: %s",
                 cairo_status_to_string (cairo_surface_status (pdf)));
    return FALSE;
  }
  return ok;
}

GBytes *lanmu_print_pdf (const LanmuPrintPerson *people, guint n_people, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream (append, bytes, LANMU_PRINT_WIDTH * 72.0 / LANMU_PRINT_DPI,
                                                              LANMU_PRINT_HEIGHT * 72.0 / LANMU_PRINT_DPI);
  gboolean ok = draw_pages (pdf, people, n_people, error);
  cairo_surface_destroy (pdf);
  GBytes *file = g_byte_array_free_to_bytes (bytes);
  if (!ok)
    g_clear_pointer (&file, g_bytes_unref);
  return file;
}
