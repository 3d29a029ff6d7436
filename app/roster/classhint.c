/* Where a class is written when it has no column; see classhint.h. */
#include "app/roster/classhint.h"

#include <string.h>

#include "app/format.h"

#define MOST 100 /* bytes of a class that is proposed */

/* The class in "班级：交通工程1801班  人数：40": up to the next blank. */
static char *cut (const char *text)
{
  while (*text != '\0' && g_unichar_isspace (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  const char *end = text;
  while (*end != '\0' && !g_unichar_isspace (g_utf8_get_char (end)) && strchr (",;|", *end) == NULL)
    end = g_utf8_next_char (end);
  gsize length = (gsize) (end - text);
  return length > 0 && length <= MOST ? g_strndup (text, length) : NULL;
}

char *lanmu_class_hint_from_row (char *const *cells, guint n_cells)
{
  static const char *const labels[] = {"班级：", "班级:", "班级名称：", "班级名称:", "行政班：", "行政班:"};
  for (guint i = 0; i < n_cells; i++)
    for (gsize k = 0; k < G_N_ELEMENTS (labels); k++) {
      const char *found = strstr (cells[i], labels[k]);
      if (found == NULL)
        continue;
      char *class_name = cut (found + strlen (labels[k]));
      return class_name != NULL || i + 1 >= n_cells ? class_name : cut (cells[i + 1]);
    }
  return NULL;
}

char *lanmu_class_hint_from_name (const char *sheet)
{
  static const char *const nothing[] = {"sheet", "工作表", "名单", "学生", "信息", "花名册", "汇总",
                                        "全部",  "table",  "表",   "毕业", "模板", "数据",   "导出"};
  g_autofree char *folded = lanmu_format_fold (sheet);
  for (gsize i = 0; i < G_N_ELEMENTS (nothing); i++)
    if (strstr (folded, nothing[i]) != NULL)
      return NULL;
  g_autofree char *name = g_strstrip (g_strdup (sheet));
  return *name != '\0' && strlen (name) <= MOST ? g_steal_pointer (&name) : NULL;
}
