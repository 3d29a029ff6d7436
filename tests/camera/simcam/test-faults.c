/* What each fault looks like through the unmodified libgphoto2: the faults must be as bad as those of real bodies, no
 * better and no worse, and the camera must be whole again afterwards. */
#include "tests/camera/simcam/stand.h"

#include <libexif/exif-data.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static gboolean is_nikon (Stand *stand)
{
  return strcmp (stand->model, "nikon") == 0;
}

static Stand *ready_for_card (gconstpointer model)
{
  Stand *stand = stand_new (model, NULL);
  stand_connect (stand);
  stand_target_card (stand, TRUE);
  stand_drain (stand);
  return stand;
}

static int capture (Stand *stand, CameraFilePath *path)
{
  g_string_truncate (stand->complaint, 0);
  return gp_camera_capture (stand->camera, GP_CAPTURE_IMAGE, path, stand->context);
}

static guint shots (Stand *stand)
{
  g_autoptr (JsonObject) status = stand_status (stand);
  return (guint)json_object_get_int_member (status, "shots");
}

/* The camera works: one more picture, right over the wire. */
static void check_whole (Stand *stand)
{
  CameraFilePath path;
  guint before = shots (stand);

  if (stand->camera == NULL) {
    stand_connect (stand);
    stand_target_card (stand, TRUE);
  }
  stand_drain (stand);
  g_assert_cmpint (capture (stand, &path), ==, GP_OK);
  g_autoptr (JsonObject) took = stand_took (stand, before + 1);
  g_autofree char *sha = stand_fetch (stand, path.folder, path.name, NULL, NULL);
  g_assert_cmpstr (sha, ==, json_object_get_string_member (took, "sha256"));
}

static void test_busy (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  CameraFilePath path;

  stand_tell (stand, "busy 20");
  /* A Nikon is asked again and again by the library, an EOS is not. */
  if (is_nikon (stand))
    g_assert_cmpint (capture (stand, &path), ==, GP_OK);
  else
    g_assert_cmpint (capture (stand, &path), ==, GP_ERROR_CAMERA_BUSY);
  stand_tell (stand, "busy on");
  g_assert_cmpint (capture (stand, &path), ==, GP_ERROR_CAMERA_BUSY);
  g_assert_cmpuint (shots (stand), ==, is_nikon (stand) ? 1 : 0);
  stand_tell (stand, "busy off");
  check_whole (stand);
  stand_free (stand);
}

static void test_af_fail (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  CameraFilePath path;

  stand_tell (stand, "af-fail 1");
  g_assert_cmpint (capture (stand, &path), <, GP_OK);
  g_assert_nonnull (strstr (stand->complaint->str, is_nikon (stand) ? "ocus" : "no focus"));
  g_assert_cmpuint (shots (stand), ==, 0);
  stand_tell (stand, "af-fail on");
  g_autofree char *answer = stand_ask (stand, "press");
  g_assert_true (g_str_has_prefix (answer, "error "));
  /* Without autofocus there is nothing to fail. */
  stand_set (stand, "focusmode", "Manual");
  check_whole (stand);
  stand_free (stand);
}

static void test_card_full (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  CameraFilePath path;

  stand_tell (stand, "card-full on");
  g_assert_cmpint (capture (stand, &path), <, GP_OK);
  g_assert_nonnull (strstr (stand->complaint->str, "tore")); /* "PTP Store Full" */
  g_assert_cmpuint (shots (stand), ==, 0);
  stand_target_card (stand, FALSE);
  g_assert_cmpint (capture (stand, &path), ==, GP_OK);
  stand_tell (stand, "card-full off");
  stand_target_card (stand, TRUE);
  check_whole (stand);
  stand_free (stand);
}

static void test_battery (gconstpointer model)
{
  Stand *stand = stand_new (model, "--battery", "1", "--startup-ms", "0", NULL);
  CameraFile *file;

  stand_connect (stand);
  gp_file_new (&file);
  g_assert_cmpint (gp_camera_capture_preview (stand->camera, file, stand->context), <, GP_OK);
  if (is_nikon (stand))
    g_assert_nonnull (strstr (stand->complaint->str, "Battery"));
  stand_tell (stand, "battery 80");
  g_assert_cmpint (gp_camera_capture_preview (stand->camera, file, stand->context), ==, GP_OK);
  gp_file_unref (file);
  stand_free (stand);
}

static void drop_by (gconstpointer model, const char *line)
{
  Stand *stand = ready_for_card (model);
  g_autofree char *value = NULL;

  stand_tell (stand, line);
  value = stand_get (stand, "iso");
  g_assert_null (value);
  stand_disconnect (stand);
  check_whole (stand);
  stand_free (stand);
}

static void test_drop (gconstpointer model)
{
  drop_by (model, "drop");
  drop_by (model, "drop rst");
}

static void test_drop_download (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  CameraFilePath path;
  int result;

  g_assert_cmpint (capture (stand, &path), ==, GP_OK);
  stand_tell (stand, "drop download");
  g_autofree char *sha = stand_fetch (stand, path.folder, path.name, NULL, &result);
  g_assert_cmpint (result, <, GP_OK);
  stand_disconnect (stand);
  check_whole (stand);
  stand_free (stand);
}

/* The picture goes on while nobody is connected. */
static void test_drop_while_exposing (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  CameraFilePath path;
  g_autoptr (GPtrArray) names = NULL;

  stand_tell (stand, "shot-ms 400");
  stand_tell (stand, "at 1 in 100 drop");
  g_assert_cmpint (capture (stand, &path), <, GP_OK);
  g_autoptr (JsonObject) took = stand_took (stand, 1);
  stand_disconnect (stand);
  names = stand_list (stand, stand_dcim (stand));
  g_assert_cmpuint (names->len, ==, 1);
  g_assert_cmpstr (names->pdata[0], ==, json_object_get_string_member (took, "file"));
  stand_free (stand);
}

static gboolean plugged (Stand *stand)
{
  g_autoptr (JsonObject) status = stand_status (stand);
  return json_object_get_boolean_member (status, "plugged");
}

static void test_unplug (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  gint64 end = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  stand_tell (stand, "unplug 3600000");
  stand_disconnect (stand);
  g_assert_false (plugged (stand));
  g_assert_cmpint (stand_try_connect (stand), <, GP_OK);
  stand_tell (stand, "unplug 1");
  while (!plugged (stand))
    g_assert_cmpint (g_get_monotonic_time (), <, end);
  check_whole (stand);
  stand_free (stand);
}

/* GP_OK, and half of the file is not there. */
static void test_truncate (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  CameraFilePath path;
  CameraFileInfo info;
  gsize size = 0;
  int result;

  g_assert_cmpint (capture (stand, &path), ==, GP_OK);
  stand_tell (stand, "truncate honest");
  g_autofree char *half = stand_fetch (stand, path.folder, path.name, &size, &result);
  g_assert_cmpint (result, ==, GP_OK);
  g_assert_cmpint (gp_camera_file_get_info (stand->camera, path.folder, path.name, &info, stand->context), ==, GP_OK);
  g_assert_cmpuint (size, <, info.file.size);
  stand_disconnect (stand);

  check_whole (stand);
  g_assert_cmpint (capture (stand, &path), ==, GP_OK);
  stand_tell (stand, "truncate lie");
  g_autofree char *lie = stand_fetch (stand, path.folder, path.name, &size, &result);
  g_assert_cmpint (result, <, GP_OK);
  stand_disconnect (stand);
  check_whole (stand);
  stand_free (stand);
}

static void test_corrupt (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  CameraFilePath path;
  gsize size = 0;

  g_assert_cmpint (capture (stand, &path), ==, GP_OK);
  stand_tell (stand, "corrupt");
  g_autofree char *bad = stand_fetch (stand, path.folder, path.name, &size, NULL);
  g_autoptr (JsonObject) took = stand_took (stand, 1);
  g_assert_cmpint ((gint64)size, ==, json_object_get_int_member (took, "size"));
  g_assert_cmpstr (bad, !=, json_object_get_string_member (took, "sha256"));
  stand_disconnect (stand);
  stand_connect (stand);
  g_autofree char *good = stand_fetch (stand, path.folder, path.name, NULL, NULL);
  g_assert_cmpstr (good, ==, json_object_get_string_member (took, "sha256"));

  stand_tell (stand, "corrupt card");
  stand_tell (stand, "press");
  g_autoptr (JsonObject) damaged = stand_took (stand, 2);
  g_assert_true (json_object_get_boolean_member (damaged, "damaged"));
  stand_free (stand);
}

/* The library gives up after 2.5 s; the connection is not to be trusted after that, a new one is. */
static void test_stall (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  CameraFilePath path;

  stand_tell (stand, "stall 4000");
  g_autofree char *value = stand_get (stand, "iso");
  g_assert_null (value);
  stand_disconnect (stand);
  check_whole (stand);
  stand_tell (stand, "stall 300 at GetObjectInfo");
  g_assert_cmpint (capture (stand, &path), ==, GP_OK);
  stand_free (stand);
}

static void test_lost_event (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  g_autoptr (GPtrArray) paths = NULL, names = NULL;

  stand_tell (stand, "lost-event 1");
  stand_tell (stand, "press");
  stand_tell (stand, "press");
  paths = stand_announced (stand, 1);
  g_autoptr (JsonObject) second = stand_took (stand, 2);
  g_assert_true (g_str_has_suffix (paths->pdata[0], json_object_get_string_member (second, "file")));
  names = stand_list (stand, stand_dcim (stand));
  g_assert_cmpuint (names->len, ==, 2);
  stand_free (stand);
}

static void test_late_and_double (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  CameraFilePath path;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (GPtrArray) paths = NULL;

  stand_tell (stand, "late-event 1200");
  g_assert_cmpint (capture (stand, &path), ==, GP_OK);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, 1200 * 1000);
  stand_drain (stand);
  stand_tell (stand, "dup-event");
  stand_tell (stand, "press");
  paths = stand_announced (stand, 2);
  g_assert_cmpuint (paths->len, ==, 2);
  g_assert_cmpstr (paths->pdata[0], ==, paths->pdata[1]);
  stand_free (stand);
}

static void test_stale (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  CameraFilePath first, second;

  g_assert_cmpint (capture (stand, &first), ==, GP_OK);
  stand_drain (stand);
  stand_tell (stand, "stale");
  g_assert_cmpint (capture (stand, &second), ==, GP_OK);
  g_assert_cmpstr (first.name, !=, second.name);
  g_autofree char *a = stand_fetch (stand, first.folder, first.name, NULL, NULL);
  g_autofree char *b = stand_fetch (stand, second.folder, second.name, NULL, NULL);
  g_assert_cmpstr (a, ==, b);
  g_autoptr (JsonObject) took = stand_took (stand, 2);
  g_assert_true (json_object_get_boolean_member (took, "stale"));
  stand_free (stand);
}

static char *exif_of (Stand *stand, const CameraFilePath *path, ExifIfd ifd, int tag)
{
  CameraFile *file;
  const char *data;
  unsigned long size;
  char text[128] = "";

  gp_file_new (&file);
  g_assert_cmpint (
      gp_camera_file_get (stand->camera, path->folder, path->name, GP_FILE_TYPE_NORMAL, file, stand->context), ==,
      GP_OK);
  gp_file_get_data_and_size (file, &data, &size);
  ExifData *exif = exif_data_new_from_data ((const guint8 *)data, (unsigned)size);
  ExifEntry *entry = exif_content_get_entry (exif->ifd[ifd], (ExifTag)tag);
  if (entry != NULL)
    g_strlcpy (text, (const char *)entry->data, MIN (sizeof text, entry->size + 1));
  exif_data_unref (exif);
  gp_file_unref (file);
  return g_strdup (text);
}

/* "2026:06:01 10:11:12" as seconds of a naive clock. */
static gint64 naive (const char *exif)
{
  int y, mo, d, h, mi, s;
  g_assert_cmpint (sscanf (exif, "%4d:%2d:%2d %2d:%2d:%2d", &y, &mo, &d, &h, &mi, &s), ==, 6);
  g_autoptr (GDateTime) time = g_date_time_new_utc (y, mo, d, h, mi, s);
  return g_date_time_to_unix (time);
}

static gint64 ledger_time (JsonObject *took)
{
  g_autofree char *text = g_strndup (json_object_get_string_member (took, "time"), 19);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);
  return g_date_time_to_unix (time);
}

static void test_wrong_exif (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  CameraFilePath path;

  g_assert_cmpint (capture (stand, &path), ==, GP_OK);
  g_autoptr (JsonObject) right = stand_took (stand, 1);
  g_autofree char *time = exif_of (stand, &path, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL);
  g_autofree char *serial = exif_of (stand, &path, EXIF_IFD_EXIF, 0xA431);
  g_assert_cmpint (naive (time), ==, ledger_time (right));
  g_assert_cmpstr (serial, ==, stand->serial);

  stand_drain (stand);
  stand_tell (stand, "wrong-time -7200");
  stand_tell (stand, "wrong-serial 77");
  g_assert_cmpint (capture (stand, &path), ==, GP_OK);
  g_autoptr (JsonObject) wrong = stand_took (stand, 2);
  g_autofree char *other = exif_of (stand, &path, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL);
  g_autofree char *alien = exif_of (stand, &path, EXIF_IFD_EXIF, 0xA431);
  g_assert_cmpint (naive (other), ==, ledger_time (wrong) - 7200);
  g_assert_cmpstr (alien, ==, "77");
  stand_free (stand);
}

static void test_foreign_and_swap (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  g_autoptr (GPtrArray) paths = NULL, foreign = NULL, names = NULL;

  stand_tell (stand, "foreign");
  paths = stand_announced (stand, 1);
  foreign = stand_ledger (stand, "foreign");
  g_assert_cmpuint (foreign->len, ==, 1);
  g_assert_true (g_str_has_suffix (paths->pdata[0], json_object_get_string_member (foreign->pdata[0], "file")));
  g_assert_cmpuint (shots (stand), ==, 0);
  stand_tell (stand, "swap-card");
  names = stand_list (stand, stand_dcim (stand));
  g_assert_cmpuint (names->len, ==, 0);
  stand_free (stand);
}

static void test_planned (gconstpointer model)
{
  Stand *stand = ready_for_card (model);
  g_autoptr (GPtrArray) faults = NULL;

  stand_tell (stand, "at 2 wrong-serial 88");
  stand_tell (stand, "in 0 press");
  check_whole (stand);
  g_assert_cmpuint (shots (stand), ==, 2);
  faults = stand_ledger (stand, "fault");
  g_assert_cmpuint (faults->len, ==, 1);
  g_assert_cmpstr (json_object_get_string_member (faults->pdata[0], "what"), ==, "wrong-serial 88");
  stand_free (stand);
}

/* Bytes nobody should send: the connection that sent them is dropped, the camera goes on. */
static void test_nonsense (gconstpointer model)
{
  static const struct {
    const char *bytes;
    gsize length;
  } rows[] = {
      {"GET / HTTP/1.0\r\n\r\n", 18},
      {"\0\0\0\0\0\0\0\0", 8},
      {"\x08\0\0\0\x06\0\0\0\x08\0\0\0\x07\0\0\0", 16},
      {"\x09\0\0\0\x03\0\0\0\x01", 9},
      {"\xff\xff\xff\x7f\x01\0\0\0", 8},
  };
  Stand *stand = stand_new (model, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GSocketClient) client = g_socket_client_new ();
    g_autoptr (GError) error = NULL;
    g_autoptr (GSocketConnection) wire =
        g_socket_client_connect_to_host (client, "127.0.0.1", (guint16)stand->port, NULL, &error);
    g_assert_no_error (error);
    g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (wire)), rows[i].bytes, rows[i].length, NULL,
                               NULL, &error);
    g_assert_no_error (error);
    g_autoptr (JsonObject) status = stand_status (stand);
    g_assert_false (json_object_get_boolean_member (status, "connected"));
  }
  check_whole (stand);
  stand_free (stand);
}

static void test_refused_lines (gconstpointer model)
{
  static const char *const lines[] = {
      "",         "no-such-command",     "press burst", "press burst 0", "busy",     "busy -1",    "fps 0",
      "stall",    "stall 10 at Nothing", "truncate",    "battery 101",   "number 0", "at 0 press", "in x press",
      "unplug 0", "raw maybe",           "clock x"};
  Stand *stand = stand_new (model, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *answer = stand_ask (stand, lines[i]);
    g_test_message ("%s → %s", lines[i], answer);
    g_assert_true (g_str_has_prefix (answer, "error "));
    g_assert_cmpuint (strlen (answer), >, strlen ("error x"));
  }
  g_autofree char *help = stand_ask (stand, "help");
  g_assert_nonnull (strstr (help, "lost-event"));
  stand_free (stand);
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    GTestDataFunc run;
  } tests[] = {
      {"busy", test_busy},
      {"af-fail", test_af_fail},
      {"card-full", test_card_full},
      {"battery", test_battery},
      {"drop", test_drop},
      {"drop-download", test_drop_download},
      {"drop-while-exposing", test_drop_while_exposing},
      {"unplug", test_unplug},
      {"truncate", test_truncate},
      {"corrupt", test_corrupt},
      {"stall", test_stall},
      {"lost-event", test_lost_event},
      {"late-and-double", test_late_and_double},
      {"stale", test_stale},
      {"wrong-exif", test_wrong_exif},
      {"foreign-and-swap", test_foreign_and_swap},
      {"planned", test_planned},
      {"nonsense", test_nonsense},
      {"refused-lines", test_refused_lines},
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
  int failed = g_test_run ();
  stand_remove (home);
  return failed;
}
