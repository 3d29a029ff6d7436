/* The ZIP around an xlsx, and which part is what; see xlsx.h. */
#include <string.h>

#include "app/roster/xlsx.h"

#define BLOCK      (64 * 1024)
#define MAX_SHEETS 1024

const char *lanmu_xlsx_attribute (const char **attributes, const char *name)
{
  for (; attributes[0] != NULL; attributes += 2)
    if (strcmp (lanmu_xlsx_local (attributes[0]), name) == 0)
      return attributes[1];
  return NULL;
}

/* No xlsx has one; entities that multiply would come by it. */
static void refuse_doctype (void *parser, const char *name, const char *system, const char *public, int internal)
{
  XML_StopParser (parser, XML_TRUE); /* resumable: how feed tells this stop from those of the other handlers */
}

XML_Parser lanmu_xlsx_parser_new (gpointer data, XML_StartElementHandler start, XML_EndElementHandler end,
                                  XML_CharacterDataHandler text)
{
  XML_Parser parser = XML_ParserCreate (NULL);
  XML_UseParserAsHandlerArg (parser);
  XML_SetUserData (parser, data);
  XML_SetElementHandler (parser, start, end);
  XML_SetCharacterDataHandler (parser, text);
  XML_SetStartDoctypeDeclHandler (parser, refuse_doctype);
  return parser;
}

static gboolean say_damaged (LanmuXlsxPackage *self)
{
  return lanmu_reader_say_damaged (self->reader, "xlsx");
}

/* A part that is inflated block by block into the parser. */
static gboolean feed (LanmuXlsxPackage *self, zip_file_t *file, guint64 size, XML_Parser parser, double *fraction)
{
  guint64 done = 0;
  zip_int64_t got = 1;
  while (got > 0) {
    void *block = XML_GetBuffer (parser, BLOCK);
    got = block != NULL ? zip_fread (file, block, BLOCK) : -1;
    if (got < 0)
      return say_damaged (self);
    done += (guint64) got;
    if (done > LANMU_XLSX_MAX_PART)
      return lanmu_reader_say_too_large (self->reader, "> 1 GB", "1 GB");
    if (fraction != NULL)
      *fraction = size > 0 ? (double) done / (double) size : 0;
    if (XML_ParseBuffer (parser, (int) got, got == 0) == XML_STATUS_OK)
      continue;
    /* a handler that stopped the parser knows why */
    return XML_GetErrorCode (parser) == XML_ERROR_ABORTED ? FALSE : say_damaged (self);
  }
  return TRUE;
}

zip_file_t *lanmu_xlsx_open_part (LanmuXlsxPackage *self, const char *part, guint64 *size)
{
  zip_stat_t stat;
  zip_file_t *file = NULL;
  zip_int64_t index = zip_name_locate (self->zip, part, ZIP_FL_NOCASE);
  if (index < 0 || zip_stat_index (self->zip, (zip_uint64_t) index, 0, &stat) != 0)
    say_damaged (self);
  else if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
    lanmu_reader_say_locked (self->reader, "xlsx");
  else if (stat.size > LANMU_XLSX_MAX_PART)
    lanmu_reader_say_too_large (self->reader, "> 1 GB", "1 GB");
  else if ((file = zip_fopen_index (self->zip, (zip_uint64_t) index, 0)) == NULL)
    say_damaged (self);
  *size = file != NULL ? stat.size : 0;
  return file;
}

gboolean lanmu_xlsx_parse (LanmuXlsxPackage *self, const char *part, XML_Parser parser, double *fraction)
{
  guint64 size;
  zip_file_t *file = lanmu_xlsx_open_part (self, part, &size);
  if (file == NULL)
    return FALSE;
  gboolean good = feed (self, file, size, parser, fraction);
  zip_fclose (file);
  return good;
}

/* -- relations: which part is what -- */

typedef struct {
  GHashTable *targets;               /* id → part */
  char *strings, *styles, *workbook; /* parts */
  const char *base;                  /* folder of the part that relates, with its / */
} Relations;

/* "../styles.xml" beside "xl/": only names inside the ZIP come of it. */
static char *resolve (const char *base, const char *target)
{
  if (*target == '/')
    return g_strdup (target + 1);
  g_autofree char *joined = g_strconcat (base, target, NULL);
  g_auto (GStrv) words = g_strsplit (joined, "/", 64);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  for (char **word = words; *word != NULL; word++) {
    if (g_str_equal (*word, "..") && kept->len > 0)
      g_ptr_array_set_size (kept, (int) kept->len - 1);
    else if (**word != '\0' && !g_str_equal (*word, ".") && !g_str_equal (*word, ".."))
      g_ptr_array_add (kept, *word);
  }
  g_ptr_array_add (kept, NULL);
  return g_strjoinv ("/", (GStrv) kept->pdata);
}

static void start_relation (void *parser, const char *name, const char **attributes)
{
  Relations *self = XML_GetUserData (parser);
  const char *id = lanmu_xlsx_attribute (attributes, "Id"), *type = lanmu_xlsx_attribute (attributes, "Type"),
             *target = lanmu_xlsx_attribute (attributes, "Target");
  if (strcmp (lanmu_xlsx_local (name), "Relationship") != 0 || id == NULL || type == NULL || target == NULL)
    return;
  char *part = resolve (self->base, target);
  char **place = g_str_has_suffix (type, "/sharedStrings")    ? &self->strings
                 : g_str_has_suffix (type, "/styles")         ? &self->styles
                 : g_str_has_suffix (type, "/officeDocument") ? &self->workbook
                                                              : NULL;
  if (place != NULL) {
    g_free (*place);
    *place = g_strdup (part);
  }
  g_hash_table_replace (self->targets, g_strdup (id), part);
}

static gboolean read_relations (LanmuXlsxPackage *self, const char *part, Relations *relations)
{
  XML_Parser parser = lanmu_xlsx_parser_new (relations, start_relation, NULL, NULL);
  gboolean good = lanmu_xlsx_parse (self, part, parser, NULL);
  XML_ParserFree (parser);
  return good;
}

static void relations_init (Relations *self, const char *base)
{
  *self = (Relations){.targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free), .base = base};
}

static void relations_clear (Relations *self)
{
  g_hash_table_unref (self->targets);
  g_free (self->strings);
  g_free (self->styles);
  g_free (self->workbook);
}

/* -- the workbook: its sheets in their order -- */

typedef struct {
  LanmuXlsxPackage *package;
  const Relations *relations;
} Workbook;

static void start_workbook (void *parser, const char *name, const char **attributes)
{
  Workbook *self = XML_GetUserData (parser);
  const char *local = lanmu_xlsx_local (name);
  if (strcmp (local, "workbookPr") == 0) {
    const char *dates = lanmu_xlsx_attribute (attributes, "date1904");
    self->package->from_1904 = dates != NULL && (*dates == '1' || g_ascii_strcasecmp (dates, "true") == 0);
  }
  const char *title = lanmu_xlsx_attribute (attributes, "name"), *id = NULL,
             *state = lanmu_xlsx_attribute (attributes, "state");
  for (const char **at = attributes; *at != NULL; at += 2)
    if (strcmp (lanmu_xlsx_local (at[0]), "id") == 0 && strchr (at[0], ':') != NULL)
      id = at[1]; /* r:id; sheetId is something else */
  const char *part = id != NULL ? g_hash_table_lookup (self->relations->targets, id) : NULL;
  if (strcmp (local, "sheet") != 0 || part == NULL || self->package->sheets->len >= MAX_SHEETS)
    return;
  LanmuXlsxSheet *sheet = g_new0 (LanmuXlsxSheet, 1);
  *sheet = (LanmuXlsxSheet){g_strdup (title != NULL ? title : ""), g_strdup (part),
                            state != NULL && g_str_has_suffix (state, "idden")}; /* hidden, veryHidden */
  g_ptr_array_add (self->package->sheets, sheet);
}

static gboolean read_workbook (LanmuXlsxPackage *self, const char *part)
{
  const char *slash = strrchr (part, '/');
  g_autofree char *base = slash != NULL ? g_strndup (part, (gsize) (slash + 1 - part)) : g_strdup ("");
  g_autofree char *beside = g_strdup_printf ("%s_rels/%s.rels", base, part + strlen (base));
  Relations relations;
  relations_init (&relations, base);
  gboolean good = read_relations (self, beside, &relations);
  if (good) {
    Workbook workbook = {self, &relations};
    XML_Parser parser = lanmu_xlsx_parser_new (&workbook, start_workbook, NULL, NULL);
    good = lanmu_xlsx_parse (self, part, parser, NULL);
    XML_ParserFree (parser);
    self->strings_part = g_steal_pointer (&relations.strings);
    self->styles_part = g_steal_pointer (&relations.styles);
  }
  relations_clear (&relations);
  return good;
}

/* -- the package -- */

static void sheet_free (gpointer data)
{
  LanmuXlsxSheet *sheet = data;
  g_free (sheet->name);
  g_free (sheet->part);
  g_free (sheet);
}

static gboolean open_zip (LanmuXlsxPackage *self)
{
  const char *bytes = lanmu_input_load (self->reader->input, LANMU_READER_MAX_LOADED, self->reader->report);
  if (bytes == NULL)
    return FALSE;
  zip_source_t *source = zip_source_buffer_create (bytes, lanmu_input_get_size (self->reader->input), 0, NULL);
  self->zip = source != NULL ? zip_open_from_source (source, ZIP_RDONLY, NULL) : NULL;
  if (self->zip == NULL && source != NULL)
    zip_source_free (source);
  return self->zip != NULL || say_damaged (self);
}

/* A ZIP that is something else. */
static const char *other_format (zip_t *zip)
{
  static const struct {
    const char *part, *what;
  } others[] = {{"xl/workbook.bin", "xlsb"},
                {"word/document.xml", "Word (docx)"},
                {"content.xml", "ODS/OpenDocument"},
                {"Index/Document.iwa", "Numbers"}};
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (zip_name_locate (zip, others[i].part, 0) >= 0)
      return others[i].what;
  return "ZIP";
}

gboolean lanmu_xlsx_package_open (LanmuXlsxPackage *self, LanmuReader *reader)
{
  Relations root;
  *self = (LanmuXlsxPackage){.reader = reader, .sheets = g_ptr_array_new_with_free_func (sheet_free)};
  if (!open_zip (self))
    return FALSE;
  relations_init (&root, "");
  gboolean has_root = zip_name_locate (self->zip, "_rels/.rels", ZIP_FL_NOCASE) >= 0;
  gboolean good = !has_root || read_relations (self, "_rels/.rels", &root);
  const char *part = root.workbook != NULL ? root.workbook : "xl/workbook.xml";
  if (good && !g_str_has_suffix (part, "workbook.xml") && zip_name_locate (self->zip, part, ZIP_FL_NOCASE) < 0)
    part = "xl/workbook.xml";
  if (good && (zip_name_locate (self->zip, part, ZIP_FL_NOCASE) < 0 || !g_str_has_suffix (part, ".xml") ||
               g_str_has_prefix (part, "word/"))) {
    lanmu_report_add (reader->report, LANMU_PROBLEM_OTHER_FORMAT, 0, -1, NULL, other_format (self->zip), NULL);
    good = FALSE;
  }
  good = good && read_workbook (self, part);
  relations_clear (&root);
  return good && (self->sheets->len > 0 || say_damaged (self));
}

void lanmu_xlsx_package_close (LanmuXlsxPackage *self)
{
  if (self->zip != NULL)
    zip_discard (self->zip);
  g_ptr_array_unref (self->sheets);
  g_free (self->strings_part);
  g_free (self->styles_part);
}
