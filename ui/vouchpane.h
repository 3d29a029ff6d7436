/* LanmuVouchPane: the counselor's word (核签) in place, over the picture's foot: the picture stays, nothing is modal. C: when whoever is signed in may not confirm, it
 * asks for the PIN of somebody who may, or a card. X: why the person is refused, by digit or in own words, then the PIN when one is needed. Main thread.
 *
 * Promises:
 *  1. The word falls on the one it was begun for, or on nobody: another sitting closes the pane, and a PIN that was still being looked at comes to nothing.
 *  2. Who is signed in stays signed in.
 *
 * Signals: "refuse" (const char *why)  whoever is signed in says so; "done" ()  it is written; "refused" (const GError *)  it is not. */
#pragma once

#include <gtk/gtk.h>
#include "app/station.h"

G_BEGIN_DECLS

#define LANMU_TYPE_VOUCH_PANE (lanmu_vouch_pane_get_type ())
G_DECLARE_FINAL_TYPE (LanmuVouchPane, lanmu_vouch_pane, LANMU, VOUCH_PANE, GtkWidget)

void lanmu_vouch_pane_set_station (LanmuVouchPane *self, LanmuStation *station);
void lanmu_vouch_pane_confirm (LanmuVouchPane *self);                /* by somebody else than who is signed in */
void lanmu_vouch_pane_refuse (LanmuVouchPane *self, gboolean vouch); /* vouch: likewise */
void lanmu_vouch_pane_close (LanmuVouchPane *self);
/* While it is open. FALSE: nothing to the pane. */
gboolean lanmu_vouch_pane_press (LanmuVouchPane *self, const char *action, GVariant *target);
/* A card of the staff list while a PIN is asked for. FALSE: it is not. */
gboolean lanmu_vouch_pane_card (LanmuVouchPane *self, const char *card);
const char *lanmu_vouch_pane_get_mode (LanmuVouchPane *self); /* "closed" "reason" "words" "names" "pin" "busy" */
const char *lanmu_vouch_pane_get_text (LanmuVouchPane *self); /* what is said below; "" = nothing */

G_END_DECLS
