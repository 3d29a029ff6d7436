/* Repairs as rows: reading them, and their words for the audit. Runs on the thread that owns the connection. */
#include "db/repairs.h"
#include "db/json.h"
#include "db/sql.h"

static const char *const kind_names[] = {"swap", "move", "shift", "undo"};

const char *lanmu_repair_kind_to_string (LanmuRepairKind kind)
{
  return kind_names[kind];
}

static LanmuRepairKind kind_from_string (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kind_names); i++)
    if (g_strcmp0 (kind_names[i], text) == 0)
      return (LanmuRepairKind)i;
  return LANMU_REPAIR_MOVE; /* the schema's CHECK knows no other word */
}

void lanmu_repair_shot_free (LanmuRepairShot *shot)
{
  if (!shot)
    return;
  g_free (shot->shot_id);
  g_free (shot->from_token);
  g_free (shot->to_token);
  g_free (shot->from_reason);
  g_free (shot->to_reason);
  g_free (shot->path);
  g_free (shot);
}

void lanmu_repair_person_free (LanmuRepairPerson *person)
{
  if (!person)
    return;
  g_free (person->token);
  g_free (person->state_before);
  g_free (person->state_after);
  g_free (person->chosen_before);
  g_free (person->chosen_after);
  g_free (person);
}

static void free_shot (gpointer shot)
{
  lanmu_repair_shot_free (shot);
}

static void free_person (gpointer person)
{
  lanmu_repair_person_free (person);
}

LanmuRepairRow *lanmu_repair_row_new (void)
{
  LanmuRepairRow *row = g_new0 (LanmuRepairRow, 1);

  row->shots = g_ptr_array_new_with_free_func (free_shot);
  row->people = g_ptr_array_new_with_free_func (free_person);
  return row;
}

void lanmu_repair_row_free (LanmuRepairRow *row)
{
  if (!row)
    return;
  g_free (row->actor);
  g_free (row->reason);
  g_ptr_array_unref (row->shots);
  g_ptr_array_unref (row->people);
  g_free (row);
}

static void append_owner (GString *text, gint64 student_id, const char *token)
{
  if (student_id)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, student_id);
  if (token)
    g_string_append_printf (text, "#%s", token);
  if (!student_id && !token)
    g_string_append (text, "tray");
}

static char *describe_shots (const LanmuRepairRow *row)
{
  GString *text = g_string_new ("");

  for (guint i = 0; i < row->shots->len; i++) {
    const LanmuRepairShot *shot = g_ptr_array_index (row->shots, i);
    g_string_append_printf (text, "%s%s:", i ? " " : "", shot->shot_id);
    append_owner (text, shot->from_student_id, shot->from_token);
    g_string_append_c (text, '>');
    append_owner (text, shot->to_student_id, shot->to_token);
  }
  return g_string_free (text, FALSE);
}

static char *describe_people (const LanmuRepairRow *row)
{
  GString *text = g_string_new ("");

  for (guint i = 0; i < row->people->len; i++) {
    const LanmuRepairPerson *person = g_ptr_array_index (row->people, i);
    g_string_append (text, i ? " " : "");
    append_owner (text, person->student_id, person->token);
    g_string_append_printf (text, ":%s/%s>%s/%s", person->state_before,
                            person->chosen_before ? person->chosen_before : "-", person->state_after,
                            person->chosen_after ? person->chosen_after : "-");
  }
  return g_string_free (text, FALSE);
}

char *lanmu_repair_describe (const LanmuRepairRow *row)
{
  g_autofree char *shots = describe_shots (row), *people = describe_people (row);

  return lanmu_json_object ("siss", "reason", row->reason, "undoes", row->undoes, "shots", shots, "people", people);
}

static gboolean load_shots (LanmuDb *db, LanmuRepairRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error,
                       "SELECT shot_id, from_student_id, from_token, from_reason, to_student_id, to_token, to_reason "
                       "FROM repair_shot WHERE repair_id = ? ORDER BY shot_id",
                       "i", row->id);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    LanmuRepairShot *shot = g_new0 (LanmuRepairShot, 1);
    shot->shot_id = lanmu_sql_text (stmt, 0);
    shot->from_student_id = lanmu_sql_int64 (stmt, 1);
    shot->from_token = lanmu_sql_text (stmt, 2);
    shot->from_reason = lanmu_sql_text (stmt, 3);
    shot->to_student_id = lanmu_sql_int64 (stmt, 4);
    shot->to_token = lanmu_sql_text (stmt, 5);
    shot->to_reason = lanmu_sql_text (stmt, 6);
    g_ptr_array_add (row->shots, shot);
  }
  return step != LANMU_SQL_ERROR;
}

static gboolean load_people (LanmuDb *db, LanmuRepairRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT student_id, token, state_before, chosen_before, state_after, chosen_after FROM repair_person "
      "WHERE repair_id = ? ORDER BY rowid",
      "i", row->id);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    LanmuRepairPerson *person = g_new0 (LanmuRepairPerson, 1);
    person->student_id = lanmu_sql_int64 (stmt, 0);
    person->token = lanmu_sql_text (stmt, 1);
    person->state_before = lanmu_sql_text (stmt, 2);
    person->chosen_before = lanmu_sql_text (stmt, 3);
    person->state_after = lanmu_sql_text (stmt, 4);
    person->chosen_after = lanmu_sql_text (stmt, 5);
    g_ptr_array_add (row->people, person);
  }
  return step != LANMU_SQL_ERROR;
}

#define SELECT                                                                                                         \
  "SELECT id, kind, undoes, actor, reason, wall_us, (SELECT u.id FROM repair AS u WHERE u.undoes = repair.id) "        \
  "FROM repair "

static LanmuRepairRow *read_head (sqlite3_stmt *stmt)
{
  LanmuRepairRow *row = lanmu_repair_row_new ();

  row->id = lanmu_sql_int64 (stmt, 0);
  row->kind = kind_from_string ((const char *)sqlite3_column_text (stmt, 1));
  row->undoes = lanmu_sql_int64 (stmt, 2);
  row->actor = lanmu_sql_text (stmt, 3);
  row->reason = lanmu_sql_text (stmt, 4);
  row->wall_us = lanmu_sql_int64 (stmt, 5);
  row->undone_by = lanmu_sql_int64 (stmt, 6);
  return row;
}

LanmuRepairRow *lanmu_repair_get (LanmuDb *db, gint64 id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, SELECT "WHERE id = ?", "i", id);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  if (step == LANMU_SQL_END)
    lanmu_sql_no_row (error, "repair", number);
  if (step != LANMU_SQL_ROW)
    return NULL;
  g_autoptr (LanmuRepairRow) row = read_head (stmt);
  return load_shots (db, row, error) && load_people (db, row, error) ? g_steal_pointer (&row) : NULL;
}

static void free_row (gpointer row)
{
  lanmu_repair_row_free (row);
}

GPtrArray *lanmu_repairs_get_all (LanmuDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, SELECT "ORDER BY id", "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    LanmuRepairRow *row = read_head (stmt);
    g_ptr_array_add (rows, row);
    if (!load_shots (db, row, error) || !load_people (db, row, error))
      return NULL;
  }
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
