/* The camera's events: what it reports as new files, each once per connection. One thread. */
#pragma once

#include "capture/host/report.h"

G_BEGIN_DECLS

/* What draining brought. */
typedef struct {
  int jpegs, raws, others; /* new files by kind */
  gboolean complete;       /* the body is done with a release: what has no file by now will hardly get one */
  gboolean health;         /* the battery or the heat changed */
  gboolean quality;        /* a property changed; the quality may have */
} LanmuNews;

/* Takes every waiting event and announces new files with tag. FALSE: the line is broken. */
gboolean lanmu_events_drain (LanmuBody *body, LanmuReport *report, guint64 tag, LanmuNews *news);

/* Announces one file that the library named outside of an event. */
void lanmu_events_announce (LanmuBody *body, LanmuReport *report, guint64 tag, const CameraFilePath *path,
                            LanmuNews *news);

G_END_DECLS
