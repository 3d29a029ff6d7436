/* Classes and their progress; see classes.h. Main thread. Objects are few (hundreds): made eagerly, kept, and told when
 * a count changed. */
#include "app/classes.h"

#include <string.h>

struct _LanmuClass {
  GObject parent_instance;
  gint64 id;
  char *name, *major_name, *college_name;
  guint first, total;
  guint counts[LANMU_STUDENT_N_STATES];
};

G_DEFINE_FINAL_TYPE (LanmuClass, lanmu_class, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_MAJOR_NAME,
  PROP_COLLEGE_NAME,
  PROP_FIRST,
  PROP_TOTAL,
  PROP_PROGRESS,
  PROP_COUNT, /* + LanmuStudentState */
  N_PROPS = PROP_COUNT + LANMU_STUDENT_N_STATES
};
static GParamSpec *props[N_PROPS];

static void lanmu_class_get_property (GObject *object, guint prop, GValue *value, GParamSpec *pspec)
{
  LanmuClass *self = LANMU_CLASS (object);
  switch (prop) {
  case PROP_ID:
    g_value_set_int64 (value, self->id);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_MAJOR_NAME:
    g_value_set_string (value, self->major_name);
    break;
  case PROP_COLLEGE_NAME:
    g_value_set_string (value, self->college_name);
    break;
  case PROP_FIRST:
    g_value_set_uint (value, self->first);
    break;
  case PROP_TOTAL:
    g_value_set_uint (value, self->total);
    break;
  case PROP_PROGRESS:
    g_value_set_double (value, lanmu_class_get_progress (self));
    break;
  default:
    if (prop >= PROP_COUNT && prop < N_PROPS)
      g_value_set_uint (value, self->counts[prop - PROP_COUNT]);
    else
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
  }
}

static void lanmu_class_finalize (GObject *object)
{
  LanmuClass *self = LANMU_CLASS (object);
  g_free (self->name);
  g_free (self->major_name);
  g_free (self->college_name);
  G_OBJECT_CLASS (lanmu_class_parent_class)->finalize (object);
}

static void lanmu_class_class_init (LanmuClassClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = lanmu_class_get_property;
  object_class->finalize = lanmu_class_finalize;

  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  props[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_MAJOR_NAME] = g_param_spec_string ("major-name", NULL, NULL, NULL, flags);
  props[PROP_COLLEGE_NAME] = g_param_spec_string ("college-name", NULL, NULL, NULL, flags);
  props[PROP_FIRST] = g_param_spec_uint ("first", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0, flags);
  for (int state = 0; state < LANMU_STUDENT_N_STATES; state++)
    props[PROP_COUNT + state] =
        g_param_spec_uint (lanmu_student_state_to_string (state), NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void lanmu_class_init (LanmuClass *self)
{
}

static LanmuClass *class_new (const LanmuQueueGroup *group)
{
  LanmuClass *self = g_object_new (LANMU_TYPE_CLASS, NULL);
  self->id = group->id;
  self->name = g_strdup (group->name);
  self->major_name = g_strdup (group->major_name);
  self->college_name = g_strdup (group->college_name);
  self->first = group->first;
  self->total = group->total;
  memcpy (self->counts, group->counts, sizeof self->counts);
  return self;
}

static void class_refresh (LanmuClass *self, const LanmuQueueGroup *group)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (int state = 0; state < LANMU_STUDENT_N_STATES; state++) {
    if (self->counts[state] == group->counts[state])
      continue;
    self->counts[state] = group->counts[state];
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_COUNT + state]);
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PROGRESS]);
  }
  g_object_thaw_notify (G_OBJECT (self));
}

gint64 lanmu_class_get_id (LanmuClass *self)
{
  return self->id;
}

const char *lanmu_class_get_name (LanmuClass *self)
{
  return self->name;
}

guint lanmu_class_get_first (LanmuClass *self)
{
  return self->first;
}

guint lanmu_class_get_total (LanmuClass *self)
{
  return self->total;
}

guint lanmu_class_get_count (LanmuClass *self, LanmuStudentState state)
{
  return self->counts[state];
}

double lanmu_class_get_progress (LanmuClass *self)
{
  guint present = self->total - self->counts[LANMU_STUDENT_ABSENT];
  return present == 0 ? 1.0 : (double) self->counts[LANMU_STUDENT_ACCEPTED] / present;
}

/* -- the list -- */

struct _LanmuClasses {
  GObject parent_instance;
  LanmuQueue *queue;
  GPtrArray *items; /* LanmuClass, by group index of the queue */
};

static GType get_item_type (GListModel *model)
{
  return LANMU_TYPE_CLASS;
}

static guint get_n_items (GListModel *model)
{
  return LANMU_CLASSES (model)->items->len;
}

static gpointer get_item (GListModel *model, guint position)
{
  GPtrArray *items = LANMU_CLASSES (model)->items;
  return position < items->len ? g_object_ref (g_ptr_array_index (items, position)) : NULL;
}

static void list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (LanmuClasses, lanmu_classes, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void queue_state_changed (LanmuQueue *queue, guint position, guint old_state, guint new_state,
                                 LanmuClasses *self)
{
  guint index = lanmu_queue_get_group_index (queue, position);
  class_refresh (g_ptr_array_index (self->items, index), lanmu_queue_get_group (queue, index));
}

static void queue_items_changed (GListModel *model, guint position, guint removed, guint added, LanmuClasses *self)
{
  if (removed == 1 && added == 1 && lanmu_queue_get_size (self->queue) > 1)
    return; /* one student of many: the counts came by "state-changed" */
  guint before = self->items->len;
  g_ptr_array_set_size (self->items, 0);
  for (guint i = 0; i < lanmu_queue_get_n_groups (self->queue); i++)
    g_ptr_array_add (self->items, class_new (lanmu_queue_get_group (self->queue, i)));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before, self->items->len);
}

static void lanmu_classes_finalize (GObject *object)
{
  LanmuClasses *self = LANMU_CLASSES (object);
  g_signal_handlers_disconnect_by_data (self->queue, self);
  g_object_unref (self->queue);
  g_ptr_array_unref (self->items);
  G_OBJECT_CLASS (lanmu_classes_parent_class)->finalize (object);
}

static void lanmu_classes_class_init (LanmuClassesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanmu_classes_finalize;
}

static void lanmu_classes_init (LanmuClasses *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

LanmuClasses *lanmu_classes_new (LanmuQueue *queue)
{
  LanmuClasses *self = g_object_new (LANMU_TYPE_CLASSES, NULL);
  self->queue = g_object_ref (queue);
  g_signal_connect (queue, "state-changed", G_CALLBACK (queue_state_changed), self);
  g_signal_connect (queue, "items-changed", G_CALLBACK (queue_items_changed), self);
  queue_items_changed (G_LIST_MODEL (queue), 0, 0, 0, self);
  return self;
}
