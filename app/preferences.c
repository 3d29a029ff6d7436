/* See preferences.h. */
#include "app/preferences.h"

#include <glib/gi18n.h>
#include <string.h>
#include "app/keeper.h"
#include "db/settings.h"

static const LanmuPreference table[] = {
    {LANMU_PREFERENCE_CODES, "no", "yes no",
     N_ ("a scanned code that is nobody's student number opens a sitting of its own")},
    {LANMU_PREFERENCE_BACKDROP, "", "RRGGBB", N_ ("colour of the backdrop; empty: the standard's light blue, 64C5FF")},
    {LANMU_PREFERENCE_FEE, "0", "0..10000000", N_ ("fee a head in fen (1500 is 15 yuan); 0: none")},
    {LANMU_PREFERENCE_HEALTH, "no", "yes no", N_ ("nobody is called whose temperature was not taken today")},
    {LANMU_PREFERENCE_HEALTH_LIMIT, "372", "350..400",
     N_ ("highest temperature in tenths of a degree; above it a student is held")},
    {LANMU_PREFERENCE_LEAD, "20", "0..240", N_ ("minutes before its turn that a class is called to the door")},
    {LANMU_PREFERENCE_SOUND, "on", "on off", N_ ("soft sounds at the shutter, at accept and at a warning")},
    {LANMU_PREFERENCE_BACKUP_MINUTES, "10", "0..1440", N_ ("minutes between copies of the database; 0: none")},
    {LANMU_PREFERENCE_BACKUP_KEEP, "12", "1..1000", N_ ("copies of the database to keep, beside one a day")},
    {LANMU_PREFERENCE_RELEASE, "off", "off 10 15 20 30",
     N_ ("release by itself after so many live pictures in a row with nothing to put right")},
    {LANMU_PREFERENCE_LOCK, "5", "0..240",
     N_ ("minutes without a touch after which whoever is signed in is signed out; 0: never")},
    {LANMU_PREFERENCE_MOTION, "on", "on off", N_ ("a take that is laid aside glides to its number")},
};

const LanmuPreference *lanmu_preferences_get (guint index)
{
  return index < G_N_ELEMENTS (table) ? &table[index] : NULL;
}

const LanmuPreference *lanmu_preference_find (const char *key)
{
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)
    if (strcmp (table[i].key, key) == 0)
      return &table[i];
  return NULL;
}

static gboolean is_colour (const char *value)
{
  return strlen (value) == 6 && strspn (value, "0123456789abcdefABCDEF") == 6;
}

/* "LEAST..MOST" */
static gboolean is_in_range (const char *allowed, const char *value)
{
  const char *dots = strstr (allowed, "..");

  return g_ascii_string_to_unsigned (value, 10, g_ascii_strtoull (allowed, NULL, 10),
                                     g_ascii_strtoull (dots + 2, NULL, 10), NULL, NULL);
}

gboolean lanmu_preference_allows (const LanmuPreference *self, const char *value)
{
  g_auto (GStrv) words = g_strsplit (self->allowed, " ", -1);

  if (strcmp (self->allowed, "RRGGBB") == 0)
    return *value == '\0' || is_colour (value);
  if (strstr (self->allowed, "..") != NULL)
    return is_in_range (self->allowed, value);
  return g_strv_contains ((const char *const *) words, value);
}

char *lanmu_preference_read (LanmuDb *db, const char *key)
{
  const LanmuPreference *self = lanmu_preference_find (key);
  g_return_val_if_fail (self != NULL, g_strdup (""));
  char *value = lanmu_setting_get (db, key, self->fallback, NULL);

  if (value != NULL && lanmu_preference_allows (self, value))
    return value;
  g_free (value);
  return g_strdup (self->fallback);
}

gboolean lanmu_preference_is (LanmuDb *db, const char *key, const char *value)
{
  g_autofree char *now = lanmu_preference_read (db, key);
  return strcmp (now, value) == 0;
}

gboolean lanmu_preference_read_backdrop (LanmuDb *db, guint8 rgb[3])
{
  g_autofree char *colour = lanmu_preference_read (db, LANMU_PREFERENCE_BACKDROP);

  if (*colour == '\0')
    return FALSE;
  for (guint i = 0; i < 3; i++)
    rgb[i] = (guint8) (g_ascii_xdigit_value (colour[2 * i]) * 16 + g_ascii_xdigit_value (colour[2 * i + 1]));
  return TRUE;
}
