/* What the host says, turned into the camera's signals and state. See camera.h; main thread. Types and form were
 * checked by the channel, values are checked here. */
#include "capture/cameraprivate.h"

static LanmuTrouble known_trouble (guint32 number)
{
  return number <= LANMU_TROUBLE_OTHER ? (LanmuTrouble) number : LANMU_TROUBLE_OTHER;
}

static void on_opened (LanmuCamera *self, GVariant *body)
{
  const char *model, *maker, *serial, *port;
  int battery, shots_left;
  gboolean raw_jpeg, jpeg;
  g_variant_get (body, "(&s&s&s&siibb)", &model, &maker, &serial, &port, &battery, &shots_left, &raw_jpeg, &jpeg);
  LanmuCameraInfo *info = lanmu_camera_info_new (model, maker, serial, port);
  info->battery = CLAMP (battery, -1, 100);
  info->shots_left = MAX (shots_left, -1);
  info->raw_jpeg = raw_jpeg;
  info->jpeg = jpeg;
  lanmu_camera_line_opened (self, info);
}

static void on_open_failed (LanmuCamera *self, GVariant *body)
{
  guint32 trouble;
  const char *detail, *port;
  g_variant_get (body, "(u&s&s)", &trouble, &detail, &port);
  lanmu_camera_line_failed (self, known_trouble (trouble), detail, port);
}

static void on_lost (LanmuCamera *self, GVariant *body)
{
  guint32 trouble;
  const char *detail;
  g_variant_get (body, "(u&s)", &trouble, &detail);
  lanmu_camera_line_lost (self, known_trouble (trouble), detail);
}

static void on_status (LanmuCamera *self, GVariant *body)
{
  gboolean idle;
  guint32 trouble;
  const char *detail;
  int battery, shots_left;
  g_variant_get (body, "(bu&sii)", &idle, &trouble, &detail, &battery, &shots_left);
  if (!self->open)
    return;
  self->body_trouble = idle ? known_trouble (trouble) : LANMU_TROUBLE_NONE;
  lanmu_camera_set_health (self, CLAMP (battery, -1, 100), MAX (shots_left, -1));
  lanmu_camera_set_trouble (self, self->body_trouble, detail);
  lanmu_camera_update_state (self);
}

static void on_clock (LanmuCamera *self, GVariant *body)
{
  gint64 camera_us, before_us, after_us;
  g_variant_get (body, "(xxx)", &camera_us, &before_us, &after_us);
  lanmu_camera_emit_clock (self, camera_us, before_us, after_us);
}

static void on_triggered (LanmuCamera *self, GVariant *body)
{
  guint64 tag;
  gint64 before_us, after_us;
  g_variant_get (body, "(txx)", &tag, &before_us, &after_us);
  if (self->shoot_id == 0 || tag != self->shoot_tag)
    return;
  self->shoot_triggered = TRUE;
  lanmu_camera_emit_triggered (self, tag, before_us, after_us);
}

/* A tag that is not the running shoot's is none: a file is never given to a shoot that did not ask for it. */
static void on_announced (LanmuCamera *self, GVariant *body)
{
  guint64 tag, size;
  const char *folder, *name;
  gint64 mtime, boot_us;
  g_variant_get (body, "(t&s&stxx)", &tag, &folder, &name, &size, &mtime, &boot_us);
  g_autoptr (LanmuCameraFile) file = lanmu_camera_file_new (folder, name, size, mtime);
  lanmu_camera_emit_announced (self, self->shoot_id != 0 && tag == self->shoot_tag ? tag : 0, file, boot_us);
}

static void on_piece (LanmuCamera *self, const LanmuMessage *message)
{
  guint64 size;
  g_variant_get (message->body, "(t)", &size);
  lanmu_camera_requests_piece (self, message->id, size);
}

static void on_hello (LanmuCamera *self, GVariant *body)
{
  guint32 version;
  g_variant_get (body, "(u)", &version);
  if (version == LANMU_PROTOCOL_VERSION)
    return;
  lanmu_host_process_kill (self->host);
  lanmu_camera_line_host_ended (self, LANMU_TROUBLE_CRASHED, "lanmu-camera is of another version");
}

static void on_message (LanmuHostProcess *process, const LanmuMessage *message, gpointer data)
{
  LanmuCamera *self = data;
  g_object_ref (self);
  switch (message->type) {
  case LANMU_MESSAGE_HELLO:
    on_hello (self, message->body);
    break;
  case LANMU_MESSAGE_OPENED:
    on_opened (self, message->body);
    break;
  case LANMU_MESSAGE_OPEN_FAILED:
    on_open_failed (self, message->body);
    break;
  case LANMU_MESSAGE_LOST:
    on_lost (self, message->body);
    break;
  case LANMU_MESSAGE_STATUS:
    on_status (self, message->body);
    break;
  case LANMU_MESSAGE_CLOCK:
    on_clock (self, message->body);
    break;
  case LANMU_MESSAGE_TRIGGERED:
    on_triggered (self, message->body);
    break;
  case LANMU_MESSAGE_ANNOUNCED:
    on_announced (self, message->body);
    break;
  case LANMU_MESSAGE_PIECE:
    on_piece (self, message);
    break;
  case LANMU_MESSAGE_BYE:
    if (self->stopping)
      lanmu_camera_line_stopped (self);
    break;
  default:
    if (!lanmu_camera_requests_answer (self, message))
      g_debug ("camera host: an answer (%d) to nothing asked", message->type);
  }
  g_object_unref (self);
}

static void on_frame (LanmuHostProcess *process, LanmuFrame *frame, gpointer data)
{
  LanmuCamera *self = data;
  if (!self->open)
    return;
  g_object_ref (self);
  lanmu_camera_emit_frame (self, frame);
  g_object_unref (self);
}

static void on_ended (LanmuHostProcess *process, LanmuTrouble trouble, const char *detail, gpointer data)
{
  LanmuCamera *self = data;
  g_object_ref (self);
  lanmu_camera_line_host_ended (self, trouble, detail);
  g_object_unref (self);
}

const LanmuHostEvents lanmu_camera_host_events = {.message = on_message, .frame = on_frame, .ended = on_ended};
