/* A delivery's record in the database, as jobs of the store (LanmuStoreWork), and the standard's own names for files.
 * What lanmuctl and the kiosk share. */
#pragma once

#include "app/delivery/write.h"
#include "capture/profile/profile.h"
#include "db/deliveries.h"

G_BEGIN_DECLS

typedef struct {
  LanmuDeliveryRow row;          /* borrows its texts */
  const LanmuDeliveryPlan *plan; /* borrowed */
  gint64 id;                     /* filled by begin */
} LanmuDeliveryRecord;

/* data: LanmuDeliveryRecord *. Between them the folder gets its name. */
gboolean lanmu_delivery_record_begin (LanmuDb *db, gpointer record, GError **error);
gboolean lanmu_delivery_record_end (LanmuDb *db, gpointer record, GError **error);

/* data: char *, the actor. A run that was killed between the record and the name: the folder itself says whether it got
 * there. */
gboolean lanmu_delivery_record_settle (LanmuDb *db, gpointer actor, GError **error);

/* Adds the folders of the standard and the profile's own file name; without a list there is only the order of the
 * pictures. */
gboolean lanmu_delivery_add_default_scheme (LanmuDb *db, const LanmuProfile *profile, GPtrArray *schemes,
                                            GError **error);

G_END_DECLS
