/* LanmuCamera over a real host and a simulated body, for each model: pictures come with the tag they belong to,
 * refusals are named, lists and settings hold. The camera's ledger is the truth. Usage: test-pictures nikon|canon. */
#include "tests/camera/rig.h"

#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const char *model;

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
    g_assert_cmpstr (rig_ledger_text (took, i, "by"), ==, "host");
    g_assert_cmpstr (rig_file (rig, i)->name, ==, rig_ledger_text (took, i, "file"));
    g_assert_cmpuint (rig_file (rig, i)->size, ==,
                      (guint64) json_object_get_int_member (g_ptr_array_index (took, i), "size"));
    gint64 when = json_object_get_int_member (g_ptr_array_index (took, i), "boot_us");
    g_assert_cmpint (when, >=, rig->triggered_before); /* the exposure lies after the moment told */
    rig_assert_fetches_as (rig, i, rig_ledger_text (took, i, "sha256"));
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
    g_assert_cmpstr (rig_ledger_text (took, i, "by"), ==, "body");
    rig_assert_fetches_as (rig, i, rig_ledger_text (took, i, "sha256"));
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
      if (g_str_equal (rig_file (rig, i)->name, rig_ledger_text (took, j, "file")) && rig_tag (rig, i) != 0)
        mine += g_str_equal (rig_ledger_text (took, j, "by"), "host");
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
    rig_assert_fetches_as (rig, i, rig_ledger_text (took, 0, raw ? "raw_sha256" : "sha256"));
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
  g_autoptr (GPtrArray) files = rig_list (rig, TRUE);
  g_autoptr (GPtrArray) took = rig_took (rig);
  g_assert_cmpuint (files->len, ==, 1);
  g_assert_cmpuint (rig->opened, ==, opened); /* a fresh list is not a new connection to the caller */
  g_autofree char *sha256 = rig_fetch_sha256 (rig, g_ptr_array_index (files, 0));
  g_assert_cmpstr (sha256, ==, rig_ledger_text (took, 0, "sha256"));
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
  RigShot first = {0};
  gboolean second = FALSE;
  lanmu_camera_shoot_async (rig->camera, 1, rig_on_shot, &first);
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
  rig_assert_fetches_as (rig, 0, rig_ledger_text (took, 0, "sha256"));
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

static void test_no_card (void)
{
  g_autoptr (Rig) rig = rig_open (model, NULL);
  gboolean released = TRUE;
  g_free (rig_say (rig, "no-card on"));
  LanmuTrouble trouble = rig_shoot (rig, 1, &released);
  /* Between two live pictures the host may have seen by itself that the card is gone: then the line is closed already. */
  if (trouble == LANMU_TROUBLE_NO_CAMERA)
    g_assert_cmpint (lanmu_camera_get_trouble (rig->camera), ==, LANMU_TROUBLE_CARD_CHANGED);
  else
    g_assert_cmpint (trouble, ==, LANMU_TROUBLE_NO_CARD);
  g_assert_false (released);
  g_free (rig_say (rig, "no-card off"));
  g_autoptr (GPtrArray) took = rig_took (rig);
  g_assert_cmpuint (took->len, ==, 0);
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
      {"one-shoot-at-a-time", test_one_shoot_at_a_time},
      {"settings", test_settings},
      {"quality-switch", test_quality_switch},
      {"disk-full", test_disk_full},
      {"truncated", test_truncated},
      {"live-off", test_live_off},
      {"no-card", test_no_card},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++) {
    g_autofree char *path = g_strdup_printf ("/camera/%s/%s", model, tests[i].name);
    g_test_add_func (path, tests[i].run);
  }
  return g_test_run ();
}
