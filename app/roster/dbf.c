/* A dBASE table, by shapelib; see formats.h.
 *
 * shapelib believes what the header says: the counts are held against the size of the file first. Chinese tables are
 * nearly always GBK whatever their code page byte says, so the texts themselves decide: UTF-8 when all of them are
 * that, else GB18030, else Big5 when the byte says so. */
#include <shapefil.h>
#include <string.h>

#include "app/roster/big5.h"
#include "app/roster/cells.h"
#include "app/roster/formats.h"

#define HEADER_SIZE 32
#define BIG5_MARK   0x78

typedef struct {
  const char *bytes;
  gsize length, at;
} Memory;

/* -- shapelib reads from memory -- */

static _Thread_local Memory *opening; /* the hook for opening has no other way to know */

/* It also asks for a .cpg beside the table: there is none. */
static SAFile open_memory (const char *name, const char *access)
{
  return g_str_has_suffix (name, ".dbf") ? (SAFile) opening : NULL;
}

static SAOffset read_memory (void *to, SAOffset size, SAOffset count, SAFile file)
{
  Memory *self = (Memory *) file;
  gsize left = self->length - self->at, items = size > 0 ? MIN ((gsize) count, left / size) : 0;
  memcpy (to, self->bytes + self->at, items * size);
  self->at += items * size;
  return items;
}

static SAOffset write_nothing (void *from, SAOffset size, SAOffset count, SAFile file)
{
  return 0;
}

static SAOffset seek_memory (SAFile file, SAOffset offset, int whence)
{
  Memory *self = (Memory *) file;
  gsize base = whence == SEEK_CUR ? self->at : whence == SEEK_END ? self->length : 0;
  if (offset > self->length || base + offset > self->length)
    return (SAOffset) -1;
  self->at = base + offset;
  return 0;
}

static SAOffset tell_memory (SAFile file)
{
  return ((Memory *) file)->at;
}

static int flush_memory (SAFile file)
{
  return 0;
}

static int remove_nothing (const char *name)
{
  return -1;
}

static void say_nothing (const char *message)
{
}

static SAHooks memory_hooks (void)
{
  SAHooks hooks = {0};
  hooks.FOpen = open_memory;
  hooks.FRead = read_memory;
  hooks.FWrite = write_nothing;
  hooks.FSeek = seek_memory;
  hooks.FTell = tell_memory;
  hooks.FFlush = flush_memory;
  hooks.FClose = flush_memory;
  hooks.Remove = remove_nothing;
  hooks.Error = say_nothing;
  hooks.Atof = atof;
  return hooks;
}

/* -- the header against the file -- */

static guint32 little (const char *at, gsize n)
{
  guint32 value = 0;
  for (gsize i = n; i > 0; i--)
    value = value << 8 | (guchar) at[i - 1];
  return value;
}

/* Records, header and fields as they are announced must lie in the file. */
static gboolean is_sound (const char *bytes, gsize length)
{
  guint64 records = little (bytes + 4, 4), header = little (bytes + 8, 2), record = little (bytes + 10, 2), fields = 0;
  if (header < HEADER_SIZE * 2 || header > length || header + records * record > length || records > G_MAXINT)
    return FALSE;
  guint64 width = 1;
  for (gsize at = HEADER_SIZE; at + HEADER_SIZE <= header && bytes[at] != '\r'; at += HEADER_SIZE) {
    gboolean number = bytes[at + 11] == 'N' || bytes[at + 11] == 'F';
    width += number ? (guchar) bytes[at + 16] : little (bytes + at + 16, bytes[at + 11] == 'C' ? 2 : 1);
    fields++;
  }
  return fields > 0 && width <= record;
}

/* -- texts -- */

typedef struct {
  gboolean utf8, gb18030;
  LanmuBig5Count big5;
} Texts;

static void look_at (Texts *texts, const char *text)
{
  gsize length = strlen (text);
  lanmu_big5_count (&texts->big5, text, length);
  texts->utf8 = texts->utf8 && g_utf8_validate (text, -1, NULL);
  if (!texts->gb18030 || texts->utf8)
    return;
  g_autofree char *converted = g_convert (text, (gssize) length, "UTF-8", "GB18030", NULL, NULL, NULL);
  texts->gb18030 = converted != NULL;
}

static const char *guess_charset (DBFHandle table, const char *bytes)
{
  Texts texts = {TRUE, TRUE, {0}};
  char name[XBASE_FLDNAME_LEN_READ + 1];
  for (int field = 0; field < DBFGetFieldCount (table); field++) {
    DBFGetFieldInfo (table, field, name, NULL, NULL);
    look_at (&texts, name);
    texts.gb18030 = TRUE; /* a name of ten bytes may be cut inside a character */
  }
  for (int record = 0; record < DBFGetRecordCount (table) && (texts.utf8 || texts.gb18030); record++)
    for (int field = 0; field < DBFGetFieldCount (table); field++) {
      gboolean is_text = DBFGetNativeFieldType (table, field) == 'C';
      const char *text = is_text ? DBFReadStringAttribute (table, record, field) : NULL;
      if (text != NULL)
        look_at (&texts, text);
    }
  if (texts.utf8)
    return "utf-8";
  if ((guchar) bytes[29] == BIG5_MARK || lanmu_big5_is_likely (&texts.big5))
    return "big5";
  return texts.gb18030 ? "gb18030" : NULL;
}

/* A name of a field may end in half a character. Full. */
static char *decode_name (const char *text, const char *charset)
{
  for (gsize length = strlen (text); length > 0; length--) {
    char *name = g_convert (text, (gssize) length, "UTF-8", charset, NULL, NULL, NULL);
    if (name != NULL)
      return name;
  }
  return g_strdup ("");
}

/* -- fields that are no text -- */

/* FoxPro's binary fields as what a person reads; memo fields lie in another file. */
static char *decode_binary (char type, const char *bytes)
{
  guint64 all = (guint64) little (bytes, 4) | (guint64) little (bytes + 4, type == 'I' ? 0 : 4) << 32;
  double number;
  GDate date;
  guint32 julian = little (bytes, 4);
  switch (type) {
  case 'I':
    return g_strdup_printf ("%d", (gint32) julian);
  case 'B':
    memcpy (&number, &all, sizeof number);
    return g_strdup_printf ("%.15g", number);
  case 'Y':
    return g_strdup_printf ("%.4f", (double) (gint64) all / 10000);
  case 'T': /* days since the beginning of Julian time; those since year 1 are 1721425 fewer */
    if (julian <= 1721425 || julian > 5373484)
      return g_strdup ("");
    g_date_clear (&date, 1);
    g_date_set_julian (&date, julian - 1721425);
    return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&date), (int) g_date_get_month (&date),
                            (int) g_date_get_day (&date));
  default:
    return NULL;
  }
}

static gboolean is_elsewhere (char type)
{
  return type == 'M' || type == 'G' || type == 'P' || type == 'W' || type == '0';
}

/* -- rows -- */

static gboolean hand_over (LanmuReader *reader, LanmuCells *cells, guint number, gboolean *wanted)
{
  LanmuRow row;
  if (cells->too_wide)
    return lanmu_reader_say_too_large (reader, "> 256 columns 列", "256");
  lanmu_cells_end (cells, number, FALSE, &row);
  *wanted = row.n_cells == 0 || reader->row (&row, reader->data);
  return TRUE;
}

static gboolean read_names (LanmuReader *reader, DBFHandle table, const char *charset, LanmuCells *cells,
                            gboolean *wanted)
{
  char name[XBASE_FLDNAME_LEN_READ + 1];
  lanmu_cells_begin (cells);
  for (int field = 0; field < DBFGetFieldCount (table); field++) {
    DBFGetFieldInfo (table, field, name, NULL, NULL);
    g_autofree char *decoded = decode_name (name, charset);
    lanmu_cells_put (cells, (guint) field, decoded, -1, 0);
  }
  return hand_over (reader, cells, 1, wanted);
}

/* Where a record of a sound table lies is in its header. NULL: the field is text. */
static char *read_binary (DBFHandle table, int record, int field, char type)
{
  const DBFInfo *info = table;
  if (strchr ("IBYT", type) == NULL || info->panFieldSize[field] < (type == 'I' ? 4 : 8))
    return NULL;
  const Memory *memory = (const Memory *) info->fp;
  gsize at =
      (gsize) info->nHeaderLength + (gsize) record * (gsize) info->nRecordLength + (gsize) info->panFieldOffset[field];
  if (type == 'B' && info->panFieldSize[field] != 8)
    return NULL;
  return at + 8 <= memory->length || (type == 'I' && at + 4 <= memory->length)
             ? decode_binary (type, memory->bytes + at)
             : g_strdup ("");
}

/* Which columns hold nothing here, said once each. */
static void say_memos (LanmuReader *reader, DBFHandle table, const char *charset)
{
  char name[XBASE_FLDNAME_LEN_READ + 1];
  for (int field = 0; field < DBFGetFieldCount (table); field++) {
    DBFGetFieldInfo (table, field, name, NULL, NULL);
    char type = (char) DBFGetNativeFieldType (table, field);
    g_autofree char *decoded = decode_name (name, charset);
    if (is_elsewhere (type) && type != '0')
      lanmu_report_add (reader->report, LANMU_PROBLEM_MEMO_COLUMN, 1, field, decoded, NULL, NULL);
  }
}

static void say_no_text (LanmuReader *reader, int record)
{
  g_autofree char *row = g_strdup_printf ("%d", record + 2);
  lanmu_report_reset (reader->report);
  lanmu_report_add (reader->report, LANMU_PROBLEM_ENCODING, 0, -1, NULL, row, NULL);
}

/* The row of the names is 1, as a spreadsheet shows a table; a record that was deleted keeps its number. */
static gboolean read_record (LanmuReader *reader, DBFHandle table, int record, const char *charset, LanmuCells *cells,
                             gboolean *wanted)
{
  lanmu_cells_begin (cells);
  for (int field = 0; field < DBFGetFieldCount (table); field++) {
    char type = (char) DBFGetNativeFieldType (table, field);
    g_autofree char *decoded = is_elsewhere (type) ? g_strdup ("") : read_binary (table, record, field, type);
    const char *text = decoded == NULL ? DBFReadStringAttribute (table, record, field) : NULL;
    if (decoded == NULL)
      decoded = g_convert (text != NULL ? text : "", -1, "UTF-8", charset, NULL, NULL, NULL);
    if (decoded == NULL) {
      say_no_text (reader, record);
      return FALSE;
    }
    lanmu_cells_put (cells, (guint) field, decoded, -1, 0);
  }
  return hand_over (reader, cells, (guint) record + 2, wanted);
}

static gboolean read_table (LanmuReader *reader, DBFHandle table, const char *bytes)
{
  gboolean wanted = TRUE;
  guint n_rows = 0;
  int records = DBFGetRecordCount (table);
  const char *charset = guess_charset (table, bytes);
  g_auto (LanmuCells) cells = {0};
  if (charset == NULL) {
    say_no_text (reader, 0);
    return FALSE;
  }
  reader->encoding = charset;
  if (!reader->sheet ("", 1, FALSE, reader->data))
    return TRUE;
  lanmu_cells_init (&cells);
  say_memos (reader, table, charset);
  if (!read_names (reader, table, charset, &cells, &wanted))
    return FALSE;
  for (int record = 0; record < records && wanted; record++) {
    if (!lanmu_reader_may_go_on (reader, &n_rows, (double) record / records))
      return FALSE;
    if (!DBFIsRecordDeleted (table, record) && !read_record (reader, table, record, charset, &cells, &wanted))
      return FALSE;
  }
  return TRUE;
}

gboolean lanmu_read_dbf (LanmuReader *reader)
{
  const char *bytes = lanmu_input_load (reader->input, LANMU_READER_MAX_LOADED, reader->report);
  if (bytes == NULL)
    return FALSE;
  Memory memory = {bytes, lanmu_input_get_size (reader->input), 0};
  if (!is_sound (bytes, memory.length))
    return lanmu_reader_say_damaged (reader, "dbf");
  SAHooks hooks = memory_hooks ();
  opening = &memory;
  DBFHandle table = DBFOpenLL ("list.dbf", "rb", &hooks);
  opening = NULL;
  if (table == NULL)
    return lanmu_reader_say_damaged (reader, "dbf");
  gboolean good =
      DBFGetFieldCount (table) > 0 ? read_table (reader, table, bytes) : lanmu_reader_say_damaged (reader, "dbf");
  DBFClose (table);
  return good;
}
