/* The damage a list may have (STANDARD §4): rules over one student, then over all of them. Pure; any thread. Nothing is
 * repaired here. */
#pragma once

#include "app/roster/list.h"

G_BEGIN_DECLS

typedef struct {
  const LanmuHeader *header;
  guint row;
  guint64 damaged; /* by field: said already */
  LanmuReport *report;
} LanmuPlaceInFile;

/* One row as it stands, cells tidied. sex_text: what the file says, before it became 男, 女 or "". FALSE: it is no
 * student at all (a required field is missing, or its 学号 cannot be one). */
gboolean lanmu_rules_check_student (const LanmuPlaceInFile *at, const LanmuStudentRow *student, const char *sex_text);

/* Rules between rows: duplicates, lost zeros, tails of zeros, same names in a class. */
void lanmu_rules_check_list (const LanmuList *list, LanmuReport *report);

/* 男, 女, or NULL for what is neither: 男 男性 M male 1, 女 女性 F female 2; "" for an empty text. */
const char *lanmu_rules_read_sex (const char *text);

G_END_DECLS
