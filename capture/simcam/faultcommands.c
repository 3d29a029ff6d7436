/* Commands that make something go wrong; each that was carried out is written to the ledger. */
#include "capture/simcam/command.h"
#include "capture/simcam/words.h"

#include <string.h>

/* ——— the wire ——— */

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
  sim_server_unplug (rig->server, (guint)ms);
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
  faults->stall_ms = (guint)ms;
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

/* ——— the body ——— */

static gboolean run_busy (SimRig *rig, char **words, guint n, GString *answer)
{
  return sim_word_count (words[1], &rig->body->faults.busy, answer);
}

static gboolean run_af_fail (SimRig *rig, char **words, guint n, GString *answer)
{
  return sim_word_count (words[1], &rig->body->faults.af_fail, answer);
}

static gboolean run_card_full (SimRig *rig, char **words, guint n, GString *answer)
{
  return sim_word_on_off (words[1], &rig->body->faults.card_full, answer);
}

static gboolean run_no_card (SimRig *rig, char **words, guint n, GString *answer)
{
  return sim_word_on_off (words[1], &rig->body->faults.no_card, answer);
}

static gboolean run_too_hot (SimRig *rig, char **words, guint n, GString *answer)
{
  if (!sim_word_on_off (words[1], &rig->body->faults.too_hot, answer))
    return FALSE;
  if (rig->body->faults.too_hot)
    sim_live_stop (rig->body);
  return TRUE;
}

static gboolean run_lost_event (SimRig *rig, char **words, guint n, GString *answer)
{
  return sim_word_count (words[1], &rig->body->faults.lost_events, answer);
}

static gboolean run_late_event (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 ms;
  if (!sim_word_number (words[1], 1, 3600000, &ms, answer))
    return FALSE;
  rig->body->faults.late_event_ms = (guint)ms;
  return TRUE;
}

static gboolean run_dup_event (SimRig *rig, char **words, guint n, GString *answer)
{
  rig->body->faults.dup_event = TRUE;
  return TRUE;
}

static gboolean run_stale (SimRig *rig, char **words, guint n, GString *answer)
{
  rig->body->faults.stale = TRUE;
  return TRUE;
}

static gboolean run_wrong_time (SimRig *rig, char **words, guint n, GString *answer)
{
  return sim_word_number (words[1], -4000000000, 4000000000, &rig->body->faults.wrong_time_s, answer);
}

static gboolean run_wrong_serial (SimRig *rig, char **words, guint n, GString *answer)
{
  if (n != 2)
    return sim_refuse (answer, "say wrong-serial S");
  g_free (rig->body->faults.wrong_serial);
  rig->body->faults.wrong_serial = g_strdup (words[1]);
  return TRUE;
}

static gboolean run_foreign (SimRig *rig, char **words, guint n, GString *answer)
{
  g_autoptr (GError) error = NULL;
  return sim_body_foreign (rig->body, &error) || sim_refuse (answer, error->message);
}

static gboolean run_swap_card (SimRig *rig, char **words, guint n, GString *answer)
{
  g_autoptr (GError) error = NULL;
  if (!sim_card_swap (rig->body->card, &error))
    return sim_refuse (answer, error->message);
  rig->body->brand->swapped (rig->body);
  return TRUE;
}

static gboolean run_clock (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 seconds;
  if (!sim_word_number (words[1], -4000000000, 4000000000, &seconds, answer))
    return FALSE;
  rig->body->clock.offset_us += seconds * G_USEC_PER_SEC;
  return TRUE;
}

static gboolean run_calm (SimRig *rig, char **words, guint n, GString *answer)
{
  g_free (rig->body->faults.wrong_serial);
  rig->body->faults = (SimFaults){0};
  rig->body->cut_handle = 0;
  return TRUE;
}

const SimCommand sim_fault_commands[] = {
    {"clock", "clock SECONDS: the camera's clock jumps", run_clock},
    {"drop", "drop [rst] [download]: break the connection, now or in the middle of the next download", run_drop},
    {"unplug", "unplug MS: off the wire for so long", run_unplug},
    {"stall", "stall MS [at OPNAME]: the next operation (of that name) answers late", run_stall},
    {"truncate", "truncate honest|lie: the next download is short", run_truncate},
    {"corrupt", "corrupt [card]: the next download (or the next picture on the card) is damaged in the middle",
     run_corrupt},
    {"busy", "busy N|on|off: releases asked by the computer answer Device Busy", run_busy},
    {"af-fail", "af-fail N|on|off: autofocus finds nothing", run_af_fail},
    {"card-full", "card-full on|off", run_card_full},
    {"no-card", "no-card on|off", run_no_card},
    {"too-hot", "too-hot on|off: live view is refused", run_too_hot},
    {"lost-event", "lost-event N|on|off: pictures are not announced", run_lost_event},
    {"late-event", "late-event MS: the next picture is announced late", run_late_event},
    {"dup-event", "dup-event: the next picture is announced twice", run_dup_event},
    {"stale", "stale: the next picture has the bytes of the one before", run_stale},
    {"wrong-time", "wrong-time SECONDS: the next picture's EXIF time is off", run_wrong_time},
    {"wrong-serial", "wrong-serial S: the next picture's EXIF serial", run_wrong_serial},
    {"foreign", "foreign: a picture with an old date appears on the card", run_foreign},
    {"swap-card", "swap-card: an empty card", run_swap_card},
    {"calm", "calm: every fault that waits or lasts is called off", run_calm},
    {NULL},
};
