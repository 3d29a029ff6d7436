/* In which forms the table of a delivery can stand beside it. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_TABLE_CSV,     /* UTF-8 with a byte-order mark, so that Excel believes it; CRLF */
  LANMU_TABLE_GB18030, /* CSV for programs that know no Unicode; holds every character there is */
  LANMU_TABLE_XLSX,
  LANMU_TABLE_DBF, /* dBase III, code page 936 (GBK), for old offices */
  LANMU_TABLE_N_FORMS,
} LanmuTableForm;

const char *lanmu_table_form_word (LanmuTableForm form);                      /* "csv" "gb18030" "xlsx" "dbf" */
gboolean lanmu_table_form_from_word (const char *word, LanmuTableForm *form); /* "utf-8" is "csv" too */
const char *lanmu_table_form_file (LanmuTableForm form);                      /* the file's name in the delivery */

/* The first character that GBK (code page 936) has not, NULL when it has all. */
const char *lanmu_table_gbk_lacks (const char *text);
/* Full, NULL: it lacks one. */
char *lanmu_table_to_gbk (const char *text, gsize *length);

G_END_DECLS
