/* Commands that make the body, its pictures and its card go wrong. Those of the wire are in wirecommands.c. */
#include "capture/simcam/command.h"
#include "capture/simcam/plan.h"
#include "capture/simcam/words.h"

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
  gboolean none;
  if (!sim_word_on_off (words[1], &none, answer))
    return FALSE;
  sim_body_set_no_card (rig->body, none);
  return TRUE;
}

static gboolean run_too_hot (SimRig *rig, char **words, guint n, GString *answer)
{
  gboolean hot;
  if (!sim_word_on_off (words[1], &hot, answer))
    return FALSE;
  sim_body_set_hot (rig->body, hot);
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
  rig->body->faults.late_event_ms = (guint) ms;
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

static gboolean run_reorder_event (SimRig *rig, char **words, guint n, GString *answer)
{
  rig->body->faults.reorder = TRUE;
  return TRUE;
}

static gboolean run_wrong_size (SimRig *rig, char **words, guint n, GString *answer)
{
  return sim_word_number (words[1], -100000000, 100000000, &rig->body->faults.size_off, answer);
}

static gboolean run_no_subsec (SimRig *rig, char **words, guint n, GString *answer)
{
  return sim_word_on_off (words[1], &rig->body->faults.no_subsec, answer);
}

static gboolean run_no_serial (SimRig *rig, char **words, guint n, GString *answer)
{
  return sim_word_on_off (words[1], &rig->body->faults.no_serial, answer);
}

static gboolean run_folder (SimRig *rig, char **words, guint n, GString *answer)
{
  rig->body->faults.new_folder = TRUE;
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
  gint64 count = 0;
  if (n > 1 && !sim_word_number (words[1], 0, 9000, &count, answer))
    return FALSE;
  return sim_body_swap_card (rig->body, (guint) count, &error) || sim_refuse (answer, error->message);
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
  sim_plan_clear (rig);
  sim_body_set_hot (rig->body, FALSE);
  sim_body_set_no_card (rig->body, FALSE);
  g_free (rig->body->faults.wrong_serial);
  rig->body->faults = (SimFaults){0};
  rig->body->cut_handle = 0;
  sim_body_tell_held (rig->body);
  return TRUE;
}

const SimCommand sim_fault_commands[] = {
    {"clock", "clock SECONDS: the camera's clock jumps", run_clock},
    {"busy", "busy N|on|off: releases asked by the computer answer Device Busy", run_busy},
    {"af-fail", "af-fail N|on|off: autofocus finds nothing", run_af_fail},
    {"card-full", "card-full on|off", run_card_full},
    {"no-card", "no-card on|off", run_no_card},
    {"too-hot", "too-hot on|off: live view is refused", run_too_hot},
    {"lost-event", "lost-event N|on|off: pictures are not announced", run_lost_event},
    {"late-event", "late-event MS: the next picture is announced late", run_late_event},
    {"dup-event", "dup-event: the next picture is announced twice", run_dup_event},
    {"reorder-event", "reorder-event: the next picture is announced after the one that follows it", run_reorder_event},
    {"stale", "stale: the next picture has the bytes of the one before", run_stale},
    {"wrong-time", "wrong-time SECONDS: the next picture's EXIF time is off", run_wrong_time},
    {"wrong-serial", "wrong-serial S: the next picture's EXIF serial", run_wrong_serial},
    {"wrong-size", "wrong-size BYTES: the camera says the next picture is so much longer (or shorter) than it is",
     run_wrong_size},
    {"no-subsec", "no-subsec on|off: pictures carry no hundredths of a second", run_no_subsec},
    {"no-serial", "no-serial on|off: pictures carry no serial number", run_no_serial},
    {"folder", "folder: the next picture opens a new folder", run_folder},
    {"foreign", "foreign: a picture with an old date appears on the card", run_foreign},
    {"swap-card", "swap-card [N]: another card, empty or with N pictures of other people", run_swap_card},
    {"calm", "calm: every fault that waits, lasts or is planned for a picture or an operation is called off", run_calm},
    {NULL},
};
