/* A schedule held against the list, and written; see schedule.h. Runs on the thread that owns the connection. */
#include "app/day/schedule.h"

#include "app/day/when.h"
#include "app/i18n.h"
#include "db/campaign.h"
#include "db/classorder.h"
#include "db/closings.h"
#include "db/daycounts.h"

/* Columns as a person finds them in the report; the file's own may be called otherwise. */
#define CLASS_COLUMN "班级"
#define DATE_COLUMN  "日期"
#define TIME_COLUMN  "时间"

typedef struct {
  LanmuScheduleImport *import;
  LanmuDb *db;
  GPtrArray *classes; /* LanmuDayCountsRow */
  GPtrArray *slots;   /* LanmuSlotRow of the lines; NULL where the line is no slot */
  GHashTable *rows;   /* class id (gint64 *) → row in the file */
  char first[LANMU_WHEN_ISO], last[LANMU_WHEN_ISO], today[LANMU_WHEN_ISO];
} Judging;

static void say (Judging *self, const LanmuScheduleLine *line, LanmuProblemKind kind, const char *column,
                 const char *value, const char *other)
{
  lanmu_report_set_sheet (self->import->report, line->sheet);
  lanmu_report_add (self->import->report, kind, line->row, -1, column, value, other);
}

/* -- which class -- */

static const LanmuDayCountsRow *find_class (Judging *self, const LanmuScheduleLine *line)
{
  const LanmuDayCountsRow *found = NULL, *elsewhere = NULL;
  guint n = 0;
  for (guint i = 0; i < self->classes->len; i++) {
    const LanmuDayCountsRow *row = self->classes->pdata[i];
    if (!g_str_equal (row->class_name, line->class_name))
      continue;
    if (*line->college != '\0' && !g_str_equal (row->college_name, line->college)) {
      elsewhere = row;
      continue;
    }
    found = row;
    n++;
  }
  if (n == 1)
    return found;
  if (n > 1) {
    say (self, line, LANMU_PROBLEM_AMBIGUOUS_CLASS, CLASS_COLUMN, line->class_name, NULL);
    return NULL;
  }
  g_autofree char *hint = elsewhere != NULL ? g_strdup_printf (lanmu_i18n_is_chinese () ? "的%s中（它在%s）" : " in %s (it is in %s)",
                                                               line->college, elsewhere->college_name)
                                            : NULL;
  say (self, line, *line->class_name == '\0' ? LANMU_PROBLEM_MISSING_REQUIRED : LANMU_PROBLEM_UNKNOWN_CLASS, CLASS_COLUMN,
       *line->class_name == '\0' ? CLASS_COLUMN : line->class_name, hint);
  return NULL;
}

static gboolean is_new (Judging *self, const LanmuScheduleLine *line, const LanmuDayCountsRow *row)
{
  gpointer before = g_hash_table_lookup (self->rows, &row->class_id);
  if (before == NULL)
    return g_hash_table_insert (self->rows, (gpointer) &row->class_id, GUINT_TO_POINTER (line->row));
  g_autofree char *other = g_strdup_printf ("%u", GPOINTER_TO_UINT (before));
  say (self, line, LANMU_PROBLEM_CLASS_TWICE, CLASS_COLUMN, line->class_name, other);
  return FALSE;
}

static gboolean is_open (Judging *self, const LanmuScheduleLine *line, const LanmuDayCountsRow *row)
{
  g_autoptr (LanmuClosingRow) closing = NULL;
  if (!lanmu_closing_of (self->db, row->class_id, &closing, NULL) || closing == NULL)
    return TRUE;
  g_autofree char *sheet = g_strdup_printf ("%" G_GINT64_FORMAT, closing->id);
  say (self, line, LANMU_PROBLEM_CLOSED_CLASS, CLASS_COLUMN, line->class_name, sheet);
  return FALSE;
}

/* -- when -- */

/* The date may stand before the time, in one cell. */
static gboolean read_date (Judging *self, const LanmuScheduleLine *line, char iso[LANMU_WHEN_ISO])
{
  const char *text = *line->date != '\0' ? line->date : line->time;
  if (!lanmu_when_read_date (text, self->today, iso)) {
    say (self, line, LANMU_PROBLEM_BAD_DATE, DATE_COLUMN, text, NULL);
    return FALSE;
  }
  if (g_strcmp0 (iso, self->first) >= 0 && (*self->last == '\0' || g_strcmp0 (iso, self->last) <= 0))
    return TRUE;
  g_autofree char *span = g_strconcat (self->first, " – ", self->last, NULL);
  say (self, line, LANMU_PROBLEM_DATE_OUTSIDE, DATE_COLUMN, iso, span);
  return FALSE;
}

static gboolean read_times (Judging *self, const LanmuScheduleLine *line, LanmuSlotRow *slot)
{
  int until = 0, none = 0;
  gboolean good = lanmu_when_read_times (line->time, &slot->begins, &slot->ends) &&
                  (*line->until == '\0' || (lanmu_when_read_times (line->until, &until, &none) && until > slot->begins));
  if (good && until > 0)
    slot->ends = until;
  if (!good)
    say (self, line, LANMU_PROBLEM_BAD_TIME, TIME_COLUMN, line->time, NULL);
  return good;
}

static LanmuSlotRow *judge_line (Judging *self, const LanmuScheduleLine *line)
{
  g_autoptr (LanmuSlotRow) slot = g_new0 (LanmuSlotRow, 1);
  char iso[LANMU_WHEN_ISO];
  const LanmuDayCountsRow *row = find_class (self, line);
  gboolean dated = read_date (self, line, iso), timed = read_times (self, line, slot);
  if (row == NULL || !is_new (self, line, row) || !is_open (self, line, row) || !dated || !timed)
    return NULL;
  slot->class_id = row->class_id;
  slot->class_name = g_strdup (row->class_name);
  slot->students = row->counts.expected;
  slot->date = g_strdup (iso);
  slot->place = g_strdup (line->place);
  slot->counselor = g_strdup (line->counselor);
  slot->phone = g_strdup (line->phone);
  return g_steal_pointer (&slot);
}

/* -- rooms -- */

static gboolean same_room (const LanmuSlotRow *a, const LanmuSlotRow *b)
{
  return a != b && g_str_equal (a->date, b->date) && g_str_equal (a->place, b->place);
}

/* Slots that stay: those of classes the lines do not name. */
static GPtrArray *list_staying (Judging *self, GError **error)
{
  g_autoptr (GPtrArray) staying = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_slot_row_free);
  g_autoptr (GPtrArray) all = self->import->replace ? g_ptr_array_new () : lanmu_slots_list (self->db, error);
  if (all == NULL)
    return NULL;
  g_ptr_array_set_free_func (all, NULL);
  for (guint i = 0; i < all->len; i++) {
    LanmuSlotRow *slot = all->pdata[i];
    if (g_hash_table_contains (self->rows, &slot->class_id))
      lanmu_slot_row_free (slot);
    else
      g_ptr_array_add (staying, slot);
  }
  return g_steal_pointer (&staying);
}

static void end_at_next (LanmuSlotRow *slot, const GPtrArray *others)
{
  for (guint i = 0; i < others->len; i++) {
    const LanmuSlotRow *other = others->pdata[i];
    if (other != NULL && same_room (slot, other) && other->begins > slot->begins)
      slot->ends = MIN (slot->ends, other->begins);
  }
}

static void find_ends (Judging *self, const GPtrArray *staying)
{
  for (guint i = 0; i < self->slots->len; i++) {
    LanmuSlotRow *slot = self->slots->pdata[i];
    if (slot == NULL || slot->ends != 0)
      continue;
    slot->ends = MIN (24 * 60, slot->begins + MAX (10, (slot->students * LANMU_SCHEDULE_SECONDS + 59) / 60));
    end_at_next (slot, self->slots);
    end_at_next (slot, staying);
  }
}

static const LanmuSlotRow *find_overlap (const LanmuSlotRow *slot, const GPtrArray *others, guint n)
{
  for (guint i = 0; i < n; i++) {
    const LanmuSlotRow *other = others->pdata[i];
    if (other != NULL && same_room (slot, other) && slot->begins < other->ends && other->begins < slot->ends)
      return other;
  }
  return NULL;
}

static void judge_rooms (Judging *self, const GPtrArray *staying)
{
  find_ends (self, staying);
  for (guint i = 0; i < self->slots->len; i++) {
    const LanmuSlotRow *slot = self->slots->pdata[i], *other = NULL;
    if (slot == NULL || ((other = find_overlap (slot, self->slots, i)) == NULL && (other = find_overlap (slot, staying, staying->len)) == NULL))
      continue;
    g_autofree char *span = lanmu_when_span (slot->begins, slot->ends);
    g_autofree char *when = g_strconcat (slot->date, " ", span, NULL);
    say (self, self->import->lines->pdata[i], LANMU_PROBLEM_ROOM_TAKEN, TIME_COLUMN, when, other->class_name);
  }
}

static void note_unscheduled (Judging *self, const GPtrArray *staying)
{
  lanmu_report_set_sheet (self->import->report, NULL);
  for (guint i = 0; i < self->classes->len && !self->import->one; i++) {
    const LanmuDayCountsRow *row = self->classes->pdata[i];
    gboolean has = g_hash_table_contains (self->rows, &row->class_id) || row->counts.expected == 0;
    for (guint k = 0; k < staying->len && !has; k++)
      has = ((LanmuSlotRow *) staying->pdata[k])->class_id == row->class_id;
    g_autofree char *students = g_strdup_printf ("%d", row->counts.expected);
    if (!has)
      lanmu_report_add (self->import->report, LANMU_PROBLEM_UNSCHEDULED_CLASS, 0, -1, NULL, row->class_name, students);
  }
}

/* -- all of it -- */

static gboolean begin (Judging *self, GError **error)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (self->db, error);
  if (campaign == NULL || (self->classes = lanmu_day_counts_list (self->db, 0, error)) == NULL)
    return FALSE;
  lanmu_when_today (g_get_real_time (), self->today);
  lanmu_when_today (campaign->created_us, self->first);
  g_strlcpy (self->last, campaign->delete_after != NULL ? campaign->delete_after : "", sizeof self->last);
  return TRUE;
}

static gboolean judge (Judging *self, GError **error)
{
  for (guint i = 0; i < self->import->lines->len; i++)
    g_ptr_array_add (self->slots, judge_line (self, self->import->lines->pdata[i]));
  g_autoptr (GPtrArray) staying = list_staying (self, error);
  if (staying == NULL)
    return FALSE;
  judge_rooms (self, staying);
  note_unscheduled (self, staying);
  self->import->n_slots = lanmu_report_is_refused (self->import->report) ? 0 : self->slots->len;
  return TRUE;
}

/* One class joins the others where its time belongs; an order made by hand stays. */
static gboolean place_one (LanmuDb *db, Judging *self, GError **error)
{
  const LanmuSlotRow *slot = self->slots->pdata[0];
  g_autoptr (GPtrArray) all = lanmu_slots_list (db, error);
  gint64 before = 0;
  for (guint i = 0; all != NULL && i < all->len && before == 0; i++) {
    const LanmuSlotRow *other = all->pdata[i];
    int order = g_strcmp0 (other->date, slot->date);
    if (other->class_id != slot->class_id && (order > 0 || (order == 0 && other->begins > slot->begins)))
      before = other->class_id;
  }
  return all != NULL && lanmu_class_move (db, slot->class_id, before, self->import->actor, NULL, error);
}

static gboolean write_slots (LanmuDb *db, gpointer data, GError **error)
{
  Judging *self = data;
  if (self->import->replace && !lanmu_slots_drop_all (db, self->import->actor, error))
    return FALSE;
  for (guint i = 0; i < self->slots->len; i++)
    if (!lanmu_slot_set (db, self->slots->pdata[i], self->import->actor, error))
      return FALSE;
  return self->import->one ? place_one (db, self, error) : lanmu_slots_order_classes (db, self->import->actor, error);
}

gboolean lanmu_schedule_work (LanmuDb *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) slots = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_slot_row_free);
  g_autoptr (GHashTable) rows = g_hash_table_new (g_int64_hash, g_int64_equal);
  Judging self = {.import = data, .db = db, .slots = slots, .rows = rows};
  gboolean good = begin (&self, error) && judge (&self, error);
  if (good && !self.import->dry_run && !lanmu_report_is_refused (self.import->report))
    good = lanmu_db_transaction (db, "schedule", write_slots, &self, error);
  g_clear_pointer (&self.classes, g_ptr_array_unref);
  return good;
}
