/* LanmuTake: one durable shot of the bound student as a face shows it. Main thread.
 * Properties: "shot" string id, "ticket" string, "number" uint 拍摄号, "index" uint (1-based among the student's takes), "time" string (EXIF), "origin" string host|body,
 * "proof" string, "chosen" boolean, "frame" LanmuFrame (boxed, BGRA review picture at 1/4 scale, EXIF orientation not applied; NULL until loaded), "orientation" int (EXIF 1–8),
 * "verdict" uint (LanmuVerdict, the worst of its checks), "moved" boolean (its portrait was moved by hand; notified with every move). */
#pragma once

#include <glib-object.h>
#include "capture/checks/check.h"
#include "capture/frame.h"
#include "capture/portrait/placement.h"

G_BEGIN_DECLS

#define LANMU_TYPE_TAKE (lanmu_take_get_type ())
G_DECLARE_FINAL_TYPE (LanmuTake, lanmu_take, LANMU, TAKE, GObject)

LanmuTake *lanmu_take_new (const char *shot, const char *ticket, guint number, guint index, const char *time, const char *origin, const char *proof, gboolean chosen, const char *path);
const char *lanmu_take_get_shot (LanmuTake *self);
const char *lanmu_take_get_ticket (LanmuTake *self);
const char *lanmu_take_get_path (LanmuTake *self); /* below the data folder */
guint lanmu_take_get_number (LanmuTake *self);
guint lanmu_take_get_index (LanmuTake *self);
const char *lanmu_take_get_proof (LanmuTake *self);
gboolean lanmu_take_get_chosen (LanmuTake *self);
void lanmu_take_set_chosen (LanmuTake *self, gboolean chosen);
LanmuFrame *lanmu_take_get_frame (LanmuTake *self); /* none: NULL until loaded */
int lanmu_take_get_orientation (LanmuTake *self);
/* What the shot was found to be; NULL: not looked over yet. Lives as long as the take, or until it is set anew. */
const LanmuInspection *lanmu_take_get_inspection (LanmuTake *self);
void lanmu_take_set_inspection (LanmuTake *self, const LanmuInspection *inspection); /* copied */
/* Where its portrait was moved by hand; {0, 0, 1}: as the standard proposes. */
const LanmuAdjustment *lanmu_take_get_crop (LanmuTake *self);
void lanmu_take_set_crop (LanmuTake *self, const LanmuAdjustment *by_hand);
void lanmu_take_set_picture (LanmuTake *self, LanmuFrame *frame, int orientation);

G_END_DECLS
