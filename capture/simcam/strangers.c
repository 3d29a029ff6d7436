/* Other people's pictures: they appear on the card, or come with another card. None of them is in the ledger as taken.
 */
#include "capture/simcam/body.h"

#define FOREIGN_DAYS   40 /* how old they are */
#define FOREIGN_SERIAL "9900017"

static GBytes *paint (SimBody *body, guint number, gint64 local_us, const char *serial)
{
  SimExif exif = {
      .local_us = local_us,
      .make = body->brand->exif_make,
      .model = body->brand->exif_model,
      .serial = serial,
      .number = number,
      .iso = 100,
      .shutter = 1.0 / 125,
      .aperture = 8,
  };
  return sim_scene_shot (body->scene, &exif, body->options->shot_width, body->options->shot_height, FALSE);
}

static void write_foreign (SimBody *body, const SimObject *object, GBytes *bytes)
{
  GString *line = sim_ledger_line ("foreign");
  g_autofree char *sha = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *time = sim_clock_iso (object->local_us);
  sim_ledger_int (line, "number", object->number);
  sim_ledger_text (line, "file", object->name);
  sim_ledger_text (line, "sha256", sha);
  sim_ledger_text (line, "time", time);
  sim_ledger_write (body->ledger, line);
}

static gint64 long_ago (SimBody *body)
{
  return sim_clock_now (&body->clock) - FOREIGN_DAYS * G_TIME_SPAN_DAY;
}

gboolean sim_body_foreign (SimBody *body, GError **error)
{
  SimObject *folder = NULL, *object;
  g_autoptr (GBytes) jpeg = paint (body, body->number, long_ago (body), body->serial);

  object = sim_card_add (body->card, "JPG", SIM_FORMAT_JPEG, body->number, long_ago (body), jpeg, &folder, error);
  if (object == NULL)
    return FALSE;
  body->number = body->number % 9999 + 1;
  write_foreign (body, object, jpeg);
  if (folder != NULL)
    body->brand->announce (body, folder);
  body->brand->announce (body, object);
  return TRUE;
}

/* One picture is painted; each copy ends in a few bytes of its own, behind the end of the JPEG. */
static GBytes *copy_of (GBytes *jpeg, guint number)
{
  GByteArray *copy = g_byte_array_new ();
  g_byte_array_append (copy, g_bytes_get_data (jpeg, NULL), (guint) g_bytes_get_size (jpeg));
  g_byte_array_append (copy, (const guint8 *) &number, sizeof number);
  return g_byte_array_free_to_bytes (copy);
}

gboolean sim_body_swap_card (SimBody *body, guint count, GError **error)
{
  g_autoptr (GBytes) jpeg = count > 0 ? paint (body, 1, long_ago (body), FOREIGN_SERIAL) : NULL;

  if (!sim_card_swap (body->card, error))
    return FALSE;
  for (guint number = 1; number <= count; number++) {
    SimObject *folder = NULL;
    g_autoptr (GBytes) bytes = copy_of (jpeg, number);
    if (sim_card_add (body->card, "JPG", SIM_FORMAT_JPEG, number, long_ago (body), bytes, &folder, error) == NULL)
      return FALSE;
  }
  body->number = MAX (body->number, sim_card_last_number (body->card) + 1);
  body->brand->card (body, FALSE);
  body->brand->card (body, TRUE);
  return TRUE;
}
