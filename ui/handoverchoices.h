/* The choices of a hand-over: one row a digit, what is chosen at its end. Holds values, shows them; knows no delivery.
 * Main thread. Signal "changed". */
#pragma once

#include <gtk/gtk.h>
#include "app/delivery/handover.h"

G_BEGIN_DECLS

#define LANMU_TYPE_HAND_OVER_CHOICES (lanmu_hand_over_choices_get_type ())
G_DECLARE_FINAL_TYPE (LanmuHandOverChoices, lanmu_hand_over_choices, LANMU, HAND_OVER_CHOICES, GtkWidget)

/* The digit's row goes to its next value. FALSE: there is no such row. */
gboolean lanmu_hand_over_choices_press (LanmuHandOverChoices *self, guint digit);
/* Its texts are borrowed, until the next change. */
LanmuHandoverWish lanmu_hand_over_choices_get_wish (LanmuHandOverChoices *self);
char *lanmu_hand_over_choices_dup_digits (LanmuHandOverChoices *self); /* a digit a row, 0 = its first value; full */
char *lanmu_hand_over_choices_dup_target (LanmuHandOverChoices *self); /* "" = none yet; full */
void lanmu_hand_over_choices_suggest (LanmuHandOverChoices *self, const char *target); /* unless somebody typed one */
/* No longer than it is needed: the password is forgotten. */
void lanmu_hand_over_choices_forget (LanmuHandOverChoices *self);

G_END_DECLS
