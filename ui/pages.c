/* The table of ui/pages.h. */
#include "ui/pages.h"
#include "ui/handoverpage.h"
#include "ui/listspage.h"
#include "ui/repairpage.h"
#include "ui/signinpage.h"
#include "ui/traypage.h"

#include <glib/gi18n.h>

static const LanmuPageRow PAGES[] = {
    {"shoot", N_ ("Shoot"), "Esc", 0, LANMU_N_ACTIONS, NULL},
    {"hand-over", N_ ("Hand over"), "F4", GDK_KEY_F4, LANMU_ACTION_DELIVER, lanmu_hand_over_page_get_type},
    {"lists", N_ ("Lists"), "F5", GDK_KEY_F5, LANMU_ACTION_IMPORT, lanmu_lists_page_get_type},
    {"sign-in", N_ ("Sign in"), "F6", GDK_KEY_F6, LANMU_N_ACTIONS, lanmu_sign_in_page_get_type},
    {"repair", N_ ("Repair"), "F8", GDK_KEY_F8, LANMU_ACTION_REPAIR, lanmu_repair_page_get_type},
    {"tray", N_ ("Unclaimed"), "T", GDK_KEY_t, LANMU_ACTION_TRAY, lanmu_tray_page_get_type},
};

const LanmuPageRow *lanmu_pages_get (guint *n)
{
  *n = G_N_ELEMENTS (PAGES);
  return PAGES;
}

const LanmuPageRow *lanmu_pages_find (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PAGES); i++)
    if (g_str_equal (PAGES[i].name, name))
      return &PAGES[i];
  return NULL;
}

const LanmuPageRow *lanmu_pages_find_key (guint keyval)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PAGES); i++)
    if (PAGES[i].keyval != 0 && PAGES[i].keyval == keyval)
      return &PAGES[i];
  return NULL;
}
