/* LanmuTrayItem: one picture of the quarantine tray as a face shows it. Immutable, main thread. */
#pragma once

#include <gio/gio.h>
#include "db/shots.h"

G_BEGIN_DECLS

#define LANMU_TYPE_TRAY_ITEM (lanmu_tray_item_get_type ())
G_DECLARE_FINAL_TYPE (LanmuTrayItem, lanmu_tray_item, LANMU, TRAY_ITEM, GObject)

/* likely_no: 学号 of the guess, NULL = none. */
LanmuTrayItem *lanmu_tray_item_new (const LanmuShotRow *shot, const char *likely_no);
const char *lanmu_tray_item_get_shot (LanmuTrayItem *self);
const char *lanmu_tray_item_get_path (LanmuTrayItem *self);      /* below the data folder */
const char *lanmu_tray_item_get_reason (LanmuTrayItem *self);    /* the judge's word */
const char *lanmu_tray_item_get_likely_no (LanmuTrayItem *self); /* NULL = nobody */
guint lanmu_tray_item_get_number (LanmuTrayItem *self);          /* 拍摄号 */
char *lanmu_tray_item_dup_time (LanmuTrayItem *self); /* when it was taken by the camera's clock, else when it came */

/* Every picture of the tray, oldest first: GListStore of LanmuTrayItem. */
GListStore *lanmu_tray_items_load (LanmuDb *db, GError **error);

G_END_DECLS
