/* The cell formats of an xlsx; see xlsx.h and numberformat.h. */
#include <stdlib.h>
#include <string.h>

#include "app/roster/xlsx.h"

#define MAX_FORMATS 65536

typedef struct {
  GHashTable *codes; /* number → format + 1, of the file's own formats */
  GByteArray *by_cell;
  gboolean in_cells;
} Reading;

static guint number_of (const char **attributes, const char *name)
{
  const char *text = lanmu_xlsx_attribute (attributes, name);
  return text != NULL ? (guint) strtoul (text, NULL, 10) : 0;
}

static void start (void *parser, const char *name, const char **attributes)
{
  Reading *self = XML_GetUserData (parser);
  const char *local = lanmu_xlsx_local (name), *code = lanmu_xlsx_attribute (attributes, "formatCode");
  if (strcmp (local, "cellXfs") == 0)
    self->in_cells = TRUE;
  if (strcmp (local, "numFmt") == 0 && code != NULL && g_hash_table_size (self->codes) < MAX_FORMATS)
    g_hash_table_insert (self->codes, GUINT_TO_POINTER (number_of (attributes, "numFmtId")),
                         GUINT_TO_POINTER (lanmu_number_format_parse (code) + 1));
  if (strcmp (local, "xf") != 0 || !self->in_cells || self->by_cell->len >= MAX_FORMATS)
    return;
  guint number = number_of (attributes, "numFmtId");
  guint own = GPOINTER_TO_UINT (g_hash_table_lookup (self->codes, GUINT_TO_POINTER (number)));
  guint8 format = (guint8) (own > 0 ? own - 1 : lanmu_number_format_builtin (number));
  g_byte_array_append (self->by_cell, &format, 1);
}

static void end (void *parser, const char *name)
{
  Reading *self = XML_GetUserData (parser);
  if (strcmp (lanmu_xlsx_local (name), "cellXfs") == 0)
    self->in_cells = FALSE;
}

GByteArray *lanmu_xlsx_styles_read (LanmuXlsxPackage *package)
{
  g_autoptr (GHashTable) codes = g_hash_table_new (NULL, NULL);
  g_autoptr (GByteArray) by_cell = g_byte_array_new ();
  Reading reading = {codes, by_cell, FALSE};
  if (package->styles_part == NULL)
    return g_steal_pointer (&by_cell);
  XML_Parser parser = lanmu_xlsx_parser_new (&reading, start, end, NULL);
  gboolean good = lanmu_xlsx_parse (package, package->styles_part, parser, NULL);
  XML_ParserFree (parser);
  return good ? g_steal_pointer (&by_cell) : NULL;
}
