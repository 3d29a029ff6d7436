/* LanmuArrival: one picture on its way from the camera (or from a dead session's leftovers) to a row. Main thread; freed by its own last step.
 *
 *   prepare (ticket of a body shot, incoming/….part; store thread) → fetch (camera host), proved meanwhile → facts (vision thread) → commit (store thread) → told
 *        └ a release of ours has both already            └ bad bytes: once more, then as it is ┘
 */
#pragma once

#include "app/station/internal.h"

G_BEGIN_DECLS

typedef struct {
  LanmuStation *station;      /* owned */
  LanmuCameraFile *file;      /* NULL: a leftover */
  gint64 tag;                 /* ticket whose release was collecting when it came, 0 = none; another file may have come for it first */
  gboolean held;              /* waits until the one before it is judged */
  gint64 ticket_number;       /* host ticket it answers, 0 = to be found by the judge, or a body shot */
  char *body_ticket;          /* body ticket opened for it */
  char *part_id, *kept_path;
  int fd;                     /* of the part or the kept file */
  gint64 seen_us;             /* boot: announced, or listed */
  gboolean live, of_reconcile;
  gboolean late;              /* came live, but may answer a release that had given up waiting */
  guint tries;                /* downloads begun since the last that came to an end */
  guint readings;             /* downloads that came to an end */
  char read_before[65];       /* SHA-256 of the last of them, when it was not sound */
  gboolean failed;            /* its bytes are not safe yet: somebody must come back for them */
  guint commit_tries, commit_timeout;
  char *fresh_id;             /* of a ticket that an earlier try of the commit has made up */
  guint64 said, got;
  int last_number, last_folder_number;
  LanmuArriving *arriving;    /* the file, proved while it is fetched */
  LanmuShotFacts facts;
  gboolean decodes;
  LanmuShotTimes ms;
} LanmuArrival;

G_END_DECLS
