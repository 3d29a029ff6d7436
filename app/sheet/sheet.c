/* The document of sheet.h: pages are recorded one after the other and written out at the end, when it is known how many there are. */
#include "app/sheet/drawing.h"

#include <cairo-pdf.h>
#include <gio/gio.h>

G_DEFINE_QUARK (lanmu-sheet-error-quark, lanmu_sheet_error)

LanmuSheet *lanmu_sheet_new (const LanmuSheetHead *head)
{
  LanmuSheet *self = g_new0 (LanmuSheet, 1);
  self->title = g_strdup (head->title);
  self->subtitle = g_strdup (head->subtitle != NULL ? head->subtitle : "");
  self->foot = g_strdup (head->foot != NULL ? head->foot : "");
  self->made_us = head->made_us;
  self->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
  return self;
}

void lanmu_sheet_free (LanmuSheet *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->cr, cairo_destroy);
  g_ptr_array_unref (self->pages);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self->foot);
  g_free (self);
}

/* -- pages -- */

static void draw_head (LanmuSheet *self)
{
  const SheetText title = { .size = 17, .bold = TRUE }, subtitle = { .size = 9.5, .grey = 0.25 };
  double y = 36 + sheet_text_draw (self->cr, &title, self->title, SHEET_SIDE, 36, SHEET_BREADTH);
  if (*self->subtitle != '\0')
    y += sheet_text_draw (self->cr, &subtitle, self->subtitle, SHEET_SIDE, y, SHEET_BREADTH);
  sheet_line (self->cr, SHEET_SIDE, y + 5, SHEET_BREADTH, 0);
  self->y = MAX (SHEET_BODY, y + 14);
}

static void begin_page (LanmuSheet *self)
{
  const cairo_rectangle_t all = { 0, 0, SHEET_WIDTH, SHEET_HEIGHT };
  cairo_surface_t *page = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &all);
  g_clear_pointer (&self->cr, cairo_destroy);
  g_ptr_array_add (self->pages, page);
  self->cr = cairo_create (page);
  draw_head (self);
}

gboolean sheet_make_room (LanmuSheet *self, double height)
{
  if (self->cr != NULL && self->y + height <= SHEET_END)
    return FALSE;
  begin_page (self);
  return TRUE;
}

guint lanmu_sheet_get_pages (LanmuSheet *self)
{
  return self->pages->len;
}

/* -- running text -- */

void lanmu_sheet_heading (LanmuSheet *self, const char *text)
{
  const SheetText how = { .size = 12, .bold = TRUE };
  if (!sheet_make_room (self, 70)) /* with some lines of what it is the heading of */
    self->y += 6;
  self->y += sheet_text_draw (self->cr, &how, text, SHEET_SIDE, self->y, SHEET_BREADTH) + 4;
}

void lanmu_sheet_paragraph (LanmuSheet *self, const char *text)
{
  const SheetText how = { .size = 10 };
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  sheet_make_room (self, 16);
  for (char **line = lines; *line != NULL; line++) {
    sheet_make_room (self, sheet_text_height (self->cr, &how, *line, SHEET_BREADTH));
    self->y += sheet_text_draw (self->cr, &how, *line, SHEET_SIDE, self->y, SHEET_BREADTH);
  }
  self->y += 6;
}

#define FACT_COLUMNS 3

/* One row of them; returns how many there were. */
static guint draw_facts (LanmuSheet *self, const char *const *words)
{
  const SheetText label = { .size = 8.5, .grey = 0.35 }, value = { .size = 11 };
  double width = SHEET_BREADTH / FACT_COLUMNS, tallest = 0;
  guint n = 0;
  for (guint i = 0; i < FACT_COLUMNS && words[2 * i] != NULL; i++, n++)
    tallest = MAX (tallest, sheet_text_height (self->cr, &label, words[2 * i], width - 8) + sheet_text_height (self->cr, &value, words[2 * i + 1], width - 8));
  sheet_make_room (self, tallest + 6);
  for (guint i = 0; i < n; i++) {
    double x = SHEET_SIDE + i * width, below = sheet_text_draw (self->cr, &label, words[2 * i], x, self->y, width - 8);
    sheet_text_draw (self->cr, &value, words[2 * i + 1], x, self->y + below, width - 8);
  }
  self->y += tallest + 6;
  return n;
}

void lanmu_sheet_facts (LanmuSheet *self, const char *const *words)
{
  sheet_make_room (self, 34);
  while (*words != NULL)
    words += 2 * draw_facts (self, words);
  self->y += 4;
}

/* -- the file -- */

static cairo_status_t append (void *bytes, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (bytes, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void name_file (LanmuSheet *self, cairo_surface_t *pdf)
{
  g_autoptr (GDateTime) made = g_date_time_new_from_unix_utc (self->made_us / G_USEC_PER_SEC);
  g_autofree char *date = g_date_time_format (made, "%Y-%m-%dT%H:%M:%SZ");
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_TITLE, self->title);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_SUBJECT, self->subtitle);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_CREATE_DATE, date);
  cairo_pdf_surface_set_metadata (pdf, CAIRO_PDF_METADATA_MOD_DATE, date);
}

static void draw_foot (LanmuSheet *self, cairo_t *cr, guint page)
{
  const SheetText left = { .size = 7.5, .grey = 0.3 }, right = { .size = 9, .side = SHEET_RIGHT };
  g_autofree char *number = g_strdup_printf ("%u/%u", page + 1, self->pages->len);
  sheet_line (cr, SHEET_SIDE, SHEET_END + 8, SHEET_BREADTH, 0.6);
  sheet_text_draw (cr, &left, self->foot, SHEET_SIDE, SHEET_END + 12, SHEET_BREADTH - 60);
  sheet_text_draw (cr, &right, number, SHEET_WIDTH - SHEET_SIDE - 60, SHEET_END + 12, 60);
}

static void write_pages (LanmuSheet *self, cairo_surface_t *pdf)
{
  cairo_t *cr = cairo_create (pdf);
  for (guint i = 0; i < self->pages->len; i++) {
    cairo_set_source_surface (cr, self->pages->pdata[i], 0, 0);
    cairo_paint (cr);
    draw_foot (self, cr, i);
    cairo_show_page (cr);
  }
  cairo_destroy (cr);
}

GBytes *lanmu_sheet_finish (LanmuSheet *self, GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *pdf = cairo_pdf_surface_create_for_stream (append, bytes, SHEET_WIDTH, SHEET_HEIGHT);
  sheet_make_room (self, 0); /* a paper without a page is none */
  g_clear_pointer (&self->cr, cairo_destroy);
  name_file (self, pdf);
  write_pages (self, pdf);
  cairo_surface_finish (pdf);
  cairo_status_t status = cairo_surface_status (pdf);
  cairo_surface_destroy (pdf);
  g_autoptr (GBytes) file = g_byte_array_free_to_bytes (bytes);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_steal_pointer (&file);
  g_set_error (error, LANMU_SHEET_ERROR, LANMU_SHEET_ERROR_RENDER, "The paper could not be drawn: %s", cairo_status_to_string (status));
  return NULL;
}

gboolean lanmu_sheet_save (LanmuSheet *self, const char *path, gboolean replace, GError **error)
{
  gsize size;
  if (!replace && g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, LANMU_SHEET_ERROR, LANMU_SHEET_ERROR_EXISTS, "%s is there already: give another name", path);
    return FALSE;
  }
  g_autoptr (GBytes) file = lanmu_sheet_finish (self, error);
  const char *data = file != NULL ? g_bytes_get_data (file, &size) : NULL;
  return data != NULL && g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}
