/* LanmuFrameLog: how many of the camera's frames reached the screen, and what they cost. Counts from the first frame
 * shown to the moment of asking. Main thread. */
#pragma once

#include "capture/camera.h"
#include "ui/livepicture.h"

G_BEGIN_DECLS

#define LANMU_TYPE_FRAME_LOG (lanmu_frame_log_get_type ())
G_DECLARE_FINAL_TYPE (LanmuFrameLog, lanmu_frame_log, LANMU, FRAME_LOG, GObject)

/* Signal "first": the first frame is on the screen. */
LanmuFrameLog *lanmu_frame_log_new (LanmuCamera *camera, LanmuLivePicture *picture);
gboolean lanmu_frame_log_has_begun (LanmuFrameLog *self);
/* One line of JSON: delivered decoded dropped shown (frames), seconds; processor time: cpu_ms (whole program), of it
 * host_cpu_ms (camera host; of that decode_ms is the JPEG decoder) and look_ms (vision thread); first_frame_ms (since the
 * process started), longest_stall_ms (of the main loop, when ui/stallwatch.h is on). */
char *lanmu_frame_log_to_json (LanmuFrameLog *self);

G_END_DECLS
