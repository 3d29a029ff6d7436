/* See fixture.h. */
#include "tests/unit/db/fixture.h"

#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>

char *make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("lanmu-db-XXXXXX", &error);

  g_assert_no_error (error);
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

LanmuMoment at (gint64 us)
{
  return (LanmuMoment){.wall_us = us, .boot_us = us};
}

void import_students (LanmuDb *db, guint n)
{
  static const LanmuRosterSource source = {"list.csv", "00", "utf-8"};
  g_autoptr (GError) error = NULL;
  g_autofree LanmuStudentRow *rows = g_new0 (LanmuStudentRow, n + 1);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++) {
    rows[i].student_no = g_strdup_printf ("2021%04u", i + 1);
    rows[i].name = g_strdup_printf ("学生%u", i + 1);
    rows[i].class_name = g_strdup_printf ("%u班", i / 30 + 1);
    rows[i].major_name = (char *)"计算机科学与技术";
    rows[i].college_name = (char *)"信息学院";
    g_ptr_array_add (texts, rows[i].student_no);
    g_ptr_array_add (texts, rows[i].name);
    g_ptr_array_add (texts, rows[i].class_name);
  }
  g_assert_true (lanmu_roster_import (db, &source, rows, n, LANMU_ROSTER_ADD, ACTOR, NULL, &error));
  g_assert_no_error (error);
}

LanmuDb *open_campaign (const char *dir, guint n)
{
  const LanmuCampaignRow campaign = {
      .name = (char *)"2027 届", .school_code = (char *)"10618", .profile = (char *)"diploma"};
  g_autoptr (GError) error = NULL;
  LanmuDb *db = lanmu_db_open (dir, LANMU_DB_CREATE, &error);

  g_assert_no_error (error);
  g_assert_true (lanmu_campaign_create (db, &campaign, ACTOR, &error));
  if (n > 0)
    import_students (db, n);
  g_assert_cmpint (lanmu_session_begin (db, "lanmu", ACTOR, at (1), &error), ==, 1);
  g_assert_no_error (error);
  return db;
}

gint64 bind_student (LanmuDb *db, const char *student_no, gint64 us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStudentRow) student = lanmu_student_get_by_no (db, student_no, &error);

  g_assert_no_error (error);
  gint64 id = lanmu_binding_begin (db, 1, student->id, NULL, "command", at (us), ACTOR, &error);
  g_assert_no_error (error);
  return id;
}

LanmuTicketRow *open_host_ticket (LanmuDb *db, gint64 us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuBindingRow) binding = NULL;

  g_assert_true (lanmu_binding_get_open (db, &binding, &error));
  g_assert_nonnull (binding);
  const LanmuTicketRow wanted = {
      .origin = LANMU_ORIGIN_HOST,
      .student_id = binding->student_id,
      .binding_id = binding->id,
      .session_id = 1,
      .operator_name = (char *)ACTOR,
      .camera_serial = (char *)"6001234",
      .opened = at (us),
  };
  LanmuTicketRow *ticket = lanmu_ticket_open (db, &wanted, ACTOR, &error);
  g_assert_no_error (error);
  return ticket;
}

LanmuShotRow *make_shot (const LanmuTicketRow *ticket, gint64 student_id)
{
  LanmuShotRow *shot = g_new0 (LanmuShotRow, 1);

  shot->id = g_strdup (ticket->id);
  shot->ticket_id = g_strdup (ticket->id);
  shot->student_id = student_id;
  shot->sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, ticket->id, -1);
  shot->size = 1234567;
  shot->path = g_strdup_printf ("shots/20270501/%s.jpg", ticket->id);
  shot->width = 6000;
  shot->height = 4000;
  shot->proof = g_strdup ("size,decode,time,serial,number,new");
  return shot;
}

static sqlite3 *open_raw (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "lanmu.db", NULL);
  sqlite3 *sql = NULL;

  g_assert_cmpint (sqlite3_open (path, &sql), ==, SQLITE_OK);
  sqlite3_exec (sql, "PRAGMA foreign_keys = ON", NULL, NULL, NULL);
  return sql;
}

gint64 query_int (const char *dir, const char *text)
{
  sqlite3 *sql = open_raw (dir);
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_prepare_v2 (sql, text, -1, &stmt, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (stmt), ==, SQLITE_ROW);
  gint64 value = sqlite3_column_int64 (stmt, 0);
  sqlite3_finalize (stmt);
  g_assert_cmpint (sqlite3_close (sql), ==, SQLITE_OK);
  return value;
}

char *try_raw (const char *dir, const char *text)
{
  sqlite3 *sql = open_raw (dir);
  char *message = sqlite3_exec (sql, text, NULL, NULL, NULL) == SQLITE_OK ? NULL : g_strdup (sqlite3_errmsg (sql));

  g_assert_cmpint (sqlite3_close (sql), ==, SQLITE_OK);
  return message;
}

void run_raw (const char *dir, const char *text)
{
  g_autofree char *message = try_raw (dir, text);

  g_assert_cmpstr (message, ==, NULL);
}
