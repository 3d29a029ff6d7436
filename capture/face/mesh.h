/* The attention mesh: 478 points of a face in a part of a picture. Internal to capture/face. */
#pragma once

#include "capture/face/network.h"
#include "capture/face/sample.h"

G_BEGIN_DECLS

#define LANMU_MESH_SIDE 192

/* TRUE when the network's outputs are those of this model. */
gboolean lanmu_mesh_fits (const LanmuNetwork *network);

/* FALSE: no face there (presence under LANMU_FACE_PRESENCE_MIN). score is left alone. */
gboolean lanmu_mesh_find (LanmuNetwork *network, const LanmuFaceView *view, const LanmuPart *part, LanmuFace *face);

/* Where to look for this face in the next picture. */
LanmuPart lanmu_mesh_get_part (const LanmuFace *face);

/* Looks at a face that was found several times more, as it is, mirrored and closer, and takes the mean of what is
 * measured: half the noise of a single look (people filmed: 1.9 % of the eyes' opening with one look, 0.8 % with these
 * four and both eyes). 14 ms: for a shot, not for a live frame. */
void lanmu_mesh_refine (LanmuNetwork *network, const LanmuFaceView *view, LanmuFace *face);

/* Everything in a face that follows from its points: see face.h. */
void lanmu_face_measure (LanmuFace *self);

G_END_DECLS
