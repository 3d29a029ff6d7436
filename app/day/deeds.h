/* Deeds of the day as one struct and works for the store thread: what a page or a command asks for, done in the actor's name. Each is a transaction of its own. */
#pragma once

#include "app/day/close.h"

G_BEGIN_DECLS

typedef struct {
  char *actor;
  gint64 class_id, before_id; /* before_id 0 = last */
  gint64 student_id;
  gboolean present;
  const char *how;            /* static: "list" "scan" */
  int tenths;                 /* of a degree */
  char *folder;               /* for papers; made when missing */
  /* out */
  gint64 follower;            /* of a move: the class it stood before */
  int n;                      /* students it was about */
  gboolean held;
  LanmuClose close;
  char *paper;                /* name of the last file written */
} LanmuDeed;

LanmuDeed *lanmu_deed_new (const char *actor);
void lanmu_deed_free (gpointer deed);

/* Each a LanmuStoreWork. */
gboolean lanmu_deed_move (LanmuDb *db, gpointer deed, GError **error);         /* class_id before before_id */
gboolean lanmu_deed_miss (LanmuDb *db, gpointer deed, GError **error);
gboolean lanmu_deed_mark (LanmuDb *db, gpointer deed, GError **error);         /* student_id is present, or not */
gboolean lanmu_deed_mark_rest (LanmuDb *db, gpointer deed, GError **error);    /* everybody of class_id nobody marked missing is there; n = those missing */
gboolean lanmu_deed_measure (LanmuDb *db, gpointer deed, GError **error);
gboolean lanmu_deed_close (LanmuDb *db, gpointer deed, GError **error);        /* settles, closes and saves the sheet into folder */
gboolean lanmu_deed_make_up (LanmuDb *db, gpointer deed, GError **error);      /* begins a round when none is open, else ends it; held = it ended */
gboolean lanmu_deed_absent_lists (LanmuDb *db, gpointer deed, GError **error); /* xlsx and PDF into folder; class_id 0 = all; n = students */

G_END_DECLS
