/* The actions of ui/stationactions.h. What fits a phase is one table; everything else is the station's decision. */
#include "ui/stationactions.h"
#include "db/settings.h"

struct _LanmuStationActions {
  GObject parent;
  LanmuStation *station;
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
    lanmu_station_accept_async (self->station, TRUE, on_accept, move_new (self, "accept"));
}

static void retake (LanmuStationActions *self, GVariant *parameter)
{
  g_autoptr (GError) error = NULL;
  lanmu_station_retake (self->station, &error);
  answer (self, "retake", error);
}

static void skip (LanmuStationActions *self, GVariant *parameter)
{
  lanmu_station_set_aside_async (self->station, "skipped", TRUE, on_set_aside, move_new (self, "skip"));
}

static void absent (LanmuStationActions *self, GVariant *parameter)
{
  lanmu_station_set_aside_async (self->station, "absent", TRUE, on_set_aside, move_new (self, "absent"));
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

/* The counselor's word at this keyboard. In a campaign that asks for none the key does nothing: a stray finger must not
 * confirm anybody. */
static void confirm (LanmuStationActions *self, GVariant *parameter)
{
  g_autofree char *wanted =
      lanmu_setting_get (lanmu_store_get_reader (lanmu_station_get_store (self->station)), "countersign", "none", NULL);
  if (g_strcmp0 (wanted, "none") == 0)
    return;
  lanmu_station_confirm_async (self->station, &(LanmuVoucher){0}, on_countersign, call_new (self, "confirm"));
}

static void code (LanmuStationActions *self, GVariant *parameter)
{
  lanmu_station_code_async (self->station, g_variant_get_string (parameter, NULL), on_code, call_new (self, "code"));
}

static const struct {
  const char *name, *type;
  guint phases;  /* in which the action does something */
  int otherwise; /* LanmuStationError when it does not, and nothing is on its way */
  void (*run) (LanmuStationActions *self, GVariant *parameter);
} ACTIONS[] = {
    {"shoot", NULL, READY | REVIEW, LANMU_STATION_ERROR_NOT_BOUND, shoot},
    {"accept", NULL, IDLE | REVIEW, LANMU_STATION_ERROR_NO_TAKE, accept_take},
    {"retake", NULL, REVIEW, LANMU_STATION_ERROR_NO_TAKE, retake},
    {"skip", NULL, READY | REVIEW, LANMU_STATION_ERROR_NOT_BOUND, skip},
    {"absent", NULL, READY | REVIEW, LANMU_STATION_ERROR_NOT_BOUND, absent},
    {"next", NULL, QUIET, LANMU_STATION_ERROR_BUSY, next},
    {"undo", NULL, QUIET, LANMU_STATION_ERROR_BUSY, undo},
    {"confirm", NULL, READY | REVIEW, LANMU_STATION_ERROR_NOT_BOUND, confirm},
    {"take", "u", READY | REVIEW, LANMU_STATION_ERROR_NO_TAKE, take},
    {"bind", "(ss)", ALWAYS, LANMU_STATION_ERROR_BUSY, bind},
    {"code", "s", ALWAYS, LANMU_STATION_ERROR_BUSY, code},
};

static void on_activate (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LanmuStationActions *self = data;
  const char *name = g_action_get_name (G_ACTION (action));
  if (self->moving > 0 && !g_str_equal (name, "bind") && !g_str_equal (name, "code"))
    return; /* it was meant for the student who is just leaving */
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

LanmuStationActions *lanmu_station_actions_new (LanmuStation *station)
{
  LanmuStationActions *self = g_object_new (LANMU_TYPE_STATION_ACTIONS, NULL);
  self->station = g_object_ref (station);
  g_signal_connect_swapped (station, "notify::phase", G_CALLBACK (update_enabled), self);
  update_enabled (self);
  return self;
}
