/* Which reader; and what all of them say. See reader.h. */
#include "app/roster/reader.h"

#include "app/roster/formats.h"

#define ROWS_BETWEEN_LOOKS 512

const char *lanmu_file_kind_to_string (LanmuFileKind kind)
{
  static const char *const names[] = {"csv", "xlsx", "xls", "dbf", "html", "xml", "other"};
  return names[kind];
}

gboolean lanmu_reader_say_damaged (LanmuReader *reader, const char *what)
{
  lanmu_report_reset (reader->report);
  lanmu_report_add (reader->report, LANMU_PROBLEM_DAMAGED, 0, -1, NULL, what, NULL);
  return FALSE;
}

gboolean lanmu_reader_say_locked (LanmuReader *reader, const char *what)
{
  lanmu_report_reset (reader->report);
  lanmu_report_add (reader->report, LANMU_PROBLEM_PASSWORD, 0, -1, NULL, what, NULL);
  return FALSE;
}

gboolean lanmu_reader_say_too_large (LanmuReader *reader, const char *is, const char *most)
{
  lanmu_report_reset (reader->report);
  lanmu_report_add (reader->report, LANMU_PROBLEM_TOO_LARGE, 0, -1, NULL, is, most);
  return FALSE;
}

gboolean lanmu_reader_may_go_on (LanmuReader *reader, guint *n_rows, double fraction)
{
  if (++*n_rows > LANMU_READER_MAX_ROWS)
    return lanmu_reader_say_too_large (reader, "> 1,048,576 rows 行", "1,048,576");
  if (*n_rows % ROWS_BETWEEN_LOOKS != 0)
    return TRUE;
  if (reader->progress != NULL)
    reader->progress (CLAMP (fraction, 0, 1), reader->data);
  return !g_cancellable_is_cancelled (reader->cancellable);
}

gboolean lanmu_reader_read (LanmuReader *self)
{
  static gboolean (*const readers[]) (LanmuReader *) = {lanmu_read_csv, lanmu_read_xlsx, lanmu_read_xls,
                                                        lanmu_read_dbf, lanmu_read_html, lanmu_read_xml};
  const char *what = NULL;
  if (lanmu_input_get_size (self->input) == 0) {
    lanmu_report_add (self->report, LANMU_PROBLEM_EMPTY_FILE, 0, -1, NULL, NULL, NULL);
    return FALSE;
  }
  self->kind = lanmu_file_kind_guess (self->input, &what, self->report);
  if (lanmu_report_is_refused (self->report))
    return FALSE;
  if (self->kind == LANMU_FILE_OTHER) {
    lanmu_report_add (self->report, LANMU_PROBLEM_OTHER_FORMAT, 0, -1, NULL, what, NULL);
    return FALSE;
  }
  return readers[self->kind](self);
}
