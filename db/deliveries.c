/* Deliveries; see deliveries.h. Runs on the thread that owns the connection. */
#include "db/deliveries.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"

void lanmu_delivery_row_free (LanmuDeliveryRow *row)
{
  if (!row)
    return;
  g_free (row->uuid);
  g_free (row->kind);
  g_free (row->place);
  g_free (row->manifest_sha256);
  g_free (row->actor);
  g_free (row);
}

static gboolean note (LanmuDb *db, gint64 id, const char *action, const char *detail, const char *actor, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("delivery/%" G_GINT64_FORMAT, id);
  return lanmu_audit_append (db, actor, action, subject, detail, error);
}

static gboolean begin (LanmuDb *db, const LanmuDeliveryRow *row, const LanmuDeliveredFile *files, gsize n, gint64 *id, GError **error)
{
  g_autofree char *detail = lanmu_json_object ("ssssi", "uuid", row->uuid, "kind", row->kind, "place", row->place, "manifest",
                                               row->manifest_sha256, "people", row->people);

  if (!lanmu_sql_run (db, error, NULL,
                      "INSERT INTO delivery (uuid, kind, place, manifest_sha256, files, people, actor, began_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                      "ssssiisi", row->uuid, row->kind, row->place, row->manifest_sha256, row->files, row->people, row->actor,
                      g_get_real_time ()))
    return FALSE;
  *id = sqlite3_last_insert_rowid (db->sql);
  for (gsize i = 0; i < n; i++)
    if (!lanmu_sql_run (db, error, NULL, "INSERT INTO delivery_file (delivery_id, path, sha256, shot_id) VALUES (?, ?, ?, ?)", "isss", *id,
                        files[i].path, files[i].sha256, files[i].shot_id))
      return FALSE;
  return note (db, *id, "delivery.begin", detail, row->actor, error);
}

gint64 lanmu_delivery_begin (LanmuDb *db, const LanmuDeliveryRow *row, const LanmuDeliveredFile *files, gsize n, GError **error)
{
  gint64 id = 0;
  return lanmu_db_begin (db, "delivery.begin", error) && lanmu_db_end (db, begin (db, row, files, n, &id, error), error) ? id : 0;
}

static gboolean end (LanmuDb *db, gint64 id, const char *actor, GError **error)
{
  return lanmu_sql_run (db, error, NULL, "UPDATE delivery SET ended_us = ? WHERE id = ? AND ended_us IS NULL", "ii", g_get_real_time (), id) &&
         note (db, id, "delivery.end", NULL, actor, error);
}

gboolean lanmu_delivery_end (LanmuDb *db, gint64 id, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "delivery.end", error) && lanmu_db_end (db, end (db, id, actor, error), error);
}

static gboolean forget (LanmuDb *db, gint64 id, const char *actor, GError **error)
{
  gint64 open = 0;
  if (!lanmu_sql_int (db, error, &open, 0, "SELECT count (*) FROM delivery WHERE id = ? AND ended_us IS NULL", "i", id))
    return FALSE;
  if (!open) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "A delivery that is in its place is not forgotten");
    return FALSE;
  }
  return lanmu_sql_run (db, error, NULL, "DELETE FROM delivery_file WHERE delivery_id = ?", "i", id) &&
         lanmu_sql_run (db, error, NULL, "DELETE FROM delivery WHERE id = ?", "i", id) && note (db, id, "delivery.forget", NULL, actor, error);
}

gboolean lanmu_delivery_forget (LanmuDb *db, gint64 id, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "delivery.forget", error) && lanmu_db_end (db, forget (db, id, actor, error), error);
}

static LanmuDeliveryRow *read_row (sqlite3_stmt *stmt)
{
  LanmuDeliveryRow *row = g_new0 (LanmuDeliveryRow, 1);

  row->id = lanmu_sql_int64 (stmt, 0);
  row->uuid = lanmu_sql_text (stmt, 1);
  row->kind = lanmu_sql_text (stmt, 2);
  row->place = lanmu_sql_text (stmt, 3);
  row->manifest_sha256 = lanmu_sql_text (stmt, 4);
  row->files = lanmu_sql_int64 (stmt, 5);
  row->people = lanmu_sql_int64 (stmt, 6);
  row->actor = lanmu_sql_text (stmt, 7);
  row->began_us = lanmu_sql_int64 (stmt, 8);
  row->ended_us = lanmu_sql_int64 (stmt, 9);
  return row;
}

GPtrArray *lanmu_deliveries_list (LanmuDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_delivery_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error, "SELECT id, uuid, kind, place, manifest_sha256, files, people, actor, began_us, ended_us FROM delivery ORDER BY id", "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
