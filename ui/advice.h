/* What went wrong and what to do, in the photographer's words: one sentence each. Keyed by code; translated. Pure, main
 * thread. */
#pragma once

#include "app/station.h"

G_BEGIN_DECLS

typedef struct {
  const char *what; /* "Camera does not answer"; NULL = nothing to say */
  const char *todo; /* "check the cable"; NULL = nothing to do */
} LanmuAdvice;

LanmuAdvice lanmu_advice_for_trouble (LanmuTrouble trouble);
LanmuAdvice lanmu_advice_for_backdrop (LanmuBackdropReason reason);
/* A refused action. Errors that are not the station's own come out by their message. student: 学号 or "" . */
LanmuAdvice lanmu_advice_for_error (const GError *error);
/* One word for a camera's state, for the status bar. */
const char *lanmu_advice_camera_word (LanmuCameraState state);

G_END_DECLS
