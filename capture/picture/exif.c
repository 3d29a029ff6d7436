/* Reading tags through libexif: see the header. */
#include "capture/picture/exif.h"

#include <string.h>
#include <libexif/exif-data.h>
#include <libexif/exif-mnote-data.h>

#define TAG_IMAGE_NUMBER        0x9211 /* Exif (TIFF/EP) ImageNumber: not in libexif's table */
#define TAG_NIKON_SERIAL_NUMBER 0x001d
#define MAX_TEXT                128

/* Printable ASCII only, blanks trimmed: these strings are compared, stored and shown. */
static char *clean_text (const guint8 *bytes, gsize size)
{
  GString *text = g_string_new (NULL);
  for (gsize i = 0; i < size && bytes[i] != 0 && text->len < MAX_TEXT; i++)
    g_string_append_c (text, g_ascii_isprint ((char) bytes[i]) ? (char) bytes[i] : '?');
  return g_strstrip (g_string_free (text, FALSE));
}

static ExifEntry *find (ExifData *data, ExifIfd ifd, int tag)
{
  return exif_content_get_entry (data->ifd[ifd], (ExifTag) tag);
}

static char *read_text (ExifData *data, ExifIfd ifd, int tag)
{
  ExifEntry *entry = find (data, ifd, tag);
  if (entry == NULL || entry->format != EXIF_FORMAT_ASCII || entry->data == NULL)
    return g_strdup ("");
  return clean_text (entry->data, entry->size);
}

static void take_text (char **member, char *text)
{
  g_free (*member);
  *member = text;
}

static gint64 read_number (ExifData *data, ExifIfd ifd, int tag, gint64 missing)
{
  ExifEntry *entry = find (data, ifd, tag);
  if (entry == NULL || entry->data == NULL || entry->components < 1)
    return missing;
  ExifByteOrder order = exif_data_get_byte_order (data);
  if (entry->format == EXIF_FORMAT_SHORT && entry->size >= 2)
    return exif_get_short (entry->data, order);
  if (entry->format == EXIF_FORMAT_LONG && entry->size >= 4)
    return exif_get_long (entry->data, order);
  return missing;
}

/* Many Nikons write the body serial only here. */
static char *read_nikon_serial (ExifData *data)
{
  ExifMnoteData *note = exif_data_get_mnote_data (data);
  guint count = note == NULL ? 0 : exif_mnote_data_count (note);
  for (guint i = 0; i < count; i++) {
    char value[MAX_TEXT] = "";
    if (exif_mnote_data_get_id (note, i) != TAG_NIKON_SERIAL_NUMBER)
      continue;
    if (exif_mnote_data_get_value (note, i, value, sizeof value - 1) == NULL)
      continue;
    const char *digits = g_ascii_strncasecmp (value, "NO=", 3) == 0 ? value + 3 : value;
    return clean_text ((const guint8 *) digits, strlen (digits));
  }
  return g_strdup ("");
}

static void read_time (ExifData *data, LanmuShotFacts *facts)
{
  g_autofree char *time = read_text (data, EXIF_IFD_EXIF, EXIF_TAG_DATE_TIME_ORIGINAL);
  g_autofree char *sub = read_text (data, EXIF_IFD_EXIF, EXIF_TAG_SUB_SEC_TIME_ORIGINAL);
  if (!lanmu_exif_time_parse (time, sub, &facts->time_us, &facts->time_resolution_us))
    return;
  facts->has_time = TRUE;
  take_text (&facts->time_text, g_strconcat (time, *sub != '\0' ? "." : "", sub, NULL));
}

static int valid_orientation (gint64 value)
{
  return value >= 1 && value <= 8 ? (int) value : 1;
}

static ExifData *load (const guint8 *segment, gsize size)
{
  if (segment == NULL || size > G_MAXUINT16)
    return NULL;
  ExifData *data = exif_data_new ();
  if (data == NULL)
    return NULL;
  exif_data_unset_option (
      data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION); /* it would add missing tags, a date of today among them */
  exif_data_unset_option (data, EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS);
  exif_data_load_data (data, segment, (guint) size);
  return data;
}

void lanmu_exif_read (const guint8 *segment, gsize size, LanmuShotFacts *facts)
{
  ExifData *data = load (segment, size);
  if (data == NULL)
    return;
  take_text (&facts->make, read_text (data, EXIF_IFD_0, EXIF_TAG_MAKE));
  take_text (&facts->model, read_text (data, EXIF_IFD_0, EXIF_TAG_MODEL));
  take_text (&facts->serial, read_text (data, EXIF_IFD_EXIF, EXIF_TAG_BODY_SERIAL_NUMBER));
  if (*facts->serial == '\0' && g_ascii_strncasecmp (facts->make, "nikon", 5) == 0)
    take_text (&facts->serial, read_nikon_serial (data));
  facts->orientation = valid_orientation (read_number (data, EXIF_IFD_0, EXIF_TAG_ORIENTATION, 1));
  facts->image_number = read_number (data, EXIF_IFD_EXIF, TAG_IMAGE_NUMBER, -1);
  read_time (data, facts);
  exif_data_unref (data);
}

int lanmu_exif_orientation (const guint8 *segment, gsize size)
{
  ExifData *data = load (segment, size);
  if (data == NULL)
    return 1;
  int orientation = valid_orientation (read_number (data, EXIF_IFD_0, EXIF_TAG_ORIENTATION, 1));
  exif_data_unref (data);
  return orientation;
}
