/* The pane of ui/vouchpane.h: CLOSED → (C) PIN → confirmed; CLOSED → (X) REASON → (4) WORDS → (PIN) → refused. */
#include "ui/vouchpane.h"
#include "app/roles/veil.h"
#include "ui/advice.h"
#include "ui/keybutton.h"
#include "ui/pinpane.h"

#include <glib/gi18n.h>

typedef enum { STEP_CLOSED, STEP_REASON, STEP_WORDS, STEP_PIN } Step;

/* Why the person is not the one in the record: English in the record of the hold, whatever the screen's language. The
 * last one is own words. */
static const char *const REASONS[] = {N_ ("not the person in the record"), N_ ("papers and record differ"),
                                      N_ ("no papers to compare with"), N_ ("other, in own words …")};
#define OWN_WORDS (G_N_ELEMENTS (REASONS) - 1)

struct _LanmuVouchPane {
  GtkWidget parent;
  LanmuStation *station;
  Step step;
  gboolean vouch, confirms;
  gint64 binding; /* the sitting it is about */
  char *reason;
  const char *how; /* of the answer on its way */
  GtkWidget *box, *title, *reasons, *words;
  LanmuPinPane *pin;
};

G_DEFINE_FINAL_TYPE (LanmuVouchPane, lanmu_vouch_pane, GTK_TYPE_WIDGET)

enum { REFUSE, DONE, REFUSED, N_SIGNALS };
static guint signals[N_SIGNALS];

/* An answer on its way, and the sitting it was begun for. */
typedef struct {
  LanmuVouchPane *self;
  gint64 binding;
  gboolean confirms;
  char *reason;
  const char *how;
} Answer;

static void answer_free (Answer *answer)
{
  g_object_unref (answer->self);
  g_free (answer->reason);
  g_free (answer);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Answer, answer_free)

static LanmuDesk *desk (LanmuVouchPane *self)
{
  return lanmu_station_get_desk (self->station);
}

static gint64 class_id (LanmuVouchPane *self)
{
  LanmuStudent *student = lanmu_station_get_student (self->station);
  return student != NULL ? lanmu_student_get_class_id (student) : 0;
}

static void show_title (LanmuVouchPane *self)
{
  LanmuStudent *student = lanmu_station_get_student (self->station);
  g_autofree char *name = student != NULL ? lanmu_veil_dup_student_name (student, LANMU_VEIL_CALLED) : g_strdup ("");
  g_autofree char *number = student != NULL ? lanmu_student_dup_grouped_no (student) : g_strdup ("");
  const char *format = self->confirms           ? _ ("Confirm %s, %s · a counselor's PIN or card · Esc does not")
                       : self->step == STEP_PIN ? _ ("Refuse %s, %s · a counselor's PIN or card · Esc does not")
                                                : _ ("%s, %s is not confirmed, because: · Esc does not");
  g_auto (GStrv) parts = g_strsplit (format, "%s", 3);
  g_autofree char *text = g_strconcat (parts[0], name, parts[1], number, parts[2], NULL);
  gtk_label_set_label (GTK_LABEL (self->title), text);
}

static void set_step (LanmuVouchPane *self, Step step)
{
  self->step = step;
  gtk_widget_set_visible (self->reasons, step == STEP_REASON);
  gtk_widget_set_visible (self->words, step == STEP_WORDS);
  gtk_widget_set_visible (GTK_WIDGET (self->pin), step == STEP_PIN);
  gtk_widget_set_visible (GTK_WIDGET (self), step != STEP_CLOSED);
  if (step == STEP_PIN)
    lanmu_pin_pane_begin (self->pin, desk (self), LANMU_ACTION_COUNTERSIGN, class_id (self));
  else
    lanmu_pin_pane_end (self->pin);
  if (step == STEP_WORDS)
    gtk_widget_grab_focus (self->words);
  if (step != STEP_CLOSED)
    show_title (self);
}

static void open_pane (LanmuVouchPane *self, gboolean confirms, gboolean vouch, Step step)
{
  self->binding = lanmu_station_get_binding_id (self->station);
  self->confirms = confirms;
  self->vouch = vouch;
  if (self->binding != 0)
    set_step (self, step);
}

void lanmu_vouch_pane_confirm (LanmuVouchPane *self)
{
  open_pane (self, TRUE, TRUE, STEP_PIN);
}

void lanmu_vouch_pane_refuse (LanmuVouchPane *self, gboolean vouch)
{
  gtk_editable_set_text (GTK_EDITABLE (self->words), "");
  open_pane (self, FALSE, vouch, STEP_REASON);
}

void lanmu_vouch_pane_close (LanmuVouchPane *self)
{
  g_clear_pointer (&self->reason, g_free);
  self->binding = 0;
  set_step (self, STEP_CLOSED);
}

/* -- the word -- */

static void on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuVouchPane) self = data;
  g_autoptr (GError) error = NULL;
  if (lanmu_station_countersign_finish (LANMU_STATION (source), result, &error))
    g_signal_emit (self, signals[DONE], 0);
  else
    g_signal_emit (self, signals[REFUSED], 0, error);
}

static void write_word (const Answer *answer, const LanmuStaffRow *staff)
{
  LanmuVouchPane *self = answer->self;
  LanmuVoucher voucher = {
      .staff_id = staff->id, .name = staff->name, .how = answer->how, .binding_id = answer->binding};
  if (answer->confirms)
    lanmu_station_confirm_async (self->station, &voucher, on_written, g_object_ref (self));
  else
    lanmu_station_refuse_async (self->station, &voucher, answer->reason, TRUE, on_written, g_object_ref (self));
}

static void on_vouched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Answer) answer = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStaffRow) staff = lanmu_desk_vouch_finish (LANMU_DESK (source), result, &error);
  gboolean still = answer->self->binding == answer->binding && answer->self->step == STEP_PIN;

  if (staff == NULL && still)
    lanmu_pin_pane_refuse (answer->self->pin, lanmu_advice_for_error (error).what);
  if (staff == NULL || !still)
    return; /* closed meanwhile: the person thought better of it, or somebody else sits there */
  lanmu_vouch_pane_close (answer->self);
  write_word (answer, staff);
}

static Answer *answer_new (LanmuVouchPane *self, const char *how)
{
  Answer *answer = g_new (Answer, 1);
  *answer = (Answer){g_object_ref (self), self->binding, self->confirms, g_strdup (self->reason), how};
  return answer;
}

static void on_entered (LanmuVouchPane *self, const char *name, const char *pin)
{
  lanmu_desk_vouch_async (desk (self), LANMU_ACTION_COUNTERSIGN, class_id (self), name, pin, on_vouched,
                          answer_new (self, "pin"));
}

gboolean lanmu_vouch_pane_card (LanmuVouchPane *self, const char *card)
{
  if (self->step != STEP_PIN)
    return FALSE;
  lanmu_desk_vouch_async (desk (self), LANMU_ACTION_COUNTERSIGN, class_id (self), card, NULL, on_vouched,
                          answer_new (self, "card"));
  return TRUE;
}

/* -- why not -- */

static void because (LanmuVouchPane *self, const char *why)
{
  g_free (self->reason);
  self->reason = g_strdup (why);
  if (self->vouch) {
    set_step (self, STEP_PIN);
    return;
  }
  g_autofree char *said = g_strdup (why);
  lanmu_vouch_pane_close (self);
  g_signal_emit (self, signals[REFUSE], 0, said);
}

static void choose_reason (LanmuVouchPane *self, guint place)
{
  if (place == OWN_WORDS)
    set_step (self, STEP_WORDS);
  else if (place < OWN_WORDS)
    because (self, REASONS[place]);
}

static void on_words (LanmuVouchPane *self)
{
  g_autofree char *why = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->words))));
  if (*why != '\0')
    because (self, why);
}

gboolean lanmu_vouch_pane_press (LanmuVouchPane *self, const char *action, GVariant *target)
{
  if (self->step == STEP_CLOSED)
    return FALSE;
  if (self->step == STEP_REASON && g_str_equal (action, "station.take")) {
    choose_reason (self, g_variant_get_uint32 (target) - 1);
    return TRUE;
  }
  if (self->step == STEP_PIN && lanmu_pin_pane_press (self->pin, action, target))
    return TRUE;
  if (!g_str_equal (action, "win.live"))
    return FALSE;
  lanmu_vouch_pane_close (self);
  return TRUE;
}

const char *lanmu_vouch_pane_get_mode (LanmuVouchPane *self)
{
  static const char *const words[] = {"closed", "reason", "words", NULL};
  return self->step == STEP_PIN ? lanmu_pin_pane_get_mode (self->pin) : words[self->step];
}

const char *lanmu_vouch_pane_get_text (LanmuVouchPane *self)
{
  return lanmu_pin_pane_get_text (self->pin);
}

static void on_student (LanmuVouchPane *self)
{
  if (self->step != STEP_CLOSED && lanmu_station_get_binding_id (self->station) != self->binding)
    lanmu_vouch_pane_close (self);
}

void lanmu_vouch_pane_set_station (LanmuVouchPane *self, LanmuStation *station)
{
  g_set_object (&self->station, station);
  g_signal_connect_object (station, "notify::student", G_CALLBACK (on_student), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::token", G_CALLBACK (on_student), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (desk (self), "changed", G_CALLBACK (lanmu_vouch_pane_close), self, G_CONNECT_SWAPPED);
}

static void lanmu_vouch_pane_dispose (GObject *object)
{
  LanmuVouchPane *self = LANMU_VOUCH_PANE (object);
  g_clear_object (&self->station);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->reason, g_free);
  G_OBJECT_CLASS (lanmu_vouch_pane_parent_class)->dispose (object);
}

static void lanmu_vouch_pane_class_init (LanmuVouchPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_vouch_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "vouchpane");
  signals[REFUSE] = g_signal_new ("refuse", LANMU_TYPE_VOUCH_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);
  signals[DONE] = g_signal_new ("done", LANMU_TYPE_VOUCH_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[REFUSED] = g_signal_new ("refused", LANMU_TYPE_VOUCH_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void add_reasons (LanmuVouchPane *self)
{
  self->reasons = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++) {
    g_autofree char *key = g_strdup_printf ("%u", i + 1);
    g_autofree char *action = g_strdup_printf ("win.key('station.take(uint32 %u)')", i + 1);
    gtk_box_append (GTK_BOX (self->reasons), lanmu_key_button_new (key, _ (REASONS[i]), action));
  }
}

static void lanmu_vouch_pane_init (LanmuVouchPane *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->title = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->title), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->title), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->title, "vouch-title");
  add_reasons (self);
  self->words = gtk_text_new ();
  gtk_text_set_placeholder_text (GTK_TEXT (self->words), _ ("Why? · Enter"));
  gtk_text_set_max_length (GTK_TEXT (self->words), 200);
  gtk_widget_add_css_class (self->words, "find-entry");
  self->pin = g_object_new (LANMU_TYPE_PIN_PANE, NULL);
  gtk_box_append (GTK_BOX (self->box), self->title);
  gtk_box_append (GTK_BOX (self->box), self->reasons);
  gtk_box_append (GTK_BOX (self->box), self->words);
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->pin));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "plate");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_object (self->pin, "entered", G_CALLBACK (on_entered), self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->words, "activate", G_CALLBACK (on_words), self);
}
