/* The one campaign of a folder. Runs on the thread that owns the connection. */
#include "db/campaign.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"

void lanmu_campaign_row_clear (LanmuCampaignRow *row)
{
  g_free (row->uuid);
  g_free (row->name);
  g_free (row->school_code);
  g_free (row->profile);
  g_free (row->delete_after);
  *row = (LanmuCampaignRow){0};
}

void lanmu_campaign_row_free (LanmuCampaignRow *row)
{
  if (!row)
    return;
  lanmu_campaign_row_clear (row);
  g_free (row);
}

static gboolean is_date (const char *text)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *full = g_strconcat (text, "T00:00:00Z", NULL);
  g_autofree char *back = NULL;

  date = g_date_time_new_from_iso8601 (full, NULL);
  back = date ? g_date_time_format (date, "%Y-%m-%d") : NULL;
  return g_strcmp0 (back, text) == 0;
}

static gboolean check (const LanmuCampaignRow *row, GError **error)
{
  if (!row->name || !*row->name || !row->school_code || !*row->school_code || !row->profile || !*row->profile) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "A campaign needs a name, a school code and a profile");
    return FALSE;
  }
  if (row->delete_after && !is_date (row->delete_after)) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
                 "\"%s\" is not a date: write the deletion date as 2027-07-01", row->delete_after);
    return FALSE;
  }
  return TRUE;
}

static gboolean write_row (LanmuDb *db, const LanmuCampaignRow *row, const char *actor, GError **error)
{
  g_autofree char *uuid = row->uuid ? g_strdup (row->uuid) : g_uuid_string_random ();
  g_autofree char *subject = g_strconcat ("campaign/", uuid, NULL);
  g_autofree char *detail = lanmu_json_object ("ssss", "name", row->name, "school_code", row->school_code, "profile",
                                               row->profile, "delete_after", row->delete_after);
  gint64 exists;

  if (!lanmu_sql_int (db, error, &exists, 0, "SELECT count (*) FROM campaign", ""))
    return FALSE;
  if (exists) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS,
                 "The folder %s has a campaign already: use another folder for a new one", db->dir);
    return FALSE;
  }
  return lanmu_sql_run (db, error, NULL,
                        "INSERT INTO campaign (id, uuid, name, school_code, profile, delete_after, created_us) VALUES "
                        "(1, ?, ?, ?, ?, ?, ?)",
                        "sssssi", uuid, row->name, row->school_code, row->profile, row->delete_after,
                        row->created_us ? row->created_us : g_get_real_time ()) &&
         lanmu_audit_append (db, actor, "campaign.create", subject, detail, error);
}

gboolean lanmu_campaign_create (LanmuDb *db, const LanmuCampaignRow *campaign, const char *actor, GError **error)
{
  if (!check (campaign, error) || !lanmu_db_begin (db, "campaign.create", error))
    return FALSE;
  return lanmu_db_end (db, write_row (db, campaign, actor, error), error);
}

LanmuCampaignRow *lanmu_campaign_get (LanmuDb *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error, "SELECT uuid, name, school_code, profile, delete_after, created_us FROM campaign", "");

  switch (stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR) {
  case LANMU_SQL_ROW:
    break;
  case LANMU_SQL_END:
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NOT_FOUND,
                 "There is no campaign in the folder %s: make one with \"lanmuctl init\", or name another folder",
                 db->dir);
    return NULL;
  case LANMU_SQL_ERROR:
  default:
    return NULL;
  }
  LanmuCampaignRow *row = g_new0 (LanmuCampaignRow, 1);
  row->uuid = lanmu_sql_text (stmt, 0);
  row->name = lanmu_sql_text (stmt, 1);
  row->school_code = lanmu_sql_text (stmt, 2);
  row->profile = lanmu_sql_text (stmt, 3);
  row->delete_after = lanmu_sql_text (stmt, 4);
  row->created_us = lanmu_sql_int64 (stmt, 5);
  return row;
}
