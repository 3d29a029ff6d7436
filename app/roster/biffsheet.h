/* Private to roster/: one sheet of an old workbook. */
#pragma once

#include "app/roster/biff.h"
#include "app/roster/formats.h"

G_BEGIN_DECLS

/* As the readers of formats.h. */
gboolean lanmu_biff_sheet_read (LanmuReader *reader, const LanmuBiffBook *book, const LanmuBiffStream *stream,
                                const LanmuBiffSheet *sheet, guint *n_rows);

G_END_DECLS
