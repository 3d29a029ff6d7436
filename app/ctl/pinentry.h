/* A PIN from whoever sits at the terminal, without showing it; from a pipe, one line. Blocks; main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The answer without its line end (full; wipe it with lanmu_pin_wipe), NULL at the end of the input. prompt: shown on a terminal only. */
char *lanmu_pin_entry_read (const char *prompt);
gboolean lanmu_pin_entry_is_terminal (void); /* a person types: ask twice */

G_END_DECLS
