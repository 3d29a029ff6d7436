/* What a check found, drawn on the picture where it is: a frame with a number, the same number as beside the picture. Pure drawing, main thread. */
#pragma once

#include <gtk/gtk.h>
#include "app/standard/faults.h"

G_BEGIN_DECLS

/* What of a shot fills the crop, upright shot pixels. */
typedef struct {
  double x, y, width, height;
} LanmuShotPart;

/* crop: where the part is drawn. Faults without a place, and those outside of the crop, are not drawn. */
void lanmu_fault_marks_draw (GtkSnapshot *snapshot, PangoContext *context, const graphene_rect_t *crop, const LanmuShotPart *part, const LanmuFault *faults, guint n);

G_END_DECLS
