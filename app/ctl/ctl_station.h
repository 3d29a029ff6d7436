/* `lanmuctl station`: a station without a screen. One command a line in, one JSON object a line out; answers in the order of the commands, events as they happen.
 *
 * bind NO · code TOKEN · next · shoot · accept · retake · take N · skip · absent · undo · wait [SECONDS] · reconcile · status · quit
 * End of input is quit. Before the camera was ever open, shoot waits for it (FIRST_CAMERA_S at most); later a camera that is away is an error at once. */
#pragma once

#include "db/store.h"

G_BEGIN_DECLS

/* The loop itself, on a store that is open for writing. camera_spec NULL: no camera. Returns the exit code. */
int lanmu_ctl_station_run (LanmuStore *store, const char *camera_spec, const char *operator_name);

G_END_DECLS
