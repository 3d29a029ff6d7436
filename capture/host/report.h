/* The host's own link to its parent: the channel's sending side with the messages as functions. One thread. */
#pragma once

#include "capture/camerafile.h"
#include "capture/channel.h"
#include "capture/host/body.h"

G_BEGIN_DECLS

typedef struct {
  LanmuChannel *channel;
  gboolean gone; /* the parent does not read any more: end */
} LanmuReport;

void lanmu_report (LanmuReport *self, LanmuMessageType type, guint64 id, GVariant *body);
void lanmu_report_opened (LanmuReport *self, const LanmuBody *body);
void lanmu_report_open_failed (LanmuReport *self, const LanmuOpenFault *fault);
void lanmu_report_lost (LanmuReport *self, LanmuTrouble trouble, const char *detail);
void lanmu_report_announced (LanmuReport *self, guint64 tag, const LanmuCameraFile *file, gint64 boot_us);
void lanmu_report_shot (LanmuReport *self, guint64 id, LanmuTrouble trouble, const char *detail, gboolean released);
void lanmu_report_fetched (LanmuReport *self, guint64 id, LanmuTrouble trouble, const char *detail, int error_number,
                           guint64 size_said, guint64 size_got);

gint64 lanmu_boot_us (void); /* CLOCK_BOOTTIME, µs */

G_END_DECLS
