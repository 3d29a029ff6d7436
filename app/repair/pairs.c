/* Before and after, side by side, for a person to look at. Any thread; reads only. */
#include "app/repair/planning.h"

static void free_take (gpointer data)
{
  LanmuRepairTake *take = data;
  g_free (take->shot);
  g_free (take->exif_time);
  g_free (take->path);
  g_free (take);
}

static LanmuRepairTake *copy_take (const LanmuRepairTake *take, const char *chosen)
{
  LanmuRepairTake *copy = g_memdup2 (take, sizeof *take);
  copy->shot = g_strdup (take->shot);
  copy->exif_time = g_strdup (take->exif_time);
  copy->path = g_strdup (take->path);
  copy->chosen = g_strcmp0 (take->shot, chosen) == 0;
  return copy;
}

static int by_number (gconstpointer a, gconstpointer b)
{
  const LanmuRepairTake *left = *(const LanmuRepairTake *const *) a, *right = *(const LanmuRepairTake *const *) b;
  return left->sequence_no < right->sequence_no ? -1 : left->sequence_no > right->sequence_no;
}

static gboolean leaves (LanmuPlanning *self, const char *shot)
{
  for (guint i = 0; i < self->plan->moves->len; i++) {
    const LanmuRepairMove *move = g_ptr_array_index (self->plan->moves, i);
    if (g_str_equal (move->take->shot, shot))
      return TRUE;
  }
  return FALSE;
}

static void fill (LanmuPlanning *self, LanmuRepairPair *pair, GPtrArray *shots, const LanmuRepairPerson *person)
{
  for (guint i = 0; i < shots->len; i++) {
    const LanmuShotRow *shot = g_ptr_array_index (shots, i);
    const LanmuRepairTake take = {.shot = shot->id,
                                  .sequence_no = shot->sequence_no,
                                  .wall_us = shot->wall_us,
                                  .exif_time = shot->exif_time,
                                  .path = shot->path};
    g_ptr_array_add (pair->before, copy_take (&take, person->chosen_before));
    if (!leaves (self, shot->id))
      g_ptr_array_add (pair->after, copy_take (&take, person->chosen_after));
  }
  for (guint i = 0; i < self->plan->moves->len; i++) {
    const LanmuRepairMove *move = g_ptr_array_index (self->plan->moves, i);
    if (move->to_id == pair->student_id)
      g_ptr_array_add (pair->after, copy_take (move->take, person->chosen_after));
  }
  g_ptr_array_sort (pair->after, by_number);
}

static LanmuRepairPair *pair_new (const LanmuStudentRow *student, const LanmuRepairPerson *person)
{
  LanmuRepairPair *pair = g_new0 (LanmuRepairPair, 1);
  pair->student_id = student->id;
  pair->student_no = g_strdup (student->student_no);
  pair->name = g_strdup (student->name);
  pair->class_name = g_strdup (student->class_name);
  pair->state_before = pair->state_after = student->state;
  lanmu_student_state_from_string (person->state_after, &pair->state_after);
  pair->before = g_ptr_array_new_with_free_func (free_take);
  pair->after = g_ptr_array_new_with_free_func (free_take);
  return pair;
}

gboolean lanmu_planning_pair (LanmuPlanning *self, GError **error)
{
  for (guint i = 0; i < self->plan->row->people->len; i++) {
    const LanmuRepairPerson *person = g_ptr_array_index (self->plan->row->people, i);
    const LanmuStudentRow *student = lanmu_planning_find_owner (self, person->student_id, person->token);
    g_autoptr (GPtrArray) shots = lanmu_owner_get_shots (self->db, student, error);
    if (shots == NULL)
      return FALSE;
    LanmuRepairPair *pair = pair_new (student, person);
    g_ptr_array_add (self->plan->pairs, pair);
    fill (self, pair, shots, person);
  }
  return TRUE;
}
