/* Finding the camera a spec names, and the library's tables of models and ports. One thread. */
#pragma once

#include <gphoto2/gphoto2.h>
#include "capture/host/body.h"

G_BEGIN_DECLS

/* The ports to try for spec, in order; NULL with *fault filled (no camera, several and none named, a spec that is
 * none). spec: "usb", "usb:serial=…", "ptpip:IP:PORT". When a serial is wanted, every USB camera is a candidate. */
char **lanmu_finder_find (const char *spec, const char *want_serial, LanmuOpenFault *fault);

/* Abilities and port of a fresh Camera; a library result. */
int lanmu_finder_prepare (Camera *camera, const char *port);

void lanmu_finder_reset (const char *port); /* USB reset of the port, best effort */

G_END_DECLS
