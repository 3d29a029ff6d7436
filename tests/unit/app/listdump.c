/* Says what became of lists: a line of JSON for each file named. For tests/flow/rosters.py, which makes the files. */
#include <json-glib/json-glib.h>
#include <stdio.h>

#include "app/roster/list.h"

static void add_text (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void add_problem (JsonBuilder *builder, const LanmuProblem *problem)
{
  g_autofree char *letter = problem->column >= 0 ? lanmu_column_letter ((guint) problem->column) : g_strdup ("");
  g_autofree char *cell = g_strdup_printf ("%s%u", letter, problem->row);
  g_autofree char *english = lanmu_problem_dup_message (problem, FALSE),
                  *chinese = lanmu_problem_dup_message (problem, TRUE);
  json_builder_begin_object (builder);
  add_text (builder, "kind", lanmu_problem_kind_to_string (problem->kind));
  add_text (builder, "severity", lanmu_severity_to_string (problem->severity));
  add_text (builder, "sheet", problem->sheet);
  add_text (builder, "cell", cell);
  add_text (builder, "message", english);
  add_text (builder, "message_zh", chinese);
  json_builder_end_object (builder);
}

static void add_student (JsonBuilder *builder, const LanmuList *list, guint i)
{
  LanmuStudentRow row;
  lanmu_list_get (list, i, &row);
  const char *texts[] = {row.student_no, row.name, row.sex, row.id_no, row.class_name};
  json_builder_begin_array (builder);
  for (gsize k = 0; k < G_N_ELEMENTS (texts); k++)
    json_builder_add_string_value (builder, texts[k]);
  json_builder_add_string_value (builder, row.extra != NULL ? row.extra : "{}");
  json_builder_end_array (builder);
}

static void print (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);
  puts (text); /* UTF-8, whatever the locale */
}

static void dump (const char *path)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_autoptr (LanmuList) list = lanmu_list_read (path, NULL, report);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  lanmu_report_sort (report);
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "refused");
  json_builder_add_boolean_value (builder, lanmu_report_is_refused (report));
  add_text (builder, "encoding", list != NULL ? list->encoding : "");
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < lanmu_report_get_size (report); i++)
    add_problem (builder, lanmu_report_get (report, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "students");
  json_builder_begin_array (builder);
  for (guint i = 0; list != NULL && i < lanmu_list_get_size (list); i++)
    add_student (builder, list, i);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  print (builder);
}

int main (int argc, char **argv)
{
  g_set_prgname ("listdump");
  for (int i = 1; i < argc; i++)
    dump (argv[i]);
  return 0;
}
