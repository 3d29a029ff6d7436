/* LanmuLiveTicket: a ticket that is open, as the station holds it in memory; what must survive is in its row. Main thread. */
#pragma once

#include <gio/gio.h>
#include "app/clock.h"
#include "app/event.h"
#include "db/moment.h"

G_BEGIN_DECLS

/* A ticket that is open. Owned by station->tickets (by number). */
typedef struct {
  gint64 number;
  char *id;
  char *student_no;           /* NULL: a token */
  gint64 student_id, binding_id;
  LanmuMoment asked;          /* when the operator asked */
  gint64 released_us;         /* boot µs just before the release went out; 0 = not yet */
  gint64 settled_us;          /* boot µs the camera was quiet; 0 = not yet */
  gint64 exposure_us;         /* the shutter speed set and the self-timer, as far as they are known */
  gint64 unheard_us;          /* boot µs since when nobody hears of its release any more */
  gint64 shutter_until_us;    /* the line broke in the middle: until this boot µs the shutter may still be open; 0 = it is not */
  gboolean shutter_closed;    /* … but a live picture has shown that it is closed */
  gboolean ours;              /* released by this process; FALSE: found open at the start */
  gint64 orphaned_us;         /* boot µs at which the session after its own began; 0 = ours */
  gboolean collecting;        /* its release is running in the camera host */
  gboolean arriving;          /* a JPEG was taken for it and is on its way */
  char *camera_file;          /* "folder/name" announced for it, or NULL */
  char *camera_serial;
  int part_fd;                /* incoming/<id>.part, open before the shutter moves; -1 = used */
  GTask *task;                /* the shoot call, until answered */
  LanmuShotTimes ms;
} LanmuLiveTicket;

gboolean lanmu_live_ticket_is_unanswered (const LanmuLiveTicket *ticket); /* released, nothing on its way for it */
LanmuLiveTicket *lanmu_live_ticket_new (void);
void lanmu_live_ticket_free (gpointer ticket);
gint64 lanmu_live_ticket_earliest (const LanmuLiveTicket *ticket);        /* boot µs before which its shutter cannot have moved */
LanmuSpan lanmu_live_ticket_window (const LanmuLiveTicket *ticket);

G_END_DECLS
