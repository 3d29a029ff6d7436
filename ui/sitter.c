/* See sitter.h. */
#include "ui/sitter.h"
#include "app/preferences.h"
#include "app/roles/veil.h"

#include <glib/gi18n.h>
#include <string.h>

#define SHOWN_END 6 /* letters of a code's end that people compare */

void lanmu_sitter_clear (LanmuSitter *self)
{
  char *strings[] = {self->caption, self->name, self->number, self->class_name, self->major, self->id_no};
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (strings[i]);
  *self = (LanmuSitter){0};
}

static void read_student (LanmuSitter *self, LanmuStudent *student)
{
  const char *parts[3] = {NULL};
  guint n = 0;
  g_autofree char *id_no = lanmu_veil_dup_student_id (student);

  if (*lanmu_student_get_major_name (student) != '\0')
    parts[n++] = lanmu_student_get_major_name (student);
  if (*lanmu_student_get_college_name (student) != '\0')
    parts[n++] = lanmu_student_get_college_name (student);
  self->caption = g_strdup (_ ("Before the camera"));
  self->name = lanmu_veil_dup_student_name (student, LANMU_VEIL_CALLED);
  self->number = lanmu_student_dup_grouped_no (student);
  self->class_name = g_strdup (lanmu_student_get_class_name (student));
  self->major = g_strjoinv (" · ", (char **) parts);
  self->id_no = *id_no != '\0' ? g_strdup_printf (_ ("ID %s"), id_no) : NULL;
}

/* The token is opaque and may be long: its end is what two people can compare. */
static char *end_of (const char *token)
{
  glong letters = g_utf8_validate (token, -1, NULL) ? g_utf8_strlen (token, -1) : 0;
  if (letters == 0)
    return g_strdup ("…");
  if (letters <= SHOWN_END)
    return g_strdup (token);
  return g_strdup_printf ("…%s", g_utf8_offset_to_pointer (token, letters - SHOWN_END));
}

/* 拍摄号: of the take that is looked at, else of the accepted one. */
static guint shown_number (LanmuStation *station, const LanmuCodeRow *code)
{
  LanmuTake *take = lanmu_station_get_take (station);
  return take != NULL ? lanmu_take_get_number (take) : (guint) code->chosen_sequence_no;
}

static void read_code (LanmuSitter *self, LanmuStation *station, const LanmuCodeRow *code)
{
  guint number = shown_number (station, code);

  self->caption = g_strdup (_ ("Capture code before the camera"));
  self->name = end_of (code->token);
  self->number = number > 0 ? g_strdup_printf (_ ("Picture no. %u"), number) : g_strdup (_ ("Picture no. –"));
  self->class_name = g_strdup_printf (_ ("Code %d of this campaign"), (int) code->number);
  if (code->state == LANMU_CODE_ACCEPTED)
    self->major = g_strdup_printf (_ ("Photographed: picture no. %d"), (int) code->chosen_sequence_no);
}

void lanmu_sitter_read (LanmuSitter *self, LanmuStation *station)
{
  LanmuStudent *student = lanmu_station_get_student (station);
  const LanmuCodeRow *code = lanmu_station_get_code (station);

  if (student != NULL)
    read_student (self, student);
  else if (code != NULL)
    read_code (self, station, code);
  else
    self->caption = g_strdup (_ ("Nobody is called"));
}

gboolean lanmu_sitter_takes_codes (LanmuStation *station)
{
  return lanmu_preference_is (lanmu_store_get_reader (lanmu_station_get_store (station)), LANMU_PREFERENCE_CODES,
                              "yes");
}

gboolean lanmu_sitter_may_be_code (LanmuStation *station, const char *scanned)
{
  LanmuQueue *queue = lanmu_station_get_queue (station);
  gsize length = strlen (scanned);

  if (!lanmu_sitter_takes_codes (station))
    return FALSE;
  if (lanmu_queue_get_size (queue) == 0 || strspn (scanned, "0123456789") < length)
    return TRUE;
  return strlen (lanmu_queue_get_student_no (queue, 0)) != length;
}
