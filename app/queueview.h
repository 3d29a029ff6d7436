/* LanmuQueueView: the part of a queue that a face shows: one class, one state, or what was typed into the search.
 * GListModel of LanmuStudent. Main thread.
 *
 * Why not GtkFilterListModel: it would make all 100,000 objects to look at them. This one keeps positions only and
 * follows its queue row by row. */
#pragma once

#include "app/queue.h"

G_BEGIN_DECLS

#define LANMU_TYPE_QUEUE_VIEW (lanmu_queue_view_get_type ())
G_DECLARE_FINAL_TYPE (LanmuQueueView, lanmu_queue_view, LANMU, QUEUE_VIEW, GObject)

/* Shows everybody at first. Properties, notified: "text" string ("" = no search), "class-id" int64 (0 = all), "state"
 * int (LANMU_STUDENT_ANY_STATE = all). */
LanmuQueueView *lanmu_queue_view_new (LanmuQueue *queue);
LanmuQueue *lanmu_queue_view_get_queue (LanmuQueueView *self);

/* Part of a 学号 or of a name, as typed: case, full-width forms, spaces and the kind of middle dot do not matter. NULL
 * or "" shows all. */
void lanmu_queue_view_set_text (LanmuQueueView *self, const char *text);
const char *lanmu_queue_view_get_text (LanmuQueueView *self);
void lanmu_queue_view_set_class (LanmuQueueView *self, gint64 class_id);
gint64 lanmu_queue_view_get_class (LanmuQueueView *self);
void lanmu_queue_view_set_state (LanmuQueueView *self, int state);
int lanmu_queue_view_get_state (LanmuQueueView *self);

/* Place in this view of a place in the queue, and back; LANMU_QUEUE_NOWHERE when it is not shown. */
guint lanmu_queue_view_from_queue (LanmuQueueView *self, guint queue_position);
guint lanmu_queue_view_to_queue (LanmuQueueView *self, guint view_position);

G_END_DECLS
