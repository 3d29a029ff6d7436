/* LanmuDesk: who stands at the station, and whether they may do what a key asks for. Main thread; PINs are hashed on a thread of their own, so the live picture never waits.
 *
 * Promises:
 *  1. As long as nobody on the staff list can sign in, everything is allowed and the operator is the one the program was started with.
 *  2. From then on nothing is allowed to nobody: after start, after sign-out and after the pause without a touch, only looking.
 *  3. Wrong PINs are counted in the database before the answer is given: a restart forgives none.
 *  4. A name that does not exist and a wrong PIN get the same answer.
 */
#pragma once

#include "app/roles/action.h"
#include "db/store.h"

G_BEGIN_DECLS

#define LANMU_DESK_ERROR (lanmu_desk_error_quark ())
GQuark lanmu_desk_error_quark (void);
typedef enum {
  LANMU_DESK_ERROR_NOBODY,      /* nobody is signed in */
  LANMU_DESK_ERROR_ROLE,        /* this role may not */
  LANMU_DESK_ERROR_OTHER_CLASS, /* a counselor of other classes */
  LANMU_DESK_ERROR_WRONG,       /* name or PIN is wrong */
  LANMU_DESK_ERROR_PAUSE,       /* too many wrong PINs: wait; the message says how long */
  LANMU_DESK_ERROR_UNKNOWN_CARD,
  LANMU_DESK_ERROR_STORE,
} LanmuDeskError;
const char *lanmu_desk_error_kind (int code); /* "signed-out" "not-allowed" …: stable words for --json */

#define LANMU_TYPE_DESK (lanmu_desk_get_type ())
G_DECLARE_FINAL_TYPE (LanmuDesk, lanmu_desk, LANMU, DESK, GObject)

/* Signal "changed": somebody signed in, out, or was locked out by the pause; read the getters. */

LanmuDesk *lanmu_desk_new (LanmuStore *store, const char *operator_name);

gboolean lanmu_desk_is_guarded (LanmuDesk *self);       /* is anybody asked for a PIN? */
gboolean lanmu_desk_is_locked (LanmuDesk *self);        /* somebody should be signed in, and nobody is */
const LanmuStaffRow *lanmu_desk_get_staff (LanmuDesk *self); /* who is signed in, or NULL; until the next "changed" */
const char *lanmu_desk_get_operator (LanmuDesk *self);  /* for tickets and audit; never NULL */
const char *lanmu_desk_get_how (LanmuDesk *self);       /* "key" (unguarded) "pin" "card" */

/* class_id: of the student it is about, 0 = of none (a counselor's own-class right needs one). */
gboolean lanmu_desk_may (LanmuDesk *self, LanmuAction action, gint64 class_id, GError **error);
/* For some student at least: may the page be opened at all? */
gboolean lanmu_desk_may_for_some (LanmuDesk *self, LanmuAction action, GError **error);

/* Who could prove their name by a PIN and may do this: LanmuStaffRow *, counselors first, by name. action LANMU_N_ACTIONS: whatever they may. */
GPtrArray *lanmu_desk_list (LanmuDesk *self, LanmuAction action, gint64 class_id, GError **error);
/* Seconds until a PIN of this name is looked at again, 0 = now. */
guint lanmu_desk_get_wait (LanmuDesk *self, const char *name);
/* The card of somebody on the staff list? Asked of every scan. */
gboolean lanmu_desk_knows_card (LanmuDesk *self, const char *card);

/* Replaces whoever is signed in; a refusal leaves them. pin is copied and wiped. */
void lanmu_desk_sign_in_async (LanmuDesk *self, const char *name, const char *pin, GAsyncReadyCallback callback, gpointer user_data);
void lanmu_desk_card_async (LanmuDesk *self, const char *card, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_desk_sign_in_finish (LanmuDesk *self, GAsyncResult *result, GError **error);
void lanmu_desk_sign_out (LanmuDesk *self);

/* Somebody else proves their name for one deed; whoever is signed in stays. pin NULL: name is the code of a card. Refused as signing in is, and when the
 * one who proved the name may not do this. */
void lanmu_desk_vouch_async (LanmuDesk *self, LanmuAction action, gint64 class_id, const char *name, const char *pin, GAsyncReadyCallback callback,
                             gpointer user_data);
LanmuStaffRow *lanmu_desk_vouch_finish (LanmuDesk *self, GAsyncResult *result, GError **error); /* full */

/* Somebody is there: the pause begins anew. 0 = never locked by itself; 5 minutes at first. */
void lanmu_desk_touch (LanmuDesk *self);
void lanmu_desk_set_lock_seconds (LanmuDesk *self, guint seconds);
/* The staff list was changed by another way: look again. */
gboolean lanmu_desk_refresh (LanmuDesk *self, GError **error);

G_END_DECLS
