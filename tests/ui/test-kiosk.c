/* The kiosk by real key events on a virtual screen, with a real host and the simulated camera. Each test is a session
 * of its own. */
#include "tests/ui/rig.h"

#include <string.h>

static void shoot (Rig *rig)
{
  rig_key (rig, "space");
  rig_wait (rig, "phase", "review");
  rig_wait (rig, "still", "true");
}

static void assert_state (Rig *rig, guint place, const char *state)
{
  g_autofree char *now = rig_student_state (rig, place);
  g_assert_cmpstr (now, ==, state);
}

static void assert_get (Rig *rig, const char *member, const char *value)
{
  g_autofree char *now = rig_get (rig, member);
  g_assert_cmpstr (now, ==, value);
}

/* SHA-256 of what the camera took, in order. */
static GPtrArray *read_ledger (Rig *rig)
{
  GPtrArray *hashes = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (rig->ledger, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (JsonNode) node = *lines[i] != '\0' ? json_from_string (lines[i], NULL) : NULL;
    JsonObject *object = node != NULL ? json_node_get_object (node) : NULL;
    if (object != NULL && g_str_equal (json_object_get_string_member (object, "event"), "took"))
      g_ptr_array_add (hashes, g_strdup (json_object_get_string_member (object, "sha256")));
  }
  return hashes;
}

static void test_loop (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  assert_get (rig, "student_no", rig_number (rig, 0));
  for (guint i = 0; i < 3; i++) {
    shoot (rig);
    assert_get (rig, "takes", "1");
    rig_key (rig, "Return");
    rig_wait (rig, "student_no", rig_number (rig, i + 1));
    assert_get (rig, "still", "false"); /* nobody sees the face of the one before */
    assert_get (rig, "takes", "0");
    rig_wait (rig, "phase", "ready");
  }
  g_autoptr (GPtrArray) shots = rig_ctl (rig, "shots"), taken = read_ledger (rig);
  g_assert_cmpuint (shots->len, ==, 3);
  g_assert_cmpuint (taken->len, ==, 3);
  for (guint i = 0; i < 3; i++) {
    assert_state (rig, i, "accepted");
    g_assert_cmpstr (json_object_get_string_member (shots->pdata[i], "student_no"), ==, rig_number (rig, i));
    g_assert_cmpstr (json_object_get_string_member (shots->pdata[i], "sha256"), ==, taken->pdata[i]);
  }
  assert_state (rig, 3, "waiting");
}

static void test_retake (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  shoot (rig);
  rig_key (rig, "r");
  rig_wait (rig, "phase", "ready");
  assert_get (rig, "still", "false");
  shoot (rig);
  rig_wait (rig, "takes", "2");
  assert_get (rig, "take", "2");
  rig_key (rig, "space"); /* from the review straight to another take */
  rig_wait (rig, "takes", "3");
  rig_wait (rig, "phase", "review");
  rig_key (rig, "1");
  rig_wait (rig, "take", "1");
  rig_wait (rig, "still", "true");
  rig_key (rig, "Escape");
  rig_wait (rig, "still", "false");
  rig_wait (rig, "phase", "ready");
  rig_key (rig, "2");
  rig_wait (rig, "take", "2");
  rig_key (rig, "Return");
  rig_wait (rig, "student_no", rig_number (rig, 1));
  g_autoptr (GPtrArray) shots = rig_ctl (rig, "shots");
  g_assert_cmpuint (shots->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (json_object_get_boolean_member (shots->pdata[i], "chosen") == (i == 1));
}

/* A key that bounces leads on by one student, not by two. */
static void test_bounce (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  rig_xdotool (rig, "key", "--delay", "5", "s", "s", NULL);
  rig_wait (rig, "student_no", rig_number (rig, 1));
  shoot (rig);
  rig_xdotool (rig, "key", "--delay", "1", "Return", "Return", NULL);
  rig_wait (rig, "student_no", rig_number (rig, 2));
  shoot (rig); /* whatever a second key did would have been done before this */
  assert_get (rig, "student_no", rig_number (rig, 2));
  assert_state (rig, 0, "skipped");
  assert_state (rig, 1, "accepted");
  assert_state (rig, 2, "shot");
}

static void test_set_aside (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  rig_key (rig, "s");
  rig_wait (rig, "student_no", rig_number (rig, 1));
  rig_key (rig, "a");
  rig_wait (rig, "student_no", rig_number (rig, 2));
  assert_state (rig, 0, "skipped");
  assert_state (rig, 1, "absent");
  rig_key (rig, "ctrl+z");
  rig_wait (rig, "student_no", rig_number (rig, 1));
  assert_state (rig, 1, "waiting");
  rig_key (rig, "Return"); /* nothing to accept: an answer, no change */
  rig_wait (rig, "prompt_kind", "answer");
  assert_get (rig, "student_no", rig_number (rig, 1));
}

static void test_scan (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  rig_type (rig, rig_number (rig, 20), 4);
  rig_key (rig, "Return");
  rig_wait (rig, "student_no", rig_number (rig, 20));
  rig_type (rig, rig_number (rig, 21), 4); /* a scanner without Enter */
  rig_wait (rig, "student_no", rig_number (rig, 21));
  rig_type (rig, "RSAFNRSA4711", 4); /* nobody's; every letter of it is a key of the kiosk */
  rig_key (rig, "Return");
  rig_wait (rig, "prompt_kind", "answer");
  assert_get (rig, "student_no", rig_number (rig, 21));
  assert_get (rig, "finding", "false");
  shoot (rig);
  rig_type (rig, rig_number (rig, 40), 4); /* on review too: its Enter must not accept */
  rig_key (rig, "Return");
  rig_wait (rig, "student_no", rig_number (rig, 40));
  assert_get (rig, "still", "false");
  assert_state (rig, 20, "waiting");
  assert_state (rig, 21, "shot");
}

static void test_find (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  rig_key (rig, "f");
  rig_wait (rig, "finding", "true");
  rig_type (rig, rig_number (rig, 10) + 6, 160); /* typed by a person: the number's end */
  assert_get (rig, "student_no", rig_number (rig, 0));
  rig_key (rig, "Return");
  rig_wait (rig, "student_no", rig_number (rig, 10));
  rig_wait (rig, "finding", "false");
  rig_key (rig, "f");
  rig_wait (rig, "finding", "true");
  rig_type (rig, "sar", 160);              /* letters in the search are letters */
  rig_type (rig, rig_number (rig, 30), 4); /* a scan into the search binds as anywhere */
  rig_key (rig, "Return");
  rig_wait (rig, "student_no", rig_number (rig, 30));
  rig_wait (rig, "finding", "false");
  rig_key (rig, "f");
  rig_wait (rig, "finding", "true");
  rig_key (rig, "Escape");
  rig_wait (rig, "finding", "false");
  assert_state (rig, 0, "waiting");
  assert_state (rig, 10, "waiting");
}

/* A key that lies under a book shoots once. */
static void test_held_key (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  rig_xdotool (rig, "keydown", "space", "sleep", "2", "keyup", "space", NULL);
  rig_wait (rig, "phase", "review");
  rig_xdotool (rig, "keydown", "Return", "sleep", "1.5", "keyup", "Return", NULL);
  rig_wait (rig, "student_no", rig_number (rig, 1));
  g_autoptr (GPtrArray) taken = read_ledger (rig), shots = rig_ctl (rig, "shots");
  g_assert_cmpuint (taken->len, ==, 1);
  g_assert_cmpuint (shots->len, ==, 1);
}

static void test_trouble (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  rig_say (rig, "unplug 3000");
  rig_wait (rig, "prompt_kind", "trouble");
  rig_key (rig, "space"); /* refused, not remembered */
  rig_wait (rig, "camera", "live");
  rig_wait (rig, "prompt_kind", "instruction");
  assert_get (rig, "phase", "ready");
  g_autoptr (GPtrArray) none = read_ledger (rig);
  g_assert_cmpuint (none->len, ==, 0);
  rig_say (rig, "af-fail 1");
  rig_key (rig, "space");
  rig_wait_not (rig, "prompt_kind", "instruction");
  rig_wait (rig, "phase", "ready");
  shoot (rig);
  assert_get (rig, "student_no", rig_number (rig, 0));
}

/* A shot by the body's own button lands on the page like any other, once it is surely of this student: one at the edge
 * of the binding goes to the tray instead, and the page says so. */
static void test_body_button (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  g_autofree char *phase = NULL;
  guint presses = 0;
  rig_start (rig, "");
  do {
    g_assert_cmpuint (presses++, <, 20);
    rig_say (rig, "press");
    rig_wait_not (rig, "prompt", "请看镜头 · 空格拍摄"); /* the answer about the tray, or the review */
    rig_wait_not (rig, "phase", "arriving");
    g_free (phase);
    phase = rig_get (rig, "phase");
    if (g_str_equal (phase, "ready"))
      rig_wait (rig, "prompt", "请看镜头 · 空格拍摄");
  } while (!g_str_equal (phase, "review"));
  rig_wait (rig, "still", "true");
  rig_key (rig, "Return");
  rig_wait (rig, "student_no", rig_number (rig, 1));
  g_autoptr (GPtrArray) tray = rig_ctl (rig, "quarantine"), shots = rig_ctl (rig, "shots"), taken = read_ledger (rig);
  g_assert_cmpuint (taken->len, ==, presses);
  g_assert_cmpuint (tray->len, ==, presses - 1);
  g_assert_cmpuint (shots->len, ==, presses);
  assert_state (rig, 0, "accepted");
}

/* A take glides aside for the same student only; another student never sees it. */
static void test_glide (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  shoot (rig);
  rig_key (rig, "r");
  rig_wait (rig, "phase", "ready");
  assert_get (rig, "glides", "1");
  shoot (rig);
  rig_key (rig, "Return");
  rig_wait (rig, "student_no", rig_number (rig, 1));
  shoot (rig);
  assert_get (rig, "glides", "1");
  rig_key (rig, "ctrl+q");
  rig_wait_end (rig);
  g_ptr_array_unref (rig_ctl (rig, "settings kiosk.motion=off"));
  rig_start (rig, "");
  shoot (rig);
  rig_key (rig, "r");
  rig_wait (rig, "phase", "ready");
  assert_get (rig, "glides", "0");
}

/* What sounds is asked for at the right moment; M is silence, and stays so. */
static void test_sound (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  assert_get (rig, "sounds", "0");
  shoot (rig);
  rig_wait (rig, "sound", "shutter");
  rig_key (rig, "Return");
  rig_wait (rig, "sound", "accepted");
  rig_wait (rig, "phase", "ready");
  rig_key (rig, "m");
  rig_wait (rig, "prompt_kind", "answer");
  shoot (rig);
  assert_get (rig, "sounds", "2");
  g_autoptr (GPtrArray) settings = rig_ctl (rig, "settings");
  gboolean off = FALSE;
  for (guint i = 0; i < settings->len; i++)
    off = off || (g_str_equal (json_object_get_string_member (settings->pdata[i], "name"), "kiosk.sound") &&
                  g_str_equal (json_object_get_string_member (settings->pdata[i], "value"), "off"));
  g_assert_true (off);
}

static void test_window (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  g_autofree char *options = g_strdup_printf ("--screens '%s'", rig->screens);
  rig_start (rig, options);
  assert_get (rig, "filling", "true");
  assert_get (rig, "width", "1280");
  assert_get (rig, "height", "800");
  rig_key (rig, "F11");
  rig_wait (rig, "filling", "false");
  rig_key (rig, "F11");
  rig_wait (rig, "filling", "true");
  rig_key (rig, "F9"); /* the other theme */
  shoot (rig);
  rig_key (rig, "ctrl+q");
  rig_wait_end (rig);
  g_assert_cmpint (rig->exit_code, ==, 0);
  g_autofree char *ready = g_build_filename (rig->screens, "01-ready.png", NULL);
  g_assert_true (g_file_test (ready, G_FILE_TEST_EXISTS));
  assert_state (rig, 0, "shot");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kiosk/loop", test_loop);
  g_test_add_func ("/kiosk/retake", test_retake);
  g_test_add_func ("/kiosk/bounce", test_bounce);
  g_test_add_func ("/kiosk/set-aside", test_set_aside);
  g_test_add_func ("/kiosk/scan", test_scan);
  g_test_add_func ("/kiosk/find", test_find);
  g_test_add_func ("/kiosk/held-key", test_held_key);
  g_test_add_func ("/kiosk/trouble", test_trouble);
  g_test_add_func ("/kiosk/body-button", test_body_button);
  g_test_add_func ("/kiosk/glide", test_glide);
  g_test_add_func ("/kiosk/sound", test_sound);
  g_test_add_func ("/kiosk/window", test_window);
  return g_test_run ();
}
