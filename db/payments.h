/* What was paid, in fen. A class pays in one of two ways: a student each, or sums for so many people; never both, so that nothing is counted twice.
 * Any thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id, class_id;
  gint64 student_id;      /* 0 = a sum of the class */
  char *class_name, *student_no, *student_name; /* the last two NULL of a sum */
  int people;
  gint64 fen;
  char *note, *actor;
  gint64 wall_us;
  gboolean withdrawn;
} LanmuPaymentRow;

void lanmu_payment_row_free (LanmuPaymentRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuPaymentRow, lanmu_payment_row_free)

/* The row's id, 0 with an error. EXISTS: the student has paid. REFUSED: the class pays the other way; more people than the class has; a sum below 0. */
gint64 lanmu_payment_of_student (LanmuDb *db, gint64 student_id, gint64 fen, const char *note, const char *actor, GError **error);
gint64 lanmu_payment_of_class (LanmuDb *db, gint64 class_id, int people, gint64 fen, const char *note, const char *actor, GError **error);
/* It was a mistake: it stays on record, withdrawn. REFUSED: it is already; NO_ROW. */
gboolean lanmu_payment_withdraw (LanmuDb *db, gint64 id, const char *actor, GError **error);

/* LanmuPaymentRow *, oldest first; class_id 0 = every class; without those withdrawn, unless all. */
GPtrArray *lanmu_payments_list (LanmuDb *db, gint64 class_id, gboolean all, GError **error);

G_END_DECLS
