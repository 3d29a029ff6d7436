/* Releasing a camera that the desktop mounted: gvfs holds the USB device then and libgphoto2 gets -53. Main thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Unmounts the gphoto2 mounts of the camera on this port ("usb:001,005"); of no other. Calls back with how many were
 * unmounted, also when there are none. */
typedef void (*LanmuGvfsFunc) (guint released, gpointer data);
void lanmu_gvfs_release (const char *port, GCancellable *cancellable, LanmuGvfsFunc function, gpointer data);

/* Whether a mount is of the camera on port, by its root URI and its volume's device file (NULL when unknown). Pure, for
 * tests. */
gboolean lanmu_gvfs_is_of_port (const char *uri, const char *device_file, const char *port);

G_END_DECLS
