/* Do tickets, shots and students agree? Part of verify. The database's own triggers refuse most of this; here it is
 * asked of what is really in the file, whoever wrote it. */
#include "app/verify/verifying.h"
#include "db/codes.h"

static gboolean is_decided_by_hand (const LanmuShotRow *shot)
{
  return *shot->reason != '\0'; /* it was in quarantine: assign keeps why */
}

static void check_shot (LanmuVerifying *self, const LanmuShotRow *shot)
{
  const LanmuTicketRow *ticket = g_hash_table_lookup (self->tickets, shot->ticket_id);
  const LanmuSubject subject = {.shot = shot, .ticket = ticket};
  gboolean attached = shot->state == LANMU_SHOT_ATTACHED;
  if (ticket == NULL) {
    lanmu_verify_say (self, "no_ticket", TRUE, &subject, "Shot %s names ticket %s, which does not exist.", shot->id,
                      shot->ticket_id);
    return;
  }
  /* A ticket still open here was ended between the two readings, by a running station. */
  gboolean ended = ticket->state == LANMU_TICKET_ATTACHED || ticket->state == LANMU_TICKET_QUARANTINED ||
                   ticket->state == LANMU_TICKET_OPEN;
  if (!ended || (attached && ticket->state == LANMU_TICKET_QUARANTINED))
    lanmu_verify_say (self, "ticket_state", TRUE, &subject, "Shot %s is %s, but its ticket is %s.", shot->id,
                      lanmu_shot_state_to_string (shot->state), lanmu_ticket_state_to_string (ticket->state));
  if (attached && shot->student_id == 0 && shot->token == NULL)
    lanmu_verify_say (self, "no_owner", TRUE, &subject, "Shot %s is attached to nobody.", shot->id);
  const LanmuShotRow proved = lanmu_verify_as_proved (self, shot);
  if (attached && ticket->student_id != proved.student_id && !is_decided_by_hand (&proved))
    lanmu_verify_say (self, "wrong_owner", TRUE, &subject,
                      "Shot %s is attached to student “%s”, its ticket was opened for “%s”.", shot->id,
                      lanmu_verify_no (self, proved.student_id), lanmu_verify_no (self, ticket->student_id));
  if (shot->state == LANMU_SHOT_QUARANTINED) {
    self->out->quarantined++;
    if (shot->student_id != 0)
      lanmu_verify_say (self, "wrong_owner", TRUE, &subject, "Shot %s is in quarantine and yet given to a student.",
                        shot->id);
  }
  if (*shot->raw_file != '\0' && *shot->raw_path == '\0') {
    self->out->raw_pending++;
    lanmu_verify_say (self, "raw_pending", FALSE, &subject,
                      "The RAW file %s of shot %s is still on the card; connect the camera to fetch it.",
                      shot->raw_file, shot->id);
  }
}

static void check_ticket (LanmuVerifying *self, const LanmuTicketRow *ticket, GHashTable *answered)
{
  const LanmuSubject subject = {.ticket = ticket};
  gboolean has_shot = g_hash_table_contains (answered, ticket->id);
  if (ticket->state == LANMU_TICKET_OPEN) {
    if (!has_shot) {
      self->out->open_tickets++;
      lanmu_verify_say (
          self, "open_ticket", FALSE, &subject,
          "Ticket %s is open: its picture was not seen yet; connect the camera and run `lanmuctl reconcile`.",
          ticket->id);
    }
    return;
  }
  if (ticket->state == LANMU_TICKET_FAILED && *ticket->reason == '\0')
    lanmu_verify_say (self, "no_reason", TRUE, &subject, "Ticket %s failed without a reason.", ticket->id);
  if (ticket->state != LANMU_TICKET_FAILED && !has_shot)
    lanmu_verify_say (self, "lost_shot", TRUE, &subject, "Ticket %s says %s, but there is no shot of it.", ticket->id,
                      lanmu_ticket_state_to_string (ticket->state));
}

static void check_student (LanmuVerifying *self, const LanmuStudentRow *student)
{
  const LanmuSubject subject = {.student_id = student->id};
  const LanmuShotRow *chosen =
      student->chosen_shot != NULL ? g_hash_table_lookup (self->shots, student->chosen_shot) : NULL;
  if (student->state == LANMU_STUDENT_ACCEPTED && student->chosen_shot == NULL)
    lanmu_verify_say (self, "no_portrait", TRUE, &subject, "Student %s is accepted without a chosen shot.",
                      student->student_no);
  else if (student->chosen_shot != NULL &&
           (chosen == NULL || chosen->student_id != student->id || chosen->state != LANMU_SHOT_ATTACHED))
    lanmu_verify_say (self, "wrong_portrait", TRUE, &subject,
                      "The chosen shot %s of student %s is not an attached shot of this student.", student->chosen_shot,
                      student->student_no);
  if (student->state == LANMU_STUDENT_SHOT && student->takes == 0)
    lanmu_verify_say (self, "no_take", TRUE, &subject, "Student %s counts as shot without a picture.",
                      student->student_no);
}

static void check_code (LanmuVerifying *self, const LanmuCodeRow *code)
{
  const LanmuShotRow *chosen = code->chosen_shot != NULL ? g_hash_table_lookup (self->shots, code->chosen_shot) : NULL;
  const LanmuSubject subject = {.shot = chosen};
  if (code->chosen_shot != NULL && (chosen == NULL || chosen->student_id != 0 || chosen->state != LANMU_SHOT_ATTACHED ||
                                    g_strcmp0 (chosen->token, code->token) != 0))
    lanmu_verify_say (self, "wrong_portrait", TRUE, &subject,
                      "The chosen shot %s of capture code number %" G_GINT64_FORMAT " is not an attached shot of it.",
                      code->chosen_shot, code->number);
  if (code->state == LANMU_CODE_SHOT && code->takes == 0)
    lanmu_verify_say (self, "no_take", TRUE, &subject,
                      "Capture code number %" G_GINT64_FORMAT " counts as shot without a picture.", code->number);
}

gboolean lanmu_verify_codes (LanmuVerifying *self, GError **error)
{
  g_autoptr (GPtrArray) codes = lanmu_codes_get_all (self->db, error);
  for (guint i = 0; codes != NULL && i < codes->len; i++)
    check_code (self, g_ptr_array_index (codes, i));
  return codes != NULL;
}

void lanmu_verify_rows (LanmuVerifying *self)
{
  g_autoptr (GHashTable) answered = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value;
  for (guint i = 0; i < self->shot_list->len; i++) {
    LanmuShotRow *shot = g_ptr_array_index (self->shot_list, i);
    const LanmuSubject subject = {.shot = shot};
    if (!g_hash_table_add (answered, shot->ticket_id))
      lanmu_verify_say (self, "two_shots", TRUE, &subject, "Ticket %s has more than one shot.", shot->ticket_id);
    check_shot (self, shot);
  }
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    check_ticket (self, value, answered);
  g_hash_table_iter_init (&iter, self->students);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    check_student (self, value);
}
