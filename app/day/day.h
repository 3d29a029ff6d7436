/* LanmuDay: the day as one picture: every class with its slot, numbers, pace and estimate, and what is now, next and late. What `lanmuctl day`, the Day page, the
 * settlement and the close-out show comes from here and nowhere else, so that the four numbers (expected, present, photographed, paid) always agree.
 * Values read at once; any thread that owns the connection. */
#pragma once

#include "app/day/forecast.h"
#include "db/daycounts.h"
#include "db/slots.h"

G_BEGIN_DECLS

#define LANMU_DAY_LATE_MINUTES 10 /* after its time, and nobody of it was seen */

typedef enum {
  LANMU_DAY_PLANNED,
  LANMU_DAY_NEXT,   /* comes after the one that is on */
  LANMU_DAY_NOW,    /* on: of whoever sat last, or, when it has nobody left, the first in order */
  LANMU_DAY_LATE,   /* its time is over for ten minutes and nobody of it was seen */
  LANMU_DAY_MISSED, /* marked: it was not there, and goes last */
  LANMU_DAY_DONE,   /* nobody of it can be called any more; not closed yet */
  LANMU_DAY_CLOSED,
} LanmuDayStatus;
const char *lanmu_day_status_to_string (LanmuDayStatus status); /* "planned" "next" "now" … */

typedef struct {
  gint64 class_id;
  const char *class_name, *major_name, *college_name; /* the row's */
  LanmuDayCounts counts;
  LanmuSlotRow *slot;     /* NULL = it has none */
  LanmuDayStatus status;
  int remaining;          /* waiting or with a picture nobody accepted */
  double pace_s;          /* seconds a student, median of this class; 0 = not known */
  gint64 begins_us, ends_us; /* wall: when it is expected to begin (or began) and to be done; 0 = nothing left */
  gint64 call_us;         /* when to call it to the door; 0 = no need */
  int batches, batch;     /* about 60 at a time: of so many, this is the one (from 1) */
  gint64 sheet;           /* number of its close-out; 0 = open */
  gboolean differs;       /* closed, and its record is not what was closed any more */
  LanmuDayCountsRow *row; /* owns the names */
} LanmuDayClass;

typedef struct {
  GPtrArray *classes;     /* LanmuDayClass *, in the order of the day */
  LanmuDayCounts total;
  double pace_median_s, pace_recent_s; /* of today; 0 = not known */
  gint64 fee_fen;         /* a head; 0 = none */
  int now, next;          /* index in classes; -1 = none */
  gint64 make_up;         /* in the open make-up round */
  gboolean health_gate;
  LanmuForecast forecast;
  gint64 read_us;
} LanmuDay;

LanmuDay *lanmu_day_read (LanmuDb *db, gint64 now_us, GError **error);
void lanmu_day_free (LanmuDay *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuDay, lanmu_day_free)

const LanmuDayClass *lanmu_day_find (const LanmuDay *self, gint64 class_id); /* NULL = none */
/* After which class a supply ends: the last one it is enough for. NULL: not even for the one that is on, or it suffices. */
const LanmuDayClass *lanmu_day_last_within (const LanmuDay *self, int people);
/* The sentence about one supply. Full. */
char *lanmu_day_say_supply (const LanmuDay *self, LanmuSupply supply);

/* Fee a head in fen (setting "campaign.fee"), the health gate ("campaign.health", "campaign.health-limit" in 0.1 °C) and the minutes before (“campaign.lead”). */
gint64 lanmu_day_fee (LanmuDb *db);
/* Since when somebody must have been measured to be called: the local midnight; 0 = the campaign has no gate. */
gint64 lanmu_day_health_since (LanmuDb *db);
int lanmu_day_health_limit (LanmuDb *db);

G_END_DECLS
