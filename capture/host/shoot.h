/* LanmuShoot: one release and the collecting of its files, as steps of the host's loop. One thread.
 * Promises: 1. what waited before the release is announced with tag 0. 2. The tag is stored in the pulse before the
 * release goes out, so that a killed host leaves behind that it may have exposed. 3. A release answers with files or
 * with a trouble, never with the library's word alone. */
#pragma once

#include "capture/host/report.h"

G_BEGIN_DECLS

typedef struct {
  gboolean running;
  gboolean released; /* the command went out and was not refused */
  guint64 id, tag;   /* of the command; tag 0 when none is running */
  gboolean want_jpeg, want_raw;
  int jpegs, raws;
  gint64 retry_until, retry_at; /* while the body says busy */
  gint64 deadline;              /* for the files */
  LanmuTrouble refusal;         /* an error after which a picture may still come */
  char *detail;
} LanmuShoot;

/* Takes the command; a second one while running is answered BUSY. */
void lanmu_shoot_begin (LanmuShoot *self, LanmuBody *body, LanmuReport *report, guint64 id, guint64 tag);

/* One step: release, or look for files. FALSE: the line is broken (the caller then calls lanmu_shoot_fail). */
gboolean lanmu_shoot_step (LanmuShoot *self, LanmuBody *body, LanmuReport *report);

/* Ends a running shoot with a trouble of the connection; what was released stays said. */
void lanmu_shoot_fail (LanmuShoot *self, LanmuReport *report, LanmuTrouble trouble, const char *detail);

G_END_DECLS
