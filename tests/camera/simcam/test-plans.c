/* The faults that are planned (by picture, moment, operation, weather) and those that lie: order, size, EXIF, card. */
#include "tests/camera/simcam/stand.h"

#include <signal.h>
#include <string.h>

static Stand *ready (const char *model)
{
  Stand *stand = stand_new (model, "--shot-ms", "20", "--shot-size", "600x400", NULL);
  stand_connect (stand);
  stand_target_card (stand, TRUE);
  stand_drain (stand);
  return stand;
}

static gboolean ends_with (const char *path, JsonObject *took)
{
  return g_str_has_suffix (path, json_object_get_string_member (took, "file"));
}

static void test_reorder (gconstpointer model)
{
  Stand *stand = ready (model);
  g_autoptr (GPtrArray) paths = NULL;

  stand_tell (stand, "reorder-event");
  stand_tell (stand, "press");
  g_autoptr (JsonObject) first = stand_took (stand, 1);
  stand_tell (stand, "press");
  g_autoptr (JsonObject) second = stand_took (stand, 2);
  paths = stand_announced (stand, 2);
  g_assert_cmpuint (paths->len, ==, 2);
  g_assert_true (ends_with (paths->pdata[0], second));
  g_assert_true (ends_with (paths->pdata[1], first));
  stand_free (stand);
}

static void test_wrong_size (gconstpointer model)
{
  Stand *stand = ready (model);
  g_autoptr (GPtrArray) paths = NULL;
  CameraFileInfo info;

  stand_tell (stand, "wrong-size 4096");
  stand_tell (stand, "press");
  paths = stand_announced (stand, 1);
  g_autoptr (JsonObject) took = stand_took (stand, 1);
  g_assert_cmpint (json_object_get_int_member (took, "said_size"), ==,
                   json_object_get_int_member (took, "size") + 4096);
  g_assert_cmpint (gp_camera_file_get_info (stand->camera, stand_dcim (stand),
                                            json_object_get_string_member (took, "file"), &info, stand->context),
                   ==, GP_OK);
  g_assert_cmpint ((gint64) info.file.size, ==, json_object_get_int_member (took, "said_size"));
  stand_free (stand);
}

static void test_storm (gconstpointer model)
{
  Stand *stand = ready (model);

  stand_tell (stand, "storm 60000");
  g_autofree char *nothing = stand_get (stand, "iso");
  stand_tell (stand, "storm 0");
  stand_disconnect (stand);
  stand_connect (stand);
  g_autofree char *iso = stand_get (stand, "iso");
  g_assert_nonnull (iso);
  if (strcmp (model, "nikon") == 0) /* an EOS tells its settings beforehand */
    g_assert_null (nothing);
  stand_free (stand);
}

static void test_on_operation (gconstpointer model)
{
  Stand *stand = ready (model);
  g_autoptr (GPtrArray) paths = NULL, lost = NULL;
  int result;

  stand_tell (stand, "press");
  paths = stand_announced (stand, 1);
  g_autoptr (JsonObject) took = stand_took (stand, 1);
  stand_tell (stand, "on GetObject drop");
  stand_tell (stand, "on GetPartialObject drop");
  g_autofree char *sha =
      stand_fetch (stand, stand_dcim (stand), json_object_get_string_member (took, "file"), NULL, &result);
  g_assert_null (sha);
  g_assert_cmpint (result, <, GP_OK);
  g_autoptr (JsonObject) status = stand_status (stand); /* answered after the ledger's line is written */
  g_assert_false (json_object_get_boolean_member (status, "connected"));
  lost = stand_ledger (stand, "disconnected");
  g_assert_cmpuint (lost->len, ==, 1);
  stand_free (stand);
}

static void test_other_card (gconstpointer model)
{
  Stand *stand = ready (model);
  g_autoptr (GPtrArray) names = NULL, folders = NULL;
  CameraFileInfo info;

  stand_tell (stand, "swap-card 30");
  names = stand_list (stand, stand_dcim (stand));
  g_assert_cmpuint (names->len, ==, 30);
  g_assert_cmpint (gp_camera_file_get_info (stand->camera, stand_dcim (stand), names->pdata[0], &info, stand->context),
                   ==, GP_OK);
  g_assert_cmpint ((gint64) info.file.mtime, <, g_get_real_time () / G_USEC_PER_SEC - 30 * 86400);
  stand_tell (stand, "folder");
  stand_tell (stand, "press");
  g_autoptr (JsonObject) took = stand_took (stand, 1);
  g_assert_nonnull (strstr (json_object_get_string_member (took, "folder"), "/101"));
  g_assert_cmpint (json_object_get_int_member (took, "number"), ==, 31);
  stand_free (stand);
}

/* The same seed brings the same weather; each fault is in the ledger. */
static char *faults_of (const char *model, const char *seed)
{
  g_autofree char *line = g_strdup_printf ("weather 100 %s", seed);
  Stand *stand = stand_new (model, "--shot-ms", "5", "--shot-size", "300x200", "--fault", line, NULL);
  GString *all = g_string_new (NULL);
  g_autoptr (GPtrArray) faults = NULL;

  for (int i = 0; i < 6; i++) {
    g_autofree char *answer = stand_ask (stand, "press"); /* may find no focus, by the weather */
    g_assert_nonnull (answer);
  }
  stand_tell (stand, "weather 0");
  faults = stand_ledger (stand, "fault");
  for (guint i = 0; i < faults->len; i++)
    g_string_append_printf (all, "%s;", json_object_get_string_member (faults->pdata[i], "what"));
  stand_free (stand);
  return g_string_free (all, FALSE);
}

static void test_weather (gconstpointer model)
{
  g_autofree char *once = faults_of (model, "7"), *again = faults_of (model, "7"), *other = faults_of (model, "8");
  g_test_message ("%s", once);
  g_assert_cmpuint (strlen (once), >, 20);
  g_assert_true (g_str_has_prefix (once, again) || g_str_has_prefix (again, once));
  g_assert_cmpstr (once, !=, other);
}

static void test_refused_plans (gconstpointer model)
{
  static const char *const lines[] = {
      "on Nothing drop", "on GetObject", "after 0 drop",     "weather 101 1", "weather 10", "wrong-size much",
      "storm",           "bandwidth -1", "swap-card 100000", "no-serial",     "at"};
  Stand *stand = stand_new (model, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *answer = stand_ask (stand, lines[i]);
    g_test_message ("%s → %s", lines[i], answer);
    g_assert_true (g_str_has_prefix (answer, "error "));
  }
  stand_free (stand);
}

int main (int argc, char **argv)
{
  static const struct {
    const char *name;
    GTestDataFunc run;
  } tests[] = {
      {"reorder", test_reorder},
      {"wrong-size", test_wrong_size},
      {"storm", test_storm},
      {"on-operation", test_on_operation},
      {"other-card", test_other_card},
      {"weather", test_weather},
      {"refused-plans", test_refused_plans},
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
