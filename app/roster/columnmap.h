/* A person's word about columns, where the header does not say it: "学号=C,单位=class,#4=name". Pure; any thread.
 *
 * Each pair is COLUMN=FIELD or FIELD=COLUMN; when both sides could be a field, the right one is. COLUMN: as the header
 * writes it, a letter as the spreadsheet shows (A to IV), or #N for the Nth. FIELD: as lanmu_field_from_text knows it.
 */
#pragma once

#include "app/roster/fields.h"

G_BEGIN_DECLS

typedef struct _LanmuColumnMap LanmuColumnMap;

LanmuColumnMap *lanmu_column_map_parse (const char *text, GError **error); /* G_OPTION_ERROR_BAD_VALUE */
void lanmu_column_map_free (LanmuColumnMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuColumnMap, lanmu_column_map_free)

/* A map of an earlier list: a column it names and this header lacks is no fault. */
void lanmu_column_map_set_lenient (LanmuColumnMap *self, gboolean lenient);
gboolean lanmu_column_map_is_lenient (const LanmuColumnMap *self);

/* The field of a column (from 0) whose name is `folded`; NONE when the map is NULL or says nothing of it. */
LanmuField lanmu_column_map_look_up (const LanmuColumnMap *self, guint column, const char *folded);
/* What to remember of it, by the names of this header (n of them): "单位=class,…". A letter is no use for the next
 * list, which has other columns. Full; "" when nothing is left. */
char *lanmu_column_map_describe (const LanmuColumnMap *self, char *const *names, guint n);
/* Is some column meant for this field? */
gboolean lanmu_column_map_has (const LanmuColumnMap *self, LanmuField field);
/* The first word of the map that no column of this header answers to, NULL when all do. names: n folded ones. */
const char *lanmu_column_map_find_unanswered (const LanmuColumnMap *self, char *const *names, guint n);

/* "C" for 2, "AA" for 26. Full. */
char *lanmu_column_letter (guint column);

G_END_DECLS
