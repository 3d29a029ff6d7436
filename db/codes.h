/* 采集码: somebody who sits here under an opaque code instead of a row of the list. What a student's row holds of the day (state, chosen take), a code's row holds
 * for its token. A token is kept and compared byte for byte; it is never decoded.
 *
 * Promises:
 *  1. A code has its row before anything is shot under it: lanmu_binding_begin writes both in one transaction.
 *  2. Only an attached take of the same token, given to no student, can be chosen.
 */
#pragma once

#include "db/shots.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_CODE_WAITING,
  LANMU_CODE_SHOT,     /* has a take, none accepted */
  LANMU_CODE_ACCEPTED, /* chosen_shot is the portrait */
  LANMU_CODE_SKIPPED,
} LanmuCodeState;
const char *lanmu_code_state_to_string (LanmuCodeState state); /* as in the schema */

typedef struct {
  char *token;
  gint64 number;     /* order of the first scan, from 1 */
  LanmuCodeState state;
  char *chosen_shot; /* NULL = none */
  int takes;         /* attached shots */
  gint64 chosen_sequence_no; /* 拍摄号 of the chosen take, 0 = none */
  gint64 first_us, state_us; /* wall; state_us 0 = never changed */
} LanmuCodeRow;

void lanmu_code_row_free (LanmuCodeRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuCodeRow, lanmu_code_row_free)

/* The row of a token, made when it is seen for the first time; part of the caller's transaction. REFUSED: empty. */
gboolean lanmu_code_note (LanmuDb *db, const char *token, gint64 wall_us, const char *actor, GError **error);
/* A take of it was attached: no longer waiting. Part of the caller's transaction. */
gboolean lanmu_code_mark_shot (LanmuDb *db, const char *token, GError **error);

LanmuCodeRow *lanmu_code_get (LanmuDb *db, const char *token, GError **error); /* NO_ROW */
GPtrArray *lanmu_codes_get_all (LanmuDb *db, GError **error);                  /* LanmuCodeRow *, by number */
GPtrArray *lanmu_code_get_shots (LanmuDb *db, const char *token, GError **error); /* LanmuShotRow *, attached, by 拍摄号 */

/* The take becomes the portrait; another accept replaces it. REFUSED: not an attached take of this code alone. */
gboolean lanmu_code_accept (LanmuDb *db, const char *token, const char *shot_id, const char *actor, GError **error);
gboolean lanmu_code_unaccept (LanmuDb *db, const char *token, const char *actor, GError **error); /* back to `shot` */
/* waiting, skipped, or shot (with a take). REFUSED: an accepted code (unaccept first). */
gboolean lanmu_code_set_state (LanmuDb *db, const char *token, LanmuCodeState state, const char *actor, GError **error);

G_END_DECLS
