/* The station's rooms share this: station.c (object, properties, events), bind.c (who sits there), shoot.c (tickets and releases), shutter.c (releases nobody hears of), arrival.c (a file on its way),
 * recover.c (start, dead sessions, reconcile), settle.c (accept, set aside, undo). Main thread only; the store thread sees only the job structs of commit.h and bind.c. */
#pragma once

#include "app/clock.h"
#include "app/judge.h"
#include "app/station.h"
#include "app/station/commit.h"
#include "app/station/cropping.h"
#include "app/station/guard.h"
#include "app/station/liveticket.h"
#include "capture/checks/inspector.h"
#include "capture/picture/shotfacts.h"
#include "capture/picture/vision.h"
#include "db/codes.h"
#include "db/moment.h"

G_BEGIN_DECLS

/* A file in the data folder that no row explains: the process died between two steps. */
typedef struct {
  char *id;    /* of incoming/<id>.part, or of the file in the vault; usually a ticket's id */
  char *path;  /* below the data folder when it is in the vault; NULL = a part */
} LanmuLeftover;

/* A RAW sibling is announced within seconds of its JPEG; later the name may have been given to another picture. */
typedef struct {
  char *shot;
  gint64 until_us; /* boot */
} LanmuRawWanted;

/* A file that a reconcile will look into. */
typedef struct {
  LanmuCameraFile *file;      /* on the card, or NULL: a leftover */
  char *id, *path;            /* as in LanmuLeftover */
  char *body_ticket;          /* open body ticket it was announced for, or NULL */
} LanmuTodo;

typedef enum { LANMU_UNDO_ACCEPT, LANMU_UNDO_STATE, LANMU_UNDO_ASSIGN, LANMU_UNDO_DISCARD } LanmuUndoKind;
typedef struct {
  LanmuUndoKind kind;
  gint64 student_id;          /* 0: a capture code */
  char *student_no;
  char *token;                /* capture code, or NULL: a student */
  int previous;               /* LanmuStudentState, or LanmuCodeState */
  char *previous_shot;        /* chosen before, or NULL */
  char *shot, *reason;        /* of the tray: which picture, and why it lay there */
} LanmuUndo;

struct _LanmuStation {
  GObject parent_instance;
  LanmuStore *store;
  LanmuCamera *camera;
  LanmuVision *vision;
  LanmuInspector *inspector;  /* NULL before the start */
  LanmuProfile *profile;      /* the campaign's photo standard, else the diploma's */
  gboolean has_reference;
  LanmuReference reference;   /* of the empty backdrop */
  char *warned_shot;          /* the operator was told that it fails: a second accept is an answer */
  gint64 looked_us;           /* boot µs of the newest frame whose sitter was looked at */
  LanmuTake *cropped;         /* moved by hand, not written yet; NULL = none */
  LanmuKeeper *keeper;        /* second copies; NULL: it could not begin, the station works without */
  LanmuQueue *queue;
  GListStore *takes;
  LanmuTake *take;
  char *program, *operator_name;
  LanmuDesk *desk;            /* NULL: nobody is asked */
  gint64 session, revision;
  gint64 began_us;            /* boot µs of this session's beginning */
  gboolean started, stopping, stopping_camera;

  LanmuBackdropLimits limits; /* of the live picture's check: the profile's, and the campaign's own colour */
  LanmuGuidance *guidance;    /* what to tell the photographer about the live picture */
  gint64 guided_binding;      /* whom it was about; 0 = nobody */
  gboolean seat_was_empty;    /* since this binding began: only then may the camera release by itself */
  gint64 empty_since_us;      /* of the frame from which on nobody was seen; 0 = somebody is */
  gboolean told_not_checked;  /* that there are no face models */
  guint release_frames;       /* station.release; 0 = off */
  guint ready_before;         /* of guide.ready_frames, when this sitting was last not ready to shoot */

  LanmuPhase phase;
  LanmuStudent *student, *waiting_student, *next_student;
  gint64 student_id;          /* row id of the bound student, 0 = none or a token */
  gint64 binding;             /* row id, 0 = nobody */
  char *token;
  LanmuCodeRow *code;         /* the token's row as last read, NULL = a student or nobody */
  char *countersigned;        /* by whom, for this binding; NULL = nobody */
  const char *countersign;    /* interned: the campaign's mode; NULL before the start */
  gboolean countersign_first; /* no shutter before it */
  gint64 other_until_us;      /* boot µs up to which another student was bound: the guard of promise 4 */
  gint64 resolution_us;       /* of this body's stamps, as last seen */
  gboolean binding_busy;      /* a bind is being written */
  GTask *bind_waiting;        /* the newest bind, waiting for the camera to be quiet */

  LanmuClock clock;
  gint64 clock_saved_width, clock_saved_since;
  GHashTable *tickets;        /* gint64 number → LanmuLiveTicket */
  GHashTable *seen;           /* "folder/name" announced or listed in this connection → its size in words, "0" unknown */
  GHashTable *failures;       /* "folder/name" → how often it could not be had in this connection */
  GQueue arrivals;            /* LanmuArrival on their way */
  int last_number, last_folder_number;
  char *last_file;
  guint64 last_size;          /* of it, as the camera says; 0 unknown */
  GHashTable *raw_wanted;     /* "folder/stem" → LanmuRawWanted: a shot of this connection whose RAW sibling is not here yet */
  GHashTable *raw_seen;       /* "folder/stem" → LanmuCameraFile announced before its JPEG was a shot */
  gboolean opened;            /* the camera was opened at least once */
  gboolean reconciling, reconcile_again;
  gboolean reconcile_fresh;   /* the next one must make the listing anew */
  GQueue reconcile_todo;      /* LanmuTodo: not begun yet, so that a full card neither takes every descriptor nor stands before a live shot */
  gboolean reconcile_incomplete; /* something could not be had: what is missing is not known to be gone */
  guint reconcile_pending;    /* arrivals of the running reconcile on their way */
  guint reconcile_stage;      /* 0 none, 1 leftovers with a name, 2 card, 3 the others */
  gint64 reconcile_began_us;
  gboolean gap_asked;         /* a reconcile was asked for because a number was skipped */
  guint gaps_in_vain;         /* such reconciles in a row that found nothing: this body skips numbers by itself */
  gboolean card_looked;       /* what the records say of the card was held against it once in this session */
  guint unexplained;          /* files on the card that nothing explained at the last look */
  gboolean clock_read;        /* the body's clock was read in this connection: old stamps may be believed */
  gboolean clock_silent;      /* it never answered: do not wait for it again */
  guint clock_timeout;        /* a reconcile waits for the first reading */
  guint retry, retry_s;       /* source and pause of the next try by itself */
  gboolean retry_fresh;
  GPtrArray *reconcile_files; /* LanmuCameraFile of the running reconcile */
  GPtrArray *leftovers;       /* LanmuLeftover: files of a dead session without a row; NULL = looked after */
  LanmuEvent *reconcile_counts;

  LanmuTrouble trouble;
  gint64 trouble_since;
  guint quarantined, accepted_count, student_count;
  gint64 shot_bytes;          /* recent size of a shot with its RAW, for disk-shots */
  gint64 disk_shots;          /* -1: not known */
  gint64 paces[21];           /* boot µs of the last accepts, ring */
  guint pace_count;
  GPtrArray *undo;            /* LanmuUndo, newest last */
  GPtrArray *waiters;         /* GTask of wait calls */
  GTask *stop_task;
  gint64 gauge_us;            /* boot µs of the last reading for the forecast, 0 = none yet; and what it was */
  int gauge_battery;
  guint gauge_people;
  guint heartbeat, stop_timeout, shutter_timeout, crop_timeout;
  guint jobs;                 /* tickets being written or waiting for their guard */
  guint raw_pending;          /* RAW siblings being fetched */
  GHashTable *raw_fetching;   /* … of these shots: id → "folder/name" of the RAW. Two at a time would write into each other's part */
  guint settling;             /* accepts, skips and undos being written: whoever sits there may be about to leave */
};

enum {
  LANMU_STATION_PROP_0,
  LANMU_STATION_PROP_PHASE,
  LANMU_STATION_PROP_STUDENT,
  LANMU_STATION_PROP_TOKEN,
  LANMU_STATION_PROP_WAITING_STUDENT,
  LANMU_STATION_PROP_NEXT_STUDENT,
  LANMU_STATION_PROP_TAKES,
  LANMU_STATION_PROP_TAKE,
  LANMU_STATION_PROP_TROUBLE,
  LANMU_STATION_PROP_TROUBLE_SINCE,
  LANMU_STATION_PROP_QUARANTINED,
  LANMU_STATION_PROP_OPEN_TICKETS,
  LANMU_STATION_PROP_DISK_SHOTS,
  LANMU_STATION_PROP_PACE,
  LANMU_STATION_PROP_ACCEPTED_COUNT,
  LANMU_STATION_PROP_STUDENT_COUNT,
  LANMU_STATION_PROP_COUNTERSIGNED,
  LANMU_STATION_N_PROPS
};

/* station.c */
void lanmu_station_notify (LanmuStation *self, guint prop);
void lanmu_station_set_phase (LanmuStation *self, LanmuPhase phase);
void lanmu_station_emit (LanmuStation *self, LanmuEvent *event); /* takes it */
void lanmu_station_emit_trouble (LanmuStation *self, const char *reason, const char *message);
void lanmu_station_set_trouble (LanmuStation *self, LanmuTrouble trouble);
void lanmu_station_set_take (LanmuStation *self, LanmuTake *take);
void lanmu_station_refresh_student (LanmuStation *self, gint64 student_id); /* queue row, counts, next-student */
gboolean lanmu_station_measure_disk (LanmuStation *self, GError **error); /* FALSE: it cannot be measured, which is not the same as full */
void lanmu_station_refresh_code (LanmuStation *self);                     /* the bound capture code's row */
void lanmu_station_check_idle (LanmuStation *self);                      /* answers wait and stop when nothing is open */
gboolean lanmu_station_is_idle (LanmuStation *self);
double lanmu_station_ms_since (gint64 boot_us);
GError *lanmu_station_store_error (const GError *error);                  /* full: STORE with the store's message */

/* look.c */
void lanmu_station_look (LanmuStation *self, LanmuFrame *frame);          /* a live frame came: its backdrop, when the last look is old enough */

/* guide.c */
void lanmu_station_guide_start (LanmuStation *self);                      /* profile and settings are known */
void lanmu_station_guide_seen (const LanmuVisionSeen *seen, gpointer self); /* says "backdrop" and "guide" */

/* bind.c */
void lanmu_station_want_bind (LanmuStation *self, const char *student_no, const char *token, const char *how, GAsyncReadyCallback callback,
                              gpointer user_data);                        /* one of student_no and token */
void lanmu_station_try_waiting_bind (LanmuStation *self);                 /* called whenever the camera becomes quiet */
void lanmu_station_refuse_waiting_bind (LanmuStation *self);              /* the station stops: answered "stopped" */
void lanmu_station_unbind_local (LanmuStation *self);                     /* forget the student on the screen; the row is ended by the caller */

/* shoot.c */
LanmuLiveTicket *lanmu_station_find_ticket (LanmuStation *self, gint64 number);
LanmuLiveTicket *lanmu_station_collecting (LanmuStation *self);           /* the ticket whose release runs now, or NULL */
void lanmu_station_fail_ticket (LanmuStation *self, LanmuLiveTicket *ticket, const char *reason);
void lanmu_station_close_ticket (LanmuStation *self, const char *id);     /* it has its picture: forget it */

/* shutter.c */
gboolean lanmu_station_is_quiet (LanmuStation *self);                     /* no shutter may be open */
gboolean lanmu_station_may_bind (LanmuStation *self, const char *student_no); /* … but perhaps this student's own; NULL: a capture code */
void lanmu_station_watch_shutter (LanmuStation *self, LanmuLiveTicket *ticket); /* nobody hears of it any more: nobody else is bound before it is closed */
void lanmu_station_saw_live (LanmuStation *self, gint64 taken_us);        /* boot µs of a live picture */
gint64 lanmu_station_exposure_us (LanmuStation *self);
void lanmu_station_lengthen_shutters (LanmuStation *self);                /* the body was opened: its shutter speed is known */

/* arrival.c */
void lanmu_station_announced (LanmuStation *self, guint64 tag, const LanmuCameraFile *file, gint64 boot_us);
void lanmu_station_arrive_from_card (LanmuStation *self, const LanmuCameraFile *file, LanmuLiveTicket *ticket, const char *body_ticket);
void lanmu_station_arrive_leftover (LanmuStation *self, const char *part_id, const char *kept_path, LanmuLiveTicket *ticket, const char *body_ticket);
GPtrArray *lanmu_station_body_tickets_in_flight (LanmuStation *self);    /* char *, owned */
void lanmu_raw_wanted_free (gpointer wanted);
void lanmu_station_fetch_raw (LanmuStation *self, const LanmuCameraFile *file, const char *shot_id);
char *lanmu_station_file_stem (const LanmuCameraFile *file);              /* "folder/stem" */

gboolean lanmu_station_note_seen (LanmuStation *self, const LanmuCameraFile *file); /* FALSE: it was before */
gboolean lanmu_station_has_seen (LanmuStation *self, const LanmuCameraFile *file);
void lanmu_station_unsee (LanmuStation *self, const LanmuCameraFile *file);         /* could not be had: to be looked at again */
guint lanmu_station_count_failure (LanmuStation *self, const LanmuCameraFile *file);
#define LANMU_MOST_FAILURES 5u /* then the card cannot give it, not the line: said so, and tried again at the next opening */

gboolean lanmu_station_camera_is_open (LanmuStation *self);

/* inspect.c */
void lanmu_station_load_standard (LanmuStation *self);                    /* the campaign's profile, the reference of the backdrop */
void lanmu_station_inspect (LanmuStation *self, const char *shot, const char *path, const char *student_no, const char *token,
                            gboolean of_bound); /* of_bound: of whoever is bound now */
GError *lanmu_station_check_accept (LanmuStation *self, LanmuTake *take);
char *lanmu_station_failed_checks (LanmuTake *take);

/* reconcile.c */
void lanmu_station_reconcile (LanmuStation *self, gboolean fresh);
void lanmu_station_retry_later (LanmuStation *self, gboolean fresh);      /* a reconcile by itself, after a pause that grows */
void lanmu_station_arrival_done (LanmuStation *self, gboolean of_reconcile, gboolean failed);
void lanmu_station_clock_read (LanmuStation *self);                       /* the first reading of a connection lets a reconcile go on */

/* card.c */
void lanmu_todo_free (gpointer todo);
void lanmu_station_count_unexplained (LanmuStation *self, LanmuEvent *counts); /* of a reconcile that could have everything */
gboolean lanmu_station_take_card (LanmuStation *self);                   /* sorts the listing; FALSE: the records could not be read */

/* recover.c */
void lanmu_station_save_clock (LanmuStation *self);
void lanmu_station_load_clock (LanmuStation *self);
void lanmu_station_recover_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_station_recover_finish (LanmuStation *self, GAsyncResult *result, GError **error);
void lanmu_station_touch_alive (LanmuStation *self);

/* mend.c */
void lanmu_station_begin_copies (LanmuStation *self);
void lanmu_station_end_copies (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data); /* callback also without a keeper; bounded */
/* traydesk.c */
void lanmu_station_recount_tray (LanmuStation *self);
gboolean lanmu_undo_is_of_tray (const LanmuUndo *undo);
gboolean lanmu_undo_tray_work (LanmuDb *db, const LanmuUndo *undo, const char *actor, GError **error); /* on the store thread */
void lanmu_station_show_tray_undone (LanmuStation *self, const LanmuUndo *undo);

/* settle.c */
void lanmu_undo_free (gpointer undo);

G_END_DECLS
