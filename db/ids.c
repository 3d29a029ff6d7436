/* Sortable ids: the time in ms, then random bits; within one ms (or a clock set back) the last id counts up by one
 * instead. */
#include "db/ids.h"

#include <pthread.h>
#include <string.h>
#include <sys/random.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static pthread_mutex_t last_lock = PTHREAD_MUTEX_INITIALIZER;
static guint8 last[16]; /* 6 bytes of time, 10 random, big endian */

static gint64 time_of (const guint8 bytes[16])
{
  gint64 ms = 0;

  for (int i = 0; i < 6; i++)
    ms = ms << 8 | bytes[i];
  return ms;
}

static void fill_random (guint8 *bytes, gsize n)
{
  if (getrandom (bytes, n, 0) == (gssize)n)
    return;
  for (gsize i = 0; i < n; i++)
    bytes[i] = (guint8)g_random_int_range (0, 256);
}

static void next_bytes (guint8 bytes[16])
{
  gint64 ms = g_get_real_time () / 1000;

  pthread_mutex_lock (&last_lock);
  if (ms > time_of (last)) {
    for (int i = 0; i < 6; i++)
      last[i] = (guint8)(ms >> (40 - 8 * i));
    fill_random (last + 6, 10);
  } else {
    for (int i = 15; i >= 0 && ++last[i] == 0; i--)
      ;
  }
  memcpy (bytes, last, 16);
  pthread_mutex_unlock (&last_lock);
}

/* 26 digits of 5 bits hold 130: two zero bits stand before the 128. */
static guint digit_of (const guint8 bytes[16], int digit)
{
  guint value = 0;

  for (int bit = digit * 5 - 2; bit < digit * 5 + 3; bit++)
    value = value << 1 | (bit < 0 ? 0 : (bytes[bit / 8] >> (7 - bit % 8)) & 1);
  return value;
}

char *lanmu_id_new (void)
{
  guint8 bytes[16];
  char *id = g_malloc (LANMU_ID_LENGTH + 1);

  next_bytes (bytes);
  for (int i = 0; i < LANMU_ID_LENGTH; i++)
    id[i] = alphabet[digit_of (bytes, i)];
  id[LANMU_ID_LENGTH] = '\0';
  return id;
}

gboolean lanmu_id_is_valid (const char *id)
{
  return id && strlen (id) == LANMU_ID_LENGTH && strspn (id, alphabet) == LANMU_ID_LENGTH && id[0] <= '7';
}

gint64 lanmu_id_get_time_ms (const char *id)
{
  gint64 ms = 0;

  if (!lanmu_id_is_valid (id))
    return -1;
  for (int i = 0; i < 10; i++)
    ms = ms << 5 | (strchr (alphabet, id[i]) - alphabet);
  return ms;
}
