/* A CSV file, read in blocks; see formats.h.
 *
 * The buffer is filled up whenever less than RECORD_MAX of it is left, so that a record always lies in it whole: the
 * parser cuts cells where they lie and never looks back. A record longer than that is no list. */
#include "app/roster/csv.h"
#include "app/roster/encoding.h"
#include "app/roster/formats.h"

#include <string.h>

#define BUFFER_SIZE  (1024 * 1024)
#define RECORD_MAX   (256 * 1024)
#define HEAD_MAX     (64 * 1024)
#define ROWS_GUESSED 40

typedef struct {
  LanmuReader *reader;
  LanmuDecoder *decoder;
  char *buffer; /* BUFFER_SIZE + 1 */
  LanmuCsv csv;
  gboolean over; /* the decoder has nothing more */
} CsvFile;

static LanmuHeader *find_header (const char *text, char delimiter, const LanmuColumnMap *map)
{
  g_autofree char *copy = g_strndup (text, HEAD_MAX);
  const char *whole;
  if (!g_utf8_validate (copy, -1, &whole))
    copy[whole - copy] = '\0'; /* cut inside a character */
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  g_autoptr (LanmuHeaderSearch) search = lanmu_header_search_new (map);
  LanmuCsv csv;
  lanmu_csv_init (&csv, copy, strlen (copy), delimiter);
  while (csv.row < ROWS_GUESSED && lanmu_csv_next (&csv, cells))
    if (cells->len > 1 && lanmu_header_search_add (search, (char **) cells->pdata, cells->len, csv.row))
      break;
  return lanmu_header_search_end (search);
}

/* The separator by which the header makes most sense; a comma when none does. */
static char guess_delimiter (const char *text, const LanmuColumnMap *map)
{
  static const char delimiters[] = {',', '\t', ';', '|'};
  g_autoptr (LanmuHeader) best = NULL;
  char delimiter = ',';
  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++) {
    g_autoptr (LanmuHeader) header = find_header (text, delimiters[i], map);
    if (!lanmu_header_is_better (header, best))
      continue;
    g_clear_pointer (&best, lanmu_header_free);
    best = g_steal_pointer (&header);
    delimiter = delimiters[i];
  }
  return delimiter;
}

/* What is left moves to the front, and more comes behind it. */
static gboolean fill (CsvFile *self)
{
  gsize have = self->csv.at != NULL ? (gsize) (self->csv.end - self->csv.at) : 0;
  if (have > 0)
    memmove (self->buffer, self->csv.at, have);
  while (!self->over && BUFFER_SIZE - have >= 16) {
    gssize got = lanmu_decoder_read (self->decoder, self->buffer + have, BUFFER_SIZE - have, self->reader->report);
    if (got < 0)
      return FALSE;
    self->over = got == 0;
    have += (gsize) got;
  }
  self->buffer[have] = '\0';
  lanmu_csv_move (&self->csv, self->buffer, have);
  return TRUE;
}

static gboolean say_open_quote (CsvFile *self)
{
  lanmu_report_reset (self->reader->report);
  lanmu_report_add (self->reader->report, LANMU_PROBLEM_OPEN_QUOTE, self->csv.row, -1, NULL, NULL, NULL);
  return FALSE;
}

static gboolean take_record (CsvFile *self, GPtrArray *cells, guint *n_rows, gboolean *wanted)
{
  LanmuReader *reader = self->reader;
  if (!self->over && self->csv.at >= self->csv.end) {
    g_autofree char *is = g_strdup_printf ("row %u 行 > %d KB", self->csv.row, RECORD_MAX / 1024);
    return lanmu_reader_say_too_large (reader, is, "256 KB");
  }
  double done = (double) lanmu_decoder_get_offset (self->decoder) / (double) lanmu_input_get_size (reader->input);
  if (!lanmu_reader_may_go_on (reader, n_rows, done))
    return FALSE;
  LanmuRow row = {self->csv.row, FALSE, cells->len, (char **) cells->pdata, NULL};
  *wanted = reader->row (&row, reader->data);
  return TRUE;
}

static gboolean read_records (CsvFile *self)
{
  g_autoptr (GPtrArray) cells = g_ptr_array_new ();
  gboolean wanted = TRUE;
  guint n_rows = 0;
  while (wanted) {
    if (!self->over && self->csv.end - self->csv.at < RECORD_MAX && !fill (self))
      return FALSE;
    if (!lanmu_csv_next (&self->csv, cells))
      break;
    if (!take_record (self, cells, &n_rows, &wanted))
      return FALSE;
  }
  return self->csv.open_quote ? say_open_quote (self) : TRUE;
}

gboolean lanmu_read_csv (LanmuReader *reader)
{
  LanmuEncoding encoding;
  if (lanmu_input_get_size (reader->input) > LANMU_READER_MAX_BYTES)
    return lanmu_input_load (reader->input, LANMU_READER_MAX_BYTES, reader->report) != NULL; /* says so */
  if (!lanmu_encoding_find (reader->input, &encoding, reader->report))
    return FALSE;
  reader->encoding = encoding.name;
  g_autoptr (LanmuDecoder) decoder = lanmu_decoder_new (reader->input, &encoding);
  g_autofree char *buffer = g_malloc (BUFFER_SIZE + 1);
  CsvFile self = {reader, decoder, buffer, {0}, FALSE};
  if (!fill (&self))
    return FALSE;
  self.csv.delimiter = guess_delimiter (buffer, reader->map);
  return !reader->sheet ("", 1, FALSE, reader->data) || read_records (&self);
}
