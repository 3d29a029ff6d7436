/* One function a check. Internal to capture/checks.
 * Each sets measure, and why and where as far as it knows; the verdict comes from the profile's limit, unless the function sets UNSURE or NOT_CHECKED itself.
 * It is called with measure NaN, verdict OK, why "" and no place. */
#pragma once

#include "capture/checks/check.h"
#include "capture/checks/reference.h"
#include "capture/checks/scene.h"

G_BEGIN_DECLS

typedef void (*LanmuCheckFunc) (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);

/* geometry.c */
void lanmu_check_resolution (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_crown (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_eyes (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_face_width (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_centring (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
/* pose.c */
void lanmu_check_persons (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_roll (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_yaw (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_pitch (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_eyes_open (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_mouth (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_eye_distance (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
/* backdrop.c */
void lanmu_check_backdrop_border (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_backdrop_colour (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_backdrop_even (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_backdrop_shadow (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_drift (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
/* clothes.c */
void lanmu_check_clothes_share (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_clothes_contrast (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
/* sharpness.c */
void lanmu_check_sharpness (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
/* light.c */
void lanmu_check_highlights (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_dark (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_luminance (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_balance (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_glare (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);
void lanmu_check_red_eye (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out);

/* The sitter, or NULL with the verdict said: nobody looked, or no face was found. */
const LanmuFace *lanmu_check_face (const LanmuScene *scene, LanmuCheck *out);
/* A place in the picture. */
void lanmu_check_at (LanmuCheck *out, double x, double y, double width, double height);

G_END_DECLS
