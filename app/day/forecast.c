/* See forecast.h. */
#include "app/day/forecast.h"

#include "app/i18n.h"
#include "db/gauges.h"

/* The first reading since the battery was put in, of the camera that is there now. */
static const LanmuGaugeRow *find_start (const GPtrArray *gauges, const LanmuGaugeRow *last)
{
  const LanmuGaugeRow *start = last;
  for (guint i = gauges->len; i > 0; i--) {
    const LanmuGaugeRow *row = gauges->pdata[i - 1];
    if (!g_str_equal (row->camera_serial, last->camera_serial) || row->battery < 0)
      continue;
    if (row->battery < start->battery)
      break;
    start = row;
  }
  return start;
}

static int last_of_battery (const LanmuGaugeRow *start, const LanmuGaugeRow *last)
{
  int used = start->battery - last->battery, people = last->people - start->people;
  if (last->battery < 0 || used < 1 || people < LANMU_FORECAST_LEAST)
    return -1;
  return MAX (0, last->battery - LANMU_FORECAST_RESERVE) * people / used;
}

static double shots_per_person (const GPtrArray *gauges)
{
  const LanmuGaugeRow *first = gauges->pdata[0], *last = gauges->pdata[gauges->len - 1];
  int people = last->people - first->people, shots = last->shots - first->shots;
  return people >= LANMU_FORECAST_LEAST && shots >= people ? (double) shots / people : LANMU_FORECAST_SHOTS;
}

void lanmu_forecast_make (const GPtrArray *gauges, int remaining, LanmuForecast *forecast)
{
  *forecast = (LanmuForecast){.battery = -1, .card_shots = -1, .disk_shots = -1, .remaining = remaining, .battery_people = -1, .card_people = -1, .disk_people = -1,
                              .shots_per_person = LANMU_FORECAST_SHOTS};
  if (gauges->len == 0)
    return;
  const LanmuGaugeRow *last = gauges->pdata[gauges->len - 1];
  forecast->battery = last->battery;
  forecast->card_shots = last->card_shots;
  forecast->disk_shots = last->disk_shots;
  forecast->shots_per_person = shots_per_person (gauges);
  forecast->battery_people = last_of_battery (find_start (gauges, last), last);
  if (last->card_shots >= 0)
    forecast->card_people = (int) (last->card_shots / forecast->shots_per_person);
  if (last->disk_shots >= 0)
    forecast->disk_people = (int) MIN (G_MAXINT, (double) last->disk_shots / forecast->shots_per_person);
}

int lanmu_forecast_people (const LanmuForecast *forecast, LanmuSupply supply)
{
  const int people[] = {forecast->battery_people, forecast->card_people, forecast->disk_people};
  return people[supply];
}

gboolean lanmu_forecast_suffices (const LanmuForecast *forecast, LanmuSupply supply)
{
  int people = lanmu_forecast_people (forecast, supply);
  return people < 0 || people >= forecast->remaining;
}

static char *fill (const char *sentence, int people, int all, const char *after)
{
  g_autofree char *n = g_strdup_printf ("%d", people), *of = g_strdup_printf ("%d", all);
  g_autoptr (GString) text = g_string_new (sentence);
  g_string_replace (text, "{n}", n, 1);
  g_string_replace (text, "{all}", of, 1);
  if (after != NULL)
    g_string_replace (text, "{class}", after, 1);
  return g_strdup (text->str);
}

char *lanmu_forecast_say (const LanmuForecast *forecast, LanmuSupply supply, const char *after)
{
  static const char *const known[][2] = {
      {N_ ("The battery lasts about {n} of {all} students: change it after {class}."), N_ ("The battery lasts about {n} of {all} students: change it now.")},
      {N_ ("The card has room for about {n} of {all} students: change it after {class}."), N_ ("The card has room for about {n} of {all} students: change it now.")},
      {N_ ("The disk has room for about {n} of {all} students: free some after {class}."), N_ ("The disk has room for about {n} of {all} students: free some now.")}};
  static const char *const fine[] = {N_ ("The battery lasts for all {all} students that are left."), N_ ("The card has room for all {all} students that are left."),
                                     N_ ("The disk has room for all {all} students that are left.")};
  static const char *const unknown[] = {N_ ("How long the battery lasts is not known yet."), N_ ("How much room the card has is not known."),
                                        N_ ("How much room the disk has is not known.")};
  int people = lanmu_forecast_people (forecast, supply);
  if (people < 0)
    return g_strdup (_ (unknown[supply]));
  if (lanmu_forecast_suffices (forecast, supply))
    return fill (_ (fine[supply]), people, forecast->remaining, NULL);
  return fill (_ (known[supply][after != NULL ? 0 : 1]), people, forecast->remaining, after);
}

const char *lanmu_supply_to_string (LanmuSupply supply)
{
  static const char *const words[] = {"battery", "card", "disk"};
  return words[supply];
}
