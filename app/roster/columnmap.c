/* A person's word about columns; see columnmap.h. Pure. */
#include "app/roster/columnmap.h"

#include <stdlib.h>
#include <string.h>

#include "app/i18n.h"

struct _LanmuColumnMap {
  GHashTable *fields; /* folded name, folded letter or "#N" → field + 1 */
  gboolean lenient;
};

char *lanmu_column_letter (guint column)
{
  char text[8], *p = text + sizeof text - 1;
  *p = '\0';
  for (guint left = column + 1; left > 0 && p > text; left = (left - 1) / 26)
    *--p = (char) ('A' + (left - 1) % 26);
  return g_strdup (p);
}

static gboolean map_one (LanmuColumnMap *self, const char *pair, GError **error)
{
  const char *sign = strrchr (pair, '=');
  if (sign == NULL || sign == pair || sign[1] == '\0') {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("“%s” is no COLUMN=FIELD"), pair);
    return FALSE;
  }
  g_autofree char *left = g_strndup (pair, (gsize) (sign - pair));
  const char *column = left;
  LanmuField field = lanmu_field_from_text (sign + 1);
  if (field == LANMU_FIELD_NONE) {
    field = lanmu_field_from_text (left);
    column = sign + 1;
  }
  if (field == LANMU_FIELD_NONE) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("“%s” is no field; use student_no, name, class, sex, id_no, exam_no, college, major or major_code"),
                 sign + 1);
    return FALSE;
  }
  char *key = *column == '#' ? g_strdup (column) : lanmu_field_fold (column);
  g_hash_table_insert (self->fields, key, GINT_TO_POINTER (field + 1));
  return TRUE;
}

LanmuColumnMap *lanmu_column_map_parse (const char *text, GError **error)
{
  g_autoptr (LanmuColumnMap) self = g_new0 (LanmuColumnMap, 1);
  self->fields = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) pairs = g_strsplit (text, ",", -1);
  for (char **pair = pairs; *pair != NULL; pair++)
    if (!map_one (self, *pair, error))
      return NULL;
  return g_steal_pointer (&self);
}

void lanmu_column_map_free (LanmuColumnMap *self)
{
  g_hash_table_unref (self->fields);
  g_free (self);
}

void lanmu_column_map_set_lenient (LanmuColumnMap *self, gboolean lenient)
{
  self->lenient = lenient;
}

gboolean lanmu_column_map_is_lenient (const LanmuColumnMap *self)
{
  return self != NULL && self->lenient;
}

/* The column as "#3" and as "c". */
static gpointer look_up_place (const LanmuColumnMap *self, guint column)
{
  g_autofree char *number = g_strdup_printf ("#%u", column + 1), *letter = lanmu_column_letter (column);
  g_autofree char *folded = g_ascii_strdown (letter, -1);
  gpointer found = g_hash_table_lookup (self->fields, number);
  return found != NULL ? found : g_hash_table_lookup (self->fields, folded);
}

LanmuField lanmu_column_map_look_up (const LanmuColumnMap *self, guint column, const char *folded)
{
  if (self == NULL)
    return LANMU_FIELD_NONE;
  gpointer found = g_hash_table_lookup (self->fields, folded);
  if (found == NULL)
    found = look_up_place (self, column);
  return found != NULL ? GPOINTER_TO_INT (found) - 1 : LANMU_FIELD_NONE;
}

gboolean lanmu_column_map_has (const LanmuColumnMap *self, LanmuField field)
{
  GHashTableIter iter;
  gpointer value;
  if (self == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (GPOINTER_TO_INT (value) - 1 == (int) field)
      return TRUE;
  return FALSE;
}

static gboolean is_answered (const char *key, char *const *names, guint n)
{
  for (guint i = 0; i < n; i++) {
    g_autofree char *letter = lanmu_column_letter (i), *folded = g_ascii_strdown (letter, -1);
    if (g_str_equal (names[i], key) || g_str_equal (folded, key) ||
        (*key == '#' && strtoul (key + 1, NULL, 10) == i + 1))
      return TRUE;
  }
  return FALSE;
}

const char *lanmu_column_map_find_unanswered (const LanmuColumnMap *self, char *const *names, guint n)
{
  GHashTableIter iter;
  gpointer key;
  if (self == NULL || self->lenient)
    return NULL;
  g_hash_table_iter_init (&iter, self->fields);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (!is_answered (key, names, n))
      return key;
  return NULL;
}

char *lanmu_column_map_describe (const LanmuColumnMap *self, char *const *names, guint n)
{
  GString *out = g_string_new (NULL);
  for (guint i = 0; i < n; i++) {
    g_autofree char *folded = lanmu_field_fold (names[i]);
    LanmuField field = lanmu_column_map_look_up (self, i, folded);
    if (field == LANMU_FIELD_NONE || *folded == '\0' || strpbrk (names[i], ",=") != NULL)
      continue;
    g_string_append_printf (out, "%s%s=%s", out->len > 0 ? "," : "", names[i], lanmu_field_to_string (field));
  }
  return g_string_free (out, FALSE);
}
