/* LanmuSight: what one live frame shows of the sitter, as numbers. Made on the vision thread, judged by guidance.h.
 * Plain values. Pixels of the frame, upright, continuous. NaN: not known. Left and right are those of the upright,
 * unmirrored picture. */
#pragma once

#include "capture/face/face.h"
#include "capture/frame.h"
#include "capture/picture/backdrop.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_SIGHT_NOT_CHECKED, /* no models: nothing is known */
  LANMU_SIGHT_NOBODY,
  LANMU_SIGHT_FACE,
} LanmuSightKind;

typedef struct {
  LanmuSightKind kind;
  int width, height; /* of the frame, upright */
  int others;        /* further faces of real size */
  LanmuFacePoint pupils[2], cheeks[2], chin;
  double crown;            /* y of the top of the hair; NaN: no backdrop to see it before */
  double eyes;             /* y between the pupils */
  double middle;           /* x between the cheeks */
  double face_width;       /* cheek to cheek */
  double roll, yaw, pitch; /* degrees, as face.h */
  double eyes_open;        /* of both eyes: lanmu_face_openness */
  double mouth_open;
  double luminance; /* L* of the cheeks, mean */
  double balance;   /* L* left cheek minus right */
  double clothes;   /* share of the torso that has the backdrop's colour; NaN: no torso, no mask */
} LanmuSight;

/* LanmuSighter: looks at frame after frame. One thread; the models are opened at the first look. */
typedef struct _LanmuSighter LanmuSighter;

LanmuSighter *lanmu_sighter_new (const char *models_dir); /* NULL: where they usually are. Opens nothing yet */
void lanmu_sighter_free (LanmuSighter *self);
/* backdrop: what lanmu_backdrop_read said of this frame. About 3 ms; every fifth frame with a face 3 ms more. */
void lanmu_sighter_look (LanmuSighter *self, const LanmuFrame *frame, int orientation,
                         const LanmuBackdropReading *backdrop, LanmuSight *out);
/* Why nothing is checked; NULL: it is, or nothing was looked at yet. Lives as long as the sighter. */
const GError *lanmu_sighter_get_error (const LanmuSighter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuSighter, lanmu_sighter_free)

G_END_DECLS
