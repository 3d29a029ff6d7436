/* LanmuSimcam: the simulated camera that --simulate starts: a child that dies with the kiosk, and the line to its
 * control port. Main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _LanmuSimcam LanmuSimcam;

/* Starts it; $LANMU_SIMCAM names the program, else it lies beside the build tree or in libexec. $LANMU_SIMCAM_OPTIONS:
 * more options for it, as a shell would read them. folder: where its ledger and its memory card lie, so that the camera
 * is the same one after a restart. */
LanmuSimcam *lanmu_simcam_start (const char *folder, GError **error);
/* Waits (bounded) until it listens. After TRUE, get_spec is what a LanmuCamera takes. */
gboolean lanmu_simcam_wait (LanmuSimcam *self, GError **error);
const char *lanmu_simcam_get_spec (LanmuSimcam *self);
/* Sits person number `sitter` before its lens; the same number is the same face. */
void lanmu_simcam_seat (LanmuSimcam *self, guint sitter);
void lanmu_simcam_stop (LanmuSimcam *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuSimcam, lanmu_simcam_stop)

G_END_DECLS
