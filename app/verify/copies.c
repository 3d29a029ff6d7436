/* Copies of the database and the second copy of the pictures: are they what they should be? Part of verify. A copy that is missing is a note (the disk may
 * be in a drawer), one with other bytes is broken. */
#include "app/verify/verifying.h"

#include "db/audit.h"
#include "db/backups.h"
#include "db/campaign.h"
#include "db/datadir.h"
#include "db/secondcopy.h"
#include "db/settings.h"
#include "db/vault.h"

/* The audit as it is now: id → hash; and how far a restore went back. */
typedef struct {
  GHashTable *hashes; /* gint64 * → char * */
  gint64 restored_us; /* wall of the newest restore, 0 = none */
  gint64 restored_to; /* audit rows of the copy it came from */
} Chain;

static gboolean keep_hash (const LanmuAuditRow *row, gpointer data)
{
  Chain *chain = data;
  g_hash_table_insert (chain->hashes, g_memdup2 (&row->id, sizeof row->id), g_strdup (row->hash));
  if (g_str_equal (row->action, "database.restore")) {
    chain->restored_us = row->wall_us;
    chain->restored_to = row->id - 1;
  }
  return TRUE;
}

/* Rows that a copy saw and that are not there any more were cut off or written anew; after a restore from an older copy that is so by a person's word. */
static void check_anchor (LanmuVerifying *self, const Chain *chain, const LanmuBackupRow *row)
{
  const LanmuSubject subject = {.path = row->path};
  const char *hash = g_hash_table_lookup (chain->hashes, &row->audit_rows);
  if (row->audit_rows == 0 || (hash != NULL && g_str_equal (hash, row->audit_hash)))
    return;
  gboolean given_up = row->wall_us <= chain->restored_us && row->audit_rows > chain->restored_to;
  lanmu_verify_say (self, given_up ? "given_up_copy" : "broken_audit", !given_up, &subject,
                    given_up ? "The copy %s knows %" G_GINT64_FORMAT " audit rows from before the restore."
                             : "The copy %s saw %" G_GINT64_FORMAT
                               " audit rows that the database does not have any more: its audit was cut off or changed.",
                    row->name, row->audit_rows);
}

/* deep: read the copy whole. The newest is the one a restore takes. */
static gboolean check_folder (LanmuVerifying *self, const Chain *chain, const char *dir, GError **error)
{
  g_autofree char *folder = g_build_filename (dir, LANMU_DATADIR_BACKUPS, NULL);
  g_autoptr (GPtrArray) rows = lanmu_backups_list (folder, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const LanmuBackupRow *row = g_ptr_array_index (rows, i);
    const LanmuSubject subject = {.path = row->path};
    g_autoptr (GError) why = NULL;
    self->out->copies++;
    check_anchor (self, chain, row);
    if (!lanmu_backup_check (row, &why))
      lanmu_verify_say (self, "bad_copy", TRUE, &subject, "%s.", why->message);
  }
  return rows != NULL;
}

static void check_second (LanmuVerifying *self, const LanmuShotRow *shot, const char *folder, const char *path,
                          const char *sha256, guint *missing)
{
  g_autofree char *full = g_build_filename (folder, path, NULL);
  const LanmuSubject subject = {.shot = shot, .path = full};
  g_autoptr (GError) error = NULL;
  g_autofree char *is = *path != '\0' ? lanmu_vault_sum (folder, path, NULL, &error) : NULL;
  if (*path == '\0' || g_error_matches (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW)) {
    *missing += *path != '\0';
    return;
  }
  if (is == NULL || !g_str_equal (is, sha256))
    lanmu_verify_say (self, "changed_copy", TRUE, &subject,
                      "The second copy of shot %s holds other bytes: remove it, the station copies it anew.", shot->id);
}

static void check_pictures (LanmuVerifying *self, const char *folder)
{
  const LanmuSubject subject = {.path = folder};
  guint missing = 0;
  for (guint i = 0; i < self->shot_list->len; i++) {
    const LanmuShotRow *shot = g_ptr_array_index (self->shot_list, i);
    check_second (self, shot, folder, shot->path, shot->sha256, &missing);
    check_second (self, shot, folder, shot->raw_path, shot->raw_sha256, &missing);
  }
  if (missing > 0)
    lanmu_verify_say (self, "not_copied", FALSE, &subject,
                      "%u pictures are not in the second copy %s yet: start the station, which copies them.", missing,
                      folder);
}

static gboolean check_second_copy (LanmuVerifying *self, const Chain *chain, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autofree char *folder = lanmu_setting_get (self->db, LANMU_SETTING_SECOND_COPY, "", error);
  g_autoptr (LanmuCampaignRow) campaign = folder != NULL && *folder != '\0' ? lanmu_campaign_get (self->db, error) : NULL;
  const LanmuSubject subject = {.path = folder};
  if (folder == NULL || *folder == '\0' || campaign == NULL)
    return folder != NULL && *folder == '\0';
  if (!lanmu_second_copy_check (folder, campaign->uuid, &why)) {
    lanmu_verify_say (self, "no_second_copy", FALSE, &subject, "%s.", why->message);
    return TRUE;
  }
  check_pictures (self, folder);
  return check_folder (self, chain, folder, error);
}

gboolean lanmu_verify_copies (LanmuVerifying *self, GError **error)
{
  Chain chain = {.hashes = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free)};
  gboolean done = lanmu_audit_list (self->db, 0, keep_hash, &chain, error) &&
                  check_folder (self, &chain, self->dir, error) && check_second_copy (self, &chain, error);
  g_hash_table_unref (chain.hashes);
  return done;
}
