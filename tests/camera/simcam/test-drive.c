/* Driving the simulated camera as a station drives a real one, as a Nikon and as a Canon: identity, settings, live
 * view, releases from both sides, RAW+JPEG, the card. What was downloaded is held against the camera's own ledger by
 * SHA-256. */
#include "tests/camera/simcam/stand.h"

#include <signal.h>
#include <string.h>
#include <turbojpeg.h>

static gboolean is_nikon (Stand *stand)
{
  return strcmp (stand->model, "nikon") == 0;
}

/* The newest picture of the ledger against what comes over the wire. */
static void check_fetched (Stand *stand, JsonObject *took, const char *folder, const char *name)
{
  gsize size = 0;
  g_autofree char *sha = stand_fetch (stand, folder, name, &size, NULL);

  g_assert_cmpstr (sha, ==, json_object_get_string_member (took, "sha256"));
  g_assert_cmpint ((gint64)size, ==, json_object_get_int_member (took, "size"));
}

static void test_identity (gconstpointer model)
{
  Stand *stand = stand_new (model, "--serial", "6001234", NULL);
  CameraText text;

  stand_connect (stand);
  g_assert_cmpint (gp_camera_get_summary (stand->camera, &text, stand->context), ==, GP_OK);
  g_assert_nonnull (strstr (text.text, is_nikon (stand) ? "Nikon Corporation" : "Canon Inc."));
  g_assert_nonnull (strstr (text.text, is_nikon (stand) ? "D750" : "Canon EOS 700D"));
  g_assert_nonnull (strstr (text.text, "6001234"));
  g_autofree char *serial = stand_get (stand, is_nikon (stand) ? "serialnumber" : "eosserialnumber");
  g_assert_cmpstr (serial, ==, "6001234");
  stand_free (stand);
}

static void test_settings (gconstpointer model)
{
  static const struct {
    const char *nikon, *canon, *value_nikon, *value_canon, *other_nikon, *other_canon;
  } rows[] = {
      {"iso", "iso", "100", "100", "400", "400"},
      {"shutterspeed2", "shutterspeed", "1/125", "1/125", "1/200", "1/200"},
      {"f-number", "aperture", "f/8", "8", "f/5.6", "5.6"},
      {"imagequality", "imageformat", "JPEG Fine", "Large Fine JPEG", "NEF+Fine", "RAW + Large Fine JPEG"},
      {"focusmode", "focusmode", "AF-S", "One Shot", "Manual", "Manual"},
  };
  Stand *stand = stand_new (model, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *name = is_nikon (stand) ? rows[i].nikon : rows[i].canon;
    stand_connect (stand);
    g_autofree char *before = stand_get (stand, name);
    g_assert_cmpstr (before, ==, is_nikon (stand) ? rows[i].value_nikon : rows[i].value_canon);
    stand_set (stand, name, is_nikon (stand) ? rows[i].other_nikon : rows[i].other_canon);
    stand_disconnect (stand);
    /* A new connection has nothing cached: what it reads, the body holds. */
    stand_connect (stand);
    g_autofree char *after = stand_get (stand, name);
    g_assert_cmpstr (after, ==, is_nikon (stand) ? rows[i].other_nikon : rows[i].other_canon);
    stand_disconnect (stand);
  }
  stand_free (stand);
}

static void test_health (gconstpointer model)
{
  Stand *stand = stand_new (model, "--battery", "50", NULL);
  g_autofree char *clock = NULL, *battery = NULL, *left = NULL, *none = NULL;
  const char *clock_name = NULL;

  stand_connect (stand);
  battery = stand_get (stand, "batterylevel");
  g_assert_cmpstr (battery, ==, "50%");
  left = stand_get (stand, "availableshots");
  g_assert_cmpint (atoi (left), >, 1000);
  clock_name = is_nikon (stand) ? "datetime" : "datetimeutc";
  clock = stand_get (stand, clock_name);
  g_assert_cmpint (ABS (g_ascii_strtoll (clock, NULL, 10) - g_get_real_time () / G_USEC_PER_SEC), <=, 60);
  stand_disconnect (stand);

  stand_tell (stand, "clock 86400");
  stand_tell (stand, "card-full on");
  stand_connect (stand);
  g_autofree char *jumped = stand_get (stand, clock_name);
  g_assert_cmpint (ABS (g_ascii_strtoll (jumped, NULL, 10) - g_get_real_time () / G_USEC_PER_SEC - 86400), <=, 60);
  none = stand_get (stand, "availableshots");
  g_assert_cmpstr (none, ==, "0");
  stand_free (stand);
}

/* The clock that is set here is the clock that dates the pictures. */
static void test_set_clock (gconstpointer model)
{
  Stand *stand = stand_new (model, NULL);
  g_autoptr (GDateTime) then = g_date_time_new_local (2026, 6, 1, 10, 11, 12);

  stand_connect (stand);
  g_assert_cmpint (
      stand_set_int (stand, is_nikon (stand) ? "datetime" : "datetimeutc", (int)g_date_time_to_unix (then)), ==, GP_OK);
  stand_disconnect (stand);
  stand_tell (stand, "press");
  g_autoptr (JsonObject) took = stand_took (stand, 1);
  g_assert_true (g_str_has_prefix (json_object_get_string_member (took, "time"), "2026-06-01T10:1"));
  stand_free (stand);
}

static void check_frame (tjhandle decoder, CameraFile *file, int width, int height)
{
  const char *data;
  unsigned long size;
  int w, h, subsampling, space;

  g_assert_cmpint (gp_file_get_data_and_size (file, &data, &size), ==, GP_OK);
  g_assert_cmpint (tjDecompressHeader3 (decoder, (const guint8 *)data, size, &w, &h, &subsampling, &space), ==, 0);
  g_autofree guint8 *pixels = g_malloc ((gsize)w * h * 3);
  g_assert_cmpint (tjDecompress2 (decoder, (const guint8 *)data, size, pixels, w, 0, h, TJPF_RGB, TJFLAG_STOPONWARNING),
                   ==, 0);
  g_assert_cmpint (w, ==, width);
  g_assert_cmpint (h, ==, height);
}

static void test_live (gconstpointer model)
{
  Stand *stand = stand_new (model, "--fps", "30", "--startup-ms", "50", NULL);
  tjhandle decoder = tjInitDecompress ();
  gint64 began, count = 15;

  stand_connect (stand);
  began = g_get_monotonic_time ();
  for (int i = 0; i < count; i++) {
    CameraFile *file;
    gp_file_new (&file);
    g_assert_cmpint (gp_camera_capture_preview (stand->camera, file, stand->context), ==, GP_OK);
    check_frame (decoder, file, is_nikon (stand) ? 640 : 960, is_nikon (stand) ? 424 : 640);
    gp_file_unref (file);
  }
  /* No frame comes before its time: 15 new ones at 30 a second need 14 gaps. Slower is a slow machine's business. */
  g_assert_cmpint (g_get_monotonic_time () - began, >=, (count - 1) * G_USEC_PER_SEC / 30);
  g_autoptr (JsonObject) status = stand_status (stand);
  g_assert_cmpint (json_object_get_int_member (status, "frames_served"), >=, count);
  g_assert_cmpint (json_object_get_int_member (status, "frames_made"), >=,
                   json_object_get_int_member (status, "frames_served"));
  g_assert_true (json_object_get_boolean_member (status, "live"));
  stand_disconnect (stand);
  g_autoptr (JsonObject) after = stand_status (stand);
  g_assert_false (json_object_get_boolean_member (after, "live"));
  tjDestroy (decoder);
  stand_free (stand);
}

static void test_live_size (gconstpointer model)
{
  Stand *stand = stand_new (model, "--live-size", "1056x704", "--startup-ms", "0", NULL);
  tjhandle decoder = tjInitDecompress ();
  CameraFile *file;

  stand_connect (stand);
  gp_file_new (&file);
  g_assert_cmpint (gp_camera_capture_preview (stand->camera, file, stand->context), ==, GP_OK);
  check_frame (decoder, file, 1056, 704);
  gp_file_unref (file);
  if (is_nikon (stand)) {
    stand_set (stand, "liveviewsize", "QVGA");
    gp_file_new (&file);
    g_assert_cmpint (gp_camera_capture_preview (stand->camera, file, stand->context), ==, GP_OK);
    check_frame (decoder, file, 320, 212);
    gp_file_unref (file);
  }
  tjDestroy (decoder);
  stand_free (stand);
}

static void capture_and_check (Stand *stand, guint nth, gboolean card)
{
  CameraFilePath path;

  g_assert_cmpint (gp_camera_capture (stand->camera, GP_CAPTURE_IMAGE, &path, stand->context), ==, GP_OK);
  g_autoptr (JsonObject) took = stand_took (stand, nth);
  g_assert_cmpstr (json_object_get_string_member (took, "by"), ==, "host");
  g_assert_cmpstr (json_object_get_string_member (took, "folder"), ==, path.folder);
  if (card)
    g_assert_cmpstr (json_object_get_string_member (took, "file"), ==, path.name);
  check_fetched (stand, took, path.folder, path.name);
}

static void test_capture_card (gconstpointer model)
{
  Stand *stand = stand_new (model, NULL);
  CameraFile *file;

  stand_connect (stand);
  stand_target_card (stand, TRUE);
  capture_and_check (stand, 1, TRUE);
  capture_and_check (stand, 2, TRUE);
  /* In live view too, and live view goes on. */
  for (guint nth = 3; nth <= 4; nth++) {
    gp_file_new (&file);
    g_assert_cmpint (gp_camera_capture_preview (stand->camera, file, stand->context), ==, GP_OK);
    gp_file_unref (file);
    stand_drain (stand);
    capture_and_check (stand, nth, TRUE);
  }
  stand_free (stand);
}

static void test_capture_ram (gconstpointer model)
{
  Stand *stand = stand_new (model, NULL);
  g_autoptr (GPtrArray) names = NULL;

  stand_connect (stand);
  stand_target_card (stand, FALSE);
  capture_and_check (stand, 1, FALSE);
  capture_and_check (stand, 2, FALSE);
  names = stand_list (stand, stand_dcim (stand));
  g_assert_cmpuint (names->len, ==, 0);
  stand_free (stand);
}

/* The picture is bigger than the 1 MiB pieces libgphoto2 fetches. */
static void test_capture_big (gconstpointer model)
{
  Stand *stand = stand_new (model, "--shot-size", "6000x4000", NULL);

  stand_connect (stand);
  stand_target_card (stand, TRUE);
  capture_and_check (stand, 1, TRUE);
  g_autoptr (JsonObject) took = stand_took (stand, 1);
  g_assert_cmpint (json_object_get_int_member (took, "size"), >, 2 << 20);
  stand_free (stand);
}

static void check_announced (Stand *stand, GPtrArray *paths, guint index, JsonObject *took)
{
  g_autofree char *path = g_build_filename (json_object_get_string_member (took, "folder"),
                                            json_object_get_string_member (took, "file"), NULL);
  g_assert_cmpuint (paths->len, >, index);
  g_assert_cmpstr (paths->pdata[index], ==, path);
  check_fetched (stand, took, json_object_get_string_member (took, "folder"),
                 json_object_get_string_member (took, "file"));
}

static void test_press (gconstpointer model)
{
  Stand *stand = stand_new (model, "--first-number", "39", NULL);
  g_autoptr (GPtrArray) paths = NULL;

  stand_connect (stand);
  stand_target_card (stand, TRUE);
  stand_drain (stand);
  stand_tell (stand, "press");
  stand_tell (stand, "press burst 3");
  paths = stand_announced (stand, 4);
  for (guint i = 0; i < 4; i++) {
    g_autoptr (JsonObject) took = stand_took (stand, i + 1);
    g_assert_cmpint (json_object_get_int_member (took, "number"), ==, 39 + i);
    g_assert_cmpstr (json_object_get_string_member (took, "by"), ==, "body");
    check_announced (stand, paths, i, took);
  }
  stand_free (stand);
}

/* The computer's release with RAW+JPEG: trigger, then both files by event. */
static void test_raw (gconstpointer model)
{
  Stand *stand = stand_new (model, "--raw", NULL);
  g_autoptr (GPtrArray) paths = NULL;
  g_autofree char *raw_sha = NULL;

  stand_connect (stand);
  stand_target_card (stand, TRUE);
  stand_drain (stand);
  g_assert_cmpint (gp_camera_trigger_capture (stand->camera, stand->context), ==, GP_OK);
  paths = stand_announced (stand, 2);
  g_autoptr (JsonObject) took = stand_took (stand, 1);
  g_assert_true (g_str_has_suffix (paths->pdata[0], json_object_get_string_member (took, "raw")));
  check_announced (stand, paths, 1, took);
  raw_sha = stand_fetch (stand, stand_dcim (stand), json_object_get_string_member (took, "raw"), NULL, NULL);
  g_assert_cmpstr (raw_sha, ==, json_object_get_string_member (took, "raw_sha256"));
  stand_free (stand);
}

static void test_card (gconstpointer model)
{
  Stand *stand = stand_new (model, NULL);
  g_autoptr (GPtrArray) before = NULL, after = NULL, deleted = NULL;
  CameraFileInfo info;
  CameraFile *thumb;
  unsigned long size = 0;
  const char *data = NULL;

  stand_tell (stand, "press burst 3");
  g_autoptr (JsonObject) took = stand_took (stand, 3);
  before = stand_list (stand, stand_dcim (stand));
  g_assert_cmpuint (before->len, ==, 3);
  g_assert_cmpint (gp_camera_file_get_info (stand->camera, stand_dcim (stand), before->pdata[2], &info, stand->context),
                   ==, GP_OK);
  g_assert_cmpint ((gint64)info.file.size, ==, json_object_get_int_member (took, "size"));
  gp_file_new (&thumb);
  g_assert_cmpint (gp_camera_file_get (stand->camera, stand_dcim (stand), before->pdata[2], GP_FILE_TYPE_PREVIEW, thumb,
                                       stand->context),
                   ==, GP_OK);
  gp_file_get_data_and_size (thumb, &data, &size);
  g_assert_cmpuint (size, >, 500);
  g_assert_cmpmem (data, 2, "\xff\xd8", 2);
  gp_file_unref (thumb);
  g_assert_cmpint (gp_camera_file_delete (stand->camera, stand_dcim (stand), before->pdata[0], stand->context), ==,
                   GP_OK);
  deleted = stand_ledger (stand, "deleted");
  g_assert_cmpuint (deleted->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (deleted->pdata[0], "file"), ==, before->pdata[0]);
  after = stand_list (stand, stand_dcim (stand));
  g_assert_cmpuint (after->len, ==, 2);
  stand_free (stand);
}

static void test_storage (gconstpointer model)
{
  Stand *stand = stand_new (model, NULL);
  CameraStorageInformation *stores = NULL;
  int count = 0;

  stand_connect (stand);
  g_assert_cmpint (gp_camera_get_storageinfo (stand->camera, &stores, &count, stand->context), ==, GP_OK);
  g_assert_cmpint (count, ==, 1);
  g_assert_cmpuint (stores[0].freekbytes, >, 1000000);
  free (stores);
  stand_free (stand);
}

/* Number 9999 is followed by 0001 in a new folder. */
static void test_numbers (gconstpointer model)
{
  Stand *stand = stand_new (model, "--first-number", "9999", NULL);
  g_autofree char *next = g_strdup (stand_dcim (stand));
  g_autoptr (GPtrArray) first = NULL, second = NULL;

  *strstr (next, "/100") = '\0';
  g_autofree char *folder = g_strdup_printf ("%s/101%s", next, strstr (stand_dcim (stand), "/100") + 4);
  stand_tell (stand, "press burst 2");
  g_autoptr (JsonObject) took = stand_took (stand, 2);
  g_assert_cmpint (json_object_get_int_member (took, "number"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (took, "folder"), ==, folder);
  first = stand_list (stand, stand_dcim (stand));
  second = stand_list (stand, folder);
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpuint (second->len, ==, 1);
  stand_free (stand);
}

/* A card kept in a folder survives the camera. */
static void test_kept_card (gconstpointer model)
{
  g_autofree char *card = g_dir_make_tmp ("lanmu-card-XXXXXX", NULL);
  Stand *stand = stand_new (model, "--card", card, NULL);
  g_autoptr (GPtrArray) names = NULL;

  stand_tell (stand, "press");
  g_autoptr (JsonObject) took = stand_took (stand, 1);
  stand_stop (stand);
  stand_start (stand, "--card", card);
  names = stand_list (stand, stand_dcim (stand));
  g_assert_cmpuint (names->len, ==, 1);
  check_fetched (stand, took, stand_dcim (stand), names->pdata[0]);
  g_autoptr (JsonObject) status = stand_status (stand);
  g_assert_cmpint (json_object_get_int_member (status, "next_number"), ==, 2);
  stand_tell (stand, "quit");
  stand_free (stand);
  stand_remove (card);
}

/* One computer at a time; the next one as soon as it has gone. */
static void test_sessions (gconstpointer model)
{
  Stand *stand = stand_new (model, NULL);
  Camera *first;
  g_autoptr (GPtrArray) refused = NULL;

  stand_connect (stand);
  first = g_steal_pointer (&stand->camera);
  g_assert_cmpint (stand_try_connect (stand), <, GP_OK);
  refused = stand_ledger (stand, "refused");
  g_assert_cmpuint (refused->len, >=, 1);
  stand->camera = first;
  for (int i = 0; i < 5; i++) {
    stand_disconnect (stand);
    stand_connect (stand);
  }
  stand_free (stand);
}

static void run_refused (const char *option, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                                                      &error, g_getenv ("LANMU_SIMCAM"), option, value, NULL);
  g_autofree char *out = NULL, *err = NULL;

  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &out, &err, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 2);
  g_assert_cmpstr (out, ==, "");
  g_assert_true (g_str_has_prefix (err, "lanmu-simcam: "));
}

static void test_options (void)
{
  run_refused ("--model", "leica");
  run_refused ("--port", "70000");
  run_refused ("--fps", "0");
  run_refused ("--shot-size", "12x");
  run_refused ("--no-such-option", NULL);
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    GTestDataFunc run;
  } tests[] = {
      {"identity", test_identity},
      {"settings", test_settings},
      {"health", test_health},
      {"set-clock", test_set_clock},
      {"live", test_live},
      {"live-size", test_live_size},
      {"capture-card", test_capture_card},
      {"capture-ram", test_capture_ram},
      {"capture-big", test_capture_big},
      {"press", test_press},
      {"raw", test_raw},
      {"card", test_card},
      {"storage", test_storage},
      {"numbers", test_numbers},
      {"kept-card", test_kept_card},
      {"sessions", test_sessions},
  };
  static const char *const models[] = {"nikon", "canon"};

  signal (SIGPIPE, SIG_IGN);
  g_test_init (&argc, &argv, NULL);
  g_autofree char *home = stand_private_home ();
  for (gsize m = 0; m < G_N_ELEMENTS (models); m++)
    for (gsize i = 0; i < G_N_ELEMENTS (tests); i++) {
      g_autofree char *path = g_strdup_printf ("/simcam/%s/%s", models[m], tests[i].name);
      g_test_add_data_func (path, models[m], tests[i].run);
    }
  g_test_add_func ("/simcam/options", test_options);
  int failed = g_test_run ();
  stand_remove (home);
  return failed;
}
