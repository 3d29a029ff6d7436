/* 学号 as text: what may stand in it, and whether one of them lost the zeros in front. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_STUDENT_NO_MAX 32 /* characters */

/* ASCII letters, digits, - and _ only, not too long, not empty. */
gboolean lanmu_studentno_is_valid (const char *student_no);

/* Excel's picture of a long number: 6.31809E+11. Also for ID and exam numbers. */
gboolean lanmu_number_is_scientific (const char *text);
/* 631809030112.0: a number that went through a decimal column. */
gboolean lanmu_number_is_decimal (const char *text);
/* More than fifteen digits, all after the fifteenth zero: what Excel keeps of a long number. */
gboolean lanmu_number_has_zero_tail (const char *text);

/* What the numbers of one group (a class, the whole column) look like. */
typedef struct {
  guint lengths[LANMU_STUDENT_NO_MAX + 1];      /* all-digit numbers by length */
  guint zero_lengths[LANMU_STUDENT_NO_MAX + 1]; /* those of them that begin with 0 */
} LanmuNumberShape;

void lanmu_number_shape_add (LanmuNumberShape *self, const char *student_no);
/* The length `student_no` would have with its zeros, when the group's numbers speak for that: most of them (two at
 * least) have one greater length and begin with 0, while this one is shorter and does not. 0: nothing speaks for it. */
guint lanmu_number_shape_lost_zero (const LanmuNumberShape *self, const char *student_no);

G_END_DECLS
