/* LanmuClasses: the classes of a queue in the order of the day, with their progress. GListModel of LanmuClass. Main
 * thread. Follows its queue by itself. */
#pragma once

#include "app/queue.h"

G_BEGIN_DECLS

/* LanmuClass properties, read-only, counts notified on change: "id" int64 · "name" "major-name" "college-name" string ·
 * "first" uint (queue position of its first student) · "total" "waiting" "shot" "accepted" "skipped" "absent" uint ·
 * "progress" double 0–1 (accepted of those not absent; 1 when nobody is left) */
#define LANMU_TYPE_CLASS (lanmu_class_get_type ())
G_DECLARE_FINAL_TYPE (LanmuClass, lanmu_class, LANMU, CLASS, GObject)

#define LANMU_TYPE_CLASSES (lanmu_classes_get_type ())
G_DECLARE_FINAL_TYPE (LanmuClasses, lanmu_classes, LANMU, CLASSES, GObject)

LanmuClasses *lanmu_classes_new (LanmuQueue *queue);

gint64 lanmu_class_get_id (LanmuClass *self);
const char *lanmu_class_get_name (LanmuClass *self);
guint lanmu_class_get_first (LanmuClass *self);
guint lanmu_class_get_total (LanmuClass *self);
guint lanmu_class_get_count (LanmuClass *self, LanmuStudentState state);
double lanmu_class_get_progress (LanmuClass *self);

G_END_DECLS
