/* lanmuctl camera list|probe|settings|files: looks at the camera through the same host process a station uses. Needs no
 * campaign. */
#include "app/ctl/card.h"

#include <string.h>

#include "app/sentence.h"
#include "capture/camera.h"
#include "capture/usbwatch.h"

#define OPEN_S 20 /* a body that was just switched on answers within this */

typedef struct {
  LanmuCtl *ctl;
  GMainLoop *loop;
  LanmuCamera *camera;
  char **arguments; /* settings: NAME=VALUE … */
  guint deadline;
  gboolean opened, gave_up;
  GPtrArray *files; /* of read_card */
  GError *error;
} Session;

/* -- opening and closing -- */

static void on_opened (LanmuCamera *camera, const LanmuCameraInfo *info, Session *session)
{
  session->opened = TRUE;
  g_main_loop_quit (session->loop);
}

static gboolean is_final (LanmuTrouble trouble)
{
  return trouble == LANMU_TROUBLE_NO_CAMERA || trouble == LANMU_TROUBLE_SEVERAL_CAMERAS ||
         trouble == LANMU_TROUBLE_OTHER_BODY || trouble == LANMU_TROUBLE_CLAIMED;
}

static void on_trouble (LanmuCamera *camera, GParamSpec *pspec, Session *session)
{
  if (session->opened || !is_final (lanmu_camera_get_trouble (camera)))
    return;
  session->gave_up = TRUE;
  g_main_loop_quit (session->loop);
}

static gboolean on_deadline (gpointer data)
{
  Session *session = data;
  session->deadline = 0;
  session->gave_up = TRUE;
  g_main_loop_quit (session->loop);
  return G_SOURCE_REMOVE;
}

static void take_trouble (Session *session)
{
  LanmuTrouble trouble = lanmu_camera_get_trouble (session->camera);
  g_autofree char *detail = NULL;
  if (trouble == LANMU_TROUBLE_NONE)
    trouble = LANMU_TROUBLE_TIMEOUT;
  g_object_get (session->camera, "trouble-detail", &detail, NULL);
  gboolean known = detail != NULL && *detail != '\0';
  session->error =
      g_error_new (LANMU_CAMERA_ERROR, (int) trouble, "%s%s%s%s", lanmu_sentence_for_trouble ((int) trouble),
                   known ? " (" : "", known ? detail : "", known ? ")" : "");
}

static gboolean open_camera (Session *session)
{
  g_autofree char *home = g_build_filename (g_get_user_cache_dir (), "lanmu", "camera-home", NULL);
  g_mkdir_with_parents (home, 0700);
  session->loop = g_main_loop_new (NULL, FALSE);
  session->camera = lanmu_camera_new (session->ctl->camera, NULL, home);
  lanmu_camera_set_live (session->camera, FALSE);
  g_signal_connect (session->camera, "opened", G_CALLBACK (on_opened), session);
  g_signal_connect (session->camera, "notify::trouble", G_CALLBACK (on_trouble), session);
  session->deadline = g_timeout_add_seconds (OPEN_S, on_deadline, session);
  lanmu_camera_start (session->camera);
  if (!session->opened && !session->gave_up)
    g_main_loop_run (session->loop);
  g_clear_handle_id (&session->deadline, g_source_remove);
  if (!session->opened)
    take_trouble (session);
  return session->opened;
}

static void on_stopped (GObject *camera, GAsyncResult *result, gpointer data)
{
  Session *session = data;
  lanmu_camera_stop_finish (LANMU_CAMERA (camera), result, NULL);
  g_main_loop_quit (session->loop);
}

static void close_camera (Session *session)
{
  g_signal_handlers_disconnect_by_data (session->camera, session);
  lanmu_camera_stop_async (session->camera, on_stopped, session);
  g_main_loop_run (session->loop);
  g_clear_object (&session->camera);
  g_main_loop_unref (session->loop);
}

/* -- the words -- */

static void probe (Session *session)
{
  const LanmuCameraInfo *info = lanmu_camera_get_info (session->camera);
  if (!session->ctl->json) {
    lanmu_ctl_print ("%s %s\t#%s\t%s\t%d %%\t%d\n", info->maker, info->model, info->serial, info->port, info->battery,
                     info->shots_left);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "model", info->model);
  lanmu_ctl_json_string (builder, "maker", info->maker);
  lanmu_ctl_json_string (builder, "serial", info->serial);
  lanmu_ctl_json_string (builder, "port", info->port);
  lanmu_ctl_json_int (builder, "battery", info->battery);
  lanmu_ctl_json_int (builder, "shots_left", info->shots_left);
  lanmu_ctl_json_bool (builder, "jpeg", info->jpeg);
  lanmu_ctl_json_bool (builder, "raw_jpeg", info->raw_jpeg);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void print_setting (LanmuCtl *ctl, const LanmuCameraSetting *setting)
{
  g_autofree char *choices = setting->choices != NULL ? g_strjoinv (" | ", setting->choices) : g_strdup ("");
  if (!ctl->json) {
    lanmu_ctl_print ("%s\t%s\t%s%s\n", setting->name, setting->value, setting->readonly ? _ ("read-only ") : "",
                     choices);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "name", setting->name);
  lanmu_ctl_json_string (builder, "label", setting->label);
  lanmu_ctl_json_string (builder, "value", setting->value);
  lanmu_ctl_json_bool (builder, "readonly", setting->readonly);
  json_builder_set_member_name (builder, "choices");
  json_builder_begin_array (builder);
  for (char **choice = setting->choices; choice != NULL && *choice != NULL; choice++)
    json_builder_add_string_value (builder, *choice);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void on_settings (GObject *camera, GAsyncResult *result, gpointer data)
{
  Session *session = data;
  g_autoptr (GPtrArray) settings = lanmu_camera_get_settings_finish (LANMU_CAMERA (camera), result, &session->error);
  for (guint i = 0; settings != NULL && i < settings->len; i++)
    print_setting (session->ctl, g_ptr_array_index (settings, i));
  g_main_loop_quit (session->loop);
}

static void set_next (Session *session);

static void on_set (GObject *camera, GAsyncResult *result, gpointer data)
{
  Session *session = data;
  if (lanmu_camera_set_setting_finish (LANMU_CAMERA (camera), result, &session->error))
    set_next (session);
  else
    g_main_loop_quit (session->loop);
}

/* Sets what was asked for, one after the other, then lists what the body has now. */
static void set_next (Session *session)
{
  if (*session->arguments == NULL) {
    lanmu_camera_get_settings_async (session->camera, on_settings, session);
    return;
  }
  g_auto (GStrv) pair = g_strsplit (*session->arguments++, "=", 2);
  lanmu_camera_set_setting_async (session->camera, pair[0], pair[1], on_set, session);
}

static void on_files (GObject *camera, GAsyncResult *result, gpointer data)
{
  Session *session = data;
  g_autoptr (GPtrArray) files = lanmu_camera_list_finish (LANMU_CAMERA (camera), result, &session->error);
  for (guint i = 0; files != NULL && i < files->len; i++) {
    const LanmuCameraFile *file = g_ptr_array_index (files, i);
    if (!session->ctl->json) {
      lanmu_ctl_print ("%s/%s\t%" G_GUINT64_FORMAT "\n", file->folder, file->name, file->size);
      continue;
    }
    g_autoptr (JsonBuilder) builder = json_builder_new ();
    json_builder_begin_object (builder);
    lanmu_ctl_json_string (builder, "folder", file->folder);
    lanmu_ctl_json_string (builder, "name", file->name);
    lanmu_ctl_json_int (builder, "size", (gint64) file->size);
    json_builder_end_object (builder);
    lanmu_ctl_print_json (builder);
  }
  g_main_loop_quit (session->loop);
}

static void ignore_plug (const char *port, gboolean plugged, gpointer data)
{
}

/* What is plugged in; nothing is opened, so a station may be using it. */
static int list (LanmuCtl *ctl)
{
  LanmuUsbWatch *watch = lanmu_usb_watch_new (ignore_plug, NULL);
  g_autoptr (GPtrArray) ports = lanmu_usb_watch_list (watch);
  for (guint i = 0; i < ports->len; i++) {
    const char *port = g_ptr_array_index (ports, i);
    if (ctl->json)
      lanmu_ctl_print ("{\"port\":\"%s\"}\n", port);
    else
      lanmu_ctl_print ("%s\n", port);
  }
  gboolean none = ports->len == 0;
  lanmu_usb_watch_free (watch);
  if (none && !ctl->json)
    lanmu_ctl_print ("%s\n", _ ("No camera is plugged in by USB."));
  return LANMU_CTL_DONE;
}

static void on_card (GObject *camera, GAsyncResult *result, gpointer data)
{
  Session *session = data;
  session->files = lanmu_camera_list_finish (LANMU_CAMERA (camera), result, &session->error);
  g_main_loop_quit (session->loop);
}

GPtrArray *lanmu_ctl_read_card (LanmuCtl *ctl, char **serial, int *code)
{
  Session session = {.ctl = ctl};
  if (open_camera (&session)) {
    lanmu_camera_list_async (session.camera, TRUE, on_card, &session);
    g_main_loop_run (session.loop);
    *serial = g_strdup (lanmu_camera_get_info (session.camera)->serial);
  }
  close_camera (&session);
  if (session.error != NULL)
    *code = lanmu_ctl_fail (ctl, session.error);
  g_clear_error (&session.error);
  return session.files;
}

static int run (LanmuCtl *ctl, const char *word, char **arguments)
{
  Session session = {.ctl = ctl, .arguments = arguments};
  if (open_camera (&session)) {
    if (g_str_equal (word, "probe")) {
      probe (&session);
    } else if (g_str_equal (word, "files")) {
      lanmu_camera_list_async (session.camera, TRUE, on_files, &session);
      g_main_loop_run (session.loop);
    } else {
      set_next (&session);
      g_main_loop_run (session.loop);
    }
  }
  close_camera (&session);
  if (session.error == NULL)
    return LANMU_CTL_DONE;
  int code = lanmu_ctl_fail (ctl, session.error);
  g_clear_error (&session.error);
  return code;
}

int lanmu_ctl_camera (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL;
  if (!lanmu_ctl_parse (ctl, argc, argv, NULL, 1, 64, &rest, &code))
    return code;
  gboolean settings = g_str_equal (rest[0], "settings");
  if (!settings && rest[1] != NULL)
    return lanmu_ctl_misuse (ctl, "camera", _ ("“%s” is one argument too many."), rest[1]);
  for (char **pair = rest + 1; settings && *pair != NULL; pair++)
    if (strchr (*pair, '=') == NULL || **pair == '=')
      return lanmu_ctl_misuse (ctl, "camera", _ ("“%s” is no NAME=VALUE."), *pair);
  if (g_str_equal (rest[0], "list"))
    return list (ctl);
  if (settings || g_str_equal (rest[0], "probe") || g_str_equal (rest[0], "files"))
    return run (ctl, rest[0], rest + 1);
  return lanmu_ctl_misuse (ctl, "camera", _ ("“%s” is none of list, probe, settings, files."), rest[0]);
}
