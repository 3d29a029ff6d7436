/* A schedule out of a file; see schedule.h. */
#include "app/day/schedule.h"

#include <string.h>

#include "app/roster/clean.h"
#include "app/roster/reader.h"

typedef enum { COLLEGE, CLASS, DATE, TIME, UNTIL, PLACE, COUNSELOR, PHONE, N_COLUMNS } Column;

/* Folded (lanmu_field_fold), with a bar before, between and behind. */
static const char *const names[N_COLUMNS] = {
    [COLLEGE] = "|学院|college|院系|学院名称|所在学院|二级学院|分院|单位|",
    [CLASS] = "|班级|class|班级名称|班|学生班|行政班|classname|",
    [DATE] = "|日期|date|拍摄日期|采集日期|日子|",
    [TIME] = "|时间|time|拍摄时间|采集时间|开始时间|起始时间|开始|begins|from|时段|",
    [UNTIL] = "|结束时间|结束|截止时间|until|ends|to|",
    [PLACE] = "|地点|place|拍摄地点|采集地点|教室|room|场地|",
    [COUNSELOR] = "|辅导员|counselor|带队辅导员|带队老师|负责人|班主任|联系人|",
    [PHONE] = "|电话|phone|联系电话|手机|手机号|手机号码|辅导员电话|联系方式|"};

typedef struct {
  LanmuReport *report;
  GPtrArray *lines;
  char *sheet;
  guint seen;             /* rows of this sheet before its header */
  gboolean found;         /* the header of this sheet */
  gboolean any;           /* … of any sheet */
  int column[N_COLUMNS];  /* -1 = it has none */
  char *above[N_COLUMNS]; /* what stood there last: date, place, college of merged cells */
} Reading;

void lanmu_schedule_line_free (LanmuScheduleLine *line)
{
  if (line == NULL)
    return;
  char *texts[] = {line->sheet, line->college, line->class_name, line->date, line->time, line->until, line->place, line->counselor, line->phone};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (line);
}

static gboolean begin_sheet (const char *name, guint number, gboolean hidden, gpointer data)
{
  Reading *self = data;
  lanmu_report_set_sheet (self->report, name);
  if (hidden) {
    lanmu_report_add (self->report, LANMU_PROBLEM_HIDDEN_SHEET, 0, -1, NULL, NULL, NULL);
    return FALSE;
  }
  g_free (self->sheet);
  self->sheet = g_strdup (name);
  self->found = FALSE;
  self->seen = 0;
  for (int i = 0; i < N_COLUMNS; i++)
    g_clear_pointer (&self->above[i], g_free);
  return TRUE;
}

static gboolean look_for_header (Reading *self, const LanmuRow *row)
{
  for (int i = 0; i < N_COLUMNS; i++)
    self->column[i] = -1;
  for (guint c = 0; c < row->n_cells; c++) {
    g_autofree char *folded = lanmu_field_fold (row->cells[c]);
    g_autofree char *fenced = g_strconcat ("|", folded, "|", NULL);
    for (int i = 0; *folded != '\0' && i < N_COLUMNS; i++)
      if (self->column[i] < 0 && strstr (names[i], fenced) != NULL) {
        self->column[i] = (int) c;
        break;
      }
  }
  self->found = self->column[CLASS] >= 0 && self->column[TIME] >= 0;
  self->any = self->any || self->found;
  return self->found || ++self->seen < LANMU_HEADER_ROWS;
}

static char *cell (Reading *self, const LanmuRow *row, Column column)
{
  guint done = 0, at = (guint) self->column[column];
  if (self->column[column] < 0 || at >= row->n_cells)
    return g_strdup ("");
  g_autofree char *text = g_strdup (row->cells[at]);
  return g_strdup (lanmu_clean_cell (text, LANMU_CELL_TEXT, &done));
}

/* Merged cells show their text in the first row only. */
static char *cell_or_above (Reading *self, const LanmuRow *row, Column column)
{
  char *text = cell (self, row, column);
  if (*text == '\0' && self->above[column] != NULL) {
    g_free (text);
    return g_strdup (self->above[column]);
  }
  g_free (self->above[column]);
  self->above[column] = g_strdup (text);
  return text;
}

static gboolean take_row (const LanmuRow *row, gpointer data)
{
  Reading *self = data;
  if (!self->found)
    return look_for_header (self, row);
  g_autofree char *class_name = cell (self, row, CLASS), *time = cell (self, row, TIME);
  if (*class_name == '\0' && *time == '\0')
    return TRUE; /* blank, a signature, a remark below */
  LanmuScheduleLine *line = g_new0 (LanmuScheduleLine, 1);
  line->sheet = g_strdup (self->sheet);
  line->row = row->number;
  line->class_name = g_steal_pointer (&class_name);
  line->time = g_steal_pointer (&time);
  line->college = cell_or_above (self, row, COLLEGE);
  line->date = cell_or_above (self, row, DATE);
  line->place = cell_or_above (self, row, PLACE);
  line->until = cell (self, row, UNTIL);
  line->counselor = cell (self, row, COUNSELOR);
  line->phone = cell (self, row, PHONE);
  g_ptr_array_add (self->lines, line);
  return TRUE;
}

static GPtrArray *judge (Reading *self, gboolean whole)
{
  lanmu_report_set_sheet (self->report, NULL);
  if (whole && !self->any)
    lanmu_report_add (self->report, LANMU_PROBLEM_SCHEDULE_HEADER, 0, -1, NULL, NULL, NULL);
  else if (whole && self->lines->len == 0)
    lanmu_report_add (self->report, LANMU_PROBLEM_NO_SLOTS, 0, -1, NULL, NULL, NULL);
  return whole && self->lines->len > 0 ? g_ptr_array_ref (self->lines) : NULL;
}

GPtrArray *lanmu_schedule_read (const char *path, LanmuReport *report)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_schedule_line_free);
  g_autoptr (LanmuInput) input = lanmu_input_open (path, report);
  Reading self = {.report = report, .lines = lines};
  LanmuReader reader = {.input = input, .report = report, .sheet = begin_sheet, .row = take_row, .data = &self};
  if (input == NULL)
    return NULL;
  GPtrArray *read = judge (&self, lanmu_reader_read (&reader));
  g_free (self.sheet);
  for (int i = 0; i < N_COLUMNS; i++)
    g_free (self.above[i]);
  return read;
}
