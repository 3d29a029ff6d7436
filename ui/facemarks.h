/* What guidance draws over the live picture: the corners of the cut that is coming, its centre line, the bands of crown
 * and eyes at its sides, and a line where one of them lies outside. Pure drawing, main thread. */
#pragma once

#include <gtk/gtk.h>
#include "capture/live/guidance.h"

G_BEGIN_DECLS

/* Is there a face to draw marks for? They stand for the brackets at the crop's edge then. */
gboolean lanmu_face_marks_has (const LanmuGuide *guide);

/* crop: where the largest 3:4 part of the frame is drawn in the widget (guides.h). Nothing is drawn without a face. */
/* bands: of the photo standard, in the 480×640 of capture/picture/crop.h. */
void lanmu_face_marks_draw (GtkSnapshot *snapshot, const graphene_rect_t *crop, const LanmuGuide *guide,
                            const LanmuBands *bands);

/* The colour says no more than the sentence does: green with READY, amber while something is to be put right, white
 * while it is being judged. */
const GdkRGBA *lanmu_face_marks_get_colour (LanmuGuideCode code);

G_END_DECLS
