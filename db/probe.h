/* Private to db/: what lies at lanmu.db, told from its first 100 bytes, so that what is not ours or too new is refused before anything is touched. */
#pragma once

#include <glib.h>
#include "db/error.h"

G_BEGIN_DECLS

#define LANMU_DB_APPLICATION_ID 0x4c4e4d55 /* "LNMU" */

typedef enum {
  LANMU_PROBE_ABSENT, /* no file */
  LANMU_PROBE_EMPTY,  /* a file without a table: the program was killed while making it */
  LANMU_PROBE_OURS,   /* ours, as far as the header and not the log beside it can say */
} LanmuProbe;

/* CORRUPT, NEWER (than latest_version), READ_ONLY, IO; NOT_FOUND when there is no folder. */
gboolean lanmu_db_probe (const char *data_dir, int latest_version, LanmuProbe *found, GError **error);

gboolean lanmu_db_fail_newer (const char *path, int version, int latest_version, GError **error);   /* FALSE */
gboolean lanmu_db_fail_foreign (const char *path, GError **error);                                  /* FALSE */

G_END_DECLS
