/* Release and collecting: see the header. */
#include "capture/host/shoot.h"

#include "capture/host/events.h"
#include "capture/host/setting.h"
#include "capture/host/trace.h"

#define RETRY_US        50000
#define AFTER_DOUBT_US  (2 * G_USEC_PER_SEC) /* an unexplained refusal: wait so long for a picture after all */
#define PTP_BUSY        0x2019u
#define PTP_STORE_FULL  0x200cu
#define PTP_NO_STORE    0x2013u
#define PTP_READ_ONLY   0x200eu
#define NIKON_NO_FOCUS  0xa002u
#define NIKON_NOT_READY 0xa004u /* invalid status: the body is not in a state to shoot */
#define PTP_OK          0x2001u

static void finish (LanmuShoot *self, LanmuReport *report, LanmuTrouble trouble, const char *detail, gboolean released)
{
  lanmu_report_shot (report, self->id, trouble, detail, released);
  g_clear_pointer (&self->detail, g_free);
  *self = (LanmuShoot){.running = FALSE};
}

void lanmu_shoot_begin (LanmuShoot *self, LanmuBody *body, LanmuReport *report, guint64 id, guint64 tag)
{
  if (self->running) {
    lanmu_report_shot (report, id, LANMU_TROUBLE_BUSY, "a shoot is running", FALSE);
    return;
  }
  *self = (LanmuShoot){.running = TRUE, .id = id, .tag = tag};
  self->retry_until = g_get_monotonic_time () + LANMU_BUSY_RETRY_MS * 1000;
}

/* The trouble in the body's own answer; NONE when it tells nothing beyond OK. */
static LanmuTrouble trouble_from_answer (guint16 answer)
{
  switch (answer) {
  case PTP_BUSY:
  case NIKON_NOT_READY:
    return LANMU_TROUBLE_BUSY;
  case PTP_STORE_FULL:
    return LANMU_TROUBLE_CARD_FULL;
  case PTP_NO_STORE:
  case PTP_READ_ONLY:
    return LANMU_TROUBLE_NO_CARD;
  case NIKON_NO_FOCUS:
    return LANMU_TROUBLE_NO_FOCUS;
  default:
    return LANMU_TROUBLE_NONE;
  }
}

/* A body may expose a second time in the dark, against noise. */
static guint exposures_ms (const LanmuBody *body)
{
  return 2 * atomic_load_explicit (&body->pulse->exposure_ms, memory_order_relaxed);
}

/* How long the parent lets this release run: as its exposure asks for, when the shutter speed and the body's manners are known. */
static void begin_release (LanmuBody *body, guint beside_ms)
{
  guint exposures = exposures_ms (body);
  guint allowed = exposures == 0 || beside_ms == 0 ? 0 : beside_ms + exposures;
  atomic_store_explicit (&body->pulse->release_ms, allowed, memory_order_relaxed);
  lanmu_body_begin (body, LANMU_OP_RELEASE);
}

/* Bodies the library cannot trigger are asked for a whole capture, which names its file (path->name "" otherwise). */
static int trigger (LanmuBody *body, CameraFilePath *path)
{
  path->name[0] = '\0';
  int result = gp_camera_trigger_capture (body->camera, body->context);
  if (result != GP_ERROR_NOT_SUPPORTED)
    return result;
  begin_release (body, lanmu_op_deadline_ms[LANMU_OP_RELEASE]);
  return gp_camera_capture (body->camera, GP_CAPTURE_IMAGE, path, body->context);
}

static void count (LanmuShoot *self, const LanmuNews *news)
{
  self->jpegs += news->jpegs;
  self->raws += news->raws + news->others;
}

static void release_sent (LanmuShoot *self, LanmuReport *report, gint64 before, gint64 collect_us)
{
  gint64 after = lanmu_boot_us ();
  self->released = TRUE;
  self->deadline = g_get_monotonic_time () + collect_us;
  lanmu_report (report, LANMU_MESSAGE_TRIGGERED, 0, g_variant_new ("(txx)", self->tag, before, after));
}

/* What to do with a release that the library or the body refused. */
static void refused (LanmuShoot *self, LanmuBody *body, LanmuReport *report, LanmuTrouble trouble, gint64 before)
{
  gint64 now = g_get_monotonic_time ();
  if (trouble == LANMU_TROUBLE_BUSY && now < self->retry_until) {
    self->retry_at = now + RETRY_US;
    return;
  }
  if (trouble != LANMU_TROUBLE_OTHER) {
    finish (self, report, trouble, body->detail, FALSE);
    return;
  }
  self->refusal = trouble;
  self->detail = g_strdup (body->detail);
  release_sent (self, report, before, AFTER_DOUBT_US);
}

static gboolean release (LanmuShoot *self, LanmuBody *body, LanmuReport *report)
{
  LanmuNews before_news = {0}, news = {0};
  if (!lanmu_events_drain (body, report, 0, &before_news))
    return FALSE;
  lanmu_setting_read_quality (body);
  if (body->shutter_stale && !body->broken)
    lanmu_setting_read_shutter (body);
  if (body->broken)
    return FALSE;
  self->want_jpeg = body->jpeg;
  self->want_raw = body->raw;
  gint64 before = lanmu_boot_us ();
  atomic_store_explicit (&body->pulse->release_boot_us, before, memory_order_relaxed);
  atomic_store_explicit (&body->pulse->release_tag, self->tag, memory_order_release);
  lanmu_trace_start ();
  begin_release (body, body->brand->release_ms);
  CameraFilePath path;
  int result = trigger (body, &path);
  gboolean good = lanmu_body_end (body, result);
  LanmuTrouble answer = trouble_from_answer (lanmu_trace_stop ());
  if (body->broken) {
    self->released = TRUE; /* it may have exposed */
    return FALSE;
  }
  if (good && answer == LANMU_TROUBLE_NONE) {
    release_sent (self, report, before, (gint64) (LANMU_COLLECT_MS + exposures_ms (body)) * 1000);
    if (path.name[0] != '\0')
      lanmu_events_announce (body, report, self->tag, &path, &news);
    count (self, &news);
    return TRUE;
  }
  atomic_store_explicit (&body->pulse->release_tag, 0, memory_order_release);
  if (good) {
    g_free (body->detail);
    body->detail = g_strdup ("the body refused the release");
  }
  refused (self, body, report, answer != LANMU_TROUBLE_NONE ? answer : body->trouble, before);
  return TRUE;
}

static void settle (LanmuShoot *self, LanmuReport *report, gboolean overdue)
{
  gboolean complete = (self->jpegs > 0 || !self->want_jpeg) && (self->raws > 0 || !self->want_raw);
  gboolean any = self->jpegs + self->raws > 0;
  if (complete || (overdue && any))
    finish (self, report, LANMU_TROUBLE_NONE, complete ? "" : "the second file of the picture did not come", TRUE);
  else if (overdue && self->refusal != LANMU_TROUBLE_NONE)
    finish (self, report, self->refusal, self->detail, TRUE);
  else if (overdue)
    finish (self, report, LANMU_TROUBLE_NO_PICTURE, "the release was accepted, no picture came", TRUE);
}

static gboolean collect (LanmuShoot *self, LanmuBody *body, LanmuReport *report)
{
  LanmuNews news = {0};
  gboolean first = self->jpegs + self->raws == 0;
  if (!lanmu_events_drain (body, report, self->tag, &news))
    return FALSE;
  count (self, &news);
  if (first && self->jpegs + self->raws == 0 && news.complete)
    self->deadline = MIN (self->deadline, g_get_monotonic_time () + LANMU_AFTER_COMPLETE_MS * 1000);
  if (first && self->jpegs + self->raws > 0)
    self->deadline = MIN (self->deadline, g_get_monotonic_time () + LANMU_SIBLING_MS * 1000);
  settle (self, report, g_get_monotonic_time () >= self->deadline);
  return TRUE;
}

gboolean lanmu_shoot_step (LanmuShoot *self, LanmuBody *body, LanmuReport *report)
{
  if (!self->released && g_get_monotonic_time () < self->retry_at)
    return TRUE;
  if (!self->released && !release (self, body, report))
    return FALSE;
  return self->running && self->released ? collect (self, body, report) : TRUE;
}

void lanmu_shoot_fail (LanmuShoot *self, LanmuReport *report, LanmuTrouble trouble, const char *detail)
{
  if (self->running)
    finish (self, report, trouble, detail, self->released);
}
