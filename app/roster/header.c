/* Finding the header; see header.h. Pure.
 *
 * The header is the first row that names 学号, 姓名 and 班级 (班号 will do). When no row does, the one that came
 * nearest says in the report what is missing. */
#include "app/roster/header.h"

#include <stdlib.h>
#include <string.h>

#include "app/i18n.h"
#include "app/roster/csv.h"

#define ROWS_LOOKED_AT  40
#define BYTES_LOOKED_AT (256 * 1024)

struct _LanmuColumnMap {
  GHashTable *by_name; /* folded name or "#N" → field + 1 */
};

/* -- a person's word -- */

static gboolean map_one (LanmuColumnMap *self, const char *pair, GError **error)
{
  const char *sign = strrchr (pair, '=');
  LanmuField field = sign != NULL ? lanmu_field_from_text (sign + 1) : LANMU_FIELD_NONE;
  if (sign == NULL || sign == pair) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is no COLUMN=FIELD"), pair);
    return FALSE;
  }
  if (field == LANMU_FIELD_NONE) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("“%s” is no field; use student_no, name, class, sex, id_no, exam_no, college, major or major_code"),
                 sign + 1);
    return FALSE;
  }
  g_autofree char *name = g_strndup (pair, (gsize) (sign - pair));
  char *key = *name == '#' ? g_strdup (name) : lanmu_field_fold (name);
  g_hash_table_insert (self->by_name, key, GINT_TO_POINTER (field + 1));
  return TRUE;
}

LanmuColumnMap *lanmu_column_map_parse (const char *text, GError **error)
{
  g_autoptr (LanmuColumnMap) self = g_new0 (LanmuColumnMap, 1);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) pairs = g_strsplit (text, ",", -1);
  for (char **pair = pairs; *pair != NULL; pair++)
    if (!map_one (self, *pair, error))
      return NULL;
  return g_steal_pointer (&self);
}

void lanmu_column_map_free (LanmuColumnMap *self)
{
  g_hash_table_unref (self->by_name);
  g_free (self);
}

static LanmuField mapped (const LanmuColumnMap *map, guint column, const char *folded)
{
  char number[16];
  if (map == NULL)
    return LANMU_FIELD_NONE;
  g_snprintf (number, sizeof number, "#%u", column + 1);
  gpointer found = g_hash_table_lookup (map->by_name, number);
  if (found == NULL)
    found = g_hash_table_lookup (map->by_name, folded);
  return found != NULL ? GPOINTER_TO_INT (found) - 1 : LANMU_FIELD_NONE;
}

static gboolean is_mapped (const LanmuColumnMap *map, LanmuField field)
{
  GHashTableIter iter;
  gpointer value;
  if (map == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, map->by_name);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (GPOINTER_TO_INT (value) - 1 == (int) field)
      return TRUE;
  return FALSE;
}

/* -- one row -- */

void lanmu_header_free (LanmuHeader *self)
{
  g_free (self->fields);
  g_strfreev (self->names);
  g_free (self);
}

static LanmuHeader *header_from (GPtrArray *cells, guint row, char delimiter, const LanmuColumnMap *map)
{
  LanmuHeader *self = g_new0 (LanmuHeader, 1);
  self->delimiter = delimiter;
  self->row = row;
  self->n_columns = cells->len;
  self->fields = g_new (LanmuField, cells->len);
  self->names = g_new0 (char *, cells->len + 1);
  for (int i = 0; i < LANMU_N_FIELDS; i++)
    self->column[i] = -1;
  for (guint i = 0; i < cells->len; i++) {
    self->names[i] = g_strstrip (g_strdup (g_ptr_array_index (cells, i)));
    g_autofree char *folded = lanmu_field_fold (self->names[i]);
    LanmuField field = mapped (map, i, folded);
    if (field == LANMU_FIELD_NONE) {
      field = lanmu_field_from_text (self->names[i]);
      if (field != LANMU_FIELD_NONE && is_mapped (map, field))
        field = LANMU_FIELD_NONE; /* the person chose another column for it */
    }
    self->fields[i] = field;
    if (field != LANMU_FIELD_NONE && self->column[field] < 0)
      self->column[field] = (int) i;
  }
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

static gboolean is_complete (const LanmuHeader *self)
{
  return self->column[LANMU_FIELD_STUDENT_NO] >= 0 && self->column[LANMU_FIELD_NAME] >= 0 && has_class (self);
}

/* -- the search -- */

/* The better of the two is kept: complete before incomplete, then more fields; the other is freed. */
static LanmuHeader *better (LanmuHeader *a, LanmuHeader *b)
{
  if (a == NULL || b == NULL)
    return a != NULL ? a : b;
  gboolean take_b = is_complete (b) != is_complete (a) ? is_complete (b) : fields_found (b) > fields_found (a);
  lanmu_header_free (take_b ? a : b);
  return take_b ? b : a;
}

static LanmuHeader *find_with (const char *text, gsize length, char delimiter, const LanmuColumnMap *map)
{
  g_autofree char *copy = g_strndup (text, MIN (length, BYTES_LOOKED_AT));
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  LanmuHeader *best = NULL;
  LanmuCsv csv;
  lanmu_csv_init (&csv, copy, strlen (copy), delimiter);
  while (csv.row < ROWS_LOOKED_AT && lanmu_csv_next (&csv, cells)) {
    if (cells->len > 1)
      best = better (best, header_from (cells, csv.row, delimiter, map));
    if (best != NULL && is_complete (best))
      break;
  }
  return best;
}

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

static void say_missing (const LanmuHeader *best, LanmuReport *report)
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

/* Two columns for one thing that identifies somebody: which of them is right is nothing a program may guess. */
static void say_duplicates (const LanmuHeader *self, LanmuReport *report)
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

/* A column the person named and the header does not have. */
static void say_unmapped (const LanmuHeader *self, const LanmuColumnMap *map, LanmuReport *report)
{
  GHashTableIter iter;
  gpointer key;
  if (map == NULL)
    return;
  g_hash_table_iter_init (&iter, map->by_name);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    gboolean there = *(char *) key == '#' && strtoul ((char *) key + 1, NULL, 10) - 1 < self->n_columns;
    for (guint i = 0; i < self->n_columns && !there; i++) {
      g_autofree char *folded = lanmu_field_fold (self->names[i]);
      there = g_str_equal (folded, key);
    }
    if (there)
      continue;
    g_autofree char *names = g_strjoinv (", ", self->names);
    g_autofree char *wanted = g_strdup_printf ("“%s”", (char *) key);
    lanmu_report_add (report, LANMU_PROBLEM_HEADER_NOT_FOUND, self->row, -1, NULL, wanted, names);
  }
}

LanmuHeader *lanmu_header_find (const char *text, gsize length, const LanmuColumnMap *map, LanmuReport *report)
{
  static const char delimiters[] = {',', '\t', ';'};
  g_autoptr (LanmuHeader) best = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    best = better (best, find_with (text, length, delimiters[i], map));
  if (best == NULL || !is_complete (best)) {
    say_missing (best, report);
    return NULL;
  }
  say_duplicates (best, report);
  say_unmapped (best, map, report);
  return lanmu_report_is_refused (report) ? NULL : g_steal_pointer (&best);
}

const char *lanmu_header_get_name (const LanmuHeader *self, LanmuField field)
{
  return self->column[field] >= 0 ? self->names[self->column[field]] : "";
}
