/* See problemlines.h. */
#include "app/ctl/problemlines.h"

#include "app/i18n.h"
#include "app/roster/columnmap.h"

void lanmu_ctl_problem_json (JsonBuilder *builder, const LanmuProblem *problem)
{
  g_autofree char *english = lanmu_problem_dup_message (problem, FALSE),
                  *chinese = lanmu_problem_dup_message (problem, TRUE);
  g_autofree char *letter = problem->column >= 0 ? lanmu_column_letter ((guint) problem->column) : g_strdup ("");
  g_autofree char *cell = *letter != '\0' ? g_strdup_printf ("%s%u", letter, problem->row) : g_strdup ("");
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "sheet", problem->sheet);
  lanmu_ctl_json_string (builder, "cell", cell);
  lanmu_ctl_json_int (builder, "row", problem->row);
  lanmu_ctl_json_string (builder, "column", problem->column_name);
  lanmu_ctl_json_int (builder, "column_no", problem->column + 1);
  lanmu_ctl_json_string (builder, "kind", lanmu_problem_kind_to_string (problem->kind));
  lanmu_ctl_json_string (builder, "severity", lanmu_severity_to_string (problem->severity));
  lanmu_ctl_json_string (builder, "message", english);
  lanmu_ctl_json_string (builder, "message_zh", chinese);
  json_builder_end_object (builder);
}

static const char *severity_word (LanmuSeverity severity)
{
  return severity == LANMU_SEVERITY_ERROR     ? _ ("error")
         : severity == LANMU_SEVERITY_WARNING ? _ ("warning")
                                              : _ ("note");
}

void lanmu_ctl_problem_print (const LanmuProblem *problem)
{
  g_autofree char *message = lanmu_problem_dup_message (problem, lanmu_i18n_is_chinese ());
  g_autofree char *row = problem->row > 0          ? g_strdup_printf (_ ("row %u"), problem->row)
                         : *problem->sheet != '\0' ? g_strdup (_ ("sheet"))
                                                   : g_strdup (_ ("file"));
  g_autofree char *sheet = *problem->sheet != '\0' ? g_strdup_printf ("“%s” ", problem->sheet) : g_strdup ("");
  g_autofree char *letter = problem->column >= 0 ? lanmu_column_letter ((guint) problem->column) : g_strdup ("");
  g_autofree char *column =
      *letter != '\0' ? g_strdup_printf (" %s [%s]", letter, problem->column_name) : g_strdup ("");
  lanmu_ctl_print ("%s%s%s: %s: %s\n", sheet, row, column, severity_word (problem->severity), message);
}
