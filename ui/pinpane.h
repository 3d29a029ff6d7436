/* LanmuPinPane: who somebody is, in two steps: names as big buttons (1–9 choose), then a PIN of digits, by keyboard or touch. Main thread. It only asks: what the
 * answer is for is the page's business.
 *
 * Promises:
 *  1. The PIN is never readable: dots on the screen, memory that is not paged out (GtkPasswordEntryBuffer), wiped when the pane ends or is refused.
 *  2. Nothing but 0–9 goes in. */
#pragma once

#include <gtk/gtk.h>
#include "app/roles/desk.h"

G_BEGIN_DECLS

#define LANMU_TYPE_PIN_PANE (lanmu_pin_pane_get_type ())
G_DECLARE_FINAL_TYPE (LanmuPinPane, lanmu_pin_pane, LANMU, PIN_PANE, GtkWidget)

/* Signal "entered" (const char *name, const char *pin): answered by lanmu_pin_pane_refuse or lanmu_pin_pane_end. */

/* Asks anew, among those who may do it (LANMU_N_ACTIONS: everybody who has a PIN). Only one: straight for the PIN. */
void lanmu_pin_pane_begin (LanmuPinPane *self, LanmuDesk *desk, LanmuAction action, gint64 class_id);
void lanmu_pin_pane_end (LanmuPinPane *self);
void lanmu_pin_pane_refuse (LanmuPinPane *self, const char *sentence);
/* A digit chooses a name; Esc leads from the PIN back to the names. FALSE: nothing to this pane. */
gboolean lanmu_pin_pane_press (LanmuPinPane *self, const char *action, GVariant *target);

guint lanmu_pin_pane_get_n_people (LanmuPinPane *self);
const char *lanmu_pin_pane_get_mode (LanmuPinPane *self); /* "names" "pin" "busy" "closed" */
guint lanmu_pin_pane_get_refusals (LanmuPinPane *self);   /* since it began */
const char *lanmu_pin_pane_get_text (LanmuPinPane *self); /* what is said below; "" = nothing */

G_END_DECLS
