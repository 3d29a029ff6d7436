/* LanmuCamera over a real host and a simulated body, for each model: pictures come with the tag they belong to,
 * whatever goes wrong is named, and what was lost comes back. The camera's ledger is the truth. Usage: test-camera
 * nikon|canon. */
#include "tests/camera/rig.h"

#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char *model;

static const char *ledger_text (GPtrArray *took, guint index, const char *member)
{
  g_assert_cmpuint (index, <, took->len);
  return json_object_get_string_member (g_ptr_array_index (took, index), member);
}

static void assert_fetches_as (Rig *rig, guint announced, const char *sha256)
{
  g_autofree char *got = rig_fetch_sha256 (rig, rig_file (rig, announced));
  g_assert_cmpstr (got, ==, sha256);
}

static void test_live (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  LanmuCameraCounters counters;
  rig_wait_frames (rig, 30);
  lanmu_camera_get_counters (rig->camera, &counters);
  g_assert_cmpint (rig->width, ==, 320);
  g_assert_cmpint (rig->height, ==, 212);
  g_assert_cmpuint (rig->first_pixel >> 24, ==, 255); /* opaque */
  g_assert_cmpuint (counters.decoded, ==, rig->frames);
  g_assert_cmpuint (counters.delivered, >=, counters.decoded);
  g_assert_cmpuint (counters.respawns, ==, 0);
  g_assert_cmpfloat (counters.decode_us, >, 0);
  g_assert_cmpfloat (counters.host_cpu_us, >, 0);
  g_assert_cmpuint (rig->opened, ==, 1);
  const LanmuCameraInfo *info = lanmu_camera_get_info (rig->camera);
  g_assert_cmpint (info->battery, >, 50);
  g_assert_cmpint (info->shots_left, >, 0);
  g_assert_true (info->jpeg);
  g_assert_false (info->raw_jpeg);
  g_assert_cmpint (lanmu_camera_get_trouble (rig->camera), ==, LANMU_TROUBLE_NONE);
}

/* A parent that keeps every picture: the ring runs dry, pictures are dropped and counted, nothing stops; what comes
 * back is used again. */
static gboolean on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE; /* wakes the loop: no message comes when all buffers are held */
}

static gboolean drops_counted (Rig *rig)
{
  LanmuCameraCounters counters;
  lanmu_camera_get_counters (rig->camera, &counters);
  return counters.dropped >= 5;
}

static void test_ring_runs_dry (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  rig->hold = TRUE;
  guint timer = g_timeout_add (50, on_tick, NULL);
  rig_wait (rig, drops_counted, "dropped pictures");
  g_source_remove (timer);
  rig->hold = FALSE;
  g_ptr_array_set_size (rig->held, 0);
  rig_wait_frames (rig, 20);
}

static void test_shoot (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  for (guint i = 0; i < 3; i++) {
    gboolean released = FALSE;
    g_assert_cmpint (rig_shoot (rig, 100 + i, &released), ==, LANMU_TROUBLE_NONE);
    g_assert_true (released);
    g_assert_cmpuint (rig->announced->len, ==, i + 1);
    g_assert_cmpuint (rig_tag (rig, i), ==, 100 + i);
    g_assert_cmpuint (rig->triggered_tag, ==, 100 + i);
    g_autoptr (GPtrArray) took = rig_took (rig);
    g_assert_cmpuint (took->len, ==, i + 1);
    g_assert_cmpstr (ledger_text (took, i, "by"), ==, "host");
    g_assert_cmpstr (rig_file (rig, i)->name, ==, ledger_text (took, i, "file"));
    g_assert_cmpuint (rig_file (rig, i)->size, ==,
                      (guint64) json_object_get_int_member (g_ptr_array_index (took, i), "size"));
    gint64 when = json_object_get_int_member (g_ptr_array_index (took, i), "boot_us");
    g_assert_cmpint (when, >=, rig->triggered_before); /* the exposure lies after the moment told */
    assert_fetches_as (rig, i, ledger_text (took, i, "sha256"));
  }
  rig_wait_frames (rig, 5); /* live view goes on */
}

static void test_body_press (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  g_free (rig_say (rig, "press"));
  rig_wait_announced (rig, 1);
  g_assert_cmpuint (rig_tag (rig, 0), ==, 0);
  g_free (rig_say (rig, "press burst 3"));
  rig_wait_announced (rig, 4);
  g_autoptr (GPtrArray) took = rig_took (rig);
  for (guint i = 0; i < 4; i++) {
    g_assert_cmpuint (rig_tag (rig, i), ==, 0);
    g_assert_cmpstr (ledger_text (took, i, "by"), ==, "body");
    assert_fetches_as (rig, i, ledger_text (took, i, "sha256"));
  }
}

/* A press just before the release is announced first, with tag 0: it is never the shoot's. */
static void test_press_before_shoot (void)
{
  g_autoptr (Rig) rig = rig_open (model, "--shot-ms=20", NULL);
  for (guint i = 0; i < 5; i++) {
    gboolean released = FALSE;
    g_free (rig_say (rig, "press"));
    LanmuTrouble trouble = rig_shoot (rig, 7 + i, &released);
    rig_wait_announced (rig, 2 * i + (trouble == LANMU_TROUBLE_NONE ? 2 : 1));
    g_assert_cmpint (trouble, ==, LANMU_TROUBLE_NONE);
  }
  g_autoptr (GPtrArray) took = rig_took (rig);
  guint mine = 0;
  for (guint i = 0; i < rig->announced->len; i++)
    for (guint j = 0; j < took->len; j++)
      if (g_str_equal (rig_file (rig, i)->name, ledger_text (took, j, "file")) && rig_tag (rig, i) != 0)
        mine += g_str_equal (ledger_text (took, j, "by"), "host");
  g_assert_cmpuint (mine, ==, 5);
}

static void test_raw_and_jpeg (void)
{
  g_autoptr (Rig) rig = rig_open (model, "--raw", NULL);
  gboolean released = FALSE;
  g_assert_true (lanmu_camera_get_info (rig->camera)->raw_jpeg);
  g_assert_cmpint (rig_shoot (rig, 5, &released), ==, LANMU_TROUBLE_NONE);
  g_assert_cmpuint (rig->announced->len, ==, 2);
  g_autoptr (GPtrArray) took = rig_took (rig);
  g_assert_true (lanmu_camera_file_is_sibling (rig_file (rig, 0), rig_file (rig, 1)));
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpuint (rig_tag (rig, i), ==, 5);
    gboolean raw = lanmu_camera_file_is_raw (rig_file (rig, i));
    assert_fetches_as (rig, i, ledger_text (took, 0, raw ? "raw_sha256" : "sha256"));
  }
}

static void test_duplicate_event (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = FALSE;
  g_free (rig_say (rig, "dup-event"));
  g_assert_cmpint (rig_shoot (rig, 1, &released), ==, LANMU_TROUBLE_NONE);
  g_assert_cmpint (rig_shoot (rig, 2, &released), ==, LANMU_TROUBLE_NONE);
  g_assert_cmpuint (rig->announced->len, ==, 2);
}

static void test_late_event (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = FALSE;
  g_free (rig_say (rig, "late-event 1500"));
  g_assert_cmpint (rig_shoot (rig, 9, &released), ==, LANMU_TROUBLE_NONE);
  g_assert_cmpuint (rig->announced->len, ==, 1);
  g_assert_cmpuint (rig_tag (rig, 0), ==, 9);
}

static void on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  *(GPtrArray **) data = lanmu_camera_list_finish (LANMU_CAMERA (source), result, &error);
  g_assert_no_error (error);
}

static GPtrArray *list (Rig *rig, gboolean fresh)
{
  GPtrArray *files = NULL;
  lanmu_camera_list_async (rig->camera, fresh, on_listed, &files);
  while (files == NULL)
    g_main_context_iteration (NULL, TRUE);
  return files;
}

/* The announcement is lost: the release is said to have happened, and a fresh list shows the picture. */
static void test_lost_event (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = FALSE;
  g_free (rig_say (rig, "lost-event 1"));
  g_assert_cmpint (rig_shoot (rig, 3, &released), ==, LANMU_TROUBLE_NO_PICTURE);
  g_assert_true (released);
  g_assert_cmpuint (rig->announced->len, ==, 0);
  guint opened = rig->opened;
  g_autoptr (GPtrArray) files = list (rig, TRUE);
  g_autoptr (GPtrArray) took = rig_took (rig);
  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpuint (rig->opened, ==, opened); /* a fresh list is not a new connection to the caller */
  g_autofree char *sha256 = rig_fetch_sha256 (rig, g_ptr_array_index (files, 0));
  g_assert_cmpstr (sha256, ==, ledger_text (took, 0, "sha256"));
  rig_wait_frames (rig, 3);
}

static void test_refusals (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = TRUE;
  g_free (rig_say (rig, "busy on"));
  g_assert_cmpint (rig_shoot (rig, 1, &released), ==, LANMU_TROUBLE_BUSY);
  g_assert_false (released);
  g_free (rig_say (rig, "busy off"));
  g_free (rig_say (rig, "card-full on"));
  g_assert_cmpint (rig_shoot (rig, 2, &released), ==, LANMU_TROUBLE_CARD_FULL);
  g_assert_false (released);
  g_free (rig_say (rig, "card-full off"));
  g_free (rig_say (rig, "af-fail 1"));
  g_assert_cmpint (rig_shoot (rig, 3, &released), ==, LANMU_TROUBLE_NO_FOCUS);
  g_assert_false (released);
  g_free (rig_say (rig, "calm"));
  g_assert_cmpint (rig_shoot (rig, 4, &released), ==, LANMU_TROUBLE_NONE);
  g_autoptr (GPtrArray) took = rig_took (rig);
  g_assert_cmpuint (took->len, ==, 1);
  g_assert_cmpuint (rig->announced->len, ==, 1);
  g_assert_cmpuint (rig_tag (rig, 0), ==, 4);
}

static void test_short_busy (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = FALSE;
  g_free (rig_say (rig, "busy 5"));
  g_assert_cmpint (rig_shoot (rig, 1, &released), ==, LANMU_TROUBLE_NONE);
  g_assert_cmpuint (rig->announced->len, ==, 1);
}

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
  assert_fetches_as (rig, 0, ledger_text (took, 0, "sha256"));
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

typedef struct {
  gboolean done, released;
  int code;
} ShotAnswer;

static void on_shot (GObject *source, GAsyncResult *result, gpointer data)
{
  ShotAnswer *answer = data;
  g_autoptr (GError) error = NULL;
  lanmu_camera_shoot_finish (LANMU_CAMERA (source), result, &answer->released, &error);
  answer->code = error != NULL ? error->code : 0;
  answer->done = TRUE;
}

/* The host dies between the release and the picture: the shoot answers that it may have exposed, and the picture is on
 * the card. */
static void test_host_killed_in_shoot (void)
{
  g_autoptr (Rig) rig = rig_open (model, "--shot-ms=1500", NULL);
  ShotAnswer answer = {0};
  GPtrArray *took = NULL;
  lanmu_camera_shoot_async (rig->camera, 42, on_shot, &answer);
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

static void on_second (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean released = TRUE;
  g_assert_false (lanmu_camera_shoot_finish (LANMU_CAMERA (source), result, &released, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  g_assert_false (released);
  *(gboolean *) data = TRUE;
}

static void test_one_shoot_at_a_time (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  ShotAnswer first = {0};
  gboolean second = FALSE;
  lanmu_camera_shoot_async (rig->camera, 1, on_shot, &first);
  lanmu_camera_shoot_async (rig->camera, 2, on_second, &second);
  while (!first.done || !second)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (first.code, ==, 0);
  g_assert_cmpuint (rig->announced->len, ==, 1);
}

static void on_settings (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  *(GPtrArray **) data = lanmu_camera_get_settings_finish (LANMU_CAMERA (source), result, &error);
  g_assert_no_error (error);
}

static GPtrArray *get_settings (Rig *rig)
{
  GPtrArray *settings = NULL;
  lanmu_camera_get_settings_async (rig->camera, on_settings, &settings);
  while (settings == NULL)
    g_main_context_iteration (NULL, TRUE);
  return settings;
}

static const LanmuCameraSetting *find (GPtrArray *settings, const char *name)
{
  for (guint i = 0; i < settings->len; i++) {
    const LanmuCameraSetting *setting = g_ptr_array_index (settings, i);
    if (g_str_equal (setting->name, name))
      return setting;
  }
  return NULL;
}

typedef struct {
  gboolean done, good;
} SetAnswer;

static void on_set (GObject *source, GAsyncResult *result, gpointer data)
{
  SetAnswer *answer = data;
  g_autoptr (GError) error = NULL;
  answer->good = lanmu_camera_set_setting_finish (LANMU_CAMERA (source), result, &error);
  answer->done = TRUE;
}

static gboolean set (Rig *rig, const char *name, const char *value)
{
  SetAnswer answer = {0};
  lanmu_camera_set_setting_async (rig->camera, name, value, on_set, &answer);
  while (!answer.done)
    g_main_context_iteration (NULL, TRUE);
  return answer.good;
}

static void test_settings (void)
{
  static const char *const needed[] = {"iso",     "shutter",  "aperture", "quality",  "target",
                                       "battery", "datetime", "serial",   "shotsleft"};
  g_autoptr (Rig) rig = rig_open (model, NULL);
  g_autoptr (GPtrArray) settings = get_settings (rig);
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++) {
    g_test_message ("%s", needed[i]);
    g_assert_nonnull (find (settings, needed[i]));
  }
  g_assert_cmpstr (find (settings, "serial")->value, ==, rig->serial);
  g_assert_cmpstr (find (settings, "target")->value, ==, "Memory card");
  const LanmuCameraSetting *iso = find (settings, "iso");
  const char *other = NULL;
  for (char **choice = iso->choices; *choice != NULL; choice++)
    if (!g_str_equal (*choice, iso->value) && !g_str_equal (*choice, "Auto"))
      other = *choice;
  g_assert_nonnull (other);
  g_assert_true (set (rig, "iso", other));
  g_autoptr (GPtrArray) after = get_settings (rig);
  g_assert_cmpstr (find (after, "iso")->value, ==, other);
  g_assert_false (set (rig, "iso", "no such speed"));
  g_assert_false (set (rig, "nonsense", "1"));
  rig_wait_frames (rig, 3);
}

/* Quality switched at the body or here changes what a shoot waits for. */
static void test_quality_switch (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = FALSE;
  g_free (rig_say (rig, "raw on"));
  g_assert_cmpint (rig_shoot (rig, 1, &released), ==, LANMU_TROUBLE_NONE);
  g_assert_cmpuint (rig->announced->len, ==, 2);
  g_free (rig_say (rig, "raw off"));
  g_assert_cmpint (rig_shoot (rig, 2, &released), ==, LANMU_TROUBLE_NONE);
  g_assert_cmpuint (rig->announced->len, ==, 3);
}

static void keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* A download that our own disk cannot take says so, and the camera's line stays good. */
static void test_disk_full (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = FALSE;
  g_assert_cmpint (rig_shoot (rig, 1, &released), ==, LANMU_TROUBLE_NONE);
  int full = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  lanmu_camera_fetch_async (rig->camera, rig_file (rig, 0), full, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (lanmu_camera_fetch_finish (rig->camera, result, NULL, NULL, &error));
  g_assert_cmpuint (error->domain, ==, G_IO_ERROR);
  close (full);
  g_autoptr (GPtrArray) took = rig_took (rig);
  assert_fetches_as (rig, 0, ledger_text (took, 0, "sha256"));
  g_assert_cmpuint (rig->opened, ==, 1);
}

/* A truncated file is a success of the library: the sizes tell. */
static void test_truncated (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = FALSE;
  g_assert_cmpint (rig_shoot (rig, 1, &released), ==, LANMU_TROUBLE_NONE);
  g_free (rig_say (rig, "truncate honest"));
  g_autoptr (GAsyncResult) result = NULL;
  guint64 said = 0, got = 0;
  int fd = memfd_create ("short", MFD_CLOEXEC);
  lanmu_camera_fetch_async (rig->camera, rig_file (rig, 0), fd, keep_result, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  if (lanmu_camera_fetch_finish (rig->camera, result, &said, &got, NULL)) {
    g_assert_cmpuint (said, ==, rig_file (rig, 0)->size);
    g_assert_cmpuint (got, <, said);
  }
  close (fd);
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
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (ledger_text (took, 0, "time"), utc);
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

static void test_live_off (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = FALSE;
  lanmu_camera_set_live (rig->camera, FALSE);
  g_assert_cmpint (rig_shoot (rig, 1, &released), ==, LANMU_TROUBLE_NONE);
  guint frames = rig->frames;
  g_assert_cmpint (rig_shoot (rig, 2, &released), ==, LANMU_TROUBLE_NONE);
  g_free (rig_say (rig, "press"));
  rig_wait_announced (rig, 3);
  g_assert_cmpuint (rig->frames, ==, frames);
  lanmu_camera_set_live (rig->camera, TRUE);
  rig_wait_frames (rig, 3);
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

static void test_no_card (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = TRUE;
  g_free (rig_say (rig, "no-card on"));
  LanmuTrouble trouble = rig_shoot (rig, 1, &released);
  g_assert_cmpint (trouble, ==, LANMU_TROUBLE_NO_CARD);
  g_assert_false (released);
  g_free (rig_say (rig, "no-card off"));
  g_autoptr (GPtrArray) took = rig_took (rig);
  g_assert_cmpuint (took->len, ==, 0);
}

/* Another card: lists and handles of the old one are lies, so the connection is given up and the caller told to reconcile. */
static void test_card_swapped (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = FALSE;
  g_assert_cmpint (rig_shoot (rig, 1, &released), ==, LANMU_TROUBLE_NONE);
  rig_wait_frames (rig, 100); /* bodies tell of their stores when a session starts: only later is it a swap */
  g_free (rig_say (rig, "swap-card"));
  rig_wait (rig, opened_twice, "the second opening");
  g_autoptr (GPtrArray) files = list (rig, FALSE);
  g_assert_cmpuint (files->len, ==, 0);
  g_assert_cmpint (rig_shoot (rig, 2, &released), ==, LANMU_TROUBLE_NONE);
  g_autoptr (GPtrArray) took = rig_took (rig);
  assert_fetches_as (rig, 1, ledger_text (took, 1, "sha256"));
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
      {"live", test_live},
      {"ring-runs-dry", test_ring_runs_dry},
      {"shoot", test_shoot},
      {"body-press", test_body_press},
      {"press-before-shoot", test_press_before_shoot},
      {"raw-and-jpeg", test_raw_and_jpeg},
      {"duplicate-event", test_duplicate_event},
      {"late-event", test_late_event},
      {"lost-event", test_lost_event},
      {"refusals", test_refusals},
      {"short-busy", test_short_busy},
      {"drop", test_drop},
      {"drop-reset", test_drop_reset},
      {"unplug", test_unplug},
      {"drop-in-download", test_drop_in_download},
      {"host-killed", test_host_killed},
      {"host-hung", test_host_hung},
      {"host-killed-in-shoot", test_host_killed_in_shoot},
      {"stall", test_stall},
      {"one-shoot-at-a-time", test_one_shoot_at_a_time},
      {"settings", test_settings},
      {"quality-switch", test_quality_switch},
      {"disk-full", test_disk_full},
      {"truncated", test_truncated},
      {"clock", test_clock},
      {"camera-comes-later", test_camera_comes_later},
      {"too-hot", test_too_hot},
      {"live-off", test_live_off},
      {"stop-and-start", test_stop_and_start},
      {"no-card", test_no_card},
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
