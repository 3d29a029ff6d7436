/* LanmuArrivingBytes: the bytes of a file that grows, at one place in memory, for the threads that follow it. Internal to capture/picture.
 * One thread reads the file (more), others follow what it has read (follow). Why not a mapping of the file: one that shrinks would end the program. */
#pragma once

#include <pthread.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  int fd;            /* owned */
  guint8 *data;      /* room for the largest shot; memory is used as it fills */
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  guint64 available; /* bytes of the file that may be read */
  guint64 filled;    /* of these, in data */
  gboolean ended;    /* the file is complete: all of it may be read */
  gboolean complete; /* … and is */
  gboolean cancelled;
} LanmuArrivingBytes;

gboolean lanmu_arriving_bytes_init (LanmuArrivingBytes *self, int fd); /* duplicates fd; FALSE: no room, self is cleared */
void lanmu_arriving_bytes_clear (LanmuArrivingBytes *self);

void lanmu_arriving_bytes_grow (LanmuArrivingBytes *self, guint64 available);
void lanmu_arriving_bytes_end (LanmuArrivingBytes *self);
void lanmu_arriving_bytes_cancel (LanmuArrivingBytes *self);

/* The reading thread: waits for more bytes, at most some 100 KB. FALSE: there are no more (complete), or cancelled. */
gboolean lanmu_arriving_bytes_more (LanmuArrivingBytes *self);
/* A following thread: waits for bytes behind `after`; answers up to where they reach. The same as `after`: there are no more. */
guint64 lanmu_arriving_bytes_follow (LanmuArrivingBytes *self, guint64 after);
gboolean lanmu_arriving_bytes_is_cancelled (LanmuArrivingBytes *self);

G_END_DECLS
