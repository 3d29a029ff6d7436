/* LanmuCamera's line over a real host and a simulated body, for each model: what is lost comes back, what is wrong is
 * named, a mad or hung host is replaced. Usage: test-line nikon|canon. */
#include "tests/camera/rig.h"

#include <json-glib/json-glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *model;

static gboolean opened_twice (Rig *rig)
{
  return rig->opened >= 2;
}

static void assert_comes_back (Rig *rig)
{
  gboolean released = FALSE;
  rig_wait (rig, opened_twice, "the second opening");
  rig_wait_frames (rig, 5);
  g_assert_cmpint (lanmu_camera_get_trouble (rig->camera), ==, LANMU_TROUBLE_NONE);
  guint before = rig->announced->len;
  g_assert_cmpint (rig_shoot (rig, 77, &released), ==, LANMU_TROUBLE_NONE);
  g_assert_cmpuint (rig->announced->len, ==, before + 1);
}

static void test_drop (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  g_free (rig_say (rig, "drop"));
  rig_wait_state (rig, LANMU_CAMERA_LOST);
  g_assert_cmpint (lanmu_camera_get_trouble (rig->camera), ==, LANMU_TROUBLE_CABLE);
  assert_comes_back (rig);
}

static void test_drop_reset (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  g_free (rig_say (rig, "drop rst"));
  rig_wait_state (rig, LANMU_CAMERA_LOST);
  assert_comes_back (rig);
}

static void test_unplug (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  g_free (rig_say (rig, "unplug 1500"));
  rig_wait_state (rig, LANMU_CAMERA_LOST);
  assert_comes_back (rig);
}

/* The line breaks in the middle of a download: an error, and the same file can be had afterwards. */
static void test_drop_in_download (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = FALSE;
  LanmuTrouble trouble = LANMU_TROUBLE_NONE;
  g_assert_cmpint (rig_shoot (rig, 1, &released), ==, LANMU_TROUBLE_NONE);
  g_free (rig_say (rig, "drop download"));
  g_autoptr (GBytes) bytes = rig_fetch (rig, rig_file (rig, 0), &trouble);
  g_assert_null (bytes);
  g_assert_cmpint (trouble, !=, LANMU_TROUBLE_NONE);
  rig_wait (rig, opened_twice, "the second opening");
  g_autoptr (GPtrArray) took = rig_took (rig);
  rig_assert_fetches_as (rig, 0, rig_ledger_text (took, 0, "sha256"));
}

static void on_state_signal (LanmuCamera *camera, GParamSpec *pspec, gpointer data)
{
  if (lanmu_camera_get_state (camera) == LANMU_CAMERA_LOST)
    *(guint *) data += 1;
}

static guint host_pid (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/task/%d/children", (int) getpid ());
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_auto (GStrv) pids = g_strsplit (g_strstrip (text), " ", -1);
  for (char **pid = pids; *pid != NULL; pid++) {
    g_autofree char *comm = g_strdup_printf ("/proc/%s/comm", *pid);
    g_autofree char *name = NULL;
    if (g_file_get_contents (comm, &name, NULL, NULL) && g_str_equal (g_strstrip (name), "lanmu-camera"))
      return (guint) atoi (*pid);
  }
  g_error ("no lanmu-camera among the children");
}

static void assert_respawned (Rig *rig, guint lost)
{
  LanmuCameraCounters counters;
  assert_comes_back (rig);
  lanmu_camera_get_counters (rig->camera, &counters);
  g_assert_cmpuint (counters.respawns, ==, 1);
  g_assert_cmpuint (lost, ==, 1);
}

static void test_host_killed (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  guint lost = 0;
  gulong handler = g_signal_connect (rig->camera, "notify::state", G_CALLBACK (on_state_signal), &lost);
  kill ((pid_t) host_pid (), SIGKILL);
  rig_wait_state (rig, LANMU_CAMERA_LOST);
  g_assert_cmpint (lanmu_camera_get_trouble (rig->camera), ==, LANMU_TROUBLE_CRASHED);
  assert_respawned (rig, lost);
  g_signal_handler_disconnect (rig->camera, handler);
}

/* A host that hangs is killed by the watchdog and replaced. */
static void test_host_hung (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  guint lost = 0;
  gulong handler = g_signal_connect (rig->camera, "notify::state", G_CALLBACK (on_state_signal), &lost);
  kill ((pid_t) host_pid (), SIGSTOP);
  rig_wait_state (rig, LANMU_CAMERA_LOST);
  g_assert_cmpint (lanmu_camera_get_trouble (rig->camera), ==, LANMU_TROUBLE_HUNG);
  assert_respawned (rig, lost);
  g_signal_handler_disconnect (rig->camera, handler);
}

/* The host dies between the release and the picture: the shoot answers that it may have exposed, and the picture is on
 * the card. */
static void test_host_killed_in_shoot (void)
{
  g_autoptr (Rig) rig = rig_open (model, "--shot-ms=1500", NULL);
  RigShot answer = {0};
  GPtrArray *took = NULL;
  lanmu_camera_shoot_async (rig->camera, 42, rig_on_shot, &answer);
  do { /* the camera's ledger says when the exposure happened */
    g_clear_pointer (&took, g_ptr_array_unref);
    g_main_context_iteration (NULL, TRUE);
    took = rig_took (rig);
  } while (took->len == 0 && rig->triggered == 0 && !answer.done);
  g_assert_false (answer.done);
  kill ((pid_t) host_pid (), SIGKILL);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (answer.released);
  g_assert_cmpint (answer.code, ==, LANMU_TROUBLE_CRASHED);
  g_assert_cmpuint (rig->triggered, ==, 1);
  g_assert_cmpuint (rig->triggered_tag, ==, 42);
  rig_wait (rig, opened_twice, "the second opening");
  g_ptr_array_unref (took);
}

/* The camera answers late: the library's timeout poisons the line, so it is opened anew. */
static void test_stall (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  g_free (rig_say (rig, "stall 4000"));
  rig_wait_state (rig, LANMU_CAMERA_LOST);
  assert_comes_back (rig);
}

static gboolean clock_is_narrow (Rig *rig)
{
  return rig->clocks > 0 && (g_str_equal (rig->model, "canon") || rig->clock_high - rig->clock_low < 100000);
}

/* The readings close in on the body's clock; the true difference (from the ledger) lies between. */
static void test_clock (void)
{
  g_autoptr (Rig) rig = rig_open (model, "--clock-offset=-12345", NULL);
  gboolean released = FALSE;
  rig_wait (rig, clock_is_narrow, "the clock");
  g_assert_cmpint (rig_shoot (rig, 1, &released), ==, LANMU_TROUBLE_NONE);
  g_autoptr (GPtrArray) took = rig_took (rig);
  gint64 boot = json_object_get_int_member (g_ptr_array_index (took, 0), "boot_us");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (rig_ledger_text (took, 0, "time"), utc);
  gint64 camera = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
  g_test_message ("difference %" G_GINT64_FORMAT " in [%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT "]", camera - boot,
                  rig->clock_low, rig->clock_high);
  g_assert_cmpint (camera - boot, >=, rig->clock_low - 10000); /* the ledger gives hundredths */
  g_assert_cmpint (camera - boot, <=, rig->clock_high + 10000);
}

static gboolean said_no_camera (Rig *rig)
{
  return rig_saw_trouble (rig, LANMU_TROUBLE_NO_CAMERA);
}

static void test_camera_comes_later (void)
{
  g_autoptr (Rig) rig = rig_new (model, NULL);
  gboolean released = TRUE;
  g_free (rig_say (rig, "unplug 1200"));
  g_assert_cmpint (rig_shoot (rig, 1, &released), ==, LANMU_TROUBLE_NO_CAMERA); /* before the start */
  g_assert_false (released);
  lanmu_camera_start (rig->camera);
  rig_wait (rig, said_no_camera, "no-camera");
  rig_wait_frames (rig, 3);
  g_assert_cmpint (lanmu_camera_get_state (rig->camera), ==, LANMU_CAMERA_LIVE);
}

static void test_too_hot (void)
{
  if (!g_str_equal (model, "nikon")) {
    g_test_skip ("the Canon driver does not tell it");
    return;
  }
  g_autoptr (Rig) rig = rig_new (model, NULL);
  g_free (rig_say (rig, "too-hot on"));
  lanmu_camera_start (rig->camera);
  rig_wait_state (rig, LANMU_CAMERA_BUSY);
  g_assert_cmpint (lanmu_camera_get_trouble (rig->camera), ==, LANMU_TROUBLE_TOO_HOT);
  g_free (rig_say (rig, "too-hot off"));
  rig_wait_state (rig, LANMU_CAMERA_LIVE);
  g_assert_cmpint (lanmu_camera_get_trouble (rig->camera), ==, LANMU_TROUBLE_NONE);
}

static void test_stop_and_start (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  rig_stop (rig);
  g_assert_cmpint (lanmu_camera_get_state (rig->camera), ==, LANMU_CAMERA_STOPPED);
  lanmu_camera_start (rig->camera);
  rig_wait_frames (rig, 2);
  g_assert_cmpuint (rig->opened, ==, 2);
}

/* Another card: lists and handles of the old one are lies, so the connection is given up and the caller told to
 * reconcile. */
static void test_card_swapped (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = FALSE;
  g_assert_cmpint (rig_shoot (rig, 1, &released), ==, LANMU_TROUBLE_NONE);
  rig_wait_frames (rig, 100); /* bodies tell of their stores when a session starts: only later is it a swap */
  g_free (rig_say (rig, "swap-card"));
  rig_wait (rig, opened_twice, "the second opening");
  g_autoptr (GPtrArray) files = rig_list (rig, FALSE);
  g_assert_cmpuint (files->len, ==, 0);
  g_assert_cmpint (rig_shoot (rig, 2, &released), ==, LANMU_TROUBLE_NONE);
  g_autoptr (GPtrArray) took = rig_took (rig);
  rig_assert_fetches_as (rig, 1, rig_ledger_text (took, 1, "sha256"));
}

static gboolean said_other_body (Rig *rig)
{
  return rig_saw_trouble (rig, LANMU_TROUBLE_OTHER_BODY);
}

static gboolean camera_is_live (Rig *rig)
{
  return lanmu_camera_get_state (rig->camera) == LANMU_CAMERA_LIVE;
}

/* Another body at the same place is not used; the first one, back again, is. */
static void test_other_body (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  g_autofree char *first = g_strdup (rig->serial);
  gboolean released = TRUE;
  rig_exchange (rig, "999888777");
  rig_wait (rig, said_other_body, "other-body");
  g_assert_cmpuint (rig->opened, ==, 1);
  g_assert_cmpint (rig_shoot (rig, 1, &released), !=, LANMU_TROUBLE_NONE);
  g_assert_false (released);
  rig_exchange (rig, first);
  rig_wait (rig, camera_is_live, "the first body");
  g_assert_cmpuint (rig->opened, ==, 2);
}

static void test_battery_empty (void)
{
  if (!g_str_equal (model, "nikon")) {
    g_test_skip ("the Canon driver does not tell it");
    return;
  }
  g_autoptr (Rig) rig = rig_new (model, "--battery=1", NULL);
  lanmu_camera_start (rig->camera);
  rig_wait_state (rig, LANMU_CAMERA_BUSY);
  g_assert_cmpint (lanmu_camera_get_trouble (rig->camera), ==, LANMU_TROUBLE_BATTERY);
}

typedef struct {
  LanmuCamera *camera;
  guint troubles;
  LanmuTrouble wanted;
} Bare;

static void on_bare_trouble (LanmuCamera *camera, GParamSpec *pspec, Bare *bare)
{
  g_test_message ("%s", lanmu_trouble_to_string (lanmu_camera_get_trouble (camera)));
  if (lanmu_camera_get_trouble (camera) == bare->wanted)
    bare->troubles++;
}

static void on_bare_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (lanmu_camera_stop_finish (LANMU_CAMERA (source), result, NULL));
  *(gboolean *) data = TRUE;
}

/* A face that cannot come to a camera says why and can be stopped. */
static void assert_says (const char *spec, const char *program, LanmuTrouble trouble)
{
  g_autofree char *home = g_dir_make_tmp ("lanmu-camera-XXXXXX", NULL);
  Bare bare = {.camera = lanmu_camera_new (spec, program, home), .wanted = trouble};
  gboolean stopped = FALSE;
  g_signal_connect (bare.camera, "notify::trouble", G_CALLBACK (on_bare_trouble), &bare);
  lanmu_camera_start (bare.camera);
  while (bare.troubles == 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (lanmu_camera_get_state (bare.camera), !=, LANMU_CAMERA_LIVE);
  lanmu_camera_stop_async (bare.camera, on_bare_stopped, &stopped);
  while (!stopped)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (lanmu_camera_get_state (bare.camera), ==, LANMU_CAMERA_STOPPED);
  g_assert_finalize_object (bare.camera);
}

static char *make_program (const char *folder, const char *script)
{
  char *path = g_build_filename (folder, "host", NULL);
  g_assert_true (g_file_set_contents_full (path, script, -1, G_FILE_SET_CONTENTS_NONE, 0700, NULL));
  return path;
}

static void test_nobody_there (void)
{
  assert_says ("ptpip:127.0.0.1:9", NULL, LANMU_TROUBLE_NO_CAMERA);
  assert_says ("nonsense", NULL, LANMU_TROUBLE_NO_CAMERA);
  assert_says ("ptpip:camera.example:15740", NULL, LANMU_TROUBLE_NO_CAMERA);
  assert_says ("ptpip:127.0.0.1:9", "/no/such/program", LANMU_TROUBLE_CRASHED);
}

/* Hosts that are mad: they end at once, talk nonsense, or claim a picture that cannot be. */
static void test_mad_host (void)
{
  static const char *const scripts[] = {
      "#!/bin/sh\nexit 3\n",
      "#!/bin/sh\nprintf 'this is no message of the camera host at all' >&3\nexec sleep 5\n",
      /* a FRAME (69) of 36 bytes in slot 99 */
      "#!/bin/sh\nprintf '\\040\\0\\0\\0\\105\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0"
      "\\143\\0\\0\\0\\100\\0\\0\\0\\100\\0\\0\\0\\0\\1\\0\\0"
      "\\1\\0\\0\\0\\0\\0\\0\\0\\1\\0\\0\\0\\0\\0\\0\\0' >&3\nexec sleep 5\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (scripts); i++) {
    g_autofree char *folder = g_dir_make_tmp ("lanmu-camera-XXXXXX", NULL);
    g_autofree char *program = make_program (folder, scripts[i]);
    assert_says ("ptpip:127.0.0.1:9", program, LANMU_TROUBLE_CRASHED);
    remove (program);
    remove (folder);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  model = argc > 1 ? argv[1] : "nikon";
  static const struct {
    const char *name;
    void (*run) (void);
  } tests[] = {
      {"drop", test_drop},
      {"drop-reset", test_drop_reset},
      {"unplug", test_unplug},
      {"drop-in-download", test_drop_in_download},
      {"host-killed", test_host_killed},
      {"host-hung", test_host_hung},
      {"host-killed-in-shoot", test_host_killed_in_shoot},
      {"stall", test_stall},
      {"clock", test_clock},
      {"camera-comes-later", test_camera_comes_later},
      {"too-hot", test_too_hot},
      {"stop-and-start", test_stop_and_start},
      {"card-swapped", test_card_swapped},
      {"other-body", test_other_body},
      {"battery-empty", test_battery_empty},
      {"nobody-there", test_nobody_there},
      {"mad-host", test_mad_host},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/camera/%s/%s", model, tests[i].name);
    g_test_add_func (path, tests[i].run);
  }
  return g_test_run ();
}
