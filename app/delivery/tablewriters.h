/* The forms of the table, one file each; internal to app/delivery. Each writes a whole file at path. Errors: G_IO_ERROR
 * with the path. */
#pragma once

#include "app/delivery/table.h"

G_BEGIN_DECLS

gboolean lanmu_table_write_csv (const LanmuTable *table, gboolean gb18030, const char *path, GError **error);
gboolean lanmu_table_write_xlsx (const LanmuTable *table, const char *path,
                                 GError **error); /* every cell a text: Excel must not make numbers of them */
/* A text its code page lacks a character of is left empty (the plan has named it); one of more than 254 bytes is an
 * error. */
gboolean lanmu_table_write_dbf (const LanmuTable *table, const char *path, GError **error);

G_END_DECLS
