/* See eos.h. Codes of shutter, aperture and ISO are Canon's exposure values in eighths of a stop. */
#include "capture/simcam/eos.h"
#include "capture/simcam/bytes.h"

#include <string.h>

#define TYPE_ADDED    0xC181u
#define TYPE_TRANSFER 0xC186u
#define TYPE_VALUE    0xC189u
#define TYPE_CHOICES  0xC18Au
#define TYPE_STATUS   0xC18Bu
#define TYPE_OLC      0xC1A5u
#define OLC_FOCUS     0x0100u
#define NAME_BYTES    16u

/* ——— the EOS 700D's settings ——— */

static const guint32 shutter[] = {0x90, 0x88, 0x80, 0x78, 0x75, 0x73, 0x70, 0x6D,
                                  0x6B, 0x68, 0x60, 0x58, 0x50, 0x48, 0x40, 0x38};
static const double shutter_real[] = {1.0 / 2000, 1.0 / 1000, 1.0 / 500, 1.0 / 250, 1.0 / 200, 1.0 / 160,
                                      1.0 / 125,  1.0 / 100,  1.0 / 80,  1.0 / 60,  1.0 / 30,  1.0 / 15,
                                      1.0 / 8,    1.0 / 4,    1.0 / 2,   1.0};
static const guint32 aperture[] = {0x18, 0x20, 0x28, 0x2D, 0x30, 0x33, 0x35, 0x38, 0x3B, 0x3D, 0x40, 0x43, 0x48};
static const double aperture_real[] = {2, 2.8, 4, 5, 5.6, 6.3, 7.1, 8, 9, 10, 11, 13, 16};
static const guint32 iso[] = {0x48, 0x50, 0x58, 0x60, 0x68, 0x70, 0x78, 0x80};
static const double iso_real[] = {100, 200, 400, 800, 1600, 3200, 6400, 12800};
static const guint32 formats[] = {0x0300, 0x0200, 0x1300, 0x2300, 0x0C03, 0x0C00};
static const guint32 focus[] = {3, 0, 1, 2}; /* manual first: see SIM_MEANS_FOCUS */
static const guint32 white[] = {0, 1, 8, 2, 3, 4, 5, 6};
static const guint32 drive[] = {0, 1, 0x10, 0x11};
static const guint32 metering[] = {3, 1, 4, 5};
static const guint32 styles[] = {0x87, 0x81, 0x82, 0x84, 0x85};
static const guint32 targets[] = {SIM_EOS_TARGET_CARD, SIM_EOS_TARGET_PC};
static const guint32 on_off[] = {0, 1};
static const char *const lens[] = {"EF85mm f/1.8 USM", NULL};
static const char *const nobody[] = {"", NULL};

#define FROM(list, i)    SIM_FORM_CHOICE, i, list, G_N_ELEMENTS (list), NULL, NULL
#define REAL(list, i, r) SIM_FORM_CHOICE, i, list, G_N_ELEMENTS (list), r, NULL
#define PLAIN(i)         SIM_FORM_NONE, i, NULL, 0, NULL, NULL
#define TEXT(list)       SIM_FORM_NONE, 0, NULL, 0, NULL, list

const SimPropSpec sim_eos_props[SIM_EOS_PROPS] = {
    {0xD101, SIM_TYPE_U16, SIM_MEANS_APERTURE, TRUE, REAL (aperture, 0x38, aperture_real)},
    {0xD102, SIM_TYPE_U16, SIM_MEANS_SHUTTER, TRUE, REAL (shutter, 0x70, shutter_real)},
    {0xD103, SIM_TYPE_U16, SIM_MEANS_ISO, TRUE, REAL (iso, 0x48, iso_real)},
    {0xD105, SIM_TYPE_U16, SIM_MEANS_NOTHING, FALSE, PLAIN (3)},
    {0xD106, SIM_TYPE_U16, SIM_MEANS_NOTHING, TRUE, FROM (drive, 0)},
    {0xD107, SIM_TYPE_U8, SIM_MEANS_NOTHING, TRUE, FROM (metering, 3)},
    {0xD108, SIM_TYPE_U16, SIM_MEANS_FOCUS, TRUE, FROM (focus, 0)},
    {0xD109, SIM_TYPE_U8, SIM_MEANS_NOTHING, TRUE, FROM (white, 5)},
    {0xD110, SIM_TYPE_U8, SIM_MEANS_NOTHING, TRUE, FROM (styles, 0x81)},
    {0xD111, SIM_TYPE_U16, SIM_MEANS_BATTERY, FALSE, PLAIN (2)},
    {0xD113, SIM_TYPE_U32, SIM_MEANS_CLOCK, TRUE, PLAIN (0)},
    {0xD115, SIM_TYPE_TEXT, SIM_MEANS_NOTHING, TRUE, TEXT (nobody)},
    {0xD116, SIM_TYPE_U32, SIM_MEANS_NOTHING, FALSE, PLAIN (0x80000326)},
    {0xD11B, SIM_TYPE_U32, SIM_MEANS_SHOTS_LEFT, FALSE, PLAIN (0)},
    {0xD11C, SIM_TYPE_U32, SIM_MEANS_TARGET, TRUE, FROM (targets, SIM_EOS_TARGET_CARD)},
    {0xD11E, SIM_TYPE_U32, SIM_MEANS_NOTHING, FALSE, PLAIN (SIM_STORE_CARD)},
    {0xD120, SIM_TYPE_U16, SIM_MEANS_QUALITY, TRUE, FROM (formats, 0x0300)},
    {0xD17C, SIM_TYPE_U32, SIM_MEANS_UTC, TRUE, PLAIN (0)},
    {0xD199, SIM_TYPE_U32, SIM_MEANS_NOTHING, FALSE, PLAIN (7)},
    {0xD1AB, SIM_TYPE_U32, SIM_MEANS_TEMPERATURE, FALSE, PLAIN (0)},
    {0xD1AF, SIM_TYPE_TEXT, SIM_MEANS_SERIAL, FALSE, TEXT (nobody)},
    {0xD1B0, SIM_TYPE_U16, SIM_MEANS_LIVE_OUTPUT, TRUE, PLAIN (0)},
    {0xD1B1, SIM_TYPE_U16, SIM_MEANS_NOTHING, TRUE, FROM (on_off, 0)},
    {0xD1D0, SIM_TYPE_TEXT, SIM_MEANS_NOTHING, TRUE, TEXT (nobody)},
    {0xD1D1, SIM_TYPE_TEXT, SIM_MEANS_NOTHING, TRUE, TEXT (nobody)},
    {0xD1D8, SIM_TYPE_TEXT, SIM_MEANS_NOTHING, FALSE, TEXT (lens)},
};

/* ——— records ——— */

static GByteArray *begin (guint32 type)
{
  GByteArray *record = g_byte_array_new ();
  sim_put32 (record, 0);
  sim_put32 (record, type);
  return record;
}

static GBytes *end (GByteArray *record)
{
  sim_put_zeros (record, (4 - record->len % 4) % 4);
  sim_patch32 (record, 0, record->len);
  return g_byte_array_free_to_bytes (record);
}

/* One nibble pair of an image format: size, then compression with 8 for RAW. */
static void put_file (GByteArray *to, guint pair)
{
  guint compression = pair & 0xF;

  sim_put32 (to, 0x10);
  sim_put32 (to, compression & 8 ? 6 : 1);
  sim_put32 (to, pair >> 4);
  sim_put32 (to, compression & 7);
}

static void put_format (GByteArray *to, guint32 format)
{
  sim_put32 (to, (format & 0xFF) != 0 ? 2 : 1);
  put_file (to, format >> 8 & 0xFF);
  if ((format & 0xFF) != 0)
    put_file (to, format & 0xFF);
}

GBytes *sim_eos_value (const SimProp *prop)
{
  GByteArray *record = begin (TYPE_VALUE);

  sim_put32 (record, prop->spec->code);
  if (prop->spec->meaning == SIM_MEANS_QUALITY)
    put_format (record, prop->number);
  else if (prop->spec->type == SIM_TYPE_TEXT)
    g_byte_array_append (record, (const guint8 *) prop->text, (guint) strlen (prop->text) + 1);
  else
    sim_put32 (record, prop->number);
  return end (record);
}

GBytes *sim_eos_choices (const SimProp *prop)
{
  GByteArray *record;

  if (prop->spec->form != SIM_FORM_CHOICE)
    return NULL;
  record = begin (TYPE_CHOICES);
  sim_put32 (record, prop->spec->code);
  sim_put32 (record, 3);
  sim_put32 (record, prop->spec->n_values);
  for (guint i = 0; i < prop->spec->n_values; i++)
    if (prop->spec->meaning == SIM_MEANS_QUALITY)
      put_format (record, prop->spec->values[i]);
    else
      sim_put32 (record, prop->spec->values[i]);
  return end (record);
}

static void put_name (GByteArray *to, const char *name)
{
  gsize length = MIN (strlen (name), NAME_BYTES - 1);
  g_byte_array_append (to, (const guint8 *) name, (guint) length);
  sim_put_zeros (to, NAME_BYTES - length);
}

GBytes *sim_eos_added (const SimObject *object)
{
  GByteArray *record = begin (TYPE_ADDED);

  sim_put32 (record, object->handle);
  sim_put32 (record, object->storage);
  sim_put32 (record, object->format);
  sim_put_zeros (record, 8);
  sim_put32 (record, sim_object_said_size (object));
  sim_put32 (record, object->parent);
  sim_put32 (record, 0);
  put_name (record, object->name);
  return end (record);
}

GBytes *sim_eos_transfer (const SimObject *object)
{
  GByteArray *record = begin (TYPE_TRANSFER);

  sim_put32 (record, object->handle);
  sim_put32 (record, object->format);
  sim_put32 (record, 0);
  sim_put32 (record, sim_object_said_size (object));
  sim_put32 (record, 0);
  put_name (record, object->name);
  return end (record);
}

GBytes *sim_eos_plain (guint32 type, guint32 value)
{
  GByteArray *record = begin (type);
  sim_put32 (record, value);
  return end (record);
}

GBytes *sim_eos_status (guint32 status)
{
  return sim_eos_plain (TYPE_STATUS, status);
}

/* Six bytes: the fifth is 1 when focus is found; libgphoto2 reads a 2 in the third as "no focus". */
GBytes *sim_eos_focus (gboolean found)
{
  GByteArray *record = begin (TYPE_OLC);

  sim_put32 (record, 16); /* the rest, with these four bytes: size - 8 */
  sim_put16 (record, OLC_FOCUS);
  sim_put16 (record, 0);
  sim_put16 (record, 0);
  sim_put16 (record, found ? 0 : 2);
  sim_put16 (record, found ? 1 : 0);
  sim_put16 (record, 0); /* fill to whole words */
  return end (record);
}

/* ——— the other way ——— */

static gboolean parse_format (SimReader *reader, guint32 *format)
{
  guint32 files = sim_get32 (reader);

  *format = 0;
  for (guint i = 0; i < 2; i++) {
    guint32 length = i < files ? sim_get32 (reader) : 0x10, type = 0, size = 0, compression = 0;
    if (i < files) {
      type = sim_get32 (reader);
      size = sim_get32 (reader);
      compression = sim_get32 (reader);
    }
    if (length != 0x10)
      return FALSE;
    *format = *format << 8 | (size & 0xF) << 4 | (compression & 7) | (type == 6 ? 8 : 0);
  }
  return files >= 1 && files <= 2 && !reader->bad;
}

gboolean sim_eos_parse (const SimProp *prop, const guint8 *data, gsize length, guint32 *number, char **text)
{
  SimReader reader = sim_reader (data, length);

  *number = 0;
  *text = NULL;
  sim_get32 (&reader);
  sim_get32 (&reader);
  if (reader.bad)
    return FALSE;
  if (prop->spec->meaning == SIM_MEANS_QUALITY)
    return parse_format (&reader, number);
  if (prop->spec->type == SIM_TYPE_TEXT) {
    *text = g_strndup ((const char *) data + reader.at, length - reader.at);
    return g_utf8_validate (*text, -1, NULL);
  }
  if (prop->spec->type == SIM_TYPE_U8)
    *number = sim_get8 (&reader);
  else
    *number = prop->spec->type == SIM_TYPE_U16 ? sim_get16 (&reader) : sim_get32 (&reader);
  return !reader.bad;
}
