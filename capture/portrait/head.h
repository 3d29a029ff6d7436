/* LanmuHead: what is known of a head in a shot, as far as the portrait is placed by it. Plain values, any thread.
 * Pixels of the whole shot, upright, continuous: x to the right, y down. */
#pragma once

#include "capture/face/face.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_HEAD_NONE,       /* nobody is known: the portrait lies in the middle */
  LANMU_HEAD_SILHOUETTE, /* only what stands out from the backdrop: crown and width are measured, eyes and cheeks are estimated from them */
  LANMU_HEAD_FACE,       /* eyes and cheeks by the face models */
} LanmuHeadKind;

typedef struct {
  LanmuHeadKind kind;
  double middle;      /* x between the cheeks */
  double eyes;        /* y between the pupils */
  double face_width;  /* cheek to cheek */
  double eye_distance; /* between the pupils; 0 = not known */
  double chin;        /* y; 0 = not known */
  gboolean has_crown; /* FALSE: crown is estimated from the face */
  double crown;       /* y of the top of the hair */
} LanmuHead;

/* From a face in pixels of the whole shot; crown: y, NaN = not seen. */
LanmuHead lanmu_head_from_face (const LanmuFace *face, double crown);
/* From the outline before the backdrop: top of the hair, widest place of the head with its hair. */
LanmuHead lanmu_head_from_silhouette (double crown, double middle, double width);

/* Out of what was kept of one: NaN = not known; middle, eyes and face_width are needed for any kind but NONE. */
LanmuHead lanmu_head_from_measures (LanmuHeadKind kind, double middle, double eyes, double face_width, double crown);

const char *lanmu_head_kind_to_string (LanmuHeadKind kind); /* "none" "silhouette" "face" */
gboolean lanmu_head_kind_from_string (const char *text, LanmuHeadKind *kind);

G_END_DECLS
