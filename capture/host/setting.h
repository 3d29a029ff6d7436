/* Settings of a body by neutral names, through single properties (never the whole tree). One thread. */
#pragma once

#include "capture/camerainfo.h"
#include "capture/host/body.h"

G_BEGIN_DECLS

/* Current value as text (dates as seconds); NULL when the body has no such setting or did not answer (then body->broken
 * tells). Full. */
char *lanmu_setting_read (LanmuBody *body, const char *neutral);
char *lanmu_setting_read_named (LanmuBody *body, const char *name); /* by the body's own name */

/* One setting with its choices; NULL as above. */
LanmuCameraSetting *lanmu_setting_get (LanmuBody *body, const char *neutral);

/* Sets one setting; FALSE with body->trouble and body->detail. value must be one of the choices where there are any. */
gboolean lanmu_setting_set (LanmuBody *body, const char *neutral, const char *value);

void lanmu_setting_target_card (LanmuBody *body);  /* pictures go to the card, whatever an earlier program left */
void lanmu_setting_media_card (LanmuBody *body);   /* … those of the body's own button too; once live view runs */
void lanmu_setting_read_quality (LanmuBody *body); /* → body->jpeg, body->raw */
void lanmu_setting_read_shutter (LanmuBody *body); /* → the pulse's exposure_ms; body->shutter_stale is FALSE then */

G_END_DECLS
