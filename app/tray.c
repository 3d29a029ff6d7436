/* The quarantine tray; see tray.h. On the store thread. */
#include "app/tray.h"

#include <glib/gi18n.h>

#include "app/owner.h"
#include "db/repairs.h"
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

static gboolean write_owner (LanmuDb *db, const LanmuShotRow *shot, const LanmuStudentRow *owner, const char *new_path,
                             const char *actor, GError **error)
{
  const char *token = lanmu_owner_get_token (owner);
  return token != NULL ? lanmu_shot_assign_code (db, shot->id, token, new_path, actor, error)
                       : lanmu_shot_assign (db, shot->id, owner->id, new_path, actor, error);
}

static gboolean is_of (const LanmuShotRow *shot, const LanmuStudentRow *owner)
{
  const char *token = lanmu_owner_get_token (owner);
  return shot->state == LANMU_SHOT_ATTACHED && shot->student_id == lanmu_owner_get_student_id (owner) &&
         (token == NULL || g_strcmp0 (shot->token, token) == 0);
}

static gboolean move (LanmuDb *db, const LanmuShotRow *shot, const LanmuStudentRow *owner, const char *actor,
                      GError **error)
{
  const char *dir = lanmu_db_get_data_dir (db);
  g_autofree char *new_path = NULL;
  return lanmu_vault_link (dir, shot->path, LANMU_VAULT_SHOTS, &new_path, error) &&
         write_owner (db, shot, owner, new_path, actor, error) &&
         lanmu_vault_unlink_old (dir, shot->path, new_path, error);
}

gboolean lanmu_tray_assign (LanmuDb *db, gpointer data, GError **error)
{
  const LanmuTrayWord *word = data;
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, word->shot, error);
  g_autoptr (LanmuStudentRow) owner = shot != NULL ? lanmu_owner_get (db, word->student_no, error) : NULL;
  if (owner == NULL)
    return FALSE;
  if (is_of (shot, owner))
    return finish (db, shot, error);
  if (shot->state != LANMU_SHOT_QUARANTINED) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
                 "Shot %s is not in quarantine (%s): only quarantined shots are assigned", shot->id,
                 lanmu_shot_state_to_string (shot->state));
    return FALSE;
  }
  return move (db, shot, owner, word->actor, error);
}

gboolean lanmu_tray_discard (LanmuDb *db, gpointer data, GError **error)
{
  const LanmuTrayWord *word = data;
  return lanmu_shot_discard (db, word->shot, word->reason, word->actor, error);
}

gboolean lanmu_tray_undiscard (LanmuDb *db, gpointer data, GError **error)
{
  const LanmuTrayWord *word = data;
  return lanmu_shot_undiscard (db, word->shot, word->reason, word->actor, error);
}

static gboolean refuse (GError **error, const LanmuShotRow *shot, const char *why)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "Shot %s: %s", shot->id, why);
  return FALSE;
}

static LanmuRepairShot *describe_shot (const LanmuShotRow *shot, const char *new_path)
{
  LanmuRepairShot *moved = g_new0 (LanmuRepairShot, 1);
  moved->shot_id = g_strdup (shot->id);
  moved->from_student_id = moved->likely_student_id = shot->student_id;
  moved->from_token = g_strdup (shot->token);
  moved->from_reason = g_strdup (shot->reason);
  moved->to_reason = g_strdup (shot->reason);
  moved->path = g_strdup (new_path);
  return moved;
}

/* Without the picture: as before the assignment when it was the only one. */
static LanmuRepairPerson *describe_student (const LanmuStudentRow *student, int state_before)
{
  LanmuRepairPerson *person = g_new0 (LanmuRepairPerson, 1);
  LanmuStudentState after = student->state;
  if (student->state == LANMU_STUDENT_SHOT && student->takes <= 1)
    after = state_before == LANMU_STUDENT_SKIPPED || state_before == LANMU_STUDENT_ABSENT
                ? (LanmuStudentState) state_before
                : LANMU_STUDENT_WAITING;
  person->student_id = lanmu_owner_get_student_id (student);
  person->token = g_strdup (lanmu_owner_get_token (student));
  person->state_before = g_strdup (lanmu_student_state_to_string (student->state));
  person->state_after = g_strdup (lanmu_student_state_to_string (after));
  person->chosen_before = g_strdup (student->chosen_shot);
  person->chosen_after = g_strdup (student->chosen_shot);
  return person;
}

static gboolean write_unassign (LanmuDb *db, const LanmuShotRow *shot, const LanmuTrayWord *word, const char *new_path,
                                GError **error)
{
  g_autoptr (LanmuStudentRow) student = lanmu_owner_of_shot (db, shot, error);
  g_autoptr (LanmuRepairRow) row = lanmu_repair_row_new ();
  if (student == NULL)
    return FALSE;
  row->kind = LANMU_REPAIR_MOVE;
  row->actor = g_strdup (word->actor);
  row->reason = g_strdup ("assignment taken back");
  g_ptr_array_add (row->shots, describe_shot (shot, new_path));
  g_ptr_array_add (row->people, describe_student (student, word->state_before));
  return lanmu_repair_write (db, row, error);
}

gboolean lanmu_tray_unassign (LanmuDb *db, gpointer data, GError **error)
{
  const LanmuTrayWord *word = data;
  const char *dir = lanmu_db_get_data_dir (db);
  g_autofree char *new_path = NULL;
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, word->shot, error);
  if (shot == NULL)
    return FALSE;
  if (shot->state != LANMU_SHOT_ATTACHED || *shot->reason == '\0')
    return refuse (error, shot, "it was not given to anybody out of the tray");
  if (shot->chosen)
    return refuse (error, shot, "it is the portrait: accept another take first");
  if (!lanmu_vault_link (dir, shot->path, LANMU_VAULT_QUARANTINE, &new_path, error))
    return FALSE;
  if (write_unassign (db, shot, word, new_path, error))
    return lanmu_vault_unlink_old (dir, shot->path, new_path, error);
  lanmu_vault_unlink_old (dir, new_path, shot->path, NULL);
  return FALSE;
}

const char *lanmu_tray_reason_sentence (const char *reason)
{
  static const struct {
    const char *word, *sentence;
  } sentences[] = {
      {"damaged", N_ ("The picture is damaged")},
      {"size", N_ ("It is not as large as the camera says")},
      {"other-camera", N_ ("Another camera took it")},
      {"other-time", N_ ("It was taken at another time than the release")},
      {"between-students", N_ ("It was taken while one student left and the next sat down")},
      {"edge-of-binding", N_ ("It was taken just when the student was called or left")},
      {"nobody-bound", N_ ("Nobody was called when it was taken")},
      {"no-time", N_ ("The camera gave no time that could be trusted")},
      {"two-tickets", N_ ("It fits two releases of different students")},
      {"repair", N_ ("A repair moved it out of somebody's pictures")},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (g_strcmp0 (reason, sentences[i].word) == 0)
      return _ (sentences[i].sentence);
  return reason;
}
