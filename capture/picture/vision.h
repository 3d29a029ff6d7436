/* LanmuVision: the one thread that looks at pixels and files, so that main never does.
 *
 * Why: a file of 24 MP takes tens of milliseconds to prove, a live frame arrives every 17–100 ms; main must do neither.
 *
 * Calling sequence (all on the main thread, whose thread-default context at lanmu_vision_new gets every answer):
 *   lanmu_vision_new → look / facts_async / review_async … → lanmu_vision_stop → lanmu_vision_free
 *
 * Promises:
 *  1. Of frames the newest wins: one that is waiting unread is dropped for the next. Of verdicts too.
 *  2. A job (facts, review) is never dropped: each is answered exactly once, with its result, also when the thread is being stopped.
 *  3. Facts go before reviews, reviews before frames; facts in the order they were asked for.
 *  4. No callback runs on another thread, nor inside the call that asked for it. Only plain structs and immutable counted pixels cross.
 */
#pragma once

#include <gio/gio.h>
#include "capture/frame.h"
#include "capture/live/sight.h"
#include "capture/picture/arriving.h"
#include "capture/picture/backdrop.h"
#include "capture/picture/picture.h"
#include "capture/picture/shotfacts.h"

G_BEGIN_DECLS

typedef struct _LanmuVision LanmuVision;

/* What was seen in one live frame. */
typedef struct {
  guint64 number; /* lanmu_frame_get_number */
  gint64 boot_us; /* lanmu_frame_get_boot_us */
  LanmuBackdropReading backdrop;
  gboolean looked;  /* the sitter was looked at too: sight is of this frame, or of one a moment before */
  LanmuSight sight; /* NOT_CHECKED where there are no face models */
} LanmuVisionSeen;

typedef void (*LanmuVisionFunc) (const LanmuVisionSeen *seen, gpointer user_data); /* seen lives during the call */

LanmuVision *lanmu_vision_new (LanmuVisionFunc func, gpointer user_data); /* func may be NULL */

/* Look at this frame when nothing newer has come: at the backdrop always, at the sitter when asked (a frame that takes the place of one that was to be looked at inherits it).
 * Holds a reference until looked at or dropped. limits NULL = defaults; copied. */
void lanmu_vision_look (LanmuVision *self, LanmuFrame *frame, const LanmuBackdropLimits *limits, gboolean sitter);

/* Reads a shot's facts. fd is duplicated at once; the caller keeps its own. */
void lanmu_vision_facts_async (LanmuVision *self, int fd, GAsyncReadyCallback callback, gpointer user_data);
/* The same of a file that was proved while it arrived and is complete now; takes it. */
void lanmu_vision_arrived_async (LanmuVision *self, LanmuArriving *arriving, GAsyncReadyCallback callback, gpointer user_data);
/* Of either. The callback's source object is NULL. out is always filled (see lanmu_shot_facts_read, promise 2) and owned by the caller, also with FALSE. */
gboolean lanmu_vision_facts_finish (LanmuVision *self, GAsyncResult *result, LanmuShotFacts *out, GError **error);

/* Decodes a stored picture, see lanmu_picture_load_review. */
void lanmu_vision_review_async (LanmuVision *self, const char *path, int max_side, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_vision_review_finish (LanmuVision *self, GAsyncResult *result, LanmuPicture *out, GError **error);

/* Works off the jobs that wait (not the frame), joins the thread and answers them from the main context as usual. After it, look does nothing and new jobs
 * are answered with G_IO_ERROR_CLOSED. May be called twice. */
void lanmu_vision_stop (LanmuVision *self);

/* Stops it when still running. Answers not yet given are still given, from the main context; no verdict is. */
void lanmu_vision_free (LanmuVision *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuVision, lanmu_vision_free)

G_END_DECLS
