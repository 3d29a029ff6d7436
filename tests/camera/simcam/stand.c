/* See stand.h. */
#include "tests/camera/simcam/stand.h"

#include <glib/gstdio.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>

/* libgphoto2 leaks 66 kB with each connection that is refused, from modules it unloads, so that no suppression can name
 * them. The camera under test is a process of its own and is watched for leaks all the same. */
int __lsan_is_turned_off (void);
int __lsan_is_turned_off (void)
{
  return 1;
}

#define DEADLINE_US (60 * G_USEC_PER_SEC)
#define QUIET_MS    300 /* no event for this long: there is none */

static void on_error (GPContext *context, const char *text, void *data)
{
  Stand *stand = data;
  g_string_append_printf (stand->complaint, "%s\n", text);
}

static char *read_line (GInputStream *stream)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (stream);
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  return line;
}

static void open_control (Stand *stand, int port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;

  stand->control = g_socket_client_connect_to_host (client, "127.0.0.1", (guint16)port, NULL, &error);
  g_assert_no_error (error);
  stand->answers = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (stand->control)));
}

static void launch (Stand *stand, GPtrArray *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *line = NULL;
  JsonObject *said;

  g_ptr_array_add (arguments, NULL);
  stand->process = g_subprocess_newv ((const char *const *)arguments->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  line = read_line (g_subprocess_get_stdout_pipe (stand->process));
  node = json_from_string (line, &error);
  g_assert_no_error (error);
  said = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (said, "event"), ==, "listening");
  stand->port = (int)json_object_get_int_member (said, "port");
  g_free (stand->serial);
  stand->serial = g_strdup (json_object_get_string_member (said, "serial"));
  open_control (stand, (int)json_object_get_int_member (said, "control"));
}

static GPtrArray *common_arguments (Stand *stand)
{
  GPtrArray *arguments = g_ptr_array_new_with_free_func (g_free);
  const char *const fixed[] = {
      g_getenv ("LANMU_SIMCAM"), "--die-with-parent", "--shot-size", "1200x800", "--model", stand->model};

  for (gsize i = 0; i < G_N_ELEMENTS (fixed); i++)
    g_ptr_array_add (arguments, g_strdup (fixed[i]));
  g_ptr_array_add (arguments, g_strdup ("--ledger"));
  g_ptr_array_add (arguments, g_build_filename (stand->folder, "ledger", NULL));
  return arguments;
}

char *stand_private_home (void)
{
  g_autoptr (GError) error = NULL;
  char *home = g_dir_make_tmp ("lanmu-home-XXXXXX", &error);
  g_assert_no_error (error);
  g_setenv ("HOME", home, TRUE);
  return home;
}

Stand *stand_new (const char *model, ...)
{
  Stand *stand = g_new0 (Stand, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) arguments = NULL;
  const char *option;
  va_list options;

  stand->model = model;
  stand->folder = g_dir_make_tmp ("lanmu-stand-XXXXXX", &error);
  g_assert_no_error (error);
  stand->complaint = g_string_new (NULL);
  stand->context = gp_context_new ();
  gp_context_set_error_func (stand->context, on_error, stand);
  arguments = common_arguments (stand);
  va_start (options, model);
  while ((option = va_arg (options, const char *)) != NULL)
    g_ptr_array_add (arguments, g_strdup (option));
  va_end (options);
  launch (stand, arguments);
  return stand;
}

void stand_start (Stand *stand, const char *option, const char *value)
{
  g_autoptr (GPtrArray) arguments = common_arguments (stand);

  if (option != NULL) {
    g_ptr_array_add (arguments, g_strdup (option));
    g_ptr_array_add (arguments, g_strdup (value));
  }
  launch (stand, arguments);
}

void stand_stop (Stand *stand)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&stand->answers);
  g_clear_object (&stand->control);
  g_subprocess_send_signal (stand->process, SIGTERM);
  g_subprocess_wait_check (stand->process, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&stand->process);
}

void stand_remove (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *inner = g_build_filename (path, name, NULL);
    stand_remove (inner);
  }
  g_remove (path);
}

void stand_free (Stand *stand)
{
  stand_disconnect (stand);
  if (stand->process != NULL)
    stand_stop (stand);
  stand_remove (stand->folder);
  gp_context_unref (stand->context);
  g_string_free (stand->complaint, TRUE);
  g_free (stand->folder);
  g_free (stand->serial);
  g_free (stand);
}

/* ——— libgphoto2 ——— */

static CameraAbilitiesList *abilities (GPContext *context)
{
  static CameraAbilitiesList *list;

  if (list == NULL) {
    gp_abilities_list_new (&list);
    gp_abilities_list_load (list, context);
  }
  return list;
}

static void set_port (Stand *stand)
{
  static GPPortInfoList *ports;
  GPPortInfo info;
  g_autofree char *path = g_strdup_printf ("ptpip:127.0.0.1:%d:%d", stand->port, stand->port);

  if (ports == NULL) {
    gp_port_info_list_new (&ports);
    gp_port_info_list_load (ports);
  }
  g_assert_cmpint (gp_port_info_list_get_info (ports, gp_port_info_list_lookup_path (ports, path), &info), ==, GP_OK);
  gp_camera_set_port_info (stand->camera, info);
}

int stand_try_connect (Stand *stand)
{
  CameraAbilities found;
  int model, result;

  g_assert_null (stand->camera);
  g_assert_cmpint (gp_camera_new (&stand->camera), ==, GP_OK);
  model = gp_abilities_list_lookup_model (abilities (stand->context), "PTP/IP Camera");
  g_assert_cmpint (model, >=, 0);
  gp_abilities_list_get_abilities (abilities (stand->context), model, &found);
  gp_camera_set_abilities (stand->camera, found);
  set_port (stand);
  result = gp_camera_init (stand->camera, stand->context);
  if (result != GP_OK)
    stand_disconnect (stand);
  return result;
}

void stand_connect (Stand *stand)
{
  g_assert_cmpint (stand_try_connect (stand), ==, GP_OK);
}

/* libgphoto2 2.5.30 closes descriptor 0 with every PTP/IP connection (jpgfd is never set for other than Fuji bodies):
 * without this, the next socket of ours would be 0, and closed with the connection after. */
static void hold_descriptor_0 (void)
{
  if (fcntl (0, F_GETFD) < 0)
    g_assert_cmpint (open ("/dev/null", O_RDONLY), ==, 0);
}

void stand_disconnect (Stand *stand)
{
  if (stand->camera == NULL)
    return;
  gp_camera_exit (stand->camera, stand->context);
  gp_camera_unref (stand->camera);
  hold_descriptor_0 ();
  stand->camera = NULL;
}

char *stand_get (Stand *stand, const char *name)
{
  CameraWidget *widget = NULL;
  CameraWidgetType type;
  char *text = NULL;

  if (gp_camera_get_single_config (stand->camera, name, &widget, stand->context) != GP_OK)
    return NULL;
  gp_widget_get_type (widget, &type);
  if (type == GP_WIDGET_DATE || type == GP_WIDGET_TOGGLE) {
    int number = 0;
    gp_widget_get_value (widget, &number);
    text = g_strdup_printf ("%d", number);
  } else {
    const char *value = NULL;
    gp_widget_get_value (widget, &value);
    text = g_strdup (value);
  }
  gp_widget_free (widget);
  return text;
}

void stand_set (Stand *stand, const char *name, const char *value)
{
  CameraWidget *widget = NULL;

  g_assert_cmpint (gp_camera_get_single_config (stand->camera, name, &widget, stand->context), ==, GP_OK);
  g_assert_cmpint (gp_widget_set_value (widget, value), ==, GP_OK);
  g_assert_cmpint (gp_camera_set_single_config (stand->camera, name, widget, stand->context), ==, GP_OK);
  gp_widget_free (widget);
}

int stand_set_int (Stand *stand, const char *name, int value)
{
  CameraWidget *widget = NULL;
  int result;

  g_assert_cmpint (gp_camera_get_single_config (stand->camera, name, &widget, stand->context), ==, GP_OK);
  gp_widget_set_value (widget, &value);
  result = gp_camera_set_single_config (stand->camera, name, widget, stand->context);
  gp_widget_free (widget);
  return result;
}

/* By choice, not by word: the words are translated. */
void stand_target_card (Stand *stand, gboolean card)
{
  CameraWidget *widget = NULL;
  const char *choice = NULL;

  g_assert_cmpint (gp_camera_get_single_config (stand->camera, "capturetarget", &widget, stand->context), ==, GP_OK);
  gp_widget_get_choice (widget, card ? 1 : 0, &choice);
  gp_widget_set_value (widget, choice);
  g_assert_cmpint (gp_camera_set_single_config (stand->camera, "capturetarget", widget, stand->context), ==, GP_OK);
  gp_widget_free (widget);
}

char *stand_fetch (Stand *stand, const char *folder, const char *name, gsize *size, int *result)
{
  CameraFile *file = NULL;
  const char *data = NULL;
  unsigned long length = 0;
  char *sha = NULL;
  int got;

  gp_file_new (&file);
  got = gp_camera_file_get (stand->camera, folder, name, GP_FILE_TYPE_NORMAL, file, stand->context);
  if (got == GP_OK) {
    gp_file_get_data_and_size (file, &data, &length);
    sha = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)data, length);
  }
  gp_file_unref (file);
  if (size != NULL)
    *size = length;
  if (result != NULL)
    *result = got;
  else
    g_assert_cmpint (got, ==, GP_OK);
  return sha;
}

GPtrArray *stand_announced (Stand *stand, guint count)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  gint64 end = g_get_monotonic_time () + DEADLINE_US;

  while (paths->len < count && g_get_monotonic_time () < end) {
    CameraEventType type;
    void *data = NULL;
    g_assert_cmpint (gp_camera_wait_for_event (stand->camera, 100, &type, &data, stand->context), ==, GP_OK);
    if (type == GP_EVENT_FILE_ADDED)
      g_ptr_array_add (paths,
                       g_build_filename (((CameraFilePath *)data)->folder, ((CameraFilePath *)data)->name, NULL));
    free (data);
  }
  return paths;
}

void stand_drain (Stand *stand)
{
  CameraEventType type = GP_EVENT_UNKNOWN;

  while (type != GP_EVENT_TIMEOUT) {
    void *data = NULL;
    g_assert_cmpint (gp_camera_wait_for_event (stand->camera, QUIET_MS, &type, &data, stand->context), ==, GP_OK);
    free (data);
  }
}

GPtrArray *stand_list (Stand *stand, const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  CameraList *list = NULL;

  stand_disconnect (stand);
  stand_connect (stand);
  gp_list_new (&list);
  g_assert_cmpint (gp_camera_folder_list_files (stand->camera, folder, list, stand->context), ==, GP_OK);
  for (int i = 0; i < gp_list_count (list); i++) {
    const char *name = NULL;
    gp_list_get_name (list, i, &name);
    g_ptr_array_add (names, g_strdup (name));
  }
  gp_list_free (list);
  return names;
}

const char *stand_dcim (Stand *stand)
{
  return strcmp (stand->model, "nikon") == 0 ? "/store_00010001/DCIM/100NCD75" : "/store_00010001/DCIM/100CANON";
}

/* ——— control port and ledger ——— */

char *stand_ask (Stand *stand, const char *line)
{
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (stand->control));
  g_autofree char *whole = g_strconcat (line, "\n", NULL);
  g_autoptr (GError) error = NULL;
  char *answer;

  g_output_stream_write_all (out, whole, strlen (whole), NULL, NULL, &error);
  g_assert_no_error (error);
  answer = g_data_input_stream_read_line_utf8 (stand->answers, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (answer);
  return answer;
}

void stand_tell (Stand *stand, const char *line)
{
  g_autofree char *answer = stand_ask (stand, line);
  if (!g_str_has_prefix (answer, "ok"))
    g_error ("%s: %s", line, answer);
}

JsonObject *stand_status (Stand *stand)
{
  g_autofree char *answer = stand_ask (stand, "status");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (answer + strlen ("ok "), &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

GPtrArray *stand_ledger (Stand *stand, const char *event)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)json_object_unref);
  g_autofree char *path = g_build_filename (stand->folder, "ledger", NULL), *text = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) node = json_from_string (lines[i], &error);
    g_assert_no_error (error);
    if (strcmp (json_object_get_string_member (json_node_get_object (node), "event"), event) == 0)
      g_ptr_array_add (found, json_object_ref (json_node_get_object (node)));
  }
  return found;
}

JsonObject *stand_took (Stand *stand, guint count)
{
  gint64 end = g_get_monotonic_time () + DEADLINE_US;

  while (g_get_monotonic_time () < end) {
    g_autoptr (JsonObject) status = stand_status (stand);
    if (json_object_get_int_member (status, "pending") == 0 && json_object_get_int_member (status, "shots") >= count) {
      g_autoptr (GPtrArray) took = stand_ledger (stand, "took");
      g_assert_cmpuint (took->len, >=, count);
      return json_object_ref (took->pdata[count - 1]);
    }
  }
  g_error ("the camera did not take %u pictures", count);
}
