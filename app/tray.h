/* The quarantine tray: a person says whose a picture is, or that it is nobody's. File and row change so that a power
 * cut in between leaves both findable. */
#pragma once

#include "db/shots.h"

G_BEGIN_DECLS

typedef struct {
  const char *shot;       /* id */
  const char *student_no; /* assign: whose; discard: NULL */
  const char *reason;     /* discard: why, a short word or sentence */
  const char *actor;
} LanmuTrayWord;

/* LanmuStoreWork each; data: LanmuTrayWord. assign: link in shots/ → row → unlink in quarantine/ (db/vault.h); calling
 * it again after a crash finishes it. NO_ROW: no such shot or student; REFUSED: not in quarantine. discard: row and
 * file stay, the shot leaves the tray. */
gboolean lanmu_tray_assign (LanmuDb *db, gpointer word, GError **error);
gboolean lanmu_tray_discard (LanmuDb *db, gpointer word, GError **error);

G_END_DECLS
