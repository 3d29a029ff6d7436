/* Live pictures: see the header. */
#include "capture/host/live.h"

#include <string.h>
#include <time.h>
#include <turbojpeg.h>
#include "capture/host/setting.h"

#define BUSY_WAIT_US   50000   /* after an empty picture */
#define REFUSE_WAIT_US 1000000 /* after a refusal with a reason (battery, heat, card) */
#define PLAIN_REFUSALS 1       /* unexplained ones before live view is stopped and started once */

struct _LanmuLive {
  LanmuRing *ring;
  tjhandle decoder;
  CameraFile *now, *last; /* swapped each picture */
  LanmuPace pace;
  guint64 number;
  gint64 failing_since; /* 0: serving */
  guint refusals;
  gboolean media_set; /* the body's own button was pointed at the card in this connection */
};

LanmuLive *lanmu_live_new (LanmuRing *ring)
{
  LanmuLive *self = g_new0 (LanmuLive, 1);
  self->ring = lanmu_ring_ref (ring);
  self->decoder = tjInitDecompress ();
  gp_file_new (&self->now);
  gp_file_new (&self->last);
  lanmu_live_restart (self);
  return self;
}

void lanmu_live_free (LanmuLive *self)
{
  gp_file_unref (self->now);
  gp_file_unref (self->last);
  tjDestroy (self->decoder);
  lanmu_ring_unref (self->ring);
  g_free (self);
}

void lanmu_live_restart (LanmuLive *self)
{
  lanmu_pace_init (&self->pace, g_get_monotonic_time ());
  gp_file_clean (self->last);
  self->failing_since = 0;
  self->refusals = 0;
  self->media_set = FALSE;
}

gint64 lanmu_live_get_due (const LanmuLive *self)
{
  return self->pace.due_us;
}

void lanmu_live_hold (LanmuLive *self, gint64 until_us)
{
  lanmu_pace_hold (&self->pace, until_us);
}

static void get_bytes (CameraFile *file, const guint8 **data, gsize *size)
{
  const char *bytes = NULL;
  unsigned long length = 0;
  gp_file_get_data_and_size (file, &bytes, &length);
  *data = (const guint8 *) bytes;
  *size = bytes != NULL ? (gsize) length : 0;
}

static gboolean is_repeat (LanmuLive *self, const guint8 *data, gsize size)
{
  const guint8 *before;
  gsize before_size;
  get_bytes (self->last, &before, &before_size);
  return before_size == size && memcmp (before, data, size) == 0;
}

/* Sides after the smallest reduction that fits a buffer; FALSE when none does. */
static gboolean fit (int width, int height, int *out_width, int *out_height, gsize *stride)
{
  static const tjscalingfactor factors[] = {{1, 1}, {1, 2}, {1, 4}, {1, 8}};
  for (gsize i = 0; i < G_N_ELEMENTS (factors); i++) {
    *out_width = TJSCALED (width, factors[i]);
    *out_height = TJSCALED (height, factors[i]);
    *stride = ((gsize) *out_width * 4 + 63) & ~(gsize) 63;
    if (*out_width > 0 && *out_height > 0 &&
        lanmu_ring_geometry_fits ((guint) *out_width, (guint) *out_height, *stride))
      return TRUE;
  }
  return FALSE;
}

/* The quick transform and plain upsampling: a sixth of the decoder's time, and off by a shade at coloured edges. Shots
 * are decoded exactly. */
#define LIVE_FLAGS (TJFLAG_FASTDCT | TJFLAG_FASTUPSAMPLE)

/* Decodes into slot. A picture with a warning is broken: better none than a torn one. */
static gboolean decode (LanmuLive *self, const guint8 *data, gsize size, int slot, int *width, int *height,
                        gsize *stride)
{
  int subsampling, colourspace, full_width, full_height;
  if (tjDecompressHeader3 (self->decoder, data, size, &full_width, &full_height, &subsampling, &colourspace) != 0 ||
      !fit (full_width, full_height, width, height, stride))
    return FALSE;
  return tjDecompress2 (self->decoder, data, size, lanmu_ring_get_pixels (self->ring, (guint) slot), *width,
                        (int) *stride, *height, TJPF_BGRA, LIVE_FLAGS) == 0;
}

static void add (_Atomic guint64 *counter, guint64 amount)
{
  atomic_fetch_add_explicit (counter, amount, memory_order_relaxed);
}

/* Of this thread: a busy machine makes no decoder slow. */
static gint64 own_cpu_us (void)
{
  struct timespec used;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static void deliver (LanmuLive *self, LanmuBody *body, LanmuReport *report, const guint8 *data, gsize size)
{
  gint64 boot = lanmu_boot_us (), start = own_cpu_us ();
  int width, height, slot = lanmu_ring_take (self->ring);
  gsize stride;
  add (&body->pulse->delivered, 1);
  self->number++;
  if (slot < 0) {
    add (&body->pulse->dropped, 1);
    return;
  }
  if (!decode (self, data, size, slot, &width, &height, &stride)) {
    lanmu_ring_release (self->ring, (guint) slot);
    add (&body->pulse->dropped, 1);
    return;
  }
  add (&body->pulse->decode_us, (guint64) (own_cpu_us () - start));
  add (&body->pulse->decoded, 1);
  lanmu_ring_publish (self->ring, (guint) slot);
  lanmu_report (report, LANMU_MESSAGE_FRAME, 0,
                g_variant_new ("(uuuutx)", (guint32) slot, (guint32) width, (guint32) height, (guint32) stride,
                               self->number, boot));
}

/* Live view off, so that the next asking starts it anew. */
static void stop_viewfinder (LanmuBody *body)
{
  CameraWidget *widget = NULL;
  int off = 0;
  lanmu_body_begin (body, LANMU_OP_SETTING);
  int result = gp_camera_get_single_config (body->camera, "viewfinder", &widget, body->context);
  if (result == GP_OK && (result = gp_widget_set_value (widget, &off)) == GP_OK)
    result = gp_camera_set_single_config (body->camera, "viewfinder", widget, body->context);
  g_clear_pointer (&widget, gp_widget_unref);
  lanmu_body_end (body, result);
}

/* A refusal without a word: what the body said of itself before. */
static void explain (LanmuBody *body)
{
  if (body->heat_spoke)
    body->trouble = LANMU_TROUBLE_TOO_HOT;
  else if (body->battery >= 0 && body->battery <= LANMU_BATTERY_LOW)
    body->trouble = LANMU_TROUBLE_BATTERY;
}

static gboolean not_served (LanmuLive *self, LanmuBody *body, gboolean refused)
{
  gint64 now = g_get_monotonic_time ();
  if (self->failing_since == 0)
    self->failing_since = now;
  gboolean plain = refused && body->trouble == LANMU_TROUBLE_OTHER;
  if (plain)
    explain (body);
  gboolean busy = !refused || body->trouble == LANMU_TROUBLE_BUSY;
  lanmu_pace_later (&self->pace, now, busy ? BUSY_WAIT_US : REFUSE_WAIT_US);
  if (plain && ++self->refusals == PLAIN_REFUSALS) {
    LanmuTrouble trouble = body->trouble;
    g_autofree char *detail = g_strdup (body->detail);
    stop_viewfinder (body);
    if (!body->broken) {
      body->trouble = trouble;
      g_free (body->detail);
      body->detail = g_steal_pointer (&detail);
    }
    lanmu_pace_later (&self->pace, now, BUSY_WAIT_US);
  }
  return !body->broken;
}

static void served (LanmuLive *self, LanmuBody *body, LanmuReport *report, gint64 asked)
{
  const guint8 *data;
  gsize size;
  get_bytes (self->now, &data, &size);
  self->failing_since = 0;
  self->refusals = 0;
  body->heat_spoke = FALSE;
  if (is_repeat (self, data, size)) {
    lanmu_pace_same_picture (&self->pace, g_get_monotonic_time ());
    return;
  }
  lanmu_pace_new_picture (&self->pace, asked, g_get_monotonic_time ());
  deliver (self, body, report, data, size);
  CameraFile *swap = self->last;
  self->last = self->now;
  self->now = swap;
}

gboolean lanmu_live_step (LanmuLive *self, LanmuBody *body, LanmuReport *report, gint64 *failing_us)
{
  gint64 asked = g_get_monotonic_time ();
  if (asked >= self->pace.due_us) {
    const guint8 *data;
    gsize size;
    gp_file_clean (self->now);
    lanmu_body_begin (body, self->media_set ? LANMU_OP_LIVE : LANMU_OP_LIVE_START);
    gboolean good = lanmu_body_end (body, gp_camera_capture_preview (body->camera, self->now, body->context));
    get_bytes (self->now, &data, &size);
    if (!good || size == 0) {
      if (good)
        body->trouble = LANMU_TROUBLE_BUSY;
      if (!not_served (self, body, !good))
        return FALSE;
    } else {
      served (self, body, report, asked);
      if (!self->media_set && !body->broken)
        lanmu_setting_media_card (body);
      self->media_set = TRUE;
    }
  }
  *failing_us = self->failing_since != 0 ? g_get_monotonic_time () - self->failing_since : 0;
  return !body->broken;
}
