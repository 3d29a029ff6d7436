/* Pictures that are safe in the vault. A row is written only after its file is (db/vault.h), and a row ends its ticket in the same transaction.
 *
 * Promises:
 *  1. A shot is attached only to the student its ticket was opened for; a body ticket without a student takes the one given (that is what the proof found).
 *  2. Whatever else arrives is quarantined; only a person assigns it (lanmu_shot_assign), and the audit says who.
 *  3. No row is ever deleted.
 */
#pragma once

#include "db/tickets.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_SHOT_ATTACHED,
  LANMU_SHOT_QUARANTINED,
  LANMU_SHOT_DISCARDED, /* out of the tray by a person's word; file and row stay */
} LanmuShotState;
#define LANMU_SHOT_ANY_STATE (-1)
const char *lanmu_shot_state_to_string (LanmuShotState state);
gboolean lanmu_shot_state_from_string (const char *text, LanmuShotState *state);

typedef struct {
  char *id;                 /* use the ticket's id: a file in shots/ without a row then names its ticket */
  char *ticket_id;
  gint64 student_id;        /* 0 = none */
  gint64 binding_id;        /* attach by a body ticket: the binding the proof found, which the ticket learns; 0 = none. Not read back */
  char *token;              /* 采集码 of the ticket's binding, or NULL; filled in by attach and quarantine */
  LanmuShotState state;
  char *reason;             /* quarantined, discarded: a short stable word */
  gint64 likely_student_id; /* quarantined: a guess for the person who decides; 0 = none */
  gint64 sequence_no;       /* 拍摄号; 0 on writing = next free */
  LanmuOrigin origin;       /* taken from the ticket */
  char *sha256;             /* lower-case hex */
  gint64 size;              /* bytes */
  char *path;               /* below the data folder */
  int width, height;        /* pixels; 0 when the picture could not be read */
  char *camera_serial;
  char *camera_folder;
  char *camera_file;        /* name only */
  char *exif_time;
  gint64 exposed_lo_us;     /* boot time; both 0 = not known */
  gint64 exposed_hi_us;
  char *proof;              /* "size,decode,time,serial,number,new" */
  char *raw_path;           /* "" = none, or still to be fetched when raw_file is set */
  char *raw_sha256;
  gint64 raw_size;
  char *raw_file;           /* name of the RAW sibling on the card, "" = none */
  char *checks;             /* JSON object */
  gint64 wall_us;           /* when it became ours; now when 0 */
  gboolean chosen;          /* read only: it is its student's portrait */
} LanmuShotRow;

void lanmu_shot_row_clear (LanmuShotRow *row);
void lanmu_shot_row_free (LanmuShotRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuShotRow, lanmu_shot_row_free)

typedef gboolean (*LanmuShotFunc) (const LanmuShotRow *row, gpointer data); /* row lives during the call; FALSE stops */

/* Row + ticket → attached + student → shot (an accepted one stays accepted) + card_file + audit, one transaction. state and origin of `shot` are not read.
 * NULL strings are "". REFUSED: ticket not open, or of another student, or nobody to attach to; EXISTS: the SHA-256 is known already. *sequence_no may be NULL. */
gboolean lanmu_shot_attach (LanmuDb *db, const LanmuShotRow *shot, const char *actor, gint64 *sequence_no, GError **error);

/* Row + ticket → quarantined + card_file + audit. shot->reason must not be empty; shot->student_id is not read (use likely_student_id). */
gboolean lanmu_shot_quarantine (LanmuDb *db, const LanmuShotRow *shot, const char *actor, gint64 *sequence_no, GError **error);

/* A person says whose a quarantined shot is. new_path: where the file lies now (lanmu_vault_link), NULL = unmoved. REFUSED when not in quarantine. */
gboolean lanmu_shot_assign (LanmuDb *db, const char *shot_id, gint64 student_id, const char *new_path, const char *actor, GError **error);
/* The same for a capture code. NO_ROW: nobody has sat here under it. */
gboolean lanmu_shot_assign_code (LanmuDb *db, const char *shot_id, const char *token, const char *new_path, const char *actor, GError **error);
gboolean lanmu_shot_discard (LanmuDb *db, const char *shot_id, const char *reason, const char *actor, GError **error);

/* Back into the tray with the reason it had there. REFUSED when it was not discarded. */
gboolean lanmu_shot_undiscard (LanmuDb *db, const char *shot_id, const char *reason, const char *actor, GError **error);

/* The shot becomes the student's portrait; a second accept of another take replaces the choice. REFUSED: not an attached shot of this student. */
gboolean lanmu_shot_accept (LanmuDb *db, gint64 student_id, const char *shot_id, const char *actor, GError **error);
gboolean lanmu_shot_unaccept (LanmuDb *db, gint64 student_id, const char *actor, GError **error); /* back to `shot`; REFUSED when not accepted */

/* A shot whose name on the card nobody had written down (the process died first) is found there: it learns it, once. REFUSED when it has a name. */
gboolean lanmu_shot_set_camera_file (LanmuDb *db, const char *shot_id, const char *folder, const char *name, const char *actor, GError **error);

/* The RAW sibling is safe in the vault. REFUSED when the shot has one already. */
gboolean lanmu_shot_set_raw (LanmuDb *db, const char *shot_id, const char *raw_file, const char *raw_path, const char *raw_sha256, gint64 raw_size,
                             const char *actor, GError **error);
gboolean lanmu_shot_set_checks (LanmuDb *db, const char *shot_id, const char *json, GError **error); /* REFUSED when not JSON; no audit row: a measure, not an act */

LanmuShotRow *lanmu_shot_get (LanmuDb *db, const char *id, GError **error);        /* NO_ROW */
/* Pictures and RAW siblings. *shot_id (may be NULL) = who has it, NULL = nobody. FALSE only with an error. */
gboolean lanmu_shots_find_sha256 (LanmuDb *db, const char *sha256, char **shot_id, GError **error);
gboolean lanmu_shots_has_sha256 (LanmuDb *db, const char *sha256, gboolean *has, GError **error);
/* By sequence_no. state LANMU_SHOT_ANY_STATE; student_id 0 = everybody. */
gboolean lanmu_shots_list (LanmuDb *db, gint64 student_id, int state, LanmuShotFunc func, gpointer data, GError **error);
GPtrArray *lanmu_shots_get_all (LanmuDb *db, gint64 student_id, int state, GError **error); /* LanmuShotRow * */
GPtrArray *lanmu_shots_get_raw_pending (LanmuDb *db, GError **error);                       /* raw_file set, raw_path "" */
gint64 lanmu_shots_next_sequence_no (LanmuDb *db, GError **error); /* what the next shot will get; 0 with an error */

G_END_DECLS
