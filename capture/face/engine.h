/* LanmuFaceEngine: finds faces in a picture, with three small neural networks (BlazeFace for the box, MediaPipe's
 * attention mesh for 478 points, a person mask), run by XNNPACK on one core.
 *
 * The models are fetched by packaging/fetch-models and are no part of the program: without them lanmu_face_engine_new
 * says LANMU_FACE_ERROR_NO_MODELS, the program runs, and whatever needs a face is "not checked".
 *
 * Thread: an engine belongs to one thread at a time; engines share nothing that is written. Make one per thread.
 * Cost, one core, 640×424: about 3 ms to find, 3.5 ms a mesh; followed from picture to picture only the mesh. 12 MB an
 * engine.
 */
#pragma once

#include "capture/face/error.h"
#include "capture/face/face.h"

G_BEGIN_DECLS

typedef struct _LanmuFaceEngine LanmuFaceEngine;

/* The pixels of a picture, borrowed. */
typedef struct {
  const guint8 *pixels; /* first row */
  int width, height;    /* as stored, 16..32767 */
  gsize stride;         /* bytes a row */
  int channels;         /* 3 or 4 bytes a pixel */
  gboolean blue_first;  /* B G R (A) as live frames are; else R G B (A) */
  int orientation;      /* EXIF 1–8; 0 counts as 1 */
} LanmuFaceView;

/* The folder the models are looked for in: $LANMU_MODELS, else lanmu/models in the user's cache when there is one, else
 * the installed one. Caller frees. */
char *lanmu_face_models_dir (void);

/* models_dir NULL: lanmu_face_models_dir. Slow (tens of ms). */
LanmuFaceEngine *lanmu_face_engine_new (const char *models_dir, GError **error);
void lanmu_face_engine_free (LanmuFaceEngine *self);

/* Every face of the picture, at most max of them, the sitter first (score⁴ × size × presence, never simply the
 * largest). Faces under about 9 % of the width are not seen. Returns how many. A view that is no picture has none. */
int lanmu_face_engine_find (LanmuFaceEngine *self, const LanmuFaceView *view, LanmuFace *faces, int max);

/* Looks at a face of this very view more closely (mesh.h): 14 ms, half the noise. For stills. */
void lanmu_face_engine_refine (LanmuFaceEngine *self, const LanmuFaceView *view, LanmuFace *face);

/* The sitter in a running picture: follows the face of the last call from where it was, looks for one afresh when it is
 * lost, when the picture's size changes, and every LANMU_FACE_FRESH_LOOK calls. FALSE: nobody. others, when not NULL:
 * how many further faces of real size the last fresh look saw. */
#define LANMU_FACE_FRESH_LOOK 15
gboolean lanmu_face_engine_follow (LanmuFaceEngine *self, const LanmuFaceView *view, LanmuFace *face, int *others);
void lanmu_face_engine_forget (LanmuFaceEngine *self); /* the next follow looks afresh */

/* Where the person is: 0..255 a place, 255 = surely person, over a part of the upright picture (pixels) stretched over
 * the mask. FALSE: the mask model is not there. */
#define LANMU_PERSON_MASK_SIDE 256
typedef struct {
  double x, y, width, height;                                     /* the part, pixels */
  guint8 person[LANMU_PERSON_MASK_SIDE * LANMU_PERSON_MASK_SIDE]; /* top row first */
} LanmuPersonMask;
gboolean lanmu_face_engine_mask (LanmuFaceEngine *self, const LanmuFaceView *view, double x, double y, double width,
                                 double height, LanmuPersonMask *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuFaceEngine, lanmu_face_engine_free)

G_END_DECLS
