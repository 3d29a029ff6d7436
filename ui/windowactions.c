/* See ui/windowactions.h. */
#include "ui/windowactions.h"
#include "ui/looks.h"
#include "ui/window.h"

#include <glib/gi18n.h>

static void toggle_sound (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanmuWindow *self = LANMU_WINDOW (widget);
  if (lanmu_window_get_sounds (self) == NULL)
    return;
  lanmu_sounds_set_on (lanmu_window_get_sounds (self), !lanmu_sounds_is_on (lanmu_window_get_sounds (self)));
  lanmu_window_say (
      self,
      (LanmuAdvice){lanmu_sounds_is_on (lanmu_window_get_sounds (self)) ? _ ("Sound on") : _ ("Sound off"),
                    _ ("M changes it")},
      "good");
}

static void toggle_theme (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lanmu_looks_toggle_theme ();
}

static void move_crop (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanmuWindow *self = LANMU_WINDOW (widget);
  LanmuStationActions *actions = lanmu_window_get_actions (self);
  g_autoptr (GError) error = NULL;
  if (actions == NULL)
    return;
  if (lanmu_station_actions_may (actions, "take", NULL, &error)) /* who chooses the take moves its portrait */
    lanmu_crop_hand_step (lanmu_shoot_page_get_hand (lanmu_window_get_page (self)),
                          g_variant_get_string (parameter, NULL));
  else
    lanmu_window_say (self, lanmu_advice_for_error (error), "warn");
}

/* Every check with its measure and limit, or the faults alone. */
static void toggle_checks (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanmuChecksPane *checks =
      lanmu_record_pane_get_checks (lanmu_shoot_page_get_record_pane (lanmu_window_get_page (LANMU_WINDOW (widget))));
  lanmu_checks_pane_set_full (checks, !lanmu_checks_pane_is_full (checks));
}

static void sign_out (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanmuWindow *self = LANMU_WINDOW (widget);
  if (lanmu_window_get_desk (self) != NULL)
    lanmu_desk_sign_out (lanmu_window_get_desk (self));
}

void lanmu_window_actions_install (GtkWidgetClass *window)
{
  gtk_widget_class_install_action (window, "win.sound", NULL, toggle_sound);
  gtk_widget_class_install_action (window, "win.theme", NULL, toggle_theme);
  gtk_widget_class_install_action (window, "win.crop", "s", move_crop);
  gtk_widget_class_install_action (window, "win.checks", NULL, toggle_checks);
  gtk_widget_class_install_action (window, "win.sign-out", NULL, sign_out);
}
