/* The host's loop: see the header. What blocks is only the library, and the parent watches that through the pulse. */
#include "capture/host/loop.h"

#include <poll.h>
#include <time.h>
#include <unistd.h>
#include "capture/host/events.h"
#include "capture/host/files.h"
#include "capture/host/live.h"
#include "capture/host/setting.h"
#include "capture/host/shoot.h"
#include "capture/host/upkeep.h"

#define COLLECT_POLL_US 4000   /* between two looks for the files of a shot */
#define IDLE_POLL_US    40000  /* between two looks for body shots without live pictures */
#define FETCH_EXPECT_US 120000 /* after an announcement: leave the line to the fetch that will be asked for */
#define FAILING_TELL_US 1200000
#define SWAP_SETTLE_US  (3 * G_USEC_PER_SEC) /* bodies report their stores right after a session starts */
#define QUIET_FRESH_US  (1 * G_USEC_PER_SEC) /* lists of a session this young are fresh */

typedef struct {
  guint64 id;
  char *folder, *name;
  int fd;
} Fetch;

typedef struct {
  guint64 id;
  gboolean fresh;
} List;

typedef struct {
  LanmuReport report;
  LanmuRing *ring;
  LanmuPulse *pulse;
  LanmuBody *body; /* NULL while none is open */
  LanmuLive *live;
  LanmuShoot shoot;
  LanmuUpkeep upkeep;
  GQueue fetches; /* Fetch, oldest first */
  GQueue lists;   /* List; a new connection in the middle of a shoot would lose its event, so they wait for its end */
  gboolean live_wanted, quit;
  guint64 quit_id;
  LanmuTrouble told; /* why live pictures do not come, as the parent knows it */
} Loop;

static void fetch_free (Fetch *fetch)
{
  close (fetch->fd);
  g_free (fetch->folder);
  g_free (fetch->name);
  g_free (fetch);
}

static void fail_fetches (Loop *self, LanmuTrouble trouble, const char *detail)
{
  Fetch *fetch;
  while ((fetch = g_queue_pop_head (&self->fetches)) != NULL) {
    lanmu_report_fetched (&self->report, fetch->id, trouble, detail, 0, 0, 0);
    fetch_free (fetch);
  }
}

static void refuse_list (Loop *self, guint64 id, LanmuTrouble trouble, const char *why)
{
  g_autofree char *detail = lanmu_message_text (why);
  lanmu_report (&self->report, LANMU_MESSAGE_LISTED, id,
                g_variant_new ("(us@a(sstx))", (guint32) trouble, detail,
                               g_variant_new_array (G_VARIANT_TYPE ("(sstx)"), NULL, 0)));
}

static void refuse_lists (Loop *self, LanmuTrouble trouble, const char *why)
{
  List *list;
  while ((list = g_queue_pop_head (&self->lists)) != NULL) {
    refuse_list (self, list->id, trouble, why);
    g_free (list);
  }
}

/* Ends the connection and everything that ran on it. */
static void lose (Loop *self, LanmuTrouble trouble, const char *why)
{
  g_autofree char *detail = g_strdup (why);
  lanmu_shoot_fail (&self->shoot, &self->report, trouble, detail);
  fail_fetches (self, trouble, detail);
  refuse_lists (self, trouble, detail);
  lanmu_report_lost (&self->report, trouble, detail);
  g_clear_pointer (&self->body, lanmu_body_close);
}

static void lose_broken (Loop *self)
{
  lose (self, self->body->trouble, self->body->detail);
}

static void tell_status (Loop *self, LanmuTrouble trouble, const char *detail)
{
  g_autofree char *valid = lanmu_message_text (detail);
  self->told = trouble;
  lanmu_report (&self->report, LANMU_MESSAGE_STATUS, 0,
                g_variant_new ("(busii)", trouble != LANMU_TROUBLE_NONE, (guint32) trouble, valid, self->body->battery,
                               self->body->shots_left));
}

static void open_body (Loop *self, GVariant *args)
{
  const char *spec, *serial;
  gboolean reset;
  LanmuOpenFault fault = {0};
  g_variant_get (args, "(&s&sb)", &spec, &serial, &reset);
  if (self->body != NULL)
    lose (self, LANMU_TROUBLE_NONE, "opened anew");
  gint64 opening_us = lanmu_boot_us ();
  self->body = lanmu_body_open (spec, serial, reset, self->pulse, &fault);
  if (self->body == NULL) {
    lanmu_report_open_failed (&self->report, &fault);
    lanmu_open_fault_clear (&fault);
    return;
  }
  lanmu_open_fault_clear (&fault);
  lanmu_live_restart (self->live);
  lanmu_upkeep_restart (&self->upkeep, opening_us);
  self->told = LANMU_TROUBLE_NONE;
  lanmu_report_opened (&self->report, self->body);
}

static void queue_fetch (Loop *self, guint64 id, GVariant *args, int fd)
{
  if (self->body == NULL) {
    lanmu_report_fetched (&self->report, id, LANMU_TROUBLE_NO_CAMERA, "no camera is open", 0, 0, 0);
    close (fd);
    return;
  }
  Fetch *fetch = g_new0 (Fetch, 1);
  fetch->id = id;
  fetch->fd = fd;
  g_variant_get (args, "(ss)", &fetch->folder, &fetch->name);
  g_queue_push_tail (&self->fetches, fetch);
}

/* A new connection for fresh lists; what the old one still knew of is announced before. */
static gboolean refresh (Loop *self)
{
  LanmuNews news = {0};
  if (g_get_monotonic_time () - self->body->opened_us < QUIET_FRESH_US)
    return TRUE;
  if (!lanmu_events_drain (self->body, &self->report, 0, &news))
    return FALSE;
  gint64 opening_us = lanmu_boot_us ();
  if (!lanmu_body_reopen (self->body))
    return FALSE;
  lanmu_live_restart (self->live);
  lanmu_upkeep_new_session (&self->upkeep, self->body, opening_us);
  return TRUE;
}

static void serve_one_list (Loop *self)
{
  g_autofree List *list = g_queue_pop_head (&self->lists);
  if (list == NULL)
    return;
  if (list->fresh && !refresh (self))
    refuse_list (self, list->id, self->body->trouble, self->body->detail);
  else
    lanmu_files_list (self->body, &self->report, list->id);
  if (self->body->broken)
    lose_broken (self);
}

static void queue_list (Loop *self, guint64 id, gboolean fresh)
{
  if (self->body == NULL) {
    refuse_list (self, id, LANMU_TROUBLE_NO_CAMERA, "no camera is open");
    return;
  }
  List *list = g_new0 (List, 1);
  *list = (List){id, fresh};
  g_queue_push_tail (&self->lists, list);
}

static void add_setting (GVariantBuilder *builder, const LanmuCameraSetting *setting)
{
  g_variant_builder_add (builder, "(sss@asb)", setting->name, setting->label, setting->value,
                         g_variant_new_strv ((const char *const *) setting->choices, -1), setting->readonly);
}

static void get_settings (Loop *self, guint64 id)
{
  GVariantBuilder builder;
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(sssasb)"));
  const LanmuSettingName *names = self->body != NULL ? self->body->brand->settings : NULL;
  for (; names != NULL && names->neutral != NULL && !self->body->broken; names++) {
    g_autoptr (LanmuCameraSetting) setting = lanmu_setting_get (self->body, names->neutral);
    if (setting != NULL)
      add_setting (&builder, setting);
  }
  gboolean good = self->body != NULL && !self->body->broken;
  LanmuTrouble trouble = self->body == NULL ? LANMU_TROUBLE_NO_CAMERA : good ? LANMU_TROUBLE_NONE : self->body->trouble;
  g_autofree char *detail = lanmu_message_text (self->body == NULL ? "no camera is open"
                                                : good             ? ""
                                                                   : self->body->detail);
  lanmu_report (&self->report, LANMU_MESSAGE_SETTINGS, id,
                g_variant_new ("(us@a(sssasb))", (guint32) trouble, detail, g_variant_builder_end (&builder)));
  if (self->body != NULL && self->body->broken)
    lose_broken (self);
}

static void set_setting (Loop *self, guint64 id, GVariant *args)
{
  const char *name, *value;
  g_variant_get (args, "(&s&s)", &name, &value);
  gboolean done = self->body != NULL && lanmu_setting_set (self->body, name, value);
  LanmuTrouble trouble = done ? LANMU_TROUBLE_NONE : self->body == NULL ? LANMU_TROUBLE_NO_CAMERA : self->body->trouble;
  g_autofree char *detail = lanmu_message_text (done                 ? ""
                                                : self->body == NULL ? "no camera is open"
                                                                     : self->body->detail);
  lanmu_report (&self->report, LANMU_MESSAGE_SET_DONE, id, g_variant_new ("(us)", (guint32) trouble, detail));
  if (self->body != NULL && self->body->broken)
    lose_broken (self);
}

static void start_shoot (Loop *self, guint64 id, GVariant *args)
{
  guint64 tag;
  g_variant_get (args, "(t)", &tag);
  if (self->body == NULL)
    lanmu_report_shot (&self->report, id, LANMU_TROUBLE_NO_CAMERA, "no camera is open", FALSE);
  else
    lanmu_shoot_begin (&self->shoot, self->body, &self->report, id, tag);
}

static void close_body (Loop *self)
{
  LanmuNews news = {0};
  if (self->body == NULL)
    return;
  if (!self->shoot.running)
    lanmu_events_drain (self->body, &self->report, 0, &news);
  lanmu_shoot_fail (&self->shoot, &self->report, LANMU_TROUBLE_NO_CAMERA, "the camera was closed");
  fail_fetches (self, LANMU_TROUBLE_NO_CAMERA, "the camera was closed");
  refuse_lists (self, LANMU_TROUBLE_NO_CAMERA, "the camera was closed");
  g_clear_pointer (&self->body, lanmu_body_close);
}

static void set_live (Loop *self, GVariant *args)
{
  g_variant_get (args, "(b)", &self->live_wanted);
}

/* Takes fd. */
static void obey (Loop *self, LanmuMessage *message, int fd)
{
  gboolean flag = FALSE;
  switch (message->type) {
  case LANMU_MESSAGE_OPEN:
    open_body (self, message->body);
    break;
  case LANMU_MESSAGE_SHOOT:
    start_shoot (self, message->id, message->body);
    break;
  case LANMU_MESSAGE_FETCH:
    queue_fetch (self, message->id, message->body, fd);
    break;
  case LANMU_MESSAGE_LIST:
    g_variant_get (message->body, "(b)", &flag);
    queue_list (self, message->id, flag);
    break;
  case LANMU_MESSAGE_GET_SETTINGS:
    get_settings (self, message->id);
    break;
  case LANMU_MESSAGE_SET_SETTING:
    set_setting (self, message->id, message->body);
    break;
  case LANMU_MESSAGE_LIVE:
    set_live (self, message->body);
    break;
  case LANMU_MESSAGE_CLOSE:
    close_body (self);
    break;
  case LANMU_MESSAGE_QUIT:
    self->quit = TRUE;
    self->quit_id = message->id;
    break;
  default:
    self->report.gone = TRUE; /* a parent that talks like a host is none of ours */
  }
}

static void read_commands (Loop *self)
{
  while (!self->quit && !self->report.gone) {
    g_auto (LanmuMessage) message = {0};
    g_autoptr (GError) error = NULL;
    int fd = -1;
    LanmuReceived received = lanmu_channel_receive (self->report.channel, &message, &fd, &error);
    if (received == LANMU_RECEIVED_NOTHING)
      return;
    if (received != LANMU_RECEIVED_MESSAGE)
      self->report.gone = TRUE;
    else
      obey (self, &message, fd);
  }
}

static void serve_one_fetch (Loop *self)
{
  Fetch *fetch = g_queue_pop_head (&self->fetches);
  if (fetch == NULL)
    return;
  gboolean good = lanmu_files_fetch (self->body, &self->report, fetch->id, fetch->folder, fetch->name, fetch->fd);
  fetch_free (fetch);
  if (!good)
    lose_broken (self);
  else if (g_queue_is_empty (&self->fetches))
    lanmu_live_hold (self->live, g_get_monotonic_time ());
}

/* A card that came or went makes every cached list a lie: the connection is given up, also in the middle of a release.
 */
static void look_at_card (Loop *self)
{
  LanmuBody *body = self->body;
  gboolean settled = g_get_monotonic_time () - body->opened_us > SWAP_SETTLE_US;
  gboolean changed = body->card_out || (body->card_in && settled);
  body->card_out = body->card_in = FALSE;
  if (changed)
    lose (self, LANMU_TROUBLE_CARD_CHANGED, "the card was changed");
}

/* Body shots. */
static void look_for_news (Loop *self)
{
  LanmuNews news = {0};
  if (!lanmu_events_drain (self->body, &self->report, 0, &news)) {
    lose_broken (self);
    return;
  }
  if (news.jpegs + news.raws > 0) {
    lanmu_live_hold (self->live, g_get_monotonic_time () + FETCH_EXPECT_US);
    lanmu_upkeep_after_shot (&self->upkeep);
  }
  if (news.health)
    tell_status (self, self->told, "");
}

static void step_live (Loop *self)
{
  gint64 failing = 0;
  if (!lanmu_live_step (self->live, self->body, &self->report, &failing)) {
    lose_broken (self);
    return;
  }
  LanmuTrouble trouble = failing > 0 ? self->body->trouble : LANMU_TROUBLE_NONE;
  gboolean tell =
      failing > FAILING_TELL_US || (failing > 0 && trouble != LANMU_TROUBLE_BUSY && trouble != LANMU_TROUBLE_OTHER);
  if (failing == 0 && self->told != LANMU_TROUBLE_NONE)
    tell_status (self, LANMU_TROUBLE_NONE, "");
  else if (tell && self->told != trouble)
    tell_status (self, trouble, self->body->detail);
}

static void step_upkeep (Loop *self)
{
  gboolean changed = FALSE;
  if (!lanmu_upkeep_step (&self->upkeep, self->body, &self->report, &changed))
    lose_broken (self);
  else if (changed)
    tell_status (self, self->told, "");
}

static void step_shoot (Loop *self)
{
  if (!lanmu_shoot_step (&self->shoot, self->body, &self->report))
    lose_broken (self);
  else if (!self->shoot.running) {
    lanmu_live_hold (self->live, g_get_monotonic_time () + FETCH_EXPECT_US);
    lanmu_upkeep_after_shot (&self->upkeep);
  }
}

static void step (Loop *self)
{
  if (self->body != NULL && self->shoot.running)
    step_shoot (self);
  else if (self->body != NULL)
    look_for_news (self);
  if (self->body != NULL)
    look_at_card (self);
  if (self->body != NULL)
    serve_one_fetch (self);
  if (self->body == NULL || self->shoot.running)
    return;
  serve_one_list (self);
  if (self->body == NULL)
    return;
  if (self->live_wanted)
    step_live (self);
  if (self->body != NULL)
    step_upkeep (self);
}

static gint64 wait_us (const Loop *self)
{
  gint64 longest = LANMU_BEAT_MS * 1000;
  if (self->body == NULL)
    return longest;
  if (!g_queue_is_empty ((GQueue *) &self->fetches))
    return 0;
  if (self->shoot.running)
    return COLLECT_POLL_US;
  if (!g_queue_is_empty ((GQueue *) &self->lists))
    return 0;
  if (!self->live_wanted)
    return IDLE_POLL_US;
  return CLAMP (lanmu_live_get_due (self->live) - g_get_monotonic_time (), 0, IDLE_POLL_US);
}

static void beat (Loop *self)
{
  struct timespec used;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &used);
  atomic_store_explicit (&self->pulse->cpu_us, (guint64) used.tv_sec * G_USEC_PER_SEC + (guint64) used.tv_nsec / 1000,
                         memory_order_relaxed);
  atomic_fetch_add_explicit (&self->pulse->beats, 1, memory_order_relaxed);
  atomic_store_explicit (&self->pulse->since_us, g_get_monotonic_time (), memory_order_relaxed);
  atomic_store_explicit (&self->pulse->op, LANMU_OP_WAITING, memory_order_release);
}

static void wait_for_work (Loop *self)
{
  struct pollfd watch = {.fd = lanmu_channel_get_fd (self->report.channel), .events = POLLIN};
  gint64 wait = wait_us (self);
  struct timespec patience = {.tv_sec = wait / G_USEC_PER_SEC, .tv_nsec = (wait % G_USEC_PER_SEC) * 1000};
  beat (self);
  ppoll (&watch, 1, &patience, NULL);
}

void lanmu_loop_run (LanmuChannel *channel, LanmuRing *ring)
{
  Loop self = {.report = {.channel = channel}, .ring = ring, .pulse = lanmu_ring_get_pulse (ring), .live_wanted = TRUE};
  self.live = lanmu_live_new (ring);
  g_queue_init (&self.fetches);
  g_queue_init (&self.lists);
  lanmu_report (&self.report, LANMU_MESSAGE_HELLO, 0, g_variant_new ("(u)", LANMU_PROTOCOL_VERSION));
  while (!self.quit && !self.report.gone) {
    wait_for_work (&self);
    read_commands (&self);
    if (!self.quit && !self.report.gone)
      step (&self);
  }
  close_body (&self);
  if (self.quit)
    lanmu_report (&self.report, LANMU_MESSAGE_BYE, self.quit_id, g_variant_new ("(us)", 0u, ""));
  fail_fetches (&self, LANMU_TROUBLE_NO_CAMERA, "the camera was closed");
  lanmu_live_free (self.live);
  lanmu_channel_free (channel);
}
