/* The header of a list: in which row it stands, which column is what. Titles above it and a header in two rows (merged
 * cells: 学号 over both, 所在单位 over 学院 and 班级) are understood. Pure; any thread. */
#pragma once

#include "app/roster/columnmap.h"
#include "app/roster/report.h"

G_BEGIN_DECLS

typedef struct {
  guint row; /* of the file, from 1; students begin below it */
  guint n_columns;
  LanmuField *fields;         /* by column; LANMU_FIELD_NONE = not used */
  char **names;               /* by column, trimmed; NULL-terminated */
  int column[LANMU_N_FIELDS]; /* by field; -1 = the list has none */
} LanmuHeader;

void lanmu_header_free (LanmuHeader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuHeader, lanmu_header_free)

gboolean lanmu_header_is_complete (const LanmuHeader *self);  /* names 学号, 姓名 and 班级 (班号 will do) */
gboolean lanmu_header_names_people (const LanmuHeader *self); /* 学号 and 姓名; the class may stand elsewhere */
/* Complete before incomplete, then more fields; either may be NULL. */
gboolean lanmu_header_is_better (const LanmuHeader *self, const LanmuHeader *other);
/* The header's own text of a field's column, "" when the list has none. */
const char *lanmu_header_get_name (const LanmuHeader *self, LanmuField field);

/* Looking through the first rows: new → add … until TRUE → end. */
#define LANMU_HEADER_ROWS 40 /* it is not looked for any further down */
typedef struct _LanmuHeaderSearch LanmuHeaderSearch;
LanmuHeaderSearch *lanmu_header_search_new (const LanmuColumnMap *map); /* or NULL; must live as long */
void lanmu_header_search_free (LanmuHeaderSearch *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuHeaderSearch, lanmu_header_search_free)
/* TRUE: this row completes the header. */
gboolean lanmu_header_search_add (LanmuHeaderSearch *self, char *const *cells, guint n_cells, guint row);
LanmuHeader *lanmu_header_search_end (LanmuHeaderSearch *self); /* what came nearest, full; NULL = nothing did */

/* It was looked at and is no use yet: as before the end. Takes it; may be NULL. */
void lanmu_header_search_return (LanmuHeaderSearch *self, LanmuHeader *best);

/* What stands in the way, into the report: columns that are missing; two columns for one thing (which is right is
 * nothing a program may guess), and what the map names and the header lacks. best may be NULL. */
void lanmu_header_say_missing (const LanmuHeader *best, LanmuReport *report);
void lanmu_header_judge (LanmuHeader *self, const LanmuColumnMap *map, LanmuReport *report);

G_END_DECLS
