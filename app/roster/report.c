/* What an import found; see report.h. The sentences are data in problems.c. */
#include "app/roster/report.h"

#include <string.h>

#include "app/roster/problems.h"

struct _LanmuReport {
  GPtrArray *kept;   /* Kept */
  GPtrArray *sheets; /* names that were set, in their order; the first is "" */
  guint sheet;       /* index of the present one */
  guint counts[LANMU_N_PROBLEMS];
  guint by_severity[LANMU_SEVERITY_ERROR + 1];
  guint left_out;
  gboolean accepted[LANMU_N_PROBLEMS];
};

typedef struct {
  LanmuProblem problem; /* first: a Kept is one */
  guint sheet;
} Kept;

static void problem_free (gpointer data)
{
  LanmuProblem *problem = data;
  g_free (problem->column_name);
  g_free (problem->value);
  g_free (problem->other);
  g_free (problem);
}

LanmuReport *lanmu_report_new (void)
{
  LanmuReport *self = g_new0 (LanmuReport, 1);
  self->kept = g_ptr_array_new_with_free_func (problem_free);
  self->sheets = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->sheets, g_strdup (""));
  return self;
}

void lanmu_report_free (LanmuReport *self)
{
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->sheets);
  g_free (self);
}

void lanmu_report_set_sheet (LanmuReport *self, const char *sheet)
{
  const char *name = sheet != NULL ? sheet : "";
  if (g_str_equal (g_ptr_array_index (self->sheets, self->sheet), name))
    return;
  if (!g_ptr_array_find_with_equal_func (self->sheets, name, g_str_equal, &self->sheet)) {
    self->sheet = self->sheets->len;
    g_ptr_array_add (self->sheets, g_strdup (name));
  }
}

void lanmu_report_reset (LanmuReport *self)
{
  g_ptr_array_set_size (self->kept, 0);
  memset (self->counts, 0, sizeof self->counts);
  memset (self->by_severity, 0, sizeof self->by_severity);
  self->left_out = 0;
  self->sheet = 0;
}

gboolean lanmu_report_accept (LanmuReport *self, LanmuProblemKind kind)
{
  if (!lanmu_problem_kind_is_acceptable (kind))
    return FALSE;
  self->accepted[kind] = TRUE;
  return TRUE;
}

void lanmu_report_add (LanmuReport *self, LanmuProblemKind kind, guint row, int column, const char *column_name,
                       const char *value, const char *other)
{
  LanmuSeverity severity = lanmu_problem_facts[kind].severity;
  if (self->accepted[kind] && severity == LANMU_SEVERITY_ERROR)
    severity = LANMU_SEVERITY_WARNING;
  self->by_severity[severity]++;
  if (self->counts[kind]++ >= LANMU_REPORT_KEPT) {
    self->left_out++;
    return;
  }
  Kept *kept = g_new0 (Kept, 1);
  kept->sheet = self->sheet;
  kept->problem = (LanmuProblem){.sheet = g_ptr_array_index (self->sheets, self->sheet), /* the report's own */
                                 .row = row,
                                 .column = column,
                                 .column_name = g_strdup (column_name != NULL ? column_name : ""),
                                 .kind = kind,
                                 .severity = severity,
                                 .value = g_strdup (value != NULL ? value : ""),
                                 .other = g_strdup (other != NULL ? other : "")};
  g_ptr_array_add (self->kept, kept);
}

static int compare (gconstpointer a, gconstpointer b)
{
  const LanmuProblem *left = *(const LanmuProblem *const *) a, *right = *(const LanmuProblem *const *) b;
  guint left_sheet = (*(const Kept *const *) a)->sheet, right_sheet = (*(const Kept *const *) b)->sheet;
  if (left_sheet != right_sheet)
    return left_sheet < right_sheet ? -1 : 1;
  if (left->row != right->row)
    return left->row < right->row ? -1 : 1;
  if (left->column != right->column)
    return left->column < right->column ? -1 : 1;
  return (int) left->kind - (int) right->kind;
}

void lanmu_report_sort (LanmuReport *self)
{
  g_ptr_array_sort (self->kept, compare);
}

guint lanmu_report_get_size (LanmuReport *self)
{
  return self->kept->len;
}

const LanmuProblem *lanmu_report_get (LanmuReport *self, guint index)
{
  return g_ptr_array_index (self->kept, index);
}

guint lanmu_report_get_count (LanmuReport *self, LanmuSeverity severity)
{
  return self->by_severity[severity];
}

guint lanmu_report_get_kind_count (LanmuReport *self, LanmuProblemKind kind)
{
  return self->counts[kind];
}

guint lanmu_report_get_left_out (LanmuReport *self)
{
  return self->left_out;
}

gboolean lanmu_report_is_refused (LanmuReport *self)
{
  return self->by_severity[LANMU_SEVERITY_ERROR] > 0;
}
