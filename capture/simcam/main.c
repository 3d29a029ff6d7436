/* lanmu-simcam: a DSLR that is not there, speaking PTP/IP on loopback, so that the unmodified libgphoto2 drives it: for
 * demonstration, training and tests.
 *
 * Reading order: options.h, body.h, nikon.c, server.h, control.h, ledger.h. */
#include "capture/simcam/commands.h"
#include "capture/simcam/control.h"
#include "capture/simcam/plan.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

static gboolean on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static void say_listening (SimRig *rig, SimControl *control, const SimOptions *options)
{
  GString *line = sim_ledger_line ("listening");
  g_autofree char *text = NULL;

  sim_ledger_int (line, "port", sim_server_port (rig->server));
  sim_ledger_int (line, "control", sim_control_port (control));
  sim_ledger_text (line, "model", options->model);
  sim_ledger_text (line, "serial", rig->body->serial);
  text = sim_ledger_close (line);
  puts (text);
  fflush (stdout);
}

/* What the command line wants to go wrong. */
static gboolean obey_options (SimRig *rig, const SimOptions *options, GError **error)
{
  g_autoptr (GString) answer = g_string_new (NULL);

  for (char **line = options->faults; line != NULL && *line != NULL; line++)
    if (!sim_command_run (rig, *line, answer)) {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--fault \"%s\": %s", *line, answer->str);
      return FALSE;
    }
  return TRUE;
}

static gboolean build (SimRig *rig, SimControl **control, const SimOptions *options, GError **error)
{
  const SimBrand *brand = strcmp (options->model, "canon") == 0 ? &sim_canon : &sim_nikon;

  rig->ledger = sim_ledger_new (options->ledger, error);
  rig->body = rig->ledger != NULL ? sim_body_new (brand, options, rig->ledger, error) : NULL;
  rig->server = rig->body != NULL ? sim_server_new (rig->body, options->port, error) : NULL;
  *control = rig->server != NULL ? sim_control_new (rig, options->control, error) : NULL;
  return *control != NULL && obey_options (rig, options, error);
}

static void run (SimRig *rig, SimControl *control, const SimOptions *options)
{
  g_unix_signal_add (SIGTERM, on_signal, rig->loop);
  g_unix_signal_add (SIGINT, on_signal, rig->loop);
  say_listening (rig, control, options);
  g_main_loop_run (rig->loop);
}

static gboolean follow_parent (void)
{
  pid_t parent = getppid ();
  prctl (PR_SET_PDEATHSIG, SIGTERM);
  return getppid () == parent;
}

int main (int argc, char **argv)
{
  SimOptions options;
  SimRig rig = {0};
  SimControl *control = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  signal (SIGPIPE, SIG_IGN);
  if (!sim_options_parse (&options, &argc, &argv, &error)) {
    fprintf (stderr, "lanmu-simcam: %s\n", error->message);
    sim_options_clear (&options);
    return 2;
  }
  if (options.die_with_parent && !follow_parent ())
    return 0;
  rig.loop = loop;
  if (build (&rig, &control, &options, &error))
    run (&rig, control, &options);
  else
    fprintf (stderr, "lanmu-simcam: %s\n", error->message);
  sim_control_free (control);
  sim_server_free (rig.server);
  sim_plan_clear (&rig);
  sim_body_free (rig.body);
  sim_ledger_free (rig.ledger);
  sim_options_clear (&options);
  return error == NULL ? 0 : error->domain == G_OPTION_ERROR ? 2 : 1;
}
