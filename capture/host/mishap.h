/* A mishap on purpose, for tests: the host crashes or hangs inside a chosen call of the library.
 *
 * Why: libgphoto2 does both, on its own terms (CAMERA.md Q20). $LANMU_CAMERA_MISHAP names a file; when it holds "crash
 * OP" or "hang OP" (the names of deadlines.h, or "piece": in the middle of a download) and such a call begins, the file
 * is removed and the process ends by SIGSEGV, or answers no more. Without the variable nothing is ever looked at.
 */
#pragma once

#include "capture/deadlines.h"

G_BEGIN_DECLS

void lanmu_mishap_begin (LanmuOp op); /* a call begins */
void lanmu_mishap_piece (void);       /* a piece of a download is here */

G_END_DECLS
