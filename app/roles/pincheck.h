/* One PIN against one hash, on a thread of its own (argon2id takes a tenth of a second, more than a frame). Call and callback on main. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*LanmuPinCheckFunc) (gboolean fits, gpointer data);

/* Comes back once, on the context that is main's default, never from within this call. The PIN's copy is wiped. */
void lanmu_pin_check_start (const char *pin, const char *hash, LanmuPinCheckFunc done, gpointer data);

G_END_DECLS
