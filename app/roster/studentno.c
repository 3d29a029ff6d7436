/* 学号 as text; see studentno.h. Pure. */
#include "app/roster/studentno.h"

#include <string.h>

#define DIGITS "0123456789"

gboolean lanmu_studentno_is_valid (const char *student_no)
{
  gsize length = strlen (student_no);
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (student_no[i]) && student_no[i] != '-' && student_no[i] != '_')
      return FALSE;
  return length > 0 && length <= LANMU_STUDENT_NO_MAX;
}

gboolean lanmu_number_is_scientific (const char *text)
{
  const char *p = text + strspn (text, DIGITS);
  if (p == text || p > text + 1)
    return FALSE; /* one digit before the point */
  if (*p == '.')
    p += 1 + strspn (p + 1, DIGITS);
  if (*p != 'E' && *p != 'e')
    return FALSE;
  p++;
  if (p[-1] == 'e' || *p == '+') {
    p += *p == '+';
    return *p != '\0' && p[strspn (p, DIGITS)] == '\0';
  }
  /* "6E11" without a sign may be somebody's number as it is */
  return strchr (text, '.') != NULL && *p != '\0' && p[strspn (p, DIGITS)] == '\0';
}

gboolean lanmu_number_is_decimal (const char *text)
{
  gsize whole = strspn (text, DIGITS);
  if (whole < 4 || text[whole] != '.')
    return FALSE;
  const char *rest = text + whole + 1;
  return *rest != '\0' && rest[strspn (rest, "0")] == '\0';
}

gboolean lanmu_number_has_zero_tail (const char *text)
{
  gsize length = strlen (text);
  return length > 15 && strspn (text, DIGITS) == length && strspn (text + 15, "0") == length - 15;
}

static gboolean is_counted (const char *student_no, gsize *length)
{
  *length = strspn (student_no, DIGITS);
  return *length > 0 && *length <= LANMU_STUDENT_NO_MAX && student_no[*length] == '\0';
}

void lanmu_number_shape_add (LanmuNumberShape *self, const char *student_no)
{
  gsize length;
  if (!is_counted (student_no, &length))
    return;
  self->lengths[length]++;
  if (*student_no == '0')
    self->zero_lengths[length]++;
}

guint lanmu_number_shape_lost_zero (const LanmuNumberShape *self, const char *student_no)
{
  gsize length;
  guint total = 0, best = 0;
  if (!is_counted (student_no, &length) || *student_no == '0')
    return 0;
  for (guint i = 1; i <= LANMU_STUDENT_NO_MAX; i++) {
    total += self->lengths[i];
    if (self->zero_lengths[i] > self->zero_lengths[best])
      best = i;
  }
  guint others = total - 1; /* this one is counted too */
  gboolean most = self->zero_lengths[best] >= 2 && self->zero_lengths[best] * 2 >= others;
  return most && best > length ? best : 0;
}
