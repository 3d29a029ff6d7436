/* Dates as cameras write them (Exif 2.3, tags 9003 and 9291): see exif.h. A camera's clock has no zone; the result is
 * naive on purpose. */
#include "capture/picture/exif.h"

#include <string.h>

#define SECOND_US G_GINT64_CONSTANT (1000000)

static gboolean parse_digits (const char *text, int count, int *value)
{
  *value = 0;
  for (int i = 0; i < count; i++) {
    if (!g_ascii_isdigit (text[i]))
      return FALSE;
    *value = *value * 10 + (text[i] - '0');
  }
  return TRUE;
}

/* Days from 1970-01-01 in the Gregorian calendar; the year is counted from March so that the leap day comes last. */
static gint64 days_from_date (int year, int month, int day)
{
  gint64 y = year - (month <= 2);
  gint64 era = y / 400, year_of_era = y % 400;
  gint64 day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
}

/* Sub-seconds: digits are a decimal fraction. All zeros count as absent: see time_resolution_us. */
static void add_sub_seconds (const char *digits, gint64 *time_us, gint64 *resolution_us)
{
  gint64 unit = SECOND_US, sum = 0;
  for (const char *digit = digits; unit > 1 && g_ascii_isdigit (*digit); digit++) {
    unit /= 10;
    sum += (*digit - '0') * unit;
  }
  *resolution_us = sum > 0 ? unit : SECOND_US;
  *time_us += sum;
}

gboolean lanmu_exif_time_parse (const char *date_time, const char *sub_seconds, gint64 *time_us, gint64 *resolution_us)
{
  static const char form[] = "dddd:dd:dd dd:dd:dd";
  int field[6]; /* year month day hour minute second */
  if (strlen (date_time) != strlen (form))
    return FALSE;
  for (const char *at = form, *text = date_time, *end = form + strlen (form); at < end; at++, text++)
    if (*at != 'd' && *text != *at)
      return FALSE;
  static const int place[6] = {0, 5, 8, 11, 14, 17};
  for (int i = 0; i < 6; i++)
    if (!parse_digits (date_time + place[i], i == 0 ? 4 : 2, &field[i]))
      return FALSE;
  if (!g_date_valid_dmy ((GDateDay) field[2], (GDateMonth) field[1], (GDateYear) field[0]) || field[0] < 1970 ||
      field[3] > 23 || field[4] > 59 || field[5] > 59)
    return FALSE;
  gint64 seconds = days_from_date (field[0], field[1], field[2]) * 86400 + field[3] * 3600 + field[4] * 60 + field[5];
  *time_us = seconds * SECOND_US;
  add_sub_seconds (sub_seconds, time_us, resolution_us);
  return TRUE;
}
