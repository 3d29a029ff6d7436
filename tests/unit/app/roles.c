/* Who may do what: the whole table against the manual page, PINs, and the desk with a real staff list. */
#include "app/roles/action.h"
#include "app/roles/desk.h"
#include "app/roles/pin.h"
#include "app/roles/veil.h"
#include "tests/unit/app/fixture.h"

#include <string.h>

/* -- the table -- */

static const char *mark (LanmuRole role, LanmuAction action)
{
  static const char *const marks[] = {[LANMU_MAY_NOT] = "no", [LANMU_MAY_OWN] = "own", [LANMU_MAY] = "yes"};
  return marks[lanmu_role_may (role, action)];
}

/* The page has one line an action: word, then the three roles. */
static void test_manual (void)
{
  g_autofree char *page = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (g_file_get_contents (g_getenv ("LANMU_TEST_MANUAL"), &page, NULL, &error));
  for (guint i = 0; i < LANMU_N_ACTIONS; i++) {
    g_autofree char *line = g_strdup_printf ("\n%s\t%s\t%s\t%s\t", lanmu_action_to_string (i), mark (LANMU_ROLE_PHOTOGRAPHER, i),
                                             mark (LANMU_ROLE_COUNSELOR, i), mark (LANMU_ROLE_ADMINISTRATOR, i));
    if (!strstr (page, line))
      g_error ("the manual page has no line “%s”", line + 1);
  }
}

/* What must hold however the table is edited. */
static void test_sense (void)
{
  for (guint i = 0; i < LANMU_N_ACTIONS; i++)
    g_assert_cmpint (lanmu_role_may (LANMU_ROLE_ADMINISTRATOR, i), ==, LANMU_MAY);
  g_assert_cmpint (lanmu_role_may (LANMU_ROLE_PHOTOGRAPHER, LANMU_ACTION_COUNTERSIGN), ==, LANMU_MAY_NOT);
  g_assert_cmpint (lanmu_role_may (LANMU_ROLE_PHOTOGRAPHER, LANMU_ACTION_REPAIR), ==, LANMU_MAY_NOT);
  g_assert_cmpint (lanmu_role_may (LANMU_ROLE_COUNSELOR, LANMU_ACTION_SHOOT), ==, LANMU_MAY_NOT);
  for (guint i = LANMU_ACTION_SET_UP; i <= LANMU_ACTION_LEAVE; i++)
    for (guint role = 0; role < LANMU_ROLE_ADMINISTRATOR; role++)
      g_assert_cmpint (lanmu_role_may (role, i), ==, LANMU_MAY_NOT);
}

/* -- PINs -- */

static void test_pin_rules (void)
{
  static const struct {
    const char *pin;
    int code; /* -1 = allowed */
  } cases[] = {
      {"4071", -1},         {"40718263", -1},
      {"123", LANMU_PIN_ERROR_LENGTH}, {"", LANMU_PIN_ERROR_LENGTH},
      {"4071826354071", LANMU_PIN_ERROR_LENGTH}, {"40a1", LANMU_PIN_ERROR_DIGITS},
      {"０１２３", LANMU_PIN_ERROR_DIGITS},        {"1234", LANMU_PIN_ERROR_EASY},
      {"9876", LANMU_PIN_ERROR_EASY},  {"0000", LANMU_PIN_ERROR_EASY},
      {"1235", -1},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    gboolean ok = lanmu_pin_check (cases[i].pin, &error);
    g_assert_cmpint (ok, ==, cases[i].code < 0);
    if (!ok)
      g_assert_error (error, LANMU_PIN_ERROR, cases[i].code);
  }
}

static void test_pin_hash (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *one = lanmu_pin_hash ("4071", &error);
  g_autofree char *two = lanmu_pin_hash ("4071", &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (one, "$argon2id$"));
  g_assert_cmpstr (one, !=, two); /* salted */
  g_assert_true (lanmu_pin_fits ("4071", one) && lanmu_pin_fits ("4071", two));
  g_assert_false (lanmu_pin_fits ("4072", one));
  g_assert_false (lanmu_pin_fits ("", ""));
}

static void test_pin_pause (void)
{
  const gint64 s = G_USEC_PER_SEC;
  g_assert_cmpint (lanmu_pin_pause_us (4, 0, 0), ==, 0);
  g_assert_cmpint (lanmu_pin_pause_us (5, 0, 0), ==, 30 * s);
  g_assert_cmpint (lanmu_pin_pause_us (5, 0, 29 * s), ==, s);
  g_assert_cmpint (lanmu_pin_pause_us (5, 0, 30 * s), ==, 0);
  g_assert_cmpint (lanmu_pin_pause_us (6, 0, 0), ==, 60 * s);
  g_assert_cmpint (lanmu_pin_pause_us (50, 0, 0), ==, 900 * s);
  g_assert_cmpint (lanmu_pin_pause_us (5, 1000 * s, 0), ==, 30 * s); /* the clock was set back */
}

/* -- the desk -- */

typedef struct {
  char *dir;
  LanmuStore *store;
  LanmuDesk *desk;
  GMainLoop *loop;
  GError *error;
  guint changes;
} Fixture;

static gboolean add_staff (LanmuDb *db, gpointer data, GError **error)
{
  const gint64 own = 1;
  g_autofree char *hash = lanmu_pin_hash ("4071", error);
  gint64 boss = lanmu_staff_add (db, "王主任", LANMU_ROLE_ADMINISTRATOR, ACTOR, error);
  gint64 chen = lanmu_staff_add (db, "陈老师", LANMU_ROLE_COUNSELOR, ACTOR, error);
  gint64 zhao = lanmu_staff_add (db, "赵 师傅", LANMU_ROLE_PHOTOGRAPHER, ACTOR, error);
  return lanmu_staff_set_pin (db, boss, hash, ACTOR, error) && lanmu_staff_set_pin (db, chen, hash, ACTOR, error) &&
         lanmu_staff_set_classes (db, chen, &own, 1, ACTOR, error) && lanmu_staff_set_card (db, zhao, "Z-1", ACTOR, error);
}

static void on_changed (LanmuDesk *desk, Fixture *f)
{
  f->changes++;
}

static void set_up (Fixture *f, gconstpointer guarded)
{
  g_autoptr (GError) error = NULL;
  f->dir = make_campaign (80);
  f->store = lanmu_store_open (f->dir, LANMU_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  if (guarded)
    g_assert_true (lanmu_store_run_sync (f->store, add_staff, NULL, &error));
  g_assert_no_error (error);
  f->desk = lanmu_desk_new (f->store, "photographer");
  g_signal_connect (f->desk, "changed", G_CALLBACK (on_changed), f);
  f->loop = g_main_loop_new (NULL, FALSE);
}

static void tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->desk);
  lanmu_store_close (f->store);
  g_clear_object (&f->store);
  g_main_loop_unref (f->loop);
  g_clear_error (&f->error);
  remove_folder (f->dir);
  g_free (f->dir);
}

static void on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;
  g_clear_error (&f->error);
  lanmu_desk_sign_in_finish (LANMU_DESK (source), result, &f->error);
  g_main_loop_quit (f->loop);
}

static void sign_in (Fixture *f, const char *name, const char *pin)
{
  lanmu_desk_sign_in_async (f->desk, name, pin, on_answer, f);
  g_main_loop_run (f->loop);
}

static gboolean may (Fixture *f, LanmuAction action, gint64 class_id, int code)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_desk_may (f->desk, action, class_id, &error);
  if (!ok)
    g_assert_error (error, LANMU_DESK_ERROR, code);
  return ok;
}

static void test_unguarded (Fixture *f, gconstpointer data)
{
  g_assert_false (lanmu_desk_is_guarded (f->desk));
  for (guint i = 0; i < LANMU_N_ACTIONS; i++)
    g_assert_true (may (f, i, 0, 0));
  g_assert_cmpstr (lanmu_desk_get_operator (f->desk), ==, "photographer");
}

static void test_roles (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < LANMU_N_ACTIONS; i++)
    g_assert_false (may (f, i, 1, LANMU_DESK_ERROR_NOBODY));
  sign_in (f, "陈老师", "4071");
  g_assert_no_error (f->error);
  g_assert_cmpstr (lanmu_desk_get_operator (f->desk), ==, "陈老师");
  g_assert_cmpstr (lanmu_desk_get_how (f->desk), ==, "pin");
  g_assert_true (may (f, LANMU_ACTION_COUNTERSIGN, 1, 0));
  g_assert_false (may (f, LANMU_ACTION_COUNTERSIGN, 2, LANMU_DESK_ERROR_OTHER_CLASS));
  g_assert_false (may (f, LANMU_ACTION_SHOOT, 1, LANMU_DESK_ERROR_ROLE));
  lanmu_desk_card_async (f->desk, "Z-1", on_answer, f);
  g_main_loop_run (f->loop);
  g_assert_no_error (f->error);
  g_assert_true (may (f, LANMU_ACTION_SHOOT, 2, 0));
  g_assert_false (may (f, LANMU_ACTION_COUNTERSIGN, 2, LANMU_DESK_ERROR_ROLE));
  lanmu_desk_sign_out (f->desk);
  g_assert_false (may (f, LANMU_ACTION_SHOOT, 2, LANMU_DESK_ERROR_NOBODY));
  g_assert_cmpuint (f->changes, ==, 3);
}

/* Every role, every action, a student of an own class and of another, and of none: the table that the manual prints is what the desk answers. */
static void test_exhaustive (Fixture *f, gconstpointer data)
{
  static const char *const names[LANMU_N_ROLES] = {"赵 师傅", "陈老师", "王主任"};
  for (guint role = 0; role < LANMU_N_ROLES; role++) {
    if (role == LANMU_ROLE_PHOTOGRAPHER) {
      lanmu_desk_card_async (f->desk, "Z-1", on_answer, f);
      g_main_loop_run (f->loop);
    } else {
      sign_in (f, names[role], "4071");
    }
    g_assert_no_error (f->error);
    for (guint i = 0; i < LANMU_N_ACTIONS; i++) {
      LanmuMay table = lanmu_role_may (role, i);
      int otherwise = table == LANMU_MAY_NOT ? LANMU_DESK_ERROR_ROLE : LANMU_DESK_ERROR_OTHER_CLASS;
      g_assert_cmpint (may (f, i, 1, otherwise), ==, table != LANMU_MAY_NOT);
      g_assert_cmpint (may (f, i, 2, otherwise), ==, table == LANMU_MAY);
      g_assert_cmpint (may (f, i, 0, otherwise), ==, table == LANMU_MAY);
      g_assert_cmpint (lanmu_desk_may_for_some (f->desk, i, NULL), ==, table != LANMU_MAY_NOT);
    }
  }
}

static LanmuStaffRow *vouched;

static void on_vouched (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;
  g_clear_error (&f->error);
  g_clear_pointer (&vouched, lanmu_staff_row_free);
  vouched = lanmu_desk_vouch_finish (LANMU_DESK (source), result, &f->error);
  g_main_loop_quit (f->loop);
}

static void vouch (Fixture *f, gint64 class_id, const char *name, const char *pin)
{
  lanmu_desk_vouch_async (f->desk, LANMU_ACTION_COUNTERSIGN, class_id, name, pin, on_vouched, f);
  g_main_loop_run (f->loop);
}

/* Another person's word: nobody is signed in or out by it, wrong PINs count, and the right is asked of who gave it. */
static void test_vouch (Fixture *f, gconstpointer data)
{
  lanmu_desk_card_async (f->desk, "Z-1", on_answer, f);
  g_main_loop_run (f->loop);
  guint changes = f->changes;
  vouch (f, 1, "陈老师", "4071");
  g_assert_no_error (f->error);
  g_assert_cmpstr (vouched->name, ==, "陈老师");
  vouch (f, 2, "陈老师", "4071");
  g_assert_error (f->error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_OTHER_CLASS);
  vouch (f, 1, "Z-1", NULL);
  g_assert_error (f->error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_ROLE);
  vouch (f, 1, "陈老师", "9917");
  g_assert_error (f->error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_WRONG);
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get_by_name (lanmu_store_get_reader (f->store), "陈老师", NULL);
  g_assert_cmpint (row->wrong_pins, ==, 1);
  g_assert_cmpuint (f->changes, ==, changes);
  g_assert_cmpstr (lanmu_desk_get_operator (f->desk), ==, "赵 师傅");
  g_autoptr (GPtrArray) who = lanmu_desk_list (f->desk, LANMU_ACTION_COUNTERSIGN, 1, NULL);
  g_assert_cmpuint (who->len, ==, 2);
  g_assert_cmpstr (((LanmuStaffRow *) who->pdata[0])->name, ==, "陈老师");
  g_autoptr (GPtrArray) others = lanmu_desk_list (f->desk, LANMU_ACTION_COUNTERSIGN, 2, NULL);
  g_assert_cmpuint (others->len, ==, 1);
  g_clear_pointer (&vouched, lanmu_staff_row_free);
}

static void on_locked (LanmuDesk *desk, Fixture *f)
{
  if (lanmu_desk_is_locked (desk))
    g_main_loop_quit (f->loop);
}

/* The pause signs out by itself. */
static void test_lock (Fixture *f, gconstpointer data)
{
  lanmu_desk_set_lock_seconds (f->desk, 1);
  sign_in (f, "陈老师", "4071");
  g_assert_false (lanmu_desk_is_locked (f->desk));
  g_signal_connect (f->desk, "changed", G_CALLBACK (on_locked), f);
  g_main_loop_run (f->loop);
  g_assert_null (lanmu_desk_get_staff (f->desk));
}

static void assert_shown (const char *name, gint64 class_id, LanmuVeilWho who, const char *expected)
{
  g_autofree char *shown = lanmu_veil_dup_name (lanmu_veil_get_default (), name, class_id, who);
  g_assert_cmpstr (shown, ==, expected);
}

/* What is shown of a person: nothing while locked, who was called to whoever is signed in, the own classes to a counselor who asks. */
static void test_veil (Fixture *f, gconstpointer data)
{
  LanmuVeil *veil = lanmu_veil_get_default ();
  lanmu_veil_set_desk (veil, f->desk);
  lanmu_veil_set_lifted (veil, TRUE);
  assert_shown ("张三丰", 1, LANMU_VEIL_CALLED, "张*");
  lanmu_veil_set_lifted (veil, FALSE);
  sign_in (f, "陈老师", "4071");
  assert_shown ("张三丰", 2, LANMU_VEIL_CALLED, "张三丰");
  assert_shown ("张三丰", 1, LANMU_VEIL_OTHER, "张*");
  lanmu_veil_set_lifted (veil, TRUE);
  assert_shown ("张三丰", 1, LANMU_VEIL_OTHER, "张三丰");
  assert_shown ("张三丰", 2, LANMU_VEIL_OTHER, "张*");
  g_autofree char *own = lanmu_veil_dup_id (veil, "11010519491231002X", 1), *other = lanmu_veil_dup_id (veil, "11010519491231002X", 2);
  g_assert_cmpstr (own, ==, "11010519491231002X");
  g_assert_cmpstr (other, ==, "1101**********002X");
  lanmu_desk_sign_out (f->desk);
  assert_shown ("张三丰", 1, LANMU_VEIL_OTHER, "张*");
  lanmu_veil_set_lifted (veil, FALSE);
  lanmu_veil_set_desk (veil, NULL);
  assert_shown ("张三丰", 1, LANMU_VEIL_CALLED, "张*");
}

static void test_wrong (Fixture *f, gconstpointer data)
{
  sign_in (f, "nobody", "4071");
  g_assert_error (f->error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_WRONG);
  sign_in (f, "赵 师傅", "4071"); /* a card, but no PIN */
  g_assert_error (f->error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_WRONG);
  for (guint i = 0; i < 5; i++) {
    sign_in (f, "陈老师", "9999");
    g_assert_error (f->error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_WRONG);
  }
  sign_in (f, "陈老师", "4071"); /* right, but too soon */
  g_assert_error (f->error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_PAUSE);
  g_clear_object (&f->desk); /* another start forgives nothing */
  f->desk = lanmu_desk_new (f->store, "photographer");
  sign_in (f, "陈老师", "4071");
  g_assert_error (f->error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_PAUSE);
  sign_in (f, "王主任", "4071"); /* another person is not kept waiting */
  g_assert_no_error (f->error);
  lanmu_desk_card_async (f->desk, "X", on_answer, f);
  g_main_loop_run (f->loop);
  g_assert_error (f->error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_UNKNOWN_CARD);
  g_assert_cmpstr (lanmu_desk_get_operator (f->desk), ==, "王主任"); /* a refusal leaves who was there */
}

static gboolean disable_chen (LanmuDb *db, gpointer data, GError **error)
{
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get_by_name (db, "陈老师", error);
  return row && lanmu_staff_set_active (db, row->id, FALSE, ACTOR, error);
}

static void test_taken_off (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  sign_in (f, "陈老师", "4071");
  g_assert_true (lanmu_store_run_sync (f->store, disable_chen, NULL, &error));
  g_assert_true (lanmu_desk_refresh (f->desk, &error));
  g_assert_null (lanmu_desk_get_staff (f->desk));
  sign_in (f, "陈老师", "4071");
  g_assert_error (f->error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_WRONG);
}

int main (int argc, char **argv)
{
  static const char guarded[] = "guarded";
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/roles/table/manual", test_manual);
  g_test_add_func ("/roles/table/sense", test_sense);
  g_test_add_func ("/roles/pin/rules", test_pin_rules);
  g_test_add_func ("/roles/pin/hash", test_pin_hash);
  g_test_add_func ("/roles/pin/pause", test_pin_pause);
  g_test_add ("/roles/desk/unguarded", Fixture, NULL, set_up, test_unguarded, tear_down);
  g_test_add ("/roles/desk/roles", Fixture, guarded, set_up, test_roles, tear_down);
  g_test_add ("/roles/desk/exhaustive", Fixture, guarded, set_up, test_exhaustive, tear_down);
  g_test_add ("/roles/desk/vouch", Fixture, guarded, set_up, test_vouch, tear_down);
  g_test_add ("/roles/desk/lock", Fixture, guarded, set_up, test_lock, tear_down);
  g_test_add ("/roles/veil", Fixture, guarded, set_up, test_veil, tear_down);
  g_test_add ("/roles/desk/wrong", Fixture, guarded, set_up, test_wrong, tear_down);
  g_test_add ("/roles/desk/taken-off", Fixture, guarded, set_up, test_taken_off, tear_down);
  return g_test_run ();
}
