/* Is every picture that shows somebody else than who was bound explained by a person's word? Part of verify: repairs and assignments ↔ shots ↔ audit. */
#include "app/verify/verifying.h"

#include <stdio.h>
#include <string.h>

#include "db/audit.h"

/* Words of the audit that explain an owner: "repair/ID" → detail, "shot/ID" → "" (assigned out of the tray). And which session wrote a shot's row: the one that
 * began last before it in the chain, whatever the wall clock was set to meanwhile. */
static gboolean keep_word (const LanmuAuditRow *row, gpointer data)
{
  LanmuVerifying *self = data;
  if (g_str_has_prefix (row->action, "repair."))
    g_hash_table_insert (self->words, g_strdup (row->subject), g_strdup (row->detail));
  else if (g_str_equal (row->action, "shot.assign"))
    g_hash_table_insert (self->words, g_strdup (row->subject), g_strdup (""));
  else if (g_str_equal (row->action, "session.begin"))
    sscanf (row->subject, "session/%" G_GINT64_FORMAT, &self->session);
  else if (g_str_equal (row->action, "shot.attach"))
    g_hash_table_insert (self->written, g_strdup (row->subject), g_memdup2 (&self->session, sizeof self->session));
  return TRUE;
}

static void index_shots (LanmuVerifying *self)
{
  for (guint i = 0; i < self->repairs->len; i++) {
    const LanmuRepairRow *repair = g_ptr_array_index (self->repairs, i);
    for (guint k = 0; k < repair->shots->len; k++) {
      LanmuRepairShot *shot = g_ptr_array_index (repair->shots, k);
      GPtrArray *chain = g_hash_table_lookup (self->repaired, shot->shot_id);
      if (chain == NULL) {
        chain = g_ptr_array_new ();
        g_hash_table_insert (self->repaired, shot->shot_id, chain);
      }
      g_ptr_array_add (chain, shot);
    }
  }
}

gboolean lanmu_verify_load_repairs (LanmuVerifying *self, GError **error)
{
  self->repairs = lanmu_repairs_get_all (self->db, error);
  if (self->repairs == NULL || !lanmu_audit_list (self->db, 0, keep_word, self, error))
    return FALSE;
  self->out->repairs = self->repairs->len;
  index_shots (self);
  return TRUE;
}

LanmuShotRow lanmu_verify_as_proved (LanmuVerifying *self, const LanmuShotRow *shot)
{
  const GPtrArray *chain = g_hash_table_lookup (self->repaired, shot->id);
  LanmuShotRow proved = *shot;
  if (chain == NULL)
    return proved;
  const LanmuRepairShot *first = g_ptr_array_index (chain, 0);
  proved.student_id = first->from_student_id;
  proved.token = first->from_token;
  proved.reason = first->from_reason;
  return proved;
}

static gboolean is_tray (gint64 student_id, const char *token)
{
  return student_id == 0 && token == NULL;
}

/* From one repair to the next; out of the tray a person may have assigned it in between. */
static gboolean follows (const LanmuRepairShot *before, gint64 student_id, const char *token)
{
  return (before->to_student_id == student_id && g_strcmp0 (before->to_token, token) == 0) ||
         is_tray (before->to_student_id, before->to_token);
}

static void check_chain (LanmuVerifying *self, const LanmuShotRow *shot, const GPtrArray *chain)
{
  const LanmuSubject subject = {.shot = shot};
  gboolean sound = TRUE;
  for (guint i = 1; i < chain->len; i++) {
    const LanmuRepairShot *next = g_ptr_array_index (chain, i);
    sound &= follows (g_ptr_array_index (chain, i - 1), next->from_student_id, next->from_token);
  }
  sound &= follows (g_ptr_array_index (chain, chain->len - 1), shot->student_id, shot->token);
  if (!sound)
    lanmu_verify_say (self, "wrong_owner", TRUE, &subject, "Shot %s does not belong to whom its last repair gave it.",
                      shot->id);
}

static void check_assigned (LanmuVerifying *self, const LanmuShotRow *shot)
{
  const LanmuSubject subject = {.shot = shot};
  g_autofree char *word = g_strconcat ("shot/", shot->id, NULL);
  if (shot->state == LANMU_SHOT_ATTACHED && *shot->reason != '\0' && !g_hash_table_contains (self->words, word))
    lanmu_verify_say (self, "wrong_owner", TRUE, &subject,
                      "Shot %s came out of quarantine, but the audit knows nobody who assigned it.", shot->id);
}

static void check_repair (LanmuVerifying *self, const LanmuRepairRow *repair)
{
  const LanmuSubject whole = {0};
  g_autofree char *subject = g_strdup_printf ("repair/%" G_GINT64_FORMAT, repair->id);
  g_autofree char *detail = lanmu_repair_describe (repair);
  const char *word = g_hash_table_lookup (self->words, subject);
  if (word == NULL)
    lanmu_verify_say (self, "unknown_repair", TRUE, &whole, "Repair %" G_GINT64_FORMAT " is not in the audit.",
                      repair->id);
  else if (!g_str_equal (word, detail))
    lanmu_verify_say (self, "changed_repair", TRUE, &whole,
                      "The rows of repair %" G_GINT64_FORMAT " are not those that the audit describes.", repair->id);
}

/* A repair that the audit knows and the tables do not. */
static void check_gone (LanmuVerifying *self)
{
  const LanmuSubject whole = {0};
  guint known = 0;
  GHashTableIter iter;
  gpointer subject;
  g_hash_table_iter_init (&iter, self->words);
  while (g_hash_table_iter_next (&iter, &subject, NULL))
    known += g_str_has_prefix (subject, "repair/");
  if (known > self->repairs->len)
    lanmu_verify_say (self, "lost_repair", TRUE, &whole, "The audit knows %u repairs, the database %u.", known,
                      self->repairs->len);
}

void lanmu_verify_repairs (LanmuVerifying *self)
{
  for (guint i = 0; i < self->repairs->len; i++)
    check_repair (self, g_ptr_array_index (self->repairs, i));
  check_gone (self);
  for (guint i = 0; i < self->shot_list->len; i++) {
    const LanmuShotRow *shot = g_ptr_array_index (self->shot_list, i);
    const GPtrArray *chain = g_hash_table_lookup (self->repaired, shot->id);
    check_assigned (self, shot);
    if (chain != NULL)
      check_chain (self, shot, chain);
  }
}
