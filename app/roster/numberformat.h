/* What a cell format of Excel, old or new, says about a number: is it a date, does it show zeros in front. A 学号 that
 * a college typed into a column of format 0000000000 has its zeros on their screen, and so it has them here. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_NUMBER_GENERAL,
  LANMU_NUMBER_DATE,
  LANMU_NUMBER_DRESSED, /* shows characters the number does not have: "2021"000 */
  LANMU_NUMBER_ZEROS    /* and above: that many digits more than this */
} LanmuNumberFormat;

/* By the number of a format that is not in the file: the Chinese dates are among them. */
guint lanmu_number_format_builtin (guint number);
guint lanmu_number_format_parse (const char *code); /* "yyyy-mm-dd", "000000" */

G_END_DECLS
