/* The correction slips as a table to be signed and sent to the college. Any thread that owns the connection. */
#pragma once

#include "db/corrections.h"

G_BEGIN_DECLS

/* "学号 student_no" … for a field of a slip. */
const char *lanmu_slip_field_label (const char *field);

/* Writes the slips that are not withdrawn into path as xlsx, which appears whole or not at all; *count = how many. ID
 * numbers are in full: the college cannot correct what it cannot read; the caller writes the audit row. LANMU_DB_ERROR,
 * G_IO_ERROR. */
gboolean lanmu_slip_file_save (LanmuDb *db, const char *path, guint *count, GError **error);

G_END_DECLS
