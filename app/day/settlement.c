/* See settlement.h. */
#include "app/day/settlement.h"

#include "app/day/book.h"
#include "app/format.h"
#include "app/i18n.h"
#include "db/campaign.h"
#include "db/payments.h"

#define MOST_NAMES 12

static void row_free (gpointer data)
{
  LanmuSettlementRow *row = data;
  g_free (row->college);
  g_free (row->class_name);
  g_free (row->differences);
  g_free (row);
}

static void append_names (GString *out, const char *what, const GString *names, guint n)
{
  if (n == 0)
    return;
  g_string_append_printf (out, "%s%s %u", out->len > 0 ? "; " : "", what, n);
  if (names->len > 0)
    g_string_append_printf (out, " (%s%s)", names->str, n > MOST_NAMES ? " …" : "");
}

static void add_name (GString *names, guint *n, const char *student_no)
{
  if ((*n)++ < MOST_NAMES)
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", student_no);
}

/* Who pays each can be held against who was photographed, by name. */
static gboolean compare_students (LanmuDb *db, gint64 class_id, const GPtrArray *payments, GString *out, GError **error)
{
  g_autoptr (GPtrArray) students = lanmu_students_get_all (db, class_id, LANMU_STUDENT_ANY_STATE, error);
  g_autoptr (GHashTable) paid = g_hash_table_new (g_int64_hash, g_int64_equal);
  g_autoptr (GString) owing = g_string_new (NULL), unshot = g_string_new (NULL);
  guint n_owing = 0, n_unshot = 0;
  for (guint i = 0; i < payments->len; i++)
    g_hash_table_add (paid, &((LanmuPaymentRow *) payments->pdata[i])->student_id);
  for (guint i = 0; students != NULL && i < students->len; i++) {
    const LanmuStudentRow *student = students->pdata[i];
    gboolean has_paid = g_hash_table_contains (paid, &student->id), is_shot = student->state == LANMU_STUDENT_ACCEPTED;
    if (is_shot && !has_paid)
      add_name (owing, &n_owing, student->student_no);
    else if (has_paid && !is_shot)
      add_name (unshot, &n_unshot, student->student_no);
  }
  append_names (out, _ ("photographed, not paid:"), owing, n_owing);
  append_names (out, _ ("paid, not photographed:"), unshot, n_unshot);
  return students != NULL;
}

/* Of sums only numbers are known. */
static void compare_sums (const LanmuDayCounts *counts, GString *out)
{
  g_autoptr (GString) none = g_string_new (NULL);
  if (counts->paid < counts->photographed)
    append_names (out, _ ("photographed, not paid:"), none, (guint) (counts->photographed - counts->paid));
  else
    append_names (out, _ ("paid, not photographed:"), none, (guint) (counts->paid - counts->photographed));
}

/* Somebody paid another sum than the fee. */
static void compare_fee (const LanmuDayCounts *counts, gint64 fee_fen, GString *out)
{
  gint64 off = counts->paid_fen - counts->paid * fee_fen;
  g_autofree char *yuan = lanmu_book_yuan (off);
  if (off != 0)
    g_string_append_printf (out, "%s%s %s", out->len > 0 ? "; " : "", _ ("paid beside the fee:"), yuan);
}

static gboolean name_differences (LanmuDb *db, LanmuSettlementRow *row, gint64 fee_fen, GError **error)
{
  g_autoptr (GPtrArray) payments = lanmu_payments_list (db, row->class_id, FALSE, error);
  g_autoptr (GString) out = g_string_new (NULL);
  if (payments == NULL)
    return FALSE;
  gboolean by_sums = payments->len == 0 || ((LanmuPaymentRow *) payments->pdata[0])->student_id == 0;
  if (by_sums)
    compare_sums (&row->counts, out);
  else if (!compare_students (db, row->class_id, payments, out, error))
    return FALSE;
  compare_fee (&row->counts, fee_fen, out);
  row->differences = g_strdup (out->str);
  return TRUE;
}

static LanmuSettlementRow *add_row (GPtrArray *out, const char *college, const char *class_name, gint64 class_id, const LanmuDayCounts *counts, gint64 fee_fen)
{
  LanmuSettlementRow *row = g_new0 (LanmuSettlementRow, 1);
  row->college = g_strdup (college);
  row->class_name = g_strdup (class_name);
  row->class_id = class_id;
  row->counts = *counts;
  row->due_fen = counts->photographed * fee_fen;
  row->difference_fen = counts->paid_fen - row->due_fen;
  g_ptr_array_add (out, row);
  return row;
}

static int by_college (gconstpointer a, gconstpointer b)
{
  const LanmuDayCountsRow *left = *(LanmuDayCountsRow *const *) a, *right = *(LanmuDayCountsRow *const *) b;
  int order = g_strcmp0 (left->college_name, right->college_name);
  return order != 0 ? order : left->position - right->position;
}

GPtrArray *lanmu_settlement_make (LanmuDb *db, gint64 fee_fen, GError **error)
{
  g_autoptr (GPtrArray) out = g_ptr_array_new_with_free_func (row_free), classes = lanmu_day_counts_list (db, 0, error);
  LanmuDayCounts college = {0}, all = {0};
  if (classes == NULL)
    return NULL;
  g_ptr_array_sort (classes, by_college);
  for (guint i = 0; i < classes->len; i++) {
    const LanmuDayCountsRow *of = classes->pdata[i], *next = i + 1 < classes->len ? classes->pdata[i + 1] : NULL;
    LanmuSettlementRow *row = add_row (out, of->college_name, of->class_name, of->class_id, &of->counts, fee_fen);
    if (!name_differences (db, row, fee_fen, error))
      return NULL;
    lanmu_day_counts_add (&college, &of->counts);
    lanmu_day_counts_add (&all, &of->counts);
    if (next != NULL && g_str_equal (next->college_name, of->college_name))
      continue;
    add_row (out, of->college_name, "", 0, &college, fee_fen)->differences = g_strdup ("");
    college = (LanmuDayCounts){0};
  }
  add_row (out, "", "", 0, &all, fee_fen)->differences = g_strdup ("");
  return g_steal_pointer (&out);
}

static void write_row (LanmuBook *book, const LanmuSettlementRow *row)
{
  const gint64 numbers[] = {row->counts.expected, row->counts.present, row->counts.photographed, row->counts.paid, row->due_fen, row->counts.paid_fen, row->difference_fen};
  g_autoptr (GPtrArray) owned = g_ptr_array_new_with_free_func (g_free), texts = g_ptr_array_new ();
  gboolean sum = *row->class_name == '\0';
  g_ptr_array_add (texts, (gpointer) (*row->college != '\0' ? row->college : "合计"));
  g_ptr_array_add (texts, (gpointer) (!sum ? row->class_name : *row->college != '\0' ? "学院小计" : ""));
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++) {
    char *text = g_strdup_printf ("%" G_GINT64_FORMAT, numbers[i]);
    g_ptr_array_add (owned, text);
    g_ptr_array_add (texts, text);
  }
  g_ptr_array_add (texts, row->differences);
  lanmu_book_add (book, (const char *const *) texts->pdata, sum);
}

gboolean lanmu_settlement_save_xlsx (LanmuDb *db, const GPtrArray *rows, gint64 fee_fen, const char *path, GError **error)
{
  static const LanmuBookColumn columns[] = {{"学院", 20, LANMU_BOOK_TEXT}, {"班级", 18, LANMU_BOOK_TEXT}, {"应到", 8, LANMU_BOOK_COUNT}, {"实到", 8, LANMU_BOOK_COUNT},
                                            {"已拍", 8, LANMU_BOOK_COUNT}, {"已缴", 8, LANMU_BOOK_COUNT}, {"应收（元）", 12, LANMU_BOOK_FEN}, {"实收（元）", 12, LANMU_BOOK_FEN},
                                            {"差额（元）", 12, LANMU_BOOK_FEN}, {"差异说明", 50, LANMU_BOOK_TEXT}};
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  g_autofree char *fee = lanmu_book_yuan (fee_fen), *time = lanmu_format_time (g_get_real_time ());
  if (campaign == NULL)
    return FALSE;
  g_autofree char *heading = g_strdup_printf ("拍摄费用结算表\n%s · 每人 %s 元 · 按实际拍摄人数 · %s", campaign->name, fee, time);
  g_autoptr (LanmuBook) book = lanmu_book_new (path, "结算", heading, columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < rows->len; i++)
    write_row (book, rows->pdata[i]);
  lanmu_book_say (book, "学院签字：____________　　采集单位签字：____________　　日期：____ 年 ____ 月 ____ 日");
  return lanmu_book_save (book, error);
}
