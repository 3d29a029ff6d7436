/* LanmuList: the students of one file, read and judged; no database is touched. The way of a list is
 *   bytes → input.h → reader.h (a reader for each kind) → header.h → clean.h → rules.h → here → import.h
 * A million students fit: of each only what tells them apart is kept, a class is kept once. Any thread; one thread at a
 * time. */
#pragma once

#include "app/roster/reader.h"
#include "db/roster.h"

G_BEGIN_DECLS

typedef struct {
  char *name; /* "" where the kind has none */
  LanmuHeader *header;
} LanmuSheet;

typedef struct {
  char *file_name; /* without its folder */
  char *sha256;    /* of the bytes */
  LanmuFileKind kind;
  const char *encoding; /* static */
  GPtrArray *sheets;    /* LanmuSheet, those with students */
  /* private to list.c */
  GArray *rows;
  GPtrArray *places;
  GHashTable *place_index;
  GStringChunk *texts;
} LanmuList;

typedef struct {
  const LanmuColumnMap *map; /* every member may be NULL */
  const char *sheet;         /* name or number of the only one to be read, hidden or not; NULL: all that are shown */
  GCancellable *cancellable;
  void (*progress) (double fraction, gpointer data);
  gpointer progress_data;
} LanmuListOptions;

/* NULL (cancelled, or no list: the report says why), or a list, perhaps with errors in the report: then it is not to be
 * imported. options may be NULL. */
LanmuList *lanmu_list_read (const char *path, const LanmuListOptions *options, LanmuReport *report);
/* The same from memory. */
LanmuList *lanmu_list_read_bytes (const char *bytes, gsize length, const char *file_name,
                                  const LanmuListOptions *options, LanmuReport *report);
void lanmu_list_free (LanmuList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuList, lanmu_list_free)

guint lanmu_list_get_size (const LanmuList *self);
/* Strings are the list's, until it is freed. */
void lanmu_list_get (const LanmuList *self, guint index, LanmuStudentRow *student);
const char *lanmu_list_get_student_no (const LanmuList *self, guint index);
guint lanmu_list_get_row (const LanmuList *self, guint index); /* of the file */
const LanmuSheet *lanmu_list_get_sheet (const LanmuList *self, guint index);
/* Two students with the same number are in the same class of the same major and college. */
guint lanmu_list_get_place (const LanmuList *self, guint index);

/* For listread.c and reading.c; the student is copied. */
LanmuList *lanmu_list_new (const char *file_name);
void lanmu_list_add (LanmuList *self, const LanmuStudentRow *student, guint row, guint sheet);

G_END_DECLS
