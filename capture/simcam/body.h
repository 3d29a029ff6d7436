/* SimBody: the camera body, brand-neutral: settings, card, clock, live view, releases, and the queue of events a
 * computer will fetch.
 *
 * Why: what a camera does is the same for a Nikon and a Canon; only how it is asked and how it tells differs, and that
 * is SimBrand. Thread: the main loop's, like everything here.
 *
 * Promises:
 *  1. A picture's ledger line is written, and the file is on the card, before its announcement can be fetched.
 *  2. The ledger's SHA-256 is that of the bytes on the card (or in the body's memory), also when a fault damaged them
 * there.
 *  3. No picture is forgotten by a lost connection: exposures go on and reach the card. Announcements nobody was there
 * to fetch are dropped when the next session opens, as a real body does; the card's listing has them.
 */
#pragma once

#include "capture/simcam/card.h"
#include "capture/simcam/clock.h"
#include "capture/simcam/faults.h"
#include "capture/simcam/ledger.h"
#include "capture/simcam/op.h"
#include "capture/simcam/options.h"
#include "capture/simcam/props.h"
#include "capture/simcam/scene.h"

G_BEGIN_DECLS

typedef struct SimBody SimBody;

#define SIM_TEMPERATURE_STOPS_LIVE                                                                                     \
  3u /* TempStatus of an EOS: 0 fine, 1 warns, 2 slower frames, 3 no live view, 4 no pictures */

/* A brand's tables and its way of talking. Handlers return FALSE for "not yet": they are called again after *wait_us.
 */
typedef struct {
  const char *make, *model, *firmware, *serial;
  const char *exif_make, *exif_model;
  guint32 vendor; /* vendor extension id */
  const char *extension;
  const char *folder_suffix, *stem, *raw_suffix;
  guint16 raw_format;
  int live_width, live_height; /* of the live picture, unless a setting or the command line says otherwise */
  const guint16 *operations, *events, *device_props, *formats;
  guint n_operations, n_events, n_device_props, n_formats;
  const SimPropSpec *props;
  guint n_props;
  gboolean (*quality_jpeg) (guint32 quality);
  gboolean (*quality_raw) (guint32 quality);
  guint32 quality_start, quality_with_raw;
  guint32 (*battery) (guint percent); /* percent in the brand's own scale */
  gboolean (*handle) (SimBody *body, const SimOp *op, SimReply *reply, gint64 *wait_us);
  gboolean (*to_ram) (SimBody *body);             /* a press of the button goes to the computer; NULL: never */
  void (*released) (SimBody *body, gboolean ram); /* the shutter has gone; NULL: nothing to tell */
  void (*opened) (SimBody *body);                 /* a session begins */
  void (*closed) (SimBody *body);                 /* the session is over, one way or the other */
  void (*announce) (SimBody *body, const SimObject *object);     /* a file is there */
  void (*complete) (SimBody *body, gboolean host, gboolean ram); /* a release has given all its files */
  void (*changed) (SimBody *body, const SimProp *prop);          /* a setting has a new value */
  void (*end_live) (SimBody *body);                              /* the body ends live view by itself */
  void (*card) (SimBody *body, gboolean in);                     /* a card went in, or came out */
} SimBrand;

extern const SimBrand sim_nikon, sim_canon;

typedef struct {
  gboolean on;
  gint64 started_us; /* monotonic; frame n exists from started_us + n / fps */
  gint64 last;       /* number of the newest frame handed out, -1: none */
  guint64 served;
  guint64 made_before;   /* frames made in earlier runs of live view */
  guint warming, warmed; /* source, and frames of the sitter's cycle painted ahead */
} SimLive;

struct SimBody {
  const SimBrand *brand;
  const SimOptions *options;
  SimLedger *ledger;
  SimCard *card;
  SimProps *props;
  SimFaults faults;
  SimScene *scene;
  SimClock clock;
  SimLive live;
  char *serial;
  double fps;
  guint shot_ms;
  guint battery;        /* percent */
  guint number;         /* of the next picture */
  guint64 taken;        /* pictures released so far, both ways */
  GPtrArray *events;    /* GBytes, oldest first, in the brand's coding */
  GPtrArray *ram;       /* SimObject in the body's memory */
  gpointer held;        /* an announcement that waits for the next one (release.c) */
  GBytes *last_jpeg;    /* for a stale picture */
  guint pending;        /* exposures without a file yet */
  guint scheduled;      /* of these, not exposed yet */
  gint64 shutter_until; /* monotonic: the mirror is up until then */
  guint32 cut_handle;   /* this object ends early for the computer, at cut_at, until it is read from its start again */
  guint64 cut_at;
  gboolean focus_failed; /* the last focus drive failed and nobody has asked yet */
  gint64 started_us;
  GHashTable *timers; /* source ids of everything under way */
  gboolean portrait;  /* the camera stands on its side */
  gboolean preparing;
  gpointer brand_state;                            /* the brand's own, kept from opened to closed */
  void (*on_release) (guint64 nth, gpointer data); /* told of each picture the moment it is released */
  gpointer on_release_data;
};

SimBody *sim_body_new (const SimBrand *brand, const SimOptions *options, SimLedger *ledger, GError **error);
void sim_body_free (SimBody *body);

/* ——— settings ——— */
void sim_body_set (SimBody *body, SimProp *prop, guint32 number); /* sets and tells the computer */
void sim_body_refresh (SimBody *body,
                       SimProp *prop); /* brings a computed value (clock, shots left, …) up to date before it is read */
void sim_body_set_raw (SimBody *body, gboolean raw);
void sim_body_set_battery (SimBody *body, guint percent);
void sim_body_set_no_card (SimBody *body, gboolean none); /* the card is pulled, or put back */
void sim_body_set_hot (SimBody *body, gboolean hot); /* live view ends and is refused; an EOS says so */
guint32 sim_body_shots_left (SimBody *body);
guint32 sim_body_live_prohibit (SimBody *body); /* Nikon's LiveViewProhibitCondition bits, also asked by others */

/* ——— releases (release.c) ——— */
typedef enum {
  SIM_RELEASED,
  SIM_RELEASE_BUSY,
  SIM_RELEASE_NO_FOCUS,
  SIM_RELEASE_CARD_FULL,
  SIM_RELEASE_NO_CARD
} SimRelease;
typedef struct {
  gboolean host;  /* by the computer, else by the body's button */
  gboolean armed; /* a half press has already found focus */
  gboolean ram;   /* into the body's memory, else onto the card */
  gboolean raw;   /* RAW+JPEG whatever the quality says */
  guint count;    /* pictures in one press */
} SimPress;
/* The computer's first exposure happens before this returns; the button's too, unless the mirror is still up from the
 * picture before: then as soon as it is down. *number, if asked for, is the first picture's. */
SimRelease sim_body_release (SimBody *body, const SimPress *press, guint *number);
gboolean sim_body_focus (SimBody *body);        /* drives autofocus; FALSE: not found */
gboolean sim_body_shutter_open (SimBody *body); /* still exposing: DeviceReady answers busy */
void sim_body_next_sitter (SimBody *body);
void sim_body_prepare (SimBody *body);   /* has the next picture's sitter painted while nobody waits */
void sim_body_tell_held (SimBody *body); /* the announcement that was held back for another order */

/* ——— other people's pictures (strangers.c) ——— */
gboolean sim_body_foreign (SimBody *body, GError **error); /* a picture with an old date appears on the card */
/* Another card goes in, with `count` pictures that other people took with other bodies long ago. */
gboolean sim_body_swap_card (SimBody *body, guint count, GError **error);
void sim_body_after (SimBody *body, guint ms, GSourceFunc function, gpointer data,
                     GDestroyNotify destroy); /* a timer that dies with the body */

/* ——— live view (live.c) ——— */
void sim_live_start (SimBody *body);
void sim_live_stop (SimBody *body);
gboolean sim_live_starting (SimBody *body);
guint64 sim_live_made (SimBody *body);
void sim_live_set_fps (SimBody *body, double fps);
void sim_live_size (SimBody *body, int *width, int *height);
void sim_live_warm (SimBody *body); /* has the live picture painted ahead while nobody looks */
/* The current frame; NULL: it was handed out already, ask again after *wait_us. */
GBytes *sim_live_frame (SimBody *body, gint64 *wait_us);

/* ——— operations every brand shares (standard.c) ——— */
gboolean sim_standard_handle (SimBody *body, const SimOp *op, SimReply *reply);
void sim_put_device_info (SimBody *body, GByteArray *to);
SimObject *sim_body_object (SimBody *body, guint32 handle); /* on the card or in memory */
void sim_body_answer_part (SimBody *body, const SimObject *object, guint64 offset, guint64 length, SimReply *reply);

G_END_DECLS
