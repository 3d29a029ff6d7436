/* See take.h. */
#include "app/take.h"

struct _LanmuTake {
  GObject parent_instance;
  char *shot, *ticket, *time, *origin, *proof, *path;
  guint number, index;
  gboolean chosen;
  LanmuFrame *frame;
  int orientation;
  LanmuAdjustment crop;
  LanmuInspection *inspection; /* NULL until it was looked over */
};

enum { PROP_0, PROP_SHOT, PROP_TICKET, PROP_NUMBER, PROP_INDEX, PROP_TIME, PROP_ORIGIN, PROP_PROOF, PROP_CHOSEN, PROP_FRAME, PROP_ORIENTATION, PROP_VERDICT, PROP_MOVED, N_PROPS };
static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (LanmuTake, lanmu_take, G_TYPE_OBJECT)

static void lanmu_take_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LanmuTake *self = LANMU_TAKE (object);
  const char *const strings[N_PROPS] = { [PROP_SHOT] = self->shot, [PROP_TICKET] = self->ticket, [PROP_TIME] = self->time,
                                         [PROP_ORIGIN] = self->origin, [PROP_PROOF] = self->proof };
  switch (id) {
  case PROP_NUMBER:
    g_value_set_uint (value, self->number);
    break;
  case PROP_INDEX:
    g_value_set_uint (value, self->index);
    break;
  case PROP_CHOSEN:
    g_value_set_boolean (value, self->chosen);
    break;
  case PROP_FRAME:
    g_value_set_boxed (value, self->frame);
    break;
  case PROP_VERDICT:
    g_value_set_uint (value, self->inspection ? self->inspection->worst : LANMU_VERDICT_NOT_CHECKED);
    break;
  case PROP_MOVED:
    g_value_set_boolean (value, self->crop.dx != 0 || self->crop.dy != 0 || self->crop.zoom != 1);
    break;
  case PROP_ORIENTATION:
    g_value_set_int (value, self->orientation);
    break;
  default:
    g_value_set_string (value, strings[id]);
  }
}

static void lanmu_take_finalize (GObject *object)
{
  LanmuTake *self = LANMU_TAKE (object);
  char *strings[] = { self->shot, self->ticket, self->time, self->origin, self->proof, self->path };
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (strings[i]);
  g_clear_pointer (&self->frame, lanmu_frame_unref);
  g_free (self->inspection);
  G_OBJECT_CLASS (lanmu_take_parent_class)->finalize (object);
}

static void lanmu_take_class_init (LanmuTakeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  object_class->get_property = lanmu_take_get_property;
  object_class->finalize = lanmu_take_finalize;
  props[PROP_SHOT] = g_param_spec_string ("shot", NULL, NULL, NULL, flags);
  props[PROP_TICKET] = g_param_spec_string ("ticket", NULL, NULL, NULL, flags);
  props[PROP_NUMBER] = g_param_spec_uint ("number", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_INDEX] = g_param_spec_uint ("index", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_TIME] = g_param_spec_string ("time", NULL, NULL, NULL, flags);
  props[PROP_ORIGIN] = g_param_spec_string ("origin", NULL, NULL, NULL, flags);
  props[PROP_PROOF] = g_param_spec_string ("proof", NULL, NULL, NULL, flags);
  props[PROP_CHOSEN] = g_param_spec_boolean ("chosen", NULL, NULL, FALSE, flags);
  props[PROP_FRAME] = g_param_spec_boxed ("frame", NULL, NULL, LANMU_TYPE_FRAME, flags);
  props[PROP_ORIENTATION] = g_param_spec_int ("orientation", NULL, NULL, 1, 8, 1, flags);
  props[PROP_VERDICT] = g_param_spec_uint ("verdict", NULL, NULL, 0, LANMU_VERDICT_FAIL, 0, flags);
  props[PROP_MOVED] = g_param_spec_boolean ("moved", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void lanmu_take_init (LanmuTake *self)
{
  self->orientation = 1;
  self->crop.zoom = 1;
}

LanmuTake *lanmu_take_new (const char *shot, const char *ticket, guint number, guint index, const char *time, const char *origin,
                           const char *proof, gboolean chosen, const char *path)
{
  LanmuTake *self = g_object_new (LANMU_TYPE_TAKE, NULL);
  self->shot = g_strdup (shot);
  self->ticket = g_strdup (ticket);
  self->number = number;
  self->index = index;
  self->time = g_strdup (time);
  self->origin = g_strdup (origin);
  self->proof = g_strdup (proof);
  self->chosen = chosen;
  self->path = g_strdup (path);
  return self;
}

const char *lanmu_take_get_shot (LanmuTake *self)
{
  return self->shot;
}

const char *lanmu_take_get_ticket (LanmuTake *self)
{
  return self->ticket;
}

const char *lanmu_take_get_path (LanmuTake *self)
{
  return self->path;
}

guint lanmu_take_get_number (LanmuTake *self)
{
  return self->number;
}

guint lanmu_take_get_index (LanmuTake *self)
{
  return self->index;
}

const char *lanmu_take_get_proof (LanmuTake *self)
{
  return self->proof;
}

gboolean lanmu_take_get_chosen (LanmuTake *self)
{
  return self->chosen;
}

void lanmu_take_set_chosen (LanmuTake *self, gboolean chosen)
{
  if (self->chosen == chosen)
    return;
  self->chosen = chosen;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOSEN]);
}

LanmuFrame *lanmu_take_get_frame (LanmuTake *self)
{
  return self->frame;
}

int lanmu_take_get_orientation (LanmuTake *self)
{
  return self->orientation;
}

void lanmu_take_set_picture (LanmuTake *self, LanmuFrame *frame, int orientation)
{
  g_clear_pointer (&self->frame, lanmu_frame_unref);
  self->frame = frame ? lanmu_frame_ref (frame) : NULL;
  self->orientation = CLAMP (orientation, 1, 8);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ORIENTATION]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRAME]);
}

const LanmuInspection *lanmu_take_get_inspection (LanmuTake *self)
{
  return self->inspection;
}

void lanmu_take_set_inspection (LanmuTake *self, const LanmuInspection *inspection)
{
  g_free (self->inspection);
  self->inspection = g_memdup2 (inspection, sizeof *inspection);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_VERDICT]);
}

const LanmuAdjustment *lanmu_take_get_crop (LanmuTake *self)
{
  return &self->crop;
}

void lanmu_take_set_crop (LanmuTake *self, const LanmuAdjustment *by_hand)
{
  self->crop = *by_hand;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_MOVED]);
}
