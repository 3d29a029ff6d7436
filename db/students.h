/* Students, their queue and their states. Queue order: class.position, class.id, then student.position (学号 as numbers, then as text). */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_STUDENT_WAITING,
  LANMU_STUDENT_SHOT,     /* has a take, none accepted */
  LANMU_STUDENT_ACCEPTED, /* chosen_shot is the portrait */
  LANMU_STUDENT_SKIPPED,
  LANMU_STUDENT_ABSENT,
} LanmuStudentState;
#define LANMU_STUDENT_N_STATES 5
#define LANMU_STUDENT_ANY_STATE (-1)

const char *lanmu_student_state_to_string (LanmuStudentState state);                    /* "waiting" … as in the schema */
gboolean lanmu_student_state_from_string (const char *text, LanmuStudentState *state);

typedef struct {
  gint64 id;
  char *student_no;   /* 学号, byte for byte */
  char *name;
  char *sex;          /* 男 女 or "" */
  char *id_no;        /* sensitive: mask before showing */
  char *exam_no;
  gint64 class_id;
  char *class_name;
  char *major_code;
  char *major_name;
  char *college_name;
  char *extra;        /* JSON object: the list's other columns */
  gboolean closed;    /* the campaign is sealed and not opened: id_no and exam_no are "", extra "{}", whatever they are */
  int position;       /* in the class, from 1 */
  LanmuStudentState state;
  char *chosen_shot;  /* shot id or NULL */
  gint64 state_us;    /* wall; 0 = never changed */
  gint64 revision_id;
  int takes;          /* attached shots */
} LanmuStudentRow;

void lanmu_student_row_clear (LanmuStudentRow *row);
void lanmu_student_row_free (LanmuStudentRow *row);
LanmuStudentRow *lanmu_student_row_copy (const LanmuStudentRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuStudentRow, lanmu_student_row_free)

typedef struct {
  gint64 id;
  char *name;
  char *major_name;
  char *college_name;
  int position;
  int counts[LANMU_STUDENT_N_STATES]; /* students by state */
  int total;
} LanmuClassRow;

void lanmu_class_row_free (LanmuClassRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuClassRow, lanmu_class_row_free)

/* row and its strings are the callee's to read during the call only. FALSE stops the list (not an error). */
typedef gboolean (*LanmuStudentFunc) (const LanmuStudentRow *row, gpointer data);

LanmuStudentRow *lanmu_student_get (LanmuDb *db, gint64 id, GError **error);                           /* NO_ROW */
LanmuStudentRow *lanmu_student_get_by_no (LanmuDb *db, const char *student_no, GError **error);        /* NO_ROW; exact bytes */

/* In queue order. class_id 0 = every class; state LANMU_STUDENT_ANY_STATE = every state. */
gboolean lanmu_students_list (LanmuDb *db, gint64 class_id, int state, LanmuStudentFunc func, gpointer data, GError **error);
/* The same as an array of LanmuStudentRow *. */
GPtrArray *lanmu_students_get_all (LanmuDb *db, gint64 class_id, int state, GError **error);
gint64 lanmu_students_count (LanmuDb *db, int state, GError **error); /* -1 with an error */

/* Every class in the order of the day, with its counts: LanmuClassRow *. */
GPtrArray *lanmu_classes_list (LanmuDb *db, GError **error);

/* The first waiting student after `after_id` in queue order (after_id 0: from the start), never wrapping; same_class: not past the end of after_id's class.
 * TRUE with *next NULL when nobody is left. */
gboolean lanmu_students_next_waiting (LanmuDb *db, gint64 after_id, gboolean same_class, LanmuStudentRow **next, GError **error);

/* waiting, skipped, absent, or shot (call back). REFUSED: ACCEPTED (that is lanmu_shot_accept); any change of an accepted student (lanmu_shot_unaccept first);
 * SHOT without a take; WAITING is allowed with takes (a recall for more). */
gboolean lanmu_student_set_state (LanmuDb *db, gint64 student_id, LanmuStudentState state, const char *actor, GError **error);

G_END_DECLS
