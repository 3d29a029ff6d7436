/* An xlsx file; see formats.h and xlsx.h. */
#include <string.h>

#include "app/roster/xlsx.h"

static gboolean read_sheets (LanmuXlsxPackage *package, const LanmuXlsxStrings *strings, const GByteArray *styles)
{
  LanmuReader *reader = package->reader;
  guint n_rows = 0;
  for (guint i = 0; i < package->sheets->len; i++) {
    const LanmuXlsxSheet *sheet = g_ptr_array_index (package->sheets, i);
    if (!reader->sheet (sheet->name, i + 1, sheet->hidden, reader->data))
      continue;
    if (!lanmu_xlsx_sheet_read (package, sheet, strings, styles, &n_rows))
      return FALSE;
  }
  return TRUE;
}

gboolean lanmu_read_xlsx (LanmuReader *reader)
{
  LanmuXlsxPackage package;
  reader->encoding = "utf-8";
  gboolean good = lanmu_xlsx_package_open (&package, reader);
  if (good) {
    LanmuXlsxStrings strings;
    g_autoptr (GByteArray) styles = NULL;
    good = lanmu_xlsx_strings_read (&strings, &package) && (styles = lanmu_xlsx_styles_read (&package)) != NULL &&
           read_sheets (&package, &strings, styles);
    lanmu_xlsx_strings_clear (&strings);
  }
  lanmu_xlsx_package_close (&package);
  return good;
}
