/* Starting: what is refused, with which sentence and exit code, and that nothing was changed. And the autopilot from
 * start to end. */
#include "tests/ui/rig.h"

#include <string.h>
#include <sys/stat.h>

static const char *const NO_DISPLAY[] = {"DISPLAY", "",  "WAYLAND_DISPLAY", "", "LC_ALL", "en_US.UTF-8", "LANGUAGE", "",
                                         NULL,      NULL};

static char *checksum (const char *data)
{
  g_autofree char *path = g_build_filename (data, "lanmu.db", NULL), *bytes = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, size);
}

/* Runs the kiosk without a display; it must say one line that holds `words`. */
static void assert_refused (const char *options, int exit_code, const char *words)
{
  g_autofree char *command = g_strdup_printf ("'%s' %s", rig_program ("LANMU"), options), *err = NULL;
  g_auto (GStrv) argv = NULL;
  g_assert_true (g_shell_parse_argv (command, NULL, &argv, NULL));
  int code = rig_run ((const char *const *) argv, NO_DISPLAY, NULL, &err);
  g_test_message ("%s → %d %s", options, code, err);
  g_assert_cmpint (code, ==, exit_code);
  g_assert_true (strstr (err, words) != NULL);
  g_assert_true (strchr (err, '\n') == err + strlen (err) - 1);
}

static void test_usage (void)
{
  assert_refused ("--bogus", 2, "--bogus");
  assert_refused ("extra", 2, "extra");
  assert_refused ("--simulate --camera usb", 2, "--simulate");
  assert_refused ("--camera nonsense", 2, "nonsense");
  assert_refused ("--autopilot many", 2, "many");
  assert_refused ("--autopilot -1", 2, "--autopilot");
  assert_refused ("--theme pink", 2, "pink");
  assert_refused ("--language fr", 2, "fr");
}

static void test_version (void)
{
  g_autofree char *out = NULL, *help = NULL;
  const char *version[] = {rig_program ("LANMU"), "--version", NULL},
             *usage[] = {rig_program ("LANMU"), "--help", NULL};
  g_assert_cmpint (rig_run (version, NO_DISPLAY, &out, NULL), ==, 0);
  g_assert_true (g_str_has_prefix (out, "lanmu "));
  g_assert_cmpint (rig_run (usage, NO_DISPLAY, &help, NULL), ==, 0);
  g_assert_true (strstr (help, "--autopilot") != NULL);
}

/* No locale at all is Chinese, an English one English, and --language wins. */
static void test_language (void)
{
  g_autofree char *chinese = NULL, *english = NULL, *wished = NULL;
  const char *usage[] = {rig_program ("LANMU"), "--help", NULL},
             *wish[] = {rig_program ("LANMU"), "--language", "zh_CN", "--help", NULL};
  const char *none[] = {"LC_ALL", "C", "LANGUAGE", "", "LANG", "", NULL, NULL};
  g_assert_cmpint (rig_run (usage, none, &chinese, NULL), ==, 0);
  g_assert_true (strstr (chinese, "学历证书") != NULL);
  g_assert_cmpint (rig_run (usage, NO_DISPLAY, &english, NULL), ==, 0);
  g_assert_true (strstr (english, "diploma") != NULL);
  g_assert_cmpint (rig_run (wish, NO_DISPLAY, &wished, NULL), ==, 0);
  g_assert_cmpstr (wished, ==, chinese);
}

static void test_folder (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanmu-ui-XXXXXX", NULL), *data = rig_make_campaign (folder, NULL);
  g_autofree char *missing = g_strdup_printf ("--data '%s/none'", folder),
                  *file = g_strdup_printf ("--data '%s/list.csv'", folder);
  g_autofree char *good = g_strdup_printf ("--data '%s'", data), *database = g_build_filename (data, "lanmu.db", NULL);
  g_autofree char *noise = g_strnfill (8192, 'x'), *before = NULL, *after = NULL,
                  *path = g_strdup_printf ("%s/none", folder);
  const char *clean[] = {"rm", "-rf", "--", folder, NULL};

  assert_refused (missing, 1, "lanmuctl init");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  assert_refused (file, 1, "list.csv");
  before = checksum (data);
  assert_refused (good, 1, "display"); /* all is well but the display */
  after = checksum (data);
  g_assert_cmpstr (before, ==, after);
  g_assert_true (g_file_set_contents (database, noise, 8192, NULL));
  assert_refused (good, 1, "lanmu.db");
  g_clear_pointer (&after, g_free);
  after = checksum (data);
  g_clear_pointer (&before, g_free);
  before = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) noise, 8192);
  g_assert_cmpstr (before, ==, after);
  rig_run (clean, NULL, NULL, NULL);
}

/* A second station on the same folder says who has it, and the first goes on. */
static void test_in_use (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  g_autofree char *options = g_strdup_printf ("--data '%s' --autopilot 1", rig->data);
  rig_start (rig, "");
  assert_refused (options, 1, "in use");
  rig_key (rig, "space");
  rig_wait (rig, "phase", "review");
}

/* With a display the reason is a page, Ctrl+Q leaves it, and the exit code still tells. */
static void test_refusal_page (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  g_autofree char *command = g_strdup_printf ("%s --data %s/none", rig_program ("LANMU"), rig->folder);
  g_auto (GStrv) argv = g_strsplit (command, " ", -1);
  rig->kiosk = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  g_assert_nonnull (rig->kiosk);
  rig_xdotool (rig, "search", "--sync", "--onlyvisible", "--name", ".", NULL);
  rig_key (rig, "ctrl+q");
  rig_wait_end (rig);
  g_assert_cmpint (rig->exit_code, ==, 1);
}

static void test_autopilot (void)
{
  g_autoptr (Rig) rig = rig_new ("1920x1080", "");
  g_autofree char *out = NULL, *err = NULL, *review = g_build_filename (rig->screens, "04-review.png", NULL);
  const char *argv[] = {rig_program ("LANMU"), "--data",     rig->data, "--simulate", "--autopilot", "3",
                        "--screens",           rig->screens, NULL};
  g_assert_cmpint (rig_run (argv, NULL, &out, &err), ==, 0);
  g_test_message ("%s%s", out, err);
  g_auto (GStrv) lines = g_strsplit (out, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4); /* three and the end */
  for (guint i = 0; i < 3; i++) {
    g_auto (GStrv) columns = g_strsplit (lines[i], "\t", -1);
    g_assert_cmpuint (g_strv_length (columns), ==, 4);
    g_assert_true (g_file_test (columns[2], G_FILE_TEST_EXISTS));
    g_assert_true (g_str_has_suffix (columns[3], " ms"));
    g_autofree char *state = rig_student_state (rig, i);
    g_assert_cmpstr (state, ==, "accepted");
  }
  g_assert_true (g_file_test (review, G_FILE_TEST_EXISTS));
  g_autoptr (GPtrArray) verified = rig_ctl (rig, "verify");
  g_assert_true (json_object_get_boolean_member (verified->pdata[verified->len - 1], "ok"));
}

/* No camera: the step has a deadline, then one sentence and 1. */
static void test_autopilot_no_camera (void)
{
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  g_autofree char *out = NULL, *err = NULL;
  const char *argv[] = {rig_program ("LANMU"), "--data", rig->data,     "--camera", "ptpip:127.0.0.1:1",
                        "--language",          "en",     "--autopilot", "2",        NULL};
  g_assert_cmpint (rig_run (argv, NULL, &out, &err), ==, 1);
  g_assert_cmpstr (out, ==, "");
  g_assert_true (strstr (err, "lanmu: ") != NULL);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/start/usage", test_usage);
  g_test_add_func ("/start/version", test_version);
  g_test_add_func ("/start/language", test_language);
  g_test_add_func ("/start/folder", test_folder);
  g_test_add_func ("/start/in-use", test_in_use);
  g_test_add_func ("/start/refusal-page", test_refusal_page);
  g_test_add_func ("/start/autopilot", test_autopilot);
  g_test_add_func ("/start/autopilot-no-camera", test_autopilot_no_camera);
  return g_test_run ();
}
