/* Who goes where: a swap, a move, a shift, the way back. Any thread; reads only. */
#include "app/repair/planning.h"
#include "app/owner.h"

#include "app/i18n.h"

static gboolean is_same (LanmuPlanning *self, const LanmuStudentRow *a, const LanmuStudentRow *b)
{
  g_autofree char *name = lanmu_owner_dup_shown_name (a);
  if (a == b)
    lanmu_planning_refuse (self, "same_student", a->student_no,
                           _ ("%s %s is named twice: name two different students."), a->student_no, name);
  return a == b;
}

gboolean lanmu_plan_swap (LanmuPlanning *self, GError **error)
{
  LanmuStudentRow *a = lanmu_planning_add (self, self->wish->first, error);
  LanmuStudentRow *b = a != NULL ? lanmu_planning_add (self, self->wish->second, error) : NULL;
  if (b == NULL)
    return FALSE;
  return is_same (self, a, b) ||
         (lanmu_planning_move_all (self, a, b, NULL, error) && lanmu_planning_move_all (self, b, a, NULL, error));
}

/* One picture, named by its id. */
static gboolean move_one (LanmuPlanning *self, LanmuStudentRow *to, GError **error)
{
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (self->db, self->wish->shot, error);
  if (shot == NULL)
    return FALSE;
  if (shot->state != LANMU_SHOT_ATTACHED) {
    lanmu_planning_refuse (self, "nothing_to_move", NULL, _ ("Picture %s is no student's; assign it out of the quarantine tray instead."), shot->id);
    return TRUE;
  }
  LanmuStudentRow *from = lanmu_planning_adopt (self, lanmu_owner_of_shot (self->db, shot, error));
  if (from == NULL)
    return FALSE;
  return is_same (self, from, to) || lanmu_planning_move (self, shot, to, NULL, error);
}

gboolean lanmu_plan_move (LanmuPlanning *self, GError **error)
{
  LanmuStudentRow *to = lanmu_planning_add (self, self->wish->second, error);
  if (to == NULL)
    return FALSE;
  if (self->wish->shot != NULL)
    return move_one (self, to, error);
  LanmuStudentRow *from = lanmu_planning_add (self, self->wish->first, error);
  if (from == NULL)
    return FALSE;
  return is_same (self, from, to) || lanmu_planning_move_all (self, from, to, NULL, error);
}

/* The range as it stands in the queue, and who stands beyond its end in the direction of the shift. */
typedef struct {
  const char *first, *last;
  gboolean inside, ended;
  GPtrArray *range; /* 学号, in queue order */
  char *before, *after;
} Range;

static gboolean take_from_queue (const LanmuStudentRow *row, gpointer data)
{
  Range *range = data;
  gboolean is_first = g_str_equal (row->student_no, range->first), is_last = g_str_equal (row->student_no, range->last);
  gboolean passed = row->takes == 0 && (row->state == LANMU_STUDENT_ABSENT || row->state == LANMU_STUDENT_SKIPPED);
  if (range->ended) {
    if (passed)
      return TRUE;
    range->after = g_strdup (row->student_no);
    return FALSE;
  }
  range->inside |= is_first;
  if (range->inside && (!passed || is_first || is_last))
    g_ptr_array_add (range->range, g_strdup (row->student_no));
  if (!range->inside && !passed) {
    g_free (range->before);
    range->before = g_strdup (row->student_no);
  }
  range->ended = range->inside && is_last;
  return TRUE;
}

static gboolean shift_range (LanmuPlanning *self, const Range *range, GError **error)
{
  gboolean backward = self->wish->backward;
  const char *beyond = backward ? range->before : range->after;
  g_autoptr (LanmuStudentRow) likely = NULL;
  for (guint i = 0; i < range->range->len; i++)
    if (lanmu_planning_add (self, range->range->pdata[i], error) == NULL)
      return FALSE;
  if (beyond != NULL && (likely = lanmu_student_get_by_no (self->db, beyond, error)) == NULL)
    return FALSE;
  for (guint i = 0; i < self->people->len; i++) {
    gboolean at_end = backward ? i == 0 : i + 1 == self->people->len;
    LanmuStudentRow *to = at_end ? NULL : g_ptr_array_index (self->people, backward ? i - 1 : i + 1);
    if (!lanmu_planning_move_all (self, g_ptr_array_index (self->people, i), to, at_end ? likely : NULL, error))
      return FALSE;
  }
  return TRUE;
}

gboolean lanmu_plan_shift (LanmuPlanning *self, GError **error)
{
  Range range = {.first = self->wish->first, .last = self->wish->second};
  g_autoptr (LanmuStudentRow) first = lanmu_student_get_by_no (self->db, range.first, error);
  g_autoptr (LanmuStudentRow) last = first != NULL ? lanmu_student_get_by_no (self->db, range.last, error) : NULL;
  if (last == NULL)
    return FALSE;
  range.range = g_ptr_array_new_with_free_func (g_free);
  gboolean ok = lanmu_students_list (self->db, 0, LANMU_STUDENT_ANY_STATE, take_from_queue, &range, error);
  if (ok && (!range.ended || range.range->len < 2))
    lanmu_planning_refuse (self, "bad_range", range.first,
                           _ ("A range needs two students or more, the first one first in the queue: %s does not stand "
                              "before %s."),
                           range.first, range.last);
  else if (ok)
    ok = shift_range (self, &range, error);
  g_ptr_array_unref (range.range);
  g_free (range.before);
  g_free (range.after);
  return ok;
}
