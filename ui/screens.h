/* LanmuScreens: saves a picture of each page that is passed, once a page and state, numbered in the order of passing.
 * Main thread. It saves what was painted, so whoever leaves a page by program waits until lanmu_screens_is_due says no
 * (the autopilot does). */
#pragma once

#include "ui/window.h"

G_BEGIN_DECLS

#define LANMU_TYPE_SCREENS (lanmu_screens_get_type ())
G_DECLARE_FINAL_TYPE (LanmuScreens, lanmu_screens, LANMU, SCREENS, GObject)

/* Makes the folder. */
LanmuScreens *lanmu_screens_new (LanmuWindow *window, const char *folder, GError **error);
/* The page now shown is called `name` ("ready", "review", "trouble-cable"); saved when it is painted, unless a page of
 * this name was saved before. */
void lanmu_screens_pass (LanmuScreens *self, const char *name);
gboolean lanmu_screens_is_due (LanmuScreens *self);

G_END_DECLS
