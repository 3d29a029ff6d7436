/* The table beside the delivered pictures: one row a person, in the order of the delivery's people. Pure; any thread. */
#pragma once

#include "app/delivery/plan.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_TABLE_UTF8,    /* with a byte-order mark, so that Excel believes it */
  LANMU_TABLE_GB18030,
} LanmuTableEncoding;

/* CSV with CRLF line ends. with_id: a column 证件号. FALSE: text that the encoding cannot hold, named. */
GBytes *lanmu_delivery_table_csv (const LanmuDeliveryPlan *plan, LanmuTableEncoding encoding, gboolean with_id, GError **error);

G_END_DECLS
