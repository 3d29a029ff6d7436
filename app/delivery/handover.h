/* LanmuHandover: a delivery beside a running station: looked over first, then written while the station shoots on. Main
 * thread; files are written on a thread of its own, the records are read and written in the store's jobs.
 *
 * Calling sequence: new → look (as often as the wish changes) → write → … ; one at a time.
 * Property "progress": double 0–1, notified at most ten times a second while it is written. */
#pragma once

#include "app/delivery/write.h"
#include "db/store.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;   /* template, NULL = the standard's own */
  gboolean originals; /* the shots instead of the portraits */
  gboolean originals_too;
  gboolean only_new;
  guint tables;         /* bits 1 << LanmuTableForm */
  guint prints;         /* LANMU_PRINTS_… */
  guint accepted;       /* bits 1 << LanmuDeliveryProblemKind */
  const char *password; /* NULL: a folder of files; else zips, encrypted. Wiped after use */
} LanmuHandoverWish;

#define LANMU_TYPE_HANDOVER (lanmu_handover_get_type ())
G_DECLARE_FINAL_TYPE (LanmuHandover, lanmu_handover, LANMU, HANDOVER, GObject)

LanmuHandover *lanmu_handover_new (LanmuStore *store);

/* The plan of the wish (copied). Errors: LANMU_TEMPLATE_ERROR, LANMU_DB_ERROR, LANMU_PROFILE_ERROR. */
void lanmu_handover_look_async (LanmuHandover *self, const LanmuHandoverWish *wish, const char *actor,
                                GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_handover_look_finish (LanmuHandover *self, GAsyncResult *result, GError **error);
const LanmuDeliveryPlan *
lanmu_handover_get_plan (LanmuHandover *self); /* of the last look that went well; until the next */

/* Writes what was looked at. Errors: G_IO_ERROR (CANCELLED after stop; the same write goes on), LANMU_DB_ERROR. */
void lanmu_handover_write_async (LanmuHandover *self, const char *target, const char *actor,
                                 GAsyncReadyCallback callback, gpointer user_data);
const LanmuDeliveryMade *lanmu_handover_write_finish (LanmuHandover *self, GAsyncResult *result,
                                                      GError **error); /* the handover's, until the next write */
void lanmu_handover_stop (LanmuHandover *self);                        /* soon; the write answers */
gboolean lanmu_handover_is_writing (LanmuHandover *self);

G_END_DECLS
