/* The tray page by real keys: give to the likely student and to another, put aside, take back; and that neither one
 * press nor a bouncing finger gives a face away. */
#include "tests/ui/rig.h"

static void assert_get (Rig *rig, const char *member, const char *value)
{
  g_autofree char *now = rig_get (rig, member);
  g_assert_cmpstr (now, ==, value);
}

static void assert_state (Rig *rig, guint place, const char *state)
{
  g_autofree char *now = rig_student_state (rig, place);
  g_assert_cmpstr (now, ==, state);
}

/* A picture that cannot be proved: its EXIF names another body. */
static void shoot_doubtful (Rig *rig, const char *quarantined)
{
  rig_say (rig, "wrong-serial 9999999");
  rig_key (rig, "space");
  rig_wait (rig, "quarantined", quarantined);
  rig_wait (rig, "phase", "ready");
}

static void open_tray (Rig *rig, const char *count)
{
  rig_key (rig, "t");
  rig_wait (rig, "page", "tray");
  rig_wait (rig, "tray_count", count);
}

/* Enter asks (not so soon after a scan that it would be the scanner's); the answer may be given once the finger cannot be
 * bouncing any more. */
static void give (Rig *rig)
{
  rig_wait (rig, "tray_ready", "true");
  rig_xdotool (rig, "sleep", "0.4", "key", "Return", NULL);
  rig_wait (rig, "tray_mode", "give");
  rig_xdotool (rig, "sleep", "0.4", "key", "Return", NULL);
}

static const char *owner_of (GPtrArray *shots, guint i)
{
  return json_object_get_string_member (shots->pdata[i], "student_no");
}

static void test_give (void)
{
  g_autoptr (Rig) rig = rig_new ("1366x768", "");
  g_autofree char *options = g_strdup_printf ("--screens '%s'", rig->screens);
  rig_start (rig, options);
  shoot_doubtful (rig, "1");
  shoot_doubtful (rig, "2");
  open_tray (rig, "2");
  assert_get (rig, "tray_student_no", rig_number (rig, 0)); /* the likely one */
  rig_key (rig, "space");                                   /* nothing shoots behind the page */
  rig_wait (rig, "tray_ready", "true");
  rig_xdotool (rig, "key", "--delay", "5", "Return", "Return", NULL); /* one finger */
  rig_wait (rig, "tray_mode", "give");
  rig_key (rig, "Escape");
  rig_wait (rig, "tray_mode", "browse");
  assert_get (rig, "tray_count", "2");
  give (rig);
  rig_wait (rig, "tray_count", "1");
  rig_wait (rig, "tray_mode", "browse");
  assert_state (rig, 0, "shot");
  rig_wait (rig, "takes", "1"); /* who sits there has one more take */
  rig_key (rig, "ctrl+z");
  rig_wait (rig, "tray_count", "2");
  rig_wait (rig, "takes", "0");
  assert_state (rig, 0, "waiting");

  rig_type (rig, rig_number (rig, 7), 4); /* a scan names whom to compare with; it binds nobody */
  rig_key (rig, "Return");
  rig_wait (rig, "tray_student_no", rig_number (rig, 7));
  assert_get (rig, "student_no", rig_number (rig, 0));
  give (rig);
  rig_wait (rig, "tray_count", "1");
  assert_state (rig, 7, "shot");
  assert_state (rig, 0, "waiting");
  rig_key (rig, "f"); /* or the search */
  rig_wait (rig, "tray_mode", "find");
  rig_type (rig, rig_number (rig, 8) + 6, 160);
  rig_key (rig, "Return");
  rig_wait (rig, "tray_student_no", rig_number (rig, 8));
  rig_wait (rig, "tray_mode", "browse");
  give (rig);
  rig_wait (rig, "tray_count", "0");
  rig_key (rig, "Escape");
  rig_wait (rig, "page", "shoot");
  g_autoptr (GPtrArray) shots = rig_ctl (rig, "shots");
  g_assert_cmpuint (shots->len, ==, 2);
  g_assert_cmpstr (owner_of (shots, 0), ==, rig_number (rig, 7));
  g_assert_cmpstr (owner_of (shots, 1), ==, rig_number (rig, 8));
  g_ptr_array_unref (rig_ctl (rig, "verify")); /* every promise, the take-back among them */
  g_autofree char *page = g_build_filename (rig->screens, "04-tray.png", NULL);
  g_test_message ("%s %d", page, g_file_test (page, G_FILE_TEST_EXISTS));
}

static void test_discard (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  shoot_doubtful (rig, "1");
  rig_key (rig, "d"); /* on the shoot page: nothing */
  open_tray (rig, "1");
  rig_key (rig, "d");
  rig_wait (rig, "tray_mode", "discard");
  rig_key (rig, "Return"); /* a reason is asked for, Enter is none */
  rig_key (rig, "Escape");
  rig_wait (rig, "tray_mode", "browse");
  assert_get (rig, "tray_count", "1");
  rig_key (rig, "d");
  rig_wait (rig, "tray_mode", "discard");
  rig_key (rig, "3");
  rig_wait (rig, "tray_count", "0");
  g_autoptr (GPtrArray) aside = rig_ctl (rig, "shots");
  g_assert_cmpstr (json_object_get_string_member (aside->pdata[0], "state"), ==, "discarded");
  g_assert_cmpstr (json_object_get_string_member (aside->pdata[0], "reason"), ==, "useless");
  rig_key (rig, "ctrl+z");
  rig_wait (rig, "tray_count", "1");
  g_autoptr (GPtrArray) back = rig_ctl (rig, "quarantine");
  g_assert_cmpstr (json_object_get_string_member (back->pdata[0], "reason"), ==, "other-camera");
  rig_key (rig, "ctrl+z"); /* nothing of this page is left to undo */
  rig_key (rig, "Escape");
  rig_wait (rig, "page", "shoot");
  rig_key (rig, "space"); /* and the loop goes on */
  rig_wait (rig, "phase", "review");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tray-page/give", test_give);
  g_test_add_func ("/tray-page/discard", test_discard);
  return g_test_run ();
}
