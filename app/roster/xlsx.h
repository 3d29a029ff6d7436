/* Private to roster/: the parts of an xlsx file. It is a ZIP of XML files; each is inflated and parsed as a stream,
 * none is ever written anywhere, and no name in it is taken for a path of this machine. */
#pragma once

#include <expat.h>
#include <zip.h>

#include "app/roster/formats.h"
#include "app/roster/merges.h"
#include "app/roster/numberformat.h"

G_BEGIN_DECLS

#define LANMU_XLSX_MAX_PART    (1024 * 1024 * 1024) /* bytes of one part, inflated */
#define LANMU_XLSX_MAX_STRINGS (128 * 1024 * 1024)  /* bytes of all shared strings */

/* -- the package (xlsxpackage.c) -- */

typedef struct {
  char *name; /* shown on its tab */
  char *part; /* name in the ZIP */
  gboolean hidden;
} LanmuXlsxSheet;

typedef struct {
  LanmuReader *reader;
  zip_t *zip;
  GPtrArray *sheets;                /* LanmuXlsxSheet */
  char *strings_part, *styles_part; /* NULL: the file has none */
  gboolean from_1904;
} LanmuXlsxPackage;

gboolean lanmu_xlsx_package_open (LanmuXlsxPackage *self, LanmuReader *reader); /* FALSE: said */
void lanmu_xlsx_package_close (LanmuXlsxPackage *self);

/* An expat parser that refuses document types, so that no entity can be declared; names come without their prefix by
 * lanmu_xlsx_local. */
XML_Parser lanmu_xlsx_parser_new (gpointer data, XML_StartElementHandler start, XML_EndElementHandler end,
                                  XML_CharacterDataHandler text);
/* Feeds a part to the parser. *fraction (may be NULL): how much of it is done, kept up while it runs. FALSE: said, or
 * somebody stopped the parser (then nothing is said here). */
gboolean lanmu_xlsx_parse (LanmuXlsxPackage *self, const char *part, XML_Parser parser, double *fraction);

/* A part that is there, in no cipher, of a size we take; NULL: said. */
zip_file_t *lanmu_xlsx_open_part (LanmuXlsxPackage *self, const char *part, guint64 *size);

static inline const char *lanmu_xlsx_local (const char *name)
{
  const char *colon = strrchr (name, ':');
  return colon != NULL ? colon + 1 : name;
}
const char *lanmu_xlsx_attribute (const char **attributes, const char *name); /* NULL = not there */

/* -- texts and formats -- */

typedef struct {
  GByteArray *bytes; /* texts with a '\0' behind each */
  GArray *offsets;   /* guint32 */
} LanmuXlsxStrings;

gboolean lanmu_xlsx_strings_read (LanmuXlsxStrings *self, LanmuXlsxPackage *package);
void lanmu_xlsx_strings_clear (LanmuXlsxStrings *self);
/* _x000D_ and its like become what they stand for; in place. */
void lanmu_xlsx_unescape (GString *text);

/* By cell format (the s of a cell): a LanmuNumberFormat in a byte. */
GByteArray *lanmu_xlsx_styles_read (LanmuXlsxPackage *package); /* NULL: said */

/* Which cells are merged stands behind all rows: the part is inflated once without being parsed, only to find that. */
gboolean lanmu_xlsx_find_merges (LanmuXlsxPackage *package, const char *part, LanmuMerges *merges);

/* -- a sheet (xlsxsheet.c) -- */
gboolean lanmu_xlsx_sheet_read (LanmuXlsxPackage *package, const LanmuXlsxSheet *sheet, const LanmuXlsxStrings *strings,
                                const GByteArray *styles, guint *n_rows);

G_END_DECLS
