/* Compact rows behind a list model; see queue.h for the promises. Main thread.
 *
 * Memory: one Row (64 bytes) and its texts in one string chunk; class names once a class. Objects are weak: the table of living ones forgets an object when its last
 * holder does. */
#include "app/queue.h"

#include <string.h>

#include "app/format.h"

typedef struct {
  gint64 id;
  const char *student_no, *name, *sex, *id_no, *folded; /* in the chunk; folded = what a search looks at */
  char *chosen_shot;
  guint group;
  guint takes;
  guint8 state;
} Row;

struct _LanmuQueue {
  GObject parent_instance;
  GArray *rows;          /* Row */
  GArray *classes;       /* LanmuQueueGroup */
  GStringChunk *texts;
  GHashTable *by_no;     /* student_no → position + 1 */
  GHashTable *by_id;     /* &Row.id → position + 1 */
  GHashTable *living;    /* position + 1 → LanmuStudent, not owned */
  guint counts[LANMU_STUDENT_N_STATES];
};

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

G_DEFINE_FINAL_TYPE_WITH_CODE (LanmuQueue, lanmu_queue, G_TYPE_OBJECT, G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum { STATE_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

static Row *row_at (LanmuQueue *self, guint position)
{
  return &g_array_index (self->rows, Row, position);
}

static LanmuQueueGroup *class_at (LanmuQueue *self, guint index)
{
  return &g_array_index (self->classes, LanmuQueueGroup, index);
}

static void row_clear (gpointer data)
{
  g_free (((Row *) data)->chosen_shot);
}

/* --- objects ---------------------------------------------------------------------------------------------------------------------------------------- */

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

  const Row *row = row_at (self, position);
  const LanmuQueueGroup *group = class_at (self, row->group);
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

/* --- loading ---------------------------------------------------------------------------------------------------------------------------------------- */

typedef struct {
  GArray *rows, *classes;
  GStringChunk *texts;
} Loaded;

static const char *keep (Loaded *loaded, const char *text)
{
  return text == NULL || *text == '\0' ? "" : g_string_chunk_insert (loaded->texts, text);
}

static guint keep_class (Loaded *loaded, const LanmuStudentRow *student)
{
  guint n = loaded->classes->len;
  if (n > 0 && g_array_index (loaded->classes, LanmuQueueGroup, n - 1).id == student->class_id)
    return n - 1;
  LanmuQueueGroup group = { .id = student->class_id, .first = loaded->rows->len };
  group.name = keep (loaded, student->class_name);
  group.major_name = keep (loaded, student->major_name);
  group.college_name = keep (loaded, student->college_name);
  g_array_append_val (loaded->classes, group);
  return n;
}

/* What a search looks at: 学号, a line break that nobody types, the name. */
static const char *keep_folded (Loaded *loaded, const LanmuStudentRow *student)
{
  g_autofree char *joined = g_strconcat (student->student_no, "\x01", student->name, NULL);
  g_autofree char *folded = lanmu_format_fold (joined);
  return g_string_chunk_insert (loaded->texts, folded);
}

static gboolean keep_row (const LanmuStudentRow *student, gpointer data)
{
  Loaded *loaded = data;
  Row row = { .id = student->id, .state = student->state, .takes = (guint) MAX (student->takes, 0) };
  row.group = keep_class (loaded, student);
  row.student_no = keep (loaded, student->student_no);
  row.name = keep (loaded, student->name);
  row.sex = student->sex != NULL ? g_intern_string (student->sex) : "";
  row.id_no = keep (loaded, student->id_no);
  row.folded = keep_folded (loaded, student);
  row.chosen_shot = g_strdup (student->chosen_shot);
  LanmuQueueGroup *group = &g_array_index (loaded->classes, LanmuQueueGroup, row.group);
  group->total++;
  group->counts[row.state]++;
  g_array_append_val (loaded->rows, row);
  return TRUE;
}

static void loaded_clear (Loaded *loaded)
{
  g_array_unref (loaded->rows);
  g_array_unref (loaded->classes);
  g_string_chunk_free (loaded->texts);
}

static void loaded_init (Loaded *loaded)
{
  loaded->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  g_array_set_clear_func (loaded->rows, row_clear);
  loaded->classes = g_array_new (FALSE, FALSE, sizeof (LanmuQueueGroup));
  loaded->texts = g_string_chunk_new (64 * 1024);
}

static void index_rows (LanmuQueue *self)
{
  g_hash_table_remove_all (self->by_no);
  g_hash_table_remove_all (self->by_id);
  memset (self->counts, 0, sizeof self->counts);
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = row_at (self, i);
    g_hash_table_insert (self->by_no, (gpointer) row->student_no, GUINT_TO_POINTER (i + 1));
    g_hash_table_insert (self->by_id, &row->id, GUINT_TO_POINTER (i + 1));
    self->counts[row->state]++;
  }
}

gboolean lanmu_queue_load (LanmuQueue *self, LanmuDb *db, gint64 class_id, GError **error)
{
  Loaded loaded;
  loaded_init (&loaded);
  if (!lanmu_students_list (db, class_id, LANMU_STUDENT_ANY_STATE, keep_row, &loaded, error)) {
    loaded_clear (&loaded);
    return FALSE;
  }

  Loaded old = { self->rows, self->classes, self->texts };
  guint removed = self->rows->len;
  g_hash_table_unref (self->living); /* objects of the old list live on with their holders, cut loose */
  self->living = g_hash_table_new (NULL, NULL);
  self->rows = loaded.rows;
  self->classes = loaded.classes;
  self->texts = loaded.texts;
  index_rows (self);
  loaded_clear (&old);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, self->rows->len);
  return TRUE;
}

/* --- changes ---------------------------------------------------------------------------------------------------------------------------------------- */

static void count_state (LanmuQueue *self, Row *row, LanmuStudentState state)
{
  LanmuQueueGroup *group = class_at (self, row->group);
  self->counts[row->state]--;
  group->counts[row->state]--;
  row->state = state;
  self->counts[state]++;
  group->counts[state]++;
}

void lanmu_queue_update (LanmuQueue *self, gint64 student_id, LanmuStudentState state, guint takes, const char *chosen_shot)
{
  g_return_if_fail (state < LANMU_STUDENT_N_STATES);
  guint position = lanmu_queue_find_id (self, student_id);
  if (position == LANMU_QUEUE_NOWHERE)
    return;
  Row *row = row_at (self, position);
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
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW, "Student %s is not in the list that is shown; load it again.", row->student_no);
    return FALSE;
  }
  lanmu_queue_update (self, student_id, row->state, (guint) MAX (row->takes, 0), row->chosen_shot);
  return TRUE;
}

/* --- looking things up ------------------------------------------------------------------------------------------------------------------------------ */

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
    const LanmuQueueGroup *group = class_at (self, row_at (self, position)->group);
    end = group->first + group->total;
  }
  for (guint i = from; i < end; i++)
    if (row_at (self, i)->state == LANMU_STUDENT_WAITING)
      return i;
  return LANMU_QUEUE_NOWHERE;
}

guint lanmu_queue_get_size (LanmuQueue *self)
{
  return self->rows->len;
}

gint64 lanmu_queue_get_id (LanmuQueue *self, guint position)
{
  return row_at (self, position)->id;
}

const char *lanmu_queue_get_student_no (LanmuQueue *self, guint position)
{
  return row_at (self, position)->student_no;
}

const char *lanmu_queue_get_name (LanmuQueue *self, guint position)
{
  return row_at (self, position)->name;
}

LanmuStudentState lanmu_queue_get_state (LanmuQueue *self, guint position)
{
  return row_at (self, position)->state;
}

guint lanmu_queue_get_group_index (LanmuQueue *self, guint position)
{
  return row_at (self, position)->group;
}

gboolean lanmu_queue_matches (LanmuQueue *self, guint position, const char *folded)
{
  return strstr (row_at (self, position)->folded, folded) != NULL;
}

guint lanmu_queue_get_count (LanmuQueue *self, LanmuStudentState state)
{
  return self->counts[state];
}

guint lanmu_queue_get_n_groups (LanmuQueue *self)
{
  return self->classes->len;
}

const LanmuQueueGroup *lanmu_queue_get_group (LanmuQueue *self, guint index)
{
  return index < self->classes->len ? class_at (self, index) : NULL;
}

/* --- the type --------------------------------------------------------------------------------------------------------------------------------------- */

static void lanmu_queue_finalize (GObject *object)
{
  LanmuQueue *self = LANMU_QUEUE (object);
  g_hash_table_unref (self->living);
  g_hash_table_unref (self->by_no);
  g_hash_table_unref (self->by_id);
  g_array_unref (self->rows);
  g_array_unref (self->classes);
  g_string_chunk_free (self->texts);
  G_OBJECT_CLASS (lanmu_queue_parent_class)->finalize (object);
}

static void lanmu_queue_class_init (LanmuQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanmu_queue_finalize;
  signals[STATE_CHANGED] = g_signal_new ("state-changed", LANMU_TYPE_QUEUE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_UINT, G_TYPE_UINT,
                                         G_TYPE_UINT);
}

static void lanmu_queue_init (LanmuQueue *self)
{
  Loaded empty;
  loaded_init (&empty);
  self->rows = empty.rows;
  self->classes = empty.classes;
  self->texts = empty.texts;
  self->by_no = g_hash_table_new (g_str_hash, g_str_equal);
  self->by_id = g_hash_table_new (g_int64_hash, g_int64_equal);
  self->living = g_hash_table_new (NULL, NULL);
}

LanmuQueue *lanmu_queue_new (void)
{
  return g_object_new (LANMU_TYPE_QUEUE, NULL);
}
