/* The HTML table that school systems save as .xls, by libxml2; see formats.h. Each table is a sheet. A cell that spans
 * several rows says the same for all of them: that is what it means on the screen of the college. Sideways it is not
 * repeated: a title or a 合计 over the whole width is no student (see merges.h). */
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

#include "app/roster/cells.h"
#include "app/roster/encoding.h"
#include "app/roster/formats.h"

#define BLOCK      (64 * 1024)
#define MAX_BYTES  (64 * 1024 * 1024)
#define MAX_SPAN   1000
#define MAX_TABLES 256

/* What a cell above still says in a column. */
typedef struct {
  char *text;
  guint rows_left;
} Hanging;

typedef struct {
  LanmuReader *reader;
  htmlParserCtxtPtr parser;
  LanmuCells cells;
  GString *text;
  Hanging hanging[LANMU_READER_MAX_COLUMNS];
  guint tables, row, column, row_span, column_span, n_rows;
  guint silent; /* inside <script> or <style> */
  gboolean wanted, in_row, in_cell, stopped, failed;
  gsize done, size;
} Html;

static void clear_hanging (Html *self)
{
  for (guint i = 0; i < LANMU_READER_MAX_COLUMNS; i++) {
    g_clear_pointer (&self->hanging[i].text, g_free);
    self->hanging[i].rows_left = 0;
  }
}

static void stop (Html *self, gboolean failed)
{
  self->stopped = TRUE;
  self->failed = failed;
  xmlStopParser (self->parser);
}

static void begin_table (Html *self)
{
  self->in_row = self->in_cell = FALSE; /* a table inside another: the outer one is only there for the looks */
  clear_hanging (self);
  self->row = 0;
  g_autofree char *name = g_strdup_printf ("table %u", ++self->tables);
  self->wanted = self->tables <= MAX_TABLES &&
                 self->reader->sheet (self->tables == 1 ? "" : name, self->tables, FALSE, self->reader->data);
}

static void put_hanging (Html *self)
{
  for (; self->column < LANMU_READER_MAX_COLUMNS && self->hanging[self->column].rows_left > 0; self->column++) {
    Hanging *above = &self->hanging[self->column];
    lanmu_cells_put (&self->cells, self->column, above->text, -1, 0);
    if (--above->rows_left == 0)
      g_clear_pointer (&above->text, g_free);
  }
}

static void end_cell (Html *self)
{
  if (!self->in_cell)
    return;
  self->in_cell = FALSE;
  for (guint i = 0; i < self->column_span; i++, self->column++) {
    if (i == 0)
      lanmu_cells_put (&self->cells, self->column, self->text->str, (gssize) self->text->len, 0);
    if (self->row_span < 2 || self->column >= LANMU_READER_MAX_COLUMNS)
      continue;
    g_free (self->hanging[self->column].text);
    self->hanging[self->column] = (Hanging){g_strdup (i == 0 ? self->text->str : ""), self->row_span - 1};
  }
}

static void end_row (Html *self)
{
  LanmuRow row;
  end_cell (self);
  if (!self->in_row)
    return;
  self->in_row = FALSE;
  put_hanging (self);
  for (guint i = self->column; i < LANMU_READER_MAX_COLUMNS; i++)
    if (self->hanging[i].rows_left > 0) {
      self->column = i;
      put_hanging (self);
    }
  if (self->cells.too_wide) {
    lanmu_reader_say_too_large (self->reader, "> 256 columns 列", "256");
    stop (self, TRUE);
    return;
  }
  lanmu_cells_end (&self->cells, self->row, FALSE, &row);
  if (!lanmu_reader_may_go_on (self->reader, &self->n_rows, (double) self->done / (double) self->size))
    stop (self, TRUE);
  else if (row.n_cells > 0)
    self->wanted = self->reader->row (&row, self->reader->data);
}

static void begin_row (Html *self)
{
  end_row (self);
  if (self->stopped || !self->wanted)
    return;
  self->in_row = TRUE;
  self->row++;
  self->column = 0;
  lanmu_cells_begin (&self->cells);
}

static guint span_of (const xmlChar **attributes, const char *name)
{
  for (; attributes != NULL && *attributes != NULL; attributes += 2)
    if (g_ascii_strcasecmp ((const char *) attributes[0], name) == 0 && attributes[1] != NULL)
      return (guint) CLAMP (strtol ((const char *) attributes[1], NULL, 10), 1, MAX_SPAN);
  return 1;
}

static void begin_cell (Html *self, const xmlChar **attributes)
{
  end_cell (self);
  if (!self->in_row)
    return;
  put_hanging (self);
  self->in_cell = TRUE;
  self->column_span = MIN (span_of (attributes, "colspan"), LANMU_READER_MAX_COLUMNS);
  self->row_span = span_of (attributes, "rowspan");
  g_string_truncate (self->text, 0);
}

static gboolean is_silent (const char *name)
{
  return strcmp (name, "script") == 0 || strcmp (name, "style") == 0;
}

static void start (void *data, const xmlChar *element, const xmlChar **attributes)
{
  Html *self = data;
  const char *name = (const char *) element;
  if (self->stopped)
    return;
  if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    begin_cell (self, attributes);
  else if (strcmp (name, "tr") == 0)
    begin_row (self);
  else if (strcmp (name, "table") == 0)
    begin_table (self);
  else if (strcmp (name, "br") == 0 && self->in_cell)
    g_string_append_c (self->text, ' ');
  self->silent += is_silent (name);
}

static void end (void *data, const xmlChar *element)
{
  Html *self = data;
  const char *name = (const char *) element;
  if (is_silent (name) && self->silent > 0)
    self->silent--;
  if (self->stopped)
    return;
  if (strcmp (name, "td") == 0 || strcmp (name, "th") == 0)
    end_cell (self);
  else if (strcmp (name, "tr") == 0 || strcmp (name, "table") == 0)
    end_row (self);
}

static void text (void *data, const xmlChar *bytes, int length)
{
  Html *self = data;
  if (self->stopped || !self->in_cell || self->silent > 0)
    return;
  g_string_append_len (self->text, (const char *) bytes, length);
  if (self->text->len <= LANMU_READER_MAX_CELL * 4)
    return;
  g_autofree char *letter = lanmu_column_letter (self->column);
  g_autofree char *is = g_strdup_printf ("%s%u: > 32,767 characters 字", letter, self->row);
  lanmu_reader_say_too_large (self->reader, is, "32,767");
  stop (self, TRUE);
}

/* Wrong markup is the rule in such files; what cannot be used is found in the rows. */
static void say_nothing (void *data, const xmlError *error)
{
}

static void feed (Html *self, const char *bytes)
{
  for (self->done = 0; self->done < self->size && !self->stopped;) {
    gsize length = MIN (BLOCK, self->size - self->done);
    htmlParseChunk (self->parser, bytes + self->done, (int) length, 0);
    self->done += length;
  }
  if (!self->stopped)
    htmlParseChunk (self->parser, bytes, 0, 1);
}

static gboolean parse (Html *self, const char *bytes)
{
  htmlSAXHandler handler = {.startElement = start,
                            .endElement = end,
                            .characters = text,
                            .cdataBlock = text,
                            .serror = (xmlStructuredErrorFunc) say_nothing,
                            .initialized = XML_SAX2_MAGIC};
  self->parser = htmlCreatePushParserCtxt (&handler, self, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
  if (self->parser == NULL)
    return lanmu_reader_say_damaged (self->reader, "HTML");
  htmlCtxtUseOptions (self->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                        HTML_PARSE_IGNORE_ENC);
  feed (self, bytes);
  if (!self->stopped)
    end_row (self);
  xmlDocPtr nothing = self->parser->myDoc;
  htmlFreeParserCtxt (self->parser);
  if (nothing != NULL)
    xmlFreeDoc (nothing);
  return !self->failed;
}

/* Where a word begins for the last time, in small or large letters; 0 = nowhere. */
static gsize find_last (const char *bytes, gsize length, const char *word)
{
  gsize size = strlen (word);
  for (gsize i = length >= size ? length - size + 1 : 0; i > 0; i--)
    if (g_ascii_strncasecmp (bytes + i - 1, word, size) == 0)
      return i;
  return 0;
}

/* A parser of HTML closes what was left open; a table cut off on its way would lose its last students without a word.
 */
static gboolean is_cut_off (const char *bytes, gsize length)
{
  gsize row = find_last (bytes, length, "<tr"), end = find_last (bytes, length, "</table");
  return row > end;
}

gboolean lanmu_read_html (LanmuReader *reader)
{
  gsize length = 0;
  g_autofree char *bytes = lanmu_encoding_load (reader->input, MAX_BYTES, &length, &reader->encoding, reader->report);
  if (bytes == NULL)
    return FALSE;
  g_autofree Html *self = g_new0 (Html, 1);
  self->reader = reader;
  self->size = length;
  self->text = g_string_new (NULL);
  lanmu_cells_init (&self->cells);
  gboolean good = parse (self, bytes);
  if (good && (self->tables == 0 || is_cut_off (bytes, length)))
    good = lanmu_reader_say_damaged (reader, "HTML");
  clear_hanging (self);
  lanmu_cells_clear (&self->cells);
  g_string_free (self->text, TRUE);
  return good;
}
