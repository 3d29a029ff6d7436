/* 学号 by student id; see people.h. Main thread. */
#include "app/ctl/people.h"

static gboolean remember (const LanmuStudentRow *row, gpointer data)
{
  g_hash_table_insert (data, g_memdup2 (&row->id, sizeof row->id), g_strdup (row->student_no));
  return TRUE;
}

GHashTable *lanmu_people_load (LanmuDb *db, GError **error)
{
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  if (!lanmu_students_list (db, 0, LANMU_STUDENT_ANY_STATE, remember, people, error))
    return NULL;
  return g_steal_pointer (&people);
}

const char *lanmu_people_get_no (GHashTable *people, gint64 student_id)
{
  const char *found = student_id != 0 ? g_hash_table_lookup (people, &student_id) : NULL;
  return found != NULL ? found : "";
}
