/* The print sheets of a delivery: below LANMU_DELIVERY_PRINTS, named as the portraits are, made from the same
 * portraits. Any thread; waits for the disk. */
#pragma once

#include "app/delivery/sink.h"

G_BEGIN_DECLS

#define LANMU_PRINTS_JPEG  1u /* one file a person */
#define LANMU_PRINTS_PDF   2u /* one file a folder, a page a person; more than LANMU_PRINTS_PAGES begin another */
#define LANMU_PRINTS_PAGES 200

/* stop: becomes non-zero, stop soon; or NULL. */
gboolean lanmu_prints_write (const LanmuDeliveryPlan *plan, guint forms, LanmuSink *sink, const int *stop,
                             GError **error);

G_END_DECLS
