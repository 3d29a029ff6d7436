/* What a libgphoto2 return code means here. Pure functions.
 *
 * Why: -1 stands for every vendor code the library does not know, -2 may be a lost line, and only the text given to the
 * context's error function tells them apart. The host never translates those texts (it runs in the C locale).
 */
#pragma once

#include "capture/camera.h"

G_BEGIN_DECLS

typedef struct {
  LanmuTrouble trouble;
  gboolean broken; /* the connection must be closed and opened anew: I/O error or timeout (a late answer would be taken
                      for the next one) */
} LanmuFault;

/* code < 0; said: the library's texts since the call began, one a line, or "". */
LanmuFault lanmu_fault_from_result (int code, const char *said);

G_END_DECLS
