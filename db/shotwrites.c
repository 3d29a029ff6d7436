/* A picture becomes a row, and what people decide about it afterwards. Each function is one transaction; see shots.h
 * for the promises. Runs on the thread that owns the connection. */
#include "db/shots.h"
#include "db/audit.h"
#include "db/bindings.h"
#include "db/cardfiles.h"
#include "db/codes.h"
#include "db/json.h"
#include "db/sql.h"
#include "db/students.h"

static gboolean refuse (GError **error, const char *shot_id, const char *why)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "Shot %s: %s", shot_id, why);
  return FALSE;
}

/* The ticket that this shot may end: open, and its binding's capture code with it. */
static LanmuTicketRow *load_ticket (LanmuDb *db, const LanmuShotRow *shot, char **token, GError **error)
{
  g_autoptr (LanmuTicketRow) ticket = lanmu_ticket_get (db, shot->ticket_id, error);
  g_autoptr (LanmuBindingRow) binding = NULL;

  if (!ticket)
    return NULL;
  if (ticket->state != LANMU_TICKET_OPEN) {
    refuse (error, shot->id, "its ticket has ended already");
    return NULL;
  }
  if (ticket->origin == LANMU_ORIGIN_BODY && ticket->binding_id == 0)
    ticket->binding_id = shot->binding_id;
  if (ticket->binding_id && !(binding = lanmu_binding_get (db, ticket->binding_id, error)))
    return NULL;
  if (binding && shot->binding_id && binding->student_id != shot->student_id) {
    refuse (error, shot->id, "it is not for the student of its binding");
    return NULL;
  }
  *token = binding ? g_strdup (binding->token) : NULL;
  return g_steal_pointer (&ticket);
}

static gboolean check_new_bytes (LanmuDb *db, const LanmuShotRow *shot, GError **error)
{
  g_autofree char *known = NULL;

  if (!lanmu_shots_find_sha256 (db, shot->sha256, &known, error))
    return FALSE;
  if (known)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS, "Shot %s: its bytes are those of shot %s", shot->id,
                 known);
  return !known;
}

static gboolean insert_row (LanmuDb *db, const LanmuShotRow *shot, LanmuShotState state, const LanmuTicketRow *ticket,
                            const char *token, gint64 sequence_no, GError **error)
{
  return lanmu_sql_run (db, error, NULL,
                        "INSERT INTO shot (id, ticket_id, student_id, token, state, reason, likely_student_id, "
                        "sequence_no, origin, sha256, size, path, width, "
                        "height, camera_serial, camera_folder, camera_file, exif_time, exposed_lo_us, exposed_hi_us, "
                        "proof, raw_path, raw_sha256, raw_size, "
                        "raw_file, checks, wall_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                        "?, ?, ?, ?, ?, ?, ?, ?)",
                        "sszssezissisiieeeezzeeeiesi", shot->id, shot->ticket_id, shot->student_id, token,
                        lanmu_shot_state_to_string (state), shot->reason, shot->likely_student_id, sequence_no,
                        lanmu_origin_to_string (ticket->origin), shot->sha256, shot->size, shot->path,
                        (gint64) shot->width, (gint64) shot->height, shot->camera_serial, shot->camera_folder,
                        shot->camera_file, shot->exif_time, shot->exposed_lo_us, shot->exposed_hi_us, shot->proof,
                        shot->raw_path, shot->raw_sha256, shot->raw_size, shot->raw_file,
                        shot->checks ? shot->checks : "{}", shot->wall_us ? shot->wall_us : g_get_real_time ());
}

static gboolean end_ticket (LanmuDb *db, const LanmuShotRow *shot, LanmuTicketState state, GError **error)
{
  return lanmu_sql_run (
      db, error, NULL,
      "UPDATE ticket SET state = ?, reason = ?, ended_wall_us = ?, student_id = coalesce (student_id, ?), "
      "binding_id = coalesce (binding_id, ?) WHERE id = ?",
      "seizzs", lanmu_ticket_state_to_string (state), shot->reason, g_get_real_time (), shot->student_id,
      shot->binding_id, shot->ticket_id);
}

static gboolean note_on_card (LanmuDb *db, const LanmuShotRow *shot, const char *actor, GError **error)
{
  const LanmuCardFileRow row = {
      .camera_serial = shot->camera_serial,
      .folder = shot->camera_folder,
      .name = shot->camera_file,
      .size = shot->size,
      .state = LANMU_CARD_SHOT,
      .shot_id = shot->id,
  };

  if (!shot->camera_file || !*shot->camera_file)
    return TRUE;
  return lanmu_card_file_set (db, &row, actor, error);
}

static gboolean audit_shot (LanmuDb *db, const char *actor, const char *action, const LanmuShotRow *shot,
                            gint64 sequence_no, GError **error)
{
  g_autofree char *subject = g_strconcat ("shot/", shot->id, NULL);
  g_autofree char *detail = lanmu_json_object ("siisssi", "ticket", shot->ticket_id, "student", shot->student_id,
                                               "sequence_no", sequence_no, "sha256", shot->sha256, "proof", shot->proof,
                                               "reason", shot->reason, "likely", shot->likely_student_id);

  return lanmu_audit_append (db, actor, action, subject, detail, error);
}

/* A take ends the waiting; who is accepted keeps the portrait that was chosen. */
static gboolean mark_shot (LanmuDb *db, gint64 student_id, const char *token, GError **error)
{
  return student_id == 0
             ? lanmu_code_mark_shot (db, token, error)
             : lanmu_sql_run (
                   db, error, NULL,
                   "UPDATE student SET state = 'shot', state_us = ? WHERE id = ? AND state NOT IN ('accepted', 'shot')",
                   "ii", g_get_real_time (), student_id);
}

static gboolean check_owner (const LanmuShotRow *shot, const LanmuTicketRow *ticket, const char *token, GError **error)
{
  if (ticket->student_id && ticket->student_id != shot->student_id)
    return refuse (error, shot->id, "its ticket was opened for another student");
  if (!ticket->student_id && ticket->origin == LANMU_ORIGIN_HOST && shot->student_id)
    return refuse (error, shot->id, "its ticket was opened for a capture code, not for a student");
  if (!shot->student_id && !token)
    return refuse (error, shot->id, "there is nobody to attach it to");
  return TRUE;
}

static gboolean attach (LanmuDb *db, const LanmuShotRow *wanted, const char *actor, gint64 *sequence_no, GError **error)
{
  g_autofree char *token = NULL;
  g_autoptr (LanmuTicketRow) ticket = load_ticket (db, wanted, &token, error);
  LanmuShotRow shot = *wanted;

  shot.reason = NULL;
  shot.likely_student_id = 0;
  shot.binding_id = ticket ? ticket->binding_id : 0;
  if (!ticket || !check_owner (&shot, ticket, token, error) || !check_new_bytes (db, &shot, error))
    return FALSE;
  *sequence_no = shot.sequence_no ? shot.sequence_no : lanmu_shots_next_sequence_no (db, error);
  /* The ticket first: the schema holds the shot's student against the ticket's. */
  return *sequence_no && end_ticket (db, &shot, LANMU_TICKET_ATTACHED, error) &&
         insert_row (db, &shot, LANMU_SHOT_ATTACHED, ticket, token, *sequence_no, error) &&
         mark_shot (db, shot.student_id, token, error) && note_on_card (db, &shot, actor, error) &&
         audit_shot (db, actor, "shot.attach", &shot, *sequence_no, error);
}

gboolean lanmu_shot_attach (LanmuDb *db, const LanmuShotRow *shot, const char *actor, gint64 *sequence_no,
                            GError **error)
{
  gint64 number = 0;

  if (!lanmu_db_begin (db, "shot.attach", error) || !lanmu_db_end (db, attach (db, shot, actor, &number, error), error))
    return FALSE;
  if (sequence_no)
    *sequence_no = number;
  return TRUE;
}

static gboolean quarantine (LanmuDb *db, const LanmuShotRow *wanted, const char *actor, gint64 *sequence_no,
                            GError **error)
{
  g_autofree char *token = NULL;
  LanmuShotRow shot = *wanted;

  shot.student_id = shot.binding_id = 0;
  g_autoptr (LanmuTicketRow) ticket = load_ticket (db, &shot, &token, error);
  if (!ticket || !check_new_bytes (db, &shot, error))
    return FALSE;
  if (!shot.reason || !*shot.reason)
    return refuse (error, shot.id, "it cannot go to quarantine without a reason");
  *sequence_no = shot.sequence_no ? shot.sequence_no : lanmu_shots_next_sequence_no (db, error);
  return *sequence_no && end_ticket (db, &shot, LANMU_TICKET_QUARANTINED, error) &&
         insert_row (db, &shot, LANMU_SHOT_QUARANTINED, ticket, token, *sequence_no, error) &&
         note_on_card (db, &shot, actor, error) &&
         audit_shot (db, actor, "shot.quarantine", &shot, *sequence_no, error);
}

gboolean lanmu_shot_quarantine (LanmuDb *db, const LanmuShotRow *shot, const char *actor, gint64 *sequence_no,
                                GError **error)
{
  gint64 number = 0;

  if (!lanmu_db_begin (db, "shot.quarantine", error) ||
      !lanmu_db_end (db, quarantine (db, shot, actor, &number, error), error))
    return FALSE;
  if (sequence_no)
    *sequence_no = number;
  return TRUE;
}
