/* How facts become text for people: masks, groups, sizes, durations. Pure; any thread. Strings returned are the
 * caller's. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* 张三丰 → 张*, 欧阳修 → 欧*, Anna → A*: the first character stays (PIPL; STANDARD §5). "" → "". */
char *lanmu_format_masked_name (const char *name);

/* 500112199003071234 → 5001**********1234: first and last four stay; up to eight characters: all hidden but the first;
 * "" → "". */
char *lanmu_format_masked_id (const char *id_no);

/* 学号 for reading aloud: groups of four from the left, 631809030112 → "6318 0903 0112"; a last group of one joins the
 * one before it. Text with anything but digits and letters, or shorter than seven, is left as it is. */
char *lanmu_format_grouped_no (const char *student_no);

/* 9,800 → "9,800": groups of three by commas, for counts. */
char *lanmu_format_count (gint64 count);

/* Bytes → "812 KB", "24.1 MB", "9.3 GB" (powers of 1000); negative → "?". */
char *lanmu_format_size (gint64 bytes);

/* Seconds → "45 s", "4:05", "1:02:09"; negative → "?". */
char *lanmu_format_duration (gint64 seconds);

/* Wall time in µs → "2026-03-05 14:32:07", local; 0 → "". */
char *lanmu_format_time (gint64 wall_us);

/* How two texts of people are compared: look-alike separator dots (· ‧ • ・ ． .) are one, full-width letters and
 * digits are ASCII, case is folded, spaces drop. For finding only: what the school wrote is never changed (STANDARD
 * §4). */
char *lanmu_format_fold (const char *text);

G_END_DECLS
