/* lanmuctl backup: copies that are made by hand. Without a word one of the database into the data folder's backups/; with DIR database and pictures to DIR;
 * --second names the folder on another disk that the station keeps up to date by itself. May run beside a station, but for --second. */
#include "app/ctl/ctl.h"

#include "app/format.h"
#include "db/backups.h"
#include "db/campaign.h"
#include "db/datadir.h"
#include "db/secondcopy.h"
#include "db/settings.h"
#include "db/shots.h"
#include "db/vault.h"

typedef struct {
  const char *from, *to;
  guint files;
  gint64 bytes;
  GError **error;
} Copying;

static gboolean copy_file (Copying *copying, const char *path, gint64 size, const char *sha256)
{
  if (!lanmu_second_copy_keep (copying->from, copying->to, path, sha256, copying->error))
    return FALSE;
  copying->files++;
  copying->bytes += size;
  return TRUE;
}

static gboolean copy_shot (const LanmuShotRow *shot, gpointer data)
{
  Copying *copying = data;
  return copy_file (copying, shot->path, shot->size, shot->sha256) &&
         (*shot->raw_path == '\0' || copy_file (copying, shot->raw_path, shot->raw_size, shot->raw_sha256));
}

/* The database first: every row in the copy then has its file there, because a row is only written after its file. */
static LanmuBackupRow *copy_all (LanmuDb *db, Copying *copying)
{
  g_autoptr (LanmuBackupRow) row = lanmu_backup_make (db, copying->to, copying->error);
  if (row == NULL || !lanmu_shots_list (db, 0, LANMU_SHOT_ANY_STATE, copy_shot, copying, copying->error) ||
      *copying->error != NULL)
    return NULL;
  return g_steal_pointer (&row);
}

static void answer (LanmuCtl *ctl, const Copying *copying, const LanmuBackupRow *row)
{
  g_autofree char *size = lanmu_format_size (copying->bytes);
  if (!ctl->json && copying->from != NULL) {
    lanmu_ctl_print (_ ("Copied the database to %s and %u pictures (%s).\n"), row->path, copying->files, size);
    return;
  }
  if (!ctl->json) {
    lanmu_ctl_print (_ ("Copied the database to %s.\n"), row->path);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", TRUE);
  lanmu_ctl_json_string (builder, "database", row->path);
  lanmu_ctl_json_string (builder, "sha256", row->sha256);
  lanmu_ctl_json_int (builder, "files", copying->files);
  lanmu_ctl_json_int (builder, "bytes", copying->bytes);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static LanmuBackupRow *copy (LanmuDb *db, const char *target, Copying *copying)
{
  const char *dir = lanmu_db_get_data_dir (db);
  if (target != NULL) {
    copying->from = dir;
    copying->to = target;
    return lanmu_datadir_create (target, copying->error) ? copy_all (db, copying) : NULL;
  }
  g_autofree char *folder = g_build_filename (dir, LANMU_DATADIR_BACKUPS, NULL);
  return lanmu_backup_make (db, folder, copying->error);
}

static int copy_by_hand (LanmuCtl *ctl, const char *target)
{
  int code;
  GError *error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  Copying copying = {.error = &error};
  g_autoptr (LanmuBackupRow) row = copy (db, target, &copying);
  if (row != NULL) {
    answer (ctl, &copying, row);
    return LANMU_CTL_DONE;
  }
  code = lanmu_ctl_fail (ctl, error);
  g_clear_error (&error);
  return code;
}

static gboolean name_second (LanmuDb *db, gpointer folder, GError **error)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  if (campaign == NULL)
    return FALSE;
  if (*(char *) folder != '\0' &&
      !lanmu_second_copy_prepare (folder, lanmu_db_get_data_dir (db), campaign->uuid, error))
    return FALSE;
  return lanmu_setting_set (db, LANMU_SETTING_SECOND_COPY, folder, lanmu_ctl_actor (), error);
}

static int set_second (LanmuCtl *ctl, const char *word)
{
  int code = LANMU_CTL_DONE;
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_str_equal (word, "none") ? g_strdup ("") : g_canonicalize_filename (word, NULL);
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  if (store == NULL)
    return code;
  if (!lanmu_store_run_sync (store, name_second, folder, &error))
    code = lanmu_ctl_fail (ctl, error);
  else if (ctl->json)
    lanmu_ctl_print ("{\"ok\":true}\n");
  else if (*folder == '\0')
    lanmu_ctl_print ("%s\n", _ ("No second copy is kept any more; what is there stays."));
  else
    lanmu_ctl_print (_ ("The station keeps a second copy in %s from now on.\n"), folder);
  lanmu_store_close (store);
  return code;
}

int lanmu_ctl_backup (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL;
  g_autofree char *second = NULL;
  const GOptionEntry entries[] = {
      {"second", 0, 0, G_OPTION_ARG_FILENAME, &second, _ ("folder on another disk that the station keeps up to date; none: stop that"), "DIR"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 1, &rest, &code))
    return code;
  if (second != NULL && (rest[0] != NULL || *second == '\0'))
    return lanmu_ctl_misuse (ctl, "backup", "%s", _ ("Say `backup`, `backup DIR` or `backup --second DIR`."));
  return second != NULL ? set_second (ctl, second) : copy_by_hand (ctl, rest[0]);
}
