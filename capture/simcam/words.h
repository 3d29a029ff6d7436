/* Reading the words of a control line. Each function refuses with a sentence in `answer` and FALSE. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean sim_refuse (GString *answer, const char *sentence); /* always FALSE */
gboolean sim_word_number (const char *word, gint64 low, gint64 high, gint64 *value, GString *answer);
gboolean sim_word_on_off (const char *word, gboolean *value, GString *answer);
gboolean sim_word_count (const char *word, guint *count, GString *answer); /* "N", "on" (SIM_ALWAYS) or "off" (0) */

G_END_DECLS
