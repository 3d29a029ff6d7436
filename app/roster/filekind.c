/* What kind of file is it, by its first bytes; see formats.h. Names lie: school systems save HTML as .xls, and people
 * rename .xls to .xlsx when a form asks for it. */
#include "app/roster/formats.h"

#include <string.h>

#define LOOKED_AT 4096

typedef struct {
  const char *magic;
  gsize length;
  LanmuFileKind kind;
  const char *what;
} Magic;

static const Magic magics[] = {
    {"PK\x03\x04", 4, LANMU_FILE_XLSX, "xlsx"},
    {"PK\x05\x06", 4, LANMU_FILE_OTHER, "ZIP (empty 空)"},
    {"\xD0\xCF\x11\xE0", 4, LANMU_FILE_XLS, "xls"},
    {"\x09\x08\x08\x00", 4, LANMU_FILE_XLS, "xls"}, /* Excel 5 without its container, as report programs write it */
    {"\x09\x08\x10\x00", 4, LANMU_FILE_XLS, "xls"},
    {"\x09\x00\x04\x00", 4, LANMU_FILE_OTHER, "Excel 2"},
    {"\x09\x02\x06\x00", 4, LANMU_FILE_OTHER, "Excel 3"},
    {"\x09\x04\x06\x00", 4, LANMU_FILE_OTHER, "Excel 4"},
    {"%PDF", 4, LANMU_FILE_OTHER, "PDF"},
    {"{\\rtf", 5, LANMU_FILE_OTHER, "RTF"},
    {"\xFF\xD8\xFF", 3, LANMU_FILE_OTHER, "JPEG"},
    {"\x89PNG", 4, LANMU_FILE_OTHER, "PNG"},
    {"Rar!", 4, LANMU_FILE_OTHER, "RAR"},
    {"7z\xBC\xAF", 4, LANMU_FILE_OTHER, "7z"},
    {"\x1F\x8B", 2, LANMU_FILE_OTHER, "gzip"},
    {"GIF8", 4, LANMU_FILE_OTHER, "GIF"},
    {"BM", 2, LANMU_FILE_OTHER, "BMP"},
    {"II*\0", 4, LANMU_FILE_OTHER, "TIFF"},
    {"MM\0*", 4, LANMU_FILE_OTHER, "TIFF"},
    {"MZ", 2, LANMU_FILE_OTHER, "EXE"},
    {"MIME-Version:", 13, LANMU_FILE_OTHER, "MHT (web archive 网页存档)"},
    {"BZh", 3, LANMU_FILE_OTHER, "bzip2"},
    {"\xFD"
     "7zXZ",
     5, LANMU_FILE_OTHER, "xz"},
    {"SQLite format 3", 15, LANMU_FILE_OTHER, "SQLite"},
};

static guint32 little (const char *bytes, gsize n)
{
  guint32 value = 0;
  for (gsize i = n; i > 0; i--)
    value = value << 8 | (guchar) bytes[i - 1];
  return value;
}

/* dBASE III and its children: a known version, a date, a header whose length fits its fields, records of some size. */
static gboolean is_dbf (const char *bytes, gsize length)
{
  if (length < 65 || memchr ("\x02\x03\x04\x05\x30\x31\x32\x43\x63\x83\x8B\xCB\xF5\xFB", bytes[0], 14) == NULL)
    return FALSE;
  guint32 header = little (bytes + 8, 2), record = little (bytes + 10, 2);
  return (guchar) bytes[2] <= 12 && (guchar) bytes[3] <= 31 && header >= 65 && record >= 2 && header < 65535;
}

/* The first tag behind blanks, comments and a byte order mark, in small letters; "" when it is no markup. */
static void first_words (const char *bytes, gsize length, char *out, gsize room)
{
  gsize step = 1, at = 0, n = 0;
  if (length >= 2 && (memcmp (bytes, "\xFF\xFE", 2) == 0 || memcmp (bytes, "\xFE\xFF", 2) == 0)) {
    step = 2;
    at = bytes[0] == '\xFF' ? 2 : 3;
  } else if (length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0) {
    at = 3;
  }
  while (at < length && g_ascii_isspace (bytes[at]))
    at += step;
  for (; at < length && n + 1 < room && bytes[at] != '\0'; at += step)
    out[n++] = g_ascii_tolower (bytes[at]);
  out[n] = '\0';
}

static LanmuFileKind guess_markup (const char *text, const char **what)
{
  static const char *const html[] = {"<html", "<!doctype html", "<table", "<meta", "<head", "<body", "<style", "<div"};
  for (gsize i = 0; i < G_N_ELEMENTS (html); i++)
    if (g_str_has_prefix (text, html[i]))
      return LANMU_FILE_HTML;
  if (!g_str_has_prefix (text, "<?xml") && !g_str_has_prefix (text, "<!--"))
    return LANMU_FILE_CSV;
  if (strstr (text, "urn:schemas-microsoft-com:office:spreadsheet") != NULL || strstr (text, "<workbook") != NULL)
    return LANMU_FILE_XML;
  if (strstr (text, "<html") != NULL || strstr (text, "<table ") != NULL || strstr (text, "<table>") != NULL)
    return LANMU_FILE_HTML;
  *what = "XML";
  return LANMU_FILE_OTHER;
}

LanmuFileKind lanmu_file_kind_guess (LanmuInput *input, const char **what, LanmuReport *report)
{
  char bytes[LOOKED_AT], text[LOOKED_AT];
  gssize got = lanmu_input_read (input, 0, bytes, sizeof bytes, report);
  if (got <= 0)
    return LANMU_FILE_OTHER;
  gsize length = (gsize) got;
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if (length >= magics[i].length && memcmp (bytes, magics[i].magic, magics[i].length) == 0 &&
        (magics[i].length > 2 || memchr (bytes, '\0', length) != NULL)) { /* "BM,…" may begin a list */
      *what = magics[i].what;
      return magics[i].kind;
    }
  if (is_dbf (bytes, length))
    return LANMU_FILE_DBF;
  first_words (bytes, length, text, sizeof text);
  return *text == '<' ? guess_markup (text, what) : LANMU_FILE_CSV;
}
