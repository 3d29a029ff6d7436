/* A shutter that nobody hears of any more: the line broke, the host was killed or the program died in the middle of a release. Until it has surely closed nobody
 * else is bound (station.h promise 3) and nothing is released.
 *
 * It has surely closed at the first of:
 *   - its picture is there: the ticket ends (shoot.c);
 *   - a live picture was taken HELD_BACK_US or more after it was last heard of: the body answers again, and none makes live pictures while it focuses or
 *     exposes for a release (only where its shutter speed is known);
 *   - LATEST_EXPOSURE_US after the release: for a body that gives no live picture.
 * Each with twice what the body may add by itself (shutter speed, self-timer: lanmu_camera_get_exposure_ms; some expose a second time, against noise). Whoever
 * sat there then may be bound again at once.
 *
 * What the judge is told (window) stays the longest of these: a picture that comes after all is never given to somebody else. Main thread. */
#include "app/station/internal.h"

/* CAMERA.md: trigger to file 1–4 s, busy retries 2 s. */
#define LATEST_EXPOSURE_US (8 * G_USEC_PER_SEC)
#define HELD_BACK_US       (G_USEC_PER_SEC / 2) /* a picture of the moment before the release may still be on its way through the body */

static gboolean may_be_open (const LanmuLiveTicket *ticket, gint64 now)
{
  return ticket->shutter_until_us > now && !ticket->shutter_closed;
}

/* Boot µs up to which a shutter may be open; 0 = none. */
static gint64 shutter_until (LanmuStation *self)
{
  gint64 until = 0, now = lanmu_moment_now ().boot_us;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (may_be_open (value, now))
      until = MAX (until, ((LanmuLiveTicket *) value)->shutter_until_us);
  return until;
}

static gboolean is_idle (LanmuStation *self)
{
  return self->jobs == 0 && lanmu_station_collecting (self) == NULL;
}

gboolean lanmu_station_is_quiet (LanmuStation *self)
{
  return is_idle (self) && shutter_until (self) == 0;
}

gboolean lanmu_station_may_bind (LanmuStation *self, const char *student_no)
{
  gint64 now = lanmu_moment_now ().boot_us;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const LanmuLiveTicket *ticket = value;
    if (may_be_open (ticket, now) && (!student_no || g_strcmp0 (ticket->student_no, student_no) != 0))
      return FALSE;
  }
  return is_idle (self);
}

static void watch (LanmuStation *self);

static gboolean on_shutter_closed (gpointer data)
{
  LanmuStation *self = data;
  self->shutter_timeout = 0;
  watch (self);
  lanmu_station_try_waiting_bind (self);
  lanmu_station_check_idle (self);
  return G_SOURCE_REMOVE;
}

static void watch (LanmuStation *self)
{
  gint64 until = shutter_until (self), now = lanmu_moment_now ().boot_us;
  g_clear_handle_id (&self->shutter_timeout, g_source_remove);
  if (until > now)
    self->shutter_timeout = g_timeout_add ((guint) ((until - now) / 1000) + 1, on_shutter_closed, self);
}

void lanmu_station_watch_shutter (LanmuStation *self, LanmuLiveTicket *ticket)
{
  ticket->unheard_us = lanmu_moment_now ().boot_us;
  ticket->shutter_until_us = lanmu_live_ticket_earliest (ticket) + LATEST_EXPOSURE_US + 2 * ticket->exposure_us;
  ticket->shutter_closed = FALSE;
  watch (self);
}

/* Counted from when it was last heard of, not from the release: that may have gone out at the last moment. */
static gboolean is_closed_by (const LanmuLiveTicket *ticket, gint64 taken_us)
{
  return ticket->exposure_us > 0 && taken_us >= ticket->unheard_us + HELD_BACK_US + 2 * ticket->exposure_us;
}

void lanmu_station_saw_live (LanmuStation *self, gint64 taken_us)
{
  gboolean closed = FALSE;
  GHashTableIter iter;
  gpointer value;
  if (self->shutter_timeout == 0)
    return;
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    LanmuLiveTicket *ticket = value;
    if (!may_be_open (ticket, taken_us) || !is_closed_by (ticket, taken_us))
      continue;
    ticket->shutter_closed = closed = TRUE;
  }
  if (!closed)
    return;
  g_clear_handle_id (&self->shutter_timeout, g_source_remove);
  on_shutter_closed (self);
}

gint64 lanmu_station_exposure_us (LanmuStation *self)
{
  return (gint64) lanmu_camera_get_exposure_ms (self->camera) * 1000;
}

/* A dead session's releases: the body that is open now is, most likely, the one they went to. */
void lanmu_station_lengthen_shutters (LanmuStation *self)
{
  GHashTableIter iter;
  gpointer value;
  gint64 now = lanmu_moment_now ().boot_us;
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    LanmuLiveTicket *ticket = value;
    gint64 longer = lanmu_station_exposure_us (self) - ticket->exposure_us;
    if (ticket->ours || longer <= 0)
      continue;
    ticket->exposure_us += longer;
    if (may_be_open (ticket, now))
      ticket->shutter_until_us += 2 * longer;
  }
  watch (self);
}

gint64 lanmu_live_ticket_earliest (const LanmuLiveTicket *ticket)
{
  return ticket->released_us ? ticket->released_us : ticket->asked.boot_us;
}

LanmuSpan lanmu_live_ticket_window (const LanmuLiveTicket *ticket)
{
  LanmuSpan window = { lanmu_live_ticket_earliest (ticket), 0 };
  if (ticket->settled_us)
    window.hi = MAX (ticket->settled_us, ticket->shutter_until_us);
  else
    window.hi = ticket->ours && ticket->collecting ? G_MAXINT64 : window.lo + LATEST_EXPOSURE_US + 2 * ticket->exposure_us;
  return window;
}
