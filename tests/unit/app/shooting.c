/* See shooting.h. */
#include "tests/unit/app/shooting.h"

#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "db/bindings.h"
#include "db/vault.h"

static LanmuMoment now (Shooting *self)
{
  self->us += G_USEC_PER_SEC;
  return (LanmuMoment){.wall_us = self->us + self->wall_set, .boot_us = self->us};
}

void shooting_set_up (Shooting *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  self->dir = make_campaign (10);
  self->db = open_for_writing (self->dir);
  self->us = G_USEC_PER_SEC;
  self->session = lanmu_session_begin (self->db, "test", ACTOR, now (self), &error);
  g_assert_no_error (error);
}

void shooting_tear_down (Shooting *self, gconstpointer data)
{
  lanmu_db_close (self->db);
  remove_folder (self->dir);
  g_free (self->dir);
}

static char *lay_file (Shooting *self, const char *id, const char *text, gboolean quarantine, char **sha256)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = -1;
  g_assert_true (lanmu_vault_incoming (self->dir, id, &fd, &error));
  g_assert_cmpint (write (fd, text, strlen (text)), ==, (gssize) strlen (text));
  *sha256 = lanmu_vault_sha256 (fd, NULL, &error);
  close (fd);
  g_assert_true (lanmu_vault_keep (self->dir, id, id, quarantine ? LANMU_VAULT_QUARANTINE : LANMU_VAULT_SHOTS, ".jpg",
                                   &path, &error));
  g_assert_no_error (error);
  return path;
}

static char *take (Shooting *self, gint64 student, const char *token, const char *text, const char *quarantine)
{
  g_autoptr (GError) error = NULL;
  gint64 binding = lanmu_binding_begin (self->db, self->session, student, token, "queue", now (self), ACTOR, &error);
  g_assert_no_error (error);
  LanmuTicketRow wanted = {.origin = LANMU_ORIGIN_HOST,
                           .student_id = student,
                           .binding_id = binding,
                           .session_id = self->session,
                           .operator_name = (char *) ACTOR,
                           .camera_serial = (char *) "1",
                           .opened = now (self)};
  g_autoptr (LanmuTicketRow) ticket = lanmu_ticket_open (self->db, &wanted, ACTOR, &error);
  g_assert_no_error (error);
  gint64 exposed = now (self).boot_us;
  g_autofree char *sha256 = NULL;
  g_autofree char *path = lay_file (self, ticket->id, text, quarantine != NULL, &sha256);
  LanmuShotRow shot = {.id = ticket->id,
                       .ticket_id = ticket->id,
                       .student_id = student,
                       .likely_student_id = quarantine != NULL ? student : 0,
                       .reason = (char *) quarantine,
                       .sha256 = sha256,
                       .size = (gint64) strlen (text),
                       .path = path,
                       .exposed_lo_us = exposed - 1000,
                       .exposed_hi_us = exposed + 1000,
                       .wall_us = now (self).wall_us};
  gboolean done = quarantine != NULL ? lanmu_shot_quarantine (self->db, &shot, ACTOR, NULL, &error)
                                     : lanmu_shot_attach (self->db, &shot, ACTOR, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  return g_strdup (ticket->id);
}

char *shooting_take (Shooting *self, const char *student_no, const char *text, const char *quarantine)
{
  return take (self, student_id (self->db, student_no), NULL, text, quarantine);
}

char *shooting_take_code (Shooting *self, const char *token, const char *text, const char *quarantine)
{
  return take (self, 0, token, text, quarantine);
}

void shooting_tamper (Shooting *self, const char *sql)
{
  g_autofree char *path = g_build_filename (self->dir, "lanmu.db", NULL);
  sqlite3 *db = NULL;
  char *why = NULL;
  g_assert_cmpint (sqlite3_open (path, &db), ==, SQLITE_OK);
  sqlite3_exec (db,
                "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;"
                "DROP TRIGGER shot_stays; DROP TRIGGER student_chosen; DROP TRIGGER audit_no_update; DROP TRIGGER "
                "audit_no_delete;",
                NULL, NULL, NULL);
  sqlite3_exec (db, sql, NULL, NULL, &why);
  g_assert_cmpstr (why, ==, NULL);
  sqlite3_close (db);
}
