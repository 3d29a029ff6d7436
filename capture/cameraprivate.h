/* The insides of LanmuCamera, shared by camera.c (the face), cameraline.c (the connection and its recovery) and
 * cameranews.c (what the host says). */
#pragma once

#include "capture/camera.h"
#include "capture/hostprocess.h"
#include "capture/ladder.h"
#include "capture/usbwatch.h"

G_BEGIN_DECLS

struct _LanmuCamera {
  GObject parent_instance;
  char *spec, *host_path, *home_dir;

  /* the connection */
  LanmuHostProcess *host; /* NULL while none runs */
  LanmuUsbWatch *usb;     /* NULL for PTP/IP */
  GCancellable *cancellable;
  gboolean started, stopping;
  gboolean asked;    /* an OPEN is not answered yet */
  gboolean open;     /* the host holds a body */
  gboolean was_open; /* in this start */
  gboolean live;     /* live pictures wanted */
  char *serial;      /* of the first body opened; "" until then */
  LanmuLadder ladder;
  gboolean reset_next;
  GSource *retry; /* waiting to try again */
  GTask *stop;    /* of lanmu_camera_stop_async */
  GSource *stop_limit;

  /* what is known */
  LanmuCameraState state;
  LanmuTrouble trouble;
  char *detail;
  LanmuTrouble body_trouble; /* why the open body serves no live picture */
  LanmuCameraInfo *info;
  int battery, shots_left;
  guint exposure_ms; /* of the last host */

  /* what is under way */
  GHashTable *requests; /* id (guint64 *) → Request */
  guint64 last_id;
  guint busy;       /* shoots and fetches among them */
  guint64 shoot_id; /* 0: none */
  guint64 shoot_tag;
  gboolean shoot_triggered;

  /* counters of the hosts before the running one */
  LanmuCameraCounters past;
  guint64 past_decode_us;
  guint64 spawned, frames;
  double latency_sum;
};

/* camera.c */
void lanmu_camera_set_trouble (LanmuCamera *self, LanmuTrouble trouble, const char *detail);
void lanmu_camera_update_state (LanmuCamera *self); /* state from what is known; notifies */
void lanmu_camera_set_health (LanmuCamera *self, int battery, int shots_left);
void lanmu_camera_set_info (LanmuCamera *self, LanmuCameraInfo *info); /* takes it */
void lanmu_camera_emit_frame (LanmuCamera *self, LanmuFrame *frame);
void lanmu_camera_emit_opened (LanmuCamera *self);
void lanmu_camera_emit_clock (LanmuCamera *self, gint64 camera_us, gint64 before_us, gint64 after_us);
void lanmu_camera_emit_triggered (LanmuCamera *self, guint64 tag, gint64 before_us, gint64 after_us);
void lanmu_camera_emit_announced (LanmuCamera *self, guint64 tag, const LanmuCameraFile *file, gint64 boot_us);

/* cameraline.c */
void lanmu_camera_line_start (LanmuCamera *self);
void lanmu_camera_line_try (LanmuCamera *self); /* start a host if none runs, ask it to open */
void lanmu_camera_line_failed (LanmuCamera *self, LanmuTrouble trouble, const char *detail, const char *port);
void lanmu_camera_line_lost (LanmuCamera *self, LanmuTrouble trouble, const char *detail);
void lanmu_camera_line_opened (LanmuCamera *self, LanmuCameraInfo *info); /* takes it */
void lanmu_camera_line_stop (LanmuCamera *self);
void lanmu_camera_line_stopped (LanmuCamera *self);
void lanmu_camera_line_drop (LanmuCamera *self); /* at once, without farewell */
void lanmu_camera_line_host_ended (LanmuCamera *self, LanmuTrouble trouble, const char *detail);

/* camerarequests.c */
GHashTable *lanmu_camera_requests_new (void);
gboolean lanmu_camera_requests_answer (LanmuCamera *self,
                                       const LanmuMessage *message); /* FALSE: it answers nothing asked */
void lanmu_camera_requests_piece (LanmuCamera *self, guint64 id, guint64 size);
void lanmu_camera_requests_fail (LanmuCamera *self, LanmuTrouble trouble, const char *detail);

/* cameranews.c */
extern const LanmuHostEvents lanmu_camera_host_events;

G_END_DECLS
