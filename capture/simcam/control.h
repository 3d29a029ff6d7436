/* SimControl: the control port: text lines on 127.0.0.1, each answered by one line "ok …" or "error SENTENCE". Several
 * clients at a time. */
#pragma once

#include "capture/simcam/rig.h"

G_BEGIN_DECLS

typedef struct SimControl SimControl;

SimControl *sim_control_new (SimRig *rig, int port, GError **error); /* port 0: any free one */
void sim_control_free (SimControl *control);
int sim_control_port (SimControl *control);

G_END_DECLS
