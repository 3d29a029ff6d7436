/* What the tests of app/ share: lists from text, a campaign in a folder of its own. */
#pragma once

#include "app/queue.h"
#include "app/roster/import.h"
#include "db/store.h"

#define ACTOR "tester"

/* Reads a text as a list; *report is the caller's. NULL: refused before its rows were looked at. */
LanmuList *read_text (const char *text, LanmuReport **report);
LanmuList *read_bytes (const char *bytes, gsize length, const char *map, LanmuReport **report);

/* The first problem of a kind; NULL when there is none. */
const LanmuProblem *find_problem (LanmuReport *report, LanmuProblemKind kind);
/* Fails the test unless the kind was found at this row. */
void assert_problem (LanmuReport *report, LanmuProblemKind kind, guint row, const char *column);
void assert_none (LanmuReport *report, LanmuProblemKind kind);
/* Until the next call. */
const LanmuStudentRow *student_at (const LanmuList *list, guint index);

/* A folder with a campaign, and `n` students 202100001 … in classes of 40 (two classes a major). */
char *make_campaign (guint n);
void remove_folder (const char *dir);
LanmuDb *open_for_writing (const char *dir);
gint64 student_id (LanmuDb *db, const char *student_no);
