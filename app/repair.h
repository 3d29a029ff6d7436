/* Slip repair: the operator still shot A as B. Two students' pictures are swapped, one (or all of one student) moved, or a range of the queue shifted by
 * one; what comes out is laid beside what is there before anything changes, then done at once, and can be taken back.
 *
 * Why a part of its own: it is the only way in which a proved picture changes hands, so it is slow on purpose: a person looks, says why, and the audit
 * keeps who. Ticket and binding stay as they were; db/repairs.h holds the rows that explain the difference, `lanmuctl verify` asks for them.
 *
 * Calling sequence:
 *   lanmu_repair_plan (wish) → show plan->pairs, plan->moves, plan->refusals → lanmu_repair_apply (wish, plan->fingerprint, who, why)
 *   to take it back: a wish of kind UNDO with the repair's id, planned, shown and applied in the same way
 *
 * Rules:
 *  1. Only attached pictures move. Files keep their names (a name in the vault is an id, no person's); one that goes to the tray moves to quarantine/.
 *  2. The chosen take stays chosen: with whoever gets it (accepted then), unless that one has a portrait already, which stays.
 *  3. Who gets pictures counts as shot (accepted with a chosen one); who has none left waits again.
 *  4. A shift steps over students who are absent or skipped and have no picture; who falls off the end goes to the tray, with the next in line as the guess.
 *  5. A capture code is somebody like any other in a swap or a move; it has no place in the queue, so no shift passes over it.
 *  6. Nothing is done with a refusal in the plan, nor when the people or pictures are not those of the fingerprint any more.
 *
 * Thread: plan on any connection's thread (main with the reader); apply is a LanmuStoreWork. Strings of a plan are its own. In a running station use
 * lanmu_station_repair_async, which also brings the screen up to date.
 */
#pragma once

#include "db/repairs.h"
#include "db/students.h"

G_BEGIN_DECLS

typedef struct {
  LanmuRepairKind kind;
  char *first;       /* 学号, or "code:TOKEN" (app/owner.h; not in a shift). swap: one of the two; move: whose pictures (not read when `shot` is given); shift: first of the range in queue order */
  char *second;      /* the same. swap: the other; move: whose they are; shift: last of the range */
  char *shot;        /* move: this picture only; NULL = all of first's */
  gboolean backward; /* shift: FALSE = each picture is of the next in the queue, TRUE = of the one before */
  gint64 undoes;     /* undo: the repair's id */
  gint64 session_id; /* of the running station, whose open binding counts; 0 = none runs */
} LanmuRepairWish;

typedef struct {
  char *shot;
  gint64 sequence_no; /* 拍摄号 */
  gint64 wall_us;     /* when it became ours */
  char *exif_time;    /* as the camera wrote it, "" = not known */
  char *path;         /* below the data folder */
  gboolean chosen;    /* is (before) or will be (after) the portrait */
} LanmuRepairTake;

/* One student, or capture code (student_id below 0, student_no "code:TOKEN"): what is there, what will be. Also those whom nothing happens to but who were named. */
typedef struct {
  gint64 student_id;
  char *student_no, *name, *class_name;
  LanmuStudentState state_before, state_after;
  GPtrArray *before, *after; /* LanmuRepairTake, by 拍摄号 */
} LanmuRepairPair;

/* One picture's way. *_no and *_name are "" for the tray. */
typedef struct {
  LanmuRepairTake *take; /* as it is before */
  gint64 from_id, to_id; /* student, below 0 a capture code; 0 = the tray */
  char *from_no, *from_name, *to_no, *to_name;
  char *likely_no; /* into the tray: the guess, "" = none */
} LanmuRepairMove;

typedef struct {
  const char *kind; /* stable: "same_student" "nothing_to_move" "before_camera" "picture_coming" "countersigned" "bad_range" "changed_since" "undone_already" */
  char *student_no; /* "" = nobody in particular */
  char *message;    /* a sentence in the user's language */
} LanmuRepairRefusal;

typedef struct {
  LanmuRepairKind kind;
  GPtrArray *pairs;    /* LanmuRepairPair, in queue order */
  GPtrArray *moves;    /* LanmuRepairMove, by 拍摄号 */
  GPtrArray *refusals; /* LanmuRepairRefusal; empty: it may be applied */
  char *fingerprint;   /* of all of this */
  LanmuRepairRow *row; /* what would be written; not for showing */
} LanmuRepairPlan;

void lanmu_repair_wish_clear (LanmuRepairWish *wish);
LanmuRepairWish lanmu_repair_wish_copy (const LanmuRepairWish *wish);
void lanmu_repair_plan_free (LanmuRepairPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuRepairPlan, lanmu_repair_plan_free)

/* NO_ROW: no such student, shot or repair. Everything else that stands in the way is in plan->refusals. */
LanmuRepairPlan *lanmu_repair_plan (LanmuDb *db, const LanmuRepairWish *wish, GError **error);

typedef struct {
  LanmuRepairWish wish;
  char *fingerprint; /* of the plan that a person saw; NULL: of whatever is there now */
  char *actor, *reason;
  gint64 repair_id;  /* out */
  GArray *students;  /* out: gint64 ids of the students it touched */
  GPtrArray *tokens; /* out: and of the capture codes */
} LanmuRepairJob;

void lanmu_repair_job_free (LanmuRepairJob *job);

/* LanmuStoreWork; data: LanmuRepairJob. REFUSED: a refusal of the plan (its sentence), no reason given, or changed since the plan. */
gboolean lanmu_repair_apply (LanmuDb *db, gpointer job, GError **error);

G_END_DECLS
