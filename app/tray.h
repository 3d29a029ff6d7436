/* The quarantine tray: a person says whose a picture is, or that it is nobody's. File and row change so that a power
 * cut in between leaves both findable. */
#pragma once

#include "db/shots.h"

G_BEGIN_DECLS

typedef struct {
  const char *shot;       /* id */
  const char *student_no; /* assign: whose, a 学号 or "code:TOKEN" (app/owner.h); discard: NULL */
  const char *reason;     /* discard: why, a short word or sentence; undiscard: why it was in the tray */
  const char *actor;
  int state_before;       /* unassign: LanmuStudentState the student (or the code, by the same words) had before the assignment */
} LanmuTrayWord;

/* LanmuStoreWork each; data: LanmuTrayWord. assign: link in shots/ → row → unlink in quarantine/ (db/vault.h); calling
 * it again after a crash finishes it. NO_ROW: no such shot, student or code; REFUSED: not in quarantine. discard: row and
 * file stay, the shot leaves the tray. */
gboolean lanmu_tray_assign (LanmuDb *db, gpointer word, GError **error);
gboolean lanmu_tray_discard (LanmuDb *db, gpointer word, GError **error);

/* The same, taken back. unassign: the picture lies in the tray again, written as a repair (db/repairs.h), because an attached shot changes hands by nothing
 * else; REFUSED when it never was in the tray, or is the student's portrait meanwhile. undiscard: back with the reason it had. */
gboolean lanmu_tray_unassign (LanmuDb *db, gpointer word, GError **error);
gboolean lanmu_tray_undiscard (LanmuDb *db, gpointer word, GError **error);

/* What a reason of the judge means, and what follows from it for whoever decides: a sentence in the user's language; the word itself when it is none of ours. */
const char *lanmu_tray_reason_sentence (const char *reason);

G_END_DECLS
