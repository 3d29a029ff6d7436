/* LanmuReport: everything an import found, by row and column, in both languages. One thread at a time.
 *
 * Errors refuse the whole file. Warnings and notes are listed and let it pass; a note says what was tidied (never
 * silently, STANDARD §4). Some errors a person may accept after looking (lanmu_report_accept): then they are warnings.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  /* the file */
  LANMU_PROBLEM_TOO_LARGE,
  LANMU_PROBLEM_NO_FILE,
  LANMU_PROBLEM_NOT_A_FILE, /* these four are all "corrupt_file" */
  LANMU_PROBLEM_EMPTY_FILE,
  LANMU_PROBLEM_BINARY,
  LANMU_PROBLEM_OPEN_QUOTE,
  LANMU_PROBLEM_DAMAGED, /* also "corrupt_file" */
  LANMU_PROBLEM_PASSWORD,
  LANMU_PROBLEM_OTHER_FORMAT,
  LANMU_PROBLEM_ENCODING,
  LANMU_PROBLEM_HEADER_NOT_FOUND,
  LANMU_PROBLEM_DUPLICATE_COLUMN,
  LANMU_PROBLEM_NO_STUDENTS,
  LANMU_PROBLEM_NO_SHEET,
  LANMU_PROBLEM_SHEET_LEFT_OUT,
  LANMU_PROBLEM_HIDDEN_SHEET,
  LANMU_PROBLEM_HIDDEN_ROWS,
  LANMU_PROBLEM_HIDDEN_COLUMN,
  LANMU_PROBLEM_MEMO_COLUMN,
  LANMU_PROBLEM_CLASS_FROM_SHEET,
  LANMU_PROBLEM_TOO_MANY_CELLS,
  /* a cell */
  LANMU_PROBLEM_MISSING_REQUIRED,
  LANMU_PROBLEM_BAD_STUDENT_NO,
  LANMU_PROBLEM_EXCEL_SCIENTIFIC,
  LANMU_PROBLEM_EXCEL_DECIMAL,
  LANMU_PROBLEM_EXCEL_ZERO_TAIL,
  LANMU_PROBLEM_EXCEL_DATE,
  LANMU_PROBLEM_DRESSED_NUMBER,
  LANMU_PROBLEM_FORMULA,
  LANMU_PROBLEM_LOST_LEADING_ZERO,
  LANMU_PROBLEM_ID_AS_STUDENT_NO,
  LANMU_PROBLEM_CLASS_ABOVE,
  LANMU_PROBLEM_DUPLICATE_STUDENT_NO,
  LANMU_PROBLEM_DUPLICATE_ID_NO,
  LANMU_PROBLEM_BAD_ID_LENGTH,
  LANMU_PROBLEM_BAD_ID_DATE,
  LANMU_PROBLEM_BAD_CHECK_DIGIT,
  LANMU_PROBLEM_SEX_MISMATCH,
  LANMU_PROBLEM_BAD_SEX,
  LANMU_PROBLEM_MISSING_GLYPH,
  LANMU_PROBLEM_WRONG_CHARACTERS,
  LANMU_PROBLEM_DIGITS_IN_NAME,
  LANMU_PROBLEM_TOO_LONG,
  LANMU_PROBLEM_OTHER_DOCUMENT,
  LANMU_PROBLEM_SAME_NAME,
  LANMU_PROBLEM_LOOK_ALIKE_DOT,
  /* against the list that is there */
  LANMU_PROBLEM_NEW_STUDENT,
  LANMU_PROBLEM_CHANGED_STUDENT,
  LANMU_PROBLEM_CHANGED_SHOT_STUDENT,
  LANMU_PROBLEM_MOVED_CLASS,
  LANMU_PROBLEM_NOT_IN_FILE,
  /* of a schedule (app/day/schedule.h) */
  LANMU_PROBLEM_SCHEDULE_HEADER,
  LANMU_PROBLEM_NO_SLOTS,
  LANMU_PROBLEM_UNKNOWN_CLASS,
  LANMU_PROBLEM_AMBIGUOUS_CLASS,
  LANMU_PROBLEM_CLASS_TWICE,
  LANMU_PROBLEM_BAD_DATE,
  LANMU_PROBLEM_BAD_TIME,
  LANMU_PROBLEM_DATE_OUTSIDE,
  LANMU_PROBLEM_ROOM_TAKEN,
  LANMU_PROBLEM_UNSCHEDULED_CLASS,
  LANMU_PROBLEM_CLOSED_CLASS,
  /* tidied */
  LANMU_PROBLEM_TRIMMED,
  LANMU_PROBLEM_FULL_WIDTH,
  LANMU_PROBLEM_LOWER_CASE_X,
  LANMU_PROBLEM_UNWRAPPED,
  LANMU_PROBLEM_IGNORED_ROW,
  LANMU_N_PROBLEMS
} LanmuProblemKind;

typedef enum { LANMU_SEVERITY_NOTE, LANMU_SEVERITY_WARNING, LANMU_SEVERITY_ERROR } LanmuSeverity;

const char *lanmu_problem_kind_to_string (LanmuProblemKind kind); /* "bad_check_digit" … */
gboolean lanmu_problem_kind_from_string (const char *text, LanmuProblemKind *kind);
gboolean lanmu_problem_kind_is_acceptable (LanmuProblemKind kind);
const char *lanmu_severity_to_string (LanmuSeverity severity); /* "note" "warning" "error" */

typedef struct {
  char *sheet;       /* "" where the file has none */
  guint row;         /* of the file, the first is 1 as in a spreadsheet; 0 = the file as a whole */
  int column;        /* from 0; -1 = the row as a whole */
  char *column_name; /* as the header wrote it, or "" */
  LanmuProblemKind kind;
  LanmuSeverity severity;
  char *value, *other; /* for the sentence; ID numbers are masked already */
} LanmuProblem;

/* Full sentence: what is wrong and what to do. */
char *lanmu_problem_dup_message (const LanmuProblem *self, gboolean chinese);

typedef struct _LanmuReport LanmuReport;

/* Kept problems: at most this many a kind; further ones are counted only. */
#define LANMU_REPORT_KEPT 1000

LanmuReport *lanmu_report_new (void);
void lanmu_report_free (LanmuReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuReport, lanmu_report_free)

/* Before anything is added: problems of this kind are warnings from now on. FALSE when it may not be accepted. */
gboolean lanmu_report_accept (LanmuReport *self, LanmuProblemKind kind);

/* What is added from now on is in this sheet; NULL or "" = the file has none. */
void lanmu_report_set_sheet (LanmuReport *self, const char *sheet);

/* Forgets what was added: the file as a whole turned out to be no list. */
void lanmu_report_reset (LanmuReport *self);

/* Strings are copied; NULL = "". */
void lanmu_report_add (LanmuReport *self, LanmuProblemKind kind, guint row, int column, const char *column_name,
                       const char *value, const char *other);

/* Sorts by sheet (in the order in which they were set), row, column, kind; call once before listing. */
void lanmu_report_sort (LanmuReport *self);
guint lanmu_report_get_size (LanmuReport *self); /* kept ones */
const LanmuProblem *lanmu_report_get (LanmuReport *self, guint index);
guint lanmu_report_get_count (LanmuReport *self, LanmuSeverity severity); /* all of them */
guint lanmu_report_get_kind_count (LanmuReport *self, LanmuProblemKind kind);
guint lanmu_report_get_left_out (LanmuReport *self);  /* counted, not kept */
gboolean lanmu_report_is_refused (LanmuReport *self); /* has an error */

G_END_DECLS
