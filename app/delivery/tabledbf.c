/* The table as DBF, by shapelib; see tablewriters.h. Widths are those of the longest text of each column. */
#include "app/delivery/tablewriters.h"

#include <gio/gio.h>
#include <shapefil.h>
#include <string.h>

#define WIDEST    254       /* bytes of a character field that every reader takes */
#define CODE_PAGE "LDID/77" /* 0x4d: GBK */

/* Of the column in GBK; -1: too long. */
static int width_of (const LanmuTable *table, guint column)
{
  gsize widest = 1;
  for (guint i = 0; i < table->rows->len; i++) {
    gsize length = 0;
    g_autofree char *bytes = lanmu_table_to_gbk (((char **) table->rows->pdata[i])[column], &length);
    widest = MAX (widest, bytes ? length : 0);
  }
  return widest > WIDEST ? -1 : (int) widest;
}

static gboolean add_fields (DBFHandle dbf, const LanmuTable *table, const char *path, GError **error)
{
  for (guint i = 0; i < table->columns->len; i++) {
    const LanmuTableColumn *column = &g_array_index (table->columns, LanmuTableColumn, i);
    int width = width_of (table, i);
    if (width < 0 || DBFAddField (dbf, column->dbf, FTString, width, 0) < 0) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "%s: a text in the column %s is longer than the %d bytes a DBF holds: shorten the names of folders "
                   "and files, or leave the DBF out",
                   path, column->title, WIDEST);
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean add_rows (DBFHandle dbf, const LanmuTable *table)
{
  for (guint i = 0; i < table->rows->len; i++) {
    char **row = table->rows->pdata[i];
    for (guint j = 0; row[j] != NULL; j++) {
      g_autofree char *bytes = lanmu_table_to_gbk (row[j], NULL);
      if (!DBFWriteStringAttribute (dbf, (int) i, (int) j, bytes ? bytes : ""))
        return FALSE;
    }
  }
  return TRUE;
}

/* shapelib says nothing of a full disk when it closes: the size is known, so it is held against it. */
static gboolean has_all (const char *path, const LanmuTable *table)
{
  g_autofree char *text = NULL;
  gsize size = 0, width = 1;
  if (!g_file_get_contents (path, &text, &size, NULL))
    return FALSE;
  for (guint i = 0; i < table->columns->len; i++)
    width += (gsize) width_of (table, i);
  return size >= 32 * (table->columns->len + 1) + width * table->rows->len;
}

gboolean lanmu_table_write_dbf (const LanmuTable *table, const char *path, GError **error)
{
  DBFHandle dbf = DBFCreateEx (path, CODE_PAGE);
  if (dbf == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Cannot write %s", path);
    return FALSE;
  }
  gboolean named = add_fields (dbf, table, path, error), ok = named && add_rows (dbf, table);
  DBFClose (dbf);
  if (named && (!ok || !has_all (path, table))) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "Cannot write %s: is there room left?", path);
    return FALSE;
  }
  return ok;
}
