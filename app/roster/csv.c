/* Records of a CSV text; see csv.h. */
#include "app/roster/csv.h"

#include <string.h>

/* A cell longer than this, or with more line breaks, is a quotation mark that was never meant to open one. */
#define CELL_MAX   8192
#define BREAKS_MAX 32

void lanmu_csv_init (LanmuCsv *self, char *text, gsize length, char delimiter)
{
  *self = (LanmuCsv){.at = text, .end = text + length, .delimiter = delimiter};
}

void lanmu_csv_move (LanmuCsv *self, char *text, gsize length)
{
  self->at = text;
  self->end = text + length;
}

/* From behind the opening mark; writes the content to *out and returns where reading goes on, NULL when it never
 * closes. */
static char *read_quoted (LanmuCsv *self, char *p, char **out)
{
  const char *start = p;
  int breaks = 0;
  while (p < self->end) {
    if (*p == '"' && p[1] != '"')
      return p + 1;
    if (*p == '"')
      p++;
    breaks += *p == '\n';
    if (p - start > CELL_MAX || breaks > BREAKS_MAX)
      return NULL;
    *(*out)++ = *p++;
  }
  return NULL;
}

/* One cell; *more = another follows in this record. NULL: open quotation mark. */
static char *read_cell (LanmuCsv *self, gboolean *more)
{
  char *cell = self->at, *out = cell, *p = cell;
  while (*p == ' ')
    p++;
  if (*p == '"') {
    p = read_quoted (self, p + 1, &out);
    if (p == NULL)
      return NULL;
  } else {
    p = cell;
  }
  while (p < self->end && *p != self->delimiter && *p != '\n' && *p != '\r')
    *out++ = *p++;

  *more = p < self->end && *p == self->delimiter;
  if (p < self->end) {
    gboolean pair = *p == '\r' && p[1] == '\n';
    p += pair ? 2 : 1;
  }
  *out = '\0'; /* at or before the delimiter that was just passed */
  self->at = p;
  return cell;
}

gboolean lanmu_csv_next (LanmuCsv *self, GPtrArray *cells)
{
  gboolean more = TRUE;
  g_ptr_array_set_size (cells, 0);
  if (self->at >= self->end)
    return FALSE;
  self->row++;
  while (more) {
    char *cell = read_cell (self, &more);
    if (cell == NULL) {
      self->open_quote = TRUE;
      return FALSE;
    }
    g_ptr_array_add (cells, cell);
  }
  return TRUE;
}
