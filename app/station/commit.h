/* What the store thread does with a picture that has fully arrived: judge it, make the file durable, write the row. One job, so that the judgement and the
 * bindings it rests on cannot change in between.
 *
 * Order (each line is a place a test kills the process): judge → fsync + rename into the vault → row, ticket and student in one transaction.
 * Plain memory only; runs on the store thread; owned by the caller otherwise.
 */
#pragma once

#include "app/judge.h"
#include "db/store.h"

G_BEGIN_DECLS

typedef struct {
  char *id;
  LanmuJudgeTicket judge;
} LanmuCommitTicket;

typedef struct {
  /* in: where the bytes are */
  char *part_id;               /* incoming/<part_id>.part, or … */
  char *kept_path;             /* … a file of the vault that lost its row in a crash */
  /* in: what it answers */
  char *fresh_id;              /* NULL, or the id an earlier try made up for its ticket (also out) */
  char *body_ticket;           /* id of the body ticket opened when it was announced; NULL: opened here if one is needed */
  gboolean has_collecting;
  LanmuCommitTicket collecting;
  GArray *unanswered;          /* of LanmuCommitTicket; ids freed by lanmu_commit_free */
  /* in: the file */
  char *sha256, *exif_time, *file_serial;
  gint64 size, size_said;      /* size_said 0 = nobody said */
  int width, height;
  gboolean decodes, has_stamp;
  gint64 stamp_us, resolution_us, seen_us;
  gboolean live;               /* seen_us is the camera's announcement */
  char *folder, *name;         /* on the camera; "" for a leftover of which nobody wrote it down */
  int number, folder_number, last_number, last_folder_number;
  char *raw_file;              /* sibling seen, "" = none */
  /* in: the rest */
  LanmuClock clock;
  char *camera_serial;
  gint64 session, revision;
  char *actor;
  gboolean wants_countersign;  /* the campaign wants a counselor's word before the shutter */
  /* out */
  LanmuRuling ruling;
  char *ticket_id, *shot_id, *path, *student_no, *likely_no, *token;
  char *old_path;              /* where a kept file lay, when it was judged otherwise now */
  gint64 student_id, sequence_no;
  gint64 kept_us;              /* boot µs when the bytes were safe in the vault; 0 = they were there before */
  gboolean found_again;        /* refused, but no second copy: the own file of shot_id on the card */
  gboolean lacks_raw;          /* … and no RAW of it is in the vault */
  gboolean before_word;        /* attached, and nobody has confirmed that sitting yet: a press of the body; kept in the audit */
  int takes;                   /* of the student, this one included */
} LanmuCommit;

LanmuCommit *lanmu_commit_new (void);
void lanmu_commit_free (LanmuCommit *self);
gboolean lanmu_commit_run (LanmuDb *db, gpointer commit, GError **error); /* LanmuStoreWork; on error the bytes stay where they were and nothing was written */

G_END_DECLS
