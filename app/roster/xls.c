/* An old Excel workbook; see formats.h and biff.h. Its container is opened by libgsf, which says what it thinks of
 * damaged ones on the terminal: that is kept away from the counselor, the report has one sentence for all of it. */
#include <gsf/gsf-infile-impl.h>
#include <gsf/gsf-infile-msole.h>
#include <gsf/gsf-input-memory.h>
#include <pthread.h>
#include <string.h>

#include "app/roster/biffsheet.h"

static pthread_once_t quiet_once = PTHREAD_ONCE_INIT;

static void say_nothing (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

static void be_quiet (void)
{
  g_log_set_handler ("libgsf:msole", G_LOG_LEVEL_MASK, say_nothing, NULL);
  g_log_set_handler ("libgsf", G_LOG_LEVEL_MASK, say_nothing, NULL);
}

/* gsf_infile_child_by_name says on the terminal why there is none; what it calls says it to us. */
static GsfInput *find_child (GsfInfile *container, const char *name)
{
  g_autoptr (GError) error = NULL;
  const GsfInfileClass *class = G_TYPE_INSTANCE_GET_CLASS (container, GSF_INFILE_TYPE, GsfInfileClass);
  return class->child_by_name (container, name, &error);
}

/* The bytes of the stream, full; NULL: there is none, or it is cut off. */
static guint8 *read_stream (GsfInfile *container, gsize *length)
{
  GsfInput *input = find_child (container, "Workbook");
  if (input == NULL)
    input = find_child (container, "Book");
  if (input == NULL)
    return NULL;
  gsf_off_t size = gsf_input_size (input);
  g_autofree guint8 *data = size > 0 && size <= LANMU_READER_MAX_LOADED ? g_malloc ((gsize) size) : NULL;
  gboolean whole = data != NULL && gsf_input_read (input, (gsize) size, data) != NULL;
  g_object_unref (input);
  *length = (gsize) size;
  return whole ? g_steal_pointer (&data) : NULL;
}

static guint8 *open_container (const char *bytes, gsize size, gsize *length)
{
  pthread_once (&quiet_once, be_quiet);
  GsfInput *memory = gsf_input_memory_new ((const guint8 *) bytes, (gsf_off_t) size, FALSE);
  GsfInfile *container = gsf_infile_msole_new (memory, NULL);
  guint8 *data = container != NULL ? read_stream (container, length) : NULL;
  g_clear_object (&container);
  g_object_unref (memory);
  return data;
}

static gboolean read_sheets (LanmuReader *reader, const LanmuBiffBook *book, const LanmuBiffStream *stream)
{
  guint n_rows = 0;
  for (guint i = 0; i < book->sheets->len; i++) {
    const LanmuBiffSheet *sheet = g_ptr_array_index (book->sheets, i);
    if (reader->sheet (sheet->name, i + 1, sheet->hidden, reader->data) &&
        !lanmu_biff_sheet_read (reader, book, stream, sheet, &n_rows))
      return FALSE;
  }
  return TRUE;
}

static gboolean read_book (LanmuReader *reader, const guint8 *data, gsize length)
{
  LanmuBiffBook book;
  const LanmuBiffStream stream = {data, length, 0};
  lanmu_biff_book_read (&book, data, length);
  gboolean good;
  if (book.locked)
    good = lanmu_reader_say_locked (reader, "xls");
  else if (book.sheets->len == 0)
    good = lanmu_reader_say_damaged (reader, "xls");
  else
    good = read_sheets (reader, &book, &stream);
  lanmu_biff_book_clear (&book);
  return good;
}

/* Another program's file in a container of the old kind. */
static const char *other_document (const char *bytes, gsize length)
{
  static const struct {
    const char *word;
    gsize size;
    const char *what;
  } others[] = {{"W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t", 23, "Word (doc)"},
                {"P\0o\0w\0e\0r\0P\0o\0i\0n\0t", 19, "PowerPoint (ppt)"}};
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (memmem (bytes, length, others[i].word, others[i].size) != NULL)
      return others[i].what;
  return NULL;
}

static gboolean say_no_workbook (LanmuReader *reader, const char *bytes, gsize size)
{
  const char *what = other_document (bytes, size);
  if (what == NULL)
    return lanmu_reader_say_damaged (reader, "xls");
  lanmu_report_reset (reader->report);
  lanmu_report_add (reader->report, LANMU_PROBLEM_OTHER_FORMAT, 0, -1, NULL, what, NULL);
  return FALSE;
}

/* A new workbook with a password lies, sealed, in a container of the old kind. */
static gboolean is_sealed_xlsx (const char *bytes, gsize length)
{
  static const char word[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
  return memmem (bytes, length, word, sizeof word - 1) != NULL;
}

gboolean lanmu_read_xls (LanmuReader *reader)
{
  const char *bytes = lanmu_input_load (reader->input, LANMU_READER_MAX_LOADED, reader->report);
  if (bytes == NULL)
    return FALSE;
  gsize size = lanmu_input_get_size (reader->input), length = 0;
  if (is_sealed_xlsx (bytes, size))
    return lanmu_reader_say_locked (reader, "xlsx");
  reader->encoding = "xls";
  if (*bytes == 0x09)
    return read_book (reader, (const guint8 *) bytes, size);
  g_autofree guint8 *data = open_container (bytes, size, &length);
  return data != NULL ? read_book (reader, data, length) : say_no_workbook (reader, bytes, size);
}
