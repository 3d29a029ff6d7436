/* See reviewactions.h. */
#include "ui/reviewactions.h"

static void move (GSimpleAction *action, GVariant *step, gpointer page)
{
  lanmu_crop_hand_step (lanmu_shoot_page_get_hand (page), g_variant_get_string (step, NULL));
}

static void toggle_checks (GSimpleAction *action, GVariant *parameter, gpointer page)
{
  LanmuChecksPane *checks = lanmu_record_pane_get_checks (lanmu_shoot_page_get_record_pane (page));
  lanmu_checks_pane_set_full (checks, !lanmu_checks_pane_is_full (checks));
}

void lanmu_review_actions_insert (LanmuShootPage *page, GtkWidget *window)
{
  const GActionEntry entries[] = {{.name = "move", .activate = move, .parameter_type = "s"}, {.name = "checks", .activate = toggle_checks}};
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), page);
  gtk_widget_insert_action_group (window, "review", G_ACTION_GROUP (group));
}
