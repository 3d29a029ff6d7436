/* LanmuQueueRow: one student in the queue: shape, number, name (masked unless it is this student's turn), word. Main
 * thread. */
#pragma once

#include <gtk/gtk.h>
#include "app/student.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_ROW_PLAIN,
  LANMU_ROW_CURRENT, /* before the camera */
  LANMU_ROW_NEXT,
} LanmuRowTurn;

#define LANMU_TYPE_QUEUE_ROW (lanmu_queue_row_get_type ())
G_DECLARE_FINAL_TYPE (LanmuQueueRow, lanmu_queue_row, LANMU, QUEUE_ROW, GtkWidget)

GtkWidget *lanmu_queue_row_new (void);
/* NULL: the row shows nobody. The row follows the student's state by itself. */
void lanmu_queue_row_set_student (LanmuQueueRow *self, LanmuStudent *student);
LanmuStudent *lanmu_queue_row_get_student (LanmuQueueRow *self);
/* sought: what was typed into the search, "" = none: numbers are then whole, and a name is shown whole to whoever typed
 * two letters of it. */
void lanmu_queue_row_set_turn (LanmuQueueRow *self, LanmuRowTurn turn, const char *sought);
/* reason: why the student must not be photographed now (db/holds.h), NULL = is not held. */
void lanmu_queue_row_set_held (LanmuQueueRow *self, const char *reason);

G_END_DECLS
