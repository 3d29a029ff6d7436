/* Finding the header; see header.h. Pure.
 *
 * The header is the first row, or the first two rows laid over each other, that name 学号, 姓名 and 班级. When none do,
 * the one that came nearest says in the report what is missing. */
#include "app/roster/header.h"

#include <string.h>

struct _LanmuHeaderSearch {
  const LanmuColumnMap *map;
  LanmuHeader *best;
  char **before; /* the row above */
};

void lanmu_header_free (LanmuHeader *self)
{
  g_free (self->fields);
  g_strfreev (self->names);
  g_free (self);
}

/* What the map says comes first. A field it names is nowhere else to be found, unless the map is of an earlier list. */
static void name_columns (LanmuHeader *self, const LanmuColumnMap *map, gboolean by_map)
{
  for (guint i = 0; i < self->n_columns; i++) {
    if (self->fields[i] != LANMU_FIELD_NONE)
      continue;
    g_autofree char *folded = lanmu_field_fold (self->names[i]);
    LanmuField field = by_map ? lanmu_column_map_look_up (map, i, folded) : lanmu_field_from_text (self->names[i]);
    if (field == LANMU_FIELD_NONE)
      continue;
    if (!by_map && lanmu_column_map_has (map, field) &&
        (!lanmu_column_map_is_lenient (map) || self->column[field] >= 0))
      continue; /* the person chose another column for it */
    self->fields[i] = field;
    if (self->column[field] < 0)
      self->column[field] = (int) i;
  }
}

static LanmuHeader *header_from (char *const *cells, guint n_cells, guint row, const LanmuColumnMap *map)
{
  LanmuHeader *self = g_new0 (LanmuHeader, 1);
  self->row = row;
  self->n_columns = n_cells;
  self->fields = g_new (LanmuField, n_cells);
  self->names = g_new0 (char *, n_cells + 1);
  for (int i = 0; i < LANMU_N_FIELDS; i++)
    self->column[i] = -1;
  for (guint i = 0; i < n_cells; i++) {
    self->names[i] = g_strstrip (g_strdup (cells[i]));
    self->fields[i] = LANMU_FIELD_NONE;
  }
  if (map != NULL)
    name_columns (self, map, TRUE);
  name_columns (self, map, FALSE);
  return self;
}

static guint fields_found (const LanmuHeader *self)
{
  guint n = 0;
  for (int i = 0; i < LANMU_N_FIELDS; i++)
    n += self->column[i] >= 0;
  return n;
}

static gboolean has_class (const LanmuHeader *self)
{
  return self->column[LANMU_FIELD_CLASS] >= 0 || self->column[LANMU_FIELD_CLASS_CODE] >= 0;
}

gboolean lanmu_header_is_complete (const LanmuHeader *self)
{
  return self->column[LANMU_FIELD_STUDENT_NO] >= 0 && self->column[LANMU_FIELD_NAME] >= 0 && has_class (self);
}

gboolean lanmu_header_names_people (const LanmuHeader *self)
{
  return self->column[LANMU_FIELD_STUDENT_NO] >= 0 && self->column[LANMU_FIELD_NAME] >= 0;
}

gboolean lanmu_header_is_better (const LanmuHeader *self, const LanmuHeader *other)
{
  if (self == NULL || other == NULL)
    return self != NULL;
  gboolean complete = lanmu_header_is_complete (self);
  return complete != lanmu_header_is_complete (other) ? complete : fields_found (self) > fields_found (other);
}

/* -- the search -- */

LanmuHeaderSearch *lanmu_header_search_new (const LanmuColumnMap *map)
{
  LanmuHeaderSearch *self = g_new0 (LanmuHeaderSearch, 1);
  self->map = map;
  return self;
}

void lanmu_header_search_free (LanmuHeaderSearch *self)
{
  g_clear_pointer (&self->best, lanmu_header_free);
  g_strfreev (self->before);
  g_free (self);
}

static void keep_better (LanmuHeaderSearch *self, LanmuHeader *header)
{
  LanmuHeader *worse = lanmu_header_is_better (header, self->best) ? self->best : header;
  if (worse == self->best)
    self->best = header;
  g_clear_pointer (&worse, lanmu_header_free);
}

/* The lower row where it says something, else the one above it. */
static GStrv lay_over (char *const *above, guint n_above, char *const *below, guint n_below)
{
  guint n = MAX (n_above, n_below);
  GStrv both = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++) {
    const char *lower = i < n_below ? below[i] : "";
    both[i] = g_strdup (*lower == '\0' && i < n_above ? above[i] : lower);
  }
  return both;
}

static guint count_filled (char *const *cells, guint n_cells)
{
  guint n = 0;
  for (guint i = 0; i < n_cells; i++)
    n += *cells[i] != '\0';
  return n;
}

gboolean lanmu_header_search_add (LanmuHeaderSearch *self, char *const *cells, guint n_cells, guint row)
{
  if (count_filled (cells, n_cells) > 1)
    keep_better (self, header_from (cells, n_cells, row, self->map));
  if (self->best != NULL && lanmu_header_is_complete (self->best))
    return TRUE;
  if (self->before != NULL) {
    g_auto (GStrv) both = lay_over (self->before, g_strv_length (self->before), cells, n_cells);
    LanmuHeader *header = header_from (both, g_strv_length (both), row, self->map);
    if (lanmu_header_is_complete (header))
      keep_better (self, header);
    else
      lanmu_header_free (header);
  }
  g_clear_pointer (&self->before, g_strfreev);
  if (count_filled (cells, n_cells) > 1)
    self->before = lay_over (cells, n_cells, NULL, 0);
  return self->best != NULL && lanmu_header_is_complete (self->best);
}

LanmuHeader *lanmu_header_search_end (LanmuHeaderSearch *self)
{
  return g_steal_pointer (&self->best);
}

void lanmu_header_search_return (LanmuHeaderSearch *self, LanmuHeader *best)
{
  g_clear_pointer (&self->best, lanmu_header_free);
  self->best = best;
}

/* -- what stands in the way -- */

static void append_name (GString *list, const char *name)
{
  if (list->len > 0)
    g_string_append (list, ", ");
  g_string_append (list, name);
}

static void append_field (GString *list, LanmuField field)
{
  g_autofree char *label = g_strdup_printf ("%s (%s)", lanmu_field_get_chinese (field), lanmu_field_to_string (field));
  append_name (list, label);
}

void lanmu_header_say_missing (const LanmuHeader *best, LanmuReport *report)
{
  g_autoptr (GString) missing = g_string_new (NULL), found = g_string_new (NULL);
  for (LanmuField field = LANMU_FIELD_STUDENT_NO; field <= LANMU_FIELD_CLASS; field++)
    if (best == NULL || (best->column[field] < 0 && !(field == LANMU_FIELD_CLASS && has_class (best))))
      append_field (missing, field);
  for (guint i = 0; best != NULL && i < best->n_columns; i++)
    if (best->fields[i] != LANMU_FIELD_NONE)
      append_name (found, best->names[i]);
  lanmu_report_add (report, LANMU_PROBLEM_HEADER_NOT_FOUND, best != NULL && found->len > 0 ? best->row : 0, -1, NULL,
                    missing->str, found->len > 0 ? found->str : "–");
}

static void say_duplicates (LanmuHeader *self, LanmuReport *report)
{
  for (guint i = 0; i < self->n_columns; i++) {
    LanmuField field = self->fields[i];
    if (field == LANMU_FIELD_NONE || self->column[field] == (int) i)
      continue;
    if (field < LANMU_FIELD_EXTRA)
      lanmu_report_add (report, LANMU_PROBLEM_DUPLICATE_COLUMN, self->row, (int) i, self->names[i],
                        lanmu_field_get_chinese (field), self->names[self->column[field]]);
    self->fields[i] = LANMU_FIELD_NONE;
  }
}

void lanmu_header_judge (LanmuHeader *self, const LanmuColumnMap *map, LanmuReport *report)
{
  g_auto (GStrv) folded = g_new0 (char *, self->n_columns + 1);
  for (guint i = 0; i < self->n_columns; i++)
    folded[i] = lanmu_field_fold (self->names[i]);
  const char *unanswered = lanmu_column_map_find_unanswered (map, folded, self->n_columns);
  if (unanswered != NULL) {
    g_autofree char *names = g_strjoinv (", ", self->names), *wanted = g_strdup_printf ("“%s”", unanswered);
    lanmu_report_add (report, LANMU_PROBLEM_HEADER_NOT_FOUND, self->row, -1, NULL, wanted, names);
  }
  say_duplicates (self, report);
}

const char *lanmu_header_get_name (const LanmuHeader *self, LanmuField field)
{
  return self->column[field] >= 0 ? self->names[self->column[field]] : "";
}
