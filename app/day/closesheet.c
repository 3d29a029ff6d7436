/* 班级结单 on paper, out of the record that was kept; see close.h. The paper is Chinese, as everything that is signed here. */
#include "app/day/close.h"

#include <string.h>

#include "app/day/record.h"
#include "app/format.h"
#include "app/sheet/sheet.h"
#include "app/slipfile.h"

typedef struct {
  GStrv campaign, class, counts;
  GPtrArray *students, *slips; /* GStrv */
} Parts;

/* A line short of fields is read as if the rest were empty. */
static GStrv split (const char *line)
{
  g_autofree char *padded = g_strconcat (line, "\t\t\t\t\t\t\t\t\t\t\t", NULL);
  return g_strsplit (padded, "\t", -1);
}

static void read_record (const char *record, Parts *parts)
{
  g_auto (GStrv) lines = g_strsplit (record, "\n", -1);
  for (char **line = lines; *line != NULL; line++) {
    GStrv fields = split (*line);
    GStrv *single = g_str_equal (fields[0], "campaign") ? &parts->campaign : g_str_equal (fields[0], "class") ? &parts->class : g_str_equal (fields[0], "counts") ? &parts->counts : NULL;
    if (single != NULL && *single == NULL)
      *single = fields;
    else if (g_str_equal (fields[0], "student"))
      g_ptr_array_add (parts->students, fields);
    else if (g_str_equal (fields[0], "correction"))
      g_ptr_array_add (parts->slips, fields);
    else
      g_strfreev (fields);
  }
  GStrv *singles[] = {&parts->campaign, &parts->class, &parts->counts};
  for (gsize i = 0; i < G_N_ELEMENTS (singles); i++)
    if (*singles[i] == NULL)
      *singles[i] = split ("");
}

static void parts_clear (Parts *parts)
{
  g_strfreev (parts->campaign);
  g_strfreev (parts->class);
  g_strfreev (parts->counts);
  g_ptr_array_unref (parts->students);
  g_ptr_array_unref (parts->slips);
}

static char *yuan (const char *fen)
{
  gint64 sum = g_ascii_strtoll (fen, NULL, 10);
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d 元", sum / 100, (int) (sum % 100));
}

static void put_facts (LanmuSheet *sheet, const Parts *parts, const LanmuClosingRow *closing)
{
  char **n = parts->counts;
  g_autofree char *number = g_strdup_printf ("%06" G_GINT64_FORMAT, closing->id), *time = lanmu_format_time (closing->wall_us), *paid = yuan (n[9]), *fee = yuan (n[10]);
  const char *facts[] = {"结单编号", number, "结单时间", time, "经手人", closing->actor, "学院", parts->class[1], "专业", parts->class[2], "班级", parts->class[3],
                         "应到", n[1], "实到", n[2], "已拍", n[3], "缺拍", n[4], "暂缓", n[5], "补录", n[7], "缴费人数", n[8], "缴费金额", paid, "每人费用", fee, NULL};
  lanmu_sheet_facts (sheet, facts);
}

static gboolean has_number (char *const *fields)
{
  return *fields[6] != '\0';
}

/* The photographed in three columns of number and name: sixty fit on one page. */
static void put_photographed (LanmuSheet *sheet, const Parts *parts)
{
  static const LanmuSheetColumn columns[] = {{"拍摄号", 1, TRUE}, {"学号", 2.2, FALSE}, {"姓名", 1.6, FALSE}, {"拍摄号", 1, TRUE}, {"学号", 2.2, FALSE}, {"姓名", 1.6, FALSE}};
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free), done = g_ptr_array_new ();
  for (guint i = 0; i < parts->students->len; i++)
    if (g_str_equal (lanmu_record_group (parts->students->pdata[i]), "accepted") && has_number (parts->students->pdata[i]))
      g_ptr_array_add (done, parts->students->pdata[i]);
  guint half = (done->len + 1) / 2;
  for (guint i = 0; i < half; i++) {
    const char **row = g_new0 (const char *, G_N_ELEMENTS (columns) + 1);
    for (guint side = 0; side < 2; side++) {
      char **fields = i + side * half < done->len ? done->pdata[i + side * half] : NULL;
      row[side * 3] = fields != NULL ? fields[6] : "";
      row[side * 3 + 1] = fields != NULL ? fields[1] : "";
      row[side * 3 + 2] = fields != NULL ? fields[2] : "";
    }
    g_ptr_array_add (rows, row);
  }
  g_autofree char *heading = g_strdup_printf ("已拍 %u 人", done->len);
  lanmu_sheet_heading (sheet, heading);
  if (rows->len > 0)
    lanmu_sheet_table (sheet, columns, G_N_ELEMENTS (columns), rows);
}

static void put_others (LanmuSheet *sheet, const Parts *parts, const char *group, const char *title)
{
  static const LanmuSheetColumn columns[] = {{"学号", 2, FALSE}, {"姓名", 2, FALSE}, {"说明", 4, FALSE}};
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < parts->students->len; i++) {
    char **fields = parts->students->pdata[i];
    if (!g_str_equal (lanmu_record_group (fields), group))
      continue;
    const char **row = g_new0 (const char *, G_N_ELEMENTS (columns) + 1);
    row[0] = fields[1];
    row[1] = fields[2];
    row[2] = fields[5];
    g_ptr_array_add (rows, row);
  }
  g_autofree char *heading = g_strdup_printf ("%s %u 人", title, rows->len);
  if (rows->len == 0)
    return;
  lanmu_sheet_heading (sheet, heading);
  lanmu_sheet_table (sheet, columns, G_N_ELEMENTS (columns), rows);
}

static void put_slips (LanmuSheet *sheet, const Parts *parts)
{
  static const LanmuSheetColumn columns[] = {{"单号", 0.8, TRUE}, {"学号", 2, FALSE}, {"项目", 1.2, FALSE}, {"名单内容", 2, FALSE}, {"更正为", 2, FALSE}, {"说明", 2, FALSE}};
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < parts->slips->len; i++) {
    char **fields = parts->slips->pdata[i];
    const char **row = g_new0 (const char *, G_N_ELEMENTS (columns) + 1);
    for (guint c = 0; c < G_N_ELEMENTS (columns); c++)
      row[c] = c == 2 ? lanmu_slip_field_label (fields[3]) : fields[c + 1];
    g_ptr_array_add (rows, row);
  }
  g_autofree char *heading = g_strdup_printf ("信息更正 %u 条", rows->len);
  lanmu_sheet_heading (sheet, heading);
  if (rows->len > 0)
    lanmu_sheet_table (sheet, columns, G_N_ELEMENTS (columns), rows);
}

static gboolean save (const LanmuClosingRow *closing, const Parts *parts, const char *path, GError **error)
{
  static const char *const signers[] = {"辅导员", "摄影师", "学院", "日期", NULL};
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", parts->campaign[2], parts->class[3]);
  g_autofree char *foot = g_strdup_printf ("结单 %06" G_GINT64_FORMAT " · SHA-256 %s", closing->id, closing->sha256);
  const LanmuSheetHead head = {.title = "班级结单", .subtitle = subtitle, .foot = foot, .made_us = closing->wall_us};
  g_autoptr (LanmuSheet) sheet = lanmu_sheet_new (&head);
  put_facts (sheet, parts, closing);
  if (closing->reopened_us != 0) {
    g_autofree char *when = lanmu_format_time (closing->reopened_us);
    g_autofree char *text = g_strdup_printf ("本单已于 %s 由 %s 重开：%s", when, closing->reopened_by, closing->reopened_reason);
    lanmu_sheet_paragraph (sheet, text);
  }
  put_photographed (sheet, parts);
  put_others (sheet, parts, "absent", "缺拍");
  put_others (sheet, parts, "held", "暂缓拍摄");
  put_slips (sheet, parts);
  lanmu_sheet_signatures (sheet, signers);
  return lanmu_sheet_save (sheet, path, TRUE, error);
}

gboolean lanmu_close_save_sheet (LanmuDb *db, gint64 number, const char *path, GError **error)
{
  g_autoptr (LanmuClosingRow) closing = lanmu_closing_get (db, number, error);
  Parts parts = {NULL, NULL, NULL, g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev), g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev)};
  if (closing != NULL)
    read_record (closing->record, &parts);
  gboolean good = closing != NULL && save (closing, &parts, path, error);
  parts_clear (&parts);
  return good;
}
