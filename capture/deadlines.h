/* LanmuOp: what the camera host may be doing, and how long each may take without progress before the parent kills it.
 *
 * Why: libgphoto2 may wait for minutes without a way to stop it (USB 20 s, EOS capture 90 s, Nikon busy 1,000 s). One
 * table, read by both sides; each figure is longer than what a healthy body needs and than the library's own 2.5 s
 * network timeout, and short enough for a queue of people.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_OP_STARTING,   /* process start and library set-up */
  LANMU_OP_WAITING,    /* in poll() on the command socket; renewed at least each 500 ms */
  LANMU_OP_OPEN,       /* detection, driver, session, identity, target */
  LANMU_OP_CLOSE,      /* orderly end of the session */
  LANMU_OP_ABANDON,    /* end of a session whose line is broken: do not wait for it */
  LANMU_OP_EVENTS,     /* asking for events */
  LANMU_OP_LIVE_START, /* the first live picture of a connection, with the start of live view */
  LANMU_OP_LIVE,       /* one live picture */
  LANMU_OP_RELEASE,    /* the release command, with the exposure */
  LANMU_OP_FETCH,      /* renewed with each piece that arrives */
  LANMU_OP_LIST,       /* renewed with each file */
  LANMU_OP_SETTING,    /* one property */
  LANMU_N_OPS,
} LanmuOp;

/* For sentences of the watchdog, and for tests that aim at one. */
static const char *const lanmu_op_names[LANMU_N_OPS] = {
    [LANMU_OP_STARTING] = "starting",     [LANMU_OP_WAITING] = "waiting", [LANMU_OP_OPEN] = "open",
    [LANMU_OP_CLOSE] = "close",           [LANMU_OP_ABANDON] = "abandon", [LANMU_OP_EVENTS] = "events",
    [LANMU_OP_LIVE_START] = "live-start", [LANMU_OP_LIVE] = "live",       [LANMU_OP_RELEASE] = "release",
    [LANMU_OP_FETCH] = "fetch",           [LANMU_OP_LIST] = "list",       [LANMU_OP_SETTING] = "setting",
};

/* Milliseconds. A hang costs its deadline, two looks of the watchdog and a new opening: to be live again within 6 s,
 * each must stay under 5 s. A release takes as long as its exposure: LANMU_RELEASE_MS and twice the shutter speed and self-timer set (a
 * body may expose a second time in the dark, against noise). The table's figure for it is for bodies whose shutter speed
 * or manners are not known.
 */
static const guint lanmu_op_deadline_ms[LANMU_N_OPS] = {
    [LANMU_OP_STARTING] = 10000, [LANMU_OP_WAITING] = 3000, [LANMU_OP_OPEN] = 15000,      [LANMU_OP_CLOSE] = 6000,
    [LANMU_OP_ABANDON] = 800,    [LANMU_OP_EVENTS] = 4500,  [LANMU_OP_LIVE_START] = 6000, [LANMU_OP_LIVE] = 4000,
    [LANMU_OP_RELEASE] = 12000,  [LANMU_OP_FETCH] = 4500,   [LANMU_OP_LIST] = 10000,      [LANMU_OP_SETTING] = 6000,
};

#define LANMU_RELEASE_MS      4700u  /* focus (2 s at most), mirror, busy retries of the library, its 2.5 s over a network; beside the exposure */
#define LANMU_RELEASE_MOST_MS 110000u /* the longest shutter speed and self-timer, twice */
#define LANMU_BULB_MS         30000u /* a shutter speed without an end counts as so long */
#define LANMU_TIMER_MS        20000u /* a self-timer that does not say how long */
#define LANMU_COLLECT_MS      12000u /* release → the files are announced, else "no picture"; twice the exposure more */
#define LANMU_AFTER_COMPLETE_MS 2500u /* the body is done with the release and named no file: the card is asked */
#define LANMU_SIBLING_MS      4000u  /* JPEG announced → its RAW sibling announced */
#define LANMU_BUSY_RETRY_MS   2000u  /* a release refused as busy is tried again for so long */
#define LANMU_BEAT_MS         500u   /* longest wait of the host's loop */
#define LANMU_STOP_MS         8000u  /* QUIT → the host is gone, else it is killed */
#define LANMU_WATCH_PERIOD_MS 200u   /* how often the parent looks */

G_END_DECLS
