/* LanmuSheet: a paper of the day as PDF (Pango, Cairo): A4 upright, the same head on every page, "2/5" and a line of the caller's at every foot. What the
 * contact sheet, close-out sheets and absent lists are made of. Any thread, one at a time each; milliseconds a page.
 *
 * Calling sequence: new → heading, paragraph, facts, table, gallery, signatures in the order they stand on the paper → finish or save → free.
 * Promises:
 *  1. Nothing is cut off: a text that is too long takes another line, a block that does not fit begins the next page; a table's titles stand on every page of it.
 *  2. The text in the file is text: it can be searched and copied, Chinese too.
 *  3. The same calls with the same `made_us` give the same bytes (of one version of Cairo and the fonts).
 *  4. A file appears whole or not at all.
 * Lengths are points (1/72 inch). Texts are UTF-8, plain, copied. Errors: LANMU_SHEET_ERROR, G_FILE_ERROR. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_SHEET_ERROR (lanmu_sheet_error_quark ())
GQuark lanmu_sheet_error_quark (void);
typedef enum {
  LANMU_SHEET_ERROR_RENDER, /* Cairo could not: no memory */
  LANMU_SHEET_ERROR_EXISTS, /* a file of that name is there */
} LanmuSheetError;

typedef struct {
  const char *title;    /* "信息核对表" */
  const char *subtitle; /* "2027 春季 · 交通工程1801班"; "" = none */
  const char *foot;     /* at the left of every foot: the record's hash, when it was made */
  gint64 made_us;       /* wall µs, the file's own date */
} LanmuSheetHead;

typedef struct _LanmuSheet LanmuSheet;

LanmuSheet *lanmu_sheet_new (const LanmuSheetHead *head); /* copied */
void lanmu_sheet_free (LanmuSheet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuSheet, lanmu_sheet_free)

void lanmu_sheet_heading (LanmuSheet *self, const char *text);   /* kept with what follows it */
void lanmu_sheet_paragraph (LanmuSheet *self, const char *text);
/* Labels and values in three columns: label, value, label, value …, NULL. */
void lanmu_sheet_facts (LanmuSheet *self, const char *const *words);

typedef struct {
  const char *title;
  double share;    /* of the width, beside the other columns' */
  gboolean number; /* to the right, figures below figures */
} LanmuSheetColumn;

/* rows: of char **, each n_columns texts (NULL: empty). */
void lanmu_sheet_table (LanmuSheet *self, const LanmuSheetColumn *columns, guint n_columns, GPtrArray *rows);

typedef struct {
  GBytes *jpeg;        /* RGB baseline, goes into the file as it is; NULL: an empty frame */
  int width, height;   /* its shape, pixels */
  const char *name;    /* below it, large */
  const char *number;
  const char *note;    /* "" = none */
} LanmuSheetPicture;

/* Pictures with who they show, `columns` a row (1–10), a row never torn. */
void lanmu_sheet_gallery (LanmuSheet *self, guint columns, const LanmuSheetPicture *pictures, guint n_pictures);

/* Lines to sign on, two a row, kept together: labels, NULL. */
void lanmu_sheet_signatures (LanmuSheet *self, const char *const *labels);

guint lanmu_sheet_get_pages (LanmuSheet *self); /* so far */

GBytes *lanmu_sheet_finish (LanmuSheet *self, GError **error); /* the whole file; full. Once */
gboolean lanmu_sheet_save (LanmuSheet *self, const char *path, gboolean replace, GError **error); /* finish, and onto the disk, synced, 0600 */

G_END_DECLS
