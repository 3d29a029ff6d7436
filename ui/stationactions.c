/* The actions of ui/stationactions.h. What fits a phase is one table; everything else is the station's decision. */
#include "ui/stationactions.h"

struct _LanmuStationActions {
  GObject parent;
  LanmuStation *station;
  LanmuDesk *desk;
  GSimpleActionGroup *group;
  guint moving; /* calls on their way that lead to another student */
};

G_DEFINE_FINAL_TYPE (LanmuStationActions, lanmu_station_actions, G_TYPE_OBJECT)

enum { REFUSED, DONE, N_SIGNALS };
static guint signals[N_SIGNALS];

#define IDLE     (1u << LANMU_PHASE_IDLE)
#define READY    (1u << LANMU_PHASE_READY)
#define SHOOTING (1u << LANMU_PHASE_SHOOTING)
#define ARRIVING (1u << LANMU_PHASE_ARRIVING)
#define REVIEW   (1u << LANMU_PHASE_REVIEW)
#define QUIET    (IDLE | READY | REVIEW)
#define ALWAYS   (QUIET | SHOOTING | ARRIVING)

/* A call on its way, and the word it is answered under. */
typedef struct {
  LanmuStationActions *self;
  const char *action; /* static */
  gboolean moves;
} Call;

static Call *call_new (LanmuStationActions *self, const char *action)
{
  Call *call = g_new (Call, 1);
  call->self = g_object_ref (self);
  call->action = action;
  call->moves = FALSE;
  return call;
}

/* For what leads to another student: until it has, the same key again is a finger that bounced, not a wish for the
 * student after. */
static Call *move_new (LanmuStationActions *self, const char *action)
{
  Call *call = call_new (self, action);
  call->moves = TRUE;
  self->moving++;
  return call;
}

static void answer (LanmuStationActions *self, const char *action, const GError *error)
{
  if (error != NULL && !g_error_matches (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_SUPERSEDED))
    g_signal_emit (self, signals[REFUSED], 0, action, error);
  else if (error == NULL)
    g_signal_emit (self, signals[DONE], 0, action);
}

static void finish (Call *call, GError *error)
{
  call->self->moving -= call->moves ? 1 : 0;
  answer (call->self, call->action, error);
  g_clear_error (&error);
  g_object_unref (call->self);
  g_free (call);
}

/* A finished call of each kind; the station's finish functions differ only by name. */
#define ON_DONE(name)                                                                                                  \
  static void on_##name (GObject *source, GAsyncResult *result, gpointer data)                                         \
  {                                                                                                                    \
    GError *error = NULL;                                                                                              \
    lanmu_station_##name##_finish (LANMU_STATION (source), result, &error);                                            \
    finish (data, error);                                                                                              \
  }
ON_DONE (countersign)
ON_DONE (bind)
ON_DONE (code)
ON_DONE (next)
ON_DONE (accept)
ON_DONE (set_aside)
ON_DONE (undo)

static void on_shoot (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;
  g_autofree char *ticket = lanmu_station_shoot_finish (LANMU_STATION (source), result, &error);
  finish (data, error);
}

/* Leading on binds the next student: not for a counselor of other classes. */
static gboolean may_lead_on (LanmuStationActions *self)
{
  LanmuStudent *next_one = lanmu_station_get_next_student (self->station);
  return next_one != NULL &&
         lanmu_desk_may (self->desk, LANMU_ACTION_CALL, lanmu_student_get_class_id (next_one), NULL);
}

/* From the review, Space takes another picture of the same student. */
static void shoot (LanmuStationActions *self, GVariant *parameter)
{
  g_autoptr (GError) error = NULL;
  if (lanmu_station_get_phase (self->station) == LANMU_PHASE_REVIEW && !lanmu_station_retake (self->station, &error)) {
    answer (self, "shoot", error);
    return;
  }
  lanmu_station_shoot_async (self->station, on_shoot, call_new (self, "shoot"));
}

/* Enter always leads on: with nobody there, to the first student. */
static void accept_take (LanmuStationActions *self, GVariant *parameter)
{
  if (lanmu_station_get_phase (self->station) == LANMU_PHASE_IDLE)
    lanmu_station_next_async (self->station, on_next, move_new (self, "next"));
  else
    lanmu_station_accept_async (self->station, may_lead_on (self), on_accept, move_new (self, "accept"));
}

static void retake (LanmuStationActions *self, GVariant *parameter)
{
  g_autoptr (GError) error = NULL;
  lanmu_station_retake (self->station, &error);
  answer (self, "retake", error);
}

static void skip (LanmuStationActions *self, GVariant *parameter)
{
  lanmu_station_set_aside_async (self->station, "skipped", may_lead_on (self), on_set_aside, move_new (self, "skip"));
}

static void absent (LanmuStationActions *self, GVariant *parameter)
{
  lanmu_station_set_aside_async (self->station, "absent", may_lead_on (self), on_set_aside, move_new (self, "absent"));
}

static void next (LanmuStationActions *self, GVariant *parameter)
{
  lanmu_station_next_async (self->station, on_next, move_new (self, "next"));
}

static void undo (LanmuStationActions *self, GVariant *parameter)
{
  lanmu_station_undo_async (self->station, on_undo, move_new (self, "undo"));
}

static void take (LanmuStationActions *self, GVariant *parameter)
{
  g_autoptr (GError) error = NULL;
  lanmu_station_choose_take (self->station, g_variant_get_uint32 (parameter), &error);
  answer (self, "take", error);
}

static void bind (LanmuStationActions *self, GVariant *parameter)
{
  const char *how, *student_no;
  g_variant_get (parameter, "(&s&s)", &how, &student_no);
  lanmu_station_bind_async (self->station, student_no, how, on_bind, call_new (self, "bind"));
}

static LanmuVoucher voucher (LanmuStationActions *self)
{
  const LanmuStaffRow *staff = lanmu_desk_get_staff (self->desk);
  return (LanmuVoucher){.staff_id = staff != NULL ? staff->id : 0, .how = lanmu_desk_get_how (self->desk)};
}

/* The counselor's word at this keyboard. In a campaign that asks for none the key does nothing: a stray finger must not
 * confirm anybody. */
static void confirm (LanmuStationActions *self, GVariant *parameter)
{
  LanmuVoucher who = voucher (self);
  if (!g_str_equal (lanmu_station_get_countersign (self->station), "none"))
    lanmu_station_confirm_async (self->station, &who, on_countersign, call_new (self, "confirm"));
}

static void refuse (LanmuStationActions *self, GVariant *parameter)
{
  LanmuVoucher who = voucher (self);
  lanmu_station_refuse_async (self->station, &who, g_variant_get_string (parameter, NULL), may_lead_on (self),
                              on_countersign, move_new (self, "refuse"));
}

static void lift (LanmuStationActions *self, GVariant *parameter)
{
  lanmu_station_lift_async (self->station, g_variant_get_string (parameter, NULL), "let back at the station",
                            on_countersign, call_new (self, "lift"));
}

static void code (LanmuStationActions *self, GVariant *parameter)
{
  lanmu_station_code_async (self->station, g_variant_get_string (parameter, NULL), on_code, call_new (self, "code"));
}

static const struct {
  const char *name, *type;
  LanmuAction action; /* what the desk is asked */
  guint phases;       /* in which the action does something */
  int otherwise;      /* LanmuStationError when it does not, and nothing is on its way */
  void (*run) (LanmuStationActions *self, GVariant *parameter);
} ACTIONS[] = {
    {"shoot", NULL, LANMU_ACTION_SHOOT, READY | REVIEW, LANMU_STATION_ERROR_NOT_BOUND, shoot},
    {"accept", NULL, LANMU_ACTION_ACCEPT, IDLE | REVIEW, LANMU_STATION_ERROR_NO_TAKE, accept_take},
    {"retake", NULL, LANMU_ACTION_SHOOT, REVIEW, LANMU_STATION_ERROR_NO_TAKE, retake},
    {"skip", NULL, LANMU_ACTION_CALL, READY | REVIEW, LANMU_STATION_ERROR_NOT_BOUND, skip},
    {"absent", NULL, LANMU_ACTION_ABSENT, READY | REVIEW, LANMU_STATION_ERROR_NOT_BOUND, absent},
    {"next", NULL, LANMU_ACTION_CALL, QUIET, LANMU_STATION_ERROR_BUSY, next},
    {"undo", NULL, LANMU_ACTION_CALL, QUIET, LANMU_STATION_ERROR_BUSY, undo},
    {"confirm", NULL, LANMU_ACTION_COUNTERSIGN, READY | REVIEW, LANMU_STATION_ERROR_NOT_BOUND, confirm},
    {"refuse", "s", LANMU_ACTION_COUNTERSIGN, READY | REVIEW, LANMU_STATION_ERROR_NOT_BOUND, refuse},
    {"lift", "s", LANMU_ACTION_LIFT, ALWAYS, LANMU_STATION_ERROR_BUSY, lift},
    {"take", "u", LANMU_ACTION_ACCEPT, READY | REVIEW, LANMU_STATION_ERROR_NO_TAKE, take},
    {"bind", "(ss)", LANMU_ACTION_CALL, ALWAYS, LANMU_STATION_ERROR_BUSY, bind},
    {"code", "s", LANMU_ACTION_CALL, ALWAYS, LANMU_STATION_ERROR_BUSY, code},
};

/* -- who may -- */

/* Whom a press is about: a counselor's right is one over the own classes. */
static gint64 class_in_question (LanmuStationActions *self, const char *name, GVariant *parameter)
{
  LanmuQueue *queue = lanmu_station_get_queue (self->station);
  LanmuStudent *student = lanmu_station_get_student (self->station);
  g_autoptr (LanmuStudent) named = NULL;
  const char *number = NULL;

  if (g_str_equal (name, "bind"))
    g_variant_get (parameter, "(&s&s)", NULL, &number);
  else if (g_str_equal (name, "lift"))
    number = g_variant_get_string (parameter, NULL);
  else if (g_str_equal (name, "undo"))
    number = lanmu_station_get_undo_no (self->station);
  else if (g_str_equal (name, "next"))
    student = lanmu_station_get_next_student (self->station);
  if (number != NULL)
    student = named = lanmu_queue_find_student (queue, number);
  return student != NULL ? lanmu_student_get_class_id (student) : 0;
}

gboolean lanmu_station_actions_may (LanmuStationActions *self, const char *name, GVariant *parameter, GError **error)
{
  gboolean calls =
      g_str_equal (name, "accept") && lanmu_station_get_phase (self->station) == LANMU_PHASE_IDLE; /* Enter calls */
  const char *asked = calls ? "next" : name;
  for (gsize i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    if (g_str_equal (ACTIONS[i].name, asked))
      return lanmu_desk_may (self->desk, ACTIONS[i].action, class_in_question (self, asked, parameter), error);
  return TRUE;
}

static gboolean may (LanmuStationActions *self, const char *name, GVariant *parameter)
{
  g_autoptr (GError) error = NULL;
  if (lanmu_station_actions_may (self, name, parameter, &error))
    return TRUE;
  answer (self, name, error);
  return FALSE;
}

static void on_activate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LanmuStationActions *self = data;
  const char *name = g_action_get_name (G_ACTION (action));
  if (self->moving > 0 && !g_str_equal (name, "bind") && !g_str_equal (name, "code"))
    return; /* it was meant for the student who is just leaving */
  if (!may (self, name, parameter))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    if (g_str_equal (ACTIONS[i].name, g_action_get_name (G_ACTION (action))))
      ACTIONS[i].run (self, parameter);
}

static void update_enabled (LanmuStationActions *self)
{
  guint phase = 1u << lanmu_station_get_phase (self->station);
  for (gsize i = 0; i < G_N_ELEMENTS (ACTIONS); i++) {
    GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), ACTIONS[i].name);
    g_simple_action_set_enabled (G_SIMPLE_ACTION (action), (ACTIONS[i].phases & phase) != 0);
  }
}

void lanmu_station_actions_press (LanmuStationActions *self, const char *name, GVariant *parameter)
{
  g_autoptr (GVariant) held = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;
  guint phase = 1u << lanmu_station_get_phase (self->station);

  for (gsize i = 0; i < G_N_ELEMENTS (ACTIONS); i++) {
    if (!g_str_equal (ACTIONS[i].name, name))
      continue;
    if (!may (self, ACTIONS[i].name, held))
      continue;
    if ((ACTIONS[i].phases & phase) != 0) {
      g_action_group_activate_action (G_ACTION_GROUP (self->group), name, held);
    } else {
      gboolean busy = (phase & (SHOOTING | ARRIVING)) != 0;
      g_autoptr (GError) error =
          g_error_new_literal (LANMU_STATION_ERROR, busy ? LANMU_STATION_ERROR_BUSY : ACTIONS[i].otherwise, name);
      answer (self, ACTIONS[i].name, error);
    }
  }
}

GActionGroup *lanmu_station_actions_get_group (LanmuStationActions *self)
{
  return G_ACTION_GROUP (self->group);
}

static void lanmu_station_actions_dispose (GObject *object)
{
  LanmuStationActions *self = LANMU_STATION_ACTIONS (object);
  if (self->station != NULL)
    g_signal_handlers_disconnect_by_data (self->station, self);
  g_clear_object (&self->station);
  g_clear_object (&self->desk);
  g_clear_object (&self->group);
  G_OBJECT_CLASS (lanmu_station_actions_parent_class)->dispose (object);
}

static void lanmu_station_actions_class_init (LanmuStationActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_station_actions_dispose;
  signals[REFUSED] = g_signal_new ("refused", LANMU_TYPE_STATION_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
  signals[DONE] = g_signal_new ("done", LANMU_TYPE_STATION_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
}

static void lanmu_station_actions_init (LanmuStationActions *self)
{
  self->group = g_simple_action_group_new ();
  for (gsize i = 0; i < G_N_ELEMENTS (ACTIONS); i++) {
    g_autoptr (GVariantType) type = ACTIONS[i].type != NULL ? g_variant_type_new (ACTIONS[i].type) : NULL;
    g_autoptr (GSimpleAction) action = g_simple_action_new (ACTIONS[i].name, type);
    g_signal_connect (action, "activate", G_CALLBACK (on_activate), self);
    g_action_map_add_action (G_ACTION_MAP (self->group), G_ACTION (action));
  }
}

LanmuStationActions *lanmu_station_actions_new (LanmuStation *station, LanmuDesk *desk)
{
  LanmuStationActions *self = g_object_new (LANMU_TYPE_STATION_ACTIONS, NULL);
  self->desk = g_object_ref (desk);
  self->station = g_object_ref (station);
  g_signal_connect_swapped (station, "notify::phase", G_CALLBACK (update_enabled), self);
  update_enabled (self);
  return self;
}
