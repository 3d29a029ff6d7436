/* The rig of the camera tests: a real lanmu-simcam, a real lanmu-camera, the face under test, and the camera's own
 * ledger as the truth. Nothing sleeps to synchronise: the main loop runs until a condition holds, with a deadline that
 * only a hang reaches. */
#pragma once

#include <json-glib/json-glib.h>
#include "capture/camera.h"

G_BEGIN_DECLS

typedef struct {
  guint64 tag;
  LanmuCameraFile *file;
} RigAnnounced;

typedef struct {
  char *model, *folder, *ledger, *spec, *serial;
  GSubprocess *simcam;
  GSocketConnection *control;
  GDataInputStream *control_in;
  LanmuCamera *camera;
  GPtrArray *announced; /* RigAnnounced */
  GArray *states;       /* LanmuCameraState, each change */
  GArray *troubles;     /* LanmuTrouble, each change */
  guint frames, opened, clocks, triggered;
  guint64 last_number;
  guint32 first_pixel;
  int width, height;
  gboolean hold; /* keep every frame */
  GPtrArray *held;
  gint64 clock_low, clock_high;
  guint64 triggered_tag;
  gint64 triggered_before, triggered_after;
} Rig;

typedef gboolean (*RigCondition) (Rig *rig);

Rig *rig_new (const char *model,
              ...) G_GNUC_NULL_TERMINATED; /* further options of lanmu-simcam; the camera is not started */
Rig *rig_open (const char *model, ...) G_GNUC_NULL_TERMINATED; /* … and started: live pictures flow */
void rig_free (Rig *rig);
/* The simulated camera is ended; another with this serial takes its address. */
void rig_exchange (Rig *rig, const char *serial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rig, rig_free)

void rig_wait (Rig *rig, RigCondition condition, const char *what);
void rig_wait_frames (Rig *rig, guint more);
void rig_wait_state (Rig *rig, LanmuCameraState state);
void rig_wait_announced (Rig *rig, guint count);
gboolean rig_saw_trouble (Rig *rig, LanmuTrouble trouble);

char *rig_say (Rig *rig, const char *command); /* to the control port; the answer after "ok"; full */

/* One shoot, waited for. trouble: NONE when it succeeded, else the LANMU_CAMERA_ERROR code. */
LanmuTrouble rig_shoot (Rig *rig, guint64 tag, gboolean *released);

/* The bytes of a fetch, waited for; NULL with *trouble (may be NULL). */
GBytes *rig_fetch (Rig *rig, const LanmuCameraFile *file, LanmuTrouble *trouble);
char *rig_fetch_sha256 (Rig *rig, const LanmuCameraFile *file);

/* The ledger's "took" lines as JSON objects (JsonObject *). */
GPtrArray *rig_took (Rig *rig);

const char *rig_ledger_text (GPtrArray *took, guint index, const char *member); /* lent */
void rig_assert_fetches_as (Rig *rig, guint announced, const char *sha256);
GPtrArray *rig_list (Rig *rig, gboolean fresh); /* waited for */

/* A shoot that is not waited for: rig_on_shot fills it. */
typedef struct {
  gboolean done, released;
  int code;
} RigShot;
void rig_on_shot (GObject *source, GAsyncResult *result, gpointer shot);

const LanmuCameraFile *rig_file (Rig *rig, guint index);
guint64 rig_tag (Rig *rig, guint index);
void rig_stop (Rig *rig);

G_END_DECLS
