/* LanmuRecovery: what a person reads while the camera does not serve: what happens by itself next, and what stays open
 * meanwhile. Main thread; looks once a second while it is asked to, and costs nothing else.
 *
 * Why beside the station's trouble: a hang has no trouble yet, only silence; the clock must run from its beginning.
 * Signal "changed": another sentence. */
#pragma once

#include "app/station.h"

G_BEGIN_DECLS

typedef struct {
  gboolean silent; /* no trouble is told, and yet the camera does not answer */
  gint64 since_us; /* CLOCK_BOOTTIME the silence began */
  char *next;      /* "Restarting the camera program in 4 s"; NULL = nothing by itself */
  char *open;      /* "1 shot stays open: …"; NULL = none */
} LanmuRecoveryWords;
void lanmu_recovery_words_clear (LanmuRecoveryWords *self);

#define LANMU_TYPE_RECOVERY (lanmu_recovery_get_type ())
G_DECLARE_FINAL_TYPE (LanmuRecovery, lanmu_recovery, LANMU, RECOVERY, GObject)

LanmuRecovery *lanmu_recovery_new (LanmuStation *station);
const LanmuRecoveryWords *lanmu_recovery_get_words (LanmuRecovery *self);

/* Pure, for tests: the words for an outlook. trouble: of the station; now_us: CLOCK_BOOTTIME. */
void lanmu_recovery_describe (const LanmuCameraOutlook *outlook, LanmuCameraState state, guint trouble,
                              guint open_tickets, gint64 now_us, LanmuRecoveryWords *out);

G_END_DECLS
