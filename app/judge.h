/* Whose picture is this? The one place that decides it. Pure: values in, verdict out; no I/O, any thread.
 *
 * The rule: a picture belongs to the student who was bound while it was exposed. The exposure is an interval (the stamp's resolution and what is known of the
 * camera's clock); bindings are intervals that never overlap. Attach only when every moment of the possible exposure speaks for one student and nothing
 * speaks against: anything else is quarantine with the likely student named. The seat of a student is the binding and the bindings of the same student that
 * touch it: a picture exposed while nobody was bound is nobody's, however close.
 *
 * A release of ours (host ticket) narrows the exposure to [release, file announced]: the binding cannot change in between (see station.h promise 3), but a
 * possible exposure that reaches into *another* student's binding is still not proved, nor one that reaches beyond both the seat and that window.
 *
 * Without a time (no clock, no stamp, or the clock was set since) a release of ours proves only what nobody else can have exposed: whoever sits there must have
 * been there long enough for any older picture to have been announced.
 */
#pragma once

#include <glib.h>
#include "app/clock.h"

/* A body announces a picture when it is written: 1–4 s after the exposure. One that comes later than this was not exposed when its stamp says, or the stamp is
 * of a clock that was set: a live picture is never given to somebody who sat there long ago. */
#define LANMU_JUDGE_LATEST_NEWS_US  (15 * G_USEC_PER_SEC)
/* Without a time: how long somebody must have sat there before the release, so that no picture of the one before can still be on its way. */
#define LANMU_JUDGE_ALONE_US        (5 * G_USEC_PER_SEC)

G_BEGIN_DECLS

/* Evidence held for a picture; stored with the shot as words, strongest kept first. */
typedef enum {
  LANMU_PROOF_SIZE = 1 << 0,   /* as many bytes as the camera's directory says */
  LANMU_PROOF_DECODE = 1 << 1, /* the whole JPEG decodes without a warning */
  LANMU_PROOF_NEW = 1 << 2,    /* its SHA-256 was never seen */
  LANMU_PROOF_TIME = 1 << 3,   /* EXIF time inside the window, by the camera's clock as learned */
  LANMU_PROOF_SERIAL = 1 << 4, /* EXIF body serial = the connected body */
  LANMU_PROOF_NUMBER = 1 << 5, /* file number follows the last one seen */
  LANMU_PROOF_WINDOW = 1 << 6, /* announced while the release of its ticket was collecting */
} LanmuProof;
char *lanmu_proof_to_string (guint proof); /* "size,decode,new,time,…" */

typedef struct {
  gint64 binding;     /* row id */
  gint64 student;     /* row id, 0 = a token without a list */
  LanmuSpan span;     /* boot µs; hi = G_MAXINT64 while open */
} LanmuJudgeBinding;

typedef struct {
  gint64 number;      /* ticket tag */
  gint64 student;
  gint64 binding;
  LanmuSpan window;   /* [release went out, camera quiet or latest possible] */
  gint64 orphaned_us; /* its session died: the boot µs at which the next one began, from when on nobody was bound; 0 = it lives */
} LanmuJudgeTicket;

typedef struct {
  /* the file */
  gboolean size_agrees, size_known;
  gboolean decodes;
  gboolean seen_before;        /* SHA-256 known */
  gboolean has_stamp;
  gint64 stamp_us, resolution_us;
  const char *file_serial;     /* "" = the file names none */
  int number, folder_number;   /* -1 = the name has none */
  gint64 seen_us;              /* boot µs it was announced or listed: it was exposed before; G_MAXINT64 unknown */
  gboolean live;               /* seen_us is the camera's own announcement of a new file, not a look at the card */
  /* the body */
  const char *body_serial;     /* "" = unknown */
  int last_number, last_folder_number; /* newest file before it, -1 = none known */
  const LanmuClock *clock;
  gint64 now_us;
  /* who sat there: all bindings that may matter, any order */
  const LanmuJudgeBinding *bindings;
  guint n_bindings;
  /* a release it may answer: collecting = the ticket whose release was collecting when it came (NULL: none);
   * unanswered = open tickets without a file (after a restart or a lost event) */
  const LanmuJudgeTicket *collecting;
  const LanmuJudgeTicket *unanswered;
  guint n_unanswered;
} LanmuCase;

typedef enum {
  LANMU_VERDICT_ATTACH,
  LANMU_VERDICT_QUARANTINE,
  LANMU_VERDICT_REFUSE,    /* not a new picture: seen before */
} LanmuJudgement;

typedef struct {
  LanmuJudgement judgement;
  const char *reason;       /* static word: "", "damaged", "other-camera", "other-time", "between-students", "edge-of-binding", "nobody-bound", "no-time", "size", "two-tickets", "seen-before" */
  guint proof;              /* LanmuProof bits */
  gint64 ticket;            /* number of the host ticket it answers; 0 = none: a body shot */
  gint64 student, binding;  /* attach: whose; quarantine: likely (0 = no idea) */
  gboolean has_exposure;
  LanmuSpan exposure;       /* boot µs */
} LanmuRuling;

void lanmu_judge (const LanmuCase *c, LanmuRuling *out);

G_END_DECLS
