/* Compact rows behind a list model; see queue.h for the promises. Main thread.
 *
 * Memory: one LanmuQueueRow and its texts in one string chunk; class names once a class. Objects are weak:
 * the table of living ones forgets an object when its last holder does. */
#include "app/queuerows.h"

#include <string.h>

static GType get_item_type (GListModel *model)
{
  return LANMU_TYPE_STUDENT;
}

static guint get_n_items (GListModel *model)
{
  return LANMU_QUEUE (model)->rows->len;
}

static gpointer get_item (GListModel *model, guint position)
{
  return lanmu_queue_get_student (LANMU_QUEUE (model), position);
}

static void list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LanmuQueue, lanmu_queue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum { STATE_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* -- objects -- */

typedef struct {
  GHashTable *table; /* the one it was entered in; a load starts a new one */
  guint position;
} Living;

static void living_forget (gpointer data, GObject *where_it_was)
{
  Living *living = data;
  if (g_hash_table_lookup (living->table, GUINT_TO_POINTER (living->position + 1)) == (gpointer) where_it_was)
    g_hash_table_remove (living->table, GUINT_TO_POINTER (living->position + 1));
  g_hash_table_unref (living->table);
  g_free (living);
}

static void remember_living (LanmuQueue *self, LanmuStudent *student, guint position)
{
  Living *living = g_new0 (Living, 1);
  living->table = g_hash_table_ref (self->living);
  living->position = position;
  g_hash_table_insert (self->living, GUINT_TO_POINTER (position + 1), student);
  g_object_weak_ref (G_OBJECT (student), living_forget, living);
}

LanmuStudent *lanmu_queue_get_student (LanmuQueue *self, guint position)
{
  if (position >= self->rows->len)
    return NULL;
  LanmuStudent *student = g_hash_table_lookup (self->living, GUINT_TO_POINTER (position + 1));
  if (student != NULL)
    return g_object_ref (student);

  const LanmuQueueRow *row = lanmu_queue_row_at (self, position);
  const LanmuQueueGroup *group = lanmu_queue_group_at (self, row->group);
  LanmuStudentRow full = {
      .id = row->id,
      .student_no = (char *) row->student_no,
      .name = (char *) row->name,
      .sex = (char *) row->sex,
      .id_no = (char *) row->id_no,
      .class_id = group->id,
      .class_name = (char *) group->name,
      .major_name = (char *) group->major_name,
      .college_name = (char *) group->college_name,
      .state = row->state,
      .takes = (int) row->takes,
      .chosen_shot = row->chosen_shot,
  };
  student = lanmu_student_new (&full, position);
  remember_living (self, student, position);
  return student;
}

/* -- changes -- */

static void count_state (LanmuQueue *self, LanmuQueueRow *row, LanmuStudentState state)
{
  LanmuQueueGroup *group = lanmu_queue_group_at (self, row->group);
  self->counts[row->state]--;
  group->counts[row->state]--;
  row->state = state;
  self->counts[state]++;
  group->counts[state]++;
}

void lanmu_queue_update (LanmuQueue *self, gint64 student_id, LanmuStudentState state, guint takes,
                         const char *chosen_shot)
{
  g_return_if_fail (state < LANMU_STUDENT_N_STATES);
  guint position = lanmu_queue_find_id (self, student_id);
  if (position == LANMU_QUEUE_NOWHERE)
    return;
  LanmuQueueRow *row = lanmu_queue_row_at (self, position);
  LanmuStudentState before = row->state;
  if (before == state && row->takes == takes && g_strcmp0 (row->chosen_shot, chosen_shot) == 0)
    return;

  count_state (self, row, state);
  row->takes = takes;
  char *chosen = g_strdup (chosen_shot);
  g_free (row->chosen_shot);
  row->chosen_shot = chosen;

  LanmuStudent *student = g_hash_table_lookup (self->living, GUINT_TO_POINTER (position + 1));
  if (student != NULL) {
    g_object_ref (student); /* a handler of notify may drop the last other holder */
    lanmu_student_refresh (student, state, takes, chosen_shot);
  }
  if (before != state)
    g_signal_emit (self, signals[STATE_CHANGED], 0, position, (guint) before, (guint) state);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
  g_clear_object (&student);
}

gboolean lanmu_queue_refresh (LanmuQueue *self, LanmuDb *db, gint64 student_id, GError **error)
{
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (db, student_id, error);
  if (row == NULL)
    return FALSE;
  if (lanmu_queue_find_id (self, student_id) == LANMU_QUEUE_NOWHERE) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW,
                 "Student %s is not in the list that is shown; load it again.", row->student_no);
    return FALSE;
  }
  lanmu_queue_update (self, student_id, row->state, (guint) MAX (row->takes, 0), row->chosen_shot);
  return TRUE;
}

/* -- looking things up -- */

static guint place (GHashTable *table, gconstpointer key)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (table, key));
  return found == 0 ? LANMU_QUEUE_NOWHERE : found - 1;
}

guint lanmu_queue_find (LanmuQueue *self, const char *student_no)
{
  return student_no != NULL ? place (self->by_no, student_no) : LANMU_QUEUE_NOWHERE;
}

guint lanmu_queue_find_id (LanmuQueue *self, gint64 student_id)
{
  return place (self->by_id, &student_id);
}

LanmuStudent *lanmu_queue_find_student (LanmuQueue *self, const char *student_no)
{
  guint position = lanmu_queue_find (self, student_no);
  return position == LANMU_QUEUE_NOWHERE ? NULL : lanmu_queue_get_student (self, position);
}

guint lanmu_queue_next_waiting (LanmuQueue *self, guint position, gboolean same_class)
{
  guint from = position == LANMU_QUEUE_NOWHERE ? 0 : position + 1;
  guint end = self->rows->len;
  if (same_class && position < end) {
    const LanmuQueueGroup *group = lanmu_queue_group_at (self, lanmu_queue_row_at (self, position)->group);
    end = group->first + group->total;
  }
  for (guint i = from; i < end; i++)
    if (lanmu_queue_row_at (self, i)->state == LANMU_STUDENT_WAITING)
      return i;
  return LANMU_QUEUE_NOWHERE;
}

guint lanmu_queue_get_size (LanmuQueue *self)
{
  return self->rows->len;
}

gint64 lanmu_queue_get_id (LanmuQueue *self, guint position)
{
  return lanmu_queue_row_at (self, position)->id;
}

const char *lanmu_queue_get_student_no (LanmuQueue *self, guint position)
{
  return lanmu_queue_row_at (self, position)->student_no;
}

const char *lanmu_queue_get_name (LanmuQueue *self, guint position)
{
  return lanmu_queue_row_at (self, position)->name;
}

LanmuStudentState lanmu_queue_get_state (LanmuQueue *self, guint position)
{
  return lanmu_queue_row_at (self, position)->state;
}

guint lanmu_queue_get_group_index (LanmuQueue *self, guint position)
{
  return lanmu_queue_row_at (self, position)->group;
}

gboolean lanmu_queue_matches (LanmuQueue *self, guint position, const char *folded)
{
  const LanmuQueueRow *row = lanmu_queue_row_at (self, position);
  return strstr (row->folded, folded) != NULL ||
         strstr (g_ptr_array_index (self->class_names, row->group), folded) != NULL;
}

static int by_position (gconstpointer a, gconstpointer b)
{
  guint left = *(const guint *) a, right = *(const guint *) b;
  return left < right ? -1 : left > right;
}

/* Everybody of the classes called so, and everybody who has it themselves: sorted, each once. */
void lanmu_queue_search (LanmuQueue *self, const char *folded, LanmuQueuePasses passes, gpointer data,
                         GArray *positions)
{
  for (guint i = 0; i < self->groups->len; i++) {
    const LanmuQueueGroup *group = lanmu_queue_group_at (self, i);
    if (strstr (g_ptr_array_index (self->class_names, i), folded) == NULL)
      continue;
    for (guint at = group->first; at < group->first + group->total && positions->len < LANMU_QUEUE_FOUND; at++)
      if (passes == NULL || passes (at, data))
        g_array_append_val (positions, at);
  }
  g_autoptr (GArray) own = g_array_new (FALSE, FALSE, sizeof (guint));
  if (self->finder != NULL)
    lanmu_finder_find (self->finder, folded, passes, data, own);
  if (own->len == 0)
    return;
  g_array_append_vals (positions, own->data, own->len);
  g_array_sort (positions, by_position);
  guint kept = 0;
  for (guint i = 0; i < positions->len; i++)
    if (kept == 0 || g_array_index (positions, guint, i) != g_array_index (positions, guint, kept - 1))
      g_array_index (positions, guint, kept++) = g_array_index (positions, guint, i);
  g_array_set_size (positions, MIN (kept, LANMU_QUEUE_FOUND));
}

guint lanmu_queue_get_count (LanmuQueue *self, LanmuStudentState state)
{
  return self->counts[state];
}

guint lanmu_queue_get_n_groups (LanmuQueue *self)
{
  return self->groups->len;
}

const LanmuQueueGroup *lanmu_queue_get_group (LanmuQueue *self, guint index)
{
  return index < self->groups->len ? lanmu_queue_group_at (self, index) : NULL;
}

/* -- the type -- */

static void lanmu_queue_finalize (GObject *object)
{
  LanmuQueue *self = LANMU_QUEUE (object);
  g_hash_table_unref (self->living);
  g_clear_pointer (&self->finder, lanmu_finder_free);
  g_ptr_array_unref (self->class_names);
  g_hash_table_unref (self->by_no);
  g_hash_table_unref (self->by_id);
  g_array_unref (self->rows);
  g_array_unref (self->groups);
  g_string_chunk_free (self->texts);
  G_OBJECT_CLASS (lanmu_queue_parent_class)->finalize (object);
}

static void lanmu_queue_class_init (LanmuQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanmu_queue_finalize;
  signals[STATE_CHANGED] = g_signal_new ("state-changed", LANMU_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT, G_TYPE_UINT);
}

static void lanmu_queue_init (LanmuQueue *self)
{
  LanmuQueueLoad empty;
  lanmu_queue_load_init (&empty);
  self->rows = empty.rows;
  self->groups = empty.groups;
  self->texts = empty.texts;
  self->class_names = g_ptr_array_new_with_free_func (g_free);
  self->by_no = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->living = g_hash_table_new (NULL, NULL);
}

LanmuQueue *lanmu_queue_new (void)
{
  return g_object_new (LANMU_TYPE_QUEUE, NULL);
}
