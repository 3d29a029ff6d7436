/* LanmuLock: one station has a data folder open at a time; a second says so and stops. An open-file-description lock (fcntl F_OFD_SETLK) on `lock`: the kernel lets go
 * of it when the process dies in whatever way, so no lock is ever stale. The file holds "PID PROGRAM" for the message to the second. Any thread. */
#pragma once

#include <glib.h>
#include "db/error.h"

G_BEGIN_DECLS

typedef struct _LanmuLock LanmuLock;

/* program: "lanmu", "lanmuctl". The folder must be there. IN_USE (names pid and program of the holder), READ_ONLY, IO. */
LanmuLock *lanmu_lock_acquire (const char *dir, const char *program, GError **error);
void lanmu_lock_release (LanmuLock *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuLock, lanmu_lock_release)

G_END_DECLS
