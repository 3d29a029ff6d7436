/* Was the right person before the camera? Part of verify: recomputes promise one from the binding log, without asking
 * the code that decided it. */
#include "app/verify/verifying.h"

#include "db/bindings.h"
#include "db/session.h"

static void check_overlaps (LanmuVerifying *self, GPtrArray *bindings)
{
  const LanmuSubject whole = {0};
  guint open = 0;
  for (guint i = 0; i < bindings->len; i++) {
    const LanmuBindingRow *binding = g_ptr_array_index (bindings, i);
    const LanmuBindingRow *before = i > 0 ? g_ptr_array_index (bindings, i - 1) : NULL;
    open += binding->ended.wall_us == 0;
    if (before == NULL || !g_str_equal (before->boot_id, binding->boot_id) || before->ended.boot_us == 0)
      continue;
    if (before->ended.boot_us > binding->began.boot_us)
      lanmu_verify_say (self, "two_bound", TRUE, &whole,
                        "Bindings %" G_GINT64_FORMAT " and %" G_GINT64_FORMAT
                        " overlap: two people were before the camera at once.",
                        before->id, binding->id);
  }
  if (open > 1)
    lanmu_verify_say (self, "two_bound", TRUE, &whole, "%u bindings are open at once.", open);
}

static gboolean is_of (const LanmuBindingRow *binding, const LanmuShotRow *shot)
{
  return binding->student_id == shot->student_id &&
         (shot->student_id != 0 || g_strcmp0 (binding->token, shot->token) == 0);
}

/* Every session, oldest first: a shot's exposure counts on the boot clock of the session that wrote its row. */
static GPtrArray *load_sessions (LanmuVerifying *self, GError **error)
{
  g_autoptr (GPtrArray) sessions = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_session_row_free);
  for (gint64 id = 1;; id++) {
    g_autoptr (GError) why = NULL;
    LanmuSessionRow *row = lanmu_session_get (self->db, id, &why);
    if (row == NULL && g_error_matches (why, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW))
      return g_steal_pointer (&sessions);
    if (row == NULL) {
      g_propagate_error (error, g_steal_pointer (&why));
      return NULL;
    }
    g_ptr_array_add (sessions, row);
  }
}

/* NULL: the audit does not say (a database from before it did). */
static const LanmuSessionRow *session_of (LanmuVerifying *self, GPtrArray *sessions, const LanmuShotRow *shot)
{
  g_autofree char *subject = g_strconcat ("shot/", shot->id, NULL);
  const gint64 *id = g_hash_table_lookup (self->written, subject);
  for (guint i = 0; id != NULL && i < sessions->len; i++) {
    const LanmuSessionRow *session = g_ptr_array_index (sessions, i);
    if (session->id == *id)
      return session;
  }
  return NULL;
}

/* Adds the bindings of one reading; those of other boots by the wall clock, the best there is across a restart. */
static gboolean check_against (LanmuVerifying *self, const LanmuSubject *subject, GPtrArray *bound,
                               const char *not_boot, gboolean *own)
{
  const LanmuShotRow *shot = subject->shot;
  if (bound == NULL)
    return FALSE;
  for (guint i = 0; i < bound->len; i++) {
    const LanmuBindingRow *binding = g_ptr_array_index (bound, i);
    if (not_boot != NULL && g_str_equal (binding->boot_id, not_boot))
      continue;
    *own |= is_of (binding, shot);
    if (!is_of (binding, shot))
      lanmu_verify_say (
          self, "wrong_owner", TRUE, subject, "Shot %s may have been exposed while “%s” was bound, not its owner.",
          shot->id, binding->student_id != 0 ? lanmu_verify_no (self, binding->student_id) : "another capture code");
  }
  return TRUE;
}

/* A release its process did not outlive: the binding ends at the last sign of life, a moment before the exposure; the
 * ticket says whose it is. */
static gboolean is_answer_to_its_ticket (LanmuVerifying *self, const LanmuShotRow *shot)
{
  const gint64 latest_exposure_us = 15 * G_USEC_PER_SEC;
  const LanmuTicketRow *ticket = g_hash_table_lookup (self->tickets, shot->ticket_id);
  return ticket != NULL && ticket->origin == LANMU_ORIGIN_HOST && ticket->student_id == shot->student_id &&
         shot->exposed_hi_us >= ticket->opened.boot_us &&
         shot->exposed_lo_us <= ticket->opened.boot_us + latest_exposure_us;
}

/* Every moment in which the picture may have been exposed speaks for its owner, and none for another. */
static gboolean check_exposure (LanmuVerifying *self, const LanmuShotRow *shot, const LanmuSessionRow *session,
                                GError **error)
{
  const LanmuShotRow proved = lanmu_verify_as_proved (self, shot); /* a repair changes no fact of the moment */
  const LanmuSubject subject = {.shot = &proved, .student_id = shot->student_id};
  gint64 shift = session->started.wall_us - session->started.boot_us;
  gboolean own = FALSE;
  g_autoptr (GPtrArray) here =
      lanmu_bindings_overlapping (self->db, session->boot_id, shot->exposed_lo_us, shot->exposed_hi_us, error);
  if (!check_against (self, &subject, here, NULL, &own))
    return FALSE;
  if (own) /* the boot clock says it; the wall clock may have been set, and says less */
    return TRUE;
  g_autoptr (GPtrArray) there =
      lanmu_bindings_overlapping (self->db, NULL, shot->exposed_lo_us + shift, shot->exposed_hi_us + shift, error);
  if (!check_against (self, &subject, there, session->boot_id, &own))
    return FALSE;
  if (!own && !is_answer_to_its_ticket (self, &proved))
    lanmu_verify_say (self, "wrong_owner", TRUE, &subject, "Shot %s was exposed when its owner was not bound.",
                      shot->id);
  return TRUE;
}

static int by_id (gconstpointer a, gconstpointer b)
{
  const LanmuBindingRow *left = *(const LanmuBindingRow *const *) a, *right = *(const LanmuBindingRow *const *) b;
  return left->id < right->id ? -1 : left->id > right->id;
}

gboolean lanmu_verify_bindings (LanmuVerifying *self, GError **error)
{
  g_autoptr (GPtrArray) all = lanmu_bindings_overlapping (self->db, NULL, G_MININT64, G_MAXINT64, error);
  g_autoptr (GPtrArray) sessions = all != NULL ? load_sessions (self, error) : NULL;
  if (sessions == NULL)
    return FALSE;
  g_ptr_array_sort (all, by_id);
  self->out->bindings = all->len;
  check_overlaps (self, all);
  for (guint i = 0; i < self->shot_list->len; i++) {
    const LanmuShotRow *shot = g_ptr_array_index (self->shot_list, i);
    const LanmuSessionRow *session = session_of (self, sessions, shot);
    gboolean timed = shot->exposed_lo_us != 0 || shot->exposed_hi_us != 0;
    gboolean by_hand = *lanmu_verify_as_proved (self, shot).reason != '\0';
    if (shot->state == LANMU_SHOT_ATTACHED && timed && !by_hand && session != NULL &&
        !check_exposure (self, shot, session, error))
      return FALSE;
  }
  return TRUE;
}
