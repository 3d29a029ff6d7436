/* The judge and the clock against constructed truth: who sat there is known, and what cannot be known must not be attached. */
#include "app/judge.h"

#define S(seconds) ((gint64) ((double) (seconds) * G_USEC_PER_SEC))
#define OFFSET S (1000000) /* the camera's clock is that far ahead of boot time */

typedef struct {
  LanmuClock clock;
  LanmuJudgeBinding bindings[2];
  LanmuJudgeTicket ticket;
  LanmuCase c;
} Room;

/* Student 1 sat there from 0 to 10 s, student 2 from 10 s on; the clock is known to ±20 ms; the file's stamp has two digits of sub-seconds. */
static void room_init (Room *room, double exposed)
{
  *room = (Room) { 0 };
  room->clock = (LanmuClock) { .known = TRUE, .lo = OFFSET - S (0.02), .hi = OFFSET + S (0.02), .as_of = S (exposed) };
  room->bindings[0] = (LanmuJudgeBinding) { 11, 1, { 0, S (10) - 1 } };
  room->bindings[1] = (LanmuJudgeBinding) { 12, 2, { S (10), G_MAXINT64 } };
  room->c = (LanmuCase) {
    .size_known = TRUE, .size_agrees = TRUE, .decodes = TRUE, .has_stamp = TRUE, .stamp_us = S (exposed) + OFFSET, .resolution_us = S (0.01),
    .file_serial = "6012345", .body_serial = "0006012345", .number = 8, .folder_number = 100, .last_number = 7, .last_folder_number = 100,
    .seen_us = S (exposed + 0.5), .live = TRUE, .now_us = S (exposed + 1), .clock = &room->clock, .bindings = room->bindings, .n_bindings = 2,
  };
}

static void room_release (Room *room, double released)
{
  room->ticket = (LanmuJudgeTicket) { 5, 2, 12, { S (released), G_MAXINT64 } };
  room->c.collecting = &room->ticket;
}

static LanmuRuling rule (const Room *room)
{
  LanmuRuling ruling;
  lanmu_judge (&room->c, &ruling);
  return ruling;
}

static void assert_quarantine (const Room *room, const char *reason)
{
  LanmuRuling ruling = rule (room);
  g_assert_cmpint (ruling.judgement, ==, LANMU_VERDICT_QUARANTINE);
  g_assert_cmpstr (ruling.reason, ==, reason);
}

static void test_host (void)
{
  Room room;
  room_init (&room, 12);
  room_release (&room, 11.9);
  LanmuRuling ruling = rule (&room);
  g_assert_cmpint (ruling.judgement, ==, LANMU_VERDICT_ATTACH);
  g_assert_cmpint (ruling.student, ==, 2);
  g_assert_cmpint (ruling.ticket, ==, 5);
  g_autofree char *proof = lanmu_proof_to_string (ruling.proof);
  g_assert_cmpstr (proof, ==, "size,decode,new,time,serial,number,window");
}

static void test_body (void)
{
  for (double t = 1; t < 30; t += 0.5) {
    Room room;
    room_init (&room, t);
    LanmuRuling ruling = rule (&room);
    if (t > 9.9 && t < 10.1)
      g_assert_cmpint (ruling.judgement, ==, LANMU_VERDICT_QUARANTINE);
    else {
      g_assert_cmpint (ruling.judgement, ==, LANMU_VERDICT_ATTACH);
      g_assert_cmpint (ruling.student, ==, t < 10 ? 1 : 2);
      g_assert_cmpint (ruling.ticket, ==, 0);
    }
  }
}

/* Whatever the true moment and however badly the clock is known: never the wrong student. */
static void test_never_wrong (void)
{
  for (int round = 0; round < 20000; round++) {
    Room room;
    double exposed = g_test_rand_double_range (8, 12), error = g_test_rand_double_range (0, 1.5);
    room_init (&room, exposed);
    gint64 skew = S (g_test_rand_double_range (-error, error)) / 2;
    room.clock.lo = OFFSET + skew - S (error) / 2;
    room.clock.hi = OFFSET + skew + S (error) / 2;
    room.c.resolution_us = g_test_rand_bit () ? S (1) : S (0.01);
    room.c.stamp_us = (S (exposed) + OFFSET) / room.c.resolution_us * room.c.resolution_us;
    if (g_test_rand_bit () && exposed > 10)
      room_release (&room, exposed - g_test_rand_double_range (0, exposed - 10));
    LanmuRuling ruling = rule (&room);
    if (ruling.judgement == LANMU_VERDICT_ATTACH)
      g_assert_cmpint (ruling.student, ==, exposed < 10 ? 1 : 2);
  }
}

/* A body press of student 1 whose event came late, into the release of student 2. */
static void test_late_stranger (void)
{
  Room room;
  room_init (&room, 9.5);
  room_release (&room, 10.3);
  room.c.seen_us = S (10.6);
  assert_quarantine (&room, "other-time");
}

/* A body press of the same student, announced into his own release: his, and the release goes on waiting for its own. */
static void test_earlier_press (void)
{
  Room room;
  room_init (&room, 11);
  room_release (&room, 12);
  room.c.seen_us = S (12.2);
  LanmuRuling ruling = rule (&room);
  g_assert_cmpint (ruling.judgement, ==, LANMU_VERDICT_ATTACH);
  g_assert_cmpint (ruling.student, ==, 2);
  g_assert_cmpint (ruling.ticket, ==, 0);
  g_assert_cmpint (ruling.proof & LANMU_PROOF_WINDOW, ==, 0);
  room_init (&room, 10.0005);
  room_release (&room, 12);
  room.c.seen_us = S (12.2);
  assert_quarantine (&room, "other-time");
}

static void test_doubts (void)
{
  Room room;
  room_init (&room, 12);
  room_release (&room, 11.9);
  room.c.seen_before = TRUE;
  g_assert_cmpint (rule (&room).judgement, ==, LANMU_VERDICT_REFUSE);
  room_init (&room, 12);
  room.c.size_agrees = FALSE;
  assert_quarantine (&room, "size");
  room_init (&room, 12);
  room.c.decodes = FALSE;
  assert_quarantine (&room, "damaged");
  room_init (&room, 12);
  room.c.file_serial = "7";
  assert_quarantine (&room, "other-camera");
  room_init (&room, 12);
  room.c.has_stamp = FALSE;
  assert_quarantine (&room, "no-time");
  room_init (&room, 12);
  room.c.seen_us = S (11);
  assert_quarantine (&room, "other-time");
  room_init (&room, 9.99);
  assert_quarantine (&room, "between-students");
  room_init (&room, 12);
  room.c.n_bindings = 0;
  assert_quarantine (&room, "nobody-bound");
}

static void test_without_clock (void)
{
  Room room;
  room_init (&room, 12);
  room.clock.known = FALSE;
  assert_quarantine (&room, "no-time"); /* a body shot: nothing ties it */
  room_release (&room, 15.1);
  g_assert_cmpint (rule (&room).judgement, ==, LANMU_VERDICT_ATTACH);
  g_assert_false (rule (&room).proof & LANMU_PROOF_TIME);
  room_release (&room, 14.9); /* student 1 sat there less than five seconds before: his picture may still have been on its way */
  assert_quarantine (&room, "no-time");
  room_release (&room, 15.1);
  room.c.number = 6;
  assert_quarantine (&room, "no-time"); /* an older number: not what this release made */
}

/* Pressed while nobody was bound, announced into the release of the student who sat down next: nobody's, though no other student was bound. */
static void test_before_the_seat (void)
{
  Room room;
  room_init (&room, 9.99);
  room.bindings[0].span.hi = S (5);
  room_release (&room, 10.0);
  assert_quarantine (&room, "edge-of-binding");
  room_init (&room, 10.2);
  room.bindings[0].span.hi = S (5);
  room_release (&room, 10.1);
  g_assert_cmpint (rule (&room).judgement, ==, LANMU_VERDICT_ATTACH);
}

/* The same student called twice in a row sat there all the time; somebody in between breaks the seat. */
static void test_called_twice (void)
{
  Room room;
  room_init (&room, 9.99);
  room.bindings[0].student = 2;
  g_assert_cmpint (rule (&room).judgement, ==, LANMU_VERDICT_ATTACH);
  room_release (&room, 9.9);
  g_assert_cmpint (rule (&room).judgement, ==, LANMU_VERDICT_ATTACH);
  room_init (&room, 9.99);
  room.bindings[0].student = 2;
  room.bindings[1].span.lo = S (10.005);
  assert_quarantine (&room, "edge-of-binding");
}

/* A live picture whose stamp names somebody who sat there long ago: the body's clock was set, or the stamp is wrong. Found on the card later, it may be his. */
static void test_stamped_long_ago (void)
{
  Room room;
  room_init (&room, 5);
  room.c.seen_us = S (60);
  room.c.now_us = S (61);
  assert_quarantine (&room, "other-time");
  room.c.live = FALSE;
  g_assert_cmpint (rule (&room).judgement, ==, LANMU_VERDICT_ATTACH);
}

/* The body's clock was set an hour back at some moment before 30 s: what was stamped before is of no known time, what comes after is. */
static void test_clock_was_set (void)
{
  Room room;
  room_init (&room, 20);
  g_assert_cmpint (lanmu_clock_read (&room.clock, OFFSET - S (3600) + S (30), S (30), S (30.001)), ==, LANMU_CLOCK_JUMPED);
  room.c.live = FALSE;
  room.c.seen_us = room.c.now_us = S (4000);
  assert_quarantine (&room, "no-time"); /* stamped by the old setting; the new one would have it exposed an hour later */
  room.c.stamp_us -= S (3600);
  assert_quarantine (&room, "no-time");
  room.c.stamp_us += S (12);
  assert_quarantine (&room, "no-time"); /* by the new setting, or an hour ago by the old one */
  room.c.live = TRUE;
  room.c.seen_us = S (32.5);
  g_assert_cmpint (rule (&room).judgement, ==, LANMU_VERDICT_ATTACH);
}

/* After a restart: tickets without a file. */
static void test_unanswered (void)
{
  Room room;
  LanmuJudgeTicket tickets[2] = { { 5, 2, 12, { S (12), S (14) } }, { 6, 2, 12, { S (13), S (15) } } };
  room_init (&room, 12.5);
  room.c.seen_us = G_MAXINT64;
  room.c.unanswered = tickets;
  room.c.n_unanswered = 2;
  g_assert_cmpint (rule (&room).ticket, ==, 5);
  room.c.stamp_us = S (13.5) + OFFSET;
  g_assert_cmpint (rule (&room).ticket, ==, 5); /* both are student 2's: the earlier one */
  tickets[0].student = 1;
  assert_quarantine (&room, "two-tickets");
}

/* Student 2's release was lost in a death at 12 s; its window ends at 20 s and student 3 sits down then, of whose binding a second death leaves nothing. */
static void test_past_the_window (void)
{
  Room room;
  LanmuJudgeTicket ticket = { 5, 2, 12, { S (12), S (20) } };
  room_init (&room, 19.5);
  room.bindings[1].span.hi = S (12);
  room.c.seen_us = G_MAXINT64;
  room.c.unanswered = &ticket;
  room.c.n_unanswered = 1;
  LanmuRuling ruling = rule (&room);
  g_assert_cmpint (ruling.judgement, ==, LANMU_VERDICT_ATTACH);
  g_assert_cmpint (ruling.student, ==, 2);
  room.c.stamp_us = S (20.01) + OFFSET;
  assert_quarantine (&room, "edge-of-binding");
  room.c.stamp_us = S (14) + OFFSET;
  room.ticket = ticket;
  room.ticket.orphaned_us = S (13.5); /* pressed by hand when the station was up again and nobody was bound */
  room.c.unanswered = &room.ticket;
  assert_quarantine (&room, "edge-of-binding");
  room.c.stamp_us = S (13) + OFFSET;
  g_assert_cmpint (rule (&room).judgement, ==, LANMU_VERDICT_ATTACH);
  room.c.unanswered = &ticket;
  room.c.stamp_us = S (20.01) + OFFSET;
  room.c.n_bindings = 0; /* nothing is left of the ticket's own binding either */
  assert_quarantine (&room, "edge-of-binding");
  room.c.stamp_us = S (19.5) + OFFSET;
  g_assert_cmpint (rule (&room).judgement, ==, LANMU_VERDICT_ATTACH);
}

static void test_clock (void)
{
  LanmuClock clock = { 0 };
  gint64 offset = S (5000) + 123456;
  LanmuSpan span;
  g_assert_false (lanmu_clock_exposure (&clock, 0, 1, 0, &span));
  g_assert_cmpint (lanmu_clock_resolving (&clock, 1, 0), ==, G_MAXINT64);
  for (int i = 0; i < 200; i++) {
    gint64 at = S (2 * i) + g_test_rand_int_range (0, 1000000);
    gint64 camera = (at + offset) / G_USEC_PER_SEC * G_USEC_PER_SEC;
    g_assert_cmpint (lanmu_clock_read (&clock, camera, at - 2000, at + 2000), !=, LANMU_CLOCK_JUMPED);
    g_assert_cmpint (clock.lo, <=, offset);
    g_assert_cmpint (clock.hi, >=, offset);
  }
  g_assert_cmpint (clock.hi - clock.lo, <, 100000);
  g_assert_true (lanmu_clock_exposure (&clock, S (700) + offset, 10000, S (700), &span));
  g_assert_cmpint (span.lo, <=, S (700));
  g_assert_cmpint (span.hi, >=, S (700));
  g_assert_cmpint (lanmu_clock_read (&clock, offset + S (3600), 0, 1000), ==, LANMU_CLOCK_JUMPED);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/judge/host", test_host);
  g_test_add_func ("/judge/body", test_body);
  g_test_add_func ("/judge/never-wrong", test_never_wrong);
  g_test_add_func ("/judge/late-stranger", test_late_stranger);
  g_test_add_func ("/judge/doubts", test_doubts);
  g_test_add_func ("/judge/earlier-press", test_earlier_press);
  g_test_add_func ("/judge/without-clock", test_without_clock);
  g_test_add_func ("/judge/before-the-seat", test_before_the_seat);
  g_test_add_func ("/judge/called-twice", test_called_twice);
  g_test_add_func ("/judge/stamped-long-ago", test_stamped_long_ago);
  g_test_add_func ("/judge/clock-was-set", test_clock_was_set);
  g_test_add_func ("/judge/unanswered", test_unanswered);
  g_test_add_func ("/judge/past-the-window", test_past_the_window);
  g_test_add_func ("/clock", test_clock);
  return g_test_run ();
}
