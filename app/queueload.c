/* Filling a queue from the database; see queue.h. Main thread. The new list is complete before the old one goes. */
#include "app/queuerows.h"

#include <string.h>

#include "app/format.h"

static void row_clear (gpointer data)
{
  g_free (((LanmuQueueRow *) data)->chosen_shot);
}

static const char *keep (LanmuQueueLoad *loaded, const char *text)
{
  return text == NULL || *text == '\0' ? "" : g_string_chunk_insert (loaded->texts, text);
}

static guint keep_class (LanmuQueueLoad *loaded, const LanmuStudentRow *student)
{
  guint n = loaded->groups->len;
  if (n > 0 && g_array_index (loaded->groups, LanmuQueueGroup, n - 1).id == student->class_id)
    return n - 1;
  LanmuQueueGroup group = {.id = student->class_id, .first = loaded->rows->len};
  group.name = keep (loaded, student->class_name);
  group.major_name = keep (loaded, student->major_name);
  group.college_name = keep (loaded, student->college_name);
  g_array_append_val (loaded->groups, group);
  return n;
}

#define ID_TAIL 6

/* What a search looks at: 学号, name, pinyin, initials, the last of the ID number; between them a control character
 * that nobody types. */
static const char *keep_folded (LanmuQueueLoad *loaded, const LanmuStudentRow *student)
{
  g_autofree char *joined = g_strconcat (student->student_no, "\x01", student->name, NULL);
  g_autofree char *folded = lanmu_format_fold (joined);
  g_autoptr (GString) text = g_string_new (folded);
  lanmu_pinyin_append (loaded->pinyin, student->name, text);
  gsize length = student->id_no != NULL ? strlen (student->id_no) : 0;
  if (length > ID_TAIL && g_str_is_ascii (student->id_no)) {
    g_autofree char *tail = g_ascii_strdown (student->id_no + length - ID_TAIL, -1);
    g_string_append_printf (text, "\x01%s", tail);
  }
  return g_string_chunk_insert_len (loaded->texts, text->str, (gssize) text->len);
}

static gboolean keep_row (const LanmuStudentRow *student, gpointer data)
{
  LanmuQueueLoad *loaded = data;
  LanmuQueueRow row = {.id = student->id, .state = student->state, .takes = (guint) MAX (student->takes, 0)};
  row.group = keep_class (loaded, student);
  row.student_no = keep (loaded, student->student_no);
  row.name = keep (loaded, student->name);
  row.sex = student->sex != NULL ? g_intern_string (student->sex) : "";
  row.id_no = keep (loaded, student->id_no);
  row.folded = keep_folded (loaded, student);
  row.chosen_shot = g_strdup (student->chosen_shot);
  LanmuQueueGroup *group = &g_array_index (loaded->groups, LanmuQueueGroup, row.group);
  group->total++;
  group->counts[row.state]++;
  g_array_append_val (loaded->rows, row);
  return TRUE;
}

void lanmu_queue_load_clear (LanmuQueueLoad *loaded)
{
  g_array_unref (loaded->rows);
  g_array_unref (loaded->groups);
  g_string_chunk_free (loaded->texts);
  g_clear_pointer (&loaded->pinyin, lanmu_pinyin_free);
}

void lanmu_queue_load_init (LanmuQueueLoad *loaded)
{
  loaded->rows = g_array_new (FALSE, FALSE, sizeof (LanmuQueueRow));
  g_array_set_clear_func (loaded->rows, row_clear);
  loaded->groups = g_array_new (FALSE, FALSE, sizeof (LanmuQueueGroup));
  loaded->texts = g_string_chunk_new (64 * 1024);
  loaded->pinyin = NULL;
}

static void index_rows (LanmuQueue *self)
{
  g_hash_table_remove_all (self->by_no);
  g_hash_table_remove_all (self->by_id);
  memset (self->counts, 0, sizeof self->counts);
  g_clear_pointer (&self->finder, lanmu_finder_free);
  self->finder = lanmu_finder_new ();
  g_ptr_array_set_size (self->class_names, 0);
  for (guint i = 0; i < self->groups->len; i++)
    g_ptr_array_add (self->class_names, lanmu_format_fold (lanmu_queue_group_at (self, i)->name));
  for (guint i = 0; i < self->rows->len; i++) {
    LanmuQueueRow *row = lanmu_queue_row_at (self, i);
    g_hash_table_insert (self->by_no, (gpointer) row->student_no, GUINT_TO_POINTER (i + 1));
    g_hash_table_insert (self->by_id, &row->id, GUINT_TO_POINTER (i + 1));
    self->counts[row->state]++;
    lanmu_finder_add (self->finder, row->folded);
  }
}

gboolean lanmu_queue_load (LanmuQueue *self, LanmuDb *db, gint64 class_id, GError **error)
{
  LanmuQueueLoad loaded;
  lanmu_queue_load_init (&loaded);
  loaded.pinyin = lanmu_pinyin_new ();
  if (!lanmu_students_list (db, class_id, LANMU_STUDENT_ANY_STATE, keep_row, &loaded, error)) {
    lanmu_queue_load_clear (&loaded);
    return FALSE;
  }

  LanmuQueueLoad old = {self->rows, self->groups, self->texts, loaded.pinyin};
  guint removed = self->rows->len;
  g_hash_table_unref (self->living); /* objects of the old list live on with their holders, cut loose */
  self->living = g_hash_table_new (NULL, NULL);
  self->rows = loaded.rows;
  self->groups = loaded.groups;
  self->texts = loaded.texts;
  index_rows (self);
  lanmu_queue_load_clear (&old);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, self->rows->len);
  return TRUE;
}
