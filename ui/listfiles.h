/* The files that may be lists, where a list usually arrives: sticks, Downloads, the desktop, the data folder. Main
 * thread; looks at names and times only. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_LIST_FILES_MOST 9 /* one a digit key */

/* Paths (char *), the newest first. */
GPtrArray *lanmu_list_files_find (const char *data_dir);

G_END_DECLS
