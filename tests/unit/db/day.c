/* The order of the day, the count at the door and whom `next` calls because of it, the health gate, payments, close-outs. */
#include "tests/unit/db/fixture.h"
#include "db/audit.h"
#include "db/classorder.h"
#include "db/closings.h"
#include "db/daycounts.h"
#include "db/gauges.h"
#include "db/health.h"
#include "db/holds.h"
#include "db/payments.h"
#include "db/presence.h"
#include "db/slots.h"
#include "db/walkins.h"

typedef struct {
  char *dir;
  LanmuDb *db;
  gint64 us;
} Day;

/* 65 students "20210001" …: classes 1班 (30), 2班 (30), 3班 (5). */
static void set_up (Day *self, gconstpointer data)
{
  self->dir = make_folder ();
  self->db = open_campaign (self->dir, 65);
  self->us = 100;
}

static void tear_down (Day *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (lanmu_audit_verify (self->db, NULL, NULL, &error));
  g_assert_no_error (error);
  lanmu_db_close (self->db);
  remove_folder (self->dir);
  g_free (self->dir);
}

static gint64 id_of (Day *self, guint number)
{
  g_autofree char *text = g_strdup_printf ("2021%04u", number);
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (self->db, text, NULL);
  g_assert_nonnull (row);
  return row->id;
}

static gint64 class_of (Day *self, const char *name)
{
  gint64 id = lanmu_class_find (self->db, NULL, name, NULL);
  g_assert_cmpint (id, >, 0);
  return id;
}

/* 0: nobody. */
static guint next_after (Day *self, guint number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStudentRow) next = NULL;
  g_assert_true (lanmu_presence_next (self->db, number ? id_of (self, number) : 0, 0, &next, &error));
  g_assert_no_error (error);
  return next ? (guint) g_ascii_strtoull (next->student_no + 4, NULL, 10) : 0;
}

static void call (Day *self, guint number, const char *how)
{
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (lanmu_binding_begin (self->db, 1, id_of (self, number), NULL, how, at (self->us += 10), ACTOR, &error), >, 0);
  g_assert_no_error (error);
}

static void finish (Day *self, guint number)
{
  g_assert_true (lanmu_student_set_state (self->db, id_of (self, number), LANMU_STUDENT_SKIPPED, ACTOR, NULL));
}

static void mark (Day *self, guint number, gboolean present)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (lanmu_presence_set (self->db, id_of (self, number), present, "list", ACTOR, &error));
  g_assert_no_error (error);
}

static void assert_refused (GError **error, int code)
{
  g_assert_error (*error, LANMU_DB_ERROR, code);
  g_clear_error (error);
}

/* -- order -- */

static void test_order_of_classes (Day *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 follower = -1, one = class_of (self, "1班"), two = class_of (self, "2班"), three = class_of (self, "3班");

  g_assert_cmpuint (next_after (self, 0), ==, 1);
  g_assert_true (lanmu_class_move (self->db, three, one, ACTOR, &follower, &error));
  g_assert_cmpint (follower, ==, 0);
  g_assert_cmpuint (next_after (self, 0), ==, 61);
  g_assert_true (lanmu_class_move (self->db, three, follower, ACTOR, &follower, &error)); /* taken back */
  g_assert_cmpint (follower, ==, one);
  g_assert_cmpuint (next_after (self, 0), ==, 1);
  g_assert_false (lanmu_class_move (self->db, one, one, ACTOR, NULL, &error));
  assert_refused (&error, LANMU_DB_ERROR_REFUSED);
  g_assert_false (lanmu_class_move (self->db, 999, one, ACTOR, NULL, &error));
  assert_refused (&error, LANMU_DB_ERROR_NO_ROW);
  g_assert_true (lanmu_class_move (self->db, one, two, ACTOR, NULL, &error)); /* it stands there already */
  g_assert_cmpint (query_int (self->dir, "SELECT count (*) FROM audit WHERE action = 'class.move'"), ==, 2);
}

static void set_slot (Day *self, const char *name, const char *date, int begins)
{
  g_autoptr (GError) error = NULL;
  const LanmuSlotRow row = {.class_id = class_of (self, name), .date = (char *) date, .begins = begins, .ends = begins + 40, .place = (char *) "101"};
  g_assert_true (lanmu_slot_set (self->db, &row, ACTOR, &error));
  g_assert_no_error (error);
}

/* The schedule orders the classes; a class that was not there goes last of its date, before the next date. */
static void test_slots (Day *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_slot (self, "1班", "2027-03-02", 480);
  set_slot (self, "2班", "2027-03-01", 540);
  set_slot (self, "3班", "2027-03-01", 480);
  g_assert_true (lanmu_slots_order_classes (self->db, ACTOR, &error));
  g_assert_cmpuint (next_after (self, 0), ==, 61);
  g_assert_true (lanmu_slot_miss (self->db, class_of (self, "3班"), ACTOR, &error));
  g_assert_no_error (error);
  g_autoptr (GPtrArray) slots = lanmu_slots_list (self->db, &error);
  const char *wanted[] = {"2班", "3班", "1班"};
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (((LanmuSlotRow *) slots->pdata[i])->class_name, ==, wanted[i]);
  g_assert_cmpint (((LanmuSlotRow *) slots->pdata[1])->missed_us, >, 0);
  g_assert_false (lanmu_slot_miss (self->db, class_of (self, "3班"), ACTOR, &error));
  assert_refused (&error, LANMU_DB_ERROR_EXISTS);
  g_assert_true (lanmu_slot_drop (self->db, class_of (self, "3班"), ACTOR, &error));
  g_assert_false (lanmu_slot_drop (self->db, class_of (self, "3班"), ACTOR, &error));
  assert_refused (&error, LANMU_DB_ERROR_NO_ROW);
}

/* Transfers first, then 学号, walk-ins at the bottom. */
static void test_order_in_class (Day *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const LanmuStudentRow guest = {.name = (char *) "新", .student_no = (char *) "20210000", .class_name = (char *) "3班"};

  g_assert_cmpint (lanmu_walkin_add (self->db, &guest, "", ACTOR, &error), >, 0);
  g_assert_true (lanmu_transfer_set (self->db, id_of (self, 64), TRUE, ACTOR, &error));
  g_autoptr (GPtrArray) rows = lanmu_presence_list (self->db, class_of (self, "3班"), 0, &error);
  const char *wanted[] = {"20210064", "20210061", "20210062", "20210063", "20210065", "20210000"};
  for (guint i = 0; i < 6; i++)
    g_assert_cmpstr (((LanmuPresenceRow *) rows->pdata[i])->student_no, ==, wanted[i]);
  g_assert_true (((LanmuPresenceRow *) rows->pdata[0])->transfer && ((LanmuPresenceRow *) rows->pdata[5])->walk_in);
  g_assert_true (lanmu_transfer_set (self->db, id_of (self, 64), FALSE, ACTOR, &error));
  g_autoptr (GPtrArray) again = lanmu_presence_list (self->db, class_of (self, "3班"), 0, &error);
  g_assert_cmpstr (((LanmuPresenceRow *) again->pdata[0])->student_no, ==, "20210061");
}

/* -- presence -- */

/* Only who is there is called, once somebody counted; nobody is called for ever. */
static void test_counted_class (Day *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 missing[] = {id_of (self, 1), id_of (self, 3)};

  g_assert_true (lanmu_presence_count (self->db, class_of (self, "1班"), missing, 2, ACTOR, &error));
  g_assert_cmpuint (next_after (self, 0), ==, 2);
  g_assert_cmpuint (next_after (self, 2), ==, 4);
  g_assert_cmpuint (next_after (self, 30), ==, 2);  /* the class's own beginning before the next class */
  g_assert_false (lanmu_presence_count (self->db, class_of (self, "2班"), missing, 2, ACTOR, &error));
  assert_refused (&error, LANMU_DB_ERROR_REFUSED);
  g_assert_cmpint (query_int (self->dir, "SELECT count (*) FROM presence"), ==, 30);
  int absent = 0;
  g_assert_true (lanmu_presence_settle (self->db, class_of (self, "1班"), ACTOR, &absent, &error));
  g_assert_cmpint (absent, ==, 2);
  mark (self, 1, TRUE); /* turned up after all: waits again */
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (self->db, missing[0], &error);
  g_assert_cmpint (row->state, ==, LANMU_STUDENT_WAITING);
  g_assert_cmpuint (next_after (self, 4), ==, 5);
}

/* 1班 runs dry, 2班 goes on; latecomers of 1班 alternate with 2班. */
static void test_interleaved (Day *self, gconstpointer data)
{
  for (guint i = 1; i <= 30; i++)
    mark (self, i, i <= 2);
  call (self, 1, "queue");
  finish (self, 1);
  call (self, 2, "queue");
  finish (self, 2);
  g_assert_cmpuint (next_after (self, 2), ==, 31);
  call (self, 31, "queue");
  finish (self, 31);
  mark (self, 7, TRUE);
  mark (self, 8, TRUE);
  g_assert_cmpuint (next_after (self, 31), ==, 7);
  call (self, 7, "queue");
  finish (self, 7);
  g_assert_cmpuint (next_after (self, 7), ==, 32);
  call (self, 32, "queue");
  finish (self, 32);
  g_assert_cmpuint (next_after (self, 32), ==, 8);
  call (self, 8, "queue");
  finish (self, 8);
  g_assert_cmpuint (next_after (self, 8), ==, 33);
  call (self, 62, "scan"); /* somebody between: no class of its own to come back to */
  g_assert_cmpuint (next_after (self, 62), ==, 63);
}

/* Without a count everything is as it always was: after whoever sits there, then the next class, then from the start. */
static void test_uncounted (Day *self, gconstpointer data)
{
  g_assert_cmpuint (next_after (self, 5), ==, 6);
  g_assert_cmpuint (next_after (self, 30), ==, 31);
  g_assert_cmpuint (next_after (self, 65), ==, 1);
  call (self, 40, "scan");
  g_assert_cmpuint (next_after (self, 40), ==, 41);
}

static void test_make_up (Day *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int n = 0;

  for (guint i = 1; i <= 65; i++)
    g_assert_true (lanmu_student_set_state (self->db, id_of (self, i), i % 20 ? LANMU_STUDENT_SKIPPED : LANMU_STUDENT_ABSENT, ACTOR, NULL));
  g_assert_cmpint (lanmu_hold_begin (self->db, id_of (self, 40), "other", "no", ACTOR, &error), >, 0);
  g_assert_true (lanmu_make_up_begin (self->db, 0, ACTOR, &n, &error));
  g_assert_cmpint (n, ==, 2); /* 20 and 60; 40 is held */
  g_assert_cmpuint (next_after (self, 0), ==, 0); /* they are called as they come */
  mark (self, 60, TRUE);
  g_assert_cmpuint (next_after (self, 0), ==, 60);
  g_assert_cmpint (lanmu_make_up_count (self->db, &error), ==, 2);
  g_assert_true (lanmu_make_up_end (self->db, ACTOR, &n, &error));
  g_assert_cmpint (n, ==, 2);
  g_assert_cmpint (lanmu_make_up_count (self->db, &error), ==, 0);
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (self->db, id_of (self, 20), &error);
  g_assert_cmpint (row->state, ==, LANMU_STUDENT_ABSENT);
}

/* -- health -- */

static void test_health (Day *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStudentRow) next = NULL;
  gboolean measured = TRUE;

  g_assert_true (lanmu_presence_next (self->db, 0, 1, &next, &error)); /* the gate stands, nobody was measured */
  g_assert_null (next);
  g_assert_cmpint (lanmu_health_add (self->db, id_of (self, 1), 382, "coughs", "38.2 °C", ACTOR, &error), >, 0);
  g_assert_cmpint (lanmu_health_add (self->db, id_of (self, 2), 365, NULL, NULL, ACTOR, &error), >, 0);
  g_assert_true (lanmu_presence_next (self->db, 0, 1, &next, &error));
  g_assert_cmpstr (next->student_no, ==, "20210002");
  g_assert_true (lanmu_health_is_measured (self->db, id_of (self, 3), 1, &measured, &error));
  g_assert_false (measured);
  g_assert_cmpint (lanmu_health_add (self->db, id_of (self, 3), 36, NULL, NULL, ACTOR, &error), ==, 0);
  assert_refused (&error, LANMU_DB_ERROR_REFUSED);
  g_autoptr (GPtrArray) held = lanmu_health_list (self->db, 0, TRUE, &error);
  g_assert_cmpuint (held->len, ==, 1);
  g_assert_true (((LanmuHealthRow *) held->pdata[0])->held_now);
  g_assert_cmpint (query_int (self->dir, "SELECT count (*) FROM hold WHERE kind = 'health'"), ==, 1);
  g_autofree char *said = try_raw (self->dir, "UPDATE health SET tenths = 360");
  g_assert_nonnull (said);
}

/* -- money -- */

static void test_payments (Day *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 class_id = class_of (self, "3班"), first = lanmu_payment_of_student (self->db, id_of (self, 61), 1500, "", ACTOR, &error);

  g_assert_cmpint (first, >, 0);
  g_assert_cmpint (lanmu_payment_of_student (self->db, id_of (self, 61), 1500, "", ACTOR, &error), ==, 0);
  assert_refused (&error, LANMU_DB_ERROR_EXISTS);
  g_assert_cmpint (lanmu_payment_of_class (self->db, class_id, 4, 6000, "", ACTOR, &error), ==, 0); /* never both ways */
  assert_refused (&error, LANMU_DB_ERROR_REFUSED);
  g_assert_true (lanmu_payment_withdraw (self->db, first, ACTOR, &error));
  g_assert_false (lanmu_payment_withdraw (self->db, first, ACTOR, &error));
  assert_refused (&error, LANMU_DB_ERROR_REFUSED);
  g_assert_cmpint (lanmu_payment_of_class (self->db, class_id, 4, 6000, "", ACTOR, &error), >, 0);
  g_assert_cmpint (lanmu_payment_of_class (self->db, class_id, 2, 3000, "", ACTOR, &error), ==, 0); /* six of five */
  assert_refused (&error, LANMU_DB_ERROR_REFUSED);
  g_assert_cmpint (lanmu_payment_of_student (self->db, id_of (self, 62), 1500, "", ACTOR, &error), ==, 0);
  assert_refused (&error, LANMU_DB_ERROR_REFUSED);
  g_autoptr (GPtrArray) counts = lanmu_day_counts_list (self->db, class_id, &error);
  g_assert_cmpint (((LanmuDayCountsRow *) counts->pdata[0])->counts.paid, ==, 4);
  g_assert_cmpint (((LanmuDayCountsRow *) counts->pdata[0])->counts.paid_fen, ==, 6000);
  g_autofree char *said = try_raw (self->dir, "UPDATE payment SET fen = 1");
  g_assert_nonnull (said);
}

/* -- close-out -- */

static void test_closings (Day *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 class_id = class_of (self, "3班");
  LanmuClosingFacts facts;
  g_autoptr (LanmuClosingRow) row = NULL;

  bind_student (self->db, "20210061", self->us += 10);
  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (self->db, self->us += 10);
  g_assert_true (lanmu_closing_facts (self->db, class_id, &facts, &error));
  g_assert_cmpint (facts.open_tickets, ==, 1);
  g_assert_cmpint (facts.unlooked, ==, 1);
  g_autoptr (LanmuShotRow) shot = make_shot (ticket, ticket->student_id);
  g_assert_true (lanmu_shot_attach (self->db, shot, ACTOR, NULL, &error));
  g_assert_true (lanmu_shot_accept (self->db, ticket->student_id, shot->id, ACTOR, &error));
  g_assert_no_error (error);
  g_assert_true (lanmu_card_look_note (self->db, ticket->camera_serial, 2, g_get_real_time (), &error));
  g_assert_true (lanmu_closing_facts (self->db, class_id, &facts, &error));
  g_assert_cmpint (facts.open_tickets + facts.unlooked + facts.quarantined, ==, 0);
  g_assert_cmpint (facts.unexplained, ==, 2);
  g_assert_cmpint (facts.uncountersigned, ==, 1);
  g_assert_cmpint (lanmu_closing_add (self->db, class_id, "record", "hash", ACTOR, &error), ==, 1);
  g_assert_cmpint (lanmu_closing_add (self->db, class_id, "record", "hash", ACTOR, &error), ==, 0);
  assert_refused (&error, LANMU_DB_ERROR_EXISTS);
  g_assert_false (lanmu_closing_reopen (self->db, class_id, "", ACTOR, &error));
  assert_refused (&error, LANMU_DB_ERROR_REFUSED);
  g_assert_true (lanmu_closing_reopen (self->db, class_id, "one came late", ACTOR, &error));
  g_assert_true (lanmu_closing_of (self->db, class_id, &row, &error));
  g_assert_null (row);
  g_assert_false (lanmu_closing_reopen (self->db, class_id, "again", ACTOR, &error));
  assert_refused (&error, LANMU_DB_ERROR_NO_ROW);
  g_assert_cmpint (lanmu_closing_add (self->db, class_id, "record 2", "hash", ACTOR, &error), ==, 2);
  g_autofree char *said = try_raw (self->dir, "UPDATE closing SET record = ''");
  g_assert_nonnull (said);
}

static void test_gauges (Day *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const LanmuGaugeRow old = {.wall_us = 1, .camera_serial = (char *) "s", .battery = 90}, now = {.camera_serial = (char *) "s", .battery = 80};

  g_assert_true (lanmu_gauge_note (self->db, &old, &error));
  g_assert_true (lanmu_gauge_note (self->db, &now, &error)); /* two days later the old one is of no use */
  g_autoptr (GPtrArray) rows = lanmu_gauges_list (self->db, 0, &error);
  g_assert_cmpuint (rows->len, ==, 1);
  g_assert_cmpint (((LanmuGaugeRow *) rows->pdata[0])->battery, ==, 80);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/db/day/" name, Day, NULL, set_up, function, tear_down)
  ADD ("order-of-classes", test_order_of_classes);
  ADD ("slots", test_slots);
  ADD ("order-in-class", test_order_in_class);
  ADD ("counted-class", test_counted_class);
  ADD ("interleaved", test_interleaved);
  ADD ("uncounted", test_uncounted);
  ADD ("make-up", test_make_up);
  ADD ("health", test_health);
  ADD ("payments", test_payments);
  ADD ("closings", test_closings);
  ADD ("gauges", test_gauges);
  return g_test_run ();
}
