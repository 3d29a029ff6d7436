/* Settings by key. Runs on the thread that owns the connection. */
#include "db/settings.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"

char *lanmu_setting_get (LanmuDb *db, const char *key, const char *fallback, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, "SELECT value FROM setting WHERE key = ?", "s", key);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  if (step == LANMU_SQL_ERROR)
    return NULL;
  return step == LANMU_SQL_ROW ? lanmu_sql_text (stmt, 0) : g_strdup (fallback);
}

static gboolean store (LanmuDb *db, const char *key, const char *value, GError **error)
{
  if (!value)
    return lanmu_sql_run (db, error, NULL, "DELETE FROM setting WHERE key = ?", "s", key);
  return lanmu_sql_run (
      db, error, NULL,
      "INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", "ss", key,
      value);
}

static gboolean set (LanmuDb *db, const char *key, const char *value, const char *actor, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autofree char *old = lanmu_setting_get (db, key, NULL, &failed);
  g_autofree char *subject = g_strconcat ("setting/", key, NULL);
  g_autofree char *detail = lanmu_json_object ("ss", "from", old, "to", value);

  if (failed) {
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  return g_strcmp0 (old, value) == 0 ||
         (store (db, key, value, error) && lanmu_audit_append (db, actor, "setting.set", subject, detail, error));
}

gboolean lanmu_setting_set (LanmuDb *db, const char *key, const char *value, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "setting.set", error) && lanmu_db_end (db, set (db, key, value, actor, error), error);
}

gboolean lanmu_settings_list (LanmuDb *db, LanmuSettingFunc func, gpointer data, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, "SELECT key, value FROM setting ORDER BY key", "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    if (!func ((const char *)sqlite3_column_text (stmt, 0), (const char *)sqlite3_column_text (stmt, 1), data))
      break;
  return step != LANMU_SQL_ERROR;
}
