/* LanmuUsbWatch: cameras coming and going on USB, by gudev. Main thread. Without udev (a container) it is silent and
 * the camera is found by trying. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _LanmuUsbWatch LanmuUsbWatch;

/* port: libgphoto2's name of it, "usb:001,005". plugged: came (else went). */
typedef void (*LanmuUsbWatchFunc) (const char *port, gboolean plugged, gpointer data);

LanmuUsbWatch *lanmu_usb_watch_new (LanmuUsbWatchFunc function, gpointer data);
void lanmu_usb_watch_free (LanmuUsbWatch *self);

GPtrArray *lanmu_usb_watch_list (LanmuUsbWatch *self); /* ports of the cameras there now (char *); full */

G_END_DECLS
