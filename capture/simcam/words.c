/* See words.h. */
#include "capture/simcam/words.h"
#include "capture/simcam/faults.h"

gboolean sim_refuse (GString *answer, const char *sentence)
{
  g_string_assign (answer, sentence);
  return FALSE;
}

gboolean sim_word_number (const char *word, gint64 low, gint64 high, gint64 *value, GString *answer)
{
  if (word != NULL && g_ascii_string_to_signed (word, 10, low, high, value, NULL))
    return TRUE;
  g_string_printf (answer, "%s is not a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                   word != NULL ? word : "nothing", low, high);
  return FALSE;
}

gboolean sim_word_on_off (const char *word, gboolean *value, GString *answer)
{
  *value = g_strcmp0 (word, "on") == 0;
  return *value || g_strcmp0 (word, "off") == 0 || sim_refuse (answer, "say on or off");
}

gboolean sim_word_count (const char *word, guint *count, GString *answer)
{
  gint64 value;

  if (g_strcmp0 (word, "on") == 0)
    *count = SIM_ALWAYS;
  else if (g_strcmp0 (word, "off") == 0)
    *count = 0;
  else if (sim_word_number (word, 1, 1000000000, &value, answer))
    *count = (guint)value;
  else
    return FALSE;
  return TRUE;
}
