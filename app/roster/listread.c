/* Reading one file into students; see list.h. */
#include <string.h>

#include "app/roster/classhint.h"
#include "app/roster/keptrows.h"
#include "app/roster/reading.h"
#include "app/roster/rules.h"

/* A sheet on its way: first its header is looked for, then its students are taken. */
typedef struct {
  const LanmuListOptions *options;
  LanmuReader *reader;
  LanmuReading reading; /* header NULL: not found yet */
  LanmuHeaderSearch *search;
  LanmuKeptRows *kept; /* seen while the header was looked for */
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

static gboolean begin_students (Sink *self, LanmuHeader *header);
static void take_student (Sink *self, const LanmuRow *row);

/* 学号 and 姓名 were found, and no column for the class: the title or the sheet's name may say it. TRUE: the rows that
 * were kept are students. */
static gboolean begin_without_class (Sink *self)
{
  g_autoptr (LanmuHeader) header = lanmu_header_search_end (self->search);
  g_autofree char *class_name = NULL;
  const char *from = "标题 title";
  if (header == NULL || !lanmu_header_names_people (header)) {
    lanmu_header_search_return (self->search, g_steal_pointer (&header));
    return FALSE;
  }
  for (guint i = 0; i < self->kept->len && class_name == NULL; i++) {
    const LanmuRow *row = g_ptr_array_index (self->kept, i);
    class_name = row->number < header->row ? lanmu_class_hint_from_row (row->cells, row->n_cells) : NULL;
  }
  if (class_name == NULL) {
    class_name = lanmu_class_hint_from_name (self->name);
    from = "工作表名 sheet name";
  }
  if (class_name == NULL) {
    lanmu_header_search_return (self->search, g_steal_pointer (&header));
    return FALSE;
  }
  guint row = header->row;
  self->reading.class_name = g_steal_pointer (&class_name);
  if (!begin_students (self, g_steal_pointer (&header)))
    return FALSE;
  lanmu_report_add (self->reading.report, LANMU_PROBLEM_CLASS_FROM_SHEET, row, -1, NULL, self->reading.class_name,
                    from);
  for (guint i = 0; i < self->kept->len; i++)
    if (((LanmuRow *) g_ptr_array_index (self->kept, i))->number > row)
      take_student (self, g_ptr_array_index (self->kept, i));
  return TRUE;
}

static void end_sheet (Sink *self)
{
  if (self->search != NULL && self->rows_seen > 0 && self->reading.header == NULL)
    begin_without_class (self);
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
  g_clear_pointer (&self->reading.class_name, g_free);
  g_string_truncate (self->reading.above, 0);
  g_ptr_array_set_size (self->kept, 0);
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
  memset (self->reader->hidden_columns, 0, sizeof self->reader->hidden_columns);
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

static void say_hidden_columns (Sink *self, const LanmuHeader *header)
{
  for (guint i = 0; i < MIN (header->n_columns, LANMU_READER_MAX_COLUMNS); i++)
    if (self->reader->hidden_columns[i] && header->fields[i] != LANMU_FIELD_NONE &&
        header->fields[i] < LANMU_FIELD_EXTRA)
      lanmu_report_add (self->reading.report, LANMU_PROBLEM_HIDDEN_COLUMN, header->row, (int) i, header->names[i], NULL,
                        NULL);
}

/* The header is there (taken): from now on rows are students. FALSE: it cannot be used. */
static gboolean begin_students (Sink *self, LanmuHeader *header)
{
  guint errors = lanmu_report_get_count (self->reading.report, LANMU_SEVERITY_ERROR);
  LanmuSheet *sheet = g_new0 (LanmuSheet, 1);
  *sheet = (LanmuSheet){g_strdup (self->name), header};
  g_clear_pointer (&self->search, lanmu_header_search_free);
  g_ptr_array_add (self->reading.list->sheets, sheet);
  self->reading.sheet = self->reading.list->sheets->len - 1;
  self->reading.header = sheet->header;
  if (sheet->header->n_columns > LANMU_READER_MAX_COLUMNS)
    lanmu_report_add (self->reading.report, LANMU_PROBLEM_TOO_LARGE, 0, -1, NULL, "> 256 columns 列", "256");
  say_hidden_columns (self, header);
  lanmu_header_judge (sheet->header, self->options->map, self->reading.report);
  return lanmu_report_get_count (self->reading.report, LANMU_SEVERITY_ERROR) == errors;
}

static void note_hidden (Sink *self, const LanmuRow *row)
{
  if (!row->hidden)
    return;
  if (self->hidden_rows++ == 0)
    self->first_hidden = row->number;
}

static void take_student (Sink *self, const LanmuRow *row)
{
  guint before = lanmu_list_get_size (self->reading.list);
  self->reading.row = row;
  lanmu_reading_take_row (&self->reading);
  if (lanmu_list_get_size (self->reading.list) > before)
    note_hidden (self, row);
}

static gboolean take_row (const LanmuRow *row, gpointer data)
{
  Sink *self = data;
  if (self->reading.header != NULL) {
    take_student (self, row);
    return TRUE;
  }
  if (self->search == NULL)
    return FALSE;
  lanmu_kept_rows_add (self->kept, row);
  if (++self->rows_seen > LANMU_HEADER_ROWS)
    return begin_without_class (self);
  if (lanmu_header_search_add (self->search, row->cells, row->n_cells, row->number))
    return begin_students (self, lanmu_header_search_end (self->search));
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
               .reading = {.list = list, .report = report, .extra = g_string_new (NULL), .above = g_string_new (NULL)},
               .kept = lanmu_kept_rows_new (),
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
  sink.reader = &reader;
  gboolean good = read_with (&sink, &reader) != NULL;
  if (good)
    list->sha256 = lanmu_input_dup_sha256 (input, report);
  g_clear_pointer (&sink.search, lanmu_header_search_free);
  g_string_free (sink.reading.extra, TRUE);
  g_string_free (sink.reading.above, TRUE);
  g_free (sink.reading.class_name);
  g_ptr_array_unref (sink.kept);
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
