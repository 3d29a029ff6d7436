/* Names of the camera's states and troubles, for logs and --json. Pure functions, any thread. */
#include "capture/camera.h"

G_DEFINE_QUARK (lanmu - camera - error - quark, lanmu_camera_error)

const char *lanmu_trouble_to_string (LanmuTrouble trouble)
{
  static const char *const names[] = {
      [LANMU_TROUBLE_NONE] = "none",
      [LANMU_TROUBLE_NO_CAMERA] = "no-camera",
      [LANMU_TROUBLE_SEVERAL_CAMERAS] = "several-cameras",
      [LANMU_TROUBLE_CLAIMED] = "claimed",
      [LANMU_TROUBLE_CABLE] = "cable",
      [LANMU_TROUBLE_TIMEOUT] = "timeout",
      [LANMU_TROUBLE_HUNG] = "hung",
      [LANMU_TROUBLE_CRASHED] = "crashed",
      [LANMU_TROUBLE_BUSY] = "busy",
      [LANMU_TROUBLE_NO_FOCUS] = "no-focus",
      [LANMU_TROUBLE_CARD_FULL] = "card-full",
      [LANMU_TROUBLE_NO_CARD] = "no-card",
      [LANMU_TROUBLE_BATTERY] = "battery",
      [LANMU_TROUBLE_TOO_HOT] = "too-hot",
      [LANMU_TROUBLE_NO_PICTURE] = "no-picture",
      [LANMU_TROUBLE_CARD_CHANGED] = "card-changed",
      [LANMU_TROUBLE_OTHER_BODY] = "other-body",
      [LANMU_TROUBLE_OTHER] = "other",
  };
  return (guint) trouble < G_N_ELEMENTS (names) ? names[trouble] : "other";
}

const char *lanmu_camera_state_to_string (LanmuCameraState state)
{
  static const char *const names[] = {
      [LANMU_CAMERA_STOPPED] = "stopped", [LANMU_CAMERA_SEARCHING] = "searching", [LANMU_CAMERA_OPENING] = "opening",
      [LANMU_CAMERA_LIVE] = "live",       [LANMU_CAMERA_BUSY] = "busy",           [LANMU_CAMERA_LOST] = "lost",
  };
  return (guint) state < G_N_ELEMENTS (names) ? names[state] : "stopped";
}
