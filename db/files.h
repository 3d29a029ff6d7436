/* Private to db/: what files and folders need to be durable. Any thread. */
#pragma once

#include <glib.h>
#include "db/error.h"

G_BEGIN_DECLS

LanmuDbError lanmu_error_code_from_errno (int number);
/* "VERB PATH: what errno says; what to do". Returns FALSE. verb: "Cannot create" … */
gboolean lanmu_file_fail (GError **error, int number, const char *verb, const char *path);

void lanmu_fd_clear (int *fd); /* closes when >= 0; for __attribute__ ((cleanup)) */
#define LANMU_AUTO_FD __attribute__ ((cleanup (lanmu_fd_clear))) int

gboolean lanmu_fsync_folder (const char *path, GError **error);
/* Makes `path` and its missing parents (0700), each fsynced into its parent. */
gboolean lanmu_make_folder (const char *path, GError **error);

/* Renames, never over another file: EXISTS. NO_ROW when `from` is not there. The folders are the caller's to fsync. */
gboolean lanmu_rename_new (const char *from, const char *to, GError **error);

G_END_DECLS
