/* lanmuctl day: the day as one picture: what is now, next and late, the four numbers, pace, estimates and what runs out. */
#include "app/ctl/ctl.h"

#include "app/day/day.h"
#include "app/day/when.h"
#include "app/day/book.h"

static void add_counts (JsonBuilder *builder, const LanmuDayCounts *counts)
{
  lanmu_ctl_json_int (builder, "expected", counts->expected);
  lanmu_ctl_json_int (builder, "present", counts->present);
  lanmu_ctl_json_int (builder, "photographed", counts->photographed);
  lanmu_ctl_json_int (builder, "paid", counts->paid);
  lanmu_ctl_json_int (builder, "paid_fen", counts->paid_fen);
  for (int i = 0; i < LANMU_STUDENT_N_STATES; i++)
    lanmu_ctl_json_int (builder, lanmu_student_state_to_string ((LanmuStudentState) i), counts->by_state[i]);
  lanmu_ctl_json_int (builder, "held", counts->held);
  lanmu_ctl_json_int (builder, "walk_ins", counts->walk_ins);
  lanmu_ctl_json_int (builder, "transfers", counts->transfers);
  lanmu_ctl_json_int (builder, "make_up", counts->make_up);
}

static void add_class (JsonBuilder *builder, const LanmuDayClass *class)
{
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "class", class->class_name);
  lanmu_ctl_json_string (builder, "college", class->college_name);
  lanmu_ctl_json_string (builder, "status", lanmu_day_status_to_string (class->status));
  lanmu_ctl_json_string (builder, "date", class->slot != NULL ? class->slot->date : "");
  lanmu_ctl_json_int (builder, "begins_minute", class->slot != NULL ? class->slot->begins : -1);
  lanmu_ctl_json_string (builder, "place", class->slot != NULL ? class->slot->place : "");
  add_counts (builder, &class->counts);
  lanmu_ctl_json_int (builder, "remaining", class->remaining);
  lanmu_ctl_json_int (builder, "pace_ms", (gint64) (class->pace_s * 1000));
  lanmu_ctl_json_int (builder, "begins_us", class->begins_us);
  lanmu_ctl_json_int (builder, "ends_us", class->ends_us);
  lanmu_ctl_json_int (builder, "call_us", class->call_us);
  lanmu_ctl_json_int (builder, "batches", class->batches);
  lanmu_ctl_json_int (builder, "batch", class->batch);
  lanmu_ctl_json_int (builder, "sheet", class->sheet);
  lanmu_ctl_json_bool (builder, "differs", class->differs);
  json_builder_end_object (builder);
}

static void add_forecast (JsonBuilder *builder, const LanmuDay *day)
{
  json_builder_set_member_name (builder, "forecast");
  json_builder_begin_object (builder);
  lanmu_ctl_json_int (builder, "remaining", day->forecast.remaining);
  lanmu_ctl_json_int (builder, "battery", day->forecast.battery);
  for (int i = 0; i < LANMU_N_SUPPLIES; i++) {
    g_autofree char *name = g_strconcat (lanmu_supply_to_string ((LanmuSupply) i), "_students", NULL), *say = g_strconcat (lanmu_supply_to_string ((LanmuSupply) i), "_says", NULL);
    g_autofree char *text = lanmu_day_say_supply (day, (LanmuSupply) i);
    lanmu_ctl_json_int (builder, name, lanmu_forecast_people (&day->forecast, (LanmuSupply) i));
    lanmu_ctl_json_string (builder, say, text);
  }
  json_builder_end_object (builder);
}

static const char *name_at (const LanmuDay *day, int index)
{
  return index >= 0 ? ((LanmuDayClass *) day->classes->pdata[index])->class_name : "";
}

static void print_json (const LanmuDay *day)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_counts (builder, &day->total);
  lanmu_ctl_json_int (builder, "fee_fen", day->fee_fen);
  lanmu_ctl_json_int (builder, "pace_median_ms", (gint64) (day->pace_median_s * 1000));
  lanmu_ctl_json_int (builder, "pace_recent_ms", (gint64) (day->pace_recent_s * 1000));
  lanmu_ctl_json_string (builder, "now", name_at (day, day->now));
  lanmu_ctl_json_string (builder, "next", name_at (day, day->next));
  add_forecast (builder, day);
  json_builder_set_member_name (builder, "classes");
  json_builder_begin_array (builder);
  for (guint i = 0; i < day->classes->len; i++)
    add_class (builder, day->classes->pdata[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static char *clock_of (gint64 us)
{
  return us != 0 ? lanmu_when_time (lanmu_when_minute (us)) : g_strdup ("");
}

static void print_class (const LanmuDayClass *class)
{
  const LanmuDayCounts *n = &class->counts;
  g_autofree char *planned = class->slot != NULL ? lanmu_when_span (class->slot->begins, class->slot->ends) : g_strdup ("");
  g_autofree char *ends = clock_of (class->ends_us), *call = clock_of (class->call_us);
  g_autofree char *until = *ends != '\0' ? g_strdup_printf (_ ("until %s"), ends) : g_strdup (""), *door = *call != '\0' ? g_strdup_printf (_ ("to the door %s"), call) : g_strdup ("");
  lanmu_ctl_print ("%-8s %s\t%s\t%s\t%d/%d/%d/%d\t%s\t%s%s\n", lanmu_day_status_to_string (class->status), planned, class->college_name, class->class_name, n->expected, n->present,
                   n->photographed, n->paid, until, door, class->differs ? _ ("\tchanged since it was closed") : "");
}

static void print_plain (const LanmuDay *day)
{
  const LanmuDayCounts *n = &day->total;
  for (guint i = 0; i < day->classes->len; i++)
    print_class (day->classes->pdata[i]);
  lanmu_ctl_print (_ ("Expected %d, present %d, photographed %d, paid %d; absent %d, held %d.\n"), n->expected, n->present, n->photographed, n->paid,
                   n->by_state[LANMU_STUDENT_ABSENT], n->held);
  if (day->pace_median_s > 0)
    lanmu_ctl_print (_ ("A student takes %.0f s (of late %.0f s).\n"), day->pace_median_s, day->pace_recent_s);
  for (int i = 0; i < LANMU_N_SUPPLIES; i++) {
    g_autofree char *text = lanmu_day_say_supply (day, (LanmuSupply) i);
    if (lanmu_forecast_people (&day->forecast, (LanmuSupply) i) >= 0)
      lanmu_ctl_print ("%s\n", text);
  }
}

int lanmu_ctl_day (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_autoptr (GError) error = NULL;
  if (!lanmu_ctl_parse (ctl, argc, argv, NULL, 0, 0, NULL, &code))
    return code;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (LanmuDay) day = lanmu_day_read (db, g_get_real_time (), &error);
  if (day == NULL)
    return lanmu_ctl_fail (ctl, error);
  if (ctl->json)
    print_json (day);
  else
    print_plain (day);
  return LANMU_CTL_DONE;
}
