/* LanmuGlide: a take that is laid aside (R) glides from the picture to its number among the takes, so that the eye sees
 * where it went. Only ever the face of who sits there still: another student ends it at once. Nothing moves when the
 * desktop asks for less motion or the setting kiosk.motion is off. Main thread. */
#pragma once

#include <gtk/gtk.h>
#include "capture/frame.h"

G_BEGIN_DECLS

#define LANMU_GLIDE_MS 200

typedef struct _LanmuGlide LanmuGlide;

LanmuGlide *lanmu_glide_new (GtkWidget *widget); /* over which it is drawn; not owned */
void lanmu_glide_free (LanmuGlide *self);
/* from, to: 3:4 places of the picture, in the widget's coordinates. */
void lanmu_glide_start (LanmuGlide *self, LanmuFrame *frame, int orientation, const graphene_rect_t *from,
                        const graphene_rect_t *to);
void lanmu_glide_stop (LanmuGlide *self);
void lanmu_glide_snapshot (LanmuGlide *self, GtkSnapshot *snapshot); /* after the widget's own children */
guint lanmu_glide_get_count (LanmuGlide *self);                      /* started so far; for tests */

G_END_DECLS
