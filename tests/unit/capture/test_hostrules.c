/* The host's pure rules: what the library's errors mean, what settings say, when to ask for a picture, when to read the
 * clock, when to try again. */
#include <gphoto2/gphoto2.h>
#include "capture/gvfs.h"
#include "capture/deadlines.h"
#include "capture/ladder.h"
#include "capture/pulse.h"
#include "capture/host/brand.h"
#include "capture/host/clockphase.h"
#include "capture/host/errors.h"
#include "capture/host/pace.h"
#include "capture/host/trace.h"

typedef struct {
  int code;
  const char *said;
  LanmuTrouble trouble;
  gboolean broken;
} Fault;

static void test_faults (void)
{
  static const Fault cases[] = {
      {GP_ERROR_TIMEOUT, "", LANMU_TROUBLE_TIMEOUT, TRUE},
      {GP_ERROR_IO_USB_CLAIM, "", LANMU_TROUBLE_CLAIMED, TRUE},
      {GP_ERROR_IO_USB_FIND, "", LANMU_TROUBLE_CABLE, TRUE},
      {GP_ERROR, "Out of Focus", LANMU_TROUBLE_NO_FOCUS, FALSE},
      {GP_ERROR, "Canon EOS Capture failed to release: Perhaps no focus?", LANMU_TROUBLE_NO_FOCUS, FALSE},
      {GP_ERROR, "PTP Store Full", LANMU_TROUBLE_CARD_FULL, FALSE},
      {GP_ERROR_NO_MEMORY, "", LANMU_TROUBLE_CARD_FULL, FALSE},
      {GP_ERROR, "Liveview cannot start: Battery exhausted", LANMU_TROUBLE_BATTERY, FALSE},
      {GP_ERROR, "Liveview cannot start: Temperature too high", LANMU_TROUBLE_TOO_HOT, FALSE},
      {GP_ERROR, "Liveview cannot start: Recording destination card, but no card or card protected",
       LANMU_TROUBLE_NO_CARD, FALSE},
      {GP_ERROR, "PTP I/O Error", LANMU_TROUBLE_CABLE, TRUE},
      {GP_ERROR, "Out of Focus\nPTP Timeout", LANMU_TROUBLE_TIMEOUT, TRUE}, /* a broken line explains the rest */
      {GP_ERROR_CAMERA_BUSY, "", LANMU_TROUBLE_BUSY, FALSE},
      {GP_ERROR, "", LANMU_TROUBLE_OTHER, FALSE},
      {GP_ERROR_BAD_PARAMETERS, "", LANMU_TROUBLE_OTHER, FALSE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    LanmuFault fault = lanmu_fault_from_result (cases[i].code, cases[i].said);
    g_test_message ("%d \"%s\"", cases[i].code, cases[i].said);
    g_assert_cmpint (fault.trouble, ==, cases[i].trouble);
    g_assert_cmpint (fault.broken, ==, cases[i].broken);
  }
}

static void assert_quality (const char *value, gboolean jpeg, gboolean raw)
{
  gboolean got_jpeg, got_raw;
  lanmu_quality_parse (value, &got_jpeg, &got_raw);
  g_test_message ("%s", value);
  g_assert_cmpint (got_jpeg, ==, jpeg);
  g_assert_cmpint (got_raw, ==, raw);
}

static void test_quality (void)
{
  assert_quality ("JPEG Fine", TRUE, FALSE);
  assert_quality ("NEF+Fine", TRUE, TRUE);
  assert_quality ("NEF (Raw)", FALSE, TRUE);
  assert_quality ("Large Fine JPEG", TRUE, FALSE);
  assert_quality ("RAW + Large Fine JPEG", TRUE, TRUE);
  assert_quality ("cRAW + Medium Normal JPEG", TRUE, TRUE);
  assert_quality ("RAW", FALSE, TRUE);
  assert_quality ("L", TRUE, FALSE);
}

static void test_brands (void)
{
  g_assert_cmpstr (lanmu_brand_for_maker ("Nikon Corporation")->name, ==, "nikon");
  g_assert_cmpstr (lanmu_brand_for_maker ("Canon Inc.")->name, ==, "canon");
  g_assert_cmpstr (lanmu_brand_for_maker ("FUJIFILM")->name, ==, "other");
  g_assert_cmpstr (lanmu_brand_for_maker (NULL)->name, ==, "other");
  g_assert_cmpstr (lanmu_brand_names (lanmu_brand_for_maker ("NIKON"), "aperture")[0], ==, "f-number");
  g_assert_null (lanmu_brand_names (lanmu_brand_for_maker ("NIKON"), "no such thing"));
  g_assert_cmpint (lanmu_battery_parse ("75%"), ==, 75);
  g_assert_cmpint (lanmu_battery_parse ("Unknown value"), ==, -1);
}

static void test_shutter (void)
{
  static const struct {
    const char *value;
    guint ms;
  } cases[] = {{"1/125", 8}, {"0.0080s", 8}, {"1/1.3", 770}, {"0.3", 300}, {"2.5", 2500}, {"30", 30000}, {"300/10", 30000}, {"Bulb", LANMU_BULB_MS},
               {"Time", LANMU_BULB_MS}, {"900", LANMU_BULB_MS}, {"auto", 0}, {"", 0}, {"1/0", 0}, {"-1", 0}, {"nan", 0}};
  LanmuPulse pulse = {0};
  g_assert_cmpuint (lanmu_timer_parse ("Single Shot"), ==, 0);
  g_assert_cmpuint (lanmu_timer_parse ("Timer 2 sec"), ==, 2000);
  g_assert_cmpuint (lanmu_timer_parse ("Self-Timer 10sec"), ==, 10000);
  g_assert_cmpuint (lanmu_timer_parse ("Timer"), ==, LANMU_TIMER_MS);
  g_assert_cmpuint (lanmu_timer_parse ("Timer 99999999999999999999"), ==, LANMU_TIMER_MS);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].value);
    g_assert_cmpuint (lanmu_shutter_parse (cases[i].value), ==, cases[i].ms);
  }
  g_assert_cmpuint (lanmu_pulse_deadline_ms (&pulse, LANMU_OP_RELEASE), ==, lanmu_op_deadline_ms[LANMU_OP_RELEASE]);
  pulse.release_ms = LANMU_RELEASE_MS + 16;
  g_assert_cmpuint (lanmu_pulse_deadline_ms (&pulse, LANMU_OP_RELEASE), ==, LANMU_RELEASE_MS + 16);
  g_assert_cmpuint (lanmu_pulse_deadline_ms (&pulse, LANMU_OP_LIVE), ==, lanmu_op_deadline_ms[LANMU_OP_LIVE]);
  pulse.release_ms = G_MAXUINT32;
  g_assert_cmpuint (lanmu_pulse_deadline_ms (&pulse, LANMU_OP_RELEASE), ==, LANMU_RELEASE_MOST_MS);
  pulse.release_ms = 1;
  g_assert_cmpuint (lanmu_pulse_deadline_ms (&pulse, LANMU_OP_RELEASE), ==, LANMU_RELEASE_MS);
  g_assert_cmpuint (lanmu_pulse_deadline_ms (&pulse, 12345), ==, lanmu_op_deadline_ms[LANMU_OP_WAITING]);
}

/* A body that makes a picture each interval; holds: it answers an early asking with the next picture, else with the
 * last one again. From slow_until on it is swift, before that each picture costs it slow more. */
typedef struct {
  gint64 interval, call, slow, slow_until;
  gboolean holds;
  gint64 shots; /* the line is held for a quarter of a second so often */
} PaceBody;

typedef struct {
  guint asked, got, missed;
  gint64 held; /* time spent waiting inside a call */
} PaceResult;

static PaceResult run_pace (const PaceBody *body, gint64 settle, gint64 seconds)
{
  LanmuPace pace;
  PaceResult result = {0};
  gint64 now = 1000000, first = now, end = now + (settle + seconds) * G_USEC_PER_SEC, last = -1, shot = now + body->shots;
  lanmu_pace_init (&pace, now);
  while (now < end) {
    if (body->shots > 0 && now >= shot) {
      lanmu_pace_hold (&pace, now + 250000);
      last = (now + 250000) / body->interval - 1;
      shot = now + body->shots;
    }
    now = MAX (now, pace.due_us);
    gboolean settled = now > first + settle * G_USEC_PER_SEC;
    gint64 begun = now;
    if (body->holds && now / body->interval == last)
      now = (last + 1) * body->interval;
    result.held += settled ? now - begun : 0;
    gint64 picture = now / body->interval;
    now += body->call + (now < first + body->slow_until ? body->slow : 0);
    result.asked += settled ? 1 : 0;
    if (picture == last) {
      lanmu_pace_same_picture (&pace, now);
      continue;
    }
    if (settled) {
      result.got++;
      result.missed += last >= 0 ? (guint) (picture - last - 1) : 0;
    }
    last = picture;
    lanmu_pace_new_picture (&pace, begun, now);
  }
  return result;
}

static void test_pace (void)
{
  static const PaceBody bodies[] = {
      {33333, 700, 0, 0, FALSE},
      {33333, 700, 0, 0, TRUE},
      {16667, 700, 0, 0, FALSE},
      {16667, 700, 0, 0, TRUE},
      {100000, 1500, 0, 0, FALSE},
      {100000, 1500, 0, 0, TRUE},
      {41667, 9000, 0, 0, FALSE},
      {33333, 700, 150000, 3000000, TRUE},
      {33333, 700, 150000, 3000000, FALSE},
      {16667, 6000, 0, 0, FALSE},
      {16667, 12000, 0, 0, TRUE},
      {33333, 7000, 0, 0, FALSE},
      {33333, 20000, 0, 0, FALSE},
      {33333, 20000, 0, 0, TRUE},
      {33333, 7000, 0, 0, TRUE},
      {33333, 2000, 0, 0, TRUE, 1000000}, /* a quick hand: a shot each second must not teach that waiting loses pictures */
      {33333, 2000, 0, 0, TRUE, 500000},
      {16667, 2000, 0, 0, TRUE, 1500000},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (bodies); i++) {
    PaceResult result = run_pace (&bodies[i], 5, 20);
    g_test_message ("each %d µs%s%s: got %u missed %u asked %u, held %d ms", (int) bodies[i].interval,
                    bodies[i].holds ? " holding" : "", bodies[i].shots > 0 ? " with shots" : "", result.got, result.missed, result.asked,
                    (int) (result.held / 1000));
    g_assert_cmpuint (result.missed * 100, <=, result.got);              /* 99 of 100 are got */
    g_assert_cmpuint (result.asked * 2, <=, result.got * 5);             /* few in vain */
    g_assert_cmpint (result.held, <=, 20 * (gint64) G_USEC_PER_SEC / 4); /* a release seldom waits for a picture */
  }
}

static void test_clock (void)
{
  const gint64 true_difference = 1234567890123456; /* what the body's clock is ahead of this machine's */
  LanmuClockPhase phase = {0};
  gint64 now = 55 * G_USEC_PER_SEC;
  int readings = 0;
  while (!lanmu_clock_phase_is_narrow (&phase)) {
    now = lanmu_clock_phase_next (&phase, now + 2200000);
    gint64 body = (now + 500 + true_difference) / G_USEC_PER_SEC * G_USEC_PER_SEC;
    lanmu_clock_phase_add (&phase, body, now, now + 1000);
    g_assert_cmpint (phase.low_us, <=, true_difference);
    g_assert_cmpint (phase.high_us, >=, true_difference);
    g_assert_cmpint (++readings, <=, 8);
  }
  lanmu_clock_phase_add (&phase, now + true_difference + 3600 * (gint64) G_USEC_PER_SEC, now,
                         now + 1000); /* the clock was set */
  g_assert_false (lanmu_clock_phase_is_narrow (&phase));
  g_assert_cmpint (phase.low_us, >, true_difference + 3000 * (gint64) G_USEC_PER_SEC);
}

static void test_ladder (void)
{
  LanmuLadder ladder = {0};
  static const struct {
    LanmuRung rung;
    guint latest_ms; /* as drawn in ladder.h */
  } drawn[] = {
      {LANMU_RUNG_REOPEN, 0},     {LANMU_RUNG_REOPEN, 100},    {LANMU_RUNG_RESET, 350},     {LANMU_RUNG_REOPEN, 850},
      {LANMU_RUNG_RESPAWN, 1850}, {LANMU_RUNG_OPERATOR, 2850}, {LANMU_RUNG_OPERATOR, 3850},
  };
  guint at = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (drawn); i++) {
    LanmuClimb climb = lanmu_ladder_next (&ladder, LANMU_TROUBLE_CABLE);
    at += climb.delay_ms;
    g_assert_cmpuint (at, ==, drawn[i].latest_ms);
    g_assert_cmpint (climb.rung, ==, drawn[i].rung);
  }
  lanmu_ladder_reset (&ladder);
  for (int i = 0; i < 20; i++) { /* an absent camera is waited for, nothing is torn down */
    LanmuClimb climb = lanmu_ladder_next (&ladder, LANMU_TROUBLE_NO_CAMERA);
    g_assert_cmpint (climb.rung, ==, i == 0 ? LANMU_RUNG_REOPEN : LANMU_RUNG_OPERATOR);
    g_assert_cmpuint (climb.delay_ms, <=, 1000);
  }
  g_assert_cmpint (lanmu_ladder_next (&ladder, LANMU_TROUBLE_CABLE).rung, ==, LANMU_RUNG_REOPEN);
}

static void test_trace (void)
{
  guint op = 0;
  guint16 answer = 0;
  lanmu_trace_read_line ("Reading PTP_OC 0x9207 (Initiate Capture) response...", &op, &answer);
  g_assert_cmpint (answer, ==, 0x2001);
  lanmu_trace_read_line ("PTPIP_CMD_RESPONSE (result=0x2019, tid=0x00000012)", &op, &answer);
  g_assert_cmpint (answer, ==, 0x2019);
  lanmu_trace_read_line ("Reading PTP_OC 0x90c8 (Device Ready) response...", &op, &answer);
  lanmu_trace_read_line ("PTPIP_CMD_RESPONSE (result=0x2001, tid=0x00000013)", &op, &answer);
  g_assert_cmpint (answer, ==, 0x2019); /* the answer to the release stays */
  lanmu_trace_read_line ("Reading PTP_OC 0x9207 (Initiate Capture) response...", &op, &answer);
  lanmu_trace_read_line ("PTP_OC 0x9207 receiving resp failed: Out of Focus (0xa002)", &op, &answer);
  g_assert_cmpint (answer, ==, 0xa002);
}

static void test_gvfs_match (void)
{
  g_assert_true (lanmu_gvfs_is_of_port ("gphoto2://Nikon_D750_0001/", "/dev/bus/usb/001/005", "usb:001,005"));
  g_assert_false (lanmu_gvfs_is_of_port ("gphoto2://Nikon_D750_0001/", "/dev/bus/usb/001/006", "usb:001,005"));
  g_assert_true (lanmu_gvfs_is_of_port ("gphoto2://[usb:001,005]/", NULL, "usb:001,005"));
  g_assert_true (lanmu_gvfs_is_of_port ("gphoto2://%5Busb%3A001%2C005%5D/", NULL, "usb:001,005"));
  g_assert_false (lanmu_gvfs_is_of_port ("mtp://[usb:001,005]/", NULL, "usb:001,005"));
  g_assert_false (lanmu_gvfs_is_of_port ("gphoto2://[usb:001,005]/", NULL, "ptpip:1.2.3.4:5"));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/host/faults", test_faults);
  g_test_add_func ("/host/quality", test_quality);
  g_test_add_func ("/host/brands", test_brands);
  g_test_add_func ("/host/shutter", test_shutter);
  g_test_add_func ("/host/pace", test_pace);
  g_test_add_func ("/host/clock", test_clock);
  g_test_add_func ("/host/trace", test_trace);
  g_test_add_func ("/camera/ladder", test_ladder);
  g_test_add_func ("/camera/gvfs-match", test_gvfs_match);
  return g_test_run ();
}
