/* From a wish to a plan; see app/repair.h. Any thread; reads only. */
#include "app/repair/planning.h"
#include "app/owner.h"

#include "app/format.h"
#include "app/i18n.h"
#include "db/bindings.h"
#include "db/countersigns.h"

static void free_student (gpointer row)
{
  lanmu_student_row_free (row);
}

LanmuStudentRow *lanmu_planning_find (LanmuPlanning *self, gint64 owner_id)
{
  for (guint i = 0; i < self->people->len; i++) {
    LanmuStudentRow *row = g_ptr_array_index (self->people, i);
    if (row->id == owner_id)
      return row;
  }
  return NULL;
}

LanmuStudentRow *lanmu_planning_find_owner (LanmuPlanning *self, gint64 student_id, const char *token)
{
  if (student_id != 0)
    return lanmu_planning_find (self, student_id);
  for (guint i = 0; token != NULL && i < self->people->len; i++) {
    LanmuStudentRow *row = g_ptr_array_index (self->people, i);
    if (g_strcmp0 (lanmu_owner_get_token (row), token) == 0)
      return row;
  }
  return NULL;
}

LanmuStudentRow *lanmu_planning_adopt (LanmuPlanning *self, LanmuStudentRow *row)
{
  LanmuStudentRow *known = row != NULL ? lanmu_planning_find (self, row->id) : NULL;
  if (row == NULL)
    return NULL;
  if (known != NULL)
    lanmu_student_row_free (row);
  else
    g_ptr_array_add (self->people, row);
  return known != NULL ? known : row;
}

LanmuStudentRow *lanmu_planning_add (LanmuPlanning *self, const char *name, GError **error)
{
  return lanmu_planning_adopt (self, lanmu_owner_get (self->db, name, error));
}

void lanmu_planning_refuse (LanmuPlanning *self, const char *kind, const char *student_no, const char *format, ...)
{
  LanmuRepairRefusal *refusal = g_new0 (LanmuRepairRefusal, 1);
  va_list arguments;
  va_start (arguments, format);
  refusal->message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  refusal->kind = kind;
  refusal->student_no = g_strdup (student_no != NULL ? student_no : "");
  g_ptr_array_add (self->plan->refusals, refusal);
}

/* A capture code's ticket names its binding only. */
static gboolean find_ticketed (LanmuPlanning *self, const LanmuTicketRow *ticket, const LanmuStudentRow **owner, GError **error)
{
  g_autoptr (LanmuBindingRow) binding = NULL;
  if (ticket->student_id == 0 && ticket->binding_id != 0 && (binding = lanmu_binding_get (self->db, ticket->binding_id, error)) == NULL)
    return FALSE;
  *owner = lanmu_planning_find_owner (self, ticket->student_id, binding != NULL ? binding->token : NULL);
  return TRUE;
}

/* Whoever sits there, or whose picture is on its way, is not repaired now: what comes next would land in the middle. */
static gboolean check_camera (LanmuPlanning *self, GError **error)
{
  g_autoptr (LanmuBindingRow) binding = NULL;
  if (self->wish->session_id != 0 && !lanmu_binding_get_open (self->db, &binding, error))
    return FALSE;
  const LanmuStudentRow *seated =
      binding != NULL && binding->session_id == self->wish->session_id
          ? lanmu_planning_find_owner (self, binding->student_id, binding->token)
          : NULL;
  g_autofree char *seated_name = seated != NULL ? lanmu_owner_dup_shown_name (seated) : NULL;
  if (seated != NULL)
    lanmu_planning_refuse (self, "before_camera", seated->student_no,
                           _ ("%s %s is before the camera now; call somebody else first."), seated->student_no,
                           seated_name);
  g_autoptr (GPtrArray) tickets = lanmu_tickets_get_all (self->db, LANMU_TICKET_OPEN, error);
  for (guint i = 0; tickets != NULL && i < tickets->len; i++) {
    const LanmuTicketRow *ticket = g_ptr_array_index (tickets, i);
    const LanmuStudentRow *student = NULL;
    if (!find_ticketed (self, ticket, &student, error))
      return FALSE;
    g_autofree char *name = student != NULL ? lanmu_owner_dup_shown_name (student) : NULL;
    if (student != NULL)
      lanmu_planning_refuse (self, "picture_coming", student->student_no,
                             _ ("A picture of %s %s is still on its way; wait for it, or run `lanmuctl reconcile`."),
                             student->student_no, name);
  }
  return tickets != NULL;
}

static gboolean is_moved (LanmuPlanning *self, const LanmuRepairTake *take)
{
  for (guint i = 0; i < self->plan->moves->len; i++) {
    const LanmuRepairMove *move = g_ptr_array_index (self->plan->moves, i);
    if (g_str_equal (move->take->shot, take->shot))
      return TRUE;
  }
  return FALSE;
}

static gboolean gains (LanmuPlanning *self, const LanmuRepairPair *pair)
{
  for (guint i = 0; i < self->plan->moves->len; i++)
    if (((LanmuRepairMove *) g_ptr_array_index (self->plan->moves, i))->to_id == pair->student_id)
      return TRUE;
  return FALSE;
}

/* A counselor said that this picture shows this student: it does not leave, and no other joins it, before that word was taken back. */
static gboolean check_pair (LanmuPlanning *self, const LanmuRepairPair *pair, GError **error)
{
  gboolean joined = self->wish->kind == LANMU_REPAIR_MOVE && gains (self, pair);
  for (guint i = 0; i < pair->before->len; i++) {
    const LanmuRepairTake *take = g_ptr_array_index (pair->before, i);
    g_autoptr (LanmuCountersignRow) word = NULL;
    if (!joined && !is_moved (self, take))
      continue;
    if (!lanmu_countersign_of_shot (self->db, take->shot, &word, error))
      return FALSE;
    if (word == NULL || !word->confirmed)
      continue;
    g_autofree char *name = pair->student_id > 0 ? lanmu_format_masked_name (pair->name) : g_strdup (pair->name);
    lanmu_planning_refuse (self, "countersigned", pair->student_no,
                           _ ("Picture %d of %s %s was countersigned by %s: have that taken back first."),
                           (int) take->sequence_no, pair->student_no, name, word->actor);
    return TRUE;
  }
  return TRUE;
}

static gboolean check_countersigns (LanmuPlanning *self, GError **error)
{
  for (guint i = 0; i < self->plan->pairs->len; i++)
    if (!check_pair (self, g_ptr_array_index (self->plan->pairs, i), error))
      return FALSE;
  return TRUE;
}

/* All that a person saw, in one hash: rows of the repair name every picture, owner, state and choice. */
static char *fingerprint_of (const LanmuRepairPlan *plan)
{
  g_autofree char *text = lanmu_repair_describe (plan->row);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static int by_number (gconstpointer a, gconstpointer b)
{
  const LanmuRepairMove *left = *(const LanmuRepairMove *const *) a, *right = *(const LanmuRepairMove *const *) b;
  return left->take->sequence_no < right->take->sequence_no ? -1 : left->take->sequence_no > right->take->sequence_no;
}

static int by_shot (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(LanmuRepairShot *const *) a)->shot_id, (*(LanmuRepairShot *const *) b)->shot_id);
}

static gboolean make_plan (LanmuPlanning *self, GError **error)
{
  static gboolean (*const makers[]) (LanmuPlanning *, GError **) = {
      [LANMU_REPAIR_SWAP] = lanmu_plan_swap,
      [LANMU_REPAIR_MOVE] = lanmu_plan_move,
      [LANMU_REPAIR_SHIFT] = lanmu_plan_shift,
      [LANMU_REPAIR_UNDO] = lanmu_plan_undo,
  };
  LanmuRepairPlan *plan = self->plan;
  if (!makers[self->wish->kind](self, error))
    return FALSE;
  if (self->wish->kind != LANMU_REPAIR_UNDO && !lanmu_planning_settle (self, error))
    return FALSE;
  if (!lanmu_planning_pair (self, error) || !check_camera (self, error) || !check_countersigns (self, error))
    return FALSE;
  if (plan->moves->len == 0 && plan->refusals->len == 0)
    lanmu_planning_refuse (self, "nothing_to_move", NULL, _ ("None of them has a picture: there is nothing to repair."));
  g_ptr_array_sort (plan->moves, by_number);
  g_ptr_array_sort (plan->row->shots, by_shot);
  plan->fingerprint = fingerprint_of (plan);
  return TRUE;
}

static LanmuRepairPlan *plan_new (const LanmuRepairWish *wish)
{
  LanmuRepairPlan *plan = g_new0 (LanmuRepairPlan, 1);
  plan->kind = wish->kind;
  plan->row = lanmu_repair_row_new ();
  plan->row->kind = wish->kind;
  plan->row->undoes = wish->undoes;
  return plan;
}

static void free_take (gpointer data)
{
  LanmuRepairTake *take = data;
  g_free (take->shot);
  g_free (take->exif_time);
  g_free (take->path);
  g_free (take);
}

static void free_pair (gpointer data)
{
  LanmuRepairPair *pair = data;
  g_free (pair->student_no);
  g_free (pair->name);
  g_free (pair->class_name);
  g_ptr_array_unref (pair->before);
  g_ptr_array_unref (pair->after);
  g_free (pair);
}

static void free_move (gpointer data)
{
  LanmuRepairMove *move = data;
  free_take (move->take);
  g_free (move->from_no);
  g_free (move->from_name);
  g_free (move->to_no);
  g_free (move->to_name);
  g_free (move->likely_no);
  g_free (move);
}

static void free_refusal (gpointer data)
{
  LanmuRepairRefusal *refusal = data;
  g_free (refusal->student_no);
  g_free (refusal->message);
  g_free (refusal);
}

void lanmu_repair_plan_free (LanmuRepairPlan *plan)
{
  if (plan == NULL)
    return;
  g_ptr_array_unref (plan->pairs);
  g_ptr_array_unref (plan->moves);
  g_ptr_array_unref (plan->refusals);
  g_free (plan->fingerprint);
  lanmu_repair_row_free (plan->row);
  g_free (plan);
}

LanmuRepairPlan *lanmu_repair_plan (LanmuDb *db, const LanmuRepairWish *wish, GError **error)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func (free_student);
  g_autoptr (LanmuRepairPlan) plan = plan_new (wish);
  plan->pairs = g_ptr_array_new_with_free_func (free_pair);
  plan->moves = g_ptr_array_new_with_free_func (free_move);
  plan->refusals = g_ptr_array_new_with_free_func (free_refusal);
  LanmuPlanning planning = {.db = db, .wish = wish, .plan = plan, .people = people};
  return make_plan (&planning, error) ? g_steal_pointer (&plan) : NULL;
}
