/* One row being put together; see cells.h. */
#include "app/roster/cells.h"

#include <math.h>
#include <string.h>

#define FIFTEEN_DIGITS 1e15

void lanmu_cells_init (LanmuCells *self)
{
  *self = (LanmuCells){g_string_new (NULL), g_array_new (FALSE, TRUE, sizeof (guint32)), g_byte_array_new (),
                       g_ptr_array_new (), FALSE};
}

void lanmu_cells_clear (LanmuCells *self)
{
  if (self->texts == NULL)
    return;
  g_string_free (self->texts, TRUE);
  g_array_unref (self->offsets);
  g_byte_array_unref (self->flags);
  g_ptr_array_unref (self->pointers);
  *self = (LanmuCells){0};
}

void lanmu_cells_begin (LanmuCells *self)
{
  g_string_truncate (self->texts, 0);
  g_string_append_c (self->texts, '\0');
  g_array_set_size (self->offsets, 0);
  g_byte_array_set_size (self->flags, 0);
}

static void widen (LanmuCells *self, guint columns)
{
  guint before = self->flags->len;
  if (columns <= before)
    return;
  g_array_set_size (self->offsets, columns); /* cleared */
  g_byte_array_set_size (self->flags, columns);
  memset (self->flags->data + before, 0, columns - before);
}

void lanmu_cells_put (LanmuCells *self, guint column, const char *text, gssize length, guint flags)
{
  gsize size = length < 0 ? strlen (text) : (gsize) length;
  if (size == 0 && flags == 0)
    return;
  if (column >= LANMU_READER_MAX_COLUMNS) {
    self->too_wide = TRUE;
    return;
  }
  widen (self, column + 1);
  g_array_index (self->offsets, guint32, column) = (guint32) self->texts->len;
  self->flags->data[column] = (guint8) flags;
  g_string_append_len (self->texts, text, (gssize) size);
  g_string_append_c (self->texts, '\0');
}

const char *lanmu_cells_get (const LanmuCells *self, guint column)
{
  return column < self->offsets->len ? self->texts->str + g_array_index (self->offsets, guint32, column) : "";
}

void lanmu_cells_put_number (LanmuCells *self, guint column, double number, guint zeros)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE + 64];
  guint flags = 0;
  if (!isfinite (number)) {
    g_strlcpy (text, "#NUM!", sizeof text);
  } else if (number == floor (number) && fabs (number) < 1e30) {
    g_snprintf (text, sizeof text, "%0*.0f", (int) MIN (zeros, 32), number);
    flags = fabs (number) >= FIFTEEN_DIGITS ? LANMU_CELL_LOST_DIGITS : 0;
  } else {
    g_ascii_formatd (text, sizeof text, "%.15g", number);
  }
  lanmu_cells_put (self, column, text, -1, flags);
}

void lanmu_cells_mark (LanmuCells *self, guint column, guint flag)
{
  if (column < self->flags->len)
    self->flags->data[column] |= (guint8) flag;
}

void lanmu_cells_put_date (LanmuCells *self, guint column, double days, gboolean from_1904)
{
  if (!(days >= 0 && days < 2958466)) { /* the year 10000 */
    lanmu_cells_put_number (self, column, days, 0);
    return;
  }
  GDate date;
  guint whole = (guint) floor (days);
  guint second = (guint) lround ((days - whole) * 86400);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, from_1904 ? 1 : 30, from_1904 ? G_DATE_JANUARY : G_DATE_DECEMBER, from_1904 ? 1904 : 1899);
  /* Lotus counted a 29th of February 1900: serials below it are one day off */
  g_date_add_days (&date, whole + (!from_1904 && whole < 60 ? 1 : 0));
  g_autofree char *text = g_strdup_printf ("%04d-%02d-%02d", (int) g_date_get_year (&date),
                                           (int) g_date_get_month (&date), (int) g_date_get_day (&date));
  g_autofree char *both = second > 0 && second < 86400 ? g_strdup_printf ("%s %02u:%02u:%02u", text, second / 3600,
                                                                          second / 60 % 60, second % 60)
                                                       : g_strdup (text);
  lanmu_cells_put (self, column, both, -1, LANMU_CELL_DATE);
}

void lanmu_cells_end (LanmuCells *self, guint number, gboolean hidden, LanmuRow *row)
{
  g_ptr_array_set_size (self->pointers, 0);
  for (guint i = 0; i < self->offsets->len; i++)
    g_ptr_array_add (self->pointers, self->texts->str + g_array_index (self->offsets, guint32, i));
  *row = (LanmuRow){number, hidden, self->pointers->len, (char **) self->pointers->pdata, self->flags->data};
}
