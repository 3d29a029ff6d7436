/* See tableform.h. */
#include "app/delivery/tableform.h"

static const struct {
  const char *word, *file;
} forms[LANMU_TABLE_N_FORMS] = {
    [LANMU_TABLE_CSV] = {"csv", "list.csv"},
    [LANMU_TABLE_GB18030] = {"gb18030", "list-gb18030.csv"},
    [LANMU_TABLE_XLSX] = {"xlsx", "list.xlsx"},
    [LANMU_TABLE_DBF] = {"dbf", "list.dbf"},
};

const char *lanmu_table_form_word (LanmuTableForm form)
{
  return forms[form].word;
}

gboolean lanmu_table_form_from_word (const char *word, LanmuTableForm *form)
{
  for (guint i = 0; i < LANMU_TABLE_N_FORMS; i++)
    if (g_str_equal (word, forms[i].word)) {
      *form = i;
      return TRUE;
    }
  *form = LANMU_TABLE_CSV;
  return g_str_equal (word, "utf-8");
}

const char *lanmu_table_form_file (LanmuTableForm form)
{
  return forms[form].file;
}

/* "CP936", not "GBK": the former is what every program that reads such a DBF takes it for. */
char *lanmu_table_to_gbk (const char *text, gsize *length)
{
  return g_convert (text, -1, "CP936", "UTF-8", NULL, length, NULL);
}

const char *lanmu_table_gbk_lacks (const char *text)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    g_autofree char *one = g_strndup (c, (gsize) (g_utf8_next_char (c) - c));
    g_autofree char *there = (guchar) *c < 0x80 ? NULL : lanmu_table_to_gbk (one, NULL);
    if ((guchar) *c >= 0x80 && there == NULL)
      return c;
  }
  return NULL;
}
