/* PINs; see pin.h. */
#include "app/roles/pin.h"

#include <sodium.h>
#include <string.h>

#include "app/i18n.h"

#define FREE_TRIES     4
#define FIRST_PAUSE_US (30 * (gint64) G_USEC_PER_SEC)
#define LONGEST_US     (15 * 60 * (gint64) G_USEC_PER_SEC)

G_DEFINE_QUARK (lanmu-pin-error-quark, lanmu_pin_error)

/* 0000, 1234, 9876: each step the same. */
static gboolean is_easy (const char *pin)
{
  int step = pin[1] - pin[0];

  if (step < -1 || step > 1)
    return FALSE;
  for (gsize i = 1; pin[i + 1] != '\0'; i++)
    if (pin[i + 1] - pin[i] != step)
      return FALSE;
  return TRUE;
}

gboolean lanmu_pin_check (const char *pin, GError **error)
{
  gsize length = strlen (pin);

  if (strspn (pin, "0123456789") != length)
    g_set_error (error, LANMU_PIN_ERROR, LANMU_PIN_ERROR_DIGITS, N_ ("A PIN has digits only."));
  else if (length < LANMU_PIN_SHORTEST || length > LANMU_PIN_LONGEST)
    g_set_error (error, LANMU_PIN_ERROR, LANMU_PIN_ERROR_LENGTH, N_ ("A PIN has 4 to 12 digits."));
  else if (is_easy (pin))
    g_set_error (error, LANMU_PIN_ERROR, LANMU_PIN_ERROR_EASY, N_ ("This PIN is too easy to guess: no repeated digit, no digits in a row."));
  else
    return TRUE;
  return FALSE;
}

char *lanmu_pin_hash (const char *pin, GError **error)
{
  char hash[crypto_pwhash_STRBYTES];

  if (sodium_init () < 0 || crypto_pwhash_str (hash, pin, strlen (pin), crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0) {
    g_set_error (error, LANMU_PIN_ERROR, LANMU_PIN_ERROR_MEMORY, N_ ("There is not enough memory to keep the PIN safely; close other programs."));
    return NULL;
  }
  return g_strdup (hash);
}

gboolean lanmu_pin_fits (const char *pin, const char *hash)
{
  return *hash != '\0' && sodium_init () >= 0 && crypto_pwhash_str_verify (hash, pin, strlen (pin)) == 0;
}

void lanmu_pin_wipe (char *pin)
{
  if (pin)
    sodium_memzero (pin, strlen (pin));
}

gint64 lanmu_pin_pause_us (int wrong, gint64 last_wrong_us, gint64 now_us)
{
  if (wrong <= FREE_TRIES)
    return 0;
  int doublings = MIN (wrong - FREE_TRIES - 1, 10);
  gint64 pause = MIN (FIRST_PAUSE_US << doublings, LONGEST_US);
  gint64 passed = MAX (now_us - last_wrong_us, 0);
  return MAX (pause - passed, 0);
}
