/* One face for every kind of file a college sends. The kind is found by what is in the file, never by its name.
 *
 * A reader hands rows to its owner while it reads: no file is ever held as a whole table. What is wrong with the file
 * itself goes into the report as one sentence; what is wrong with a row is the owner's business. Files are untrusted:
 * every reader has limits of memory and rows, and none of them writes, follows a path out of the file or fetches
 * anything. One thread at a time.
 *
 *   fill a LanmuReader → lanmu_reader_read → sheet (…), row (…), row (…), sheet (…), row (…) … → kind, encoding */
#pragma once

#include <gio/gio.h>

#include "app/roster/header.h"
#include "app/roster/input.h"

G_BEGIN_DECLS

#define LANMU_READER_MAX_BYTES   (512 * 1024 * 1024) /* of text; read in blocks */
#define LANMU_READER_MAX_LOADED  (128 * 1024 * 1024) /* of every other kind */
#define LANMU_READER_MAX_ROWS    1048576             /* what a sheet of Excel holds, and more than any school has */
#define LANMU_READER_MAX_COLUMNS 256
#define LANMU_READER_MAX_CELL    32767 /* characters; Excel's own limit */

typedef enum {
  LANMU_FILE_CSV,
  LANMU_FILE_XLSX,
  LANMU_FILE_XLS,
  LANMU_FILE_DBF,
  LANMU_FILE_HTML,  /* the table that school systems save as .xls */
  LANMU_FILE_XML,   /* “XML spreadsheet 2003”, often named .xls as well */
  LANMU_FILE_OTHER, /* known, and not taken */
} LanmuFileKind;

const char *lanmu_file_kind_to_string (LanmuFileKind kind); /* "csv" "xlsx" … */

/* What the reader knows of a cell beside its text. */
typedef enum {
  LANMU_CELL_LOST_DIGITS = 1 << 0, /* a number of more than fifteen digits: the rest is invented */
  LANMU_CELL_NO_RESULT = 1 << 1,   /* a formula whose result is not in the file */
  LANMU_CELL_DATE = 1 << 2,        /* the file holds a date here, not a text */
  LANMU_CELL_DRESSED = 1 << 3,     /* a number whose format shows more characters than it has ("2021"000) */
} LanmuCellFlags;

typedef struct {
  guint number; /* as the spreadsheet counts, from 1 */
  gboolean hidden;
  guint n_cells;
  char **cells;        /* UTF-8, "" for an empty one; writable, alive during the call */
  const guint8 *flags; /* LanmuCellFlags by cell; NULL = none anywhere */
} LanmuRow;

typedef struct {
  LanmuInput *input;
  LanmuReport *report;
  const LanmuColumnMap *map; /* or NULL; helps to find the separator of a CSV */
  GCancellable *cancellable; /* or NULL; looked at every few hundred rows */
  /* A sheet begins; name "" where the kind has none. FALSE: it is left out. */
  gboolean (*sheet) (const char *name, guint number, gboolean hidden, gpointer data);
  gboolean (*row) (const LanmuRow *row, gpointer data); /* FALSE: nothing more of this sheet is wanted */
  void (*progress) (double fraction, gpointer data);    /* or NULL */
  gpointer data;
  /* out */
  guint8 hidden_columns[LANMU_READER_MAX_COLUMNS]; /* of the sheet; set before its first row */
  LanmuFileKind kind;
  const char *encoding; /* static: "utf-8" "gb18030" …; how the text was read */
} LanmuReader;

/* FALSE: the file was not read to its end; the reason is in the report, or it was cancelled. */
gboolean lanmu_reader_read (LanmuReader *self);

G_END_DECLS
