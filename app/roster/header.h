/* The header of a list: in which row it stands, which cell separates, which column is what. Pure; any thread. */
#pragma once

#include "app/roster/fields.h"
#include "app/roster/report.h"

G_BEGIN_DECLS

/* A person's word about columns: "COLUMN=FIELD,…". COLUMN as the header writes it, or #N for the Nth column; FIELD as
 * lanmu_field_from_text knows it. */
typedef struct _LanmuColumnMap LanmuColumnMap;
LanmuColumnMap *lanmu_column_map_parse (const char *text, GError **error); /* G_OPTION_ERROR_BAD_VALUE */
void lanmu_column_map_free (LanmuColumnMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuColumnMap, lanmu_column_map_free)

typedef struct {
  char delimiter;
  guint row; /* of the file, from 1; students begin below it */
  guint n_columns;
  LanmuField *fields;         /* by column; LANMU_FIELD_NONE = not used */
  char **names;               /* by column, trimmed; NULL-terminated */
  int column[LANMU_N_FIELDS]; /* by field; -1 = the list has none */
} LanmuHeader;

/* Looks through the first rows (titles above the header are tolerated) with each separator. NULL: the reason is in the
 * report. map may be NULL. text is not changed. */
LanmuHeader *lanmu_header_find (const char *text, gsize length, const LanmuColumnMap *map, LanmuReport *report);
void lanmu_header_free (LanmuHeader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuHeader, lanmu_header_free)

/* The header's own text of a field's column, "" when the list has none. */
const char *lanmu_header_get_name (const LanmuHeader *self, LanmuField field);

G_END_DECLS
