/* Crops by hand; see crops.h. */
#include "db/crops.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"

gboolean lanmu_crop_get (LanmuDb *db, const char *shot_id, LanmuCropRow *crop, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, "SELECT dx, dy, zoom FROM crop WHERE shot_id = ?", "s", shot_id);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  *crop = (LanmuCropRow){0, 0, 1};
  if (step == LANMU_SQL_ROW)
    *crop = (LanmuCropRow){sqlite3_column_double (stmt, 0), sqlite3_column_double (stmt, 1), sqlite3_column_double (stmt, 2)};
  return step != LANMU_SQL_ERROR;
}

static gboolean is_proposal (const LanmuCropRow *crop)
{
  return crop->dx == 0 && crop->dy == 0 && crop->zoom == 1;
}

static gboolean write_row (LanmuDb *db, const char *shot_id, const LanmuCropRow *crop, const char *actor, GError **error)
{
  if (is_proposal (crop))
    return lanmu_sql_run (db, error, NULL, "DELETE FROM crop WHERE shot_id = ?", "s", shot_id);
  return lanmu_sql_run (db, error, NULL,
                        "INSERT INTO crop (shot_id, dx, dy, zoom, actor, wall_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (shot_id) "
                        "DO UPDATE SET dx = ?2, dy = ?3, zoom = ?4, actor = ?5, wall_us = ?6",
                        "sdddsi", shot_id, crop->dx, crop->dy, crop->zoom, actor, g_get_real_time ());
}

/* Numbers as text: a JSON of ours holds whole numbers only. */
static char *in_words (const LanmuCropRow *crop)
{
  char dx[G_ASCII_DTOSTR_BUF_SIZE], dy[G_ASCII_DTOSTR_BUF_SIZE], zoom[G_ASCII_DTOSTR_BUF_SIZE];
  return g_strdup_printf ("%s %s %s", g_ascii_dtostr (dx, sizeof dx, crop->dx), g_ascii_dtostr (dy, sizeof dy, crop->dy),
                          g_ascii_dtostr (zoom, sizeof zoom, crop->zoom));
}

static gboolean set (LanmuDb *db, const char *shot_id, const LanmuCropRow *crop, const char *actor, GError **error)
{
  LanmuCropRow old;
  gint64 known;
  g_autofree char *subject = g_strconcat ("shot/", shot_id, NULL), *to = in_words (crop);

  if (!lanmu_sql_int (db, error, &known, 0, "SELECT count (*) FROM shot WHERE id = ?", "s", shot_id))
    return FALSE;
  if (!known)
    return lanmu_sql_no_row (error, "shot", shot_id);
  if (!lanmu_crop_get (db, shot_id, &old, error))
    return FALSE;
  if (old.dx == crop->dx && old.dy == crop->dy && old.zoom == crop->zoom)
    return TRUE;
  g_autofree char *from = in_words (&old), *detail = lanmu_json_object ("ss", "from", from, "to", to);
  return write_row (db, shot_id, crop, actor, error) && lanmu_audit_append (db, actor, "shot.crop", subject, detail, error);
}

gboolean lanmu_crop_set (LanmuDb *db, const char *shot_id, const LanmuCropRow *crop, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "shot.crop", error) && lanmu_db_end (db, set (db, shot_id, crop, actor, error), error);
}
