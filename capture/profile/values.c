/* Reading values: see the header. Numbers have a point whatever the locale. */
#include "capture/profile/values.h"

#include <math.h>
#include <string.h>

gboolean lanmu_value_number (const char *text, double least, double most, double *number, char **reason)
{
  char *end = NULL;
  *number = *text != '\0' ? g_ascii_strtod (text, &end) : NAN;
  if (end == NULL || end == text || *end != '\0' || !isfinite (*number)) {
    *reason = g_strdup_printf ("“%s” is no number", text);
    return FALSE;
  }
  if (*number < least || *number > most) {
    *reason = g_strdup_printf ("%s is out of range: it must be from %g to %g", text, least, most);
    return FALSE;
  }
  return TRUE;
}

/* Words between blanks, blank ones dropped; at most `most` of them matter. */
static char **split (const char *text)
{
  g_auto (GStrv) raw = g_strsplit_set (text, " \t,", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  for (int i = 0; raw[i] != NULL; i++)
    if (*raw[i] != '\0')
      g_strv_builder_add (words, raw[i]);
  return g_strv_builder_end (words);
}

gboolean lanmu_value_band (const char *text, double least, double most, LanmuProfileBand *band, char **reason)
{
  g_auto (GStrv) words = split (text);
  guint n = g_strv_length (words);
  if ((n != 3 && n != 5) || !g_str_equal (words[1], "to") || (n == 5 && !g_str_equal (words[3], "aim"))) {
    *reason = g_strdup_printf ("“%s” is no band: write it as “50 to 110 aim 80”", text);
    return FALSE;
  }
  if (!lanmu_value_number (words[0], least, most, &band->low, reason) ||
      !lanmu_value_number (words[2], least, most, &band->high, reason))
    return FALSE;
  band->aim = (band->low + band->high) / 2;
  if (n == 5 && !lanmu_value_number (words[4], least, most, &band->aim, reason))
    return FALSE;
  if (band->low < band->high && band->aim >= band->low && band->aim <= band->high)
    return TRUE;
  *reason = band->low < band->high
                ? g_strdup_printf ("the aim %g is outside of %g to %g", band->aim, band->low, band->high)
                : g_strdup_printf ("the band is empty: %g is not below %g", band->low, band->high);
  return FALSE;
}

gboolean lanmu_value_limit (const char *text, double least, double most, LanmuProfileLimit *limit, char **reason)
{
  g_auto (GStrv) words = split (text);
  if (g_strv_length (words) == 1 && g_str_equal (words[0], "off")) {
    *limit = (LanmuProfileLimit){NAN, NAN};
    return TRUE;
  }
  if (g_strv_length (words) != 4 || !g_str_equal (words[0], "warn") || !g_str_equal (words[2], "fail")) {
    *reason = g_strdup_printf ("“%s” is no limit: write it as “warn 5 fail 8”, or “off”", text);
    return FALSE;
  }
  return lanmu_value_number (words[1], least, most, &limit->warn, reason) &&
         lanmu_value_number (words[3], least, most, &limit->fail, reason);
}

static gboolean read_hex (const char *text, guint8 rgb[3])
{
  if (text[0] != '#' || strlen (text) != 7 || strspn (text + 1, "0123456789abcdefABCDEF") != 6)
    return FALSE;
  for (int i = 0; i < 3; i++)
    rgb[i] = (guint8) (g_ascii_xdigit_value (text[1 + 2 * i]) << 4 | g_ascii_xdigit_value (text[2 + 2 * i]));
  return TRUE;
}

gboolean lanmu_value_colour (const char *text, guint8 rgb[3], char **reason)
{
  g_auto (GStrv) words = split (text);
  guint n = g_strv_length (words);
  if (n == 1 && read_hex (words[0], rgb))
    return TRUE;
  for (guint i = 0; n == 3 && i < 3; i++) {
    double number;
    if (!lanmu_value_number (words[i], 0, 255, &number, reason))
      return FALSE;
    rgb[i] = (guint8) number;
  }
  if (n != 3)
    *reason = g_strdup_printf ("“%s” is no colour: write it as “100 197 255” or “#64c5ff”", text);
  return n == 3;
}
