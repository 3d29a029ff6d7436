/* The portrait's place as a person moved it, beside the place the standard proposes. Whether a place is allowed is app's to know (app/crop.h).
 * Runs on the thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  double dx, dy; /* portrait pixels */
  double zoom;   /* 1 = as proposed */
} LanmuCropRow;

/* 0, 0, 1 is the proposal: the row goes. Audited "shot.crop"; no change writes nothing. NO_ROW: no such shot. */
gboolean lanmu_crop_set (LanmuDb *db, const char *shot_id, const LanmuCropRow *crop, const char *actor, GError **error);
/* 0, 0, 1 when nobody moved it. FALSE only with an error. */
gboolean lanmu_crop_get (LanmuDb *db, const char *shot_id, LanmuCropRow *crop, GError **error);

G_END_DECLS
