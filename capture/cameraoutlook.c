/* What the recovery ladder is about to do, read from the pulse the host leaves and the timers of the line; see
 * camera.h. Main thread. */
#include "capture/cameraprivate.h"
#include "capture/deadlines.h"
#include "capture/pulse.h"

#include <stdatomic.h>

#define LEAST_SILENT_MS 1500 /* a person has not wondered yet */

/* Longer than a healthy body takes without progress, and well before the watchdog acts. */
static gint64 silent_ms (gint64 deadline_ms)
{
  return MAX (LEAST_SILENT_MS, deadline_ms * 2 / 5);
}

static void read_pulse (LanmuCamera *self, gint64 now_us, LanmuCameraOutlook *out)
{
  LanmuPulse *pulse = lanmu_host_process_get_pulse (self->host);
  guint32 op = atomic_load_explicit (&pulse->op, memory_order_acquire);
  gint64 since_us = atomic_load_explicit (&pulse->since_us, memory_order_relaxed);
  gint64 age_ms = (now_us - since_us) / 1000;

  if (op >= LANMU_N_OPS || since_us == 0)
    return;
  gint64 deadline_ms = lanmu_pulse_deadline_ms (pulse, op);
  out->silent = age_ms >= silent_ms (deadline_ms);
  out->silent_ms = (guint) CLAMP (age_ms, 0, G_MAXINT);
  out->restart_ms = (int) MAX (0, deadline_ms - age_ms);
}

guint lanmu_camera_get_exposure_ms (LanmuCamera *self)
{
  LanmuPulse *pulse = self->host != NULL ? lanmu_host_process_get_pulse (self->host) : NULL;
  guint now = pulse != NULL ? atomic_load_explicit (&pulse->exposure_ms, memory_order_relaxed) : 0;
  if (now > 0) /* a new host does not know it before the body is open */
    self->exposure_ms = MIN (now, LANMU_BULB_MS + LANMU_TIMER_MS);
  return self->exposure_ms;
}

void lanmu_camera_get_outlook (LanmuCamera *self, LanmuCameraOutlook *out)
{
  gint64 now_us = g_get_monotonic_time (), ready_us = self->retry != NULL ? g_source_get_ready_time (self->retry) : -1;

  *out = (LanmuCameraOutlook){.restart_ms = -1, .retry_ms = -1, .attempts = self->ladder.attempts};
  if (self->host != NULL)
    read_pulse (self, now_us, out);
  if (ready_us >= 0)
    out->retry_ms = (int) CLAMP ((ready_us - now_us) / 1000, 0, G_MAXINT);
}
