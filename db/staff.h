/* Who works at the station: names, roles, classes, and what proves a name (PIN hash, card code). Whether a PIN fits is app/roles' to say; here it is a text.
 * Any thread that owns the connection. Every write appends its audit row; hashes and card codes never go into the audit. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_ROLE_PHOTOGRAPHER,
  LANMU_ROLE_COUNSELOR,
  LANMU_ROLE_ADMINISTRATOR,
  LANMU_N_ROLES,
} LanmuRole;

const char *lanmu_role_to_string (LanmuRole role); /* "photographer" "counselor" "administrator" */
gboolean lanmu_role_from_string (const char *text, LanmuRole *role);

typedef struct {
  gint64 id;
  char *name;
  LanmuRole role;
  char *pin_hash;     /* "" = none yet */
  char *card;         /* NULL = none */
  gboolean active;
  int wrong_pins;     /* in a row */
  gint64 wrong_us;    /* wall time of the last one, 0 = none */
  GArray *class_ids;  /* gint64, rising; of a counselor */
} LanmuStaffRow;

void lanmu_staff_row_free (LanmuStaffRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuStaffRow, lanmu_staff_row_free)
gboolean lanmu_staff_row_has_class (const LanmuStaffRow *row, gint64 class_id);

/* The new id, 0 with an error: EXISTS, REFUSED (an empty name). */
gint64 lanmu_staff_add (LanmuDb *db, const char *name, LanmuRole role, const char *actor, GError **error);
gboolean lanmu_staff_set_pin (LanmuDb *db, gint64 id, const char *pin_hash, const char *actor, GError **error); /* forgets wrong PINs */
gboolean lanmu_staff_set_card (LanmuDb *db, gint64 id, const char *card, const char *actor, GError **error);    /* NULL: none; EXISTS: somebody else's */
/* REFUSED: the last administrator who can sign in would go. */
gboolean lanmu_staff_set_active (LanmuDb *db, gint64 id, gboolean active, const char *actor, GError **error);
/* Replaces the classes of a counselor. */
gboolean lanmu_staff_set_classes (LanmuDb *db, gint64 id, const gint64 *class_ids, gsize n, const char *actor, GError **error);

gboolean lanmu_staff_note_wrong_pin (LanmuDb *db, gint64 id, gint64 wall_us, GError **error);
gboolean lanmu_staff_note_signed_in (LanmuDb *db, gint64 id, const char *how, GError **error); /* how: "pin" "card"; forgets wrong PINs */
/* Proved the name for one deed, beside whoever is signed in; forgets wrong PINs too. */
gboolean lanmu_staff_note_vouched (LanmuDb *db, gint64 id, const char *how, GError **error);

GPtrArray *lanmu_staff_list (LanmuDb *db, GError **error);                                  /* LanmuStaffRow *, by name */
LanmuStaffRow *lanmu_staff_get (LanmuDb *db, gint64 id, GError **error);                    /* NO_ROW */
LanmuStaffRow *lanmu_staff_get_by_name (LanmuDb *db, const char *name, GError **error);     /* NO_ROW; exact */
LanmuStaffRow *lanmu_staff_get_by_card (LanmuDb *db, const char *card, GError **error);     /* NO_ROW; active ones only */
/* Is anybody active who could sign in? Until then nobody is asked. FALSE with an error too. */
gboolean lanmu_staff_can_sign_in (LanmuDb *db, gboolean *anybody, GError **error);

G_END_DECLS
