/* The command line. Main thread, before anything else; no GTK here, so that --help and --version work without a
 * display. */
#include "ui/options.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean one_of (const char *value, const char *const *allowed)
{
  return value == NULL || g_strv_contains (allowed, value);
}

static gboolean G_GNUC_PRINTF (2, 3) refuse (GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *sentence = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, sentence);
  return FALSE;
}

/* What single options cannot know of each other. */
static gboolean check (const LanmuOptions *self, int argc, char **argv, GError **error)
{
  const char *themes[] = {"dark", "light", "system", NULL};
  const char *languages[] = {"zh_CN", "en", NULL};

  if (argc > 1)
    return refuse (error, _ ("%s is not an option"), argv[1]);
  if (self->simulate && self->camera != NULL)
    return refuse (error, _ ("--simulate and --camera %s exclude each other: give one of them"), self->camera);
  if (self->camera != NULL && !g_str_has_prefix (self->camera, "usb") && !g_str_has_prefix (self->camera, "ptpip:"))
    return refuse (error, _ ("%s names no camera: write usb, usb:serial=NUMBER or ptpip:ADDRESS:PORT"), self->camera);
  if (!one_of (self->theme, themes))
    return refuse (error, _ ("%s is not a theme: write dark, light or system"), self->theme);
  if (!one_of (self->language, languages))
    return refuse (error, _ ("%s is not a language of Lanmu: write zh_CN or en"), self->language);
  if (self->autopilot < 0 || self->run_seconds < 0)
    return refuse (error, _ ("%s must not be negative"), self->autopilot < 0 ? "--autopilot" : "--run-seconds");
  return TRUE;
}

gboolean lanmu_options_parse (LanmuOptions *self, int argc, char **argv, char **help, GError **error)
{
  gboolean want_help = FALSE;
  const GOptionEntry entries[] = {
      {"data", 'd', 0, G_OPTION_ARG_FILENAME, &self->data_dir, N_ ("Work on this data folder"), N_ ("DIR")},
      {"camera", 'c', 0, G_OPTION_ARG_STRING, &self->camera,
       N_ ("usb (the first camera found), usb:serial=NUMBER or ptpip:ADDRESS:PORT"), N_ ("SPEC")},
      {"simulate", 's', 0, G_OPTION_ARG_NONE, &self->simulate, N_ ("Start a simulated camera and use it"), NULL},
      {"windowed", 'w', 0, G_OPTION_ARG_NONE, &self->windowed, N_ ("A window instead of the full screen"), NULL},
      {"autopilot", 0, 0, G_OPTION_ARG_INT, &self->autopilot,
       N_ ("Work N students with the photographer's own actions, then leave"), N_ ("N")},
      {"screens", 0, 0, G_OPTION_ARG_FILENAME, &self->screens, N_ ("Save a PNG of each page passed"), N_ ("DIR")},
      {"theme", 0, 0, G_OPTION_ARG_STRING, &self->theme, N_ ("dark, light or system"), N_ ("THEME")},
      {"language", 0, 0, G_OPTION_ARG_STRING, &self->language, N_ ("zh_CN or en"), N_ ("LANGUAGE")},
      {"run-seconds", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_INT, &self->run_seconds, "", "N"},
      {"version", 'v', 0, G_OPTION_ARG_NONE, &self->version, N_ ("Print the version"), NULL},
      {"help", 'h', 0, G_OPTION_ARG_NONE, &want_help, N_ ("Print this text"), NULL},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char **copy = g_memdup2 (argv, sizeof (char *) * (argc + 1));

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, "lanmu");
  g_option_context_set_summary (context, _ ("Lanmu 蓝幕: the capture station for diploma photographs"));
  g_option_context_add_main_entries (context, entries, "lanmu");
  if (!g_option_context_parse (context, &argc, &copy, error))
    return FALSE;
  if (want_help)
    *help = g_option_context_get_help (context, TRUE, NULL);
  return want_help || self->version || check (self, argc, copy, error);
}

void lanmu_options_clear (LanmuOptions *self)
{
  g_clear_pointer (&self->data_dir, g_free);
  g_clear_pointer (&self->camera, g_free);
  g_clear_pointer (&self->screens, g_free);
  g_clear_pointer (&self->theme, g_free);
  g_clear_pointer (&self->language, g_free);
}

const char *lanmu_options_find_language (int argc, char **argv)
{
  for (int i = 1; i < argc; i++) {
    if (strcmp (argv[i], "--language") == 0 && i + 1 < argc)
      return argv[i + 1];
    if (g_str_has_prefix (argv[i], "--language="))
      return argv[i] + strlen ("--language=");
  }
  return NULL;
}
