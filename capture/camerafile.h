/* LanmuCameraFile: one file on the camera as the camera names it. A plain boxed value; immutable after creation, any
 * thread. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct {
  char *folder; /* "/store_00010001/DCIM/100NCD75" */
  char *name;   /* "DSC_0039.JPG" */
  guint64 size; /* bytes the camera's directory says; 0 = not asked yet */
  gint64 mtime; /* seconds as the camera says (unreliable: see CAMERA.md Q32); 0 = unknown */
} LanmuCameraFile;

#define LANMU_TYPE_CAMERA_FILE (lanmu_camera_file_get_type ())
GType lanmu_camera_file_get_type (void);
LanmuCameraFile *lanmu_camera_file_new (const char *folder, const char *name, guint64 size, gint64 mtime);
LanmuCameraFile *lanmu_camera_file_copy (const LanmuCameraFile *self);
void lanmu_camera_file_free (LanmuCameraFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuCameraFile, lanmu_camera_file_free)

gboolean lanmu_camera_file_is_jpeg (const LanmuCameraFile *self); /* .JPG .JPEG, any case */
gboolean lanmu_camera_file_is_raw (const LanmuCameraFile *self);  /* .NEF .CR2 .CR3 .ARW .RAF .DNG, any case */
gboolean lanmu_camera_file_is_sibling (const LanmuCameraFile *a,
                                       const LanmuCameraFile *b); /* same folder and stem, other extension */
int lanmu_camera_file_number (
    const LanmuCameraFile *self); /* trailing digits of the stem: DSC_0039 → 39; -1 when there are none */
int lanmu_camera_file_folder_number (
    const LanmuCameraFile *self); /* leading digits of the last folder: 100NCD75 → 100; -1 when there are none */

G_END_DECLS
