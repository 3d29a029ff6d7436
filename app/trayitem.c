/* See trayitem.h. */
#include "app/trayitem.h"

#include <string.h>
#include "db/students.h"

struct _LanmuTrayItem {
  GObject parent_instance;
  char *shot, *path, *reason, *likely_no, *exif_time;
  guint number;
  gint64 wall_us;
};

G_DEFINE_FINAL_TYPE (LanmuTrayItem, lanmu_tray_item, G_TYPE_OBJECT)

static void lanmu_tray_item_finalize (GObject *object)
{
  LanmuTrayItem *self = LANMU_TRAY_ITEM (object);
  g_free (self->shot);
  g_free (self->path);
  g_free (self->reason);
  g_free (self->likely_no);
  g_free (self->exif_time);
  G_OBJECT_CLASS (lanmu_tray_item_parent_class)->finalize (object);
}

static void lanmu_tray_item_class_init (LanmuTrayItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanmu_tray_item_finalize;
}

static void lanmu_tray_item_init (LanmuTrayItem *self)
{
}

LanmuTrayItem *lanmu_tray_item_new (const LanmuShotRow *shot, const char *likely_no)
{
  LanmuTrayItem *self = g_object_new (LANMU_TYPE_TRAY_ITEM, NULL);
  self->shot = g_strdup (shot->id);
  self->path = g_strdup (shot->path);
  self->reason = g_strdup (shot->reason);
  self->likely_no = g_strdup (likely_no);
  self->exif_time = g_strdup (shot->exif_time);
  self->number = (guint) shot->sequence_no;
  self->wall_us = shot->wall_us;
  return self;
}

const char *lanmu_tray_item_get_shot (LanmuTrayItem *self)
{
  return self->shot;
}

const char *lanmu_tray_item_get_path (LanmuTrayItem *self)
{
  return self->path;
}

const char *lanmu_tray_item_get_reason (LanmuTrayItem *self)
{
  return self->reason;
}

const char *lanmu_tray_item_get_likely_no (LanmuTrayItem *self)
{
  return self->likely_no;
}

guint lanmu_tray_item_get_number (LanmuTrayItem *self)
{
  return self->number;
}

/* EXIF writes 2026:06:01 09:12:33.45; people read the clock of it. */
char *lanmu_tray_item_dup_time (LanmuTrayItem *self)
{
  const char *clock = strchr (self->exif_time, ' ');
  if (clock != NULL && strlen (clock) >= 9)
    return g_strndup (clock + 1, 8);
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (self->wall_us / G_USEC_PER_SEC);
  return g_date_time_format (when, "%H:%M:%S");
}

GListStore *lanmu_tray_items_load (LanmuDb *db, GError **error)
{
  g_autoptr (GPtrArray) shots = lanmu_shots_get_all (db, 0, LANMU_SHOT_QUARANTINED, error);
  g_autoptr (GListStore) items = g_list_store_new (LANMU_TYPE_TRAY_ITEM);

  for (guint i = 0; shots != NULL && i < shots->len; i++) {
    const LanmuShotRow *shot = g_ptr_array_index (shots, i);
    g_autoptr (LanmuStudentRow) likely =
        shot->likely_student_id != 0 ? lanmu_student_get (db, shot->likely_student_id, NULL) : NULL;
    g_autoptr (LanmuTrayItem) item = lanmu_tray_item_new (shot, likely != NULL ? likely->student_no : NULL);
    g_list_store_append (items, item);
  }
  return shots != NULL ? g_steal_pointer (&items) : NULL;
}
