/* The interface of ui/page.h. */
#include "ui/page.h"

G_DEFINE_INTERFACE (LanmuPage, lanmu_page, GTK_TYPE_WIDGET)

static guint leave_signal;

static void lanmu_page_default_init (LanmuPageInterface *iface)
{
  leave_signal = g_signal_new ("leave", LANMU_TYPE_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void lanmu_page_set_station (LanmuPage *self, LanmuStation *station)
{
  LANMU_PAGE_GET_IFACE (self)->set_station (self, station);
}

void lanmu_page_enter (LanmuPage *self)
{
  LANMU_PAGE_GET_IFACE (self)->enter (self);
}

void lanmu_page_left (LanmuPage *self)
{
  if (LANMU_PAGE_GET_IFACE (self)->left != NULL)
    LANMU_PAGE_GET_IFACE (self)->left (self);
}

gboolean lanmu_page_press (LanmuPage *self, const char *action, GVariant *target)
{
  return LANMU_PAGE_GET_IFACE (self)->press (self, action, target);
}

gboolean lanmu_page_scanned (LanmuPage *self, const char *code)
{
  LanmuPageInterface *iface = LANMU_PAGE_GET_IFACE (self);
  return iface->scanned != NULL && iface->scanned (self, code);
}

const LanmuPageKey *lanmu_page_get_keys (LanmuPage *self)
{
  static const LanmuPageKey NONE[] = {{NULL, NULL, NULL}};
  const LanmuPageKey *keys = LANMU_PAGE_GET_IFACE (self)->keys;
  return keys != NULL ? keys : NONE;
}

void lanmu_page_add_state (LanmuPage *self, JsonBuilder *builder)
{
  if (LANMU_PAGE_GET_IFACE (self)->add_state != NULL)
    LANMU_PAGE_GET_IFACE (self)->add_state (self, builder);
}

void lanmu_page_leave (LanmuPage *self)
{
  g_signal_emit (self, leave_signal, 0);
}
