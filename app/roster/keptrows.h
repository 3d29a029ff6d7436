/* Rows that were seen while the header was looked for, kept until it is known where the students begin. Private to
 * roster/. Pure. */
#pragma once

#include "app/roster/reader.h"

G_BEGIN_DECLS

typedef GPtrArray LanmuKeptRows; /* LanmuRow *, copies */

LanmuKeptRows *lanmu_kept_rows_new (void);
void lanmu_kept_rows_add (LanmuKeptRows *self, const LanmuRow *row);

G_END_DECLS
