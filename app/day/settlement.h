/* 结算: by college and class, on the students really photographed; every difference by its name. All sums in fen. Any thread that owns the connection. */
#pragma once

#include "db/daycounts.h"

G_BEGIN_DECLS

typedef struct {
  char *college, *class_name; /* class_name "": the sum of the college; both "": of all */
  gint64 class_id;            /* 0 of a sum */
  LanmuDayCounts counts;
  gint64 due_fen;             /* photographed × fee */
  gint64 difference_fen;      /* paid − due: below 0 something is owed */
  char *differences;          /* "未缴 3 人：…；已缴未拍 1 人：…", "" = none */
} LanmuSettlementRow;

/* LanmuSettlementRow *: classes by college, each college's sum behind its classes, the whole at the end. */
GPtrArray *lanmu_settlement_make (LanmuDb *db, gint64 fee_fen, GError **error);
gboolean lanmu_settlement_save_xlsx (LanmuDb *db, const GPtrArray *rows, gint64 fee_fen, const char *path, GError **error);

G_END_DECLS
