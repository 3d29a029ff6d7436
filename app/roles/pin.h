/* PINs: which are allowed, their hashes (libsodium, argon2id), and how long a wrong one costs. Any thread; hash and fits take about a tenth of a second and 64 MB. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_PIN_SHORTEST 4
#define LANMU_PIN_LONGEST  12

#define LANMU_PIN_ERROR (lanmu_pin_error_quark ())
GQuark lanmu_pin_error_quark (void);
typedef enum {
  LANMU_PIN_ERROR_LENGTH,   /* not 4 to 12 characters */
  LANMU_PIN_ERROR_DIGITS,   /* something but 0-9 */
  LANMU_PIN_ERROR_EASY,     /* one digit repeated, or digits in a row */
  LANMU_PIN_ERROR_MEMORY,   /* this machine has no memory left for the hash */
} LanmuPinError;

/* Is this PIN allowed for a new one? */
gboolean lanmu_pin_check (const char *pin, GError **error);
/* A text to keep (full); NULL: MEMORY. The PIN is not wiped: it is the caller's. */
char *lanmu_pin_hash (const char *pin, GError **error);
/* FALSE for an empty hash too. */
gboolean lanmu_pin_fits (const char *pin, const char *hash);
void lanmu_pin_wipe (char *pin); /* overwrites a NUL-terminated text; NULL is fine */

/* µs that must pass before another PIN is looked at: four may be wrong for free, then 30 s, doubled by each up to 15 minutes. wrong: in a row; since the
 * last one; a clock that was set back (now < last) starts the pause anew, so that turning the clock helps nobody. */
gint64 lanmu_pin_pause_us (int wrong, gint64 last_wrong_us, gint64 now_us);

G_END_DECLS
