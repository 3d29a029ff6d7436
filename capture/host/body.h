/* LanmuBody: one camera held open through libgphoto2; the only place that owns a Camera.
 *
 * Thread: the host's single one. Rules kept here (CAMERA.md): a fresh Camera each time; capture target = card, set at
 * each open; after any timeout or I/O error the body is `broken` and must be closed; every library call runs between
 * lanmu_body_begin and lanmu_body_end, so that the parent's watchdog sees it and the library's words are kept for the
 * fault.
 */
#pragma once

#include <gphoto2/gphoto2.h>
#include "capture/camera.h"
#include "capture/deadlines.h"
#include "capture/pulse.h"
#include "capture/host/brand.h"

G_BEGIN_DECLS

typedef struct {
  Camera *camera;
  GPContext *context;
  LanmuPulse *pulse;
  const LanmuBrand *brand;
  GHashTable *announced; /* "folder/name" of every file reported in this connection */
  GString *said;         /* the library's words since lanmu_body_begin */
  gboolean network;      /* PTP/IP: 2.5 s timeouts inside the library that may pass silently */
  char *port, *model, *maker, *serial;
  int battery, shots_left;
  gboolean jpeg, raw;  /* what the quality setting writes */
  gboolean shutter_stale; /* something was set on the body since its shutter speed was read */
  gint64 opened_us;    /* monotonic */
  guint mute;          /* askings for events refused in a row */
  gboolean card_out;   /* a card was pulled: folder lists and handles are stale */
  gboolean card_in;    /* one was put in, or the body reports those it has: some do right after a session begins */
  gboolean heard;      /* what an opened body tells first was taken in */
  gboolean heat_spoke; /* the body's heat changed since live pictures last came */
  LanmuOp op;
  gint64 begun_us;
  /* the last fault, until the next lanmu_body_begin */
  LanmuTrouble trouble;
  char *detail;
  gboolean broken; /* sticky */
} LanmuBody;

/* What was found wrong before there is a body. */
typedef struct {
  LanmuTrouble trouble;
  char *detail;
  char *port;
} LanmuOpenFault;
void lanmu_open_fault_clear (LanmuOpenFault *self);

/* Opens what spec names; want_serial: "" or the serial that it must have; reset: reset the USB port first. NULL with
 * *fault filled. */
LanmuBody *lanmu_body_open (const char *spec, const char *want_serial, gboolean reset, LanmuPulse *pulse,
                            LanmuOpenFault *fault);

/* Ends the session: in order when the line is good, else as fast as the library lets go. */
void lanmu_body_close (LanmuBody *self);

/* The same body again with fresh folder lists; what was announced stays known. FALSE: it is broken. */
gboolean lanmu_body_reopen (LanmuBody *self);

void lanmu_body_begin (LanmuBody *self, LanmuOp op);
/* result: the library's. TRUE when it is GP_OK; else trouble, detail and broken are set. */
gboolean lanmu_body_end (LanmuBody *self, int result);
void lanmu_body_progress (LanmuBody *self); /* the running operation is alive */

G_END_DECLS
