/* LanmuEvent: one thing that happened at the station, as values. Boxed, immutable. `lanmuctl station` prints each as a JSON line; the kiosk reacts to some. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_EVENT_CAMERA,      /* camera state changed: state, reason (trouble) */
  LANMU_EVENT_BOUND,       /* student_no (or token) is before the camera */
  LANMU_EVENT_UNBOUND,
  LANMU_EVENT_TICKET,      /* ticket is durable: ticket, student_no, origin */
  LANMU_EVENT_SHOT,        /* durable and attached: ticket, shot, student_no, sha256, origin, ms */
  LANMU_EVENT_RAW,         /* the RAW sibling of shot is durable */
  LANMU_EVENT_QUARANTINED, /* durable, nobody's: shot, ticket, reason, likely */
  LANMU_EVENT_FAILED,      /* ticket ended without a picture: ticket, student_no, reason (a LanmuTrouble word or "no-picture") */
  LANMU_EVENT_ACCEPTED,    /* student_no, shot */
  LANMU_EVENT_RECONCILED,  /* counts: attached, quarantined, foreign, failed, unexplained (on the card, and nobody knows what it is) */
  LANMU_EVENT_CHECKS,      /* shot was looked over and the measures are kept: shot, student_no or token, state (its worst verdict), message (what fails) */
  LANMU_EVENT_REPAIRED,    /* pictures changed hands by a person's word: state (kind of repair), reason, attached (students it touched) */
  LANMU_EVENT_COPIES,      /* how the second copies stand: state ("fine" "behind" "missing" "full" "slow" "failed" "off", app/keeper.h), message */
  LANMU_EVENT_COUNTERSIGNED, /* student_no (or token), state "confirmed", "refused" or "lifted", reason; shot when it was said of one picture */
  LANMU_EVENT_TROUBLE,     /* something the operator must know: reason, message */
  LANMU_EVENT_PORTRAIT,    /* the finished file of shot is durable: shot, sha256 */
} LanmuEventKind;

/* Milliseconds of a shot's way, each from the call of shoot; negative = not measured. */
typedef struct {
  double ticket;    /* ticket durable */
  double triggered; /* release command went out */
  double announced; /* camera said the file exists */
  double fetched;   /* bytes are in incoming/ */
  double proved;    /* decoded, hashed, judged */
  double kept;      /* bytes synced, under their name in the vault */
  double durable;   /* row committed: the shot exists */
} LanmuShotTimes;

typedef struct {
  LanmuEventKind kind;
  gint64 wall_us;
  char *state, *ticket, *shot, *student_no, *sha256, *origin, *reason, *likely, *message, *token; /* NULL where it does not apply */
  LanmuShotTimes ms;
  guint attached, quarantined, foreign, failed, unexplained; /* RECONCILED */
} LanmuEvent;

#define LANMU_TYPE_EVENT (lanmu_event_get_type ())
GType lanmu_event_get_type (void);
LanmuEvent *lanmu_event_new (LanmuEventKind kind);
LanmuEvent *lanmu_event_copy (const LanmuEvent *self);
void lanmu_event_free (LanmuEvent *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuEvent, lanmu_event_free)
const char *lanmu_event_kind_to_string (LanmuEventKind kind); /* "camera" "shot" … */

G_END_DECLS
