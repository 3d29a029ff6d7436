/* LanmuList: the students of one file, read and judged; no database is touched. The way of a list is
 *   bytes → encoding.h → header.h → csv.h → clean.h → rules.h → here → import.h
 * Any thread; one thread at a time. */
#pragma once

#include "app/roster/header.h"
#include "app/roster/report.h"
#include "db/students.h"

G_BEGIN_DECLS

#define LANMU_LIST_MAX_BYTES   (64 * 1024 * 1024)
#define LANMU_LIST_MAX_ROWS    500000
#define LANMU_LIST_MAX_COLUMNS 256

typedef struct {
  char *file_name;      /* without its folder */
  char *sha256;         /* of the bytes */
  const char *encoding; /* static */
  LanmuHeader *header;
  GArray *students; /* LanmuStudentRow in the order of the file; strings belong to the list */
  GArray *rows;     /* guint: row of the file, by student */
  /* what the strings live in */
  char *text;
  GStringChunk *chunk;
} LanmuList;

/* NULL, or a list with errors in the report: not to be imported. map may be NULL. */
LanmuList *lanmu_list_read (const char *path, const LanmuColumnMap *map, LanmuReport *report);
/* The same from memory. */
LanmuList *lanmu_list_read_bytes (const char *bytes, gsize length, const char *file_name, const LanmuColumnMap *map,
                                  LanmuReport *report);
void lanmu_list_free (LanmuList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuList, lanmu_list_free)

G_END_DECLS
