/* What shots were found to be: one inspection a shot, with a row for each check. Raw measures, so that limits can be set anew without looking again.
 * Runs on the thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  char *name;           /* "eyes-open" */
  char *verdict;        /* "not-checked" "ok" "unsure" "warn" "fail" */
  double measure, warn, fail; /* NaN = none */
  char *why;
  double x, y, width, height; /* shot pixels, upright; width NaN or 0 = nowhere */
} LanmuCheckRow;

typedef struct {
  char *shot_id;
  char *profile, *profile_sha256;
  char *verdict;
  int faces;            /* −1: nobody looked */
  int width, height;
  char *head;           /* "none" "silhouette" "face" */
  double middle, eyes, face_width, eye_distance, chin, crown; /* NaN = not known */
  gint64 wall_us;       /* now when 0 */
  GPtrArray *checks;    /* LanmuCheckRow *; owned */
} LanmuInspectionRow;

LanmuInspectionRow *lanmu_inspection_row_new (void); /* empty, with an array of checks */
void lanmu_inspection_row_free (LanmuInspectionRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuInspectionRow, lanmu_inspection_row_free)

/* Takes the place of an earlier one of the shot. One transaction; no audit row: measures, not acts. NO_ROW/CONSTRAINT: no such shot. */
gboolean lanmu_inspection_set (LanmuDb *db, const LanmuInspectionRow *row, GError **error);
/* NULL without an error: the shot was not looked at. */
LanmuInspectionRow *lanmu_inspection_get (LanmuDb *db, const char *shot_id, GError **error);

/* For tuning: every attached shot's measure of every check, and whether a person chose that shot. */
typedef gboolean (*LanmuMeasureFunc) (const char *check, double measure, gboolean chosen, gpointer data); /* FALSE stops */
gboolean lanmu_inspections_measures (LanmuDb *db, LanmuMeasureFunc func, gpointer data, GError **error);

G_END_DECLS
