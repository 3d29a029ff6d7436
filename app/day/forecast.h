/* How far battery, card and disk reach, from the day's own use. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_FORECAST_RESERVE 5    /* percent of the battery that is not counted on */
#define LANMU_FORECAST_LEAST   5    /* students photographed before the battery's use says anything */
#define LANMU_FORECAST_SHOTS   1.5  /* pictures a student, until the day says better */

typedef struct {
  int battery;      /* percent; -1 = not known */
  int card_shots;   /* -1 = not known */
  gint64 disk_shots;/* -1 = not known */
  double shots_per_person;
  int remaining;    /* students who may still come */
  int battery_people, card_people, disk_people; /* for how many each lasts; -1 = not known */
} LanmuForecast;

/* gauges: LanmuGaugeRow * of today, oldest first. The newest camera counts; a rise of the battery is a change of it, and the use before says nothing any more. */
void lanmu_forecast_make (const GPtrArray *gauges, int remaining, LanmuForecast *forecast);

typedef enum { LANMU_SUPPLY_BATTERY, LANMU_SUPPLY_CARD, LANMU_SUPPLY_DISK, LANMU_N_SUPPLIES } LanmuSupply;
int lanmu_forecast_people (const LanmuForecast *forecast, LanmuSupply supply); /* -1 = not known */
gboolean lanmu_forecast_suffices (const LanmuForecast *forecast, LanmuSupply supply); /* TRUE too when it is not known */
/* One sentence: "The battery lasts about 140 of 212 students: change it after 交通工程1801班." after: NULL = now. Full. */
char *lanmu_forecast_say (const LanmuForecast *forecast, LanmuSupply supply, const char *after);
const char *lanmu_supply_to_string (LanmuSupply supply); /* "battery" "card" "disk" */

G_END_DECLS
