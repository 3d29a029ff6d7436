/* Numbers of identity documents: which kind is it, is it written right, what does it say about its holder. Pure; any
 * thread. GB 11643-1999: 17 digits and an ISO 7064 MOD 11-2 check character; 17th digit odd = male. Documents of other
 * kinds are told apart and never judged (STANDARD §4). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_ID_NONE,      /* empty */
  LANMU_ID_MAINLAND,  /* 18 characters, or 15 digits of the cards before 1999: meant as a resident's number, right or
                         wrong */
  LANMU_ID_RESIDENCE, /* residence permit of Hong Kong, Macao (81, 82) and Taiwan (83) residents, foreigners' permanent
                         residence (9…): same 18 characters */
  LANMU_ID_HK_MACAO,  /* home-return permit: H or M and 8 or 10 digits */
  LANMU_ID_TAIWAN,    /* travel permit: 8 digits, or 10 digits with a letter in brackets behind */
  LANMU_ID_FOREIGN,   /* old permanent residence card: three letters and twelve digits */
  LANMU_ID_PASSPORT,  /* letters and digits, 5 to 12 */
  LANMU_ID_OTHER,     /* nothing known */
} LanmuIdKind;

typedef enum {
  LANMU_ID_RIGHT,
  LANMU_ID_WRONG_LENGTH, /* looks like a resident's number with digits too few or too many */
  LANMU_ID_WRONG_DATE,   /* digits 7–14 are no date since 1800 (GB 11643 itself shows one of 1880) */
  LANMU_ID_WRONG_CHECK,  /* the check character does not fit */
} LanmuIdFault;

LanmuIdKind lanmu_idno_classify (const char *id_no);

/* For MAINLAND and RESIDENCE numbers; every other kind is RIGHT. A 15-digit number has no check character: only its
 * date is looked at. */
LanmuIdFault lanmu_idno_check (const char *id_no);

/* Check character for 17 digits; '\0' when they are not. */
char lanmu_idno_check_character (const char *seventeen);

/* "男" or "女" by the number, NULL when it does not say. */
const char *lanmu_idno_sex (const char *id_no);

/* Born on, from an 18-character number whose date is one: FALSE else. */
gboolean lanmu_idno_birth (const char *id_no, int *year, int *month, int *day);

G_END_DECLS
