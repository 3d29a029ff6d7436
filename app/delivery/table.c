/* What the table says; see table.h. */
#include "app/delivery/table.h"

#include "app/delivery/tablewriters.h"

static const struct {
  LanmuDeliverField field;
  const char *dbf;
} columns[] = {
    {LANMU_DELIVER_COLLEGE, "XSH"},     {LANMU_DELIVER_MAJOR, "ZYMC"}, {LANMU_DELIVER_CLASS, "BH"},
    {LANMU_DELIVER_STUDENT_NO, "XH"},   {LANMU_DELIVER_NAME, "XM"},    {LANMU_DELIVER_SEX, "XB"},
    {LANMU_DELIVER_EXAM_NO, "KSH"},     {LANMU_DELIVER_ID_NO, "SFZH"}, {LANMU_DELIVER_TOKEN, "CJM"},
    {LANMU_DELIVER_SEQUENCE_NO, "PSH"},
};
static const LanmuTableColumn tail[] = {{"拍摄时间", "PSSJ"}, {"核签", "HQ"}, {"文件", "WJ"}, {"SHA256", "SHA256"}};

static GArray *make_columns (gboolean with_id)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (LanmuTableColumn));
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    LanmuTableColumn column = {lanmu_deliver_field_title (columns[i].field), columns[i].dbf};
    if (with_id || columns[i].field != LANMU_DELIVER_ID_NO)
      g_array_append_val (all, column);
  }
  g_array_append_vals (all, tail, G_N_ELEMENTS (tail));
  return all;
}

/* files: the person's, joined by a semicolon when there are several. */
static char **make_row (const LanmuDeliverable *person, const char *files, const char *sha256, gboolean with_id)
{
  g_autoptr (GStrvBuilder) row = g_strv_builder_new ();
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (with_id || columns[i].field != LANMU_DELIVER_ID_NO)
      g_strv_builder_add (row, person->fields[columns[i].field]);
  g_strv_builder_add_many (row, person->taken_at, person->countersigned ? "是" : "", files, sha256, NULL);
  return g_strv_builder_end (row);
}

/* Of each person the paths, and the sum of the first file. */
static void gather_files (const LanmuDeliveryPlan *plan, GPtrArray *names, const char **sums)
{
  g_ptr_array_set_size (names, (gint) plan->people->len);
  for (guint i = 0; i < plan->files->len; i++) {
    const LanmuDeliveryFile *file = plan->files->pdata[i];
    g_autofree char *before = names->pdata[file->person];
    names->pdata[file->person] = before ? g_strconcat (before, ";", file->path, NULL) : g_strdup (file->path);
    if (!file->is_original || sums[file->person] == NULL)
      sums[file->person] = file->sha256;
  }
}

LanmuTable *lanmu_table_new (const LanmuDeliveryPlan *plan, gboolean with_id)
{
  LanmuTable *self = g_new0 (LanmuTable, 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autofree const char **sums = g_new0 (const char *, plan->people->len + 1);
  self->columns = make_columns (with_id);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  gather_files (plan, names, sums);
  for (guint i = 0; i < plan->people->len; i++)
    if (names->pdata[i] != NULL)
      g_ptr_array_add (self->rows, make_row (plan->people->pdata[i], names->pdata[i], sums[i], with_id));
  return self;
}

void lanmu_table_free (LanmuTable *self)
{
  if (!self)
    return;
  g_array_unref (self->columns);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

gboolean lanmu_table_write (const LanmuTable *self, LanmuTableForm form, const char *path, GError **error)
{
  switch (form) {
  case LANMU_TABLE_XLSX:
    return lanmu_table_write_xlsx (self, path, error);
  case LANMU_TABLE_DBF:
    return lanmu_table_write_dbf (self, path, error);
  default:
    return lanmu_table_write_csv (self, form == LANMU_TABLE_GB18030, path, error);
  }
}
