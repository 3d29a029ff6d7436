/* The page of ui/signinpage.h. */
#include "ui/signinpage.h"
#include "ui/advice.h"
#include "ui/page.h"
#include "ui/pinpane.h"
#include "ui/rolewords.h"
#include "ui/statewords.h"
#include "ui/template.h"

#include <glib/gi18n.h>

struct _LanmuSignInPage {
  GtkWidget parent;
  LanmuStation *station;
  GtkWidget *box;
  LanmuPinPane *pane;
  GtkLabel *title, *help;
};

static void page_init (LanmuPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (LanmuSignInPage, lanmu_sign_in_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (LANMU_TYPE_PAGE, page_init))

static LanmuDesk *desk (LanmuSignInPage *self)
{
  return lanmu_station_get_desk (self->station);
}

static char *make_title (LanmuSignInPage *self)
{
  const LanmuStaffRow *staff = lanmu_desk_get_staff (desk (self));
  if (staff != NULL)
    return g_strdup_printf (_ ("%s works here (%s) · who is next?"), staff->name, lanmu_role_word (staff->role));
  return g_strdup (lanmu_desk_is_guarded (desk (self)) ? _ ("Who works here?") : _ ("Nobody is asked for a PIN yet"));
}

/* Where a PIN comes from: this page gives none. */
static const char *make_help (LanmuSignInPage *self)
{
  if (!lanmu_desk_is_guarded (desk (self)))
    return _ ("Everybody at this station may do everything. To change that, with Lanmu closed, type in a terminal:\n"
              "lanmuctl staff add NAME administrator\nlanmuctl staff pin NAME");
  return _ ("Choose a name by its digit, then type the PIN and Enter; or scan a card.\n"
            "PIN forgotten? With Lanmu closed an administrator types: lanmuctl staff pin NAME");
}

static void show (LanmuSignInPage *self)
{
  g_autofree char *title = make_title (self);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->help, make_help (self));
}

static void enter (LanmuPage *page)
{
  LanmuSignInPage *self = LANMU_SIGN_IN_PAGE (page);
  lanmu_desk_refresh (desk (self), NULL);
  show (self);
  lanmu_pin_pane_begin (self->pane, desk (self), LANMU_N_ACTIONS, 0);
}

static void left (LanmuPage *page)
{
  lanmu_pin_pane_end (LANMU_SIGN_IN_PAGE (page)->pane);
}

static void on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuSignInPage) self = data;
  g_autoptr (GError) error = NULL;
  if (lanmu_desk_sign_in_finish (LANMU_DESK (source), result, &error)) {
    lanmu_pin_pane_end (self->pane);
    lanmu_page_leave (LANMU_PAGE (self));
  } else {
    lanmu_pin_pane_refuse (self->pane, lanmu_advice_for_error (error).what);
  }
}

static void on_entered (LanmuSignInPage *self, const char *name, const char *pin)
{
  lanmu_desk_sign_in_async (desk (self), name, pin, on_signed_in, g_object_ref (self));
}

void lanmu_sign_in_page_refuse (LanmuSignInPage *self, const char *sentence)
{
  lanmu_pin_pane_refuse (self->pane, sentence);
}

static gboolean press (LanmuPage *page, const char *action, GVariant *target)
{
  LanmuSignInPage *self = LANMU_SIGN_IN_PAGE (page);
  if (lanmu_pin_pane_press (self->pane, action, target))
    return TRUE;
  if (!g_str_equal (action, "win.live"))
    return g_str_has_prefix (action, "station."); /* nothing shoots behind this page */
  lanmu_page_leave (page);
  return TRUE;
}

static void add_state (LanmuPage *page, JsonBuilder *builder)
{
  LanmuSignInPage *self = LANMU_SIGN_IN_PAGE (page);
  lanmu_state_add_string (builder, "sign_in_mode", lanmu_pin_pane_get_mode (self->pane));
  lanmu_state_add_int (builder, "sign_in_people", lanmu_pin_pane_get_n_people (self->pane));
  lanmu_state_add_int (builder, "sign_in_refusals", lanmu_pin_pane_get_refusals (self->pane));
  lanmu_state_add_string (builder, "sign_in_text", lanmu_pin_pane_get_text (self->pane));
}

static void set_station (LanmuPage *page, LanmuStation *station)
{
  LanmuSignInPage *self = LANMU_SIGN_IN_PAGE (page);
  g_set_object (&self->station, station);
  g_signal_connect_object (desk (self), "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
}

static const LanmuPageKey PAGE_KEYS[] = {
    {N_ ("1–9"), N_ ("Name"), "station.take(uint32 1)"},
    {N_ ("Shift+F6"), N_ ("Sign out"), "win.sign-out"},
    {N_ ("Esc"), N_ ("Back"), "win.live"},
    {NULL, NULL, NULL},
};

static void page_init (LanmuPageInterface *iface)
{
  iface->set_station = set_station;
  iface->enter = enter;
  iface->left = left;
  iface->press = press;
  iface->keys = PAGE_KEYS;
  iface->add_state = add_state;
}

static void lanmu_sign_in_page_dispose (GObject *object)
{
  LanmuSignInPage *self = LANMU_SIGN_IN_PAGE (object);
  g_clear_object (&self->station);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (lanmu_sign_in_page_parent_class)->dispose (object);
}

static void lanmu_sign_in_page_class_init (LanmuSignInPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_sign_in_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "signinpage");
}

static GtkLabel *add_label (LanmuSignInPage *self, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (self->box), label);
  return GTK_LABEL (label);
}

static void lanmu_sign_in_page_init (LanmuSignInPage *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  gtk_widget_set_halign (self->box, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->box, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->title = add_label (self, "sign-in-title");
  self->pane = g_object_new (LANMU_TYPE_PIN_PANE, NULL);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->pane));
  self->help = add_label (self, "quiet");
  g_signal_connect_object (self->pane, "entered", G_CALLBACK (on_entered), self, G_CONNECT_SWAPPED);
}
