/* The table; see table.h. */
#include "app/delivery/table.h"

#include <string.h>

static const LanmuDeliverField columns[] = {
    LANMU_DELIVER_COLLEGE, LANMU_DELIVER_MAJOR, LANMU_DELIVER_CLASS, LANMU_DELIVER_STUDENT_NO, LANMU_DELIVER_NAME,
    LANMU_DELIVER_SEX,     LANMU_DELIVER_EXAM_NO, LANMU_DELIVER_ID_NO, LANMU_DELIVER_TOKEN, LANMU_DELIVER_SEQUENCE_NO,
};

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

static void add_header (GString *out, gboolean with_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (with_id || columns[i] != LANMU_DELIVER_ID_NO)
      add_cell (out, lanmu_deliver_field_title (columns[i]), i == 0);
  g_string_append (out, ",拍摄时间,核签,文件,SHA256\r\n");
}

/* files: the person's, joined by a semicolon when there are several ways of naming. */
static void add_person (GString *out, const LanmuDeliverable *person, const char *files, const char *sha256, gboolean with_id)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (with_id || columns[i] != LANMU_DELIVER_ID_NO)
      add_cell (out, person->fields[columns[i]], i == 0);
  add_cell (out, person->taken_at, FALSE);
  add_cell (out, person->countersigned ? "是" : "", FALSE);
  add_cell (out, files, FALSE);
  add_cell (out, sha256, FALSE);
  g_string_append (out, "\r\n");
}

static GBytes *encode (GString *out, LanmuTableEncoding encoding, GError **error)
{
  gsize length = 0;
  char *bytes;
  if (encoding == LANMU_TABLE_UTF8)
    return g_bytes_new (out->str, out->len);
  bytes = g_convert (out->str, (gssize) out->len, "GB18030", "UTF-8", NULL, &length, error);
  return bytes != NULL ? g_bytes_new_take (bytes, length) : NULL;
}

GBytes *lanmu_delivery_table_csv (const LanmuDeliveryPlan *plan, LanmuTableEncoding encoding, gboolean with_id, GError **error)
{
  g_autoptr (GString) out = g_string_new (encoding == LANMU_TABLE_UTF8 ? "\xef\xbb\xbf" : "");
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree const char **sums = g_new0 (const char *, plan->people->len + 1);
  g_ptr_array_set_size (names, (gint) plan->people->len);
  for (guint i = 0; i < plan->files->len; i++) {
    const LanmuDeliveryFile *file = plan->files->pdata[i];
    char *before = names->pdata[file->person];
    names->pdata[file->person] = before != NULL ? g_strconcat (before, ";", file->path, NULL) : g_strdup (file->path);
    sums[file->person] = file->sha256;
    g_free (before);
  }
  add_header (out, with_id);
  for (guint i = 0; i < plan->people->len; i++)
    if (names->pdata[i] != NULL)
      add_person (out, plan->people->pdata[i], names->pdata[i], sums[i], with_id);
  return encode (out, encoding, error);
}
