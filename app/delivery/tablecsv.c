/* The table as CSV; see tablewriters.h. */
#include "app/delivery/tablewriters.h"

#include <string.h>

#include "app/delivery/copy.h"

static void add_cell (GString *out, const char *text, gboolean first)
{
  if (!first)
    g_string_append_c (out, ',');
  if (strpbrk (text, ",\"\r\n") == NULL) {
    g_string_append (out, text);
    return;
  }
  g_string_append_c (out, '"');
  for (const char *c = text; *c != '\0'; c++) {
    if (*c == '"')
      g_string_append_c (out, '"');
    g_string_append_c (out, *c);
  }
  g_string_append_c (out, '"');
}

static void add_header (GString *out, const LanmuTable *table)
{
  for (guint i = 0; i < table->columns->len; i++)
    add_cell (out, g_array_index (table->columns, LanmuTableColumn, i).title, i == 0);
  g_string_append (out, "\r\n");
}

static GBytes *encode (GString *out, gboolean gb18030, GError **error)
{
  gsize length = 0;
  if (!gb18030)
    return g_bytes_new (out->str, out->len);
  char *bytes = g_convert (out->str, (gssize) out->len, "GB18030", "UTF-8", NULL, &length, error);
  return bytes != NULL ? g_bytes_new_take (bytes, length) : NULL;
}

gboolean lanmu_table_write_csv (const LanmuTable *table, gboolean gb18030, const char *path, GError **error)
{
  g_autoptr (GString) out = g_string_new (gb18030 ? "" : "\xef\xbb\xbf");
  char sum[65];
  add_header (out, table);
  for (guint i = 0; i < table->rows->len; i++) {
    char **row = table->rows->pdata[i];
    for (guint j = 0; row[j] != NULL; j++)
      add_cell (out, row[j], j == 0);
    g_string_append (out, "\r\n");
  }
  g_autoptr (GBytes) bytes = encode (out, gb18030, error);
  return bytes && lanmu_delivery_put (bytes, path, sum, error);
}
