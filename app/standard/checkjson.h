/* An inspection as JSON: the same members for `lanmuctl check --json`, `shots --json` and the station's events. Pure; any thread. */
#pragma once

#include <json-glib/json-glib.h>

#include "capture/checks/check.h"

G_BEGIN_DECLS

/* Adds to an open object: "verdict" "faces" "width" "height" "head" "placement" "checks": [{"name","title","measure" (number or null),"unit","limits","verdict","why",
 * "message","where":[x,y,w,h]}]. */
void lanmu_inspection_to_json (const LanmuInspection *self, JsonBuilder *builder);
void lanmu_check_to_json (const LanmuCheck *self, JsonBuilder *builder); /* one object */
void lanmu_placement_to_json (const LanmuPlacement *self, JsonBuilder *builder); /* one object */

G_END_DECLS
