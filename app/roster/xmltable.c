/* “XML spreadsheet 2003”, which school systems also save as .xls; see formats.h. By expat, without document types, so
 * that no entity can be declared. */
#include <stdlib.h>
#include <string.h>

#include "app/roster/encoding.h"
#include "app/roster/xlsx.h"

#define MAX_BYTES (64 * 1024 * 1024)
#define MAX_ROW   1048576
#define BLOCK     (64 * 1024)

typedef enum { TYPE_TEXT, TYPE_NUMBER, TYPE_DATE, TYPE_BOOLEAN } Type;

typedef struct {
  LanmuReader *reader;
  XML_Parser parser;
  LanmuCells cells;
  LanmuMerges merges;
  GHashTable *formats; /* style → LanmuNumberFormat + 1 */
  char *style;         /* being described */
  GString *text;
  guint sheets, row, column, next_column, n_rows, format, hidden_column;
  Type type;
  gboolean wanted, hidden, in_data, has_formula, has_data, refused;
  gsize done, size;
} Xml;

static void stop (Xml *self)
{
  self->refused = TRUE;
  XML_StopParser (self->parser, XML_FALSE);
}

static guint number_of (const char **attributes, const char *name, guint otherwise)
{
  const char *text = lanmu_xlsx_attribute (attributes, name);
  return text != NULL ? (guint) CLAMP (strtol (text, NULL, 10), 0, MAX_ROW) : otherwise;
}

static gboolean is_hidden (const char **attributes)
{
  const char *text = lanmu_xlsx_attribute (attributes, "Hidden");
  return text != NULL && *text == '1';
}

static void start_sheet (Xml *self, const char **attributes)
{
  const char *name = lanmu_xlsx_attribute (attributes, "Name");
  self->row = self->hidden_column = 0;
  lanmu_merges_clear (&self->merges);
  lanmu_merges_init (&self->merges);
  self->wanted = self->reader->sheet (name != NULL ? name : "", ++self->sheets, FALSE, self->reader->data);
}

static void start_column (Xml *self, const char **attributes)
{
  guint first = number_of (attributes, "Index", self->hidden_column + 1), span = number_of (attributes, "Span", 0);
  self->hidden_column = first + span;
  for (guint i = first; is_hidden (attributes) && i > 0 && i <= first + span && i <= LANMU_READER_MAX_COLUMNS; i++)
    self->reader->hidden_columns[i - 1] = TRUE;
}

static void start_row (Xml *self, const char **attributes)
{
  guint row = number_of (attributes, "Index", self->row + 1);
  if (row <= self->row || row > MAX_ROW) {
    lanmu_reader_say_damaged (self->reader, "XML");
    stop (self);
    return;
  }
  self->row = row;
  self->next_column = 0;
  self->hidden = is_hidden (attributes);
  lanmu_cells_begin (&self->cells);
}

static void start_cell (Xml *self, const char **attributes)
{
  const char *style = lanmu_xlsx_attribute (attributes, "StyleID");
  guint down = number_of (attributes, "MergeDown", 0), across = number_of (attributes, "MergeAcross", 0);
  self->column = number_of (attributes, "Index", self->next_column + 1);
  self->column -= self->column > 0;
  self->next_column = self->column + 1 + across;
  self->has_formula = lanmu_xlsx_attribute (attributes, "Formula") != NULL;
  self->has_data = FALSE;
  guint format = style != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (self->formats, style)) : 0;
  self->format = format > 0 ? format - 1 : LANMU_NUMBER_GENERAL;
  lanmu_merges_add (&self->merges, self->row, self->row + down, self->column);
}

static void start_data (Xml *self, const char **attributes)
{
  const char *type = lanmu_xlsx_attribute (attributes, "Type");
  self->type = g_strcmp0 (type, "Number") == 0     ? TYPE_NUMBER
               : g_strcmp0 (type, "DateTime") == 0 ? TYPE_DATE
               : g_strcmp0 (type, "Boolean") == 0  ? TYPE_BOOLEAN
                                                   : TYPE_TEXT;
  self->in_data = self->has_data = TRUE;
  g_string_truncate (self->text, 0);
}

static void start (void *parser, const char *name, const char **attributes)
{
  Xml *self = XML_GetUserData (parser);
  const char *local = lanmu_xlsx_local (name), *code = lanmu_xlsx_attribute (attributes, "Format"),
             *id = lanmu_xlsx_attribute (attributes, "ID");
  if (strcmp (local, "Style") == 0) {
    g_free (self->style);
    self->style = g_strdup (id);
  } else if (strcmp (local, "NumberFormat") == 0 && self->style != NULL && code != NULL) {
    g_hash_table_insert (self->formats, g_strdup (self->style),
                         GUINT_TO_POINTER (lanmu_number_format_parse (code) + 1));
  } else if (strcmp (local, "Worksheet") == 0) {
    start_sheet (self, attributes);
  } else if (self->wanted && strcmp (local, "Column") == 0) {
    start_column (self, attributes);
  } else if (self->wanted && strcmp (local, "Row") == 0) {
    start_row (self, attributes);
  } else if (self->wanted && strcmp (local, "Cell") == 0) {
    start_cell (self, attributes);
  } else if (self->wanted && strcmp (local, "Data") == 0) {
    start_data (self, attributes);
  }
}

static void put_number (Xml *self)
{
  const char *text = self->text->str;
  gsize digits = strspn (text, "0123456789");
  guint zeros = self->format >= LANMU_NUMBER_ZEROS ? self->format - LANMU_NUMBER_ZEROS : 0;
  if (text[digits] == '\0' && digits > 15)
    lanmu_cells_put (&self->cells, self->column, text, -1, LANMU_CELL_LOST_DIGITS);
  else
    lanmu_cells_put_number (&self->cells, self->column, g_ascii_strtod (text, NULL), zeros);
  if (self->format == LANMU_NUMBER_DRESSED)
    lanmu_cells_mark (&self->cells, self->column, LANMU_CELL_DRESSED);
}

/* 2001-02-03T00:00:00.000: the time of day only where there is one. */
static void put_date (Xml *self)
{
  char *t = strchr (self->text->str, 'T');
  if (t != NULL && strspn (t + 1, "0:.Z") == strlen (t + 1))
    g_string_truncate (self->text, (gsize) (t - self->text->str));
  else if (t != NULL)
    *t = ' ';
  lanmu_cells_put (&self->cells, self->column, self->text->str, -1, LANMU_CELL_DATE);
}

static void end_data (Xml *self)
{
  self->in_data = FALSE;
  if (self->type == TYPE_NUMBER && self->text->len > 0)
    put_number (self);
  else if (self->type == TYPE_DATE && self->text->len > 0)
    put_date (self);
  else if (self->type == TYPE_BOOLEAN)
    lanmu_cells_put (&self->cells, self->column, *self->text->str == '1' ? "TRUE" : "FALSE", -1, 0);
  else
    lanmu_cells_put (&self->cells, self->column, self->text->str, (gssize) self->text->len, 0);
}

static void end_row (Xml *self)
{
  LanmuRow row;
  lanmu_merges_fill (&self->merges, self->row, &self->cells);
  if (self->cells.too_wide) {
    lanmu_reader_say_too_large (self->reader, "> 256 columns 列", "256");
    stop (self);
    return;
  }
  lanmu_cells_end (&self->cells, self->row, self->hidden, &row);
  if (!lanmu_reader_may_go_on (self->reader, &self->n_rows, (double) self->done / (double) self->size))
    stop (self);
  else if (row.n_cells > 0)
    self->wanted = self->reader->row (&row, self->reader->data);
}

static void end (void *parser, const char *name)
{
  Xml *self = XML_GetUserData (parser);
  const char *local = lanmu_xlsx_local (name);
  if (self->refused || !self->wanted)
    return;
  if (strcmp (local, "Data") == 0 && self->in_data)
    end_data (self);
  else if (strcmp (local, "Cell") == 0 && self->has_formula && !self->has_data)
    lanmu_cells_put (&self->cells, self->column, "=", 1, LANMU_CELL_NO_RESULT);
  else if (strcmp (local, "Row") == 0)
    end_row (self);
  else if (strcmp (local, "Worksheet") == 0)
    self->wanted = FALSE;
}

static void text (void *parser, const char *bytes, int length)
{
  Xml *self = XML_GetUserData (parser);
  if (!self->in_data || self->refused)
    return;
  g_string_append_len (self->text, bytes, length);
  if (self->text->len <= LANMU_READER_MAX_CELL * 4)
    return;
  g_autofree char *letter = lanmu_column_letter (self->column);
  g_autofree char *is = g_strdup_printf ("%s%u: > 32,767 characters 字", letter, self->row);
  lanmu_reader_say_too_large (self->reader, is, "32,767");
  stop (self);
}

static gboolean parse (Xml *self, const char *bytes)
{
  gboolean good = TRUE;
  for (self->done = 0; self->done < self->size && good;) {
    gsize length = MIN (BLOCK, self->size - self->done);
    self->done += length;
    good =
        XML_Parse (self->parser, bytes + self->done - length, (int) length, self->done == self->size) == XML_STATUS_OK;
  }
  if (self->refused)
    return FALSE;
  return (good && self->sheets > 0) || lanmu_reader_say_damaged (self->reader, "XML");
}

gboolean lanmu_read_xml (LanmuReader *reader)
{
  gsize length = 0;
  g_autofree char *bytes = lanmu_encoding_load (reader->input, MAX_BYTES, &length, &reader->encoding, reader->report);
  if (bytes == NULL)
    return FALSE;
  g_autoptr (GHashTable) formats = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Xml self = {.reader = reader, .formats = formats, .text = g_string_new (NULL), .size = length};
  self.parser = lanmu_xlsx_parser_new (&self, start, end, text);
  XML_SetEncoding (self.parser, "UTF-8"); /* it was converted, whatever its first line says */
  lanmu_cells_init (&self.cells);
  lanmu_merges_init (&self.merges);
  gboolean good = parse (&self, bytes);
  XML_ParserFree (self.parser);
  lanmu_cells_clear (&self.cells);
  lanmu_merges_clear (&self.merges);
  g_string_free (self.text, TRUE);
  g_free (self.style);
  return good;
}
