/* Between what capture found and what the store keeps: inspections, portraits, the reference of the backdrop. Pure but for the connection given. */
#pragma once

#include "capture/checks/reference.h"
#include "capture/checks/check.h"
#include "capture/portrait/portrait.h"
#include "db/inspections.h"
#include "db/portraits.h"

G_BEGIN_DECLS

LanmuInspectionRow *lanmu_inspection_row_for (const char *shot_id, const LanmuInspection *found, const LanmuProfile *profile); /* full */
/* Back, as far as the program still knows the checks' names; `why` becomes a static word. The placement is empty: app/crop.h finds it. */
void lanmu_inspection_from_row (LanmuInspection *self, const LanmuInspectionRow *row);
/* Full; portrait's bytes are not in it. */
LanmuPortraitRow *lanmu_portrait_row_for (const char *shot_id, const LanmuPortrait *portrait, const LanmuPlacement *placement, const LanmuProfile *profile,
                                          const LanmuAdjustment *by_hand);

#define LANMU_SETTING_REFERENCE "backdrop.reference" /* the line of capture/checks/reference.h */
#define LANMU_SETTING_REFERENCE_US "backdrop.reference_us" /* wall µs it was taken */
gboolean lanmu_reference_load (LanmuDb *db, LanmuReference *reference); /* FALSE: none was taken */

G_END_DECLS
