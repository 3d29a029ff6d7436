/* The portrait on the page: shown as soon as it is known, moved by real keys and the mouse as far as the standard allows, kept with the shot and used for the
 * finished file; the faults in words, every check on demand. */
#include "tests/ui/rig.h"

static double number (JsonObject *object, const char *member)
{
  return json_object_get_double_member (object, member);
}

/* `lanmuctl crop` of the first shot. */
static JsonObject *crop_of (Rig *rig, GPtrArray **answer)
{
  g_autoptr (GPtrArray) shots = rig_ctl (rig, "shots");
  g_autofree char *command = g_strdup_printf ("crop %s", json_object_get_string_member (shots->pdata[0], "shot"));
  *answer = rig_ctl (rig, command);
  return (*answer)->pdata[0];
}

static void shoot (Rig *rig)
{
  rig_key (rig, "space");
  rig_wait (rig, "phase", "review");
  rig_wait (rig, "portrait", "true");
}

/* Where it was moved to is in the file that is handed over. */
static void assert_file_follows (Rig *rig, JsonObject *crop)
{
  g_autoptr (GPtrArray) first = rig_ctl (rig, "portraits"); /* the kiosk may have been closed before it was made */
  g_autoptr (GPtrArray) made = rig_ctl (rig, "portraits");
  g_autoptr (GPtrArray) shots = rig_ctl (rig, "shots");
  const char *portrait = json_object_get_string_member_with_default (shots->pdata[0], "portrait", NULL);
  JsonObject *place = json_object_get_object_member (crop, "placement");
  g_assert_cmpuint (made->len, ==, 0); /* it is as it should be */
  g_assert_nonnull (portrait);
  g_assert_cmpfloat (number (place, "width"), >, 0);
}

static void test_moved (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  g_autoptr (GPtrArray) answer = NULL;
  rig_start (rig, "");
  shoot (rig);
  for (int i = 0; i < 3; i++)
    rig_key (rig, "Right");
  rig_key (rig, "Up");
  rig_key (rig, "plus");
  rig_key (rig, "Return");
  rig_wait (rig, "phase", "ready");
  rig_key (rig, "ctrl+q");
  rig_wait_end (rig);
  JsonObject *crop = crop_of (rig, &answer);
  g_assert_cmpfloat_with_epsilon (number (crop, "dx"), 3, 0.01);
  g_assert_cmpfloat_with_epsilon (number (crop, "dy"), -1, 0.01);
  g_assert_cmpfloat_with_epsilon (number (crop, "zoom"), 1.01, 1e-4);
  assert_file_follows (rig, crop);
}

static void test_stops_at_the_band (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  g_autoptr (GPtrArray) answer = NULL;
  rig_start (rig, "");
  shoot (rig);
  for (int i = 0; i < 30; i++) /* the standard gives 24 pixels */
    rig_key (rig, "Left");
  rig_wait (rig, "prompt_kind", "answer");
  g_autofree char *said = rig_get (rig, "prompt");
  g_assert_nonnull (strstr (said, "标准"));
  rig_key (rig, "Home");
  rig_wait (rig, "prompt_kind", "instruction");
  rig_xdotool (rig, "mousemove", "600", "300", "mousedown", "1", "mousemove", "610", "300", "mousemove", "640", "300", "mouseup", "1", NULL);
  rig_key (rig, "Return");
  rig_wait (rig, "phase", "ready");
  rig_key (rig, "ctrl+q");
  rig_wait_end (rig);
  JsonObject *crop = crop_of (rig, &answer);
  g_assert_cmpfloat (number (crop, "dx"), >, 15); /* the mouse moved it after Home had put it back */
  g_assert_cmpfloat (number (crop, "dx"), <=, 24.01);
}

static void test_checks (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  shoot (rig);
  g_autofree char *few = rig_get (rig, "check_lines");
  rig_key (rig, "i");
  rig_wait_not (rig, "check_lines", few);
  g_autofree char *all = rig_get (rig, "check_lines");
  g_assert_cmpint (atoi (all), >=, 25);
  rig_key (rig, "i");
  rig_wait (rig, "check_lines", few);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/review/moved", test_moved);
  g_test_add_func ("/review/stops-at-the-band", test_stops_at_the_band);
  g_test_add_func ("/review/checks", test_checks);
  return g_test_run ();
}
