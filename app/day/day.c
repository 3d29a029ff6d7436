/* See day.h. Three passes over the classes: facts, what is on and next, estimates. */
#include "app/day/day.h"

#include "app/day/pace.h"
#include "app/day/record.h"
#include "app/day/when.h"
#include "app/preferences.h"
#include "db/closings.h"
#include "db/gauges.h"
#include "db/presence.h"

#define DAY_CLASS(self, i) ((LanmuDayClass *) (self)->classes->pdata[i])
#define MINUTE_US          (60 * (gint64) G_USEC_PER_SEC)

const char *lanmu_day_status_to_string (LanmuDayStatus status)
{
  static const char *const words[] = {"planned", "next", "now", "late", "missed", "done", "closed"};
  return words[status];
}

static gint64 read_number (LanmuDb *db, const char *key)
{
  g_autofree char *text = lanmu_preference_read (db, key);
  return g_ascii_strtoll (text, NULL, 10);
}

gint64 lanmu_day_fee (LanmuDb *db)
{
  return read_number (db, LANMU_PREFERENCE_FEE);
}

gint64 lanmu_day_health_since (LanmuDb *db)
{
  return lanmu_preference_is (db, LANMU_PREFERENCE_HEALTH, "yes") ? MAX (1, lanmu_when_day_began (g_get_real_time ())) : 0;
}

int lanmu_day_health_limit (LanmuDb *db)
{
  return (int) read_number (db, LANMU_PREFERENCE_HEALTH_LIMIT);
}

static void class_free (gpointer data)
{
  LanmuDayClass *class = data;
  g_clear_pointer (&class->slot, lanmu_slot_row_free);
  lanmu_day_counts_row_free (class->row);
  g_free (class);
}

void lanmu_day_free (LanmuDay *self)
{
  g_ptr_array_unref (self->classes);
  g_free (self);
}

const LanmuDayClass *lanmu_day_find (const LanmuDay *self, gint64 class_id)
{
  for (guint i = 0; i < self->classes->len; i++)
    if (DAY_CLASS (self, i)->class_id == class_id)
      return DAY_CLASS (self, i);
  return NULL;
}

/* -- facts -- */

static gboolean read_closing (LanmuDb *db, LanmuDayClass *class, GError **error)
{
  g_autoptr (LanmuClosingRow) closing = NULL;
  if (!lanmu_closing_of (db, class->class_id, &closing, error))
    return FALSE;
  if (closing == NULL)
    return TRUE;
  g_autofree char *record = lanmu_record_make (db, class->class_id, error);
  class->sheet = closing->id;
  class->differs = record != NULL && !g_str_equal (record, closing->record);
  return record != NULL;
}

static gboolean read_class (LanmuDb *db, LanmuDay *self, LanmuDayCountsRow *row, GError **error)
{
  LanmuDayClass *class = g_new0 (LanmuDayClass, 1);
  int size = 0;
  g_ptr_array_add (self->classes, class);
  class->row = row;
  class->class_id = row->class_id;
  class->class_name = row->class_name;
  class->major_name = row->major_name;
  class->college_name = row->college_name;
  class->counts = row->counts;
  class->remaining = row->counts.by_state[LANMU_STUDENT_WAITING] + row->counts.by_state[LANMU_STUDENT_SHOT];
  class->batches = lanmu_pace_batches (row->counts.expected, &size);
  class->batch = CLAMP ((row->counts.expected - class->remaining) / size + 1, 1, class->batches);
  lanmu_day_counts_add (&self->total, &class->counts);
  g_autoptr (GArray) accepts = row->counts.photographed > LANMU_PACE_LEAST ? lanmu_day_accepts (db, row->class_id, 0, NULL) : NULL;
  class->pace_s = accepts != NULL ? lanmu_pace_median (accepts, 0) : 0;
  return read_closing (db, class, error);
}

static gboolean read_classes (LanmuDb *db, LanmuDay *self, GError **error)
{
  g_autoptr (GPtrArray) rows = lanmu_day_counts_list (db, 0, error);
  gboolean good = rows != NULL;
  if (rows != NULL)
    g_ptr_array_set_free_func (rows, NULL); /* each goes to its class */
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    good = read_class (db, self, rows->pdata[i], error) && good;
  return good;
}

static gboolean read_slots (LanmuDb *db, LanmuDay *self, GError **error)
{
  g_autoptr (GPtrArray) slots = lanmu_slots_list (db, error);
  if (slots == NULL)
    return FALSE;
  g_ptr_array_set_free_func (slots, NULL);
  for (guint i = 0; i < slots->len; i++) {
    LanmuSlotRow *slot = slots->pdata[i];
    LanmuDayClass *class = (LanmuDayClass *) lanmu_day_find (self, slot->class_id);
    if (class != NULL)
      class->slot = slot;
    else
      lanmu_slot_row_free (slot);
  }
  return TRUE;
}

static gboolean read_pace (LanmuDb *db, LanmuDay *self, GError **error)
{
  g_autoptr (GArray) accepts = lanmu_day_accepts (db, 0, lanmu_when_day_began (self->read_us), error);
  if (accepts == NULL)
    return FALSE;
  self->pace_median_s = lanmu_pace_median (accepts, 0);
  self->pace_recent_s = lanmu_pace_median (accepts, LANMU_PACE_RECENT);
  return TRUE;
}

/* -- what is on -- */

static gboolean is_of_today (const LanmuDay *self, const LanmuDayClass *class)
{
  char today[LANMU_WHEN_ISO];
  lanmu_when_today (self->read_us, today);
  return class->slot == NULL || g_strcmp0 (class->slot->date, today) <= 0;
}

static gboolean is_seen (const LanmuDayClass *class)
{
  return class->counts.present > 0 || class->counts.counted;
}

static gboolean is_late (const LanmuDay *self, const LanmuDayClass *class)
{
  if (class->slot == NULL || is_seen (class))
    return FALSE;
  gint64 begins = lanmu_when_to_us (class->slot->date, class->slot->begins);
  return begins != 0 && begins + LANMU_DAY_LATE_MINUTES * MINUTE_US < self->read_us;
}

static LanmuDayStatus status_by_itself (const LanmuDay *self, const LanmuDayClass *class)
{
  if (class->sheet != 0)
    return LANMU_DAY_CLOSED;
  if (class->remaining == 0 && class->counts.expected > 0)
    return LANMU_DAY_DONE;
  if (class->slot != NULL && class->slot->missed_us != 0 && !is_seen (class))
    return LANMU_DAY_MISSED;
  return is_late (self, class) ? LANMU_DAY_LATE : LANMU_DAY_PLANNED;
}

static gboolean can_be_on (const LanmuDay *self, const LanmuDayClass *class)
{
  return class->remaining > 0 && class->sheet == 0 && is_of_today (self, class);
}

/* The first from `from` on that can be on; in the first round one whose turn it is, then one that is late or was missed. */
static int find_on (const LanmuDay *self, int from)
{
  for (int round = 0; round < 2; round++)
    for (int i = from; i < (int) self->classes->len; i++)
      if (can_be_on (self, DAY_CLASS (self, i)) && (round == 1 || DAY_CLASS (self, i)->status == LANMU_DAY_PLANNED))
        return i;
  return -1;
}

static gboolean find_now (LanmuDb *db, LanmuDay *self, GError **error)
{
  gint64 last = 0;
  if (!lanmu_day_last_class (db, &last, error))
    return FALSE;
  for (guint i = 0; i < self->classes->len; i++)
    DAY_CLASS (self, i)->status = status_by_itself (self, DAY_CLASS (self, i));
  self->now = self->next = -1;
  for (guint i = 0; i < self->classes->len && self->now < 0; i++)
    if (DAY_CLASS (self, i)->class_id == last && can_be_on (self, DAY_CLASS (self, i)))
      self->now = (int) i;
  if (self->now < 0)
    self->now = find_on (self, 0);
  if (self->now < 0)
    return TRUE;
  DAY_CLASS (self, self->now)->status = LANMU_DAY_NOW;
  self->next = find_on (self, self->now + 1);
  if (self->next >= 0 && DAY_CLASS (self, self->next)->status == LANMU_DAY_PLANNED)
    DAY_CLASS (self, self->next)->status = LANMU_DAY_NEXT;
  return TRUE;
}

/* -- when -- */

static double pace_of (const LanmuDay *self)
{
  return self->pace_recent_s > 0 ? self->pace_recent_s : self->pace_median_s > 0 ? self->pace_median_s : LANMU_PACE_ASSUMED_S;
}

/* A class does not begin before its time, nor before the one ahead of it is done. */
static void estimate (LanmuDb *db, LanmuDay *self)
{
  gint64 lead = read_number (db, LANMU_PREFERENCE_LEAD) * MINUTE_US, free_us = self->read_us;
  for (guint i = 0; i < self->classes->len; i++) {
    LanmuDayClass *class = DAY_CLASS (self, i);
    if (class->remaining == 0 || class->sheet != 0)
      continue;
    gint64 planned = class->slot != NULL ? lanmu_when_to_us (class->slot->date, class->slot->begins) : 0;
    gboolean begun = class->counts.began_us != 0 || class->status == LANMU_DAY_NOW;
    class->begins_us = class->counts.began_us != 0 ? class->counts.began_us : begun ? free_us : MAX (free_us, planned);
    class->ends_us = MAX (free_us, class->begins_us) + (gint64) (class->remaining * pace_of (self) * G_USEC_PER_SEC);
    class->call_us = begun || class->counts.counted ? 0 : class->begins_us - lead;
    free_us = class->ends_us;
  }
}

static gboolean forecast (LanmuDb *db, LanmuDay *self, GError **error)
{
  g_autoptr (GPtrArray) gauges = lanmu_gauges_list (db, lanmu_when_day_began (self->read_us), error);
  int remaining = 0;
  for (guint i = 0; i < self->classes->len; i++)
    if (can_be_on (self, DAY_CLASS (self, i)))
      remaining += DAY_CLASS (self, i)->remaining;
  if (gauges != NULL)
    lanmu_forecast_make (gauges, remaining, &self->forecast);
  return gauges != NULL;
}

const LanmuDayClass *lanmu_day_last_within (const LanmuDay *self, int people)
{
  const LanmuDayClass *last = NULL;
  int sum = 0;
  for (guint i = 0; i < self->classes->len; i++) {
    const LanmuDayClass *class = DAY_CLASS (self, i);
    if (!can_be_on (self, class))
      continue;
    sum += class->remaining;
    if (sum > people)
      return last;
    last = class;
  }
  return NULL; /* it is enough */
}

char *lanmu_day_say_supply (const LanmuDay *self, LanmuSupply supply)
{
  const LanmuDayClass *last = lanmu_day_last_within (self, lanmu_forecast_people (&self->forecast, supply));
  return lanmu_forecast_say (&self->forecast, supply, last != NULL ? last->class_name : NULL);
}

LanmuDay *lanmu_day_read (LanmuDb *db, gint64 now_us, GError **error)
{
  g_autoptr (LanmuDay) self = g_new0 (LanmuDay, 1);
  self->classes = g_ptr_array_new_with_free_func (class_free);
  self->read_us = now_us;
  self->fee_fen = lanmu_day_fee (db);
  self->health_gate = lanmu_preference_is (db, LANMU_PREFERENCE_HEALTH, "yes");
  self->make_up = lanmu_make_up_count (db, error);
  if (self->make_up < 0 || !read_classes (db, self, error) || !read_slots (db, self, error) || !read_pace (db, self, error) || !find_now (db, self, error) ||
      !forecast (db, self, error))
    return NULL;
  estimate (db, self);
  return g_steal_pointer (&self);
}
