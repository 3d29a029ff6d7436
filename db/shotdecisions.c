/* What a person decides about a shot that is in the vault: whose it is, out of the tray, the portrait. Each function is
 * one transaction. Runs on the thread that owns the connection. */
#include "db/shots.h"
#include "db/audit.h"
#include "db/codes.h"
#include "db/json.h"
#include "db/sql.h"
#include "db/students.h"

static gboolean refuse (GError **error, const char *shot_id, const char *why)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "Shot %s: %s", shot_id, why);
  return FALSE;
}

static gboolean audit (LanmuDb *db, const char *actor, const char *action, const char *shot_id, const char *detail,
                       GError **error)
{
  g_autofree char *subject = g_strconcat ("shot/", shot_id, NULL);

  return lanmu_audit_append (db, actor, action, subject, detail, error);
}

static LanmuShotRow *load_quarantined (LanmuDb *db, const char *shot_id, GError **error)
{
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, shot_id, error);

  if (!shot)
    return NULL;
  if (shot->state != LANMU_SHOT_QUARANTINED) {
    refuse (error, shot_id, "it is not in quarantine");
    return NULL;
  }
  return g_steal_pointer (&shot);
}

/* The ticket keeps the student it was opened for: who was bound then is a fact that no decision changes. */
static gboolean end_in_tray (LanmuDb *db, const LanmuShotRow *shot, gint64 student_id, GError **error)
{
  return lanmu_sql_run (db, error, NULL,
                        "UPDATE ticket SET state = 'attached', student_id = coalesce (student_id, ?) WHERE id = ?", "zs",
                        student_id, shot->ticket_id);
}

/* A token of its sitting stays with the picture only when that student sat under it. */
static gboolean give_to_student (LanmuDb *db, const LanmuShotRow *shot, gint64 student_id, const char *new_path, GError **error)
{
  return lanmu_sql_run (db, error, NULL,
                        "UPDATE shot SET state = 'attached', student_id = ?1, path = coalesce (?2, path), token = "
                        "(SELECT b.token FROM ticket AS t JOIN binding AS b ON b.id = t.binding_id WHERE t.id = shot.ticket_id "
                        "AND b.student_id = ?1) WHERE id = ?3",
                        "iss", student_id, new_path, shot->id) &&
         end_in_tray (db, shot, student_id, error) &&
         lanmu_sql_run (
             db, error, NULL,
             "UPDATE student SET state = 'shot', state_us = ? WHERE id = ? AND state NOT IN ('accepted', 'shot')", "ii",
             g_get_real_time (), student_id);
}

static gboolean assign (LanmuDb *db, const char *shot_id, gint64 student_id, const char *new_path, const char *actor,
                        GError **error)
{
  g_autoptr (LanmuShotRow) shot = load_quarantined (db, shot_id, error);
  g_autoptr (LanmuStudentRow) student = shot ? lanmu_student_get (db, student_id, error) : NULL;

  if (!student)
    return FALSE;
  g_autofree char *detail =
      lanmu_json_object ("isi", "student", student_id, "was", shot->reason, "likely", shot->likely_student_id);
  return give_to_student (db, shot, student_id, new_path, error) && audit (db, actor, "shot.assign", shot_id, detail, error);
}

static gboolean assign_code (LanmuDb *db, const char *shot_id, const char *token, const char *new_path, const char *actor,
                             GError **error)
{
  g_autoptr (LanmuShotRow) shot = load_quarantined (db, shot_id, error);
  g_autoptr (LanmuCodeRow) code = shot ? lanmu_code_get (db, token, error) : NULL;

  if (!code)
    return FALSE;
  g_autofree char *detail = lanmu_json_object ("isi", "code", code->number, "was", shot->reason, "likely", shot->likely_student_id);
  return lanmu_sql_run (db, error, NULL,
                        "UPDATE shot SET state = 'attached', student_id = NULL, token = ?, path = coalesce (?, path) WHERE id = ?",
                        "sss", token, new_path, shot_id) &&
         end_in_tray (db, shot, 0, error) && lanmu_code_mark_shot (db, token, error) &&
         audit (db, actor, "shot.assign", shot_id, detail, error);
}

gboolean lanmu_shot_assign_code (LanmuDb *db, const char *shot_id, const char *token, const char *new_path,
                                 const char *actor, GError **error)
{
  return lanmu_db_begin (db, "shot.assign", error) &&
         lanmu_db_end (db, assign_code (db, shot_id, token, new_path, actor, error), error);
}

gboolean lanmu_shot_assign (LanmuDb *db, const char *shot_id, gint64 student_id, const char *new_path,
                            const char *actor, GError **error)
{
  return lanmu_db_begin (db, "shot.assign", error) &&
         lanmu_db_end (db, assign (db, shot_id, student_id, new_path, actor, error), error);
}

static gboolean discard (LanmuDb *db, const char *shot_id, const char *reason, const char *actor, GError **error)
{
  g_autoptr (LanmuShotRow) shot = load_quarantined (db, shot_id, error);

  if (!shot)
    return FALSE;
  if (!reason || !*reason)
    return refuse (error, shot_id, "it cannot be discarded without a reason");
  g_autofree char *detail = lanmu_json_object ("ss", "reason", reason, "was", shot->reason);
  return lanmu_sql_run (db, error, NULL, "UPDATE shot SET state = 'discarded', reason = ? WHERE id = ?", "ss", reason,
                        shot_id) &&
         audit (db, actor, "shot.discard", shot_id, detail, error);
}

gboolean lanmu_shot_discard (LanmuDb *db, const char *shot_id, const char *reason, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "shot.discard", error) &&
         lanmu_db_end (db, discard (db, shot_id, reason, actor, error), error);
}

static gboolean undiscard (LanmuDb *db, const char *shot_id, const char *reason, const char *actor, GError **error)
{
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, shot_id, error);

  if (!shot)
    return FALSE;
  if (shot->state != LANMU_SHOT_DISCARDED)
    return refuse (error, shot_id, "it was not discarded");
  if (!reason || !*reason)
    return refuse (error, shot_id, "it cannot go back to quarantine without a reason");
  g_autofree char *detail = lanmu_json_object ("ss", "reason", reason, "was", shot->reason);
  return lanmu_sql_run (db, error, NULL, "UPDATE shot SET state = 'quarantined', reason = ? WHERE id = ?", "ss", reason,
                        shot_id) &&
         audit (db, actor, "shot.undiscard", shot_id, detail, error);
}

gboolean lanmu_shot_undiscard (LanmuDb *db, const char *shot_id, const char *reason, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "shot.undiscard", error) &&
         lanmu_db_end (db, undiscard (db, shot_id, reason, actor, error), error);
}

static gboolean accept_shot (LanmuDb *db, gint64 student_id, const char *shot_id, const char *actor, GError **error)
{
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, shot_id, error);

  if (!shot)
    return FALSE;
  if (shot->state != LANMU_SHOT_ATTACHED || !student_id || shot->student_id != student_id)
    return refuse (error, shot_id, "it is not an attached shot of this student");
  if (shot->chosen)
    return TRUE;
  g_autofree char *detail = lanmu_json_object ("i", "student", student_id);
  return lanmu_sql_run (db, error, NULL,
                        "UPDATE student SET chosen_shot = ?, state = 'accepted', state_us = ? WHERE id = ?", "sii",
                        shot_id, g_get_real_time (), student_id) &&
         audit (db, actor, "shot.accept", shot_id, detail, error);
}

gboolean lanmu_shot_accept (LanmuDb *db, gint64 student_id, const char *shot_id, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "shot.accept", error) &&
         lanmu_db_end (db, accept_shot (db, student_id, shot_id, actor, error), error);
}

static gboolean unaccept (LanmuDb *db, gint64 student_id, const char *actor, GError **error)
{
  g_autoptr (LanmuStudentRow) student = lanmu_student_get (db, student_id, error);

  if (!student)
    return FALSE;
  if (student->state != LANMU_STUDENT_ACCEPTED) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "Student %s has no accepted shot to take back",
                 student->student_no);
    return FALSE;
  }
  g_autofree char *detail = lanmu_json_object ("i", "student", student_id);
  return lanmu_sql_run (db, error, NULL,
                        "UPDATE student SET chosen_shot = NULL, state = 'shot', state_us = ? WHERE id = ?", "ii",
                        g_get_real_time (), student_id) &&
         audit (db, actor, "shot.unaccept", student->chosen_shot, detail, error);
}

gboolean lanmu_shot_unaccept (LanmuDb *db, gint64 student_id, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "shot.unaccept", error) &&
         lanmu_db_end (db, unaccept (db, student_id, actor, error), error);
}

static gboolean set_camera_file (LanmuDb *db, const char *shot_id, const char *folder, const char *name, const char *actor,
                                 GError **error)
{
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, shot_id, error);
  g_autofree char *detail = lanmu_json_object ("ss", "folder", folder, "file", name);

  if (!shot)
    return FALSE;
  if (*shot->camera_file)
    return refuse (error, shot_id, "its name on the card is known already");
  return lanmu_sql_run (db, error, NULL, "UPDATE shot SET camera_folder = ?, camera_file = ? WHERE id = ?", "sss", folder,
                        name, shot_id) &&
         audit (db, actor, "shot.file", shot_id, detail, error);
}

gboolean lanmu_shot_set_camera_file (LanmuDb *db, const char *shot_id, const char *folder, const char *name,
                                     const char *actor, GError **error)
{
  return lanmu_db_begin (db, "shot.file", error) &&
         lanmu_db_end (db, set_camera_file (db, shot_id, folder, name, actor, error), error);
}

static gboolean set_raw (LanmuDb *db, const char *shot_id, const char *raw_file, const char *raw_path,
                         const char *raw_sha256, gint64 raw_size, const char *actor, GError **error)
{
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, shot_id, error);
  g_autofree char *detail = lanmu_json_object ("ssi", "file", raw_file, "sha256", raw_sha256, "size", raw_size);

  if (!shot)
    return FALSE;
  if (*shot->raw_path)
    return refuse (error, shot_id, "it has its RAW file already");
  return lanmu_sql_run (db, error, NULL,
                        "UPDATE shot SET raw_file = ?, raw_path = ?, raw_sha256 = ?, raw_size = ? WHERE id = ?",
                        "eeeis", raw_file, raw_path, raw_sha256, raw_size, shot_id) &&
         audit (db, actor, "shot.raw", shot_id, detail, error);
}

gboolean lanmu_shot_set_raw (LanmuDb *db, const char *shot_id, const char *raw_file, const char *raw_path,
                             const char *raw_sha256, gint64 raw_size, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "shot.raw", error) &&
         lanmu_db_end (db, set_raw (db, shot_id, raw_file, raw_path, raw_sha256, raw_size, actor, error), error);
}

gboolean lanmu_shot_set_checks (LanmuDb *db, const char *shot_id, const char *json, GError **error)
{
  gint64 valid;
  int changes = 0;

  if (!lanmu_sql_int (db, error, &valid, 0, "SELECT json_valid (?)", "e", json))
    return FALSE;
  if (!valid)
    return refuse (error, shot_id, "its checks are not JSON");
  return lanmu_sql_run (db, error, &changes, "UPDATE shot SET checks = ? WHERE id = ?", "ss", json, shot_id) &&
         (changes || lanmu_sql_no_row (error, "shot", shot_id));
}
