/* One sheet of an old workbook; see biffsheet.h. Its cells come in any order: they are collected, sorted and handed
 * over row by row. */
#include "app/roster/biffsheet.h"

#include <string.h>

#include "app/roster/merges.h"
#include "app/roster/numberformat.h"

#define MAX_CELLS   (4 * 1000 * 1000)
#define TEXT_RESULT 0xFFFF

typedef struct {
  guint16 row, column, format;
  gboolean is_number;
  guint32 order; /* of its record: a later one replaces an earlier one */
  double number;
  const char *text; /* in the book or in the chunk */
} Cell;

typedef struct {
  const LanmuBiffBook *book;
  GArray *cells; /* Cell */
  GHashTable *hidden_rows;
  LanmuMerges merges;
  guint8 *hidden_columns; /* the reader's */
  GStringChunk *texts;
  gboolean waits; /* a formula's text is to follow */
  Cell formula;
} Sheet;

static Cell *add (Sheet *self, const guint8 *place)
{
  Cell cell = {.row = (guint16) lanmu_biff_16 (place),
               .column = (guint16) lanmu_biff_16 (place + 2),
               .format = (guint16) lanmu_biff_16 (place + 4),
               .order = self->cells->len};
  g_array_append_val (self->cells, cell);
  return &g_array_index (self->cells, Cell, self->cells->len - 1);
}

static double double_at (const guint8 *p)
{
  guint64 bits = (guint64) lanmu_biff_32 (p) | (guint64) lanmu_biff_32 (p + 4) << 32;
  double value;
  memcpy (&value, &bits, sizeof value);
  return value;
}

/* A number in 30 bits: an integer or the head of a double, perhaps a hundred times too large. */
static double rk_at (const guint8 *p)
{
  guint32 bits = lanmu_biff_32 (p);
  guint64 head = (guint64) (bits & 0xFFFFFFFCu) << 32;
  double value;
  if ((bits & 2) != 0)
    value = (double) ((gint32) bits >> 2);
  else
    memcpy (&value, &head, sizeof value);
  return (bits & 1) != 0 ? value / 100 : value;
}

static void add_number (Sheet *self, const guint8 *place, double number)
{
  Cell *cell = add (self, place);
  cell->is_number = TRUE;
  cell->number = number;
}

static void add_text (Sheet *self, const guint8 *place, const char *text)
{
  add (self, place)->text = g_string_chunk_insert (self->texts, text);
}

static void take_multiple (Sheet *self, const LanmuBiffRecord *record)
{
  guint first = record->length >= 6 ? lanmu_biff_16 (record->data + 2) : 0;
  for (gsize at = 4; at + 6 <= record->length - MIN (record->length, 2); at += 6, first++) {
    guint8 place[6] = {record->data[0],       record->data[1],  (guint8) first,
                       (guint8) (first >> 8), record->data[at], record->data[at + 1]};
    add_number (self, place, rk_at (record->data + at + 2));
  }
}

static void take_truth (Sheet *self, const guint8 *place, guint value, gboolean is_error)
{
  add_text (self, place, is_error ? "#ERROR!" : value != 0 ? "TRUE" : "FALSE");
}

/* Its result: a number, or by the mark in its last two bytes a text that follows, a truth value, an error, nothing. */
static void take_formula (Sheet *self, const LanmuBiffRecord *record)
{
  const guint8 *result = record->data + 6;
  if (record->length < 14)
    return;
  if (lanmu_biff_16 (result + 6) != TEXT_RESULT) {
    add_number (self, record->data, double_at (result));
  } else if (result[0] == 0) {
    self->waits = TRUE;
    self->formula =
        (Cell){.row = (guint16) lanmu_biff_16 (record->data), .column = (guint16) lanmu_biff_16 (record->data + 2)};
  } else if (result[0] < 3) {
    take_truth (self, record->data, result[2], result[0] == 2);
  }
}

static void take_result (Sheet *self, const LanmuBiffRecord *record)
{
  if (!self->waits)
    return;
  g_autofree char *text = lanmu_biff_text (self->book, record->data, record->length, FALSE);
  self->waits = FALSE;
  self->formula.text = g_string_chunk_insert (self->texts, text);
  self->formula.order = self->cells->len;
  g_array_append_val (self->cells, self->formula);
}

static void take_label (Sheet *self, const LanmuBiffRecord *record)
{
  g_autofree char *text = lanmu_biff_text (self->book, record->data + 6, record->length - 6, FALSE);
  add_text (self, record->data, text);
}

/* Ranges of merged cells: first row, last row, first column, last column each. */
static void take_merges (Sheet *self, const LanmuBiffRecord *record)
{
  for (gsize at = 2; at + 8 <= record->length; at += 8)
    lanmu_merges_add (&self->merges, lanmu_biff_16 (record->data + at) + 1, lanmu_biff_16 (record->data + at + 2) + 1,
                      lanmu_biff_16 (record->data + at + 4));
}

static void take_columns (Sheet *self, const LanmuBiffRecord *record)
{
  guint first = lanmu_biff_16 (record->data), last = lanmu_biff_16 (record->data + 2);
  for (guint i = first; (record->data[8] & 1) != 0 && i <= last && i < LANMU_READER_MAX_COLUMNS; i++)
    self->hidden_columns[i] = TRUE;
}

static void take_record (Sheet *self, const LanmuBiffRecord *record)
{
  const guint8 *data = record->data;
  gsize length = record->length;
  if (record->kind == LANMU_BIFF_NUMBER && length >= 14)
    add_number (self, data, double_at (data + 6));
  else if (record->kind == LANMU_BIFF_RK && length >= 10)
    add_number (self, data, rk_at (data + 6));
  else if (record->kind == LANMU_BIFF_MULRK)
    take_multiple (self, record);
  else if (record->kind == LANMU_BIFF_LABELSST && length >= 10 && lanmu_biff_32 (data + 6) < self->book->strings->len)
    add (self, data)->text = g_ptr_array_index (self->book->strings, lanmu_biff_32 (data + 6));
  else if ((record->kind == LANMU_BIFF_LABEL || record->kind == LANMU_BIFF_RSTRING) && length >= 8)
    take_label (self, record);
  else if (record->kind == LANMU_BIFF_BOOLERR && length >= 8)
    take_truth (self, data, data[6], data[7] != 0);
  else if (record->kind == LANMU_BIFF_FORMULA)
    take_formula (self, record);
  else if (record->kind == LANMU_BIFF_STRING)
    take_result (self, record);
  else if (record->kind == LANMU_BIFF_ROW && length >= 14 && (data[12] & 0x20) != 0)
    g_hash_table_add (self->hidden_rows, GUINT_TO_POINTER (lanmu_biff_16 (data) + 1));
  else if (record->kind == LANMU_BIFF_MERGEDCELLS)
    take_merges (self, record);
  else if (record->kind == LANMU_BIFF_COLINFO && length >= 9)
    take_columns (self, record);
}

/* From its BOF to its EOF; charts lie inside. FALSE: it does not end, or has more cells than any list. */
static gboolean collect (Sheet *self, LanmuBiffStream stream, gsize begins)
{
  LanmuBiffRecord record;
  guint depth = 0;
  stream.at = begins;
  while (lanmu_biff_next (&stream, &record) && self->cells->len < MAX_CELLS) {
    if (record.kind == LANMU_BIFF_BOF)
      depth++;
    else if (depth == 0 || (record.kind == LANMU_BIFF_EOF && depth == 1))
      return depth == 1;
    else if (record.kind == LANMU_BIFF_EOF)
      depth--;
    else if (depth == 1)
      take_record (self, &record);
  }
  return FALSE;
}

static int compare_cells (gconstpointer a, gconstpointer b)
{
  const Cell *left = a, *right = b;
  if (left->row != right->row)
    return left->row < right->row ? -1 : 1;
  if (left->column != right->column)
    return left->column < right->column ? -1 : 1;
  return left->order < right->order ? -1 : 1;
}

static void put_cell (const Sheet *self, const Cell *cell, LanmuCells *cells)
{
  guint format =
      cell->format < self->book->formats->len ? self->book->formats->data[cell->format] : LANMU_NUMBER_GENERAL;
  if (!cell->is_number)
    lanmu_cells_put (cells, cell->column, cell->text, -1, 0);
  else if (format == LANMU_NUMBER_DATE)
    lanmu_cells_put_date (cells, cell->column, cell->number, self->book->from_1904);
  else
    lanmu_cells_put_number (cells, cell->column, cell->number,
                            format >= LANMU_NUMBER_ZEROS ? format - LANMU_NUMBER_ZEROS : 0);
  if (cell->is_number && format == LANMU_NUMBER_DRESSED)
    lanmu_cells_mark (cells, cell->column, LANMU_CELL_DRESSED);
}

static gboolean hand_over (LanmuReader *reader, Sheet *self, guint *n_rows)
{
  g_auto (LanmuCells) cells = {0};
  lanmu_cells_init (&cells);
  gboolean wanted = TRUE;
  for (guint i = 0; i < self->cells->len && wanted;) {
    guint number = g_array_index (self->cells, Cell, i).row;
    LanmuRow row;
    lanmu_cells_begin (&cells);
    for (; i < self->cells->len && g_array_index (self->cells, Cell, i).row == number; i++)
      put_cell (self, &g_array_index (self->cells, Cell, i), &cells);
    lanmu_merges_fill (&self->merges, number + 1, &cells);
    if (cells.too_wide)
      return lanmu_reader_say_too_large (reader, "> 256 columns 列", "256");
    lanmu_cells_end (&cells, number + 1, g_hash_table_contains (self->hidden_rows, GUINT_TO_POINTER (number + 1)),
                     &row);
    if (!lanmu_reader_may_go_on (reader, n_rows, (double) i / self->cells->len))
      return FALSE;
    wanted = row.n_cells == 0 || reader->row (&row, reader->data);
  }
  return TRUE;
}

gboolean lanmu_biff_sheet_read (LanmuReader *reader, const LanmuBiffBook *book, const LanmuBiffStream *stream,
                                const LanmuBiffSheet *sheet, guint *n_rows)
{
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  g_autoptr (GHashTable) hidden_rows = g_hash_table_new (NULL, NULL);
  Sheet self = {.book = book,
                .cells = cells,
                .hidden_rows = hidden_rows,
                .hidden_columns = reader->hidden_columns,
                .texts = g_string_chunk_new (65536)};
  lanmu_merges_init (&self.merges);
  gboolean good = collect (&self, *stream, sheet->begins) || lanmu_reader_say_damaged (reader, "xls");
  if (good) {
    g_array_sort (cells, compare_cells);
    good = hand_over (reader, &self, n_rows);
  }
  g_string_chunk_free (self.texts);
  lanmu_merges_clear (&self.merges);
  return good;
}
