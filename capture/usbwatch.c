/* USB cameras by gudev: see the header. libgphoto2's udev rules mark what it can drive with ID_GPHOTO2; a removal
 * carries no marks, so any USB device that goes is told, and the owner compares ports. */
#include "capture/usbwatch.h"

#include <gudev/gudev.h>

struct _LanmuUsbWatch {
  GUdevClient *client;
  gulong handler;
  LanmuUsbWatchFunc function;
  gpointer data;
};

static char *port_of (GUdevDevice *device)
{
  const char *bus = g_udev_device_get_property (device, "BUSNUM");
  const char *number = g_udev_device_get_property (device, "DEVNUM");
  if (bus == NULL || number == NULL)
    return NULL;
  return g_strdup_printf ("usb:%03d,%03d", (int) g_ascii_strtoll (bus, NULL, 10),
                          (int) g_ascii_strtoll (number, NULL, 10));
}

static gboolean is_camera (GUdevDevice *device)
{
  return g_udev_device_get_property_as_boolean (device, "ID_GPHOTO2") ||
         g_udev_device_has_property (device, "GPHOTO2_DRIVER");
}

static void on_uevent (GUdevClient *client, const char *action, GUdevDevice *device, LanmuUsbWatch *self)
{
  g_autofree char *port = g_strcmp0 (g_udev_device_get_devtype (device), "usb_device") == 0 ? port_of (device) : NULL;
  if (port == NULL)
    return;
  if (g_strcmp0 (action, "remove") == 0)
    self->function (port, FALSE, self->data);
  else if ((g_strcmp0 (action, "add") == 0 || g_strcmp0 (action, "bind") == 0) && is_camera (device))
    self->function (port, TRUE, self->data);
}

LanmuUsbWatch *lanmu_usb_watch_new (LanmuUsbWatchFunc function, gpointer data)
{
  static const char *const subsystems[] = {"usb", NULL};
  LanmuUsbWatch *self = g_new0 (LanmuUsbWatch, 1);
  self->function = function;
  self->data = data;
  self->client = g_udev_client_new (subsystems);
  self->handler = g_signal_connect (self->client, "uevent", G_CALLBACK (on_uevent), self);
  return self;
}

void lanmu_usb_watch_free (LanmuUsbWatch *self)
{
  g_signal_handler_disconnect (self->client, self->handler);
  g_object_unref (self->client);
  g_free (self);
}

GPtrArray *lanmu_usb_watch_list (LanmuUsbWatch *self)
{
  GPtrArray *ports = g_ptr_array_new_with_free_func (g_free);
  GList *devices = g_udev_client_query_by_subsystem (self->client, "usb");
  for (GList *l = devices; l != NULL; l = l->next) {
    g_autofree char *port = is_camera (l->data) ? port_of (l->data) : NULL;
    if (port != NULL)
      g_ptr_array_add (ports, g_steal_pointer (&port));
  }
  g_list_free_full (devices, g_object_unref);
  return ports;
}
