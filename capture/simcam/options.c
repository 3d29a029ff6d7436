/* See options.h. */
#include "capture/simcam/options.h"
#include "capture/simcam/commands.h"

#include <stdio.h>

static gboolean parse_size (const char *text, int limit, int *width, int *height, GError **error)
{
  char rest;
  if (sscanf (text, "%dx%d%c", width, height, &rest) == 2 && *width >= 160 && *height >= 120 && *width <= limit &&
      *height <= limit)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "%s is not a size like 3000x2000 with sides from 160x120 to %d", text, limit);
  return FALSE;
}

static gboolean check_range (const char *name, double value, double low, double high, GError **error)
{
  if (value >= low && value <= high)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--%s must be from %g to %g", name, low, high);
  return FALSE;
}

static gboolean check (SimOptions *o, GError **error)
{
  if (g_strcmp0 (o->model, "nikon") != 0 && g_strcmp0 (o->model, "canon") != 0) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "--model is nikon or canon, not %s", o->model);
    return FALSE;
  }
  return check_range ("port", o->port, 0, 65535, error) && check_range ("control", o->control, 0, 65535, error) &&
         check_range ("sitters", o->sitters, 1, 1000000, error) && check_range ("fps", o->fps, 0.1, 1000, error) &&
         check_range ("shot-ms", o->shot_ms, 0, 600000, error) &&
         check_range ("startup-ms", o->startup_ms, 0, 60000, error) &&
         check_range ("battery", o->battery, 0, 100, error) &&
         check_range ("first-number", o->first_number, 1, 9999, error) &&
         check_range ("bandwidth", (double) o->bandwidth, 0, 1e12, error);
}

gboolean sim_options_parse (SimOptions *o, int *argc, char ***argv, GError **error)
{
  g_autofree char *live = NULL, *shot = NULL;
  gboolean mp24 = FALSE;
  const GOptionEntry entries[] = {
      {"model", 0, 0, G_OPTION_ARG_STRING, &o->model, "nikon (D750) or canon (EOS 700D)", "MODEL"},
      {"port", 0, 0, G_OPTION_ARG_INT, &o->port, "PTP/IP port on 127.0.0.1, 0 = any free one", "N"},
      {"control", 0, 0, G_OPTION_ARG_INT, &o->control, "control port on 127.0.0.1, 0 = any free one", "N"},
      {"sitters", 0, 0, G_OPTION_ARG_INT, &o->sitters, "how many people wait to be photographed", "N"},
      {"auto-next", 0, 0, G_OPTION_ARG_NONE, &o->auto_next, "the next sitter comes in after each picture", NULL},
      {"fps", 0, 0, G_OPTION_ARG_DOUBLE, &o->fps, "new live frames a second", "N"},
      {"shot-ms", 0, 0, G_OPTION_ARG_INT, &o->shot_ms, "milliseconds from release to file", "N"},
      {"startup-ms", 0, 0, G_OPTION_ARG_INT, &o->startup_ms, "milliseconds until live view runs", "N"},
      {"serial", 0, 0, G_OPTION_ARG_STRING, &o->serial, "serial number of the body", "S"},
      {"raw", 0, 0, G_OPTION_ARG_NONE, &o->raw, "start with RAW+JPEG", NULL},
      {"card", 0, 0, G_OPTION_ARG_FILENAME, &o->card, "keep the card in this folder", "DIR"},
      {"ledger", 0, 0, G_OPTION_ARG_FILENAME, &o->ledger, "append the ledger to this file", "FILE"},
      {"clock-offset", 0, 0, G_OPTION_ARG_INT, &o->clock_offset, "seconds the camera's clock is ahead", "SECONDS"},
      {"battery", 0, 0, G_OPTION_ARG_INT, &o->battery, "battery in percent", "N"},
      {"first-number", 0, 0, G_OPTION_ARG_INT, &o->first_number, "number of the first picture", "N"},
      {"bandwidth", 0, 0, G_OPTION_ARG_INT64, &o->bandwidth, "bytes a second over the wire, 0 = unlimited", "BYTES"},
      {"live-size", 0, 0, G_OPTION_ARG_STRING, &live, "size of the live picture, up to 1056x704", "WxH"},
      {"shot-size", 0, 0, G_OPTION_ARG_STRING, &shot, "size of the photographs", "WxH"},
      {"mp24", 0, 0, G_OPTION_ARG_NONE, &mp24, "photographs of 6000x4000", NULL},
      {"fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &o->faults,
       "run this control command at the start, may be given again: \"after 3 drop download\", \"in 5000 unplug 900\", "
       "\"weather 10 SEED\"",
       "COMMAND"},
      {"warm", 0, 0, G_OPTION_ARG_NONE, &o->warm, "paint the live picture ahead while nobody looks", NULL},
      {"die-with-parent", 0, 0, G_OPTION_ARG_NONE, &o->die_with_parent, "end when the parent process ends", NULL},
      {NULL},
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- a DSLR that is not there");
  g_autofree char *commands = sim_command_describe ();
  g_option_context_set_description (context, commands);

  *o = (SimOptions){.sitters = 1,
                    .fps = 30,
                    .shot_ms = 100,
                    .startup_ms = 300,
                    .battery = 100,
                    .first_number = 1,
                    .shot_width = 3000,
                    .shot_height = 2000};
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "%s is not an option", (*argv)[1]);
    return FALSE;
  }
  if (o->model == NULL)
    o->model = g_strdup ("nikon");
  if (mp24) {
    o->shot_width = 6000;
    o->shot_height = 4000;
  }
  return check (o, error) && (live == NULL || parse_size (live, 1056, &o->live_width, &o->live_height, error)) &&
         (shot == NULL || parse_size (shot, 12000, &o->shot_width, &o->shot_height, error));
}

void sim_options_clear (SimOptions *o)
{
  g_clear_pointer (&o->model, g_free);
  g_clear_pointer (&o->serial, g_free);
  g_clear_pointer (&o->card, g_free);
  g_clear_pointer (&o->ledger, g_free);
  g_clear_pointer (&o->faults, g_strfreev);
}
