/* 拍摄单: the tie of one trigger to one student, durable before the shutter moves (promise 1 of the product). A ticket ends exactly once: attached, quarantined
 * (both with its shot, db/shots.h) or failed with a reason; until then it is open and every restart finds it. */
#pragma once

#include "db/database.h"
#include "db/moment.h"

G_BEGIN_DECLS

typedef enum { LANMU_ORIGIN_HOST, LANMU_ORIGIN_BODY } LanmuOrigin;
const char *lanmu_origin_to_string (LanmuOrigin origin); /* "host" "body" */

typedef enum {
  LANMU_TICKET_OPEN,
  LANMU_TICKET_ATTACHED,
  LANMU_TICKET_QUARANTINED,
  LANMU_TICKET_FAILED,
} LanmuTicketState;
#define LANMU_TICKET_ANY_STATE (-1)
const char *lanmu_ticket_state_to_string (LanmuTicketState state);
gboolean lanmu_ticket_state_from_string (const char *text, LanmuTicketState *state);

typedef struct {
  char *id;                /* lanmu_id_new () when NULL on opening */
  gint64 number;           /* tag for the camera host, from 1, never used twice; given on opening */
  LanmuOrigin origin;
  gint64 student_id;       /* 0 = none yet */
  gint64 binding_id;       /* 0 = none */
  gint64 session_id;
  char *boot_id;           /* of the session; read only */
  gint64 revision_id;      /* 0 = no list */
  char *operator_name;
  char *camera_serial;
  char *last_file;         /* "folder/name" of the newest file shown before, or "" */
  char *camera_file;       /* "folder/name" announced for it, or "" */
  LanmuTicketState state;
  char *reason;
  LanmuMoment opened;
  gint64 triggered_boot_us; /* 0 = not yet */
  gint64 settled_boot_us;   /* 0 = not yet */
  gint64 ended_wall_us;     /* 0 = open */
} LanmuTicketRow;

void lanmu_ticket_row_clear (LanmuTicketRow *row);
void lanmu_ticket_row_free (LanmuTicketRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuTicketRow, lanmu_ticket_row_free)

typedef gboolean (*LanmuTicketFunc) (const LanmuTicketRow *row, gpointer data); /* row lives during the call; FALSE stops */

/* wanted: origin, session_id, operator_name, camera_serial, opened; and id, student_id, binding_id, revision_id, last_file, camera_file as known.
 * When it returns, the ticket is on the disk. A host ticket must name the open binding and be for its student, else REFUSED. Returns the row as written. */
LanmuTicketRow *lanmu_ticket_open (LanmuDb *db, const LanmuTicketRow *wanted, const char *actor, GError **error);

/* Facts learned while it is open (REFUSED when it is not; NO_ROW). No audit row: the opening and the end have one. */
gboolean lanmu_ticket_set_triggered (LanmuDb *db, const char *id, gint64 boot_us, GError **error);
gboolean lanmu_ticket_set_announced (LanmuDb *db, const char *id, const char *camera_file, GError **error);
gboolean lanmu_ticket_set_settled (LanmuDb *db, const char *id, gint64 boot_us, GError **error);

/* Ends it without a picture. reason: a short stable word, "no-picture", "no-focus" …; must not be empty. */
gboolean lanmu_ticket_fail (LanmuDb *db, const char *id, const char *reason, gint64 wall_us, const char *actor, GError **error);

LanmuTicketRow *lanmu_ticket_get (LanmuDb *db, const char *id, GError **error);          /* NO_ROW */
LanmuTicketRow *lanmu_ticket_get_by_number (LanmuDb *db, gint64 number, GError **error); /* NO_ROW */
/* Oldest first (by number). */
gboolean lanmu_tickets_list (LanmuDb *db, int state, LanmuTicketFunc func, gpointer data, GError **error);
GPtrArray *lanmu_tickets_get_all (LanmuDb *db, int state, GError **error); /* LanmuTicketRow * */

G_END_DECLS
