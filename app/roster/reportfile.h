/* The report as a workbook to send back to the college: a line a problem, with its sheet and cell. Any thread. */
#pragma once

#include <gio/gio.h>

#include "app/roster/report.h"

G_BEGIN_DECLS

/* A sorted report into path, which appears whole or not at all (an older file there is replaced). list_name: the file
 * it is about, for the first line. G_IO_ERROR. */
gboolean lanmu_report_save (LanmuReport *report, const char *list_name, const char *path, GError **error);

G_END_DECLS
