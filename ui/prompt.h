/* LanmuPrompt: the one sentence at the picture's foot. Trouble (with a running clock) comes before an answer, an answer
 * before the instruction. Never a dialog. Main thread. */
#pragma once

#include <gtk/gtk.h>
#include "ui/advice.h"

G_BEGIN_DECLS

#define LANMU_TYPE_PROMPT (lanmu_prompt_get_type ())
G_DECLARE_FINAL_TYPE (LanmuPrompt, lanmu_prompt, LANMU, PROMPT, GtkWidget)

GtkWidget *lanmu_prompt_new (void);
void lanmu_prompt_set_instruction (LanmuPrompt *self, const char *text);
/* An answer to what was just pressed; goes by itself after some seconds. tone: as lanmu_mark_set. */
void lanmu_prompt_say (LanmuPrompt *self, LanmuAdvice advice, const char *tone);
void lanmu_prompt_unsay (LanmuPrompt *self);
/* what NULL: no trouble. detail: a second, smaller line (what happens next by itself), NULL = none. since_us:
 * CLOCK_BOOTTIME when it began. */
void lanmu_prompt_set_trouble (LanmuPrompt *self, LanmuAdvice advice, const char *detail, gint64 since_us);
const char *lanmu_prompt_get_detail (LanmuPrompt *self); /* "" = none */
const char *lanmu_prompt_get_text (LanmuPrompt *self);   /* what stands there, without the clock */
const char *lanmu_prompt_get_kind (LanmuPrompt *self);   /* "trouble" "answer" "instruction" "none" */

G_END_DECLS
