/* The files that stand in a folder, held against a manifest. Any thread; waits for the disk. */
#pragma once

#include "app/delivery/manifest.h"

G_BEGIN_DECLS

/* Every file below a folder, relative, by path; symbolic links are listed and never followed. Full; NULL with an error.
 */
GPtrArray *lanmu_delivery_list_files (const char *folder, GError **error);
/* Removes what an earlier try with other wishes left: files below `part` that the manifest does not name. */
gboolean lanmu_delivery_drop_leftovers (const char *part, const LanmuManifest *manifest, GError **error);

G_END_DECLS
