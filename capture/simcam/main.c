/* lanmu-simcam: a DSLR that is not there, speaking PTP/IP on loopback, so that the unmodified libgphoto2 drives it: for demonstration, training and tests.
 *
 * Reading order: options.h, body.h, nikon.c, server.h, control.h, ledger.h. */
#include "capture/simcam/body.h"
#include "capture/simcam/server.h"

#include <glib-unix.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <unistd.h>

typedef struct {
  SimLedger *ledger;
  SimBody *body;
  SimServer *server;
  GMainLoop *loop;
} Program;

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

static void
say_listening (Program *program, const SimOptions *options)
{
  GString *line = sim_ledger_line ("listening");
  g_autofree char *text = NULL;

  sim_ledger_int (line, "port", sim_server_port (program->server));
  sim_ledger_text (line, "model", options->model);
  sim_ledger_text (line, "serial", program->body->serial);
  text = sim_ledger_close (line);
  puts (text);
  fflush (stdout);
}

static gboolean
start (Program *program, const SimOptions *options, GError **error)
{
  const SimBrand *brand = &sim_nikon;

  program->ledger = sim_ledger_new (options->ledger, error);
  if (program->ledger == NULL)
    return FALSE;
  program->body = sim_body_new (brand, options, program->ledger, error);
  if (program->body == NULL)
    return FALSE;
  program->server = sim_server_new (program->body, options->port, error);
  return program->server != NULL;
}

int
main (int argc, char **argv)
{
  SimOptions options;
  Program program = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  signal (SIGPIPE, SIG_IGN);
  if (!sim_options_parse (&options, &argc, &argv, &error)) {
    fprintf (stderr, "lanmu-simcam: %s\n", error->message);
    return 2;
  }
  if (options.die_with_parent) {
    pid_t parent = getppid ();
    prctl (PR_SET_PDEATHSIG, SIGTERM);
    if (getppid () != parent)
      return 0;
  }
  if (!start (&program, &options, &error))
    fprintf (stderr, "lanmu-simcam: %s\n", error->message);
  else {
    g_unix_signal_add (SIGTERM, on_signal, loop);
    g_unix_signal_add (SIGINT, on_signal, loop);
    say_listening (&program, &options);
    g_main_loop_run (loop);
  }
  sim_server_free (program.server);
  sim_body_free (program.body);
  sim_ledger_free (program.ledger);
  sim_options_clear (&options);
  return error != NULL ? 1 : 0;
}
