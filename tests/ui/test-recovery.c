/* While the camera does not serve: one sentence, what happens next by itself, and the open ticket in sight, through a
 * host that hangs, a camera that answers late, and a cable pulled in the middle of a shot. */
#include "tests/ui/rig.h"
#include "ui/recovery.h"

#include <signal.h>
#include <string.h>

static void assert_get (Rig *rig, const char *member, const char *value)
{
  g_autofree char *now = rig_get (rig, member);
  g_assert_cmpstr (now, ==, value);
}

static void assert_not_empty (Rig *rig, const char *member)
{
  g_autofree char *now = rig_get (rig, member);
  g_assert_cmpstr (now, !=, "");
}

/* The camera host is the kiosk's only child of that name. */
static int host_pid (Rig *rig)
{
  const char *argv[] = {"pgrep", "-P", g_subprocess_get_identifier (rig->kiosk), "-f", "lanmu-camera", NULL};
  g_autofree char *out = NULL;
  g_assert_cmpint (rig_run (argv, NULL, &out, NULL), ==, 0);
  return atoi (out);
}

static void wait_well (Rig *rig)
{
  rig_wait (rig, "camera", "live");
  rig_wait (rig, "prompt_kind", "instruction");
  assert_get (rig, "prompt_detail", "");
}

/* Nothing tells of a hang but silence: it is said before the watchdog acts. */
static void test_hang (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  int pid = host_pid (rig);
  g_assert_cmpint (kill (pid, SIGSTOP), ==, 0);
  rig_wait (rig, "prompt_kind", "trouble");
  assert_get (rig, "trouble", "null"); /* nobody has told of one yet */
  assert_not_empty (rig, "prompt_detail");
  wait_well (rig);
  g_assert_cmpint (host_pid (rig), !=, pid);
  rig_key (rig, "space");
  rig_wait (rig, "phase", "review");
}

static void test_stall (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  rig_say (rig, "stall 4000");
  rig_wait (rig, "prompt_kind", "trouble");
  wait_well (rig);
  assert_get (rig, "student_no", rig_number (rig, 0));
}

/* The cable is pulled between the release and the file: the ticket stays open in sight, and the picture comes. */
static void test_unplug (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "--shot-ms 1500");
  rig_start (rig, "");
  rig_key (rig, "space");
  rig_wait (rig, "open_tickets", "1");
  rig_say (rig, "unplug 2500");
  rig_wait (rig, "prompt_kind", "trouble");
  assert_get (rig, "open_tickets", "1");
  rig_wait_not (rig, "prompt_detail", "");
  rig_wait (rig, "open_tickets", "0");
  wait_well (rig);
  g_autoptr (GPtrArray) shots = rig_ctl (rig, "shots"), tickets = rig_ctl (rig, "tickets");
  for (guint i = 0; i < tickets->len; i++)
    g_assert_cmpstr (json_object_get_string_member (tickets->pdata[i], "state"), !=, "open");
  for (guint i = 0; i < shots->len; i++)
    if (g_str_equal (json_object_get_string_member (shots->pdata[i], "state"), "attached"))
      g_assert_cmpstr (json_object_get_string_member (shots->pdata[i], "student_no"), ==, rig_number (rig, 0));
}

static void test_drop (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  rig_say (rig, "drop download");
  rig_key (rig, "space");
  rig_wait (rig, "phase", "review"); /* fetched again after the line was opened anew */
  rig_wait (rig, "open_tickets", "0");
  wait_well (rig);
  g_autoptr (GPtrArray) shots = rig_ctl (rig, "shots");
  g_assert_cmpuint (shots->len, ==, 1);
}

static void test_words (void)
{
  const LanmuCameraOutlook well = {.silent_ms = 100, .restart_ms = 5900, .retry_ms = -1};
  const LanmuCameraOutlook hangs = {.silent = TRUE, .silent_ms = 2000, .restart_ms = 3200, .retry_ms = -1};
  const LanmuCameraOutlook away = {.restart_ms = -1, .retry_ms = 700, .attempts = 4};
  LanmuRecoveryWords words;
  lanmu_recovery_describe (&well, LANMU_CAMERA_LIVE, LANMU_TROUBLE_NONE, 1, 10000000, &words);
  g_assert_false (words.silent);
  g_assert_null (words.next);
  g_assert_null (words.open);
  lanmu_recovery_describe (&hangs, LANMU_CAMERA_LIVE, LANMU_TROUBLE_NONE, 1, 10000000, &words);
  g_assert_true (words.silent);
  g_assert_cmpint (words.since_us, ==, 8000000);
  g_assert_nonnull (strstr (words.next, "4 s"));
  g_assert_nonnull (words.open);
  lanmu_recovery_words_clear (&words);
  lanmu_recovery_describe (&away, LANMU_CAMERA_LOST, LANMU_TROUBLE_CABLE, 0, 10000000, &words);
  g_assert_false (words.silent);
  g_assert_nonnull (strstr (words.next, "4"));
  g_assert_null (words.open);
  lanmu_recovery_words_clear (&words);
  lanmu_recovery_describe (&well, LANMU_CAMERA_BUSY, LANMU_TROUBLE_CARD_FULL, 0, 10000000, &words);
  g_assert_null (words.next); /* nothing mends that by itself */
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recovery/words", test_words);
  g_test_add_func ("/recovery/hang", test_hang);
  g_test_add_func ("/recovery/stall", test_stall);
  g_test_add_func ("/recovery/unplug", test_unplug);
  g_test_add_func ("/recovery/drop", test_drop);
  return g_test_run ();
}
