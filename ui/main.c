/* lanmu: the kiosk. What can be refused without a screen is refused before one is opened. */
#include "app/sentence.h"
#include "ui/application.h"
#include "ui/language.h"
#include "ui/renderer.h"

#include <glib/gi18n.h>
#include <locale.h>

static int refuse_usage (const GError *error)
{
  g_printerr (_ ("lanmu: %s. See lanmu --help.\n"), error->message);
  return 2;
}

static int refuse_start (const GError *error)
{
  g_autofree char *sentence = lanmu_sentence_new (error);
  g_printerr ("lanmu: %s\n", sentence);
  return 1;
}

static int run (const LanmuOptions *options, char *program)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuApplication) application = lanmu_application_new (options);
  char *argv[] = {program, NULL};

  gboolean opened = lanmu_application_open (application, &error);
  if (!opened && options->autopilot > 0)
    return refuse_start (error);
  lanmu_renderer_choose ();
  if (!gtk_init_check ()) {
    if (!opened)
      return refuse_start (error);
    g_printerr ("lanmu: %s\n",
                _ ("There is no display: start it in a desktop session, or set DISPLAY or WAYLAND_DISPLAY."));
    return 1;
  }
  int status = g_application_run (G_APPLICATION (application), 1, argv);
  return status != 0 ? status : lanmu_application_get_exit_code (application);
}

int main (int argc, char **argv)
{
  g_auto (LanmuOptions) options = {0};
  g_autofree char *help = NULL;
  g_autoptr (GError) error = NULL;

  lanmu_language_choose (lanmu_options_find_language (argc, argv));
  gtk_disable_setlocale ();
  if (!lanmu_options_parse (&options, argc, argv, &help, &error))
    return refuse_usage (error);
  if (help != NULL) {
    g_print ("%s", help);
    return 0;
  }
  if (options.version) {
    g_print ("lanmu %s\n", LANMU_VERSION);
    return 0;
  }
  return run (&options, argv[0]);
}
