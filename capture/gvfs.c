/* gvfs mounts of cameras: see the header. A mount names its camera either in its address (gphoto2://[usb:001,005]/) or
 * by its volume's device file. */
#include "capture/gvfs.h"

#include <stdio.h>
#include <string.h>

typedef struct {
  GVolumeMonitor *monitor;
  GCancellable *cancellable;
  LanmuGvfsFunc function;
  gpointer data;
  guint running, released;
} Release;

static void finish_if_done (Release *release)
{
  if (release->running > 0)
    return;
  if (release->cancellable == NULL || !g_cancellable_is_cancelled (release->cancellable))
    release->function (release->released, release->data);
  g_clear_object (&release->cancellable);
  g_clear_object (&release->monitor);
  g_free (release);
}

static void on_unmounted (GObject *source, GAsyncResult *result, gpointer data)
{
  Release *release = data;
  g_autoptr (GError) error = NULL;
  if (g_mount_unmount_with_operation_finish (G_MOUNT (source), result, &error))
    release->released++;
  else
    g_debug ("cannot unmount the camera: %s", error->message);
  release->running--;
  finish_if_done (release);
}

gboolean lanmu_gvfs_is_of_port (const char *uri, const char *device_file, const char *port)
{
  unsigned bus, number, file_bus, file_number;
  if (!g_str_has_prefix (uri, "gphoto2://") || sscanf (port, "usb:%u,%u", &bus, &number) != 2)
    return FALSE;
  if (device_file != NULL && sscanf (device_file, "/dev/bus/usb/%u/%u", &file_bus, &file_number) == 2)
    return file_bus == bus && file_number == number;
  g_autofree char *plain = g_uri_unescape_string (uri, NULL);
  return plain != NULL && strstr (plain, port) != NULL;
}

static gboolean is_of_port (GMount *mount, const char *port)
{
  g_autoptr (GFile) root = g_mount_get_root (mount);
  g_autofree char *uri = g_file_get_uri (root);
  g_autoptr (GVolume) volume = g_mount_get_volume (mount);
  g_autofree char *file =
      volume != NULL ? g_volume_get_identifier (volume, G_VOLUME_IDENTIFIER_KIND_UNIX_DEVICE) : NULL;
  return lanmu_gvfs_is_of_port (uri, file, port);
}

void lanmu_gvfs_release (const char *port, GCancellable *cancellable, LanmuGvfsFunc function, gpointer data)
{
  Release *release = g_new0 (Release, 1);
  release->monitor = g_volume_monitor_get ();
  release->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  release->function = function;
  release->data = data;
  release->running = 1; /* until all are started */
  GList *mounts = g_volume_monitor_get_mounts (release->monitor);
  for (GList *l = mounts; l != NULL; l = l->next) {
    if (!is_of_port (l->data, port))
      continue;
    release->running++;
    g_mount_unmount_with_operation (l->data, G_MOUNT_UNMOUNT_FORCE, NULL, cancellable, on_unmounted, release);
  }
  g_list_free_full (mounts, g_object_unref);
  release->running--;
  finish_if_done (release);
}
