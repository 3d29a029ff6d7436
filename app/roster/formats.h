/* Private to roster/: the readers behind reader.h, a file each, and what they share. All of them: TRUE when the file
 * was read to its end, or nothing more was wanted; FALSE with a sentence in the report, or cancelled. */
#pragma once

#include "app/roster/reader.h"

G_BEGIN_DECLS

gboolean lanmu_read_csv (LanmuReader *reader);
gboolean lanmu_read_xlsx (LanmuReader *reader);
gboolean lanmu_read_xls (LanmuReader *reader);
gboolean lanmu_read_dbf (LanmuReader *reader);
gboolean lanmu_read_html (LanmuReader *reader);
gboolean lanmu_read_xml (LanmuReader *reader);

/* By the first bytes. *what (static): the name of a kind that is not taken. */
LanmuFileKind lanmu_file_kind_guess (LanmuInput *input, const char **what, LanmuReport *report);

/* The sentences every reader needs; all return FALSE. */
gboolean lanmu_reader_say_damaged (LanmuReader *reader, const char *what); /* "xlsx", "xls" … */
gboolean lanmu_reader_say_locked (LanmuReader *reader, const char *what);
gboolean lanmu_reader_say_too_large (LanmuReader *reader, const char *is, const char *most);

/* Once a row, before it is handed over: TRUE when reading may go on (rows are within limits, nobody cancelled). */
gboolean lanmu_reader_may_go_on (LanmuReader *reader, guint *n_rows, double fraction);

G_END_DECLS
