/* The page of ui/listspage.h. What it shows is made anew whenever the importer says that its state is another. */
#include "ui/listspage.h"
#include "app/i18n.h"
#include "app/relist.h"
#include "app/roster/importer.h"
#include "app/roster/reportfile.h"
#include "ui/listfiles.h"
#include "ui/page.h"
#include "ui/prompt.h"
#include "ui/statewords.h"

#define MOST_SHOWN 200 /* problems; the report has all that were kept */
#define BAR_MS     100

struct _LanmuListsPage {
  GtkWidget parent;
  LanmuStation *station;
  LanmuImporter *importer;
  GPtrArray *files;          /* char *, by digit */
  LanmuProblemKind kinds[9]; /* decisions, by digit */
  guint n_kinds, timer;
  GtkWidget *box, *title, *bar, *columns, *choices, *problems;
  LanmuPrompt *prompt;
  GtkFileChooserNative *chooser;
};

static void page_init (LanmuPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanmuListsPage, lanmu_lists_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (LANMU_TYPE_PAGE, page_init))

static const LanmuPageKey PAGE_KEYS[] = {
    {N_ ("Enter"), N_ ("Import"), "station.accept"},
    {N_ ("F"), N_ ("Other file"), "win.find"},
    {N_ ("R"), N_ ("Save report"), "station.retake"},
    {N_ ("Esc"), N_ ("Back"), "win.live"},
    {NULL, NULL, NULL},
};

static LanmuImporterState state_of (LanmuListsPage *self)
{
  return self->importer != NULL ? lanmu_importer_get_state (self->importer) : LANMU_IMPORTER_IDLE;
}

static void empty (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void add_line (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
}

/* A line that a digit chooses, also by the pointer. */
static void add_choice (LanmuListsPage *self, guint digit, const char *text, gboolean active)
{
  g_autofree char *label = g_strdup_printf ("%u  %s", digit, text);
  g_autofree char *key = g_strdup_printf ("station.take(uint32 %u)", digit);
  GtkWidget *button = gtk_button_new_with_label (label);
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_MIDDLE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.key");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", key);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_add_css_class (button, "kind");
  if (active)
    gtk_widget_add_css_class (button, "active");
  gtk_box_append (GTK_BOX (self->choices), button);
}

/* -- what was found -- */

static void show_files (LanmuListsPage *self)
{
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = lanmu_list_files_find (lanmu_store_get_data_dir (lanmu_station_get_store (self->station)));
  for (guint i = 0; i < self->files->len; i++)
    add_choice (self, i + 1, g_ptr_array_index (self->files, i), FALSE);
  if (self->files->len == 0)
    add_line (self->choices, _ ("No list on a stick, in Downloads or on the desktop: F chooses another file."),
              "quiet");
}

/* The first sentence of a kind stands for all of it: nobody here reads machine words. */
static char *describe_kind (LanmuReport *report, LanmuProblemKind kind)
{
  for (guint i = 0; i < lanmu_report_get_size (report); i++) {
    const LanmuProblem *problem = lanmu_report_get (report, i);
    if (problem->kind == kind)
      return lanmu_problem_dup_message (problem, lanmu_i18n_is_chinese ());
  }
  return g_strdup (lanmu_problem_kind_to_string (kind));
}

static void show_decisions (LanmuListsPage *self, LanmuReport *report)
{
  self->n_kinds = 0;
  for (int kind = 0; kind < LANMU_N_PROBLEMS && self->n_kinds < G_N_ELEMENTS (self->kinds); kind++) {
    guint count = lanmu_report_get_kind_count (report, kind);
    if (count == 0 || !lanmu_problem_kind_is_acceptable (kind))
      continue;
    gboolean accepted = lanmu_importer_is_accepted (self->importer, kind);
    g_autofree char *sentence = describe_kind (report, kind);
    g_autofree char *text =
        g_strdup_printf (accepted ? _ ("✓ %u × taken as it is: %s") : _ ("%u × take as it is: %s"), count, sentence);
    self->kinds[self->n_kinds++] = kind;
    add_choice (self, self->n_kinds, text, accepted);
  }
}

static void show_problem (LanmuListsPage *self, const LanmuProblem *problem)
{
  g_autofree char *letter = problem->column >= 0 ? lanmu_column_letter ((guint) problem->column) : g_strdup ("");
  g_autofree char *cell = problem->row > 0 ? g_strdup_printf ("%s%u", letter, problem->row) : g_strdup ("");
  g_autofree char *sentence = lanmu_problem_dup_message (problem, lanmu_i18n_is_chinese ());
  const char *sign = problem->severity == LANMU_SEVERITY_ERROR     ? "✗"
                     : problem->severity == LANMU_SEVERITY_WARNING ? "⚠"
                                                                   : "·";
  g_autofree char *line =
      g_strdup_printf ("%s  %s%s%s  %s", sign, problem->sheet, *problem->sheet != '\0' ? "!" : "", cell, sentence);
  add_line (self->problems, line,
            problem->severity == LANMU_SEVERITY_ERROR     ? "error"
            : problem->severity == LANMU_SEVERITY_WARNING ? "warning"
                                                          : "quiet");
}

/* The worst first: what stands in the way is never below the edge of the screen. */
static void show_problems (LanmuListsPage *self, LanmuReport *report)
{
  guint shown = 0, size = lanmu_report_get_size (report);
  for (int severity = LANMU_SEVERITY_ERROR; severity >= LANMU_SEVERITY_NOTE; severity--)
    for (guint i = 0; i < size && shown < MOST_SHOWN; i++) {
      const LanmuProblem *problem = lanmu_report_get (report, i);
      if ((int) problem->severity != severity)
        continue;
      show_problem (self, problem);
      shown++;
    }
  if (size + lanmu_report_get_left_out (report) <= shown)
    return;
  g_autofree char *more =
      g_strdup_printf (_ ("… and %u more: R saves the report"), size + lanmu_report_get_left_out (report) - shown);
  add_line (self->problems, more, "quiet");
}

static void show_columns (LanmuListsPage *self, const LanmuList *list)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; list != NULL && i < MIN (list->sheets->len, 4); i++) {
    const LanmuSheet *sheet = g_ptr_array_index (list->sheets, i);
    g_string_append_printf (text, "%s%s%s", i > 0 ? "\n" : "", sheet->name, *sheet->name != '\0' ? ": " : "");
    for (int field = 0; field < LANMU_FIELD_EXTRA; field++)
      if (sheet->header->column[field] >= 0)
        g_string_append_printf (text, "%s=%s  ", lanmu_field_get_chinese (field),
                                lanmu_header_get_name (sheet->header, field));
  }
  gtk_label_set_label (GTK_LABEL (self->columns), text->str);
}

static char *make_title (LanmuListsPage *self)
{
  const LanmuImport *import = self->importer != NULL ? lanmu_importer_get_import (self->importer) : NULL;
  g_autofree char *name =
      import != NULL ? g_path_get_basename (lanmu_importer_get_path (self->importer)) : g_strdup ("");
  if (import == NULL)
    return g_strdup (_ ("Student lists"));
  return g_strdup_printf (_ ("%s: new %u · the same %u · changed %u · moved %u · not named any more %u"), name,
                          (guint) import->inserted, (guint) import->unchanged, (guint) import->changed,
                          (guint) import->moved, (guint) import->missing);
}

static char *make_instruction (LanmuListsPage *self)
{
  LanmuReport *report = self->importer != NULL ? lanmu_importer_get_report (self->importer) : NULL;
  switch (state_of (self)) {
  case LANMU_IMPORTER_READING:
    return g_strdup (_ ("The list is read · Esc stops it"));
  case LANMU_IMPORTER_WRITING:
    return g_strdup (_ ("The list is written · Esc stops it, nothing is changed then"));
  case LANMU_IMPORTER_DONE:
    return g_strdup (_ ("Imported · Esc back to the picture"));
  case LANMU_IMPORTER_STOPPED:
    return g_strdup (_ ("Stopped; nothing was changed · choose a list by its number"));
  case LANMU_IMPORTER_FAILED:
    return g_strdup (lanmu_importer_get_message (self->importer));
  case LANMU_IMPORTER_JUDGED:
    if (!lanmu_report_is_refused (report))
      return g_strdup (_ ("Look at the lines · Enter imports · R saves the report · Esc does not"));
    return g_strdup_printf (
        _ ("%u errors: nothing is imported · a number takes a kind as it is · R saves the report for "
           "the college"),
        lanmu_report_get_count (report, LANMU_SEVERITY_ERROR));
  default:
    return g_strdup (_ ("Choose a list by its number · F another file · Esc back"));
  }
}

static void show (LanmuListsPage *self)
{
  LanmuReport *report = self->importer != NULL ? lanmu_importer_get_report (self->importer) : NULL;
  g_autofree char *title = make_title (self), *instruction = make_instruction (self);
  empty (self->choices);
  empty (self->problems);
  show_columns (self, report != NULL ? lanmu_importer_get_list (self->importer) : NULL);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  lanmu_prompt_set_instruction (self->prompt, instruction);
  gtk_widget_set_visible (self->bar, self->importer != NULL && lanmu_importer_is_busy (self->importer));
  if (report != NULL && state_of (self) == LANMU_IMPORTER_JUDGED) {
    show_decisions (self, report);
    show_problems (self, report);
  } else if (self->importer == NULL || !lanmu_importer_is_busy (self->importer)) {
    show_files (self);
  }
}

/* -- the importer -- */

static gboolean on_bar (gpointer data)
{
  LanmuListsPage *self = data;
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), lanmu_importer_get_fraction (self->importer));
  if (lanmu_importer_is_busy (self->importer))
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static void on_changed (LanmuListsPage *self)
{
  g_autoptr (GError) error = NULL;
  if (state_of (self) == LANMU_IMPORTER_DONE && !lanmu_station_reload_list (self->station, &error))
    lanmu_prompt_say (self->prompt, lanmu_advice_for_error (error), "warn");
  if (lanmu_importer_is_busy (self->importer) && self->timer == 0)
    self->timer = g_timeout_add (BAR_MS, on_bar, self);
  show (self);
}

static void open_list (LanmuListsPage *self, const char *path)
{
  lanmu_prompt_unsay (self->prompt);
  lanmu_importer_open (self->importer, path);
}

static void on_chosen (GtkNativeDialog *dialog, int response, gpointer data)
{
  LanmuListsPage *self = data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_autofree char *path = file != NULL && response == GTK_RESPONSE_ACCEPT ? g_file_get_path (file) : NULL;
  if (path != NULL)
    open_list (self, path);
  g_clear_object (&self->chooser);
}

static void choose_file (LanmuListsPage *self)
{
  if (self->chooser != NULL || lanmu_importer_is_busy (self->importer))
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Student list"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Beside the list, where the person who sends it back will look for it. */
static void save_report (LanmuListsPage *self)
{
  LanmuReport *report = lanmu_importer_get_report (self->importer);
  const char *list = lanmu_importer_get_path (self->importer);
  g_autoptr (GError) error = NULL;
  if (report == NULL)
    return;
  g_autofree char *path = g_strdup_printf (_ ("%s.report.xlsx"), list);
  g_autofree char *name = g_path_get_basename (path);
  if (lanmu_report_save (report, list, path, &error))
    lanmu_prompt_say (self->prompt, (LanmuAdvice){_ ("The report lies beside the list"), name}, "good");
  else
    lanmu_prompt_say (self->prompt,
                      (LanmuAdvice){_ ("The report could not be saved"), _ ("copy the list to this machine first")},
                      "warn");
}

/* -- keys -- */

static void press_digit (LanmuListsPage *self, guint digit)
{
  if (digit == 0 || lanmu_importer_is_busy (self->importer))
    return;
  if (state_of (self) == LANMU_IMPORTER_JUDGED && digit <= self->n_kinds)
    lanmu_importer_accept (self->importer, self->kinds[digit - 1],
                           !lanmu_importer_is_accepted (self->importer, self->kinds[digit - 1]));
  else if (state_of (self) != LANMU_IMPORTER_JUDGED && self->files != NULL && digit <= self->files->len) {
    g_autofree char *path = g_strdup (g_ptr_array_index (self->files, digit - 1));
    open_list (self, path);
  }
}

static void press_escape (LanmuListsPage *self)
{
  if (lanmu_importer_is_busy (self->importer))
    lanmu_importer_cancel (self->importer);
  else
    lanmu_page_leave (LANMU_PAGE (self));
}

static gboolean press (LanmuPage *page, const char *action, GVariant *target)
{
  LanmuListsPage *self = LANMU_LISTS_PAGE (page);
  if (self->importer == NULL)
    return FALSE;
  if (g_str_equal (action, "win.live"))
    press_escape (self);
  else if (g_str_equal (action, "station.accept"))
    lanmu_importer_apply (self->importer);
  else if (g_str_equal (action, "station.retake"))
    save_report (self);
  else if (g_str_equal (action, "station.take"))
    press_digit (self, g_variant_get_uint32 (target));
  else if (g_str_equal (action, "win.find"))
    choose_file (self);
  else
    return g_str_has_prefix (action, "station."); /* nothing shoots behind this page */
  return TRUE;
}

static void new_importer (LanmuListsPage *self)
{
  g_clear_object (&self->importer);
  self->importer = lanmu_importer_new (lanmu_station_get_store (self->station), "kiosk");
  g_signal_connect_object (self->importer, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
}

static void set_station (LanmuPage *page, LanmuStation *station)
{
  g_set_object (&LANMU_LISTS_PAGE (page)->station, station);
}

static void enter (LanmuPage *page)
{
  LanmuListsPage *self = LANMU_LISTS_PAGE (page);
  if (self->importer == NULL || !lanmu_importer_is_busy (self->importer))
    new_importer (self);
  lanmu_prompt_unsay (self->prompt);
  show (self);
}

static void add_state (LanmuPage *page, JsonBuilder *builder)
{
  LanmuListsPage *self = LANMU_LISTS_PAGE (page);
  LanmuReport *report = self->importer != NULL ? lanmu_importer_get_report (self->importer) : NULL;
  lanmu_state_add_string (builder, "lists_state", lanmu_importer_state_to_string (state_of (self)));
  lanmu_state_add_int (builder, "lists_files", self->files != NULL ? self->files->len : 0);
  lanmu_state_add_int (builder, "lists_errors",
                       report != NULL ? lanmu_report_get_count (report, LANMU_SEVERITY_ERROR) : 0);
}

/* -- the widget -- */

static GtkWidget *scrolled (GtkWidget *box)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), box);
  gtk_widget_set_vexpand (scroll, TRUE);
  return scroll;
}

static GtkWidget *add_label (LanmuListsPage *self, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (self->box), label);
  return label;
}

static void lanmu_lists_page_dispose (GObject *object)
{
  LanmuListsPage *self = LANMU_LISTS_PAGE (object);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->chooser);
  g_clear_object (&self->importer);
  g_clear_object (&self->station);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (lanmu_lists_page_parent_class)->dispose (object);
}

static void lanmu_lists_page_class_init (LanmuListsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_lists_page_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "listspage");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void page_init (LanmuPageInterface *iface)
{
  iface->set_station = set_station;
  iface->enter = enter;
  iface->press = press;
  iface->keys = PAGE_KEYS;
  iface->add_state = add_state;
}

static void lanmu_lists_page_init (LanmuListsPage *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_margin_start (self->box, 24);
  gtk_widget_set_margin_end (self->box, 24);
  gtk_widget_set_margin_top (self->box, 18);
  self->title = add_label (self, "title-2");
  self->columns = add_label (self, "quiet");
  self->bar = gtk_progress_bar_new ();
  self->choices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->problems = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  self->prompt = LANMU_PROMPT (lanmu_prompt_new ());
  gtk_box_append (GTK_BOX (self->box), self->bar);
  gtk_box_append (GTK_BOX (self->box), self->choices);
  gtk_box_append (GTK_BOX (self->box), scrolled (self->problems));
  gtk_box_append (GTK_BOX (self->box), GTK_WIDGET (self->prompt));
}
