/* Commands that make the wire go wrong: what is between the body and the computer. */
#include "capture/simcam/command.h"
#include "capture/simcam/words.h"

#include <string.h>

static gboolean run_drop (SimRig *rig, char **words, guint n, GString *answer)
{
  gboolean reset = FALSE, download = FALSE;

  for (guint i = 1; i < n; i++)
    if (strcmp (words[i], "rst") == 0)
      reset = TRUE;
    else if (strcmp (words[i], "download") == 0)
      download = TRUE;
    else
      return sim_refuse (answer, "say drop [rst] [download]");
  if (download) {
    rig->body->faults.drop_download = TRUE;
    rig->body->faults.drop_reset = reset;
  } else
    sim_server_drop (rig->server, reset);
  return TRUE;
}

static gboolean run_unplug (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 ms;
  if (!sim_word_number (words[1], 1, 3600000, &ms, answer))
    return FALSE;
  sim_server_unplug (rig->server, (guint) ms);
  return TRUE;
}

static gboolean run_stall (SimRig *rig, char **words, guint n, GString *answer)
{
  SimFaults *faults = &rig->body->faults;
  gint64 ms;
  guint16 op = 0;

  if (!sim_word_number (words[1], 1, 3600000, &ms, answer))
    return FALSE;
  if (n > 2 && (n != 4 || strcmp (words[2], "at") != 0 || (op = sim_op_from_name (words[3])) == 0))
    return sim_refuse (answer, "say stall MS [at OPNAME], with a name like GetObject or DeviceReady");
  faults->stall_ms = (guint) ms;
  faults->stall_op = op;
  return TRUE;
}

static gboolean run_truncate (SimRig *rig, char **words, guint n, GString *answer)
{
  if (g_strcmp0 (words[1], "honest") == 0)
    rig->body->faults.cut = SIM_CUT_HONEST;
  else if (g_strcmp0 (words[1], "lie") == 0)
    rig->body->faults.cut = SIM_CUT_LIE;
  else
    return sim_refuse (answer, "say truncate honest|lie");
  return TRUE;
}

static gboolean run_corrupt (SimRig *rig, char **words, guint n, GString *answer)
{
  if (n > 1 && strcmp (words[1], "card") != 0)
    return sim_refuse (answer, "say corrupt [card]");
  if (n > 1)
    rig->body->faults.corrupt_card = TRUE;
  else
    rig->body->faults.corrupt_wire = TRUE;
  return TRUE;
}

static gboolean run_storm (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 ms;
  if (!sim_word_number (words[1], 0, 3600000, &ms, answer))
    return FALSE;
  rig->body->faults.storm_until = g_get_monotonic_time () + ms * 1000;
  return TRUE;
}

static gboolean run_bandwidth (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 bytes;
  if (!sim_word_number (words[1], 0, G_GINT64_CONSTANT (1000000000000), &bytes, answer))
    return FALSE;
  sim_server_set_bandwidth (rig->server, bytes);
  return TRUE;
}

const SimCommand sim_wire_commands[] = {
    {"drop", "drop [rst] [download]: break the connection, now or in the middle of the next download", run_drop},
    {"unplug", "unplug MS: off the wire for so long", run_unplug},
    {"stall", "stall MS [at OPNAME]: the next operation (of that name) answers late", run_stall},
    {"storm", "storm MS: for so long every operation of a session answers Device Busy", run_storm},
    {"truncate", "truncate honest|lie: the next download is short", run_truncate},
    {"corrupt", "corrupt [card]: the next download (or the next picture on the card) is damaged in the middle",
     run_corrupt},
    {"bandwidth", "bandwidth BYTES: so many a second over the wire, 0 is as fast as it goes", run_bandwidth},
    {NULL},
};
