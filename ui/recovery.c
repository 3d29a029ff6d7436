/* See ui/recovery.h. */
#include "ui/recovery.h"

#include <glib/gi18n.h>
#include <time.h>

struct _LanmuRecovery {
  GObject parent;
  LanmuStation *station;
  LanmuRecoveryWords words;
  guint timer;
};

G_DEFINE_FINAL_TYPE (LanmuRecovery, lanmu_recovery, G_TYPE_OBJECT)

static guint changed_signal;

void lanmu_recovery_words_clear (LanmuRecoveryWords *self)
{
  g_free (self->next);
  g_free (self->open);
  *self = (LanmuRecoveryWords){0};
}

static guint seconds (int ms)
{
  return ((guint) MAX (ms, 0) + 999) / 1000;
}

/* By itself: the watchdog replaces a host that hangs; a line that broke is tried again. */
static char *describe_next (const LanmuCameraOutlook *outlook)
{
  guint s = seconds (outlook->restart_ms);
  if (outlook->silent && outlook->restart_ms >= 0)
    return s > 0
               ? g_strdup_printf (
                     ngettext ("Restarting the camera program in %u s", "Restarting the camera program in %u s", s), s)
               : g_strdup (_ ("Restarting the camera program now"));
  if (outlook->retry_ms >= 0 && outlook->attempts > 1)
    return g_strdup_printf (_ ("Trying again by itself · try %u"), outlook->attempts);
  return g_strdup (_ ("Connecting by itself"));
}

static gboolean is_away (LanmuCameraState state)
{
  return state == LANMU_CAMERA_LOST || state == LANMU_CAMERA_SEARCHING || state == LANMU_CAMERA_OPENING;
}

void lanmu_recovery_describe (const LanmuCameraOutlook *outlook, LanmuCameraState state, guint trouble,
                              guint open_tickets, gint64 now_us, LanmuRecoveryWords *out)
{
  *out = (LanmuRecoveryWords){0};
  out->silent = outlook->silent && trouble == LANMU_TROUBLE_NONE && state != LANMU_CAMERA_STOPPED;
  out->since_us = now_us - (gint64) outlook->silent_ms * 1000;
  if (!out->silent && !(trouble != LANMU_TROUBLE_NONE && is_away (state)))
    return;
  out->next = describe_next (outlook);
  if (open_tickets > 0)
    out->open =
        g_strdup_printf (ngettext ("%u shot stays open; its picture is looked for on the card",
                                   "%u shots stay open; their pictures are looked for on the card", open_tickets),
                         open_tickets);
}

static gboolean same (const LanmuRecoveryWords *a, const LanmuRecoveryWords *b)
{
  return a->silent == b->silent && g_strcmp0 (a->next, b->next) == 0 && g_strcmp0 (a->open, b->open) == 0;
}

static gboolean look (gpointer data)
{
  LanmuRecovery *self = data;
  LanmuCamera *camera = lanmu_station_get_camera (self->station);
  LanmuCameraOutlook outlook = {0};
  LanmuRecoveryWords words;
  guint trouble = LANMU_TROUBLE_NONE;
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  g_object_get (self->station, "trouble", &trouble, NULL);
  lanmu_camera_get_outlook (camera, &outlook);
  lanmu_recovery_describe (&outlook, lanmu_camera_get_state (camera), trouble,
                           lanmu_station_get_open_tickets (self->station),
                           (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000, &words);
  if (same (&words, &self->words)) {
    lanmu_recovery_words_clear (&words);
    return G_SOURCE_CONTINUE;
  }
  gint64 began = self->words.silent && words.silent ? self->words.since_us : words.since_us;
  lanmu_recovery_words_clear (&self->words);
  self->words = words;
  self->words.since_us = began;
  g_signal_emit (self, changed_signal, 0);
  return G_SOURCE_CONTINUE;
}

static void look_now (LanmuRecovery *self)
{
  look (self);
}

const LanmuRecoveryWords *lanmu_recovery_get_words (LanmuRecovery *self)
{
  return &self->words;
}

static void lanmu_recovery_dispose (GObject *object)
{
  LanmuRecovery *self = LANMU_RECOVERY (object);
  g_clear_handle_id (&self->timer, g_source_remove);
  lanmu_recovery_words_clear (&self->words);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (lanmu_recovery_parent_class)->dispose (object);
}

static void lanmu_recovery_class_init (LanmuRecoveryClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_recovery_dispose;
  changed_signal =
      g_signal_new ("changed", LANMU_TYPE_RECOVERY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void lanmu_recovery_init (LanmuRecovery *self)
{
}

LanmuRecovery *lanmu_recovery_new (LanmuStation *station)
{
  LanmuRecovery *self = g_object_new (LANMU_TYPE_RECOVERY, NULL);
  self->station = g_object_ref (station);
  if (lanmu_station_get_camera (station) == NULL)
    return self;
  self->timer = g_timeout_add_seconds (1, look, self);
  g_signal_connect_object (station, "notify::trouble", G_CALLBACK (look_now), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::open-tickets", G_CALLBACK (look_now), self, G_CONNECT_SWAPPED);
  return self;
}
