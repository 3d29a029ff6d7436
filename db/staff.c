/* Reading the staff list; staffwrites.c writes it. Runs on the thread that owns the connection. */
#include "db/staff.h"
#include "db/sql.h"

#define COLUMNS "SELECT id, name, role, pin_hash, card, active, wrong_pins, wrong_us FROM staff "

static const char *const role_names[LANMU_N_ROLES] = {"photographer", "counselor", "administrator"};

const char *lanmu_role_to_string (LanmuRole role)
{
  g_return_val_if_fail (role < LANMU_N_ROLES, NULL);
  return role_names[role];
}

gboolean lanmu_role_from_string (const char *text, LanmuRole *role)
{
  for (guint i = 0; i < LANMU_N_ROLES; i++)
    if (g_strcmp0 (text, role_names[i]) == 0) {
      *role = i;
      return TRUE;
    }
  return FALSE;
}

void lanmu_staff_row_free (LanmuStaffRow *row)
{
  if (!row)
    return;
  g_free (row->name);
  g_free (row->pin_hash);
  g_free (row->card);
  g_clear_pointer (&row->class_ids, g_array_unref);
  g_free (row);
}

gboolean lanmu_staff_row_has_class (const LanmuStaffRow *row, gint64 class_id)
{
  for (guint i = 0; i < row->class_ids->len; i++)
    if (g_array_index (row->class_ids, gint64, i) == class_id)
      return TRUE;
  return FALSE;
}

static gboolean read_classes (LanmuDb *db, LanmuStaffRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error, "SELECT class_id FROM staff_class WHERE staff_id = ? ORDER BY class_id", "i", row->id);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    gint64 id = lanmu_sql_int64 (stmt, 0);
    g_array_append_val (row->class_ids, id);
  }
  return step != LANMU_SQL_ERROR;
}

static LanmuStaffRow *read_row (LanmuDb *db, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (LanmuStaffRow) row = g_new0 (LanmuStaffRow, 1);

  row->class_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  row->id = lanmu_sql_int64 (stmt, 0);
  row->name = lanmu_sql_text (stmt, 1);
  lanmu_role_from_string ((const char *) sqlite3_column_text (stmt, 2), &row->role);
  row->pin_hash = lanmu_sql_text (stmt, 3);
  row->card = lanmu_sql_text (stmt, 4);
  row->active = sqlite3_column_int (stmt, 5) != 0;
  row->wrong_pins = sqlite3_column_int (stmt, 6);
  row->wrong_us = lanmu_sql_int64 (stmt, 7);
  return read_classes (db, row, error) ? g_steal_pointer (&row) : NULL;
}

GPtrArray *lanmu_staff_list (LanmuDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_staff_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, COLUMNS "ORDER BY name", "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    LanmuStaffRow *row = read_row (db, stmt, error);
    if (!row)
      return NULL;
    g_ptr_array_add (rows, row);
  }
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}

/* Of a statement that names one; `what` for the message. */
static LanmuStaffRow *read_one (LanmuDb *db, sqlite3_stmt *stmt, const char *what, GError **error)
{
  switch (stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR) {
  case LANMU_SQL_ROW:
    return read_row (db, stmt, error);
  case LANMU_SQL_END:
    lanmu_sql_no_row (error, "member of staff", what);
    return NULL;
  case LANMU_SQL_ERROR:
  default:
    return NULL;
  }
}

LanmuStaffRow *lanmu_staff_get (LanmuDb *db, gint64 id, GError **error)
{
  g_autofree char *what = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, COLUMNS "WHERE id = ?", "i", id);
  return read_one (db, stmt, what, error);
}

LanmuStaffRow *lanmu_staff_get_by_name (LanmuDb *db, const char *name, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, COLUMNS "WHERE name = ?", "s", name);
  return read_one (db, stmt, name, error);
}

LanmuStaffRow *lanmu_staff_get_by_card (LanmuDb *db, const char *card, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, COLUMNS "WHERE card = ? AND active = 1", "s", card);
  return read_one (db, stmt, "with this card", error);
}

gboolean lanmu_staff_can_sign_in (LanmuDb *db, gboolean *anybody, GError **error)
{
  gint64 count = 0;
  gboolean ok = lanmu_sql_int (db, error, &count, 0,
                               "SELECT count (*) FROM staff WHERE active = 1 AND (pin_hash <> '' OR card IS NOT NULL)", "");
  *anybody = ok && count > 0;
  return ok;
}
