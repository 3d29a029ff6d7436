/* LanmuHostProcess: one run of the lanmu-camera program: its process, socket, ring and watchdog. Main thread.
 *
 * A run ends once: `ended` is called when the program died, talked nonsense, or overstayed a deadline of
 * capture/deadlines.h and was killed. After that the object is inert; the owner unrefs it and may make another. Nothing
 * here knows what a camera is.
 */
#pragma once

#include "capture/camera.h"
#include "capture/messages.h"
#include "capture/ring.h"

G_BEGIN_DECLS

typedef struct _LanmuHostProcess LanmuHostProcess;

typedef struct {
  /* Every message but FRAME, in order. */
  void (*message) (LanmuHostProcess *process, const LanmuMessage *message, gpointer data);
  /* A picture; of several waiting only the newest (the others are handed back and counted). */
  void (*frame) (LanmuHostProcess *process, LanmuFrame *frame, gpointer data);
  /* trouble: CRASHED, HUNG, or NONE when the host was only letting go of a broken line. */
  void (*ended) (LanmuHostProcess *process, LanmuTrouble trouble, const char *detail, gpointer data);
} LanmuHostEvents;

/* Starts program with a private HOME. Errors are G_IO_ERROR or G_SPAWN_ERROR. events is not copied. */
LanmuHostProcess *lanmu_host_process_new (const char *program, const char *home, const LanmuHostEvents *events,
                                          gpointer data, GError **error);
LanmuHostProcess *lanmu_host_process_ref (LanmuHostProcess *self);
void lanmu_host_process_unref (LanmuHostProcess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuHostProcess, lanmu_host_process_unref)

/* No callbacks from now on; the program ends by itself (closed socket) or is killed. */
void lanmu_host_process_detach (LanmuHostProcess *self);
void lanmu_host_process_kill (LanmuHostProcess *self); /* SIGKILL; `ended` is not called for it */

/* Queues one message; a dead peer shows by `ended`. fd (or -1) is dup'ed. */
void lanmu_host_process_send (LanmuHostProcess *self, LanmuMessageType type, guint64 id, GVariant *body, int fd);

LanmuPulse *lanmu_host_process_get_pulse (LanmuHostProcess *self);
guint64 lanmu_host_process_get_superseded (LanmuHostProcess *self);     /* pictures handed back unseen */
const char *lanmu_host_process_get_identifier (LanmuHostProcess *self); /* process id as text; NULL when it is gone */

/* The lanmu-camera program: LANMU_CAMERA_HOST, else beside the running program's build tree, else installed; NULL when
 * there is none. Full. */
char *lanmu_host_process_find_program (void);

G_END_DECLS
