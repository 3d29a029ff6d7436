/* LanmuInspector: the worker that looks shots over and makes portraits, so that neither main nor the thread that proves arriving files ever waits for it.
 *
 * Calling sequence (all on the main thread, whose thread-default context at lanmu_inspector_new gets every answer): new → ask… → answer by callback … → free.
 * Promises:
 *  1. Wishes are worked off one after the other in the order they came; portraits that were asked for go before checks: somebody accepted and waits for nothing else.
 *  2. Each wish is answered exactly once from the main context, unless the inspector is freed first: then the callback never comes and its data is freed.
 *  3. Only plain memory crosses; the profile is immutable. The face engine is the worker's own, made when it is first needed.
 */
#pragma once

#include "capture/checks/checks.h"
#include "capture/portrait/portrait.h"

G_BEGIN_DECLS

typedef struct _LanmuInspector LanmuInspector;

typedef struct {
  const char *path;                /* of the shot's file */
  LanmuProfile *profile;
  const LanmuReference *reference; /* NULL = none */
  gboolean want_portrait;          /* else checks alone */
  LanmuAdjustment by_hand;
  double eyes_usual;               /* as LanmuScene's; 0 or NaN = not known */
} LanmuInspectorWish;

/* Lives during the callback, which may steal portrait's members. */
typedef struct {
  LanmuInspection inspection;
  GError *inspect_error;  /* NULL: inspection is set */
  LanmuPortrait portrait; /* set when it was wanted and both errors are NULL */
  GError *portrait_error;
} LanmuInspectorAnswer;

typedef void (*LanmuInspectorFunc) (LanmuInspectorAnswer *answer, gpointer user_data);

LanmuInspector *lanmu_inspector_new (void);
/* Everything of the wish is copied. user_data is freed after the callback, or when the callback never comes. */
void lanmu_inspector_ask (LanmuInspector *self, const LanmuInspectorWish *wish, LanmuInspectorFunc func, gpointer user_data, GDestroyNotify free_func);
/* Waits for the wish being worked on; the others are dropped. Not from within a callback. */
void lanmu_inspector_free (LanmuInspector *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuInspector, lanmu_inspector_free)

/* What the worker does, for those who have threads of their own. Any thread. */
void lanmu_inspector_work (const LanmuInspectorWish *wish, LanmuInspectorAnswer *answer);
void lanmu_inspector_answer_clear (LanmuInspectorAnswer *answer);

G_END_DECLS
