/* The rig of the kiosk's tests: a virtual screen of its own, a campaign of 60 students, a real lanmu-simcam, the real
 * kiosk, and real key events (XTest by xdotool). What the kiosk shows is read from its state file; what it did from
 * lanmuctl; what the camera did from the camera's ledger. Waiting is for a condition, with a deadline that only a hang
 * reaches. */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct {
  char *folder, *data, *state_path, *ledger, *spec, *screens;
  GSubprocess *xvfb, *simcam, *kiosk;
  GSocketConnection *control;
  GPtrArray *numbers; /* char *, 学号 of the list in queue order */
  int exit_code;      /* of the kiosk, after rig_wait_end */
} Rig;

/* Screen and campaign; simcam options as in its --help. size: "1280x800". The kiosk is not started. */
Rig *rig_new (const char *size, const char *simcam_options);
void rig_free (Rig *rig);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Rig, rig_free)

void rig_start (
    Rig *rig,
    const char *options); /* the kiosk on this camera, waits until a student is ready and the picture is live */
void rig_launch (Rig *rig, const char *options); /* the same, waits for the live picture only: nobody may be signed in */
void rig_staff (Rig *rig, const char *name, const char *role, const char *pin, const char *card); /* pin, card: NULL = none */
void rig_wait_end (Rig *rig);

void rig_key (Rig *rig, const char *key);                 /* one press and release: "space", "ctrl+z" */
void rig_type (Rig *rig, const char *text, int pause_ms); /* as keys */
void rig_xdotool (Rig *rig, const char *first, ...) G_GNUC_NULL_TERMINATED;
void rig_say (Rig *rig, const char *command); /* to the simulated camera */

/* member of the state file: as text; numbers and booleans are written as JSON has them, null as "null". Full. */
char *rig_get (Rig *rig, const char *member);
void rig_wait (Rig *rig, const char *member, const char *value); /* until it is value */
void rig_wait_not (Rig *rig, const char *member, const char *value);

/* JSON objects that `lanmuctl --json COMMAND…` prints, JsonObject *. */
GPtrArray *rig_ctl (Rig *rig, const char *command);
/* state of a student by place in the list. Full. */
char *rig_student_state (Rig *rig, guint place);
const char *rig_number (Rig *rig, guint place);

/* A program that must end by itself: its exit code; out and err may be NULL. */
int rig_run (const char *const *argv, const char *const *environment, char **out, char **err);
/* $NAME of the test's environment, which meson sets. */
const char *rig_program (const char *name);
char *rig_make_campaign (const char *folder, GPtrArray *numbers); /* path of the data folder. Full. */

G_END_DECLS
