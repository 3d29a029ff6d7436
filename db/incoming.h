/* Private to db/: the bytes of a sealed campaign that are still coming from the camera. They are in memory only, by data folder and id; a process that dies
 * takes them along, and the card gives them again. Any thread. */
#pragma once

#include <glib.h>
#include "db/error.h"

G_BEGIN_DECLS

/* *fd is the caller's; another descriptor of the same memory stays here until dropped. EXISTS. */
gboolean lanmu_incoming_make (const char *dir, const char *id, int *fd, GError **error);
/* A descriptor of it to close, or -1: there is none. */
int lanmu_incoming_get (const char *dir, const char *id);
void lanmu_incoming_drop (const char *dir, const char *id);

G_END_DECLS
