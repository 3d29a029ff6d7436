/* Dates and times of day as schedules write them, and back. Pure; any thread. Local time throughout: a schedule hangs on a door. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_WHEN_ISO 11 /* "2027-03-01" and its end */

/* 2027-03-01, 2027/3/1, 2027.3.1, 2027年3月1日, 20270301; without a year (3月1日, 3-1): the one nearest to today (ISO). FALSE: no date in it. */
gboolean lanmu_when_read_date (const char *text, const char *today, char iso[LANMU_WHEN_ISO]);

/* Minutes of the day: 9:00-9:40, 9：00～9：40, 9点-9点40分, 上午9:00, 下午2:00-3:30 (both in the afternoon), 2 PM is 14:00. *ends 0: it names none. FALSE: no time, or
 * one that ends before it begins. A date before it is no time. */
gboolean lanmu_when_read_times (const char *text, int *begins, int *ends);

char *lanmu_when_time (int minutes);              /* 545 → "09:05". Full */
char *lanmu_when_span (int begins, int ends);     /* "09:05–09:45". Full */
void lanmu_when_today (gint64 wall_us, char iso[LANMU_WHEN_ISO]);
int lanmu_when_minute (gint64 wall_us);           /* of the local day */
gint64 lanmu_when_to_us (const char *iso, int minutes); /* wall; 0: no such moment */
gint64 lanmu_when_day_began (gint64 wall_us);     /* wall µs of the local midnight before */

G_END_DECLS
