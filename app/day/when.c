/* See when.h. */
#include "app/day/when.h"

#include <string.h>

static GRegex *make (const char *pattern)
{
  return g_regex_new (pattern, G_REGEX_OPTIMIZE | G_REGEX_CASELESS, 0, NULL);
}

static int number_at (GMatchInfo *match, int group)
{
  g_autofree char *text = g_match_info_fetch (match, group);
  return text != NULL && *text != '\0' ? (int) g_ascii_strtoll (text, NULL, 10) : -1;
}

static gboolean put_date (int year, int month, int day, char iso[LANMU_WHEN_ISO])
{
  if (month < 1 || month > 12 || day < 1 || year < 1990 || year > 2200 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  g_snprintf (iso, LANMU_WHEN_ISO, "%04d-%02d-%02d", year, month, day);
  return TRUE;
}

/* Nobody writes a schedule for a date more than half a year away without its year. */
static int guess_year (int month, const char *today)
{
  int year = (int) g_ascii_strtoll (today, NULL, 10), now = (int) g_ascii_strtoll (today + 5, NULL, 10);
  return month - now > 6 ? year - 1 : now - month > 6 ? year + 1 : year;
}

gboolean lanmu_when_read_date (const char *text, const char *today, char iso[LANMU_WHEN_ISO])
{
  static const char *const patterns[] = {"(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})(?!\\d)",
                                         "(?<!\\d)(\\d{4})(\\d{2})(\\d{2})(?!\\d)", "()(\\d{1,2})\\s*月\\s*(\\d{1,2})(?!\\d)",
                                         "^\\s*()(\\d{1,2})\\s*[-/.]\\s*(\\d{1,2})\\s*$"};
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++) {
    g_autoptr (GRegex) regex = make (patterns[i]);
    g_autoptr (GMatchInfo) match = NULL;
    if (!g_regex_match (regex, text, 0, &match))
      continue;
    int year = number_at (match, 1), month = number_at (match, 2);
    return put_date (year > 0 ? year : guess_year (month, today), month, number_at (match, 3), iso);
  }
  return FALSE;
}

/* Which half of the day: -1 it does not say, 0 morning, 12 afternoon or evening. */
static int half_of (GMatchInfo *match, int before, int behind)
{
  g_autofree char *a = g_match_info_fetch (match, before), *b = g_match_info_fetch (match, behind);
  const char *word = a != NULL && *a != '\0' ? a : b;
  if (word == NULL || *word == '\0')
    return -1;
  return strstr (word, "上") != NULL || strstr (word, "早") != NULL || g_ascii_tolower (*word) == 'a' ? 0 : 12;
}

static int minutes_of (GMatchInfo *match, int *half)
{
  int hour = number_at (match, 2), minute = MAX (number_at (match, 3), 0), said = half_of (match, 1, 4);
  if (said >= 0)
    *half = said;
  if (*half == 12 && hour < 12)
    hour += 12;
  return hour > 24 || minute > 59 || (hour == 24 && minute > 0) ? -1 : hour * 60 + minute;
}

gboolean lanmu_when_read_times (const char *text, int *begins, int *ends)
{
  g_autoptr (GRegex) regex =
      make ("(上午|早上|中午|下午|晚上)?\\s*(?<!\\d)(\\d{1,2})\\s*(?:[:：](?=\\d)|[时点])\\s*(\\d{2})?(?::\\d{2})?\\s*分?\\s*(am|pm)?");
  g_autoptr (GMatchInfo) match = NULL;
  int half = -1;
  *ends = 0;
  if (!g_regex_match (regex, text, 0, &match) || (*begins = minutes_of (match, &half)) < 0)
    return FALSE;
  if (g_match_info_next (match, NULL) && (*ends = minutes_of (match, &half)) <= *begins)
    return FALSE;
  return *begins < 24 * 60;
}

char *lanmu_when_time (int minutes)
{
  return g_strdup_printf ("%02d:%02d", minutes / 60, minutes % 60);
}

char *lanmu_when_span (int begins, int ends)
{
  g_autofree char *from = lanmu_when_time (begins), *to = lanmu_when_time (ends);
  return g_strconcat (from, "–", to, NULL);
}

static GDateTime *local (gint64 wall_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);
  return g_date_time_to_local (utc);
}

void lanmu_when_today (gint64 wall_us, char iso[LANMU_WHEN_ISO])
{
  g_autoptr (GDateTime) now = local (wall_us);
  put_date (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now), iso);
}

int lanmu_when_minute (gint64 wall_us)
{
  g_autoptr (GDateTime) now = local (wall_us);
  return g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now);
}

gint64 lanmu_when_to_us (const char *iso, int minutes)
{
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_parse (&date, iso);
  if (!g_date_valid (&date))
    return 0;
  g_autoptr (GDateTime) midnight = g_date_time_new_local (g_date_get_year (&date), (int) g_date_get_month (&date),
                                                          g_date_get_day (&date), minutes / 60 % 24, minutes % 60, 0);
  return midnight != NULL ? g_date_time_to_unix (midnight) * G_USEC_PER_SEC : 0;
}

gint64 lanmu_when_day_began (gint64 wall_us)
{
  char iso[LANMU_WHEN_ISO];
  lanmu_when_today (wall_us, iso);
  return lanmu_when_to_us (iso, 0);
}
