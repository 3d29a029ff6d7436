/* Reading one file into students; see list.h. */
#include <string.h>

#include "app/roster/reading.h"
#include "app/roster/rules.h"

/* A sheet on its way: first its header is looked for, then its students are taken. */
typedef struct {
  const LanmuListOptions *options;
  LanmuReading reading; /* header NULL: not found yet */
  LanmuHeaderSearch *search;
  char *name;
  guint rows_seen;
  guint hidden_rows, first_hidden;
  GString *names;      /* of all sheets, for the sentence that none is called so */
  GPtrArray *left_out; /* LanmuSheet; header NULL or what came nearest */
  gboolean found;      /* the wanted sheet */
} Sink;

static void left_out_free (gpointer data)
{
  LanmuSheet *sheet = data;
  g_free (sheet->name);
  g_clear_pointer (&sheet->header, lanmu_header_free);
  g_free (sheet);
}

static void end_sheet (Sink *self)
{
  if (self->search != NULL && self->rows_seen > 0) {
    LanmuSheet *sheet = g_new0 (LanmuSheet, 1);
    *sheet = (LanmuSheet){g_strdup (self->name), lanmu_header_search_end (self->search)};
    g_ptr_array_add (self->left_out, sheet);
  }
  g_clear_pointer (&self->search, lanmu_header_search_free);
  if (self->hidden_rows > 0) {
    g_autofree char *count = g_strdup_printf ("%u", self->hidden_rows);
    lanmu_report_add (self->reading.report, LANMU_PROBLEM_HIDDEN_ROWS, self->first_hidden, -1, NULL, count, NULL);
  }
  self->hidden_rows = self->rows_seen = 0;
  self->reading.header = NULL;
}

static gboolean is_wanted (Sink *self, const char *name, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  g_string_append_printf (self->names, "%s%s", self->names->len > 0 ? ", " : "", name);
  gboolean wanted = g_strcmp0 (self->options->sheet, name) == 0 || g_strcmp0 (self->options->sheet, text) == 0;
  self->found |= wanted;
  return self->options->sheet == NULL || wanted;
}

static gboolean begin_sheet (const char *name, guint number, gboolean hidden, gpointer data)
{
  Sink *self = data;
  end_sheet (self);
  lanmu_report_set_sheet (self->reading.report, name);
  if (!is_wanted (self, name, number))
    return FALSE;
  if (hidden && self->options->sheet == NULL) {
    lanmu_report_add (self->reading.report, LANMU_PROBLEM_HIDDEN_SHEET, 0, -1, NULL, NULL, NULL);
    return FALSE;
  }
  g_free (self->name);
  self->name = g_strdup (name);
  self->search = lanmu_header_search_new (self->options->map);
  return TRUE;
}

/* The header is there: from now on rows are students. FALSE: it cannot be used. */
static gboolean begin_students (Sink *self)
{
  LanmuSheet *sheet = g_new0 (LanmuSheet, 1);
  *sheet = (LanmuSheet){g_strdup (self->name), lanmu_header_search_end (self->search)};
  g_clear_pointer (&self->search, lanmu_header_search_free);
  g_ptr_array_add (self->reading.list->sheets, sheet);
  self->reading.sheet = self->reading.list->sheets->len - 1;
  self->reading.header = sheet->header;
  if (sheet->header->n_columns > LANMU_READER_MAX_COLUMNS)
    lanmu_report_add (self->reading.report, LANMU_PROBLEM_TOO_LARGE, 0, -1, NULL, "> 256 columns 列", "256");
  lanmu_header_judge (sheet->header, self->options->map, self->reading.report);
  return !lanmu_report_is_refused (self->reading.report);
}

static void note_hidden (Sink *self, const LanmuRow *row)
{
  if (!row->hidden)
    return;
  if (self->hidden_rows++ == 0)
    self->first_hidden = row->number;
}

static gboolean take_row (const LanmuRow *row, gpointer data)
{
  Sink *self = data;
  if (self->reading.header != NULL) {
    guint before = lanmu_list_get_size (self->reading.list);
    self->reading.row = row;
    lanmu_reading_take_row (&self->reading);
    if (lanmu_list_get_size (self->reading.list) > before)
      note_hidden (self, row);
    return TRUE;
  }
  if (self->search == NULL || ++self->rows_seen > LANMU_HEADER_ROWS)
    return FALSE;
  if (lanmu_header_search_add (self->search, row->cells, row->n_cells, row->number))
    return begin_students (self);
  return TRUE;
}

static void tell_progress (double fraction, gpointer data)
{
  const Sink *self = data;
  if (self->options->progress != NULL)
    self->options->progress (fraction, self->options->progress_data);
}

/* Sheets in which no header was found: all of them is an error, some of them worth a look. */
static void judge_sheets (Sink *self)
{
  LanmuReport *report = self->reading.report;
  const LanmuSheet *best = NULL;
  if (self->options->sheet != NULL && !self->found) {
    lanmu_report_set_sheet (report, NULL);
    lanmu_report_add (report, LANMU_PROBLEM_NO_SHEET, 0, -1, NULL, self->options->sheet, self->names->str);
    return;
  }
  for (guint i = 0; i < self->left_out->len; i++) {
    const LanmuSheet *sheet = g_ptr_array_index (self->left_out, i);
    lanmu_report_set_sheet (report, sheet->name);
    if (self->reading.list->sheets->len > 0)
      lanmu_report_add (report, LANMU_PROBLEM_SHEET_LEFT_OUT, 0, -1, NULL,
                        "学号 (student_no), 姓名 (name), 班级 (class)", NULL);
    if (best == NULL || lanmu_header_is_better (sheet->header, best->header))
      best = sheet;
  }
  if (self->reading.list->sheets->len > 0)
    return;
  lanmu_report_set_sheet (report, best != NULL ? best->name : NULL);
  lanmu_header_say_missing (best != NULL ? best->header : NULL, report);
}

static LanmuList *read_with (Sink *self, LanmuReader *reader)
{
  LanmuList *list = self->reading.list;
  gboolean whole = lanmu_reader_read (reader);
  list->kind = reader->kind;
  list->encoding = reader->encoding != NULL ? reader->encoding : "";
  if (!whole)
    return NULL;
  end_sheet (self);
  judge_sheets (self);
  if (list->sheets->len == 0 || lanmu_report_get_kind_count (reader->report, LANMU_PROBLEM_DUPLICATE_COLUMN) > 0 ||
      lanmu_report_get_kind_count (reader->report, LANMU_PROBLEM_HEADER_NOT_FOUND) > 0 ||
      lanmu_report_get_kind_count (reader->report, LANMU_PROBLEM_TOO_LARGE) > 0)
    return NULL;
  if (lanmu_list_get_size (list) == 0 && !lanmu_report_is_refused (reader->report)) {
    const LanmuSheet *first = g_ptr_array_index (list->sheets, 0);
    lanmu_report_set_sheet (reader->report, first->name);
    lanmu_report_add (reader->report, LANMU_PROBLEM_NO_STUDENTS, first->header->row, -1, NULL, NULL, NULL);
  }
  lanmu_rules_check_list (list, reader->report);
  return list;
}

static LanmuList *read_input (LanmuInput *input, const char *file_name, const LanmuListOptions *options,
                              LanmuReport *report)
{
  static const LanmuListOptions none = {0};
  g_autoptr (LanmuList) list = lanmu_list_new (file_name);
  Sink sink = {.options = options != NULL ? options : &none,
               .reading = {.list = list, .report = report, .extra = g_string_new (NULL)},
               .names = g_string_new (NULL),
               .left_out = g_ptr_array_new_with_free_func (left_out_free)};
  LanmuReader reader = {.input = input,
                        .report = report,
                        .map = sink.options->map,
                        .cancellable = sink.options->cancellable,
                        .sheet = begin_sheet,
                        .row = take_row,
                        .progress = tell_progress,
                        .data = &sink};
  gboolean good = read_with (&sink, &reader) != NULL;
  if (good)
    list->sha256 = lanmu_input_dup_sha256 (input, report);
  g_clear_pointer (&sink.search, lanmu_header_search_free);
  g_string_free (sink.reading.extra, TRUE);
  g_string_free (sink.names, TRUE);
  g_ptr_array_unref (sink.left_out);
  g_free (sink.name);
  return good && list->sha256 != NULL ? g_steal_pointer (&list) : NULL;
}

LanmuList *lanmu_list_read_bytes (const char *bytes, gsize length, const char *file_name,
                                  const LanmuListOptions *options, LanmuReport *report)
{
  g_autoptr (LanmuInput) input = lanmu_input_new_for_bytes (bytes, length);
  return read_input (input, file_name, options, report);
}

LanmuList *lanmu_list_read (const char *path, const LanmuListOptions *options, LanmuReport *report)
{
  g_autoptr (LanmuInput) input = lanmu_input_open (path, report);
  return input != NULL ? read_input (input, path, options, report) : NULL;
}
