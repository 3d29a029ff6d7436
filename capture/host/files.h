/* Files on the camera: download into a descriptor, list. Nothing is ever deleted. One thread. */
#pragma once

#include "capture/host/report.h"

G_BEGIN_DECLS

/* Writes the file's bytes from offset 0 of fd (cut to nothing first) and answers the command. FALSE: the line is broken
 * (the answer was sent). */
gboolean lanmu_files_fetch (LanmuBody *body, LanmuReport *report, guint64 id, const char *folder, const char *name,
                            int fd);

/* Lists every picture and answers the command. FALSE as above. */
gboolean lanmu_files_list (LanmuBody *body, LanmuReport *report, guint64 id);

G_END_DECLS
