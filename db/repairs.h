/* Slip repair, as rows: a person says that pictures show somebody else than who was bound. What may be repaired and what becomes of whom is decided in
 * app/repair.h; here it is written all at once, read back, and put into words for the audit.
 *
 * Promises:
 *  1. A repair is one transaction with its audit row; the shots and people must be as it says they were before, else nothing changes.
 *  2. Rows of a repair are never changed or removed. An undo is a repair that names the one it undoes.
 *  3. Tickets and bindings are not touched: they stay what was true at the moment of the release.
 */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_REPAIR_SWAP,
  LANMU_REPAIR_MOVE,
  LANMU_REPAIR_SHIFT,
  LANMU_REPAIR_UNDO,
} LanmuRepairKind;
const char *lanmu_repair_kind_to_string (LanmuRepairKind kind); /* "swap" … as in the schema */

/* One picture that changes hands. Neither student nor token: the quarantine tray. */
typedef struct {
  char *shot_id;
  gint64 from_student_id, to_student_id; /* 0 = none */
  char *from_token, *to_token;           /* 采集码 or NULL */
  char *from_reason, *to_reason;         /* shot.reason before and after, "" = none */
  gint64 likely_student_id;              /* writing: into the tray, the guess for whoever decides; 0 = none */
  char *path;                            /* writing: where the file lies now, NULL = unmoved */
} LanmuRepairShot;

/* One person it touches: a student or (token) somebody under a capture code. States as words of the schema. */
typedef struct {
  gint64 student_id; /* 0: a code */
  char *token;
  char *state_before, *state_after;
  char *chosen_before, *chosen_after; /* shot id or NULL */
} LanmuRepairPerson;

typedef struct {
  gint64 id;
  LanmuRepairKind kind;
  gint64 undoes;    /* of an undo: which repair; else 0 */
  gint64 undone_by; /* read only: the undo of this one, 0 = it stands */
  char *actor, *reason;
  gint64 wall_us;    /* now when 0 on writing */
  GPtrArray *shots;  /* LanmuRepairShot, by shot id when read */
  GPtrArray *people; /* LanmuRepairPerson, as written */
} LanmuRepairRow;

void lanmu_repair_shot_free (LanmuRepairShot *shot);
void lanmu_repair_person_free (LanmuRepairPerson *person);
LanmuRepairRow *lanmu_repair_row_new (void); /* empty arrays that own what is put into them */
void lanmu_repair_row_free (LanmuRepairRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuRepairRow, lanmu_repair_row_free)

/* Writes it and does it; sets row->id and wall_us. REFUSED: somebody is not as `before` says; CONSTRAINT: a shot is not where it is taken from. */
gboolean lanmu_repair_write (LanmuDb *db, LanmuRepairRow *row, GError **error);

LanmuRepairRow *lanmu_repair_get (LanmuDb *db, gint64 id, GError **error); /* NO_ROW */
GPtrArray *lanmu_repairs_get_all (LanmuDb *db, GError **error);            /* LanmuRepairRow *, oldest first */

/* The detail of its audit row: every picture and person, so that an edited repair shows (subject: "repair/ID", action: "repair.KIND"). */
char *lanmu_repair_describe (const LanmuRepairRow *row);

G_END_DECLS
