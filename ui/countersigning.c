/* See ui/countersigning.h. */
#include "ui/countersigning.h"

struct _LanmuCountersigning {
  GObject parent;
  LanmuStation *station;
  LanmuStationActions *actions;
  LanmuVouchPane *pane; /* not owned */
  char *asked_no;       /* 学号 that was asked for last */
};

G_DEFINE_FINAL_TYPE (LanmuCountersigning, lanmu_countersigning, G_TYPE_OBJECT)

static guint refused_signal;

gboolean lanmu_countersigning_take_refusal (LanmuCountersigning *self, const char *action, const GError *error)
{
  if (!g_str_equal (action, "confirm") || !g_error_matches (error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_ROLE))
    return FALSE;
  if (!g_str_equal (lanmu_station_get_countersign (self->station), "none"))
    lanmu_vouch_pane_confirm (self->pane);
  return TRUE;
}

void lanmu_countersigning_refuse (LanmuCountersigning *self)
{
  g_autoptr (GError) error = NULL;
  if (lanmu_station_get_student (self->station) == NULL)
    return;
  gboolean allowed = lanmu_station_actions_may (self->actions, "refuse", NULL, &error);
  if (allowed || g_error_matches (error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_ROLE))
    lanmu_vouch_pane_refuse (self->pane, !allowed);
  else
    g_signal_emit (self, refused_signal, 0, error);
}

static void on_reason (LanmuCountersigning *self, const char *why)
{
  lanmu_station_actions_press (self->actions, "refuse", g_variant_new_string (why));
}

void lanmu_countersigning_note_asked (LanmuCountersigning *self, const char *student_no)
{
  g_free (self->asked_no);
  self->asked_no = g_strdup (student_no);
}

void lanmu_countersigning_lift (LanmuCountersigning *self)
{
  if (self->asked_no != NULL)
    lanmu_station_actions_press (self->actions, "lift", g_variant_new_string (self->asked_no));
}

static void lanmu_countersigning_dispose (GObject *object)
{
  LanmuCountersigning *self = LANMU_COUNTERSIGNING (object);
  g_clear_object (&self->actions);
  g_clear_object (&self->station);
  g_clear_pointer (&self->asked_no, g_free);
  G_OBJECT_CLASS (lanmu_countersigning_parent_class)->dispose (object);
}

static void lanmu_countersigning_class_init (LanmuCountersigningClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_countersigning_dispose;
  refused_signal = g_signal_new ("refused", LANMU_TYPE_COUNTERSIGNING, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void lanmu_countersigning_init (LanmuCountersigning *self)
{
}

LanmuCountersigning *lanmu_countersigning_new (LanmuStation *station, LanmuStationActions *actions,
                                               LanmuVouchPane *pane)
{
  LanmuCountersigning *self = g_object_new (LANMU_TYPE_COUNTERSIGNING, NULL);
  self->station = g_object_ref (station);
  self->actions = g_object_ref (actions);
  self->pane = pane;
  g_signal_connect_object (pane, "refuse", G_CALLBACK (on_reason), self, G_CONNECT_SWAPPED);
  return self;
}
