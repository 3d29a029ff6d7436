/* The keys of ui/keys.h. Times are the event's own: a main loop that was late must not make a person look like a
 * scanner, or a scanner like a person. */
#include "ui/keys.h"
#include "ui/pages.h"
#include "ui/scanner.h"

#include <string.h>

struct _LanmuKeys {
  GObject parent;
  GtkWindow *window; /* not owned: it owns our controller */
  GtkEventController *controller;
  LanmuScanner *scanner;
  GHashTable *down; /* hardware keys that are pressed */
  gint64 event_us;  /* time of the last event, and when it was handled here */
  gint64 handled_us;
  guint timer;
  gboolean holding; /* HOLD_KEY is down */
  LanmuShootPage *page; /* not owned */
};

G_DEFINE_FINAL_TYPE (LanmuKeys, lanmu_keys, G_TYPE_OBJECT)

enum { PRESSED, SCANNED, BROKEN, HELD, N_SIGNALS };

#define HOLD_KEY GDK_KEY_F1 /* names in full while it is down */
static guint signals[N_SIGNALS];

static const struct {
  guint keyval; /* lower case */
  gboolean control, in_text;
  const char *action;
} KEYS[] = {
    {GDK_KEY_space, FALSE, FALSE, "station.shoot"},
    {GDK_KEY_Return, FALSE, FALSE, "station.accept"},
    {GDK_KEY_KP_Enter, FALSE, FALSE, "station.accept"},
    {GDK_KEY_r, FALSE, FALSE, "station.retake"},
    {GDK_KEY_s, FALSE, FALSE, "station.skip"},
    {GDK_KEY_a, FALSE, FALSE, "station.absent"},
    {GDK_KEY_n, FALSE, FALSE, "station.next"},
    {GDK_KEY_c, FALSE, FALSE, "station.confirm"},
    {GDK_KEY_x, FALSE, FALSE, "win.refuse"},
    {GDK_KEY_l, FALSE, FALSE, "win.lift"},
    {GDK_KEY_f, FALSE, FALSE, "win.find"},
    {GDK_KEY_f, TRUE, TRUE, "win.find"},
    {GDK_KEY_m, FALSE, FALSE, "win.sound"},
    {GDK_KEY_d, FALSE, FALSE, "win.discard"},
    {GDK_KEY_i, FALSE, FALSE, "win.checks"},
    {GDK_KEY_Escape, FALSE, TRUE, "win.live"},
    {GDK_KEY_z, TRUE, FALSE, "station.undo"},
    {GDK_KEY_F9, FALSE, TRUE, "win.theme"},
    {GDK_KEY_F11, FALSE, TRUE, "win.fullscreen"},
    {GDK_KEY_q, TRUE, TRUE, "app.quit"},
};

/* While a take is on the page; they repeat as long as they are held. */
static const struct {
  guint keyval;
  const char *step;
} STEPS[] = {
    {GDK_KEY_Left, "left"},      {GDK_KEY_Right, "right"},      {GDK_KEY_Up, "up"},          {GDK_KEY_Down, "down"},
    {GDK_KEY_plus, "larger"},    {GDK_KEY_equal, "larger"},     {GDK_KEY_KP_Add, "larger"},  {GDK_KEY_minus, "smaller"},
    {GDK_KEY_KP_Subtract, "smaller"}, {GDK_KEY_Home, "home"},
};

static gboolean act_on_crop (LanmuKeys *self, guint keyval)
{
  gboolean reviewing = self->page != NULL && gtk_widget_get_mapped (GTK_WIDGET (self->page)) &&
                       lanmu_live_picture_has_still (lanmu_shoot_page_get_picture (self->page));
  for (gsize i = 0; reviewing && i < G_N_ELEMENTS (STEPS); i++)
    if (STEPS[i].keyval == keyval) {
      g_autofree char *action = g_strdup_printf ("win.crop('%s')", STEPS[i].step);
      g_signal_emit (self, signals[PRESSED], 0, action);
      return TRUE;
    }
  return FALSE;
}

void lanmu_keys_set_review (LanmuKeys *self, LanmuShootPage *page)
{
  self->page = page;
}

/* The key of a page; a letter is one outside text fields only. */
static gboolean act_on_page (LanmuKeys *self, guint keyval, gboolean in_text)
{
  const LanmuPageRow *row = lanmu_pages_find_key (keyval);
  if (row == NULL || (in_text && gdk_keyval_to_unicode (keyval) != 0))
    return FALSE;
  g_autofree char *action = g_strdup_printf ("win.page('%s')", row->name);
  g_signal_emit (self, signals[PRESSED], 0, action);
  return TRUE;
}

static gboolean act (LanmuKeys *self, guint keyval, gboolean control, gboolean in_text)
{
  guint lower = gdk_keyval_to_lower (keyval);
  guint digit = gdk_keyval_to_unicode (keyval) - '0';

  if (!control && !in_text && digit >= 1 && digit <= 9) {
    g_autofree char *take = g_strdup_printf ("station.take(uint32 %u)", digit);
    g_signal_emit (self, signals[PRESSED], 0, take);
    return TRUE;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (KEYS); i++) {
    if (KEYS[i].keyval == lower && KEYS[i].control == control && (!in_text || KEYS[i].in_text)) {
      g_signal_emit (self, signals[PRESSED], 0, KEYS[i].action);
      return TRUE;
    }
  }
  if (!control && !in_text && act_on_crop (self, keyval))
    return TRUE;
  return !control && act_on_page (self, lower, in_text);
}

/* Keys the scanner's recogniser held back and gave back. */
static void act_on_released (LanmuKeys *self)
{
  g_autofree char *released = g_strdup (lanmu_scanner_get_released (self->scanner));
  for (const char *c = released; *c != '\0'; c++)
    act (self, gdk_unicode_to_keyval ((guint32) *c), FALSE, FALSE);
}

static gboolean conclude (LanmuKeys *self, LanmuScannerVerdict verdict, gboolean in_text)
{
  act_on_released (self);
  if (verdict == LANMU_SCANNER_CODE)
    g_signal_emit (self, signals[SCANNED], 0, lanmu_scanner_get_code (self->scanner), in_text);
  else if (verdict == LANMU_SCANNER_BROKEN)
    g_signal_emit (self, signals[BROKEN], 0);
  return verdict != LANMU_SCANNER_PASS;
}

static gboolean is_text (GtkWidget *focus)
{
  return focus != NULL && (GTK_IS_TEXT (focus) || GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus));
}

static gint64 now_us (LanmuKeys *self)
{
  return self->event_us + g_get_monotonic_time () - self->handled_us;
}

static void schedule (LanmuKeys *self);

static gboolean on_deadline (gpointer data)
{
  g_autoptr (LanmuKeys) self = g_object_ref (data);
  self->timer = 0;
  conclude (self, lanmu_scanner_tick (self->scanner, now_us (self)), is_text (gtk_window_get_focus (self->window)));
  schedule (self);
  return G_SOURCE_REMOVE;
}

/* Below the priority of events: keys that already wait are seen before a pause is believed. */
static void schedule (LanmuKeys *self)
{
  gint64 deadline = lanmu_scanner_get_deadline (self->scanner);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (deadline == 0)
    return;
  gint64 left_us = MAX (0, deadline - now_us (self));
  self->timer = g_timeout_add_full (G_PRIORITY_DEFAULT + 10, (guint) (left_us / 1000 + 1), on_deadline, self, NULL);
}

static void hold (LanmuKeys *self, gboolean held)
{
  if (self->holding == held)
    return;
  self->holding = held;
  g_signal_emit (self, signals[HELD], 0, held);
}

static LanmuScannerKey classify (guint keyval, GdkModifierType modifiers)
{
  guint32 ch = gdk_keyval_to_unicode (keyval);
  if (modifiers != 0)
    return LANMU_SCANNER_KEY_OTHER;
  if (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter || keyval == GDK_KEY_Tab ||
      keyval == GDK_KEY_Linefeed)
    return LANMU_SCANNER_KEY_END;
  if (keyval == GDK_KEY_space)
    return LANMU_SCANNER_KEY_SPACE;
  return ch > 0x20 && ch < 0x7f ? LANMU_SCANNER_KEY_CHAR : LANMU_SCANNER_KEY_OTHER;
}

static gboolean is_modifier (guint keyval)
{
  return (keyval >= GDK_KEY_Shift_L && keyval <= GDK_KEY_Hyper_R) ||
         (keyval >= GDK_KEY_ISO_Lock && keyval <= GDK_KEY_ISO_Last_Group_Lock) || keyval == GDK_KEY_Mode_switch ||
         keyval == GDK_KEY_Num_Lock;
}

/* A list that is open over the window (the classes) is worked by its own keys. */
static gboolean in_popover (GtkWidget *focus)
{
  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

/* A passphrase is typed: however fast, it is no scan, and its Enter is its own. */
static gboolean in_secret (GtkWidget *focus)
{
  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_PASSWORD_ENTRY) != NULL;
}

static gboolean on_pressed (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
                            LanmuKeys *self)
{
  GdkModifierType modifiers = state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK);
  GtkWidget *focus = gtk_window_get_focus (self->window);
  if (keyval == HOLD_KEY) {
    hold (self, TRUE);
    return TRUE;
  }
  if (keyval == GDK_KEY_F6 && (state & GDK_SHIFT_MASK) != 0) {
    g_signal_emit (self, signals[PRESSED], 0, "win.sign-out");
    return TRUE;
  }
  if (modifiers == 0 && in_secret (focus))
    return FALSE;
  gboolean in_text = is_text (focus), repeated = !g_hash_table_add (self->down, GUINT_TO_POINTER (keycode));
  LanmuScannerKey key = classify (keyval, modifiers);

  if (is_modifier (keyval))
    return FALSE;
  if (repeated && !in_text && (key != LANMU_SCANNER_KEY_OTHER || modifiers != 0))
    return TRUE;
  self->event_us =
      gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller)) * G_GINT64_CONSTANT (1000);
  self->handled_us = g_get_monotonic_time ();
  char ch = key == LANMU_SCANNER_KEY_CHAR ? (char) gdk_keyval_to_unicode (keyval) : 0;
  LanmuScannerVerdict verdict = lanmu_scanner_press (self->scanner, key, ch, self->event_us, in_text);
  gboolean taken = conclude (self, verdict, in_text);
  schedule (self);
  if (taken)
    return TRUE;
  if (in_popover (focus) && modifiers == 0 && keyval != GDK_KEY_F11)
    return FALSE;
  return act (self, keyval, modifiers == GDK_CONTROL_MASK, in_text);
}

static void on_released (GtkEventControllerKey *controller, guint keyval, guint keycode, GdkModifierType state,
                         LanmuKeys *self)
{
  g_hash_table_remove (self->down, GUINT_TO_POINTER (keycode));
  if (keyval == HOLD_KEY)
    hold (self, FALSE);
}

/* Keys released while another window has the focus are not seen. */
static void on_active (LanmuKeys *self)
{
  g_hash_table_remove_all (self->down);
  hold (self, FALSE);
}

static void lanmu_keys_dispose (GObject *object)
{
  LanmuKeys *self = LANMU_KEYS (object);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->controller != NULL) {
    g_signal_handlers_disconnect_by_data (self->controller, self);
    g_object_remove_weak_pointer (G_OBJECT (self->controller), (gpointer *) &self->controller);
    self->controller = NULL;
  }
  g_clear_pointer (&self->scanner, lanmu_scanner_free);
  g_clear_pointer (&self->down, g_hash_table_unref);
  G_OBJECT_CLASS (lanmu_keys_parent_class)->dispose (object);
}

static void lanmu_keys_class_init (LanmuKeysClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_keys_dispose;
  signals[PRESSED] =
      g_signal_new ("pressed", LANMU_TYPE_KEYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SCANNED] = g_signal_new ("scanned", LANMU_TYPE_KEYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                   G_TYPE_STRING, G_TYPE_BOOLEAN);
  signals[HELD] = g_signal_new ("held", LANMU_TYPE_KEYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                G_TYPE_BOOLEAN);
  signals[BROKEN] = g_signal_new ("broken", LANMU_TYPE_KEYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void lanmu_keys_init (LanmuKeys *self)
{
  self->scanner = lanmu_scanner_new ();
  self->down = g_hash_table_new (NULL, NULL);
}

LanmuKeys *lanmu_keys_new (GtkWindow *window)
{
  LanmuKeys *self = g_object_new (LANMU_TYPE_KEYS, NULL);
  self->window = window;
  self->controller = gtk_event_controller_key_new ();
  g_object_add_weak_pointer (G_OBJECT (self->controller), (gpointer *) &self->controller);
  gtk_event_controller_set_propagation_phase (self->controller, GTK_PHASE_CAPTURE);
  g_signal_connect (self->controller, "key-pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect (self->controller, "key-released", G_CALLBACK (on_released), self);
  g_signal_connect_object (window, "notify::is-active", G_CALLBACK (on_active), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (window), self->controller);
  return self;
}
