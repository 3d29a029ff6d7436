/* The way back: the same rows the other way round, as long as nothing has changed since. Any thread; reads only. */
#include "app/repair/planning.h"
#include "app/owner.h"

#include "app/i18n.h"

static gboolean add_people (LanmuPlanning *self, const LanmuRepairRow *done, GError **error)
{
  for (guint i = 0; i < done->people->len; i++) {
    const LanmuRepairPerson *was = g_ptr_array_index (done->people, i);
    LanmuStudentRow *student = lanmu_planning_adopt (self, was->student_id != 0 ? lanmu_student_get (self->db, was->student_id, error)
                                                                              : lanmu_owner_get_code (self->db, was->token, error));
    if (student == NULL)
      return FALSE;
    g_autofree char *name = lanmu_owner_dup_shown_name (student);
    if (!g_str_equal (lanmu_student_state_to_string (student->state), was->state_after) ||
        g_strcmp0 (student->chosen_shot, was->chosen_after) != 0)
      lanmu_planning_refuse (self, "changed_since", student->student_no,
                             _ ("%s %s was worked on after this repair; make a new repair instead of taking this one "
                                "back."),
                             student->student_no, name);
    LanmuRepairPerson *person = g_new0 (LanmuRepairPerson, 1);
    person->student_id = was->student_id;
    person->token = g_strdup (was->token);
    person->state_before = g_strdup (was->state_after);
    person->chosen_before = g_strdup (was->chosen_after);
    person->state_after = g_strdup (was->state_before);
    person->chosen_after = g_strdup (was->chosen_before);
    g_ptr_array_add (self->plan->row->people, person);
  }
  return TRUE;
}

static gboolean is_where_it_was_put (const LanmuShotRow *shot, const LanmuRepairShot *was)
{
  return shot->state != LANMU_SHOT_DISCARDED && shot->student_id == was->to_student_id &&
         g_strcmp0 (shot->token, was->to_token) == 0 && g_str_equal (shot->reason, was->to_reason);
}

static gboolean add_shots (LanmuPlanning *self, const LanmuRepairRow *done, GError **error)
{
  for (guint i = 0; i < done->shots->len; i++) {
    const LanmuRepairShot *was = g_ptr_array_index (done->shots, i);
    g_autoptr (LanmuShotRow) shot = lanmu_shot_get (self->db, was->shot_id, error);
    if (shot == NULL)
      return FALSE;
    if (!is_where_it_was_put (shot, was)) {
      lanmu_planning_refuse (self, "changed_since", NULL,
                             _ ("Picture %d went on to somebody else after this repair; make a new repair instead of "
                                "taking this one back."),
                             (int) shot->sequence_no);
      continue;
    }
    const LanmuStudentRow *to = lanmu_planning_find_owner (self, was->from_student_id, was->from_token);
    if (!lanmu_planning_move (self, shot, to, NULL, error))
      return FALSE;
    LanmuRepairShot *back = g_ptr_array_index (self->plan->row->shots, self->plan->row->shots->len - 1);
    g_free (back->to_reason);
    g_free (back->to_token);
    back->to_reason = g_strdup (was->from_reason);
    back->to_token = g_strdup (was->from_token);
  }
  return TRUE;
}

gboolean lanmu_plan_undo (LanmuPlanning *self, GError **error)
{
  g_autoptr (LanmuRepairRow) done = lanmu_repair_get (self->db, self->wish->undoes, error);
  if (done == NULL)
    return FALSE;
  if (done->undone_by != 0)
    lanmu_planning_refuse (self, "undone_already", NULL, _ ("Repair %d was taken back already, by repair %d."),
                           (int) done->id, (int) done->undone_by);
  return done->undone_by != 0 || (add_people (self, done, error) && add_shots (self, done, error));
}
