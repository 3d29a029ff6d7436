/* LanmuUnlock: the passphrase of a sealed campaign, asked for once before the work begins. Main thread; the passphrase is tried on the store thread, which
 * argon2id keeps busy for about a second. The text lies in memory that is not paged out and is wiped when it was tried.
 *
 * Signal "opened": the campaign is open in this process. */
#pragma once

#include <gtk/gtk.h>
#include "db/store.h"

G_BEGIN_DECLS

#define LANMU_TYPE_UNLOCK (lanmu_unlock_get_type ())
G_DECLARE_FINAL_TYPE (LanmuUnlock, lanmu_unlock, LANMU, UNLOCK, GtkBox)

LanmuUnlock *lanmu_unlock_new (LanmuStore *store);
/* The first line of $LANMU_PASSPHRASE_FILE is tried without asking; FALSE: there is none. */
gboolean lanmu_unlock_try_file (LanmuUnlock *self);

G_END_DECLS
