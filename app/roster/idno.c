/* Numbers of identity documents; see idno.h. Pure. */
#include "app/roster/idno.h"

#include <string.h>

static const int weights[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
static const char checks[] = "10X98765432";

/* Length of the run of digits at the start. */
static gsize digits (const char *text)
{
  return strspn (text, "0123456789");
}

char lanmu_idno_check_character (const char *seventeen)
{
  int sum = 0;
  if (digits (seventeen) < 17)
    return '\0';
  for (int i = 0; i < 17; i++)
    sum += (seventeen[i] - '0') * weights[i];
  return checks[sum % 11];
}

static gboolean all_digits (const char *text, gsize length)
{
  return strlen (text) == length && digits (text) == length;
}

/* Seventeen digits and a digit or X. */
static gboolean has_eighteen (const char *id_no)
{
  return strlen (id_no) == 18 && digits (id_no) >= 17 &&
         (g_ascii_isdigit (id_no[17]) || id_no[17] == 'X' || id_no[17] == 'x');
}

static gboolean is_home_return (const char *id_no)
{
  return (*id_no == 'H' || *id_no == 'M') && (all_digits (id_no + 1, 8) || all_digits (id_no + 1, 10));
}

static gboolean is_taiwan (const char *id_no)
{
  if (all_digits (id_no, 8))
    return TRUE;
  return digits (id_no) == 10 &&
         (id_no[10] == '\0' || (id_no[10] == '(' && g_ascii_isalpha (id_no[11]) && g_str_equal (id_no + 12, ")")));
}

static gboolean is_old_foreign (const char *id_no)
{
  return g_ascii_isupper (id_no[0]) && g_ascii_isupper (id_no[1]) && g_ascii_isupper (id_no[2]) &&
         all_digits (id_no + 3, 12);
}

static gboolean is_passport (const char *id_no)
{
  gsize length = strlen (id_no);
  gboolean letter = FALSE;
  for (gsize i = 0; i < length; i++) {
    if (!g_ascii_isalnum (id_no[i]))
      return FALSE;
    letter |= g_ascii_isalpha (id_no[i]) != 0;
  }
  return length >= 5 && length <= 12 && (letter || length == 9);
}

LanmuIdKind lanmu_idno_classify (const char *id_no)
{
  if (id_no == NULL || *id_no == '\0')
    return LANMU_ID_NONE;
  if (has_eighteen (id_no))
    return *id_no == '9' ||
                   (g_str_has_prefix (id_no, "81") || g_str_has_prefix (id_no, "82") || g_str_has_prefix (id_no, "83"))
               ? LANMU_ID_RESIDENCE
               : LANMU_ID_MAINLAND;
  if (is_home_return (id_no))
    return LANMU_ID_HK_MACAO;
  if (is_taiwan (id_no))
    return LANMU_ID_TAIWAN;
  if (is_old_foreign (id_no))
    return LANMU_ID_FOREIGN;
  /* thirteen digits and more in front are nobody's passport: a resident's number that lost or gained some */
  if (digits (id_no) >= 13 && strlen (id_no) - digits (id_no) <= 1)
    return LANMU_ID_MAINLAND;
  return is_passport (id_no) ? LANMU_ID_PASSPORT : LANMU_ID_OTHER;
}

static int number (const char *text, int length)
{
  int value = 0;
  for (int i = 0; i < length; i++)
    value = value * 10 + text[i] - '0';
  return value;
}

gboolean lanmu_idno_birth (const char *id_no, int *year, int *month, int *day)
{
  if (id_no == NULL || !has_eighteen (id_no))
    return FALSE;
  *year = number (id_no + 6, 4);
  *month = number (id_no + 10, 2);
  *day = number (id_no + 12, 2);
  return *year >= 1800 && g_date_valid_dmy ((GDateDay) *day, *month, (GDateYear) *year);
}

static LanmuIdFault check_fifteen (const char *id_no)
{
  return g_date_valid_dmy ((GDateDay) number (id_no + 10, 2), number (id_no + 8, 2),
                           (GDateYear) (1900 + number (id_no + 6, 2)))
             ? LANMU_ID_RIGHT
             : LANMU_ID_WRONG_DATE;
}

LanmuIdFault lanmu_idno_check (const char *id_no)
{
  LanmuIdKind kind = lanmu_idno_classify (id_no);
  int year, month, day;
  if (kind != LANMU_ID_MAINLAND && kind != LANMU_ID_RESIDENCE)
    return LANMU_ID_RIGHT;
  if (all_digits (id_no, 15))
    return check_fifteen (id_no);
  if (!has_eighteen (id_no))
    return LANMU_ID_WRONG_LENGTH;
  if (!lanmu_idno_birth (id_no, &year, &month, &day))
    return LANMU_ID_WRONG_DATE;
  return lanmu_idno_check_character (id_no) == g_ascii_toupper (id_no[17]) ? LANMU_ID_RIGHT : LANMU_ID_WRONG_CHECK;
}

const char *lanmu_idno_sex (const char *id_no)
{
  LanmuIdKind kind = lanmu_idno_classify (id_no);
  if (kind != LANMU_ID_MAINLAND && kind != LANMU_ID_RESIDENCE)
    return NULL;
  if (all_digits (id_no, 15))
    return (id_no[14] - '0') % 2 == 1 ? "男" : "女";
  return has_eighteen (id_no) ? ((id_no[16] - '0') % 2 == 1 ? "男" : "女") : NULL;
}
