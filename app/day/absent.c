/* See absent.h. */
#include "app/day/absent.h"

#include "app/day/book.h"
#include "app/format.h"
#include "app/sheet/sheet.h"
#include "db/campaign.h"
#include "db/daycounts.h"
#include "db/presence.h"
#include "db/settings.h"

static void row_free (gpointer data)
{
  LanmuAbsentRow *row = data;
  char *texts[] = {row->student_no, row->name, row->college, row->major, row->class_name, row->why, row->reason};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (row);
}

static const char *why (const LanmuPresenceRow *row)
{
  if (row->hold_kind != NULL && row->state != LANMU_STUDENT_ACCEPTED)
    return "held";
  if (row->make_up && row->state == LANMU_STUDENT_WAITING)
    return "make-up";
  return row->state == LANMU_STUDENT_ABSENT ? "absent" : NULL;
}

static gboolean add_class (LanmuDb *db, const LanmuDayCountsRow *of, GPtrArray *out, GError **error)
{
  g_autoptr (GPtrArray) rows = lanmu_presence_list (db, of->class_id, 0, error);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const LanmuPresenceRow *row = rows->pdata[i];
    if (why (row) == NULL)
      continue;
    LanmuAbsentRow *absent = g_new0 (LanmuAbsentRow, 1);
    *absent = (LanmuAbsentRow){row->id, g_strdup (row->student_no), g_strdup (row->name), g_strdup (of->college_name), g_strdup (of->major_name), g_strdup (of->class_name),
                               g_strdup (why (row)), g_strdup (row->hold_reason != NULL ? row->hold_reason : "")};
    g_ptr_array_add (out, absent);
  }
  return rows != NULL;
}

static int by_college (gconstpointer a, gconstpointer b)
{
  const LanmuDayCountsRow *left = *(LanmuDayCountsRow *const *) a, *right = *(LanmuDayCountsRow *const *) b;
  int order = g_strcmp0 (left->college_name, right->college_name);
  return order != 0 ? order : left->position - right->position;
}

GPtrArray *lanmu_absent_list (LanmuDb *db, const char *college, const char *class_name, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (row_free), classes = lanmu_day_counts_list (db, 0, error);
  if (classes == NULL)
    return NULL;
  g_ptr_array_sort (classes, by_college);
  for (guint i = 0; i < classes->len; i++) {
    const LanmuDayCountsRow *row = classes->pdata[i];
    if ((college != NULL && !g_str_equal (college, row->college_name)) || (class_name != NULL && !g_str_equal (class_name, row->class_name)))
      continue;
    if (!add_class (db, row, out, error))
      return NULL;
  }
  return g_steal_pointer (&out);
}

char *lanmu_absent_notice (LanmuDb *db)
{
  g_autofree char *own = lanmu_setting_get (db, LANMU_ABSENT_NOTICE, "", NULL);
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, NULL);
  if (own != NULL && *own != '\0')
    return g_steal_pointer (&own);
  return g_strdup_printf ("未能参加现场采集的同学，请先在补拍场次到场补拍；仍不能到场的，请在学校规定时间内登录“大学生图像信息采集网”自行上传学历照片（院校代码：%s），"
                          "照片须符合《高等教育学历证书电子注册图像采集规范及信息标准》。逾期将影响毕业证书印制和学历信息上网查询。",
                          campaign != NULL ? campaign->school_code : "");
}

static const char *why_label (const LanmuAbsentRow *row)
{
  return g_str_equal (row->why, "held") ? "暂缓" : g_str_equal (row->why, "make-up") ? "待补拍" : "缺拍";
}

static char *heading (LanmuDb *db, guint n, GError **error)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  g_autofree char *time = lanmu_format_time (g_get_real_time ());
  return campaign != NULL ? g_strdup_printf ("缺拍学生名单\n%s · %u 人 · %s", campaign->name, n, time) : NULL;
}

gboolean lanmu_absent_save_xlsx (LanmuDb *db, const GPtrArray *rows, const char *path, GError **error)
{
  static const LanmuBookColumn columns[] = {{"序号", 6, LANMU_BOOK_COUNT}, {"学院", 20, LANMU_BOOK_TEXT}, {"专业", 20, LANMU_BOOK_TEXT}, {"班级", 18, LANMU_BOOK_TEXT},
                                            {"学号", 16, LANMU_BOOK_TEXT}, {"姓名", 12, LANMU_BOOK_TEXT}, {"情况", 10, LANMU_BOOK_TEXT}, {"原因", 24, LANMU_BOOK_TEXT}};
  g_autofree char *head = heading (db, rows->len, error), *notice = lanmu_absent_notice (db);
  if (head == NULL)
    return FALSE;
  g_autoptr (LanmuBook) book = lanmu_book_new (path, "缺拍名单", head, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < rows->len; i++) {
    const LanmuAbsentRow *row = rows->pdata[i];
    g_autofree char *number = g_strdup_printf ("%u", i + 1);
    const char *texts[] = {number, row->college, row->major, row->class_name, row->student_no, row->name, why_label (row), row->reason};
    lanmu_book_add (book, texts, FALSE);
  }
  lanmu_book_say (book, notice);
  return lanmu_book_save (book, error);
}

static guint put_class (LanmuSheet *sheet, const GPtrArray *rows, guint from)
{
  static const LanmuSheetColumn columns[] = {{"学号", 2, FALSE}, {"姓名", 2, FALSE}, {"情况", 1, FALSE}, {"原因", 2, FALSE}, {"本人签名", 2, FALSE}};
  g_autoptr (GPtrArray) table = g_ptr_array_new_with_free_func (g_free);
  const LanmuAbsentRow *first = rows->pdata[from];
  guint to = from;
  for (; to < rows->len; to++) {
    const LanmuAbsentRow *row = rows->pdata[to];
    if (!g_str_equal (row->class_name, first->class_name) || !g_str_equal (row->college, first->college))
      break;
    const char **texts = g_new0 (const char *, G_N_ELEMENTS (columns) + 1);
    texts[0] = row->student_no;
    texts[1] = row->name;
    texts[2] = why_label (row);
    texts[3] = row->reason;
    texts[4] = "";
    g_ptr_array_add (table, texts);
  }
  g_autofree char *text = g_strdup_printf ("%s %s：%u 人", first->college, first->class_name, to - from);
  lanmu_sheet_heading (sheet, text);
  lanmu_sheet_table (sheet, columns, G_N_ELEMENTS (columns), table);
  return to;
}

gboolean lanmu_absent_save_pdf (LanmuDb *db, const GPtrArray *rows, const char *path, GError **error)
{
  static const char *const signers[] = {"辅导员", "日期", NULL};
  gint64 now = g_get_real_time ();
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  g_autofree char *notice = lanmu_absent_notice (db), *time = lanmu_format_time (now);
  if (campaign == NULL)
    return FALSE;
  g_autofree char *subtitle = g_strdup_printf ("%s · %u 人", campaign->name, rows->len), *foot = g_strconcat ("制表 ", time, NULL);
  const LanmuSheetHead head = {.title = "缺拍学生名单", .subtitle = subtitle, .foot = foot, .made_us = now};
  g_autoptr (LanmuSheet) sheet = lanmu_sheet_new (&head);
  for (guint i = 0; i < rows->len;)
    i = put_class (sheet, rows, i);
  lanmu_sheet_heading (sheet, "通知");
  lanmu_sheet_paragraph (sheet, notice);
  lanmu_sheet_signatures (sheet, signers);
  return lanmu_sheet_save (sheet, path, TRUE, error);
}
