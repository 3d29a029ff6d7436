/* See round.h. On the keeper's thread. */
#include "app/keeper/round.h"

#include "app/keeper.h"
#include "app/preferences.h"
#include "db/backups.h"
#include "db/campaign.h"
#include "db/datadir.h"
#include "db/killpoint.h"
#include "db/secondcopy.h"
#include "db/settings.h"
#include "db/shots.h"

LanmuKeeperRound *lanmu_keeper_round_new (void)
{
  LanmuKeeperRound *round = g_new0 (LanmuKeeperRound, 1);
  round->copied = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return round;
}

void lanmu_keeper_round_free (LanmuKeeperRound *round)
{
  g_hash_table_unref (round->copied);
  g_free (round->folder);
  g_clear_error (&round->trouble);
  g_free (round);
}

static char *backups_of (const char *dir)
{
  return g_build_filename (dir, LANMU_DATADIR_BACKUPS, NULL);
}

static guint keep_of (LanmuDb *db)
{
  g_autofree char *keep = lanmu_preference_read (db, LANMU_PREFERENCE_BACKUP_KEEP);
  return (guint) g_ascii_strtoull (keep, NULL, 10);
}

/* Is there a copy that has all of it? */
static gboolean is_kept (LanmuDb *db, const char *folder, gboolean *kept, GError **error)
{
  g_autoptr (GPtrArray) rows = lanmu_backups_list (folder, error);
  *kept = FALSE;
  if (rows == NULL)
    return FALSE;
  return rows->len == 0 || lanmu_backup_is_current (db, g_ptr_array_index (rows, 0), kept, error);
}

static gboolean back_up (LanmuDb *db, LanmuKeeperRound *round, GError **error)
{
  g_autofree char *folder = backups_of (lanmu_db_get_data_dir (db));
  gboolean kept = FALSE;
  if (!is_kept (db, folder, &kept, error))
    return FALSE;
  if (kept)
    return TRUE;
  lanmu_killpoint ("keeper.before-backup");
  g_autoptr (LanmuBackupRow) row = lanmu_backup_make (db, folder, error);
  if (row == NULL)
    return FALSE;
  lanmu_killpoint ("keeper.after-backup");
  round->backup_us = row->wall_us;
  return lanmu_backups_rotate (folder, keep_of (db), error);
}

/* The newest copy of the database, then the pictures: each row in it has its file here or in a later round. */
static gboolean copy_backup (LanmuDb *db, const char *second, GError **error)
{
  g_autofree char *here = backups_of (lanmu_db_get_data_dir (db)), *there = backups_of (second);
  g_autoptr (GPtrArray) rows = lanmu_backups_list (here, error);
  if (rows == NULL || !lanmu_backups_give_up (db, there, error))
    return FALSE;
  for (guint i = 0; i < MIN (rows->len, 1); i++)
    if (!lanmu_backup_copy (g_ptr_array_index (rows, i), there, error))
      return FALSE;
  return lanmu_backups_rotate (there, keep_of (db), error);
}

typedef struct {
  LanmuKeeperRound *round;
  const char *dir, *second;
  guint copied;
} Copying;

static gboolean copy_file (Copying *self, const char *path, gint64 size, const char *sha256)
{
  LanmuKeeperRound *round = self->round;
  if (*path == '\0' || g_hash_table_contains (round->copied, path))
    return TRUE;
  if (!lanmu_second_copy_has (self->second, path, size)) {
    if (self->copied >= LANMU_KEEPER_BATCH || round->trouble != NULL) {
      round->behind++;
      return TRUE;
    }
    self->copied++;
    if (!lanmu_second_copy_keep (self->dir, self->second, path, sha256, &round->trouble)) {
      round->behind++;
      return TRUE;
    }
  }
  g_hash_table_add (round->copied, g_strdup (path));
  return TRUE;
}

static gboolean copy_shot (const LanmuShotRow *shot, gpointer data)
{
  Copying *self = data;
  return copy_file (self, shot->path, shot->size, shot->sha256) &&
         copy_file (self, shot->raw_path, shot->raw_size, shot->raw_sha256);
}

static void copy_pictures (LanmuDb *db, LanmuKeeperRound *round)
{
  Copying copying = {.round = round, .dir = lanmu_db_get_data_dir (db), .second = round->folder};
  GError *error = NULL;
  gboolean listed = lanmu_shots_list (db, 0, LANMU_SHOT_ANY_STATE, copy_shot, &copying, &error);
  if (!listed && round->trouble == NULL)
    round->trouble = g_steal_pointer (&error);
  g_clear_error (&error);
  round->more = round->behind > 0 && round->trouble == NULL;
}

/* Which folder, and is it ours and there? */
static gboolean find_folder (LanmuDb *db, LanmuKeeperRound *round)
{
  g_autofree char *folder = lanmu_setting_get (db, LANMU_SETTING_SECOND_COPY, "", &round->trouble);
  round->has_folder = folder != NULL && *folder != '\0';
  if (!round->has_folder)
    return FALSE;
  if (g_strcmp0 (folder, round->folder) != 0) {
    g_hash_table_remove_all (round->copied);
    g_free (round->folder);
    round->folder = g_strdup (folder);
  }
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, &round->trouble);
  if (campaign != NULL && lanmu_second_copy_check (folder, campaign->uuid, &round->trouble))
    return TRUE;
  g_hash_table_remove_all (round->copied); /* what comes back may be another disk */
  return FALSE;
}

gboolean lanmu_keeper_round_run (LanmuDb *db, gpointer data, GError **error)
{
  static _Thread_local gboolean aside; /* the thread is the keeper's alone */
  LanmuKeeperRound *round = data;
  if (!aside)
    lanmu_second_copy_step_aside ();
  aside = TRUE;
  g_clear_error (&round->trouble);
  round->behind = 0;
  round->more = FALSE;
  round->backup_us = 0;
  gboolean done = !round->want_backup || back_up (db, round, error);
  if (find_folder (db, round)) {
    copy_pictures (db, round);
    if (round->trouble == NULL && !round->more && round->want_backup)
      copy_backup (db, round->folder, &round->trouble);
  }
  return done;
}
