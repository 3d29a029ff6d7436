/* Tickets: opening, what is learned while open, failing. Attaching and quarantining end them in shotwrites.c. Runs on
 * the thread that owns the connection. */
#include "db/tickets.h"
#include "db/audit.h"
#include "db/bindings.h"
#include "db/ids.h"
#include "db/json.h"
#include "db/sql.h"

static const char *const origin_names[] = {"host", "body"};
static const char *const state_names[] = {"open", "attached", "quarantined", "failed"};

const char *lanmu_origin_to_string (LanmuOrigin origin)
{
  return origin_names[origin];
}

const char *lanmu_ticket_state_to_string (LanmuTicketState state)
{
  return state_names[state];
}

gboolean lanmu_ticket_state_from_string (const char *text, LanmuTicketState *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (text, state_names[i]) == 0) {
      *state = (LanmuTicketState)i;
      return TRUE;
    }
  return FALSE;
}

void lanmu_ticket_row_clear (LanmuTicketRow *row)
{
  g_free (row->id);
  g_free (row->boot_id);
  g_free (row->operator_name);
  g_free (row->camera_serial);
  g_free (row->last_file);
  g_free (row->camera_file);
  g_free (row->reason);
  *row = (LanmuTicketRow){0};
}

void lanmu_ticket_row_free (LanmuTicketRow *row)
{
  if (!row)
    return;
  lanmu_ticket_row_clear (row);
  g_free (row);
}

#define SELECT                                                                                                         \
  "SELECT ticket.id, number, origin, student_id, binding_id, session_id, boot_id, revision_id, ticket.operator, "      \
  "camera_serial, last_file, "                                                                                         \
  "camera_file, state, reason, opened_wall_us, opened_boot_us, triggered_boot_us, settled_boot_us, "                   \
  "ticket.ended_wall_us "                                                                                              \
  "FROM ticket JOIN session ON session.id = session_id "

static LanmuTicketRow *read_row (sqlite3_stmt *stmt)
{
  LanmuTicketRow *row = g_new0 (LanmuTicketRow, 1);

  row->id = lanmu_sql_text (stmt, 0);
  row->number = lanmu_sql_int64 (stmt, 1);
  row->origin = sqlite3_column_text (stmt, 2)[0] == 'b' ? LANMU_ORIGIN_BODY : LANMU_ORIGIN_HOST;
  row->student_id = lanmu_sql_int64 (stmt, 3);
  row->binding_id = lanmu_sql_int64 (stmt, 4);
  row->session_id = lanmu_sql_int64 (stmt, 5);
  row->boot_id = lanmu_sql_text (stmt, 6);
  row->revision_id = lanmu_sql_int64 (stmt, 7);
  row->operator_name = lanmu_sql_text (stmt, 8);
  row->camera_serial = lanmu_sql_text (stmt, 9);
  row->last_file = lanmu_sql_text (stmt, 10);
  row->camera_file = lanmu_sql_text (stmt, 11);
  lanmu_ticket_state_from_string ((const char *)sqlite3_column_text (stmt, 12), &row->state);
  row->reason = lanmu_sql_text (stmt, 13);
  row->opened = (LanmuMoment){lanmu_sql_int64 (stmt, 14), lanmu_sql_int64 (stmt, 15)};
  row->triggered_boot_us = lanmu_sql_int64 (stmt, 16);
  row->settled_boot_us = lanmu_sql_int64 (stmt, 17);
  row->ended_wall_us = lanmu_sql_int64 (stmt, 18);
  return row;
}

static gboolean refuse (GError **error, const char *why)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "No ticket was opened: %s", why);
  return FALSE;
}

/* The shutter may only move for whoever is bound this very moment. */
static gboolean check_host (LanmuDb *db, const LanmuTicketRow *wanted, GError **error)
{
  g_autoptr (LanmuBindingRow) open = NULL;

  if (!lanmu_binding_get_open (db, &open, error))
    return FALSE;
  if (!open || open->id != wanted->binding_id)
    return refuse (error, "it does not name the binding that is open");
  if (open->student_id != wanted->student_id)
    return refuse (error, "its student is not the one who is bound");
  return TRUE;
}

static gboolean open_ticket (LanmuDb *db, const LanmuTicketRow *wanted, const char *id, const char *actor,
                             GError **error)
{
  g_autofree char *subject = g_strconcat ("ticket/", id, NULL);
  g_autofree char *detail =
      lanmu_json_object ("siis", "origin", origin_names[wanted->origin], "student", wanted->student_id, "binding",
                         wanted->binding_id, "camera", wanted->camera_serial);

  if (wanted->origin == LANMU_ORIGIN_HOST && !check_host (db, wanted, error))
    return FALSE;
  return lanmu_sql_run (
             db, error, NULL,
             "INSERT INTO ticket (id, number, origin, student_id, binding_id, session_id, revision_id, operator, "
             "camera_serial, last_file, "
             "camera_file, opened_wall_us, opened_boot_us, triggered_boot_us, settled_boot_us) "
             "VALUES (?, (SELECT coalesce (max (number), 0) + 1 FROM ticket), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
             "sszzizseeeiizz", id, origin_names[wanted->origin], wanted->student_id, wanted->binding_id,
             wanted->session_id, wanted->revision_id, wanted->operator_name, wanted->camera_serial, wanted->last_file,
             wanted->camera_file, wanted->opened.wall_us, wanted->opened.boot_us, wanted->triggered_boot_us,
             wanted->settled_boot_us) &&
         lanmu_audit_append (db, actor, "ticket.open", subject, detail, error);
}

LanmuTicketRow *lanmu_ticket_open (LanmuDb *db, const LanmuTicketRow *wanted, const char *actor, GError **error)
{
  g_autofree char *id = wanted->id ? g_strdup (wanted->id) : lanmu_id_new ();

  if (!lanmu_db_begin (db, "ticket.open", error) ||
      !lanmu_db_end (db, open_ticket (db, wanted, id, actor, error), error))
    return NULL;
  return lanmu_ticket_get (db, id, error);
}

static gboolean fail_not_open (LanmuDb *db, const char *id, GError **error)
{
  g_autoptr (LanmuTicketRow) row = lanmu_ticket_get (db, id, error);

  if (row)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "Ticket %s has ended already (%s)", id,
                 state_names[row->state]);
  return FALSE;
}

static gboolean finish_update (LanmuDb *db, gboolean ran, int changes, const char *id, GError **error)
{
  return ran && (changes > 0 || fail_not_open (db, id, error));
}

gboolean lanmu_ticket_set_triggered (LanmuDb *db, const char *id, gint64 boot_us, GError **error)
{
  int changes = 0;
  gboolean ran =
      lanmu_sql_run (db, error, &changes, "UPDATE ticket SET triggered_boot_us = ? WHERE id = ? AND state = 'open'",
                     "is", boot_us, id);

  return finish_update (db, ran, changes, id, error);
}

gboolean lanmu_ticket_set_announced (LanmuDb *db, const char *id, const char *camera_file, GError **error)
{
  int changes = 0;
  gboolean ran = lanmu_sql_run (
      db, error, &changes, "UPDATE ticket SET camera_file = ? WHERE id = ? AND state = 'open'", "es", camera_file, id);

  return finish_update (db, ran, changes, id, error);
}

gboolean lanmu_ticket_set_settled (LanmuDb *db, const char *id, gint64 boot_us, GError **error)
{
  int changes = 0;
  gboolean ran = lanmu_sql_run (
      db, error, &changes, "UPDATE ticket SET settled_boot_us = ? WHERE id = ? AND state = 'open'", "is", boot_us, id);

  return finish_update (db, ran, changes, id, error);
}

static gboolean fail (LanmuDb *db, const char *id, const char *reason, gint64 wall_us, const char *actor,
                      GError **error)
{
  g_autofree char *subject = g_strconcat ("ticket/", id, NULL);
  g_autofree char *detail = lanmu_json_object ("s", "reason", reason);
  int changes = 0;
  gboolean ran = lanmu_sql_run (
      db, error, &changes,
      "UPDATE ticket SET state = 'failed', reason = ?, ended_wall_us = ? WHERE id = ? AND state = 'open'", "sis",
      reason, wall_us, id);

  return finish_update (db, ran, changes, id, error) &&
         lanmu_audit_append (db, actor, "ticket.fail", subject, detail, error);
}

gboolean lanmu_ticket_fail (LanmuDb *db, const char *id, const char *reason, gint64 wall_us, const char *actor,
                            GError **error)
{
  if (!reason || !*reason) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "Ticket %s cannot fail without a reason", id);
    return FALSE;
  }
  return lanmu_db_begin (db, "ticket.fail", error) &&
         lanmu_db_end (db, fail (db, id, reason, wall_us, actor, error), error);
}

LanmuTicketRow *lanmu_ticket_get (LanmuDb *db, const char *id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, SELECT "WHERE ticket.id = ?", "s", id);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  if (step == LANMU_SQL_END)
    lanmu_sql_no_row (error, "ticket", id);
  return step == LANMU_SQL_ROW ? read_row (stmt) : NULL;
}

LanmuTicketRow *lanmu_ticket_get_by_number (LanmuDb *db, gint64 number, GError **error)
{
  g_autofree char *text = g_strdup_printf ("number %" G_GINT64_FORMAT, number);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, SELECT "WHERE number = ?", "i", number);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  if (step == LANMU_SQL_END)
    lanmu_sql_no_row (error, "ticket", text);
  return step == LANMU_SQL_ROW ? read_row (stmt) : NULL;
}

/* The literal 'open' lets SQLite use the partial index: open tickets are asked for at every reconnect. */
static sqlite3_stmt *query_list (LanmuDb *db, int state, GError **error)
{
  if (state == LANMU_TICKET_OPEN)
    return lanmu_sql_query (db, error, SELECT "WHERE state = 'open' ORDER BY number", "");
  return lanmu_sql_query (db, error, SELECT "WHERE ?1 IS NULL OR state = ?1 ORDER BY number", "s",
                          state == LANMU_TICKET_ANY_STATE ? NULL : state_names[state]);
}

gboolean lanmu_tickets_list (LanmuDb *db, int state, LanmuTicketFunc func, gpointer data, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = query_list (db, state, error);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    g_autoptr (LanmuTicketRow) row = read_row (stmt);
    if (!func (row, data))
      break;
  }
  return step != LANMU_SQL_ERROR;
}

GPtrArray *lanmu_tickets_get_all (LanmuDb *db, int state, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)lanmu_ticket_row_free);
  g_autoptr (sqlite3_stmt) stmt = query_list (db, state, error);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
