/* 核签: who confirmed, or refused, that the person is the one in the record. Never rewritten; the newest word about a sitting or a picture counts.
 * Any thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;
  gint64 binding_id; /* said of the sitting, 0 = of one picture */
  char *shot_id;     /* said of one picture, NULL = of the sitting */
  gint64 student_id; /* 0 = a capture code */
  gint64 staff_id;   /* 0 = the station knew no staff */
  char *actor;
  char *how;         /* "key" "pin" "card" */
  gboolean confirmed;
  char *reason;      /* of a refusal; "" for none */
  gint64 wall_us;
} LanmuCountersignRow;

void lanmu_countersign_row_free (LanmuCountersignRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuCountersignRow, lanmu_countersign_row_free)

/* row: all but id; wall_us 0 = now. The new id, 0 with an error (REFUSED: not of that student). */
gint64 lanmu_countersign_add (LanmuDb *db, const LanmuCountersignRow *row, GError **error);

/* *row NULL: nothing was said. */
gboolean lanmu_countersign_of_binding (LanmuDb *db, gint64 binding_id, LanmuCountersignRow **row, GError **error);
/* Of the picture itself, else of the sitting it was taken in; only what was said of the student who owns it now (a repair may have moved it). */
gboolean lanmu_countersign_of_shot (LanmuDb *db, const char *shot_id, LanmuCountersignRow **row, GError **error);

/* An accepted picture nobody has confirmed yet, or whose newest word is a refusal. */
typedef struct {
  char *shot_id;
  char *path;        /* below the data folder */
  gint64 student_id, class_id;
  char *student_no, *name, *class_name;
} LanmuUnsignedRow;

void lanmu_unsigned_row_free (LanmuUnsignedRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuUnsignedRow, lanmu_unsigned_row_free)
/* In queue order; class_id 0 = of every class. LanmuUnsignedRow *. Capture codes name nobody and are not among them. */
GPtrArray *lanmu_countersigns_missing (LanmuDb *db, gint64 class_id, GError **error);

G_END_DECLS
