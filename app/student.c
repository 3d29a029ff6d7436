/* One row of the queue as an object; see student.h. Main thread. */
#include "app/student.h"

#include "app/format.h"

struct _LanmuStudent {
  GObject parent_instance;
  gint64 id, class_id;
  guint position, takes;
  char *student_no, *name, *sex, *id_no;
  char *class_name, *major_name, *college_name;
  LanmuStudentState state;
  char *chosen_shot;
};

G_DEFINE_FINAL_TYPE (LanmuStudent, lanmu_student, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ID,
  PROP_POSITION,
  PROP_STUDENT_NO,
  PROP_GROUPED_NO,
  PROP_NAME,
  PROP_MASKED_NAME,
  PROP_SEX,
  PROP_ID_NO_MASKED,
  PROP_CLASS_ID,
  PROP_CLASS_NAME,
  PROP_MAJOR_NAME,
  PROP_COLLEGE_NAME,
  PROP_STATE,
  PROP_TAKES,
  PROP_CHOSEN_SHOT,
  N_PROPS
};
static GParamSpec *props[N_PROPS];

static void lanmu_student_get_property (GObject *object, guint prop, GValue *value, GParamSpec *pspec)
{
  LanmuStudent *self = LANMU_STUDENT (object);
  switch (prop) {
  case PROP_ID:
    g_value_set_int64 (value, self->id);
    break;
  case PROP_POSITION:
    g_value_set_uint (value, self->position);
    break;
  case PROP_STUDENT_NO:
    g_value_set_string (value, self->student_no);
    break;
  case PROP_GROUPED_NO:
    g_value_take_string (value, lanmu_format_grouped_no (self->student_no));
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_MASKED_NAME:
    g_value_take_string (value, lanmu_format_masked_name (self->name));
    break;
  case PROP_SEX:
    g_value_set_string (value, self->sex);
    break;
  case PROP_ID_NO_MASKED:
    g_value_take_string (value, lanmu_format_masked_id (self->id_no));
    break;
  case PROP_CLASS_ID:
    g_value_set_int64 (value, self->class_id);
    break;
  case PROP_CLASS_NAME:
    g_value_set_string (value, self->class_name);
    break;
  case PROP_MAJOR_NAME:
    g_value_set_string (value, self->major_name);
    break;
  case PROP_COLLEGE_NAME:
    g_value_set_string (value, self->college_name);
    break;
  case PROP_STATE:
    g_value_set_static_string (value, lanmu_student_state_to_string (self->state));
    break;
  case PROP_TAKES:
    g_value_set_uint (value, self->takes);
    break;
  case PROP_CHOSEN_SHOT:
    g_value_set_string (value, self->chosen_shot);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
  }
}

static void lanmu_student_finalize (GObject *object)
{
  LanmuStudent *self = LANMU_STUDENT (object);
  g_free (self->student_no);
  g_free (self->name);
  g_free (self->sex);
  g_free (self->id_no);
  g_free (self->class_name);
  g_free (self->major_name);
  g_free (self->college_name);
  g_free (self->chosen_shot);
  G_OBJECT_CLASS (lanmu_student_parent_class)->finalize (object);
}

static void lanmu_student_class_init (LanmuStudentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = lanmu_student_get_property;
  object_class->finalize = lanmu_student_finalize;

  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  static const struct {
    guint prop;
    const char *name;
  } strings[] = {
      {PROP_STUDENT_NO, "student-no"},
      {PROP_GROUPED_NO, "grouped-no"},
      {PROP_NAME, "name"},
      {PROP_MASKED_NAME, "masked-name"},
      {PROP_SEX, "sex"},
      {PROP_ID_NO_MASKED, "id-no-masked"},
      {PROP_CLASS_NAME, "class-name"},
      {PROP_MAJOR_NAME, "major-name"},
      {PROP_COLLEGE_NAME, "college-name"},
      {PROP_STATE, "state"},
      {PROP_CHOSEN_SHOT, "chosen-shot"},
  };
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    props[strings[i].prop] = g_param_spec_string (strings[i].name, NULL, NULL, NULL, flags);
  props[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_CLASS_ID] = g_param_spec_int64 ("class-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_TAKES] = g_param_spec_uint ("takes", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void lanmu_student_init (LanmuStudent *self)
{
}

LanmuStudent *lanmu_student_new (const LanmuStudentRow *row, guint position)
{
  LanmuStudent *self = g_object_new (LANMU_TYPE_STUDENT, NULL);
  self->id = row->id;
  self->class_id = row->class_id;
  self->position = position;
  self->student_no = g_strdup (row->student_no);
  self->name = g_strdup (row->name);
  self->sex = g_strdup (row->sex);
  self->id_no = g_strdup (row->id_no);
  self->class_name = g_strdup (row->class_name);
  self->major_name = g_strdup (row->major_name);
  self->college_name = g_strdup (row->college_name);
  self->state = row->state;
  self->takes = (guint) MAX (row->takes, 0);
  self->chosen_shot = g_strdup (row->chosen_shot);
  return self;
}

gboolean lanmu_student_refresh (LanmuStudent *self, LanmuStudentState state, guint takes, const char *chosen_shot)
{
  gboolean new_state = self->state != state;
  gboolean new_takes = self->takes != takes;
  gboolean new_chosen = g_strcmp0 (self->chosen_shot, chosen_shot) != 0;

  self->state = state;
  self->takes = takes;
  if (new_chosen) {
    g_free (self->chosen_shot);
    self->chosen_shot = g_strdup (chosen_shot);
  }
  g_object_freeze_notify (G_OBJECT (self));
  if (new_state)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  if (new_takes)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TAKES]);
  if (new_chosen)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_CHOSEN_SHOT]);
  g_object_thaw_notify (G_OBJECT (self));
  return new_state || new_takes || new_chosen;
}

gint64 lanmu_student_get_id (LanmuStudent *self)
{
  return self->id;
}

guint lanmu_student_get_position (LanmuStudent *self)
{
  return self->position;
}

const char *lanmu_student_get_student_no (LanmuStudent *self)
{
  return self->student_no;
}

const char *lanmu_student_get_name (LanmuStudent *self)
{
  return self->name;
}

const char *lanmu_student_get_sex (LanmuStudent *self)
{
  return self->sex;
}

const char *lanmu_student_get_id_no (LanmuStudent *self)
{
  return self->id_no;
}

gint64 lanmu_student_get_class_id (LanmuStudent *self)
{
  return self->class_id;
}

const char *lanmu_student_get_class_name (LanmuStudent *self)
{
  return self->class_name;
}

const char *lanmu_student_get_major_name (LanmuStudent *self)
{
  return self->major_name;
}

const char *lanmu_student_get_college_name (LanmuStudent *self)
{
  return self->college_name;
}

LanmuStudentState lanmu_student_get_state (LanmuStudent *self)
{
  return self->state;
}

guint lanmu_student_get_takes (LanmuStudent *self)
{
  return self->takes;
}

const char *lanmu_student_get_chosen_shot (LanmuStudent *self)
{
  return self->chosen_shot;
}

char *lanmu_student_dup_masked_name (LanmuStudent *self)
{
  return lanmu_format_masked_name (self->name);
}

char *lanmu_student_dup_masked_id_no (LanmuStudent *self)
{
  return lanmu_format_masked_id (self->id_no);
}

char *lanmu_student_dup_grouped_no (LanmuStudent *self)
{
  return lanmu_format_grouped_no (self->student_no);
}
