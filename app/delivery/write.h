/* Writing a delivery: into TARGET.part, complete and synced, then renamed to TARGET. Any thread; waits for the disk.
 *
 * Promises:
 *  1. TARGET is there whole or not at all; nothing that stood there before is touched.
 *  2. Whatever stopped it (a key, a pulled stick, a full disk, a kill), the same call goes on where it stopped: what is
 * in TARGET.part and has the right bytes is kept (zips are written anew).
 *  3. A picture whose bytes are not those of its record any more stops the delivery, by name.
 *  4. TARGET can be proved with lanmu_delivery_check, and with sha256sum, on any machine.
 */
#pragma once

#include "app/delivery/sink.h"
#include "app/delivery/table.h"
#include "db/campaign.h"

G_BEGIN_DECLS

typedef void (*LanmuDeliveryProgress) (guint done, guint all, gpointer data); /* on the thread that writes */

typedef struct {
  const char *data_dir, *target;
  const LanmuDeliveryPlan *plan;
  const LanmuCampaignRow *campaign;
  const char *kind; /* "portraits" "originals" */
  guint tables;     /* bits 1 << LanmuTableForm */
  gboolean with_id;
  guint prints;                   /* LANMU_PRINTS_… */
  const LanmuZipWish *zip;        /* NULL: a folder of files */
  LanmuDeliveryProgress progress; /* or NULL */
  gpointer progress_data;
  const int *stop; /* atomic; becomes non-zero: stop soon. Or NULL */
} LanmuDeliveryOrder;

typedef struct {
  char uuid[37];
  char manifest_sha256[65];
  char *fingerprint; /* of the signing key; owned */
  guint files, kept; /* kept: were there from an earlier try */
} LanmuDeliveryMade;
void lanmu_delivery_made_clear (LanmuDeliveryMade *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanmuDeliveryMade, lanmu_delivery_made_clear)

/* Fills TARGET.part. Errors: G_IO_ERROR (EXISTS: TARGET is there; CANCELLED: stopped; the others name the path). */
gboolean lanmu_delivery_fill (const LanmuDeliveryOrder *order, LanmuDeliveryMade *made, GError **error);
/* Gives it its name. */
gboolean lanmu_delivery_place (const char *target, GError **error);

/* The uuid that a folder says of itself; NULL: it is no delivery. Full. */
char *lanmu_delivery_read_uuid (const char *folder);

G_END_DECLS
