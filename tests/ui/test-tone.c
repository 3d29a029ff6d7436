/* The sounds as bytes: a file that any player reads, soft, short, silent at both ends. */
#include "ui/tone.h"

#include <string.h>

static void test_tone (gconstpointer data)
{
  g_autoptr (GBytes) wav = lanmu_tone_make ((LanmuTone) GPOINTER_TO_INT (data));
  gsize size;
  const guint8 *bytes = g_bytes_get_data (wav, &size);
  gsize n = (size - 44) / 2;
  gint16 loudest = 0, first, last;

  g_assert_cmpmem (bytes, 4, "RIFF", 4);
  g_assert_cmpmem (bytes + 8, 8, "WAVEfmt ", 8);
  g_assert_cmpuint (n, >, 44100 / 50);
  g_assert_cmpuint (n, <, 44100 / 2); /* over before the next student sits */
  for (gsize i = 0; i < n; i++) {
    gint16 level;
    memcpy (&level, bytes + 44 + i * 2, 2);
    loudest = MAX (loudest, (gint16) ABS (level));
  }
  memcpy (&first, bytes + 44, 2);
  memcpy (&last, bytes + size - 2, 2);
  g_assert_cmpint (loudest, >, G_MAXINT16 / 50);
  g_assert_cmpint (loudest, <, G_MAXINT16 / 3);
  g_assert_cmpint (ABS (first), <, 40);
  g_assert_cmpint (ABS (last), <, 40);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int tone = 0; tone < LANMU_N_TONES; tone++) {
    g_autofree char *path = g_strdup_printf ("/tone/%s", lanmu_tone_to_string ((LanmuTone) tone));
    g_test_add_data_func (path, GINT_TO_POINTER (tone), test_tone);
  }
  return g_test_run ();
}
