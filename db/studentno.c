/* The order of student numbers. */
#include "db/roster.h"

#include <string.h>

/* Two runs of digits as numbers of any length; both pointers move past theirs. */
static int compare_numbers (const char **a, const char **b)
{
  *a += strspn (*a, "0");
  *b += strspn (*b, "0");
  size_t length_a = strspn (*a, "0123456789"), length_b = strspn (*b, "0123456789");
  int order = length_a != length_b ? (length_a < length_b ? -1 : 1) : memcmp (*a, *b, length_a);

  *a += length_a;
  *b += length_b;
  return order;
}

int lanmu_student_no_compare (const char *a, const char *b)
{
  const char *p = a, *q = b;
  int order = 0;

  while (order == 0 && *p && *q) {
    if (g_ascii_isdigit (*p) && g_ascii_isdigit (*q)) {
      order = compare_numbers (&p, &q);
    } else {
      order = (guchar)*p - (guchar)*q;
      p++;
      q++;
    }
  }
  if (order == 0)
    order = (*p != '\0') - (*q != '\0');
  return order ? order : strcmp (a, b);
}
