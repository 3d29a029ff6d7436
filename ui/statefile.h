/* LanmuStateFile: what the kiosk shows, as one JSON object in the file $LANMU_STATE_FILE, replaced whenever a painted
 * page differs: tests read it instead of guessing from pixels. Nothing personal but the 学号. Main thread. */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

#define LANMU_TYPE_STATE_FILE (lanmu_state_file_get_type ())
G_DECLARE_FINAL_TYPE (LanmuStateFile, lanmu_state_file, LANMU, STATE_FILE, GObject)

/* Keys: phase student_no waiting_student_no camera trouble takes take (index, 0 = none) still (a take is on the screen)
 * prompt prompt_kind finding filling live_frames (0, 1 or 2 = more) width height. */
LanmuStateFile *lanmu_state_file_new (LanmuWindow *window, LanmuStation *station, const char *path);

G_END_DECLS
