/* LanmuTable: the table beside the delivered pictures: one row a person, in the order of the delivery's people. A
 * value; any thread. Writing waits for the disk.
 *
 * Promise: what a form cannot hold is never replaced silently: CSV and xlsx hold everything, the DBF's code page does
 * not, and lanmu_table_gbk_lacks says what. */
#pragma once

#include "app/delivery/plan.h"

G_BEGIN_DECLS

typedef struct {
  const char *title; /* 学号: the first row of CSV and xlsx */
  const char *dbf;   /* XH: a DBF's names are ten ASCII letters; the register's codes where it has one */
} LanmuTableColumn;

typedef struct {
  GArray *columns; /* LanmuTableColumn */
  GPtrArray *rows; /* char **, a text a column, then NULL */
} LanmuTable;

LanmuTable *lanmu_table_new (const LanmuDeliveryPlan *plan, gboolean with_id);
void lanmu_table_free (LanmuTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuTable, lanmu_table_free)

/* A file that must not be there yet; the folder must. Errors: G_IO_ERROR with the path. */
gboolean lanmu_table_write (const LanmuTable *self, LanmuTableForm form, const char *path, GError **error);

G_END_DECLS
