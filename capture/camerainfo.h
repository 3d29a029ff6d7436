/* LanmuCameraInfo: what is known of the body after opening it. Boxed, immutable, any thread. Strings are "" when
 * unknown, numbers -1. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct {
  char *model;       /* "D750" */
  char *maker;       /* "Nikon Corporation" */
  char *serial;      /* body serial as the body says it; "" when it says none */
  char *port;        /* "ptpip:127.0.0.1:15740" or "usb:001,005" */
  int battery;       /* percent, -1 unknown */
  int shots_left;    /* -1 unknown */
  gboolean raw_jpeg; /* quality setting writes RAW + JPEG */
  gboolean jpeg;     /* quality setting writes a JPEG at all */
} LanmuCameraInfo;

#define LANMU_TYPE_CAMERA_INFO (lanmu_camera_info_get_type ())
GType lanmu_camera_info_get_type (void);
/* Strings are copied (NULL counts as ""); battery and shots_left start at -1, raw_jpeg and jpeg at FALSE. */
LanmuCameraInfo *lanmu_camera_info_new (const char *model, const char *maker, const char *serial, const char *port);
LanmuCameraInfo *lanmu_camera_info_copy (const LanmuCameraInfo *self);
void lanmu_camera_info_free (LanmuCameraInfo *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuCameraInfo, lanmu_camera_info_free)

typedef struct {
  char *name;     /* brand-neutral: "iso" */
  char *label;    /* the body's own name of it: "isospeed" */
  char *value;    /* current, untranslated */
  char **choices; /* NULL-terminated, may be empty */
  gboolean readonly;
} LanmuCameraSetting;
void lanmu_camera_setting_free (LanmuCameraSetting *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuCameraSetting, lanmu_camera_setting_free)

G_END_DECLS
