/* See gate.h. */
#include "app/day/gate.h"

#include <string.h>

#include "app/day/book.h"
#include "app/day/day.h"
#include "app/day/when.h"
#include "app/format.h"
#include "db/campaign.h"
#include "db/health.h"

gboolean lanmu_gate_read (const char *text, int *tenths)
{
  g_autofree char *plain = g_utf8_normalize (text, -1, G_NORMALIZE_NFKC);
  g_auto (GStrv) parts = g_strsplit (plain, ".", 2);
  guint64 whole = 0, tenth = 0;
  if (parts[0] == NULL || !g_ascii_string_to_unsigned (parts[0], 10, 30, 45, &whole, NULL) ||
      (parts[1] != NULL && !g_ascii_string_to_unsigned (parts[1], 10, 0, 9, &tenth, NULL)))
    return FALSE;
  *tenths = (int) (whole * 10 + tenth);
  return *tenths <= 450;
}

gboolean lanmu_gate_measure (LanmuDb *db, gint64 student_id, int tenths, const char *note, gboolean hold, const char *actor, gboolean *held, GError **error)
{
  int limit = lanmu_day_health_limit (db);
  g_autofree char *reason = g_strdup_printf ("体温 %d.%d °C%s%s", tenths / 10, tenths % 10, note != NULL && *note != '\0' ? "，" : "", note != NULL ? note : "");
  *held = hold || tenths > limit;
  return lanmu_health_add (db, student_id, tenths, note, *held ? reason : NULL, actor, error) != 0;
}

gboolean lanmu_gate_save_report (LanmuDb *db, const char *path, GError **error)
{
  static const LanmuBookColumn columns[] = {{"时间", 20, LANMU_BOOK_TEXT}, {"学院", 20, LANMU_BOOK_TEXT}, {"班级", 18, LANMU_BOOK_TEXT}, {"学号", 16, LANMU_BOOK_TEXT},
                                            {"姓名", 12, LANMU_BOOK_TEXT}, {"体温（°C）", 10, LANMU_BOOK_TEXT}, {"情况", 30, LANMU_BOOK_TEXT}, {"现状", 12, LANMU_BOOK_TEXT},
                                            {"登记人", 14, LANMU_BOOK_TEXT}};
  gint64 now = g_get_real_time ();
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  g_autoptr (GPtrArray) rows = campaign != NULL ? lanmu_health_list (db, lanmu_when_day_began (now), TRUE, error) : NULL;
  if (rows == NULL)
    return FALSE;
  g_autofree char *time = lanmu_format_time (now);
  g_autofree char *heading = g_strdup_printf ("暂缓拍摄学生健康情况报告\n%s · %u 人 · %s", campaign->name, rows->len, time);
  g_autoptr (LanmuBook) book = lanmu_book_new (path, "暂缓名单", heading, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < rows->len; i++) {
    const LanmuHealthRow *row = rows->pdata[i];
    g_autofree char *when = lanmu_format_time (row->wall_us), *warm = g_strdup_printf ("%d.%d", row->tenths / 10, row->tenths % 10);
    const char *texts[] = {when, row->college_name, row->class_name, row->student_no, row->name, warm, row->note, row->held_now ? "暂缓中" : "已解除", row->actor};
    lanmu_book_add (book, texts, FALSE);
  }
  return lanmu_book_save (book, error);
}
