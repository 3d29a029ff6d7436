/* Readings between pictures: see the header. */
#include "capture/host/upkeep.h"

#include <stdlib.h>
#include "capture/host/setting.h"

#define HEALTH_EVERY_US (20 * (gint64) G_USEC_PER_SEC)
#define CACHE_US        2200000 /* the library answers from its cache for 2 s: earlier readings tell nothing */
#define CLOCK_EVERY_US  (60 * (gint64) G_USEC_PER_SEC)
#define MEDIA_EVERY_US                                                                                                 \
  (5 * (gint64) G_USEC_PER_SEC) /* each start of live view points a Nikon's own button at its memory again */
#define AFTER_SHOT_US 2500000

void lanmu_upkeep_restart (LanmuUpkeep *self, gint64 opening_us)
{
  gint64 now = g_get_monotonic_time ();
  *self = (LanmuUpkeep){.battery_us = now + HEALTH_EVERY_US,
                        .left_us = now + HEALTH_EVERY_US + G_USEC_PER_SEC,
                        .media_us = now + MEDIA_EVERY_US,
                        .opening_us = opening_us};
}

void lanmu_upkeep_after_shot (LanmuUpkeep *self)
{
  self->left_us = MIN (self->left_us, g_get_monotonic_time () + AFTER_SHOT_US);
}

void lanmu_upkeep_new_session (LanmuUpkeep *self, const LanmuBody *body, gint64 opening_us)
{
  if (self->no_clock && !body->brand->clock_is_fixed)
    return;
  self->no_clock = FALSE; /* a new session is a new reading: asked for when a picture's time is in doubt */
  self->clock_us = 0;
  self->opening_us = opening_us;
}

static void read_battery (LanmuBody *body, gboolean *changed)
{
  g_autofree char *value = lanmu_setting_read (body, "battery");
  int battery = value != NULL ? lanmu_battery_parse (value) : -1;
  if (battery < 0 || battery == body->battery)
    return;
  body->battery = battery;
  *changed = TRUE;
}

static void read_left (LanmuBody *body, gboolean *changed)
{
  g_autofree char *value = lanmu_setting_read (body, "shotsleft");
  int left = value != NULL ? (int) CLAMP (g_ascii_strtoll (value, NULL, 10), 0, G_MAXINT) : -1;
  if (left < 0 || left == body->shots_left)
    return;
  body->shots_left = left;
  *changed = TRUE;
}

static void read_clock (LanmuUpkeep *self, LanmuBody *body, LanmuReport *report)
{
  gint64 before = lanmu_boot_us ();
  g_autofree char *value = lanmu_setting_read (body, "datetime");
  gint64 after = lanmu_boot_us ();
  if (self->opening_us) { /* the first answer may be what the library heard while it opened the body (an EOS tells its
                             clock once, then) */
    before = self->opening_us;
    self->opening_us = 0;
  }
  gint64 seconds = value != NULL ? g_ascii_strtoll (value, NULL, 10) : 0;
  if (seconds <= 0 || body->broken) {
    self->no_clock = !body->broken;
    return;
  }
  lanmu_clock_phase_add (&self->phase, seconds * G_USEC_PER_SEC, before, after);
  lanmu_report (report, LANMU_MESSAGE_CLOCK, 0, g_variant_new ("(xxx)", seconds * G_USEC_PER_SEC, before, after));
  self->no_clock = body->brand->clock_is_fixed; /* a second reading would repeat the first */
  gint64 wait = lanmu_clock_phase_is_narrow (&self->phase) ? CLOCK_EVERY_US : CACHE_US;
  self->clock_us = lanmu_clock_phase_next (&self->phase, after + wait);
}

gboolean lanmu_upkeep_step (LanmuUpkeep *self, LanmuBody *body, LanmuReport *report, gboolean *changed)
{
  gint64 now = g_get_monotonic_time ();
  if (!self->no_clock && lanmu_boot_us () >= self->clock_us) {
    read_clock (self, body, report);
  } else if (body->shutter_stale) {
    lanmu_setting_read_shutter (body);
  } else if (now >= self->battery_us) {
    body->shutter_stale = TRUE; /* not every body tells when its dial is turned */
    read_battery (body, changed);
    self->battery_us = now + HEALTH_EVERY_US;
  } else if (now >= self->left_us) {
    read_left (body, changed);
    self->left_us = now + HEALTH_EVERY_US;
  } else if (now >= self->media_us) {
    lanmu_setting_media_card (body);
    self->media_us = now + MEDIA_EVERY_US;
  }
  return !body->broken;
}
