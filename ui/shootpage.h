/* LanmuShootPage: queue, picture, record, side by side, or stacked on a portrait monitor; Shoot and Review are states
 * of this one page, so nothing jumps. Main thread.
 *
 * Promise: the picture of a student is off the page the moment another one is bound; a late shot of an earlier student
 * is a line of text. */
#pragma once

#include <gtk/gtk.h>
#include "ui/crophand.h"
#include "ui/livepicture.h"
#include "ui/prompt.h"
#include "ui/queuepane.h"
#include "ui/vouchpane.h"
#include "ui/recordpane.h"

G_BEGIN_DECLS

#define LANMU_TYPE_SHOOT_PAGE (lanmu_shoot_page_get_type ())
G_DECLARE_FINAL_TYPE (LanmuShootPage, lanmu_shoot_page, LANMU, SHOOT_PAGE, GtkWidget)

void lanmu_shoot_page_set_station (LanmuShootPage *self, LanmuStation *station);
LanmuLivePicture *lanmu_shoot_page_get_picture (LanmuShootPage *self);
LanmuPrompt *lanmu_shoot_page_get_prompt (LanmuShootPage *self);
LanmuVouchPane *lanmu_shoot_page_get_vouch_pane (LanmuShootPage *self);
LanmuQueuePane *lanmu_shoot_page_get_queue_pane (LanmuShootPage *self);
LanmuRecordPane *lanmu_shoot_page_get_record_pane (LanmuShootPage *self);
LanmuCropHand *lanmu_shoot_page_get_hand (LanmuShootPage *self);
guint lanmu_shoot_page_get_glides (LanmuShootPage *self); /* takes that glided aside so far; for tests */

G_END_DECLS
