/* Days of random deeds in a real database: after every one the four numbers of the day, of the door list, of the settlement and of what this test itself did are the
 * same. The seed is printed by the test program's harness (--seed repeats it). And the forecast's sentences, from readings made by hand. */
#include "app/day/day.h"
#include "app/day/settlement.h"
#include "db/gauges.h"
#include "db/holds.h"
#include "db/payments.h"
#include "db/presence.h"
#include "db/settings.h"
#include "db/walkins.h"
#include "tests/unit/app/shooting.h"

#define STUDENTS 90 /* in classes of 40, 40 and 10 */
#define DAYS     3
#define DEEDS    60
#define FEE      1500

typedef struct {
  Shooting shooting;
  GArray *ids;                     /* of every student, walk-ins too */
  GHashTable *photographed, *paid; /* ids, as this test did it */
  guint walk_ins, done[9];
} Days;

static void set_up (Days *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  self->shooting = (Shooting){.dir = make_campaign (STUDENTS), .us = G_USEC_PER_SEC};
  self->shooting.db = open_for_writing (self->shooting.dir);
  self->shooting.session = lanmu_session_begin (self->shooting.db, "test", ACTOR, (LanmuMoment){.wall_us = 1, .boot_us = 1}, &error);
  g_assert_no_error (error);
  g_assert_true (lanmu_setting_set (self->shooting.db, "campaign.fee", G_STRINGIFY (FEE), ACTOR, &error));
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->photographed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->paid = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GPtrArray) rows = lanmu_students_get_all (self->shooting.db, 0, LANMU_STUDENT_ANY_STATE, &error);
  for (guint i = 0; i < rows->len; i++)
    g_array_append_val (self->ids, ((LanmuStudentRow *) rows->pdata[i])->id);
  g_assert_cmpuint (self->ids->len, ==, STUDENTS);
}

static void tear_down (Days *self, gconstpointer data)
{
  g_array_unref (self->ids);
  g_hash_table_unref (self->photographed);
  g_hash_table_unref (self->paid);
  shooting_tear_down (&self->shooting, NULL);
}

static gint64 anybody (Days *self)
{
  return g_array_index (self->ids, gint64, g_test_rand_int_range (0, (gint32) self->ids->len));
}

static gint64 class_of (Days *self, gint64 student)
{
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (self->shooting.db, student, NULL);
  return row->class_id;
}

/* -- deeds: refused ones change nothing -- */

static gboolean photograph (Days *self, gint64 student, GError **error)
{
  static guint serial;
  g_autoptr (LanmuHoldRow) hold = NULL;
  if (!lanmu_hold_of (self->shooting.db, student, &hold, error) || hold != NULL)
    return hold != NULL; /* nobody binds them */
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (self->shooting.db, student, error);
  g_autofree char *text = g_strdup_printf ("picture %u", ++serial), *shot = shooting_take (&self->shooting, row->student_no, text, NULL);
  gboolean accept = g_test_rand_int_range (0, 4) != 0;
  if (accept && lanmu_shot_accept (self->shooting.db, student, shot, ACTOR, error))
    g_hash_table_add (self->photographed, g_memdup2 (&student, sizeof student));
  return error == NULL || *error == NULL;
}

static gboolean pay (Days *self, gint64 student, GError **error)
{
  if (!lanmu_payment_of_student (self->shooting.db, student, FEE, "", ACTOR, error))
    return FALSE;
  g_hash_table_add (self->paid, g_memdup2 (&student, sizeof student));
  return TRUE;
}

static gboolean add_walk_in (Days *self, GError **error)
{
  g_autofree char *name = g_strdup_printf ("补%u", ++self->walk_ins);
  const LanmuStudentRow row = {.name = name};
  gint64 id = lanmu_walkin_add (self->shooting.db, &row, "", ACTOR, error);
  if (id != 0)
    g_array_append_val (self->ids, id);
  return id != 0;
}

static gboolean do_one (Days *self, int deed, GError **error)
{
  LanmuDb *db = self->shooting.db;
  gint64 student = anybody (self);
  int n;
  switch (deed) {
  case 0:
    return photograph (self, student, error);
  case 1:
    return lanmu_presence_set (db, student, g_test_rand_int_range (0, 2), "list", ACTOR, error);
  case 2:
    return lanmu_presence_count (db, class_of (self, student), &student, 1, ACTOR, error);
  case 3:
    return lanmu_student_set_state (db, student, g_test_rand_int_range (0, 2) ? LANMU_STUDENT_ABSENT : LANMU_STUDENT_SKIPPED, ACTOR, error);
  case 4:
    return pay (self, student, error);
  case 5:
    return lanmu_hold_begin (db, student, "other", "not today", ACTOR, error) != 0;
  case 6:
    return add_walk_in (self, error);
  case 7:
    return lanmu_presence_settle (db, class_of (self, student), ACTOR, &n, error);
  default:
    return g_test_rand_int_range (0, 2) ? lanmu_make_up_begin (db, 0, ACTOR, &n, error) : lanmu_make_up_end (db, ACTOR, &n, error);
  }
}

/* -- judges -- */

static int count_at_door (LanmuDb *db, gint64 class_id)
{
  g_autoptr (GPtrArray) rows = lanmu_presence_list (db, class_id, 0, NULL);
  int n = 0;
  for (guint i = 0; i < rows->len; i++) {
    const LanmuPresenceRow *row = rows->pdata[i];
    n += row->state == LANMU_STUDENT_SHOT || (row->presence == LANMU_PRESENCE_PRESENT && row->state != LANMU_STUDENT_ABSENT);
  }
  return n;
}

static void judge_counts (const LanmuDayCounts *n)
{
  int states = 0;
  for (int i = 0; i < LANMU_STUDENT_N_STATES; i++)
    states += n->by_state[i];
  g_assert_cmpint (states, ==, n->expected);
  g_assert_cmpint (n->by_state[LANMU_STUDENT_ACCEPTED], ==, n->photographed);
  g_assert_cmpint (n->photographed, <=, n->present);
  g_assert_cmpint (n->present + n->by_state[LANMU_STUDENT_ABSENT], <=, n->expected);
}

static void judge_settlement (Days *self, const LanmuDay *day)
{
  g_autoptr (GPtrArray) rows = lanmu_settlement_make (self->shooting.db, FEE, NULL);
  const LanmuSettlementRow *all = rows->pdata[rows->len - 1];
  g_assert_cmpint (all->counts.expected, ==, day->total.expected);
  g_assert_cmpint (all->counts.present, ==, day->total.present);
  g_assert_cmpint (all->counts.photographed, ==, day->total.photographed);
  g_assert_cmpint (all->counts.paid_fen, ==, day->total.paid_fen);
  g_assert_cmpint (all->due_fen, ==, FEE * day->total.photographed);
  for (guint i = 0; i < rows->len; i++) {
    const LanmuSettlementRow *row = rows->pdata[i];
    const LanmuDayClass *class = row->class_id != 0 ? lanmu_day_find (day, row->class_id) : NULL;
    if (class == NULL)
      continue;
    g_assert_cmpint (row->counts.present, ==, class->counts.present);
    g_assert_cmpint (row->counts.photographed, ==, class->counts.photographed);
    g_assert_cmpint (row->difference_fen, ==, FEE * (class->counts.paid - class->counts.photographed));
  }
}

static void judge (Days *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDay) day = lanmu_day_read (self->shooting.db, g_get_real_time (), &error);
  g_assert_no_error (error);
  int present = 0;
  for (guint i = 0; i < day->classes->len; i++) {
    const LanmuDayClass *class = day->classes->pdata[i];
    judge_counts (&class->counts);
    g_assert_cmpint (count_at_door (self->shooting.db, class->class_id), ==, class->counts.present);
    present += class->counts.present;
  }
  judge_counts (&day->total);
  g_assert_cmpuint ((guint) day->total.expected, ==, self->ids->len);
  g_assert_cmpint (day->total.present, ==, present);
  g_assert_cmpuint ((guint) day->total.photographed, ==, g_hash_table_size (self->photographed));
  g_assert_cmpuint ((guint) day->total.paid, ==, g_hash_table_size (self->paid));
  g_assert_cmpint (day->total.paid_fen, ==, FEE * (gint64) g_hash_table_size (self->paid));
  judge_settlement (self, day);
}

static void test_random_day (Days *self, gconstpointer data)
{
  for (int i = 0; i < DEEDS; i++) {
    g_autoptr (GError) error = NULL;
    int deed = g_test_rand_int_range (0, G_N_ELEMENTS (self->done));
    if (do_one (self, deed, &error))
      self->done[deed]++;
    else
      g_assert_nonnull (error);
    judge (self);
  }
  g_assert_cmpuint (g_hash_table_size (self->photographed), >, 0); /* a day of refusals only would prove nothing */
}

/* -- the forecast -- */

static void assert_says (const LanmuForecast *forecast, LanmuSupply supply, const char *after, const char *sentence)
{
  g_autofree char *text = lanmu_forecast_say (forecast, supply, after);
  g_assert_cmpstr (text, ==, sentence);
}

static void test_forecast (void)
{
  LanmuGaugeRow rows[] = {{.camera_serial = (char *) "s", .battery = 40, .card_shots = 900, .disk_shots = 5000},
                          {.camera_serial = (char *) "s", .battery = 100, .card_shots = 900, .disk_shots = 5000, .shots = 10, .people = 5}, /* changed */
                          {.camera_serial = (char *) "s", .battery = 75, .card_shots = 100, .disk_shots = 5000, .shots = 110, .people = 55}};
  g_autoptr (GPtrArray) gauges = g_ptr_array_new ();
  LanmuForecast forecast;

  lanmu_forecast_make (gauges, 212, &forecast);
  assert_says (&forecast, LANMU_SUPPLY_BATTERY, NULL, "How long the battery lasts is not known yet.");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_ptr_array_add (gauges, &rows[i]);
  lanmu_forecast_make (gauges, 212, &forecast); /* 50 students took 25 of 100 percent: 70 above the reserve are 140; two pictures each */
  assert_says (&forecast, LANMU_SUPPLY_BATTERY, "3班", "The battery lasts about 140 of 212 students: change it after 3班.");
  assert_says (&forecast, LANMU_SUPPLY_CARD, NULL, "The card has room for about 50 of 212 students: change it now.");
  assert_says (&forecast, LANMU_SUPPLY_DISK, NULL, "The disk has room for all 212 students that are left.");
  g_assert_false (lanmu_forecast_suffices (&forecast, LANMU_SUPPLY_BATTERY));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int i = 1; i <= DAYS; i++) {
    g_autofree char *name = g_strdup_printf ("/days/four-numbers-%d", i);
    g_test_add (name, Days, NULL, set_up, test_random_day, tear_down);
  }
  g_test_add_func ("/days/forecast", test_forecast);
  return g_test_run ();
}
