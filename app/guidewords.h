/* What the photographer says to the sitter, or does: a sentence for each LanmuGuideCode. Spoken directions are the
 * sitter's own ("to your right"): the photographer reads them aloud. Pure; after lanmu_i18n_init; any thread. */
#pragma once

#include "capture/live/guidance.h"

G_BEGIN_DECLS

/* One short sentence, translated; full. NULL: there is nothing to say (NONE). */
char *lanmu_guide_sentence (const LanmuGuide *guide);

G_END_DECLS
