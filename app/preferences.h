/* The settings a person may change, each with its default and what it may be; kept in the store (db/settings.h),
 * audited. One table, so that `lanmuctl settings`, the kiosk and the station agree. Any thread that owns a connection.
 */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

#define LANMU_PREFERENCE_CODES    "campaign.codes" /* yes, no: a scanned code that is nobody's 学号 is a 采集码 */
#define LANMU_PREFERENCE_BACKDROP "campaign.backdrop" /* RRGGBB, "" = the standard's */
#define LANMU_PREFERENCE_SOUND    "kiosk.sound"       /* on, off */
#define LANMU_PREFERENCE_RELEASE  "station.release"   /* off, or how many frames in a row all must be well for the camera to release by itself */
#define LANMU_PREFERENCE_LOCK     "station.lock" /* minutes without a touch until nobody is signed in any more; 0: never */
#define LANMU_PREFERENCE_FEE      "campaign.fee"      /* fen a head, 0 = none */
#define LANMU_PREFERENCE_HEALTH   "campaign.health"   /* yes, no: nobody is called whose temperature was not taken today */
#define LANMU_PREFERENCE_HEALTH_LIMIT "campaign.health-limit" /* 0.1 °C; above it: held */
#define LANMU_PREFERENCE_LEAD     "campaign.lead"     /* minutes a class is called to the door before its turn */
#define LANMU_PREFERENCE_MOTION   "kiosk.motion"      /* on, off; the desktop's "reduce animation" wins */

typedef struct {
  const char *key;
  const char *fallback; /* while nobody chose */
  const char *allowed;  /* "yes no"; or "RRGGBB"; or "LEAST..MOST", whole numbers */
  const char *meaning;  /* English, one line; show it through _() */
} LanmuPreference;

const LanmuPreference *lanmu_preferences_get (guint index);     /* NULL past the end */
const LanmuPreference *lanmu_preference_find (const char *key); /* NULL: there is none */
gboolean lanmu_preference_allows (const LanmuPreference *self, const char *value);

char *lanmu_preference_read (LanmuDb *db, const char *key); /* never NULL: the fallback when unset or unreadable */
gboolean lanmu_preference_is (LanmuDb *db, const char *key, const char *value);
/* The wanted backdrop colour; FALSE: none was chosen. */
gboolean lanmu_preference_read_backdrop (LanmuDb *db, guint8 rgb[3]);

G_END_DECLS
