/* Detection: see the header. The tables of drivers are loaded once a process (30 ms); ports anew each time, they change
 * with the bus. */
#include "capture/host/finder.h"

#include <string.h>
#include <gphoto2/gphoto2-port.h>

static CameraAbilitiesList *abilities_list (void)
{
  static CameraAbilitiesList *list = NULL;
  if (list == NULL && gp_abilities_list_new (&list) == GP_OK)
    gp_abilities_list_load (list, NULL);
  return list;
}

static void set_fault (LanmuOpenFault *fault, LanmuTrouble trouble, const char *detail)
{
  lanmu_open_fault_clear (fault);
  fault->trouble = trouble;
  fault->detail = g_strdup (detail);
  fault->port = g_strdup ("");
}

/* USB ports with a camera on them, from the library's own detection. */
static GPtrArray *usb_ports (void)
{
  GPtrArray *ports = g_ptr_array_new_with_free_func (g_free);
  GPPortInfoList *infos = NULL;
  CameraList *found = NULL;
  if (gp_port_info_list_new (&infos) == GP_OK && gp_port_info_list_load (infos) >= GP_OK &&
      gp_list_new (&found) == GP_OK && gp_abilities_list_detect (abilities_list (), infos, found, NULL) >= GP_OK)
    for (int i = 0; i < gp_list_count (found); i++) {
      const char *port = NULL;
      if (gp_list_get_value (found, i, &port) == GP_OK && g_str_has_prefix (port, "usb:"))
        g_ptr_array_add (ports, g_strdup (port));
    }
  g_clear_pointer (&found, gp_list_free);
  g_clear_pointer (&infos, gp_port_info_list_free);
  return ports;
}

static char **to_strv (GPtrArray *ports)
{
  g_ptr_array_add (ports, NULL);
  return (char **) g_ptr_array_free (ports, FALSE);
}

static char **find_usb (const char *want_serial, LanmuOpenFault *fault)
{
  GPtrArray *ports = usb_ports ();
  if (ports->len == 0)
    set_fault (fault, LANMU_TROUBLE_NO_CAMERA, "no camera on USB");
  else if (ports->len > 1 && want_serial[0] == '\0')
    set_fault (fault, LANMU_TROUBLE_SEVERAL_CAMERAS, "several cameras on USB and none named by serial number");
  else
    return to_strv (ports);
  g_ptr_array_unref (ports);
  return NULL;
}

/* "ptpip:IP:PORT" → "ptpip:IP:PORT:PORT": with one port only, the library would leave the event channel at 15740. */
static char *network_port (const char *spec)
{
  g_auto (GStrv) parts = g_strsplit (spec, ":", -1);
  guint count = g_strv_length (parts);
  if (count < 2 || count > 3 || !g_hostname_is_ip_address (parts[1]))
    return NULL;
  guint64 number = 15740;
  if (count == 3 && !g_ascii_string_to_unsigned (parts[2], 10, 1, 65535, &number, NULL))
    return NULL;
  return g_strdup_printf ("ptpip:%s:%u:%u", parts[1], (guint) number, (guint) number);
}

char **lanmu_finder_find (const char *spec, const char *want_serial, LanmuOpenFault *fault)
{
  if (strcmp (spec, "usb") == 0 || g_str_has_prefix (spec, "usb:serial="))
    return find_usb (want_serial, fault);
  g_autofree char *port = g_str_has_prefix (spec, "ptpip:") ? network_port (spec) : NULL;
  if (port == NULL) {
    set_fault (fault, LANMU_TROUBLE_NO_CAMERA, "not a camera: use usb, usb:serial=NUMBER or ptpip:IP:PORT");
    return NULL;
  }
  char **ports = g_new0 (char *, 2);
  ports[0] = g_steal_pointer (&port);
  return ports;
}

static int lookup_port (const char *port, GPPortInfoList *list, GPPortInfo *info)
{
  int result = gp_port_info_list_load (list);
  if (result < GP_OK)
    return result;
  int index = gp_port_info_list_lookup_path (list, port);
  return index < GP_OK ? index : gp_port_info_list_get_info (list, index, info);
}

/* The model the library would take for what is on this USB port; PTP/IP has no detection and one fitting entry. */
static int lookup_model (GPPortInfoList *infos, const char *port, char *model, gsize size)
{
  if (g_str_has_prefix (port, "ptpip:")) {
    g_strlcpy (model, "PTP/IP Camera", size);
    return GP_OK;
  }
  CameraList *found = NULL;
  int result = gp_list_new (&found);
  if (result == GP_OK)
    result = gp_abilities_list_detect (abilities_list (), infos, found, NULL);
  int code = GP_ERROR_MODEL_NOT_FOUND;
  for (int i = 0; result >= GP_OK && code != GP_OK && i < gp_list_count (found); i++) {
    const char *name = NULL, *value = NULL;
    if (gp_list_get_name (found, i, &name) == GP_OK && gp_list_get_value (found, i, &value) == GP_OK &&
        g_strcmp0 (value, port) == 0) {
      g_strlcpy (model, name, size);
      code = GP_OK;
    }
  }
  g_clear_pointer (&found, gp_list_free);
  return result < GP_OK ? result : code;
}

int lanmu_finder_prepare (Camera *camera, const char *port)
{
  GPPortInfoList *list = NULL;
  GPPortInfo info;
  char model[128] = "";
  CameraAbilities abilities;
  int result = gp_port_info_list_new (&list);
  if (result >= GP_OK)
    result = lookup_port (port, list, &info);
  if (result >= GP_OK)
    result = lookup_model (list, port, model, sizeof model);
  if (result >= GP_OK)
    result = gp_abilities_list_lookup_model (abilities_list (), model);
  if (result >= GP_OK)
    result = gp_abilities_list_get_abilities (abilities_list (), result, &abilities);
  if (result >= GP_OK)
    result = gp_camera_set_abilities (camera, abilities);
  if (result >= GP_OK)
    result = gp_camera_set_port_info (camera, info);
  g_clear_pointer (&list, gp_port_info_list_free);
  return result < GP_OK ? result : GP_OK;
}

void lanmu_finder_reset (const char *port)
{
  GPPortInfoList *list = NULL;
  GPPortInfo info;
  GPPort *handle = NULL;
  if (!g_str_has_prefix (port, "usb:") || gp_port_info_list_new (&list) != GP_OK)
    return;
  if (lookup_port (port, list, &info) >= GP_OK && gp_port_new (&handle) == GP_OK &&
      gp_port_set_info (handle, info) == GP_OK && gp_port_open (handle) == GP_OK) {
    gp_port_reset (handle);
    gp_port_close (handle);
  }
  g_clear_pointer (&handle, gp_port_free);
  gp_port_info_list_free (list);
}
