/* LanmuQueue: everybody who is to be photographed, in queue order: GListModel of LanmuStudent. Main thread.
 *
 * Why not one object a row: a campaign may hold 100,000 students. Rows are compact records; a LanmuStudent is made when
 * somebody asks for that place and lives while somebody holds it.
 *
 * Calling sequence: new → load → (update after each committed change) …; views, class lists and widgets follow by
 * signals.
 *
 * Promises:
 *  1. find by 学号 is exact, byte for byte, and takes the same time for ten students as for 100,000.
 *  2. A change of one student is items-changed (position, 1, 1) with the same object at that place, and notify on it.
 *  3. The order is that of the store: class by the order of the day, inside it by 学号 as numbers.
 *
 * Signals: "state-changed" (guint position, guint old_state, guint new_state), after the row changed and before
 * items-changed. */
#pragma once

#include <gio/gio.h>
#include "app/student.h"

G_BEGIN_DECLS

#define LANMU_QUEUE_NOWHERE G_MAXUINT

#define LANMU_TYPE_QUEUE (lanmu_queue_get_type ())
G_DECLARE_FINAL_TYPE (LanmuQueue, lanmu_queue, LANMU, QUEUE, GObject)

/* One class of the queue; its students stand together. */
typedef struct {
  gint64 id;
  const char *name, *major_name, *college_name; /* owned by the queue, until the next load */
  guint first;                                  /* position of its first student */
  guint total;
  guint counts[LANMU_STUDENT_N_STATES];
} LanmuQueueGroup;

LanmuQueue *lanmu_queue_new (void);

/* Reads the whole list anew; class_id 0 = every class. The model is unchanged after an error. Errors: LANMU_DB_ERROR.
 */
gboolean lanmu_queue_load (LanmuQueue *self, LanmuDb *db, gint64 class_id, GError **error);

/* After a committed change of one student: reads its row and updates its place. FALSE also when the student is not in
 * this queue (LANMU_DB_ERROR_NO_ROW). */
gboolean lanmu_queue_refresh (LanmuQueue *self, LanmuDb *db, gint64 student_id, GError **error);
/* The same with values known already. Ignored when the student is not in this queue. chosen_shot NULL = none. */
void lanmu_queue_update (LanmuQueue *self, gint64 student_id, LanmuStudentState state, guint takes,
                         const char *chosen_shot);

guint lanmu_queue_get_size (LanmuQueue *self);
LanmuStudent *lanmu_queue_get_student (LanmuQueue *self, guint position); /* full; NULL past the end */

/* Position or LANMU_QUEUE_NOWHERE. */
guint lanmu_queue_find (LanmuQueue *self, const char *student_no);
guint lanmu_queue_find_id (LanmuQueue *self, gint64 student_id);
LanmuStudent *lanmu_queue_find_student (LanmuQueue *self, const char *student_no); /* full; NULL when nobody has it */

/* The first waiting place after `position` (LANMU_QUEUE_NOWHERE: from the start) in queue order, not wrapping;
 * same_class: not past that student's class. */
guint lanmu_queue_next_waiting (LanmuQueue *self, guint position, gboolean same_class);

/* Facts of a place without making its object; position must be below the size. Strings are the queue's, until the next
 * load. */
gint64 lanmu_queue_get_id (LanmuQueue *self, guint position);
const char *lanmu_queue_get_student_no (LanmuQueue *self, guint position);
const char *lanmu_queue_get_name (LanmuQueue *self, guint position);
LanmuStudentState lanmu_queue_get_state (LanmuQueue *self, guint position);
guint lanmu_queue_get_group_index (LanmuQueue *self, guint position);
/* Does `folded` (lanmu_format_fold) occur in the 学号, the name, its pinyin or initials, the end of the ID number, or the
 * class's name? */
gboolean lanmu_queue_matches (LanmuQueue *self, guint position, const char *folded);

/* The places (guint, rising) that match and pass, the first LANMU_QUEUE_FOUND of them; passes may be NULL. A few
 * milliseconds among a million. */
#define LANMU_QUEUE_FOUND 1000
typedef gboolean (*LanmuQueuePasses) (guint position, gpointer data);
void lanmu_queue_search (LanmuQueue *self, const char *folded, LanmuQueuePasses passes, gpointer data, GArray *positions);

guint lanmu_queue_get_count (LanmuQueue *self, LanmuStudentState state);

guint lanmu_queue_get_n_groups (LanmuQueue *self);
const LanmuQueueGroup *lanmu_queue_get_group (LanmuQueue *self, guint index); /* until the next load */

G_END_DECLS
