/* Reading one file into students; see list.h. */
#include "app/roster/list.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/format.h"
#include "app/roster/csv.h"
#include "app/roster/encoding.h"
#include "app/roster/reading.h"
#include "app/roster/rules.h"

static void say_too_large (LanmuReport *report, const char *is, const char *most)
{
  lanmu_report_add (report, LANMU_PROBLEM_TOO_LARGE, 0, -1, NULL, is, most);
}

static void read_rows (LanmuList *list, gsize length, LanmuReport *report)
{
  LanmuReading reading = {list, report, g_ptr_array_new (), 0};
  LanmuCsv csv;
  lanmu_csv_init (&csv, list->text, length, list->header->delimiter);
  while (lanmu_csv_next (&csv, reading.cells)) {
    reading.row = csv.row;
    if (csv.row > LANMU_LIST_MAX_ROWS)
      break;
    if (csv.row > list->header->row)
      lanmu_reading_take_row (&reading);
  }
  if (csv.open_quote)
    lanmu_report_add (report, LANMU_PROBLEM_OPEN_QUOTE, csv.row, -1, NULL, NULL, NULL);
  else if (csv.row > LANMU_LIST_MAX_ROWS)
    say_too_large (report, "> 500,000 rows 行", "500,000");
  else if (list->students->len == 0 && !lanmu_report_is_refused (report))
    lanmu_report_add (report, LANMU_PROBLEM_NO_STUDENTS, list->header->row, -1, NULL, NULL, NULL);
  g_ptr_array_unref (reading.cells);
}

static LanmuList *list_new (const char *file_name)
{
  LanmuList *self = g_new0 (LanmuList, 1);
  self->file_name = g_path_get_basename (file_name);
  self->students = g_array_new (FALSE, FALSE, sizeof (LanmuStudentRow));
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));
  self->chunk = g_string_chunk_new (64 * 1024);
  return self;
}

void lanmu_list_free (LanmuList *self)
{
  g_free (self->file_name);
  g_free (self->sha256);
  g_clear_pointer (&self->header, lanmu_header_free);
  g_array_unref (self->students);
  g_array_unref (self->rows);
  g_free (self->text);
  g_string_chunk_free (self->chunk);
  g_free (self);
}

LanmuList *lanmu_list_read_bytes (const char *bytes, gsize length, const char *file_name, const LanmuColumnMap *map,
                                  LanmuReport *report)
{
  g_autoptr (LanmuList) self = list_new (file_name);
  gsize text_length = 0;
  self->text = lanmu_encoding_to_utf8 (bytes, length, &text_length, &self->encoding, report);
  if (self->text == NULL)
    return NULL;
  self->header = lanmu_header_find (self->text, text_length, map, report);
  if (self->header == NULL)
    return NULL;
  if (self->header->n_columns > LANMU_LIST_MAX_COLUMNS) {
    say_too_large (report, "> 256 columns 列", "256");
    return NULL;
  }
  self->sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, length);
  read_rows (self, text_length, report);
  lanmu_rules_check_list (self, report);
  return g_steal_pointer (&self);
}

static gboolean is_readable_file (int fd, const char *path, LanmuReport *report)
{
  struct stat info;
  if (fd < 0 || fstat (fd, &info) < 0) {
    lanmu_report_add (report, LANMU_PROBLEM_NO_FILE, 0, -1, NULL, path, g_strerror (errno));
    return FALSE;
  }
  if (!S_ISREG (info.st_mode)) {
    lanmu_report_add (report, LANMU_PROBLEM_NOT_A_FILE, 0, -1, NULL, path, NULL);
    return FALSE;
  }
  if (info.st_size > LANMU_LIST_MAX_BYTES) {
    g_autofree char *is = lanmu_format_size (info.st_size), *most = lanmu_format_size (LANMU_LIST_MAX_BYTES);
    say_too_large (report, is, most);
    return FALSE;
  }
  return TRUE;
}

LanmuList *lanmu_list_read (const char *path, const LanmuColumnMap *map, LanmuReport *report)
{
  LanmuList *list = NULL;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not make us wait */
  if (is_readable_file (fd, path, report)) {
    g_autoptr (GMappedFile) file = g_mapped_file_new_from_fd (fd, FALSE, NULL);
    if (file != NULL)
      list =
          lanmu_list_read_bytes (g_mapped_file_get_contents (file), g_mapped_file_get_length (file), path, map, report);
    else
      lanmu_report_add (report, LANMU_PROBLEM_NOT_A_FILE, 0, -1, NULL, path, NULL);
  }
  if (fd >= 0)
    close (fd);
  return list;
}
