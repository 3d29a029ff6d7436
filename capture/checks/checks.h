/* The checks of a full-size shot, and the whole inspection. Pure functions, any thread; tens to hundreds of milliseconds, so on a worker. */
#pragma once

#include "capture/checks/reference.h"
#include "capture/checks/scene.h"
#include "capture/face/engine.h"

G_BEGIN_DECLS

/* Every check over a scene whose faces were set. reference: of the empty backdrop, NULL = none. */
void lanmu_checks_run (const LanmuScene *scene, const LanmuReference *reference, LanmuInspection *out);

typedef struct {
  LanmuProfile *profile;
  LanmuFaceEngine *engine;           /* NULL: no models: checks of the face say NOT_CHECKED */
  const LanmuReference *reference;   /* NULL: none */
  const LanmuAdjustment *by_hand;    /* NULL: none */
} LanmuInspectBy;

/* Decode → faces → head → placement → checks. Errors: LANMU_PICTURE_ERROR. */
gboolean lanmu_inspect (const guint8 *data, gsize size, const LanmuInspectBy *by, LanmuInspection *out, GError **error);

G_END_DECLS
