/* Cell formats; see numberformat.h. Pure. */
#include "app/roster/numberformat.h"

#include <string.h>

#define MOST_ZEROS 32

guint lanmu_number_format_builtin (guint number)
{
  return (number >= 14 && number <= 22) || (number >= 27 && number <= 36) || (number >= 45 && number <= 47) ||
                 (number >= 50 && number <= 58)
             ? LANMU_NUMBER_DATE
             : LANMU_NUMBER_GENERAL;
}

/* What stands in quotation marks, in brackets or behind a backslash is shown as it is and says nothing. */
static gboolean has_date (const char *code)
{
  for (const char *p = code; *p != '\0' && *p != ';'; p++) {
    char close = *p == '"' ? '"' : *p == '[' ? ']' : '\0';
    const char *end = close != '\0' ? strchr (p + 1, close) : NULL;
    if (close != '\0' && end == NULL)
      return FALSE;
    if (end != NULL)
      p = end;
    else if (*p == '\\' && p[1] != '\0')
      p++;
    else if (strchr ("yYdDhH", *p) != NULL)
      return TRUE;
  }
  return FALSE;
}

/* Letters or digits that are shown beside the number. */
static gboolean is_shown (const char *from, const char *end)
{
  for (const char *p = from; p < end; p++)
    if (g_ascii_isalnum (*p) || (guchar) *p >= 0x80)
      return TRUE;
  return FALSE;
}

static gboolean has_text (const char *code)
{
  for (const char *p = code; *p != '\0' && *p != ';'; p++) {
    const char *end = *p == '"' ? strchr (p + 1, '"') : *p == '[' ? strchr (p, ']') : NULL;
    if (*p == '"' && end != NULL && is_shown (p + 1, end))
      return TRUE;
    if (end != NULL)
      p = end;
    else if ((*p == '\\' && is_shown (p + 1, p + 1 + (p[1] != '\0'))) || (*p >= '1' && *p <= '9'))
      return TRUE;
    else if ((*p == '_' || *p == '*' || *p == '\\') && p[1] != '\0')
      p++;
  }
  return FALSE;
}

guint lanmu_number_format_parse (const char *code)
{
  gsize zeros = strspn (code, "0");
  if (zeros > 1 && zeros <= MOST_ZEROS && code[zeros] == '\0')
    return LANMU_NUMBER_ZEROS + (guint) zeros;
  return has_date (code) ? LANMU_NUMBER_DATE : has_text (code) ? LANMU_NUMBER_DRESSED : LANMU_NUMBER_GENERAL;
}
