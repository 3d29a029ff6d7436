/* LanmuCamera: the parent's face of the camera host (lanmu-camera), the only process that links libgphoto2.
 *
 * Why: libgphoto2 may block for minutes or crash; here nothing blocks. Every call returns at once and answers later, on the thread-default main context
 * it was created in (main thread only). A watchdog kills and respawns the host past its stated deadline; that is one trouble and one reopen, never a lost
 * object. The face knows no student: it carries opaque tags.
 *
 * Calling sequence:
 *   lanmu_camera_new → connect signals → lanmu_camera_start → "state" LIVE, "opened" → shoot / fetch / list … → lanmu_camera_stop_async → unref
 *
 * Promises:
 *  1. Before a shoot every waiting event is drained and announced with tag 0 (a body shot).
 *  2. Each file the camera reports is announced once per connection, in the camera's order; a file is never deleted from the card.
 *  3. A fetch writes only into the descriptor passed in; its size is held against the camera's own, but GP_OK proves nothing: the caller proves the file.
 *  4. After any timeout or I/O error the connection is closed and opened again, by serial number.
 */
#pragma once

#include <gio/gio.h>
#include "capture/camerafile.h"
#include "capture/camerainfo.h"
#include "capture/frame.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_CAMERA_STOPPED,    /* not started, or stopped */
  LANMU_CAMERA_SEARCHING,  /* no camera yet, or it went away; trying again by itself */
  LANMU_CAMERA_OPENING,    /* found, connecting */
  LANMU_CAMERA_LIVE,       /* open, live frames flow */
  LANMU_CAMERA_BUSY,       /* open, releasing or transferring, or the body answers "busy" */
  LANMU_CAMERA_LOST,       /* was open; reconnecting up the recovery ladder */
} LanmuCameraState;

/* Why the state is what it is; user sentences live in ui, keyed by this. */
typedef enum {
  LANMU_TROUBLE_NONE,
  LANMU_TROUBLE_NO_CAMERA,      /* nothing found */
  LANMU_TROUBLE_SEVERAL_CAMERAS,/* more than one and none named by serial: refuse to guess */
  LANMU_TROUBLE_CLAIMED,        /* another program holds it (-53) */
  LANMU_TROUBLE_CABLE,          /* I/O errors, device gone */
  LANMU_TROUBLE_TIMEOUT,        /* no answer in time */
  LANMU_TROUBLE_HUNG,           /* host killed by the watchdog */
  LANMU_TROUBLE_CRASHED,        /* host died */
  LANMU_TROUBLE_BUSY,           /* the body keeps saying busy */
  LANMU_TROUBLE_NO_FOCUS,       /* autofocus refused the release */
  LANMU_TROUBLE_CARD_FULL,
  LANMU_TROUBLE_NO_CARD,
  LANMU_TROUBLE_BATTERY,        /* exhausted */
  LANMU_TROUBLE_TOO_HOT,
  LANMU_TROUBLE_NO_PICTURE,     /* release answered OK, no file came before the deadline */
  LANMU_TROUBLE_CARD_CHANGED,   /* a card was pulled or put in */
  LANMU_TROUBLE_OTHER_BODY,     /* a camera is there, but not the serial asked for */
  LANMU_TROUBLE_OTHER,
} LanmuTrouble;

#define LANMU_CAMERA_ERROR (lanmu_camera_error_quark ())
GQuark lanmu_camera_error_quark (void); /* codes are LanmuTrouble values; messages are English, for logs and --json */
const char *lanmu_trouble_to_string (LanmuTrouble trouble);            /* "no-camera", "no-focus", … */
const char *lanmu_camera_state_to_string (LanmuCameraState state);     /* "live", "lost", … */

#define LANMU_TYPE_CAMERA (lanmu_camera_get_type ())
G_DECLARE_FINAL_TYPE (LanmuCamera, lanmu_camera, LANMU, CAMERA, GObject)

/* Properties (notify on change, main thread): "state" LanmuCameraState (uint), "trouble" LanmuTrouble (uint), "trouble-detail" string (English, for logs),
 *   "model" string, "serial" string, "battery" int percent or -1, "shots-left" int or -1.
 * Signals:
 *   "frame"     (LanmuFrame *)                 a live picture; keep it by lanmu_frame_ref; drop it soon, the ring has few buffers
 *   "opened"    (const LanmuCameraInfo *)      each time the camera was opened anew (first time, reconnect): reconcile now
 *   "clock"     (gint64 camera_us, gint64 before_us, gint64 after_us)
 *                                              the body's naive local clock read between two CLOCK_BOOTTIME moments of this machine (µs); resolution 1 s:
 *                                              the true reading lies in [camera_us, camera_us + 1 s). Its calendar reading is taken as if it were UTC.
 *                                              Comes several times after opening, with phases chosen to narrow it; once a session on an EOS.
 *   "triggered" (guint64 tag, gint64 before_us, gint64 after_us)
 *                                              the release of shoot `tag` ran between these CLOCK_BOOTTIME moments (before_us = just before the release command went out)
 *   "announced" (guint64 tag, const LanmuCameraFile *, gint64 boot_us)
 *                                              a new file on the camera; tag of the running shoot, or 0 (body shot, or too late for its shoot)
 */

/* spec: "usb", "usb:serial=…", "ptpip:IP:PORT". host_path: the lanmu-camera binary, NULL to find it (LANMU_CAMERA_HOST, beside the build tree, libexec).
 * home_dir: a private writable folder for the host's HOME (settings kept by libgphoto2). LANMU_CAMERA_DEBUG=1 lets the host's standard error through. */
LanmuCamera *lanmu_camera_new (const char *spec, const char *host_path, const char *home_dir);
void lanmu_camera_start (LanmuCamera *self);
void lanmu_camera_stop_async (LanmuCamera *self, GAsyncReadyCallback callback, gpointer user_data); /* drains events, closes the body, ends the host */
gboolean lanmu_camera_stop_finish (LanmuCamera *self, GAsyncResult *result, GError **error);

/* Release. tag != 0 is the caller's (a ticket). Answers when the expected JPEG (and RAW sibling, if the quality setting says RAW+JPEG) was announced and the camera
 * is quiet, or with an error; `file` announcements come before that, by signal, so that a fetch can start early. One shoot at a time: a second gets G_IO_ERROR_PENDING. */
void lanmu_camera_shoot_async (LanmuCamera *self, guint64 tag, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_camera_shoot_finish (LanmuCamera *self, GAsyncResult *result, gboolean *released /* out: FALSE = surely no exposure */, GError **error);

/* Download a file's bytes into fd (opened by the caller for writing; dup'ed, the caller keeps its own). May be called while a shoot is collecting. Fetches run oldest first.
 * *size_said: what the camera's own directory says (bytes), *size_got: what was written. */
void lanmu_camera_fetch_async (LanmuCamera *self, const LanmuCameraFile *file, int fd, GAsyncReadyCallback callback, gpointer user_data);
/* The same; piece is called as bytes arrive: so many are in the file and will not change. Not every file comes in pieces. Never after the answer. */
typedef void (*LanmuCameraPiece) (guint64 size, gpointer user_data);
void lanmu_camera_fetch_pieces_async (LanmuCamera *self, const LanmuCameraFile *file, int fd, LanmuCameraPiece piece, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_camera_fetch_finish (LanmuCamera *self, GAsyncResult *result, guint64 *size_said, guint64 *size_got, GError **error);

/* Every picture file on the card(s), listing made anew by reopening when `fresh` (folder lists are cached per connection; this reopening emits no "opened", and waits for
 * the end of a running shoot). Array of LanmuCameraFile. */
void lanmu_camera_list_async (LanmuCamera *self, gboolean fresh, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *lanmu_camera_list_finish (LanmuCamera *self, GAsyncResult *result, GError **error);

/* Settings by brand-neutral names: iso shutter aperture whitebalance quality target battery datetime serial shotsleft focus … Values as the body's untranslated choices.
 * all: array of LanmuCameraSetting. */
void lanmu_camera_get_settings_async (LanmuCamera *self, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *lanmu_camera_get_settings_finish (LanmuCamera *self, GAsyncResult *result, GError **error);
void lanmu_camera_set_setting_async (LanmuCamera *self, const char *name, const char *value, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_camera_set_setting_finish (LanmuCamera *self, GAsyncResult *result, GError **error);

/* Live pictures on/off (on by default); a headless caller that needs none may switch them off. */
void lanmu_camera_set_live (LanmuCamera *self, gboolean live);

/* Current values of the properties, for callers without bindings. */
LanmuCameraState lanmu_camera_get_state (LanmuCamera *self);
LanmuTrouble lanmu_camera_get_trouble (LanmuCamera *self);
const LanmuCameraInfo *lanmu_camera_get_info (LanmuCamera *self); /* NULL before the first open */

/* What happens next by itself while the camera does not serve; a look at this moment, cheap. */
typedef struct {
  gboolean silent;  /* the host waits for the camera longer than a healthy one takes */
  guint silent_ms;  /* since when */
  int restart_ms;   /* without progress the watchdog replaces the host in so long; -1 = no host runs */
  int retry_ms;     /* the line is tried again in so long; -1 = no try waits */
  guint attempts;   /* tries since the outage began */
} LanmuCameraOutlook;
void lanmu_camera_get_outlook (LanmuCamera *self, LanmuCameraOutlook *out);

/* Shutter speed and self-timer set on the body when they were last read, together, in ms rounded up, at most 50 s; 0 = not known. */
guint lanmu_camera_get_exposure_ms (LanmuCamera *self);

/* Counters since start, for status and benchmarks. */
typedef struct {
  guint64 delivered;   /* frames fetched from the camera by the host */
  guint64 decoded;     /* frames that reached the parent */
  guint64 dropped;     /* frames dropped for want of a free buffer */
  guint64 respawns;    /* hosts started after the first */
  double decode_us;    /* mean processor time a frame, host side */
  double latency_us;   /* mean from frame complete in the host to the "frame" signal */
  double host_cpu_us;  /* CPU time of the host so far */
} LanmuCameraCounters;
void lanmu_camera_get_counters (LanmuCamera *self, LanmuCameraCounters *out);

G_END_DECLS
