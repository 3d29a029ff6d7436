/* The list of students, written in one transaction: colleges, majors, classes, students and the revision that names the file. What is allowed into it
 * was decided by the importer; here only the rules of the tables hold. */
#pragma once

#include "db/students.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_ROSTER_ADD,     /* students that are there already must be byte for byte the same, else EXISTS: a list is never overwritten */
  LANMU_ROSTER_UPDATE,  /* students that are there take what the list says; their former row is kept (student_past) */
  LANMU_ROSTER_REPLACE, /* removes the old list first; REFUSED once anybody was bound, ticketed or shot */
} LanmuRosterMode;

typedef struct {
  const char *file_name;
  const char *sha256;   /* of the file */
  const char *encoding; /* "utf-8", "gb18030", … */
} LanmuRosterSource;

typedef struct {
  gint64 revision_id;
  gsize inserted;
  gsize unchanged; /* were there already, the same */
  gsize changed;   /* were there already, took what the list says */
  gsize bad_row;   /* on EXISTS and CONSTRAINT: index of the row at fault; else G_MAXSIZE */
} LanmuRosterResult;

/* Students that are somewhere else, asked for one by one. */
typedef struct {
  gsize n_rows;
  void (*get) (gconstpointer data, gsize index, LanmuStudentRow *row); /* strings live as long as data */
  gconstpointer data;
  /* Asked every few thousand rows, on the thread that writes: FALSE stops it (STOPPED), nothing is written. NULL: nobody is asked. */
  gboolean (*go_on) (double fraction, gpointer data);
  gpointer go_on_data;
} LanmuRosterRows;

/* All or nothing. Of each row student_no, name, sex, id_no, exam_no, class_name, major_code, major_name, college_name and extra count (NULL = ""; extra
 * NULL = "{}"); student_no and name must not be empty. Order of the day = order in which classes first appear; position inside a class = lanmu_student_no_compare
 * over everybody in it. About 1 s for 100,000 rows. result may be NULL. */
gboolean lanmu_roster_import (LanmuDb *db, const LanmuRosterSource *source, const LanmuStudentRow *rows, gsize n_rows, LanmuRosterMode mode,
                              const char *actor, LanmuRosterResult *result, GError **error);

gboolean lanmu_roster_import_rows (LanmuDb *db, const LanmuRosterSource *source, const LanmuRosterRows *rows, LanmuRosterMode mode,
                                   const char *actor, LanmuRosterResult *result, GError **error);

/* These students are no longer named by the revision: they stay as they are. In the transaction of its import. */
gboolean lanmu_roster_note_missing (LanmuDb *db, gint64 revision_id, const gint64 *student_ids, gsize n, GError **error);

/* The student as the list read when revision_id was the newest (the revision of a ticket). What shooting changes is as it is now; class_id is 0
 * for a former row. NO_ROW. */
LanmuStudentRow *lanmu_roster_get_student_as_of (LanmuDb *db, gint64 student_id, gint64 revision_id, GError **error);

gint64 lanmu_roster_get_revision (LanmuDb *db, GError **error); /* newest revision; 0 = no list yet; -1 with an error */

/* Runs of digits compare as numbers of any length, the rest as bytes; equal by that: as bytes. "2021002" < "2021010", "A9" < "A10", "007" < "7". */
int lanmu_student_no_compare (const char *a, const char *b);

G_END_DECLS
