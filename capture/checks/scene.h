/* LanmuScene: a shot laid out for the checks: decoded once, made small once, head found, portrait placed. Any thread, one at a time each.
 *
 * Calling sequence: init → (the face engine looks at `small`) → set_faces → lanmu_checks_run / the placement → clear.
 * Faces are given from outside, so that checks and placement are pure functions of picture, faces and profile. */
#pragma once

#include "capture/checks/check.h"
#include "capture/checks/view.h"
#include "capture/face/engine.h"
#include "capture/picture/error.h"

G_BEGIN_DECLS

typedef struct {
  LanmuProfile *profile;  /* owned */
  LanmuBackdropLimits backdrop_limits;
  LanmuPicture picture;   /* owned; as stored, scaled down where nothing is lost for the checks */
  double denominator;     /* shot pixels a pixel of `picture` */
  int width, height;      /* of the shot, upright */
  LanmuSmall small;       /* owned; upright */
  double factor;          /* shot pixels a pixel of `small` */
  LanmuView wide;         /* the largest centred 3:4 part: the same whoever sits there */
  const LanmuFace *faces; /* borrowed; upright shot pixels, the sitter first */
  int n_faces;            /* −1: nobody looked */
  LanmuHead head;
  LanmuPlacement placement;
  LanmuView view;         /* the portrait's part */
  double eyes_usual;      /* of this sitter, from the live picture (capture/face/eyelevel.h); NaN: not known */
} LanmuScene;

/* data: the shot's JPEG; strict: a damaged one is refused. Errors: LANMU_PICTURE_ERROR. */
gboolean lanmu_scene_init (LanmuScene *self, const guint8 *data, gsize size, LanmuProfile *profile, GError **error);
void lanmu_scene_clear (LanmuScene *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanmuScene, lanmu_scene_clear)

/* n −1: nobody looked for faces. Finds the head and places the portrait. */
void lanmu_scene_set_faces (LanmuScene *self, const LanmuFace *faces, int n, const LanmuAdjustment *by_hand);

/* The same with the engine looking; NULL: nobody looks. faces: room for LANMU_SCENE_MOST_FACES, to live as long as the scene. */
#define LANMU_SCENE_MOST_FACES 8
void lanmu_scene_find_faces (LanmuScene *self, LanmuFaceEngine *engine, LanmuFace *faces, const LanmuAdjustment *by_hand);

/* The sitter; NULL: none found, or nobody looked. */
const LanmuFace *lanmu_scene_get_sitter (const LanmuScene *self);

G_END_DECLS
