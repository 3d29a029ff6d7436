/* The class of a sheet that has no column for it: from the title above its header (班级：交通工程1801班), or from its
 * name, where that is not just “Sheet1” or “名单”. What is found is proposed to a person, never taken without a word.
 * Private to roster/. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What stands behind 班级： in a row above the header. Full; NULL: nothing. */
char *lanmu_class_hint_from_row (char *const *cells, guint n_cells);
/* Full; NULL: the name says nothing. */
char *lanmu_class_hint_from_name (const char *sheet);

G_END_DECLS
