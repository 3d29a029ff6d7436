/* What the commands of the day share: a class by name, and the answer of a deed. Private to ctl/. */
#pragma once

#include "app/ctl/ctl.h"

G_BEGIN_DECLS

/* {"ok":true}, or a translated line. DONE. */
int lanmu_ctl_done (LanmuCtl *ctl, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* A deed about a class and perhaps students: filled by the command, resolved in the work. */
typedef struct {
  const char *class_name, *college; /* college NULL = of any */
  char **numbers;                   /* 学号, NULL-terminated; NULL = none */
  gint64 class_id;                  /* out, 0 without a class_name */
  GArray *ids;                      /* out: gint64 by numbers */
} LanmuCtlWho;

gboolean lanmu_ctl_who_find (LanmuDb *db, LanmuCtlWho *who, GError **error);
void lanmu_ctl_who_clear (LanmuCtlWho *who);

/* "15", "15.5", "15.50" → 1500, 1550, 1550 fen, never through a float. FALSE: no such sum. */
gboolean lanmu_ctl_read_yuan (const char *text, gint64 *fen);

G_END_DECLS
