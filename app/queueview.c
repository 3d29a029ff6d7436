/* Positions of a queue that pass a filter; see queueview.h. Main thread.
 *
 * A change of class or state is one pass over the compact rows (a few milliseconds for 100,000) and one items-changed;
 * a text is searched by the queue's index and shows at most LANMU_QUEUE_FOUND places; a change of one student touches
 * one place. */
#include "app/queueview.h"

#include <string.h>

#include "app/format.h"

struct _LanmuQueueView {
  GObject parent_instance;
  LanmuQueue *queue;
  GArray *shown; /* guint queue positions, ascending */
  char *text, *folded;
  gint64 class_id;
  int state;
};

static GType get_item_type (GListModel *model)
{
  return LANMU_TYPE_STUDENT;
}

static guint get_n_items (GListModel *model)
{
  return LANMU_QUEUE_VIEW (model)->shown->len;
}

static gpointer get_item (GListModel *model, guint position)
{
  LanmuQueueView *self = LANMU_QUEUE_VIEW (model);
  return position < self->shown->len
             ? lanmu_queue_get_student (self->queue, g_array_index (self->shown, guint, position))
             : NULL;
}

static void list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LanmuQueueView, lanmu_queue_view, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum { PROP_0, PROP_TEXT, PROP_CLASS_ID, PROP_STATE, N_PROPS };
static GParamSpec *props[N_PROPS];

static gboolean passes (guint position, gpointer data)
{
  LanmuQueueView *self = data;
  if (self->class_id != 0 &&
      lanmu_queue_get_group (self->queue, lanmu_queue_get_group_index (self->queue, position))->id != self->class_id)
    return FALSE;
  return self->state == LANMU_STUDENT_ANY_STATE || (int) lanmu_queue_get_state (self->queue, position) == self->state;
}

static gboolean shows (LanmuQueueView *self, guint position)
{
  return passes (position, self) && (self->folded == NULL || lanmu_queue_matches (self->queue, position, self->folded));
}

static void fill (LanmuQueueView *self)
{
  guint removed = self->shown->len;
  guint size = lanmu_queue_get_size (self->queue);
  g_array_set_size (self->shown, 0);
  if (self->folded != NULL)
    lanmu_queue_search (self->queue, self->folded, passes, self, self->shown);
  else
    for (guint i = 0; i < size; i++)
      if (passes (i, self))
        g_array_append_val (self->shown, i);
  if (removed > 0 || self->shown->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, self->shown->len);
}

/* Index of the first shown place that is not before queue_position. */
static guint lower_bound (LanmuQueueView *self, guint queue_position)
{
  guint low = 0, high = self->shown->len;
  while (low < high) {
    guint middle = low + (high - low) / 2;
    if (g_array_index (self->shown, guint, middle) < queue_position)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void follow_one (LanmuQueueView *self, guint queue_position)
{
  guint at = lower_bound (self, queue_position);
  gboolean was = at < self->shown->len && g_array_index (self->shown, guint, at) == queue_position;
  gboolean is = shows (self, queue_position);
  if (is && !was)
    g_array_insert_val (self->shown, at, queue_position);
  else if (was && !is)
    g_array_remove_index (self->shown, at);
  if (was || is)
    g_list_model_items_changed (G_LIST_MODEL (self), at, was ? 1 : 0, is ? 1 : 0);
}

static void queue_items_changed (GListModel *queue, guint position, guint removed, guint added, gpointer data)
{
  if (removed == 1 && added == 1)
    follow_one (data, position);
  else
    fill (data);
}

void lanmu_queue_view_set_text (LanmuQueueView *self, const char *text)
{
  text = text != NULL ? text : "";
  if (g_str_equal (self->text, text))
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  g_free (self->folded);
  self->folded = lanmu_format_fold (text);
  if (*self->folded == '\0')
    g_clear_pointer (&self->folded, g_free);
  fill (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
}

const char *lanmu_queue_view_get_text (LanmuQueueView *self)
{
  return self->text;
}

void lanmu_queue_view_set_class (LanmuQueueView *self, gint64 class_id)
{
  if (self->class_id == class_id)
    return;
  self->class_id = class_id;
  fill (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CLASS_ID]);
}

gint64 lanmu_queue_view_get_class (LanmuQueueView *self)
{
  return self->class_id;
}

void lanmu_queue_view_set_state (LanmuQueueView *self, int state)
{
  if (self->state == state)
    return;
  self->state = state;
  fill (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

int lanmu_queue_view_get_state (LanmuQueueView *self)
{
  return self->state;
}

guint lanmu_queue_view_from_queue (LanmuQueueView *self, guint queue_position)
{
  guint at = lower_bound (self, queue_position);
  return at < self->shown->len && g_array_index (self->shown, guint, at) == queue_position ? at : LANMU_QUEUE_NOWHERE;
}

guint lanmu_queue_view_to_queue (LanmuQueueView *self, guint view_position)
{
  return view_position < self->shown->len ? g_array_index (self->shown, guint, view_position) : LANMU_QUEUE_NOWHERE;
}

LanmuQueue *lanmu_queue_view_get_queue (LanmuQueueView *self)
{
  return self->queue;
}

static void lanmu_queue_view_get_property (GObject *object, guint prop, GValue *value, GParamSpec *pspec)
{
  LanmuQueueView *self = LANMU_QUEUE_VIEW (object);
  switch (prop) {
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_CLASS_ID:
    g_value_set_int64 (value, self->class_id);
    break;
  case PROP_STATE:
    g_value_set_int (value, self->state);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
  }
}

static void lanmu_queue_view_set_property (GObject *object, guint prop, const GValue *value, GParamSpec *pspec)
{
  LanmuQueueView *self = LANMU_QUEUE_VIEW (object);
  switch (prop) {
  case PROP_TEXT:
    lanmu_queue_view_set_text (self, g_value_get_string (value));
    break;
  case PROP_CLASS_ID:
    lanmu_queue_view_set_class (self, g_value_get_int64 (value));
    break;
  case PROP_STATE:
    lanmu_queue_view_set_state (self, g_value_get_int (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
  }
}

static void lanmu_queue_view_finalize (GObject *object)
{
  LanmuQueueView *self = LANMU_QUEUE_VIEW (object);
  g_signal_handlers_disconnect_by_data (self->queue, self);
  g_object_unref (self->queue);
  g_array_unref (self->shown);
  g_free (self->text);
  g_free (self->folded);
  G_OBJECT_CLASS (lanmu_queue_view_parent_class)->finalize (object);
}

static void lanmu_queue_view_class_init (LanmuQueueViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = lanmu_queue_view_get_property;
  object_class->set_property = lanmu_queue_view_set_property;
  object_class->finalize = lanmu_queue_view_finalize;

  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  props[PROP_CLASS_ID] = g_param_spec_int64 ("class-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, LANMU_STUDENT_ANY_STATE, LANMU_STUDENT_N_STATES - 1,
                                        LANMU_STUDENT_ANY_STATE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void lanmu_queue_view_init (LanmuQueueView *self)
{
  self->shown = g_array_new (FALSE, FALSE, sizeof (guint));
  self->text = g_strdup ("");
  self->state = LANMU_STUDENT_ANY_STATE;
}

LanmuQueueView *lanmu_queue_view_new (LanmuQueue *queue)
{
  LanmuQueueView *self = g_object_new (LANMU_TYPE_QUEUE_VIEW, NULL);
  self->queue = g_object_ref (queue);
  g_signal_connect (queue, "items-changed", G_CALLBACK (queue_items_changed), self);
  fill (self);
  return self;
}
