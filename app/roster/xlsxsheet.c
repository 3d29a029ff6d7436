/* One sheet of an xlsx, row by row; see xlsx.h. */
#include <stdlib.h>
#include <string.h>

#include "app/roster/merges.h"
#include "app/roster/xlsx.h"

#define MAX_ROW    1048576
#define MAX_COLUMN 16384

typedef enum { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_INLINE, TYPE_BOOLEAN, TYPE_DATE } Type;

typedef struct {
  LanmuXlsxPackage *package;
  const LanmuXlsxStrings *strings;
  const GByteArray *styles;
  LanmuCells cells;
  LanmuMerges merges;
  guint *n_rows;
  double fraction;
  /* the row */
  guint row, next_row;
  gboolean hidden;
  /* the cell */
  guint column, next_column;
  Type type;
  guint format;
  gboolean in_value, has_value, has_formula;
  guint in_phonetic;
  GString *text;
  /* how it ended */
  gboolean refused, enough;
} Sheet;

static void stop (Sheet *self, void *parser)
{
  XML_StopParser (parser, XML_FALSE);
  self->refused = TRUE;
}

/* "C" of "C12" from 0; MAX_COLUMN when there is no such column. */
static guint column_of (const char *reference)
{
  guint column = 0;
  const char *p = reference;
  for (; g_ascii_isalpha (*p) && column <= MAX_COLUMN; p++)
    column = column * 26 + (guint) (g_ascii_toupper (*p) - 'A' + 1);
  return p == reference || !g_ascii_isdigit (*p) ? MAX_COLUMN : MIN (column - 1, MAX_COLUMN);
}

static void start_row (Sheet *self, void *parser, const char **attributes)
{
  const char *number = lanmu_xlsx_attribute (attributes, "r"), *hidden = lanmu_xlsx_attribute (attributes, "hidden");
  self->row = number != NULL ? (guint) strtoul (number, NULL, 10) : self->next_row;
  self->hidden = hidden != NULL && (*hidden == '1' || *hidden == 't');
  self->next_row = self->row + 1;
  self->next_column = 0;
  lanmu_cells_begin (&self->cells);
  if (self->row == 0 || self->row > MAX_ROW || (number != NULL && strlen (number) > 7)) {
    lanmu_reader_say_damaged (self->package->reader, "xlsx");
    stop (self, parser);
  }
}

static void start_cell (Sheet *self, void *parser, const char **attributes)
{
  static const struct {
    const char *word;
    Type type;
  } types[] = {{"s", TYPE_SHARED},  {"str", TYPE_TEXT}, {"inlineStr", TYPE_INLINE},
               {"b", TYPE_BOOLEAN}, {"e", TYPE_TEXT},   {"d", TYPE_DATE}};
  const char *reference = NULL, *style = NULL, *word = NULL;
  for (const char **at = attributes; *at != NULL; at += 2) {
    const char **place = strcmp (at[0], "r") == 0   ? &reference
                         : strcmp (at[0], "s") == 0 ? &style
                         : strcmp (at[0], "t") == 0 ? &word
                                                    : NULL;
    if (place != NULL)
      *place = at[1];
  }
  self->column = reference != NULL ? column_of (reference) : self->next_column;
  self->next_column = self->column + 1;
  guint number = style != NULL ? (guint) strtoul (style, NULL, 10) : 0;
  self->format = number < self->styles->len ? self->styles->data[number] : LANMU_NUMBER_GENERAL;
  self->type = TYPE_NUMBER;
  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (types); i++)
    if (strcmp (types[i].word, word) == 0)
      self->type = types[i].type;
  self->has_value = self->has_formula = FALSE;
  g_string_truncate (self->text, 0);
  if (self->column >= MAX_COLUMN) {
    lanmu_reader_say_damaged (self->package->reader, "xlsx");
    stop (self, parser);
  }
}

static void start_columns (Sheet *self, const char **attributes)
{
  const char *hidden = lanmu_xlsx_attribute (attributes, "hidden"), *min = lanmu_xlsx_attribute (attributes, "min"),
             *max = lanmu_xlsx_attribute (attributes, "max");
  if (hidden == NULL || (*hidden != '1' && *hidden != 't') || min == NULL || max == NULL)
    return;
  for (gulong i = strtoul (min, NULL, 10); i > 0 && i <= strtoul (max, NULL, 10) && i <= LANMU_READER_MAX_COLUMNS; i++)
    self->package->reader->hidden_columns[i - 1] = TRUE;
}

static void start (void *parser, const char *name, const char **attributes)
{
  Sheet *self = XML_GetUserData (parser);
  const char *local = lanmu_xlsx_local (name);
  if (strcmp (local, "c") == 0) {
    start_cell (self, parser, attributes);
  } else if (strcmp (local, "v") == 0 || strcmp (local, "t") == 0) {
    self->in_value = self->in_phonetic == 0;
    self->has_value = TRUE;
  } else if (strcmp (local, "row") == 0) {
    start_row (self, parser, attributes);
  } else if (strcmp (local, "col") == 0) {
    start_columns (self, attributes);
  } else if (strcmp (local, "f") == 0) {
    self->has_formula = TRUE;
  } else if (strcmp (local, "rPh") == 0) {
    self->in_phonetic++;
  }
}

static gboolean put_shared (Sheet *self)
{
  char *end;
  gulong index = strtoul (self->text->str, &end, 10);
  if (end == self->text->str || index >= self->strings->offsets->len)
    return lanmu_reader_say_damaged (self->package->reader, "xlsx");
  guint32 offset = g_array_index (self->strings->offsets, guint32, index);
  lanmu_cells_put (&self->cells, self->column, (const char *) self->strings->bytes->data + offset, -1, 0);
  return TRUE;
}

/* Digits stay as they stand; what a program wrote with a point or an exponent is read as the number it is. */
static void put_number (Sheet *self)
{
  const char *text = self->text->str;
  gsize digits = strspn (text, "0123456789");
  gboolean plain = text[digits] == '\0' && digits > 0 && digits <= 15;
  if (self->format == LANMU_NUMBER_DATE)
    lanmu_cells_put_date (&self->cells, self->column, g_ascii_strtod (text, NULL), self->package->from_1904);
  else if (plain && self->format == LANMU_NUMBER_GENERAL)
    lanmu_cells_put (&self->cells, self->column, text, (gssize) digits, 0);
  else if (text[digits] == '\0' && digits > 15)
    lanmu_cells_put (&self->cells, self->column, text, (gssize) digits, LANMU_CELL_LOST_DIGITS);
  else
    lanmu_cells_put_number (&self->cells, self->column, g_ascii_strtod (text, NULL),
                            self->format >= LANMU_NUMBER_ZEROS ? self->format - LANMU_NUMBER_ZEROS : 0);
  if (self->format == LANMU_NUMBER_DRESSED)
    lanmu_cells_mark (&self->cells, self->column, LANMU_CELL_DRESSED);
}

static gboolean put_cell (Sheet *self)
{
  if (g_utf8_strlen (self->text->str, -1) > LANMU_READER_MAX_CELL) {
    g_autofree char *letter = lanmu_column_letter (self->column);
    g_autofree char *is = g_strdup_printf ("%s%u: > 32,767 characters 字", letter, self->row);
    return lanmu_reader_say_too_large (self->package->reader, is, "32,767");
  }
  if (self->has_formula && self->text->len == 0 && (!self->has_value || self->type == TYPE_NUMBER))
    lanmu_cells_put (&self->cells, self->column, "=", 1, LANMU_CELL_NO_RESULT);
  if (self->text->len == 0)
    return TRUE;
  if (self->type == TYPE_SHARED)
    return put_shared (self);
  if (self->type == TYPE_NUMBER) {
    put_number (self);
    return TRUE;
  }
  if (self->type == TYPE_BOOLEAN)
    g_string_assign (self->text, *self->text->str == '1' ? "TRUE" : "FALSE");
  lanmu_xlsx_unescape (self->text);
  lanmu_cells_put (&self->cells, self->column, self->text->str, (gssize) self->text->len, 0);
  return TRUE;
}

static void end_row (Sheet *self, void *parser)
{
  LanmuReader *reader = self->package->reader;
  LanmuRow row;
  lanmu_merges_fill (&self->merges, self->row, &self->cells);
  if (self->cells.too_wide) {
    lanmu_reader_say_too_large (reader, "> 256 columns 列", "256");
    stop (self, parser);
    return;
  }
  lanmu_cells_end (&self->cells, self->row, self->hidden, &row);
  if (!lanmu_reader_may_go_on (reader, self->n_rows, self->fraction)) {
    stop (self, parser);
  } else if (row.n_cells > 0 && !reader->row (&row, reader->data)) {
    self->enough = TRUE;
    XML_StopParser (parser, XML_FALSE);
  }
}

static void end (void *parser, const char *name)
{
  Sheet *self = XML_GetUserData (parser);
  const char *local = lanmu_xlsx_local (name);
  if (self->refused || self->enough)
    return; /* expat ends an empty element even when it was told to stop */
  if (strcmp (local, "v") == 0 || strcmp (local, "t") == 0) {
    self->in_value = FALSE;
  } else if (strcmp (local, "c") == 0) {
    if (!put_cell (self))
      stop (self, parser);
  } else if (strcmp (local, "row") == 0) {
    end_row (self, parser);
  } else if (strcmp (local, "rPh") == 0 && self->in_phonetic > 0) {
    self->in_phonetic--;
  }
}

static void text (void *parser, const char *bytes, int length)
{
  Sheet *self = XML_GetUserData (parser);
  if (self->in_value && self->text->len <= LANMU_READER_MAX_CELL * 4)
    g_string_append_len (self->text, bytes, length);
}

gboolean lanmu_xlsx_sheet_read (LanmuXlsxPackage *package, const LanmuXlsxSheet *sheet, const LanmuXlsxStrings *strings,
                                const GByteArray *styles, guint *n_rows)
{
  Sheet self = {.package = package,
                .strings = strings,
                .styles = styles,
                .n_rows = n_rows,
                .next_row = 1,
                .text = g_string_new (NULL)};
  lanmu_cells_init (&self.cells);
  lanmu_cells_begin (&self.cells);
  lanmu_merges_init (&self.merges);
  XML_Parser parser = lanmu_xlsx_parser_new (&self, start, end, text);
  gboolean good = lanmu_xlsx_find_merges (package, sheet->part, &self.merges) &&
                  (lanmu_xlsx_parse (package, sheet->part, parser, &self.fraction) || self.enough);
  XML_ParserFree (parser);
  lanmu_merges_clear (&self.merges);
  lanmu_cells_clear (&self.cells);
  g_string_free (self.text, TRUE);
  return good;
}
