/* Sealing a campaign: what identifies a student beyond name and number (student_private, correction slips) and every picture are kept encrypted under one
 * random campaign key. The key is on the disk only as wrappings: under keys that argon2id makes of passphrases. Whoever knows one of them opens the campaign
 * for the life of a process (db/keyring.h); without it the station does not shoot, and lists show what is not sealed.
 *
 * What stays readable: names, 学号, sex, class, states, times, settings, the audit (which names students by internal number). SQLite's file is not encrypted
 * as a whole; its values are sealed before SQLite sees them, so that neither log nor free page nor temporary file ever has them.
 *
 * Calling sequence:
 *   begin (once a campaign) … open (each process) … rows (until none is left, after begin on a campaign with data) → finish
 *
 * Runs on the thread that owns the connection; begin, open and wrap take a second and some 256 MiB (argon2id, on purpose). */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef enum { LANMU_SEAL_NONE, LANMU_SEAL_SEALING, LANMU_SEAL_SEALED } LanmuSealState;

/* Work of argon2id; what is stored with a wrapping counts when it is opened. */
typedef enum {
  LANMU_SEAL_COST_MODERATE,    /* 256 MiB: the default */
  LANMU_SEAL_COST_INTERACTIVE, /* 64 MiB: a small machine */
} LanmuSealCost;

typedef struct {
  const char *name;       /* whose passphrase */
  const char *passphrase; /* at least LANMU_PASSPHRASE_LEAST characters */
  LanmuSealCost cost;
} LanmuSealSecret;
#define LANMU_PASSPHRASE_LEAST 8

gboolean lanmu_seal_get_state (LanmuDb *db, LanmuSealState *state, GError **error);
/* Not sealed, or opened: sensitive texts and pictures can be read and written. */
gboolean lanmu_seal_is_open (LanmuDb *db);
gboolean lanmu_seal_require_open (LanmuDb *db, GError **error); /* CLOSED */

/* Makes the key, its first wrapping, and opens the campaign in this process; the state is SEALING. From here on every write is sealed. EXISTS: sealed already;
 * REFUSED: the passphrase is too short. */
gboolean lanmu_seal_begin (LanmuDb *db, const LanmuSealSecret *secret, const char *actor, GError **error);

/* PASSPHRASE: it opens none of the wrappings; REFUSED: the campaign is not sealed. */
gboolean lanmu_seal_open (LanmuDb *db, const char *passphrase, GError **error);

/* Seals up to `most` rows that are still plain, in one transaction; *left: there are more. CLOSED. */
gboolean lanmu_seal_rows (LanmuDb *db, guint most, gboolean *left, GError **error);
/* SEALING → SEALED; REFUSED while a row is plain. Then the free pages and the log are emptied (VACUUM, checkpoint): they held plain rows. */
gboolean lanmu_seal_finish (LanmuDb *db, const char *actor, GError **error);
gboolean lanmu_seal_sweep (LanmuDb *db, GError **error); /* the emptying alone; outside a transaction */

/* Another passphrase for the same key, under a name (the one of that name is replaced). by: a passphrase that opens it now. PASSPHRASE, REFUSED. */
gboolean lanmu_seal_wrap (LanmuDb *db, const char *by, const LanmuSealSecret *secret, const char *actor, GError **error);
/* REFUSED: the last one; NO_ROW. */
gboolean lanmu_seal_unwrap (LanmuDb *db, const char *name, const char *actor, GError **error);
char **lanmu_seal_get_names (LanmuDb *db, GError **error); /* whose passphrases open it, by age */

/* Private to db/: tells the keyring what this folder's database says, when it is opened and after begin. */
gboolean lanmu_seal_read (LanmuDb *db, GError **error);

G_END_DECLS
