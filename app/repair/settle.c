/* What becomes of pictures and people: rules 2 and 3 of app/repair.h. Any thread; reads only. */
#include "app/repair/planning.h"

static LanmuRepairTake *take_new (const LanmuShotRow *shot)
{
  LanmuRepairTake *take = g_new0 (LanmuRepairTake, 1);
  take->shot = g_strdup (shot->id);
  take->sequence_no = shot->sequence_no;
  take->wall_us = shot->wall_us;
  take->exif_time = g_strdup (shot->exif_time);
  take->path = g_strdup (shot->path);
  take->chosen = shot->chosen;
  return take;
}

/* What the shot's token will be: the code's own; for a student the one it sat under when it was scanned together with the list's row. NULL = none. */
static gboolean find_token (LanmuPlanning *self, const LanmuShotRow *shot, const LanmuStudentRow *to, char **token,
                            GError **error)
{
  *token = to != NULL ? g_strdup (lanmu_owner_get_token (to)) : NULL;
  if (shot->token == NULL || to == NULL || *token != NULL)
    return TRUE;
  g_autoptr (GPtrArray) own = lanmu_shots_get_all (self->db, to->id, LANMU_SHOT_ATTACHED, error);
  if (own == NULL)
    return FALSE;
  for (guint i = own->len; i > 0 && *token == NULL; i--)
    *token = g_strdup (((LanmuShotRow *) g_ptr_array_index (own, i - 1))->token);
  return TRUE;
}

static LanmuRepairMove *move_new (LanmuPlanning *self, const LanmuShotRow *shot, const LanmuStudentRow *to,
                                  const LanmuStudentRow *likely)
{
  const LanmuStudentRow *from =
      shot->state == LANMU_SHOT_ATTACHED ? lanmu_planning_find_owner (self, shot->student_id, shot->token) : NULL;
  LanmuRepairMove *move = g_new0 (LanmuRepairMove, 1);
  move->take = take_new (shot);
  move->from_id = from != NULL ? from->id : 0;
  move->to_id = to != NULL ? to->id : 0;
  move->from_no = g_strdup (from != NULL ? from->student_no : "");
  move->from_name = g_strdup (from != NULL ? from->name : "");
  move->to_no = g_strdup (to != NULL ? to->student_no : "");
  move->to_name = g_strdup (to != NULL ? to->name : "");
  move->likely_no = g_strdup (likely != NULL ? likely->student_no : "");
  return move;
}

gboolean lanmu_planning_move (LanmuPlanning *self, const LanmuShotRow *shot, const LanmuStudentRow *to,
                              const LanmuStudentRow *likely, GError **error)
{
  g_autofree char *token = NULL;
  if (!find_token (self, shot, to, &token, error))
    return FALSE;
  LanmuRepairShot *row = g_new0 (LanmuRepairShot, 1);
  row->shot_id = g_strdup (shot->id);
  row->from_student_id = shot->student_id;
  row->from_token = g_strdup (shot->token);
  row->from_reason = g_strdup (shot->reason);
  row->to_student_id = to != NULL ? lanmu_owner_get_student_id (to) : 0;
  row->to_token = g_steal_pointer (&token);
  row->to_reason = g_strdup (to != NULL ? shot->reason : "repair");
  row->likely_student_id = likely != NULL ? likely->id : 0;
  g_ptr_array_add (self->plan->row->shots, row);
  g_ptr_array_add (self->plan->moves, move_new (self, shot, to, likely));
  return TRUE;
}

gboolean lanmu_planning_move_all (LanmuPlanning *self, const LanmuStudentRow *from, const LanmuStudentRow *to,
                                  const LanmuStudentRow *likely, GError **error)
{
  g_autoptr (GPtrArray) shots = lanmu_owner_get_shots (self->db, from, error);
  for (guint i = 0; shots != NULL && i < shots->len; i++)
    if (!lanmu_planning_move (self, g_ptr_array_index (shots, i), to, likely, error))
      return FALSE;
  return shots != NULL;
}

/* What the moves do to one student. */
typedef struct {
  guint gained, lost;
  const char *chosen_in; /* a take that was its last owner's portrait */
  gboolean chosen_out;   /* the own portrait leaves */
} Balance;

static Balance weigh (LanmuPlanning *self, const LanmuStudentRow *student)
{
  Balance balance = {0};
  for (guint i = 0; i < self->plan->moves->len; i++) {
    const LanmuRepairMove *move = g_ptr_array_index (self->plan->moves, i);
    balance.gained += move->to_id == student->id;
    balance.lost += move->from_id == student->id;
    balance.chosen_out |= move->from_id == student->id && move->take->chosen;
    if (move->to_id == student->id && move->take->chosen)
      balance.chosen_in = move->take->shot;
  }
  return balance;
}

static LanmuStudentState state_after (const LanmuStudentRow *student, const Balance *balance, gboolean chosen)
{
  int left = student->takes + (int) balance->gained - (int) balance->lost;
  if (chosen)
    return LANMU_STUDENT_ACCEPTED;
  if (left <= 0)
    return balance->lost > 0 ? LANMU_STUDENT_WAITING : student->state;
  return balance->gained > 0 || balance->chosen_out ? LANMU_STUDENT_SHOT : student->state;
}

static LanmuRepairPerson *person_new (LanmuPlanning *self, const LanmuStudentRow *student)
{
  Balance balance = weigh (self, student);
  const char *kept = balance.chosen_out ? NULL : student->chosen_shot;
  const char *chosen = kept != NULL ? kept : balance.chosen_in;
  LanmuRepairPerson *person = g_new0 (LanmuRepairPerson, 1);
  person->student_id = lanmu_owner_get_student_id (student);
  person->token = g_strdup (lanmu_owner_get_token (student));
  person->state_before = g_strdup (lanmu_student_state_to_string (student->state));
  person->chosen_before = g_strdup (student->chosen_shot);
  person->state_after = g_strdup (lanmu_student_state_to_string (state_after (student, &balance, chosen != NULL)));
  person->chosen_after = g_strdup (chosen);
  return person;
}

gboolean lanmu_planning_settle (LanmuPlanning *self, GError **error)
{
  for (guint i = 0; i < self->people->len; i++)
    g_ptr_array_add (self->plan->row->people, person_new (self, g_ptr_array_index (self->people, i)));
  return TRUE;
}
