/* The sentence of ui/prompt.h. Its one timer runs only while a clock is shown or an answer is to go. */
#include "ui/prompt.h"
#include "app/format.h"
#include "ui/mark.h"

#include <glib/gi18n.h>
#include <time.h>

#define ANSWER_SECONDS 5

struct _LanmuPrompt {
  GtkWidget parent;
  GtkWidget *box, *mark, *text, *detail, *clock;
  char *instruction, *answer, *trouble, *trouble_detail;
  const char *answer_tone;
  gint64 trouble_since_us;
  guint answer_timer, clock_timer;
};

G_DEFINE_FINAL_TYPE (LanmuPrompt, lanmu_prompt, GTK_TYPE_WIDGET)

static char *join (LanmuAdvice advice)
{
  if (advice.what == NULL)
    return NULL;
  return advice.todo != NULL ? g_strdup_printf ("%s · %s", advice.what, advice.todo) : g_strdup (advice.what);
}

static gint64 boot_us (void)
{
  struct timespec now;
  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static gboolean on_clock (gpointer data)
{
  LanmuPrompt *self = data;
  g_autofree char *text = lanmu_format_duration (MAX (0, boot_us () - self->trouble_since_us) / G_USEC_PER_SEC);
  gtk_label_set_label (GTK_LABEL (self->clock), text);
  return G_SOURCE_CONTINUE;
}

const char *lanmu_prompt_get_kind (LanmuPrompt *self)
{
  if (self->trouble != NULL)
    return "trouble";
  if (self->answer != NULL)
    return "answer";
  return self->instruction != NULL ? "instruction" : "none";
}

const char *lanmu_prompt_get_text (LanmuPrompt *self)
{
  const char *text = self->trouble != NULL ? self->trouble : self->answer != NULL ? self->answer : self->instruction;
  return text != NULL ? text : "";
}

static void show (LanmuPrompt *self)
{
  gboolean trouble = self->trouble != NULL, answer = !trouble && self->answer != NULL;
  const char *tone = trouble ? "warn" : answer ? self->answer_tone : NULL;
  const char *text = lanmu_prompt_get_text (self);
  const char *classes[] = {trouble ? "trouble" : answer ? "answer" : "instruction", NULL};

  gtk_widget_set_css_classes (self->box, classes);
  gtk_label_set_label (GTK_LABEL (self->text), text);
  lanmu_mark_set (LANMU_MARK (self->mark), g_strcmp0 (tone, "good") == 0 ? LANMU_MARK_DOT : LANMU_MARK_TRIANGLE, tone);
  gtk_widget_set_visible (self->mark, trouble || answer);
  gtk_widget_set_visible (self->clock, trouble);
  gtk_label_set_label (GTK_LABEL (self->detail), trouble && self->trouble_detail != NULL ? self->trouble_detail : "");
  gtk_widget_set_visible (self->detail, trouble && self->trouble_detail != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), *text != '\0');
}

void lanmu_prompt_set_instruction (LanmuPrompt *self, const char *text)
{
  if (g_strcmp0 (text, self->instruction) == 0)
    return;
  g_free (self->instruction);
  self->instruction = g_strdup (text);
  show (self);
}

void lanmu_prompt_unsay (LanmuPrompt *self)
{
  g_clear_handle_id (&self->answer_timer, g_source_remove);
  g_clear_pointer (&self->answer, g_free);
  show (self);
}

static gboolean on_answer_over (gpointer data)
{
  LanmuPrompt *self = data;
  self->answer_timer = 0;
  lanmu_prompt_unsay (self);
  return G_SOURCE_REMOVE;
}

void lanmu_prompt_say (LanmuPrompt *self, LanmuAdvice advice, const char *tone)
{
  lanmu_prompt_unsay (self);
  self->answer = join (advice);
  self->answer_tone = tone;
  self->answer_timer = g_timeout_add_seconds (ANSWER_SECONDS, on_answer_over, self);
  show (self);
}

const char *lanmu_prompt_get_detail (LanmuPrompt *self)
{
  return self->trouble != NULL && self->trouble_detail != NULL ? self->trouble_detail : "";
}

void lanmu_prompt_set_trouble (LanmuPrompt *self, LanmuAdvice advice, const char *detail, gint64 since_us)
{
  g_free (self->trouble);
  self->trouble = join (advice);
  g_free (self->trouble_detail);
  self->trouble_detail = g_strdup (detail);
  self->trouble_since_us = since_us > 0 ? since_us : boot_us ();
  if (self->trouble != NULL) {
    on_clock (self);
    if (self->clock_timer == 0)
      self->clock_timer = g_timeout_add_seconds (1, on_clock, self);
  } else {
    g_clear_handle_id (&self->clock_timer, g_source_remove);
  }
  show (self);
}

static void lanmu_prompt_dispose (GObject *object)
{
  LanmuPrompt *self = LANMU_PROMPT (object);
  g_clear_handle_id (&self->answer_timer, g_source_remove);
  g_clear_handle_id (&self->clock_timer, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->instruction, g_free);
  g_clear_pointer (&self->answer, g_free);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->trouble_detail, g_free);
  G_OBJECT_CLASS (lanmu_prompt_parent_class)->dispose (object);
}

static void lanmu_prompt_class_init (LanmuPromptClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_prompt_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "prompt");
}

static void lanmu_prompt_init (LanmuPrompt *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->mark = lanmu_mark_new (LANMU_MARK_TRIANGLE);
  self->text = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->text), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->text), GTK_JUSTIFY_CENTER);
  gtk_widget_set_hexpand (self->text, TRUE);
  self->detail = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->detail), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->detail), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->detail, "detail");
  self->clock = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->clock, "tabular");
  gtk_box_append (GTK_BOX (self->box), self->mark);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_box_append (GTK_BOX (lines), self->text);
  gtk_box_append (GTK_BOX (lines), self->detail);
  gtk_box_append (GTK_BOX (self->box), lines);
  gtk_box_append (GTK_BOX (self->box), self->clock);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  show (self);
}

GtkWidget *lanmu_prompt_new (void)
{
  return g_object_new (LANMU_TYPE_PROMPT, NULL);
}
