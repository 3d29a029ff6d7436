/* The columns a list may have, and the names schools give them: Chinese, CHSI codes, English. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_FIELD_STUDENT_NO,
  LANMU_FIELD_NAME,
  LANMU_FIELD_CLASS,
  LANMU_FIELD_SEX,
  LANMU_FIELD_ID_NO,
  LANMU_FIELD_EXAM_NO,
  LANMU_FIELD_COLLEGE,
  LANMU_FIELD_DEPARTMENT, /* 系所: the college when the list has none */
  LANMU_FIELD_MAJOR_CODE,
  LANMU_FIELD_MAJOR,
  LANMU_FIELD_CLASS_CODE, /* 班号: the class when the list has no 班级 */
  LANMU_FIELD_EXTRA,      /* first of those that are only kept, as JSON by their code */
  LANMU_FIELD_BIRTH = LANMU_FIELD_EXTRA,
  LANMU_FIELD_ETHNICITY,
  LANMU_FIELD_POLITICS,
  LANMU_FIELD_SCHOOL_CODE,
  LANMU_FIELD_SCHOOL,
  LANMU_FIELD_LEVEL,
  LANMU_FIELD_YEARS,
  LANMU_FIELD_FORM,
  LANMU_FIELD_ENTERED,
  LANMU_FIELD_GRADUATES,
  LANMU_FIELD_ID_KIND,
  LANMU_FIELD_GRADE,
  LANMU_FIELD_CAMPUS,
  LANMU_FIELD_PHONE,
  LANMU_FIELD_NOTE,
  LANMU_N_FIELDS,
  LANMU_FIELD_NONE = -1
} LanmuField;

/* By what a header or --map says: case, spaces, full-width forms, a * and anything in brackets do not matter. */
LanmuField lanmu_field_from_text (const char *text);
const char *lanmu_field_to_string (LanmuField field);   /* "student_no" */
const char *lanmu_field_get_chinese (LanmuField field); /* "学号" */
const char *lanmu_field_get_code (LanmuField field);    /* CHSI code, "XH"; of ours where it has none */

/* The text as lanmu_field_from_text compares it. Full. */
char *lanmu_field_fold (const char *text);

G_END_DECLS
