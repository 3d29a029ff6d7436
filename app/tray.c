/* The quarantine tray; see tray.h. On the store thread. */
#include "app/tray.h"

#include "db/students.h"
#include "db/vault.h"

/* A file still under both names after a crash between row and unlink: the row says which counts. */
static gboolean finish (LanmuDb *db, const LanmuShotRow *shot, GError **error)
{
  const char *dir = lanmu_db_get_data_dir (db);
  g_autofree char *id = g_path_get_basename (shot->path);
  g_autoptr (GPtrArray) files = lanmu_vault_list (dir, LANMU_VAULT_QUARANTINE, error);
  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++) {
    const LanmuVaultFile *file = g_ptr_array_index (files, i);
    g_autofree char *name = g_path_get_basename (file->path);
    if (g_str_equal (name, id) && !lanmu_vault_unlink_old (dir, file->path, shot->path, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean move (LanmuDb *db, const LanmuShotRow *shot, const LanmuStudentRow *student, const char *actor,
                      GError **error)
{
  const char *dir = lanmu_db_get_data_dir (db);
  g_autofree char *new_path = NULL;
  return lanmu_vault_link (dir, shot->path, LANMU_VAULT_SHOTS, &new_path, error) &&
         lanmu_shot_assign (db, shot->id, student->id, new_path, actor, error) &&
         lanmu_vault_unlink_old (dir, shot->path, new_path, error);
}

gboolean lanmu_tray_assign (LanmuDb *db, gpointer data, GError **error)
{
  const LanmuTrayWord *word = data;
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, word->shot, error);
  g_autoptr (LanmuStudentRow) student = shot != NULL ? lanmu_student_get_by_no (db, word->student_no, error) : NULL;
  if (student == NULL)
    return FALSE;
  if (shot->state == LANMU_SHOT_ATTACHED && shot->student_id == student->id)
    return finish (db, shot, error);
  if (shot->state != LANMU_SHOT_QUARANTINED) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
                 "Shot %s is not in quarantine (%s): only quarantined shots are assigned", shot->id,
                 lanmu_shot_state_to_string (shot->state));
    return FALSE;
  }
  return move (db, shot, student, word->actor, error);
}

gboolean lanmu_tray_discard (LanmuDb *db, gpointer data, GError **error)
{
  const LanmuTrayWord *word = data;
  return lanmu_shot_discard (db, word->shot, word->reason, word->actor, error);
}
