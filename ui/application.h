/* LanmuApplication: the kiosk as a program: data folder, camera, station, window, and leaving in good order. Main
 * thread.
 *
 * Calling sequence: new → open → g_application_run → get_exit_code. open needs no display. */
#pragma once

#include <adwaita.h>
#include "ui/options.h"

G_BEGIN_DECLS

#define LANMU_TYPE_APPLICATION (lanmu_application_get_type ())
G_DECLARE_FINAL_TYPE (LanmuApplication, lanmu_application, LANMU, APPLICATION, AdwApplication)

/* options: the caller's, for the life of the application. */
LanmuApplication *lanmu_application_new (const LanmuOptions *options);
/* Opens the data folder and starts the simulated camera when one is asked for. FALSE: why it cannot work; run then
 * shows that page and ends with 1. */
gboolean lanmu_application_open (LanmuApplication *self, GError **error);
/* 0 when it ended as asked, 1 when it could not work. */
int lanmu_application_get_exit_code (LanmuApplication *self);

G_END_DECLS
