/* What was asked of the camera and is not answered yet: one GTask each, found by the message's id. See camera.h; main
 * thread. */
#include "capture/cameraprivate.h"

#include <errno.h>

typedef struct {
  guint64 id;
  LanmuMessageType answer;
  GTask *task;
  LanmuCameraPiece piece; /* of a fetch that wants them */
  gpointer piece_data;
} Request;

typedef struct {
  guint64 said, got;
} Sizes;

static void request_free (gpointer data)
{
  Request *request = data;
  g_clear_object (&request->task);
  g_free (request);
}

GHashTable *lanmu_camera_requests_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, request_free);
}

static gboolean holds_the_body (const Request *request)
{
  return request->answer == LANMU_MESSAGE_SHOT || request->answer == LANMU_MESSAGE_FETCHED;
}

/* Whether an answer may be had at all; else the task is answered now. */
static gboolean is_served (LanmuCamera *self, GTask *task)
{
  if (self->open && !self->stopping)
    return TRUE;
  LanmuTrouble trouble = self->trouble != LANMU_TROUBLE_NONE ? self->trouble : LANMU_TROUBLE_NO_CAMERA;
  g_task_return_new_error (task, LANMU_CAMERA_ERROR, (int) trouble, "the camera is not there: %s",
                           self->detail[0] != '\0' ? self->detail : "no connection");
  return FALSE;
}

/* Sends; takes task. Returns the request, which is the table's. */
static Request *ask (LanmuCamera *self, GTask *task, LanmuMessageType type, LanmuMessageType answer, GVariant *body,
                    int fd)
{
  Request *request = g_new0 (Request, 1);
  request->id = ++self->last_id;
  request->answer = answer;
  request->task = task;
  g_hash_table_insert (self->requests, &request->id, request);
  self->busy += holds_the_body (request) ? 1 : 0;
  lanmu_host_process_send (self->host, type, request->id, body, fd);
  lanmu_camera_update_state (self);
  return request;
}

/* Out of the table; the caller answers and frees. */
static Request *take (LanmuCamera *self, guint64 id)
{
  Request *request = g_hash_table_lookup (self->requests, &id);
  if (request == NULL)
    return NULL;
  g_hash_table_steal (self->requests, &id);
  self->busy -= holds_the_body (request) ? 1 : 0;
  if (id == self->shoot_id)
    self->shoot_id = 0;
  return request;
}

static GPtrArray *read_files (GVariantIter *iter)
{
  GPtrArray *files = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_camera_file_free);
  const char *folder, *name;
  guint64 size;
  gint64 mtime;
  while (g_variant_iter_next (iter, "(&s&stx)", &folder, &name, &size, &mtime))
    g_ptr_array_add (files, lanmu_camera_file_new (folder, name, size, mtime));
  return files;
}

static GPtrArray *read_settings (GVariantIter *iter)
{
  GPtrArray *settings = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_camera_setting_free);
  char *name, *label, *value, **choices;
  gboolean readonly;
  while (g_variant_iter_next (iter, "(sss^asb)", &name, &label, &value, &choices, &readonly)) {
    LanmuCameraSetting *setting = g_new0 (LanmuCameraSetting, 1);
    *setting = (LanmuCameraSetting){name, label, value, choices, readonly};
    g_ptr_array_add (settings, setting);
  }
  return settings;
}

/* The trouble and words each answer begins with. */
static LanmuTrouble read_outcome (GVariant *body, const char **detail)
{
  guint32 trouble = LANMU_TROUBLE_OTHER;
  g_variant_get_child (body, 0, "u", &trouble);
  g_variant_get_child (body, 1, "&s", detail);
  return trouble <= LANMU_TROUBLE_OTHER ? (LanmuTrouble) trouble : LANMU_TROUBLE_OTHER;
}

static void return_trouble (GTask *task, LanmuTrouble trouble, const char *detail)
{
  g_task_return_new_error (task, LANMU_CAMERA_ERROR, (int) trouble, "%s: %s", lanmu_trouble_to_string (trouble),
                           detail);
}

static void answer_fetch (GTask *task, GVariant *body)
{
  guint32 error_number = 0;
  const char *detail = "";
  Sizes *sizes = g_new0 (Sizes, 1);
  g_variant_get_child (body, 2, "u", &error_number);
  g_variant_get_child (body, 3, "t", &sizes->said);
  g_variant_get_child (body, 4, "t", &sizes->got);
  LanmuTrouble trouble = read_outcome (body, &detail);
  g_task_set_task_data (task, sizes, g_free);
  if (error_number != 0)
    g_task_return_new_error (task, G_IO_ERROR, (int) g_io_error_from_errno ((int) error_number),
                             "cannot write the picture: %s", detail);
  else if (trouble != LANMU_TROUBLE_NONE)
    return_trouble (task, trouble, detail);
  else
    g_task_return_boolean (task, TRUE);
}

static void answer_shoot (GTask *task, GVariant *body)
{
  const char *detail = "";
  gboolean released = TRUE;
  g_variant_get_child (body, 2, "b", &released);
  LanmuTrouble trouble = read_outcome (body, &detail);
  g_task_set_task_data (task, GINT_TO_POINTER (released), NULL);
  if (trouble != LANMU_TROUBLE_NONE)
    return_trouble (task, trouble, detail);
  else
    g_task_return_boolean (task, TRUE);
}

static void answer_array (GTask *task, GVariant *body, GPtrArray *(*read) (GVariantIter *) )
{
  const char *detail = "";
  LanmuTrouble trouble = read_outcome (body, &detail);
  if (trouble != LANMU_TROUBLE_NONE) {
    return_trouble (task, trouble, detail);
    return;
  }
  g_autoptr (GVariant) list = g_variant_get_child_value (body, 2);
  GVariantIter iter;
  g_variant_iter_init (&iter, list);
  g_task_return_pointer (task, read (&iter), (GDestroyNotify) g_ptr_array_unref);
}

static void answer_plain (GTask *task, GVariant *body)
{
  const char *detail = "";
  LanmuTrouble trouble = read_outcome (body, &detail);
  if (trouble != LANMU_TROUBLE_NONE)
    return_trouble (task, trouble, detail);
  else
    g_task_return_boolean (task, TRUE);
}

gboolean lanmu_camera_requests_answer (LanmuCamera *self, const LanmuMessage *message)
{
  Request *waiting = g_hash_table_lookup (self->requests, &message->id);
  if (waiting == NULL || waiting->answer != message->type)
    return FALSE;
  Request *request = take (self, message->id);
  lanmu_camera_update_state (self);
  if (message->type == LANMU_MESSAGE_SHOT)
    answer_shoot (request->task, message->body);
  else if (message->type == LANMU_MESSAGE_FETCHED)
    answer_fetch (request->task, message->body);
  else if (message->type == LANMU_MESSAGE_LISTED)
    answer_array (request->task, message->body, read_files);
  else if (message->type == LANMU_MESSAGE_SETTINGS)
    answer_array (request->task, message->body, read_settings);
  else
    answer_plain (request->task, message->body);
  request_free (request);
  return TRUE;
}

void lanmu_camera_requests_fail (LanmuCamera *self, LanmuTrouble trouble, const char *detail)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (self->requests);
  g_autoptr (GArray) kept = g_array_new (FALSE, FALSE, sizeof (guint64));
  for (GList *l = ids; l != NULL; l = l->next)
    g_array_append_vals (kept, l->data, 1);
  for (guint i = 0; i < kept->len; i++) {
    Request *request = take (self, g_array_index (kept, guint64, i));
    if (request->answer == LANMU_MESSAGE_SHOT)
      g_task_set_task_data (request->task, GINT_TO_POINTER (self->shoot_triggered), NULL);
    return_trouble (request->task, trouble, detail);
    request_free (request);
  }
}

void lanmu_camera_shoot_async (LanmuCamera *self, guint64 tag, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, lanmu_camera_shoot_async);
  if (self->shoot_id != 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "a shoot is running");
  else if (tag == 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "a shoot needs a tag");
  else if (is_served (self, task)) {
    self->shoot_tag = tag;
    self->shoot_triggered = FALSE;
    self->shoot_id = ask (self, task, LANMU_MESSAGE_SHOOT, LANMU_MESSAGE_SHOT, g_variant_new ("(t)", tag), -1)->id;
    return;
  }
  g_object_unref (task);
}

gboolean lanmu_camera_shoot_finish (LanmuCamera *self, GAsyncResult *result, gboolean *released, GError **error)
{
  if (released != NULL)
    *released = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  return g_task_propagate_boolean (G_TASK (result), error);
}

void lanmu_camera_fetch_async (LanmuCamera *self, const LanmuCameraFile *file, int fd, GAsyncReadyCallback callback,
                               gpointer user_data)
{
  lanmu_camera_fetch_pieces_async (self, file, fd, NULL, callback, user_data);
}

void lanmu_camera_requests_piece (LanmuCamera *self, guint64 id, guint64 size)
{
  Request *request = g_hash_table_lookup (self->requests, &id);
  if (request != NULL && request->piece != NULL)
    request->piece (size, request->piece_data);
}

void lanmu_camera_fetch_pieces_async (LanmuCamera *self, const LanmuCameraFile *file, int fd, LanmuCameraPiece piece,
                                      GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, lanmu_camera_fetch_async);
  if (fd < 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "a fetch needs a file to write to");
  else if (is_served (self, task)) {
    Request *request = ask (self, task, LANMU_MESSAGE_FETCH, LANMU_MESSAGE_FETCHED,
                            g_variant_new ("(ss)", file->folder, file->name), fd);
    request->piece = piece;
    request->piece_data = user_data;
    return;
  }
  g_object_unref (task);
}

gboolean lanmu_camera_fetch_finish (LanmuCamera *self, GAsyncResult *result, guint64 *size_said, guint64 *size_got,
                                    GError **error)
{
  const Sizes *sizes = g_task_get_task_data (G_TASK (result));
  if (size_said != NULL)
    *size_said = sizes != NULL ? sizes->said : 0;
  if (size_got != NULL)
    *size_got = sizes != NULL ? sizes->got : 0;
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void ask_simply (LanmuCamera *self, gpointer tag, LanmuMessageType type, LanmuMessageType answer, GVariant *body,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (body);
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, tag);
  if (is_served (self, task))
    ask (self, task, type, answer, owned, -1);
  else
    g_object_unref (task);
}

void lanmu_camera_list_async (LanmuCamera *self, gboolean fresh, GAsyncReadyCallback callback, gpointer user_data)
{
  ask_simply (self, lanmu_camera_list_async, LANMU_MESSAGE_LIST, LANMU_MESSAGE_LISTED, g_variant_new ("(b)", fresh),
              callback, user_data);
}

GPtrArray *lanmu_camera_list_finish (LanmuCamera *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void lanmu_camera_get_settings_async (LanmuCamera *self, GAsyncReadyCallback callback, gpointer user_data)
{
  ask_simply (self, lanmu_camera_get_settings_async, LANMU_MESSAGE_GET_SETTINGS, LANMU_MESSAGE_SETTINGS,
              g_variant_new ("()"), callback, user_data);
}

GPtrArray *lanmu_camera_get_settings_finish (LanmuCamera *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void lanmu_camera_set_setting_async (LanmuCamera *self, const char *name, const char *value,
                                     GAsyncReadyCallback callback, gpointer user_data)
{
  ask_simply (self, lanmu_camera_set_setting_async, LANMU_MESSAGE_SET_SETTING, LANMU_MESSAGE_SET_DONE,
              g_variant_new ("(ss)", name, value), callback, user_data);
}

gboolean lanmu_camera_set_setting_finish (LanmuCamera *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
