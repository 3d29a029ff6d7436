/* LanmuCameraInfo and LanmuCameraSetting: see the header. Pure functions, any thread. */
#include "capture/camerainfo.h"

G_DEFINE_BOXED_TYPE (LanmuCameraInfo, lanmu_camera_info, lanmu_camera_info_copy, lanmu_camera_info_free)

static char *dup_or_empty (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

LanmuCameraInfo *lanmu_camera_info_new (const char *model, const char *maker, const char *serial, const char *port)
{
  LanmuCameraInfo *self = g_new0 (LanmuCameraInfo, 1);
  self->model = dup_or_empty (model);
  self->maker = dup_or_empty (maker);
  self->serial = dup_or_empty (serial);
  self->port = dup_or_empty (port);
  self->battery = -1;
  self->shots_left = -1;
  return self;
}

LanmuCameraInfo *lanmu_camera_info_copy (const LanmuCameraInfo *self)
{
  LanmuCameraInfo *copy = lanmu_camera_info_new (self->model, self->maker, self->serial, self->port);
  copy->battery = self->battery;
  copy->shots_left = self->shots_left;
  copy->raw_jpeg = self->raw_jpeg;
  copy->jpeg = self->jpeg;
  return copy;
}

void lanmu_camera_info_free (LanmuCameraInfo *self)
{
  if (self == NULL)
    return;
  g_free (self->model);
  g_free (self->maker);
  g_free (self->serial);
  g_free (self->port);
  g_free (self);
}

void lanmu_camera_setting_free (LanmuCameraSetting *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->label);
  g_free (self->value);
  g_strfreev (self->choices);
  g_free (self);
}
