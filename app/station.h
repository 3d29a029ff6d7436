/* LanmuStation: what the station does, without a screen. Both the kiosk and `lanmuctl station` are faces of this one object.
 *
 * Why: the promises must hold whoever presses the key, so every rule of shooting lives here and nowhere else. Main thread only; nothing here blocks: disk and
 * database are the store thread's, pixels the vision thread's, the camera a child process's.
 *
 * The loop:  bind → shoot → (ticket durable → trigger → file → proof → durable row) → REVIEW → accept | retake → next
 *
 * Promises (each is tested by killing the process there):
 *  1. No trigger without a committed ticket; no picture attached without a proof.
 *  2. One universal rule decides whose a picture is: it belongs to the student who was bound while it was exposed (binding log × exposure time).
 *     What the rule cannot decide goes to quarantine, never to a student.
 *  3. The bound student never changes while a released shutter may still be open: a bind asked for meanwhile waits ("waiting-student") until the camera is quiet.
 *     When nobody hears of a release any more, a live picture taken half a second later shows that it is over; whoever sat there is bound again at once.
 *  4. After a change of student the first release waits until the two exposures could be told apart by the camera's clock (usually no wait at all).
 */
#pragma once

#include <gio/gio.h>
#include "app/event.h"
#include "app/keeper.h"
#include "app/queue.h"
#include "app/repair.h"
#include "app/roles/desk.h"
#include "app/student.h"
#include "app/take.h"
#include "capture/camera.h"
#include "capture/live/guidance.h"
#include "capture/picture/backdrop.h"
#include "capture/profile/profile.h"
#include "db/codes.h"
#include "db/store.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_PHASE_IDLE,     /* nobody is bound */
  LANMU_PHASE_READY,    /* a student is bound, the picture is live */
  LANMU_PHASE_SHOOTING, /* ticket written, shutter released, no file yet */
  LANMU_PHASE_ARRIVING, /* the file is being fetched, proved and made durable */
  LANMU_PHASE_REVIEW,   /* a take is durable: accept or retake */
} LanmuPhase;

#define LANMU_STATION_ERROR (lanmu_station_error_quark ())
GQuark lanmu_station_error_quark (void);
typedef enum {
  LANMU_STATION_ERROR_NOT_BOUND,     /* nobody is before the camera: bind first */
  LANMU_STATION_ERROR_NO_STUDENT,    /* no such 学号 in the list */
  LANMU_STATION_ERROR_BUSY,          /* a shot is on its way: wait for it */
  LANMU_STATION_ERROR_NO_CAMERA,     /* camera not live */
  LANMU_STATION_ERROR_DISK_FULL,     /* less room than a shot needs */
  LANMU_STATION_ERROR_NO_TAKE,       /* nothing to accept */
  LANMU_STATION_ERROR_END_OF_QUEUE,  /* nobody is waiting any more */
  LANMU_STATION_ERROR_NOTHING_TO_UNDO,
  LANMU_STATION_ERROR_BAD_TOKEN,     /* an empty 采集码 */
  LANMU_STATION_ERROR_STORE,         /* the database refused: see message */
  LANMU_STATION_ERROR_SUPERSEDED,    /* another bind came first */
  LANMU_STATION_ERROR_STOPPED,
  LANMU_STATION_ERROR_CODE_NOT_ABSENT, /* who shows a code is here: skip it */
  LANMU_STATION_ERROR_NOT_COUNTERSIGNED, /* this campaign wants the counselor's word before the shutter */
  LANMU_STATION_ERROR_HELD,          /* the student is held: the message says why */
  LANMU_STATION_ERROR_NO_REASON,     /* a refusal needs one */
  LANMU_STATION_ERROR_CROP,          /* the portrait may not be moved there: the message says why */
  LANMU_STATION_ERROR_CHECKS,        /* the take fails a check: the message says which; a second accept of the same take is an answer */
} LanmuStationError;
const char *lanmu_station_error_kind (int code); /* "not-bound", "no-student", … for --json */
const char *lanmu_phase_to_string (LanmuPhase phase);

#define LANMU_TYPE_STATION (lanmu_station_get_type ())
G_DECLARE_FINAL_TYPE (LanmuStation, lanmu_station, LANMU, STATION, GObject)

/* Properties, all read-only, notified on change:
 *   "phase"           uint LanmuPhase
 *   "student"         LanmuStudent or NULL: who is bound now
 *   "token"           string or NULL: the 采集码 that is bound now; notified too when what is known of it changed (lanmu_station_get_code)
 *   "waiting-student" LanmuStudent or NULL: a bind waiting for the camera to be quiet
 *   "next-student"    LanmuStudent or NULL: whom `next` would bind
 *   "takes"           GListModel of LanmuTake: the bound student's shots, oldest first
 *   "take"            LanmuTake or NULL: the take on review (also the one `accept` chooses)
 *   "trouble"         uint LanmuTrouble: what keeps the station from shooting, NONE when nothing does
 *   "trouble-since"   int64 CLOCK_BOOTTIME µs when it began
 *   "quarantined"     uint pictures waiting for an owner
 *   "open-tickets"    uint
 *   "disk-shots"      int64 shots that still fit on the disk, -1 = not measured, or the folder is gone
 *   "pace"            double students accepted per hour, over the last 20 (0 = not enough yet)
 *   "countersigned"   string: who confirmed that the bound person is the one in the record; NULL = nobody yet
 *   "accepted-count"  uint in this campaign · "student-count" uint in this campaign
 * Signals:
 *   "event"    (const LanmuEvent *)  everything worth a line, see app/event.h
 *   "backdrop" (guint64 frame_number, const LanmuBackdropReading *)  verdict on a recent live frame
 *   "guide"    (const LanmuGuide *)  what to tell the photographer, after each live frame that was looked at
 */

/* camera may be NULL (records only). The station keeps references. operator: who works it, for tickets and audit ("photographer"). */
LanmuStation *lanmu_station_new (LanmuStore *store, LanmuCamera *camera, const char *program, const char *operator_name);
void lanmu_station_start_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data); /* recovery of what a dead session left, then the camera */
gboolean lanmu_station_start_finish (LanmuStation *self, GAsyncResult *result, GError **error);
void lanmu_station_stop_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data); /* ends the binding, waits for open shots (bounded), closes the camera */
gboolean lanmu_station_stop_finish (LanmuStation *self, GAsyncResult *result, GError **error);

/* Bind a student by 学号 (exact). how: "queue" "scan" "find" "recall" "command". Answers when the binding is durable. */
void lanmu_station_bind_async (LanmuStation *self, const char *student_no, const char *how, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_station_bind_finish (LanmuStation *self, GAsyncResult *result, GError **error);
/* Bind an opaque 采集码, kept byte for byte. Its earlier takes come with it; BOUND says in `state` what became of it before ("accepted": it was photographed). */
void lanmu_station_code_async (LanmuStation *self, const char *token, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_station_code_finish (LanmuStation *self, GAsyncResult *result, GError **error);
/* Bind the next waiting student after the bound one, in queue order. */
void lanmu_station_next_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_station_next_finish (LanmuStation *self, GAsyncResult *result, GError **error);

/* Write the ticket, then release. Answers with the ticket's id when the ticket is durable and the release was handed to the camera host. */
void lanmu_station_shoot_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data);
char *lanmu_station_shoot_finish (LanmuStation *self, GAsyncResult *result, GError **error);

/* Choose the take on review as the student's (or the capture code's) picture. `then_next`: bind the next waiting student as well; after a capture code nobody is
 * bound, because only the next scan says who comes. */
void lanmu_station_accept_async (LanmuStation *self, gboolean then_next, GAsyncReadyCallback callback, gpointer user_data);
/* The same without asking once more when a check fails; like there, the audit keeps which did. For scripts. */
void lanmu_station_accept_over_async (LanmuStation *self, gboolean then_next, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_station_accept_finish (LanmuStation *self, GAsyncResult *result, GError **error);
/* Back to the live picture for the same student; the take is kept. */
gboolean lanmu_station_retake (LanmuStation *self, GError **error);
/* Put a take of the bound student on review (keys 1–9). */
gboolean lanmu_station_choose_take (LanmuStation *self, guint index, GError **error);
/* Move the portrait of the take on review: wish is beside the standard's proposal ({0, 0, 1}: back to it). It goes as far as bands and shot allow; CROP when that
 * is no step at all, or the take was not looked over yet. Seen at once (LanmuTake "moved"), written when the hand rests, before an accept at the latest. */
gboolean lanmu_station_crop (LanmuStation *self, const LanmuAdjustment *wish, GError **error);
/* state: "skipped" or "absent", for the bound student; unbinds, then_next binds the next waiting one. A capture code can be skipped, not absent. */
void lanmu_station_set_aside_async (LanmuStation *self, const char *state, gboolean then_next, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_station_set_aside_finish (LanmuStation *self, GAsyncResult *result, GError **error);
/* Undo the last accept, skip or absent of this session: the state is given back and whoever it was is bound again. */
void lanmu_station_undo_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data);
const char *lanmu_station_get_undo_no (LanmuStation *self); /* 学号 of whom an undo would be about; NULL: nothing to undo, or of a capture code */
gboolean lanmu_station_undo_finish (LanmuStation *self, GAsyncResult *result, GError **error);

/* Slip repair beside the running station (app/repair.h); the one who sits there now is refused. plan reads on main and shows; repair does what the plan of that
 * fingerprint showed, in the operator's name, and brings queue and counts up to date (event REPAIRED). Answers with the repair's id, 0 with an error. */
LanmuRepairPlan *lanmu_station_plan_repair (LanmuStation *self, const LanmuRepairWish *wish, GError **error);
void lanmu_station_repair_async (LanmuStation *self, const LanmuRepairWish *wish, const char *fingerprint, const char *reason, GAsyncReadyCallback callback,
                                 gpointer user_data);
gint64 lanmu_station_repair_finish (LanmuStation *self, GAsyncResult *result, GError **error);

/* Who works the station from now on: for the tickets, bindings and audit rows to come. */
void lanmu_station_set_operator (LanmuStation *self, const char *operator_name);
/* From then on the tray and repair ask it before they change anything (LANMU_DESK_ERROR); it also names the operator. A reference is kept. */
void lanmu_station_set_desk (LanmuStation *self, LanmuDesk *desk);
LanmuDesk *lanmu_station_get_desk (LanmuStation *self); /* NULL: nobody is asked */

/* Who says that person and record agree, or do not. All zero: the operator, at a station that knows no staff. */
typedef struct {
  gint64 staff_id;   /* 0 = the station knows no staff */
  const char *name;  /* NULL = the operator */
  const char *how;   /* "key" "pin" "card"; NULL = "key" */
  gint64 binding_id; /* the sitting it is said of; refused (SUPERSEDED) when another began meanwhile. 0 = whoever sits there */
} LanmuVoucher;
gint64 lanmu_station_get_binding_id (LanmuStation *self); /* of whoever sits there, 0 = nobody */
const char *lanmu_station_get_countersign (LanmuStation *self); /* "none" "before" "after": what the campaign asks for */

/* 核签 of whoever is bound when it is given, by the voucher. A bind that comes before the
 * word is durable takes nothing of it: it is kept for, and said of, the one it was given for. With the setting "countersign" = "before" the station releases no
 * shutter without a confirmation; "after" and "none" leave it free (a class closes only with what its campaign demands).
 *   Nobody can hold back the body's own button. Its picture is proved like any other and goes to whoever sat there (promise 2), never to nobody for want of a word:
 * the audit keeps "shot.before-countersign", an event TROUBLE "before-countersign" says it, `lanmuctl shots` shows who countersigned, and with "before" no take is
 * accepted until this sitting, or the one it was taken in, is confirmed. */
void lanmu_station_confirm_async (LanmuStation *self, const LanmuVoucher *voucher, GAsyncReadyCallback callback, gpointer user_data);
/* The same afterwards, of one picture; REFUSED by the store when it is nobody's. binding_id is not read. */
void lanmu_station_confirm_shot_async (LanmuStation *self, const LanmuVoucher *voucher, const char *shot, GAsyncReadyCallback callback, gpointer user_data);
/* The person is not the one in the record: set aside and held with the reason until somebody lifts it; then_next binds the next one. */
void lanmu_station_refuse_async (LanmuStation *self, const LanmuVoucher *voucher, const char *reason, gboolean then_next, GAsyncReadyCallback callback,
                                 gpointer user_data);
/* A held student may be called again; the event COUNTERSIGNED says "lifted". Finish: lanmu_station_countersign_finish. */
void lanmu_station_lift_async (LanmuStation *self, const char *student_no, const char *why, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_station_countersign_finish (LanmuStation *self, GAsyncResult *result, GError **error);

/* The quarantine tray (app/tray.h): give a picture to a student (学号) or a capture code ("code:TOKEN"), or put it aside with a reason, in the operator's name. Both
 * are covered by undo, which then binds nobody. "quarantined" is notified after each, also when the number is the same. */
void lanmu_station_tray_assign_async (LanmuStation *self, const char *shot, const char *student_no, GAsyncReadyCallback callback, gpointer user_data);
void lanmu_station_tray_discard_async (LanmuStation *self, const char *shot, const char *reason, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_station_tray_finish (LanmuStation *self, GAsyncResult *result, GError **error);
/* Whom a scan names on a page where pictures change hands: a student of the list, else whoever has sat here under that capture code (app/owner.h: id below 0,
 * student_no "code:TOKEN"). The caller's; NULL = nobody. */
LanmuStudent *lanmu_station_find_owner (LanmuStation *self, const char *scanned);
gboolean lanmu_station_undoes_tray (LanmuStation *self); /* the last deed was one of the tray's: undo would take it back */

/* From the review wall, in the operator's name; whoever sits there now is refused (BUSY). choose: another take of the student becomes the portrait. retake: there
 * is no portrait any more, the student waits in the queue again with the reason. */
void lanmu_station_wall_choose_async (LanmuStation *self, const char *student_no, const char *shot, GAsyncReadyCallback callback, gpointer user_data);
void lanmu_station_wall_retake_async (LanmuStation *self, const char *student_no, const char *reason, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_station_wall_finish (LanmuStation *self, GAsyncResult *result, GError **error);

/* A picture of the vault, decoded on the vision thread so that its longer side is at most about max_side. The frame is the caller's. */
void lanmu_station_load_picture_async (LanmuStation *self, const char *path, int max_side, GAsyncReadyCallback callback, gpointer user_data);
LanmuFrame *lanmu_station_load_picture_finish (LanmuStation *self, GAsyncResult *result, int *orientation, GError **error);

/* Answers when no ticket is open, nothing is being fetched and no reconcile runs. */
void lanmu_station_wait_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_station_wait_finish (LanmuStation *self, GAsyncResult *result, GError **error);

/* Hold the card against the records now, with the listing made anew. Ends with an event RECONCILED. */
void lanmu_station_reconcile_now (LanmuStation *self);

LanmuPhase lanmu_station_get_phase (LanmuStation *self);
LanmuStudent *lanmu_station_get_student (LanmuStation *self);
/* The capture code that is bound, as the store knows it; the station's, until "token" is notified. NULL: a student, or nobody. */
const LanmuCodeRow *lanmu_station_get_code (LanmuStation *self);
LanmuStudent *lanmu_station_get_next_student (LanmuStation *self);
LanmuTake *lanmu_station_get_take (LanmuStation *self);
GListModel *lanmu_station_get_takes (LanmuStation *self);
LanmuQueue *lanmu_station_get_queue (LanmuStation *self);   /* all students, in queue order, kept up to date */
LanmuProfile *lanmu_station_get_profile (LanmuStation *self); /* the photo standard it goes by; NULL before the start */
LanmuCamera *lanmu_station_get_camera (LanmuStation *self);
LanmuStore *lanmu_station_get_store (LanmuStation *self);
LanmuKeeper *lanmu_station_get_keeper (LanmuStation *self); /* copies and how they stand; NULL before start and when it could not begin */
const LanmuGuide *lanmu_station_get_guide (LanmuStation *self); /* never NULL; changes with the signal "guide" */
gboolean lanmu_station_get_seat_was_empty (LanmuStation *self); /* nobody was seen for a second since this binding began: the camera may release by itself */
guint lanmu_station_get_open_tickets (LanmuStation *self);
guint lanmu_station_get_quarantined (LanmuStation *self);

G_END_DECLS
