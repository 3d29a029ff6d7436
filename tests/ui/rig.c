/* See rig.h. */
#include "tests/ui/rig.h"

#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#define DEADLINE_SECONDS 60

const char *rig_program (const char *name)
{
  const char *path = g_getenv (name);
  g_assert_nonnull (path);
  return path;
}

/* In the child: a test that is killed leaves nothing behind. */
static void die_with_parent (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

/* argv is run in the background. */
static GSubprocess *spawn (const char *const *argv, GSubprocessFlags flags, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  if (name != NULL)
    g_subprocess_launcher_setenv (launcher, name, value, TRUE);
  GSubprocess *process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  return process;
}

int rig_run (const char *const *argv, const char *const *environment, char **out, char **err)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  for (guint i = 0; environment != NULL && environment[i] != NULL; i += 2) {
    if (environment[i + 1] != NULL && *environment[i + 1] != '\0')
      g_subprocess_launcher_setenv (launcher, environment[i], environment[i + 1], TRUE);
    else
      g_subprocess_launcher_unsetenv (launcher, environment[i]);
  }
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, out, err, &error);
  g_assert_no_error (error);
  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                              : -g_subprocess_get_term_sig (process);
}

/* The list that was imported, in its order. */
static void read_numbers (const char *csv, GPtrArray *numbers)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (csv, &text, NULL, NULL));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i] != NULL; i++)
    if (strchr (lines[i], ',') != NULL)
      g_ptr_array_add (numbers, g_strndup (lines[i], strchr (lines[i], ',') - lines[i]));
}

char *rig_make_campaign (const char *folder, GPtrArray *numbers)
{
  const char *ctl = rig_program ("LANMUCTL");
  g_autofree char *data = g_build_filename (folder, "data", NULL), *csv = g_build_filename (folder, "list.csv", NULL);
  const char *init[] = {ctl,     "--data",    data,      "init", "--campaign", "Test", "--school-code",
                        "10618", "--profile", "diploma", NULL};
  const char *sample[] = {ctl, "sample", csv, NULL};
  const char *import[] = {ctl, "--data", data, "import", csv, NULL};
  g_assert_cmpint (rig_run (init, NULL, NULL, NULL), ==, 0);
  g_assert_cmpint (rig_run (sample, NULL, NULL, NULL), ==, 0);
  g_assert_cmpint (rig_run (import, NULL, NULL, NULL), ==, 0);
  if (numbers != NULL)
    read_numbers (csv, numbers);
  return g_steal_pointer (&data);
}

/* The first line a child prints, waited for. */
static char *first_line (GSubprocess *process)
{
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (stream), FALSE);
  char *line = g_data_input_stream_read_line (stream, NULL, NULL, NULL);
  g_assert_nonnull (line);
  return line;
}

static void start_screen (Rig *rig, const char *size)
{
  g_autofree char *screen = g_strdup_printf ("%sx24", size);
  const char *argv[] = {"Xvfb", "-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp", "-noreset", NULL};
  rig->xvfb = spawn (argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, NULL);
  g_autofree char *number = first_line (rig->xvfb);
  g_autofree char *display = g_strdup_printf (":%s", g_strstrip (number));
  g_setenv ("DISPLAY", display, TRUE);
}

static void connect_control (Rig *rig, guint16 port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  rig->control = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
}

static void start_camera (Rig *rig, const char *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command = g_strdup_printf ("'%s' --port 0 --control 0 --die-with-parent --ledger '%s' %s",
                                              rig_program ("LANMU_SIMCAM"), rig->ledger, options);
  g_auto (GStrv) argv = NULL;
  g_assert_true (g_shell_parse_argv (command, NULL, &argv, &error));
  rig->simcam = spawn ((const char *const *) argv, G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL, NULL);
  g_autofree char *line = first_line (rig->simcam);
  g_autoptr (JsonNode) node = json_from_string (line, &error);
  g_assert_no_error (error);
  rig->spec =
      g_strdup_printf ("ptpip:127.0.0.1:%d", (int) json_object_get_int_member (json_node_get_object (node), "port"));
  connect_control (rig, (guint16) json_object_get_int_member (json_node_get_object (node), "control"));
}

Rig *rig_new (const char *size, const char *simcam_options)
{
  Rig *rig = g_new0 (Rig, 1);
  rig->folder = g_dir_make_tmp ("lanmu-ui-XXXXXX", NULL);
  rig->numbers = g_ptr_array_new_with_free_func (g_free);
  rig->data = rig_make_campaign (rig->folder, rig->numbers);
  rig->state_path = g_build_filename (rig->folder, "state.json", NULL);
  rig->ledger = g_build_filename (rig->folder, "ledger.jsonl", NULL);
  rig->screens = g_build_filename (rig->folder, "screens", NULL);
  start_screen (rig, size);
  start_camera (rig, simcam_options);
  return rig;
}

static void end (GSubprocess **process, int sig)
{
  if (*process == NULL)
    return;
  g_subprocess_send_signal (*process, sig);
  g_subprocess_wait (*process, NULL, NULL);
  g_clear_object (process);
}

void rig_free (Rig *rig)
{
  const char *clean[] = {"rm", "-rf", "--", rig->folder, NULL};
  end (&rig->kiosk, SIGTERM);
  g_clear_object (&rig->control);
  end (&rig->simcam, SIGTERM);
  end (&rig->xvfb, SIGTERM);
  if (!g_test_failed ())
    rig_run (clean, NULL, NULL, NULL);
  g_ptr_array_unref (rig->numbers);
  g_free (rig->folder);
  g_free (rig->data);
  g_free (rig->state_path);
  g_free (rig->ledger);
  g_free (rig->spec);
  g_free (rig->screens);
  g_free (rig);
}

void rig_launch (Rig *rig, const char *options)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *command =
      g_strdup_printf ("'%s' --data '%s' --camera %s %s", rig_program ("LANMU"), rig->data, rig->spec, options);
  g_auto (GStrv) argv = NULL;
  g_assert_true (g_shell_parse_argv (command, NULL, &argv, &error));
  rig->kiosk = spawn ((const char *const *) argv, G_SUBPROCESS_FLAGS_NONE, "LANMU_STATE_FILE", rig->state_path);
  rig_wait (rig, "live_frames", "2");
}

void rig_start (Rig *rig, const char *options)
{
  rig_launch (rig, options);
  rig_wait (rig, "phase", "ready");
}

void rig_staff (Rig *rig, const char *name, const char *role, const char *pin, const char *card)
{
  const char *ctl = rig_program ("LANMUCTL");
  const char *add[] = {ctl, "--data", rig->data, "staff", "add", name, role, NULL};
  const char *give[] = {ctl, "--data", rig->data, "staff", "card", name, card, NULL};
  const char *set[] = {ctl, "--data", rig->data, "staff", "pin", name, NULL};
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (rig_run (add, NULL, NULL, NULL), ==, 0);
  if (card != NULL)
    g_assert_cmpint (rig_run (give, NULL, NULL, NULL), ==, 0);
  if (pin == NULL)
    return;
  g_autofree char *line = g_strdup_printf ("%s\n", pin);
  g_autoptr (GSubprocess) process =
      g_subprocess_newv (set, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (process, line, NULL, NULL, NULL, &error));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

void rig_wait_end (Rig *rig)
{
  g_assert_true (g_subprocess_wait (rig->kiosk, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (rig->kiosk));
  rig->exit_code = g_subprocess_get_exit_status (rig->kiosk);
  g_clear_object (&rig->kiosk);
}

void rig_xdotool (Rig *rig, const char *first, ...)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  va_list list;
  g_ptr_array_add (argv, (char *) "xdotool");
  va_start (list, first);
  for (const char *word = first; word != NULL; word = va_arg (list, const char *))
    g_ptr_array_add (argv, (char *) word);
  va_end (list);
  g_ptr_array_add (argv, NULL);
  g_assert_cmpint (rig_run ((const char *const *) argv->pdata, NULL, NULL, NULL), ==, 0);
}

void rig_key (Rig *rig, const char *key)
{
  rig_xdotool (rig, "key", key, NULL);
}

void rig_type (Rig *rig, const char *text, int pause_ms)
{
  g_autofree char *pause = g_strdup_printf ("%d", pause_ms);
  rig_xdotool (rig, "type", "--delay", pause, text, NULL);
}

void rig_say (Rig *rig, const char *command)
{
  g_autofree char *line = g_strdup_printf ("%s\n", command);
  char answer[512] = "";
  g_assert_true (g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (rig->control)), line,
                                            strlen (line), NULL, NULL, NULL));
  g_assert_cmpint (g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (rig->control)), answer,
                                        sizeof answer - 1, NULL, NULL),
                   >, 0);
  g_test_message ("camera: %s → %s", command, answer);
  g_assert_true (g_str_has_prefix (answer, "ok"));
}

char *rig_get (Rig *rig, const char *member)
{
  g_autofree char *text = NULL;
  if (!g_file_get_contents (rig->state_path, &text, NULL, NULL))
    return g_strdup ("");
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonNode *value = json_object_get_member (json_node_get_object (node), member);
  g_assert_nonnull (value);
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (value));
  return json_to_string (value, FALSE);
}

static gboolean on_poll (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

static void wait_for (Rig *rig, const char *member, const char *value, gboolean equal)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_SECONDS * G_TIME_SPAN_SECOND;
  guint poll = g_timeout_add (15, on_poll, NULL);
  for (;;) {
    g_autofree char *now = rig_get (rig, member);
    if (*now != '\0' && g_str_equal (now, value) == equal)
      break;
    if (g_get_monotonic_time () > deadline) {
      g_autofree char *state = NULL;
      g_file_get_contents (rig->state_path, &state, NULL, NULL);
      g_error ("%s is %s, expected %s%s; state: %s; folder: %s", member, now, equal ? "" : "not ", value,
               state != NULL ? state : "none", rig->folder);
    }
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (poll);
}

void rig_wait (Rig *rig, const char *member, const char *value)
{
  wait_for (rig, member, value, TRUE);
}

void rig_wait_not (Rig *rig, const char *member, const char *value)
{
  wait_for (rig, member, value, FALSE);
}

GPtrArray *rig_ctl (Rig *rig, const char *command)
{
  g_auto (GStrv) words = g_strsplit (command, " ", -1);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autofree char *out = NULL;
  const char *head[] = {rig_program ("LANMUCTL"), "--data", rig->data, "--json"};
  for (gsize i = 0; i < G_N_ELEMENTS (head); i++)
    g_ptr_array_add (argv, (char *) head[i]);
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, words[i]);
  g_ptr_array_add (argv, NULL);
  g_assert_cmpint (rig_run ((const char *const *) argv->pdata, NULL, &out, NULL), ==, 0);

  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_auto (GStrv) lines = g_strsplit (out, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autoptr (JsonNode) node = *lines[i] != '\0' ? json_from_string (lines[i], NULL) : NULL;
    if (node != NULL)
      g_ptr_array_add (objects, json_object_ref (json_node_get_object (node)));
  }
  return objects;
}

const char *rig_number (Rig *rig, guint place)
{
  return g_ptr_array_index (rig->numbers, place);
}

char *rig_student_state (Rig *rig, guint place)
{
  g_autoptr (GPtrArray) students = rig_ctl (rig, "students");
  for (guint i = 0; i < students->len; i++)
    if (g_str_equal (json_object_get_string_member (students->pdata[i], "student_no"), rig_number (rig, place)))
      return g_strdup (json_object_get_string_member (students->pdata[i], "state"));
  g_assert_not_reached ();
}
