/* See fixture.h. */
#include "tests/unit/app/fixture.h"

#include <ftw.h>
#include <stdio.h>
#include <string.h>

#include "db/campaign.h"
#include "db/roster.h"

LanmuList *read_bytes (const char *bytes, gsize length, const char *map, LanmuReport **report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuColumnMap) columns = map != NULL ? lanmu_column_map_parse (map, &error) : NULL;
  g_assert_no_error (error);
  *report = lanmu_report_new ();
  const LanmuListOptions options = {.map = columns};
  LanmuList *list = lanmu_list_read_bytes (bytes, length, "list.csv", &options, *report);
  lanmu_report_sort (*report);
  return list;
}

LanmuList *read_text (const char *text, LanmuReport **report)
{
  return read_bytes (text, strlen (text), NULL, report);
}

const LanmuProblem *find_problem (LanmuReport *report, LanmuProblemKind kind)
{
  for (guint i = 0; i < lanmu_report_get_size (report); i++)
    if (lanmu_report_get (report, i)->kind == kind)
      return lanmu_report_get (report, i);
  return NULL;
}

static void print_all (LanmuReport *report)
{
  for (guint i = 0; i < lanmu_report_get_size (report); i++) {
    const LanmuProblem *problem = lanmu_report_get (report, i);
    g_autofree char *message = lanmu_problem_dup_message (problem, FALSE);
    g_test_message ("row %u [%s] %s: %s", problem->row, problem->column_name,
                    lanmu_problem_kind_to_string (problem->kind), message);
  }
}

void assert_problem (LanmuReport *report, LanmuProblemKind kind, guint row, const char *column)
{
  for (guint i = 0; i < lanmu_report_get_size (report); i++) {
    const LanmuProblem *problem = lanmu_report_get (report, i);
    if (problem->kind == kind && problem->row == row && g_str_equal (problem->column_name, column))
      return;
  }
  print_all (report);
  g_error ("no %s in row %u, column “%s”", lanmu_problem_kind_to_string (kind), row, column);
}

void assert_none (LanmuReport *report, LanmuProblemKind kind)
{
  if (find_problem (report, kind) == NULL)
    return;
  print_all (report);
  g_error ("a %s that should not be", lanmu_problem_kind_to_string (kind));
}

const LanmuStudentRow *student_at (const LanmuList *list, guint index)
{
  static LanmuStudentRow row;
  g_assert_cmpuint (index, <, lanmu_list_get_size (list));
  lanmu_list_get (list, index, &row);
  return &row;
}

static void import_students (LanmuDb *db, guint n)
{
  static const LanmuRosterSource source = {"list.csv", "00", "utf-8"};
  g_autoptr (GError) error = NULL;
  g_autofree LanmuStudentRow *rows = g_new0 (LanmuStudentRow, n + 1);
  g_autoptr (GStringChunk) texts = g_string_chunk_new (65536);
  for (guint i = 0; i < n; i++) {
    char text[64];
    g_snprintf (text, sizeof text, "2021%05u", i + 1);
    rows[i].student_no = g_string_chunk_insert (texts, text);
    g_snprintf (text, sizeof text, i % 3 == 0 ? "阿里·买买提%u" : "张三%u", i + 1);
    rows[i].name = g_string_chunk_insert (texts, text);
    g_snprintf (text, sizeof text, "交通%03u班", i / 40 + 1);
    rows[i].class_name = g_string_chunk_insert (texts, text);
    g_snprintf (text, sizeof text, "专业%u", i / 80 + 1);
    rows[i].major_name = g_string_chunk_insert (texts, text);
    rows[i].college_name = (char *) "交通学院";
    rows[i].sex = (char *) (i % 2 == 0 ? "男" : "女");
  }
  g_assert_true (lanmu_roster_import (db, &source, rows, n, LANMU_ROSTER_ADD, ACTOR, NULL, &error));
  g_assert_no_error (error);
}

char *make_campaign (guint n)
{
  const LanmuCampaignRow campaign = {
      .name = (char *) "2027 届", .school_code = (char *) "10618", .profile = (char *) "diploma"};
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("lanmu-app-XXXXXX", &error);
  g_assert_no_error (error);
  g_autoptr (LanmuDb) db = lanmu_db_open (dir, LANMU_DB_CREATE, &error);
  g_assert_no_error (error);
  g_assert_true (lanmu_campaign_create (db, &campaign, ACTOR, &error));
  if (n > 0)
    import_students (db, n);
  return dir;
}

static int remove_one (const char *path, const struct stat *info, int type, struct FTW *where)
{
  return remove (path);
}

void remove_folder (const char *dir)
{
  g_assert_cmpint (nftw (dir, remove_one, 16, FTW_DEPTH | FTW_PHYS), ==, 0);
}

LanmuDb *open_for_writing (const char *dir)
{
  g_autoptr (GError) error = NULL;
  LanmuDb *db = lanmu_db_open (dir, LANMU_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  return db;
}

gint64 student_id (LanmuDb *db, const char *student_no)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, student_no, &error);
  g_assert_no_error (error);
  return row->id;
}
