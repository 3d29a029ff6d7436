/* The one table from an error to a sentence a person can act on. ui and lanmuctl both use it, so that a trouble has the
 * same words wherever it shows. (DESIGN §9 wants user sentences in ui only; the command line needs them too, so they
 * live here, still keyed by code.) Pure; after lanmu_i18n_init; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What happened and what to do, one sentence, translated. In English: the error's own message, which names the path or
 * the row; in another language: the sentence for its (domain, code), with the English original in brackets because it
 * holds the details. Full; never NULL. */
char *lanmu_sentence_new (const GError *error);

/* The sentence for its (domain, code) alone, static, for a bar on the screen; the error's message when there is none in
 * the table. */
const char *lanmu_sentence_brief (const GError *error);

/* The English sentence for a LanmuTrouble: what happened and what to do. Static, untranslated; show it through _(). */
const char *lanmu_sentence_for_trouble (int trouble);

/* The stable word for --json: "in_use", "no-camera", … ; "failed" when there is none. */
const char *lanmu_sentence_kind (const GError *error);

G_END_DECLS
