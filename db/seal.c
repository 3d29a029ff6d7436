/* The campaign key in the database: making, opening, wrapping; see seal.h. Runs on the thread that owns the connection. */
#include "db/seal.h"
#include "db/audit.h"
#include "db/campaign.h"
#include "db/json.h"
#include "db/sql.h"
#include "db/wrapping.h"

#include <sodium.h>
#include <string.h>

static gboolean refuse (GError **error, LanmuDbError code, const char *why)
{
  g_set_error_literal (error, LANMU_DB_ERROR, (int) code, why);
  return FALSE;
}

/* key_id may be NULL. */
static gboolean read_key (LanmuDb *db, LanmuSealState *state, guint8 *key_id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, "SELECT state, key_id FROM campaign_key", "");
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  *state = LANMU_SEAL_NONE;
  if (step != LANMU_SQL_ROW)
    return step == LANMU_SQL_END;
  *state = g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), "sealed") == 0 ? LANMU_SEAL_SEALED : LANMU_SEAL_SEALING;
  if (key_id)
    memcpy (key_id, sqlite3_column_blob (stmt, 1), LANMU_KEY_ID_BYTES);
  return TRUE;
}

gboolean lanmu_seal_get_state (LanmuDb *db, LanmuSealState *state, GError **error)
{
  return read_key (db, state, NULL, error);
}

gboolean lanmu_seal_read (LanmuDb *db, GError **error)
{
  guint8 key_id[LANMU_KEY_ID_BYTES];
  LanmuSealState state;
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, "SELECT (SELECT uuid FROM campaign)", "");

  if (!stmt || lanmu_sql_step (db, stmt, error) != LANMU_SQL_ROW || !read_key (db, &state, key_id, error))
    return FALSE;
  lanmu_seal_folder_set (db->folder, state == LANMU_SEAL_NONE ? NULL : key_id, (const char *) sqlite3_column_text (stmt, 0));
  return state == LANMU_SEAL_NONE || db->mode == LANMU_DB_READ_ONLY || lanmu_sql_script (db, "PRAGMA secure_delete = ON;", error);
}

gboolean lanmu_seal_require_open (LanmuDb *db, GError **error)
{
  const LanmuKey *key;

  return lanmu_seal_folder_get_key (db->folder, &key, error);
}

gboolean lanmu_seal_is_open (LanmuDb *db)
{
  return lanmu_seal_require_open (db, NULL);
}

static gboolean check_secret (const LanmuSealSecret *secret, GError **error)
{
  if (!secret->name || !*secret->name)
    return refuse (error, LANMU_DB_ERROR_REFUSED, "A passphrase needs the name of whose it is");
  return g_utf8_strlen (secret->passphrase, -1) >= LANMU_PASSPHRASE_LEAST ||
         refuse (error, LANMU_DB_ERROR_REFUSED, "The passphrase is too short: it must have at least 8 characters; four words are better than one");
}

static sqlite3_stmt *bind_wrapping (LanmuDb *db, const LanmuWrapping *wrapping, const char *name, GError **error)
{
  sqlite3_stmt *stmt = lanmu_sql_query (
      db, error,
      "INSERT INTO key_wrapping (name, operations, memory, created_us, salt, nonce, wrapped) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET "
      "operations = excluded.operations, memory = excluded.memory, salt = excluded.salt, nonce = excluded.nonce, wrapped = excluded.wrapped, "
      "created_us = excluded.created_us",
      "siii", name, wrapping->operations, wrapping->memory, g_get_real_time ());

  if (!stmt)
    return NULL;
  sqlite3_bind_blob (stmt, 5, wrapping->salt, sizeof wrapping->salt, SQLITE_STATIC);
  sqlite3_bind_blob (stmt, 6, wrapping->nonce, sizeof wrapping->nonce, SQLITE_STATIC);
  sqlite3_bind_blob (stmt, 7, wrapping->wrapped, sizeof wrapping->wrapped, SQLITE_STATIC);
  return stmt;
}

static gboolean write_wrapping (LanmuDb *db, const LanmuWrapping *wrapping, const char *name, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = bind_wrapping (db, wrapping, name, error);

  return stmt && lanmu_sql_step (db, stmt, error) != LANMU_SQL_ERROR;
}

static gboolean audit (LanmuDb *db, const char *action, const char *name, const char *actor, GError **error)
{
  g_autofree char *detail = lanmu_json_object ("s", "passphrase_of", name);

  return lanmu_audit_append (db, actor, action, "campaign/key", detail, error);
}

static gboolean write_key (LanmuDb *db, const guint8 *key_id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error, "INSERT INTO campaign_key (id, state, created_us, key_id) VALUES (1, 'sealing', ?, ?)", "i", g_get_real_time ());

  if (!stmt)
    return FALSE;
  sqlite3_bind_blob (stmt, 2, key_id, LANMU_KEY_ID_BYTES, SQLITE_STATIC);
  return lanmu_sql_step (db, stmt, error) != LANMU_SQL_ERROR;
}

/* The key is in memory before it is on the disk: if nothing comes of the row, it opens nothing. */
static gboolean begin_with (LanmuDb *db, guint8 *key, const LanmuSealSecret *secret, const char *actor, GError **error)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  LanmuWrapping wrapping;
  LanmuSealState state;

  if (!campaign || !read_key (db, &state, NULL, error))
    return FALSE;
  if (state != LANMU_SEAL_NONE)
    return refuse (error, LANMU_DB_ERROR_EXISTS, "This campaign is sealed already");
  randombytes_buf (key, LANMU_KEY_BYTES);
  const LanmuKey *known = lanmu_keyring_add (key, error);
  if (!known || !lanmu_wrapping_make (&wrapping, key, campaign->uuid, secret, error) || !lanmu_db_begin (db, "seal.begin", error))
    return FALSE;
  return lanmu_db_end (db,
                       write_key (db, known->id, error) && write_wrapping (db, &wrapping, secret->name, error) &&
                           audit (db, "seal.begin", secret->name, actor, error),
                       error) &&
         lanmu_seal_read (db, error);
}

gboolean lanmu_seal_begin (LanmuDb *db, const LanmuSealSecret *secret, const char *actor, GError **error)
{
  guint8 *key = check_secret (secret, error) ? lanmu_wrapping_secret_new (error) : NULL;
  gboolean ok = key && begin_with (db, key, secret, actor, error);

  sodium_free (key);
  return ok;
}

static gboolean read_wrapping (sqlite3_stmt *stmt, LanmuWrapping *wrapping)
{
  wrapping->operations = lanmu_sql_int64 (stmt, 0);
  wrapping->memory = lanmu_sql_int64 (stmt, 1);
  if (sqlite3_column_bytes (stmt, 2) != LANMU_WRAPPING_SALT || sqlite3_column_bytes (stmt, 3) != LANMU_WRAPPING_NONCE ||
      sqlite3_column_bytes (stmt, 4) != LANMU_WRAPPING_WRAPPED)
    return FALSE;
  memcpy (wrapping->salt, sqlite3_column_blob (stmt, 2), LANMU_WRAPPING_SALT);
  memcpy (wrapping->nonce, sqlite3_column_blob (stmt, 3), LANMU_WRAPPING_NONCE);
  memcpy (wrapping->wrapped, sqlite3_column_blob (stmt, 4), LANMU_WRAPPING_WRAPPED);
  return TRUE;
}

/* Each wrapping is tried, the oldest first; what else than a wrong passphrase goes wrong is told. */
static gboolean unwrap (LanmuDb *db, const guint8 *key_id, const char *passphrase, guint8 *key, GError **error)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  g_autoptr (sqlite3_stmt) stmt =
      campaign ? lanmu_sql_query (db, error, "SELECT operations, memory, salt, nonce, wrapped FROM key_wrapping ORDER BY id", "") : NULL;
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    g_autoptr (GError) why = NULL;
    LanmuWrapping wrapping;
    if (!read_wrapping (stmt, &wrapping))
      return refuse (error, LANMU_DB_ERROR_CORRUPT, "A wrapping of the campaign key is damaged: restore the newest copy from the backups");
    if (lanmu_wrapping_open (&wrapping, key_id, campaign->uuid, passphrase, key, &why))
      return TRUE;
    if (!g_error_matches (why, LANMU_DB_ERROR, LANMU_DB_ERROR_PASSPHRASE)) {
      g_propagate_error (error, g_steal_pointer (&why));
      return FALSE;
    }
  }
  return step == LANMU_SQL_END && refuse (error, LANMU_DB_ERROR_PASSPHRASE, "The passphrase does not open this campaign: nothing was opened or changed");
}

static gboolean with_key (LanmuDb *db, const char *passphrase, guint8 *key, GError **error)
{
  guint8 key_id[LANMU_KEY_ID_BYTES];
  LanmuSealState state;

  if (!read_key (db, &state, key_id, error))
    return FALSE;
  if (state == LANMU_SEAL_NONE)
    return refuse (error, LANMU_DB_ERROR_REFUSED, "This campaign is not sealed: there is nothing to open");
  return unwrap (db, key_id, passphrase, key, error);
}

gboolean lanmu_seal_open (LanmuDb *db, const char *passphrase, GError **error)
{
  guint8 *key = lanmu_wrapping_secret_new (error);
  gboolean ok = key && with_key (db, passphrase, key, error) && lanmu_keyring_add (key, error);

  sodium_free (key);
  return ok && lanmu_seal_read (db, error);
}

static gboolean wrap (LanmuDb *db, guint8 *key, const char *by, const LanmuSealSecret *secret, const char *actor, GError **error)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  LanmuWrapping wrapping;

  if (!campaign || !with_key (db, by, key, error) || !lanmu_wrapping_make (&wrapping, key, campaign->uuid, secret, error) ||
      !lanmu_db_begin (db, "seal.wrap", error))
    return FALSE;
  return lanmu_db_end (db, write_wrapping (db, &wrapping, secret->name, error) && audit (db, "seal.passphrase", secret->name, actor, error), error);
}

gboolean lanmu_seal_wrap (LanmuDb *db, const char *by, const LanmuSealSecret *secret, const char *actor, GError **error)
{
  guint8 *key = check_secret (secret, error) ? lanmu_wrapping_secret_new (error) : NULL;
  gboolean ok = key && wrap (db, key, by, secret, actor, error);

  sodium_free (key);
  return ok;
}

static gboolean forget (LanmuDb *db, const char *name, const char *actor, GError **error)
{
  gint64 others;
  int changes = 0;

  if (!lanmu_sql_int (db, error, &others, 0, "SELECT count (*) FROM key_wrapping WHERE name <> ?", "s", name))
    return FALSE;
  if (!others)
    return refuse (error, LANMU_DB_ERROR_REFUSED, "This is the last passphrase: without it nobody could ever open the campaign");
  if (!lanmu_sql_run (db, error, &changes, "DELETE FROM key_wrapping WHERE name = ?", "s", name))
    return FALSE;
  return changes > 0 ? audit (db, "seal.forget", name, actor, error) : lanmu_sql_no_row (error, "passphrase of", name);
}

gboolean lanmu_seal_unwrap (LanmuDb *db, const char *name, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "seal.forget", error) && lanmu_db_end (db, forget (db, name, actor, error), error);
}

char **lanmu_seal_get_names (LanmuDb *db, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, "SELECT name FROM key_wrapping ORDER BY id", "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_strv_builder_add (names, (const char *) sqlite3_column_text (stmt, 0));
  return step == LANMU_SQL_ERROR ? NULL : g_strv_builder_end (names);
}
