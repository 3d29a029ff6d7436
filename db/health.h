/* The health gate: temperatures and notes of the day, each measuring a row that stays. Any thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id, student_id;
  char *student_no, *name, *class_name, *college_name;
  int tenths;        /* of a degree Celsius: 366 = 36.6 °C */
  char *note;
  gboolean led_to_hold;
  gboolean held_now; /* the student is held this moment, whatever for */
  char *actor;
  gint64 wall_us;
} LanmuHealthRow;

void lanmu_health_row_free (LanmuHealthRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuHealthRow, lanmu_health_row_free)

/* hold_reason: not NULL, the student is held for it too (kind "health"), in the same transaction; one who is held already stays so. tenths 300 to 450, else
 * REFUSED. The row's id, 0 with an error. */
gint64 lanmu_health_add (LanmuDb *db, gint64 student_id, int tenths, const char *note, const char *hold_reason, const char *actor, GError **error);

/* LanmuHealthRow * since then (wall), oldest first; held_only: those whose measuring led to a hold. */
GPtrArray *lanmu_health_list (LanmuDb *db, gint64 since_us, gboolean held_only, GError **error);
/* Was the student measured since then? FALSE with an error too. */
gboolean lanmu_health_is_measured (LanmuDb *db, gint64 student_id, gint64 since_us, gboolean *measured, GError **error);

G_END_DECLS
