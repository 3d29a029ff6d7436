/* See commands.h. */
#include "capture/simcam/commands.h"

#include <string.h>

typedef gboolean (*Run) (SimRig *rig, char **words, guint n, GString *answer);

typedef struct {
  const char *name, *usage;
  gboolean fault; /* goes into the ledger */
  Run run;
} Command;

typedef struct {
  guint64 nth;
  char *line;
} Planned;

/* ——— words ——— */

static gboolean
refuse (GString *answer, const char *sentence)
{
  g_string_assign (answer, sentence);
  return FALSE;
}

static gboolean
whole_number (const char *word, gint64 low, gint64 high, gint64 *value, GString *answer)
{
  if (word != NULL && g_ascii_string_to_signed (word, 10, low, high, value, NULL))
    return TRUE;
  g_string_printf (answer, "%s is not a whole number from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, word != NULL ? word : "nothing", low, high);
  return FALSE;
}

static gboolean
on_off (const char *word, gboolean *value, GString *answer)
{
  *value = g_strcmp0 (word, "on") == 0;
  return *value || g_strcmp0 (word, "off") == 0 || refuse (answer, "say on or off");
}

/* "N", "on" or "off", as a count. */
static gboolean
count_of (const char *word, guint *count, GString *answer)
{
  gint64 value;

  if (g_strcmp0 (word, "on") == 0)
    *count = SIM_ALWAYS;
  else if (g_strcmp0 (word, "off") == 0)
    *count = 0;
  else if (whole_number (word, 1, 1000000000, &value, answer))
    *count = (guint) value;
  else
    return FALSE;
  return TRUE;
}

/* ——— the photographer's hand ——— */

static gboolean
run_press (SimRig *rig, char **words, guint n, GString *answer)
{
  static const char *const sentences[] = {
    [SIM_RELEASE_BUSY] = "the body is busy",
    [SIM_RELEASE_NO_FOCUS] = "the body finds no focus",
    [SIM_RELEASE_CARD_FULL] = "the card is full",
    [SIM_RELEASE_NO_CARD] = "there is no card",
  };
  SimPress press = { .count = 1 };
  SimRelease result;
  gint64 burst = 1;
  guint number;

  for (guint i = 1; i < n; i++)
    if (strcmp (words[i], "raw") == 0)
      press.raw = TRUE;
    else if (strcmp (words[i], "burst") != 0)
      return refuse (answer, "say press [raw] [burst N]");
    else if (!whole_number (words[++i], 1, 100, &burst, answer))
      return FALSE;
  press.count = (guint) burst;
  press.ram = rig->body->brand->to_ram != NULL && rig->body->brand->to_ram (rig->body);
  result = sim_body_release (rig->body, &press, &number);
  if (result != SIM_RELEASED)
    return refuse (answer, sentences[result]);
  g_string_printf (answer, "%u", number);
  return TRUE;
}

static gboolean
run_raw (SimRig *rig, char **words, guint n, GString *answer)
{
  gboolean raw;
  if (!on_off (words[1], &raw, answer))
    return FALSE;
  sim_body_set_raw (rig->body, raw);
  return TRUE;
}

static gboolean
run_portrait (SimRig *rig, char **words, guint n, GString *answer)
{
  return on_off (words[1], &rig->body->portrait, answer);
}

static gboolean
run_next (SimRig *rig, char **words, guint n, GString *answer)
{
  sim_body_next_sitter (rig->body);
  g_string_printf (answer, "%u", sim_scene_sitter (rig->body->scene));
  return TRUE;
}

static gboolean
run_battery (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 percent;
  if (!whole_number (words[1], 0, 100, &percent, answer))
    return FALSE;
  sim_body_set_battery (rig->body, (guint) percent);
  return TRUE;
}

static gboolean
run_number (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 number;
  if (!whole_number (words[1], 1, 9999, &number, answer))
    return FALSE;
  rig->body->number = (guint) number;
  return TRUE;
}

static gboolean
run_shot_ms (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 ms;
  if (!whole_number (words[1], 0, 600000, &ms, answer))
    return FALSE;
  rig->body->shot_ms = (guint) ms;
  return TRUE;
}

static gboolean
run_fps (SimRig *rig, char **words, guint n, GString *answer)
{
  double fps = words[1] != NULL ? g_ascii_strtod (words[1], NULL) : 0;
  if (fps < 0.1 || fps > 1000)
    return refuse (answer, "say a rate from 0.1 to 1000 frames a second");
  sim_live_set_fps (rig->body, fps);
  return TRUE;
}

static gboolean
run_clock (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 seconds;
  if (!whole_number (words[1], -4000000000, 4000000000, &seconds, answer))
    return FALSE;
  rig->body->clock.offset_us += seconds * G_USEC_PER_SEC;
  return TRUE;
}

/* ——— the wire ——— */

static gboolean
run_drop (SimRig *rig, char **words, guint n, GString *answer)
{
  gboolean reset = FALSE, download = FALSE;

  for (guint i = 1; i < n; i++)
    if (strcmp (words[i], "rst") == 0)
      reset = TRUE;
    else if (strcmp (words[i], "download") == 0)
      download = TRUE;
    else
      return refuse (answer, "say drop [rst] [download]");
  if (download) {
    rig->body->faults.drop_download = TRUE;
    rig->body->faults.drop_reset = reset;
  } else
    sim_server_drop (rig->server, reset);
  return TRUE;
}

static gboolean
run_unplug (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 ms;
  if (!whole_number (words[1], 1, 3600000, &ms, answer))
    return FALSE;
  sim_server_unplug (rig->server, (guint) ms);
  return TRUE;
}

static gboolean
run_stall (SimRig *rig, char **words, guint n, GString *answer)
{
  SimFaults *faults = &rig->body->faults;
  gint64 ms;
  guint16 op = 0;

  if (!whole_number (words[1], 1, 3600000, &ms, answer))
    return FALSE;
  if (n > 2 && (n != 4 || strcmp (words[2], "at") != 0 || (op = sim_op_from_name (words[3])) == 0))
    return refuse (answer, "say stall MS [at OPNAME], with a name like GetObject or DeviceReady");
  faults->stall_ms = (guint) ms;
  faults->stall_op = op;
  return TRUE;
}

static gboolean
run_truncate (SimRig *rig, char **words, guint n, GString *answer)
{
  if (g_strcmp0 (words[1], "honest") == 0)
    rig->body->faults.cut = SIM_CUT_HONEST;
  else if (g_strcmp0 (words[1], "lie") == 0)
    rig->body->faults.cut = SIM_CUT_LIE;
  else
    return refuse (answer, "say truncate honest|lie");
  return TRUE;
}

static gboolean
run_corrupt (SimRig *rig, char **words, guint n, GString *answer)
{
  if (n > 1 && strcmp (words[1], "card") != 0)
    return refuse (answer, "say corrupt [card]");
  if (n > 1)
    rig->body->faults.corrupt_card = TRUE;
  else
    rig->body->faults.corrupt_wire = TRUE;
  return TRUE;
}

/* ——— the body ——— */

static gboolean
run_busy (SimRig *rig, char **words, guint n, GString *answer)
{
  return count_of (words[1], &rig->body->faults.busy, answer);
}

static gboolean
run_af_fail (SimRig *rig, char **words, guint n, GString *answer)
{
  return count_of (words[1], &rig->body->faults.af_fail, answer);
}

static gboolean
run_card_full (SimRig *rig, char **words, guint n, GString *answer)
{
  return on_off (words[1], &rig->body->faults.card_full, answer);
}

static gboolean
run_no_card (SimRig *rig, char **words, guint n, GString *answer)
{
  return on_off (words[1], &rig->body->faults.no_card, answer);
}

static gboolean
run_too_hot (SimRig *rig, char **words, guint n, GString *answer)
{
  if (!on_off (words[1], &rig->body->faults.too_hot, answer))
    return FALSE;
  if (rig->body->faults.too_hot)
    sim_live_stop (rig->body);
  return TRUE;
}

static gboolean
run_lost_event (SimRig *rig, char **words, guint n, GString *answer)
{
  return count_of (words[1], &rig->body->faults.lost_events, answer);
}

static gboolean
run_late_event (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 ms;
  if (!whole_number (words[1], 1, 3600000, &ms, answer))
    return FALSE;
  rig->body->faults.late_event_ms = (guint) ms;
  return TRUE;
}

static gboolean
run_dup_event (SimRig *rig, char **words, guint n, GString *answer)
{
  rig->body->faults.dup_event = TRUE;
  return TRUE;
}

static gboolean
run_stale (SimRig *rig, char **words, guint n, GString *answer)
{
  rig->body->faults.stale = TRUE;
  return TRUE;
}

static gboolean
run_wrong_time (SimRig *rig, char **words, guint n, GString *answer)
{
  return whole_number (words[1], -4000000000, 4000000000, &rig->body->faults.wrong_time_s, answer);
}

static gboolean
run_wrong_serial (SimRig *rig, char **words, guint n, GString *answer)
{
  if (n != 2)
    return refuse (answer, "say wrong-serial S");
  g_free (rig->body->faults.wrong_serial);
  rig->body->faults.wrong_serial = g_strdup (words[1]);
  return TRUE;
}

static gboolean
run_foreign (SimRig *rig, char **words, guint n, GString *answer)
{
  g_autoptr (GError) error = NULL;
  return sim_body_foreign (rig->body, &error) || refuse (answer, error->message);
}

static gboolean
run_swap_card (SimRig *rig, char **words, guint n, GString *answer)
{
  g_autoptr (GError) error = NULL;
  if (!sim_card_swap (rig->body->card, &error))
    return refuse (answer, error->message);
  rig->body->brand->swapped (rig->body);
  return TRUE;
}

/* ——— the operator ——— */

static gboolean
run_status (SimRig *rig, char **words, guint n, GString *answer)
{
  SimBody *body = rig->body;
  GString *line = sim_ledger_line ("status");
  g_autoptr (GPtrArray) all = sim_card_children (body->card, SIM_HANDLE_ROOT);
  guint files = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < all->len; i++)
    files += ((SimObject *) all->pdata[i])->format != SIM_FORMAT_FOLDER;
  sim_ledger_text (line, "model", body->brand->model);
  sim_ledger_text (line, "serial", body->serial);
  sim_ledger_flag (line, "connected", sim_server_connected (rig->server));
  sim_ledger_flag (line, "live", body->live.on);
  sim_ledger_int (line, "frames_made", (gint64) sim_live_made (body));
  sim_ledger_int (line, "frames_served", (gint64) body->live.served);
  sim_ledger_int (line, "shots", (gint64) body->taken);
  sim_ledger_int (line, "pending", body->pending);
  sim_ledger_int (line, "next_number", body->number);
  sim_ledger_int (line, "files", files);
  sim_ledger_int (line, "battery", body->battery);
  sim_ledger_int (line, "sitter", sim_scene_sitter (body->scene));
  text = sim_ledger_close (line);
  g_string_assign (answer, text);
  return TRUE;
}

static gboolean
run_quit (SimRig *rig, char **words, guint n, GString *answer)
{
  g_main_loop_quit (rig->loop);
  return TRUE;
}

static gboolean run_help (SimRig *rig, char **words, guint n, GString *answer);

static const Command commands[] = {
  { "press", "press [raw] [burst N]: the body's own button", FALSE, run_press },
  { "raw", "raw on|off: RAW+JPEG", FALSE, run_raw },
  { "portrait", "portrait on|off: the camera stands on its side", FALSE, run_portrait },
  { "next", "next: the next sitter comes in", FALSE, run_next },
  { "battery", "battery PERCENT", FALSE, run_battery },
  { "number", "number N: of the next picture", FALSE, run_number },
  { "shot-ms", "shot-ms N: from release to file", FALSE, run_shot_ms },
  { "fps", "fps N: live frames a second", FALSE, run_fps },
  { "clock", "clock SECONDS: the camera's clock jumps", TRUE, run_clock },
  { "drop", "drop [rst] [download]: break the connection, now or in the middle of the next download", TRUE, run_drop },
  { "unplug", "unplug MS: off the wire for so long", TRUE, run_unplug },
  { "stall", "stall MS [at OPNAME]: the next operation (of that name) answers late", TRUE, run_stall },
  { "truncate", "truncate honest|lie: the next download is short", TRUE, run_truncate },
  { "corrupt", "corrupt [card]: the next download (or the next picture on the card) is damaged in the middle", TRUE, run_corrupt },
  { "busy", "busy N|on|off: releases asked by the computer answer Device Busy", TRUE, run_busy },
  { "af-fail", "af-fail N|on|off: autofocus finds nothing", TRUE, run_af_fail },
  { "card-full", "card-full on|off", TRUE, run_card_full },
  { "no-card", "no-card on|off", TRUE, run_no_card },
  { "too-hot", "too-hot on|off: live view is refused", TRUE, run_too_hot },
  { "lost-event", "lost-event N|on|off: pictures are not announced", TRUE, run_lost_event },
  { "late-event", "late-event MS: the next picture is announced late", TRUE, run_late_event },
  { "dup-event", "dup-event: the next picture is announced twice", TRUE, run_dup_event },
  { "stale", "stale: the next picture has the bytes of the one before", TRUE, run_stale },
  { "wrong-time", "wrong-time SECONDS: the next picture's EXIF time is off", TRUE, run_wrong_time },
  { "wrong-serial", "wrong-serial S: the next picture's EXIF serial", TRUE, run_wrong_serial },
  { "foreign", "foreign: a picture with an old date appears on the card", TRUE, run_foreign },
  { "swap-card", "swap-card: an empty card", TRUE, run_swap_card },
  { "status", "status: one JSON object", FALSE, run_status },
  { "help", "help: this list", FALSE, run_help },
  { "quit", "quit", FALSE, run_quit },
};

static gboolean
run_help (SimRig *rig, char **words, guint n, GString *answer)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (answer, "%s · ", commands[i].usage);
  g_string_append (answer, "at N COMMAND: when the Nth picture is released · in MS COMMAND: later · and what the sitter and the lamps do, as in scene.h");
  return TRUE;
}

/* ——— later ——— */

static void
planned_free (gpointer data)
{
  Planned *planned = data;
  g_free (planned->line);
  g_free (planned);
}

static void
run_planned (SimRig *rig, const char *command)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  GString *line;

  if (sim_command_run (rig, command, answer))
    return;
  line = sim_ledger_line ("refused");
  sim_ledger_text (line, "what", command);
  sim_ledger_text (line, "because", answer->str);
  sim_ledger_write (rig->ledger, line);
}

static void
on_release (guint64 nth, gpointer data)
{
  SimRig *rig = data;
  GList *next;

  for (GList *link = rig->planned.head; link != NULL; link = next) {
    Planned *planned = link->data;
    next = link->next;
    if (planned->nth != nth)
      continue;
    g_queue_delete_link (&rig->planned, link);
    run_planned (rig, planned->line);
    planned_free (planned);
  }
}

static gboolean
plan_at (SimRig *rig, const char *number, const char *command, GString *answer)
{
  gint64 nth;
  Planned *planned;

  if (!whole_number (number, (gint64) rig->body->taken + 1, 1000000000, &nth, answer))
    return FALSE;
  planned = g_new0 (Planned, 1);
  planned->nth = (guint64) nth;
  planned->line = g_strdup (command);
  g_queue_push_tail (&rig->planned, planned);
  rig->body->on_release = on_release;
  rig->body->on_release_data = rig;
  return TRUE;
}

void
sim_command_clear_planned (SimRig *rig)
{
  g_queue_clear_full (&rig->planned, planned_free);
}

typedef struct {
  SimRig *rig;
  char *line;
} Later;

static void
later_free (gpointer data)
{
  Later *later = data;
  g_free (later->line);
  g_free (later);
}

static gboolean
on_later (gpointer data)
{
  Later *later = data;
  run_planned (later->rig, later->line);
  return G_SOURCE_REMOVE;
}

static gboolean
plan_in (SimRig *rig, const char *number, const char *command, GString *answer)
{
  gint64 ms;
  Later *later;

  if (!whole_number (number, 0, 3600000, &ms, answer))
    return FALSE;
  later = g_new0 (Later, 1);
  later->rig = rig;
  later->line = g_strdup (command);
  sim_body_after (rig->body, (guint) ms, on_later, later, later_free);
  return TRUE;
}

/* ——— a line ——— */

static void
write_fault (SimRig *rig, const char *line)
{
  GString *fault = sim_ledger_line ("fault");
  sim_ledger_text (fault, "what", line);
  sim_ledger_int (fault, "boot_us", sim_boot_now ());
  sim_ledger_write (rig->ledger, fault);
}

static gboolean
run_scene (SimRig *rig, const char *line, GString *answer)
{
  g_autofree char *sentence = NULL;

  if (sim_scene_control (rig->body->scene, line, &sentence)) {
    sim_body_prepare (rig->body);
    return TRUE;
  }
  return refuse (answer, sentence != NULL ? sentence : "no such command; say help");
}

gboolean
sim_command_run (SimRig *rig, const char *line, GString *answer)
{
  g_autofree char *clean = g_strstrip (g_strdup (line));
  g_auto (GStrv) words = NULL;
  guint n;

  /* One blank between words, so that a word is never empty. */
  g_autoptr (GRegex) blanks = g_regex_new ("[ \\t]+", 0, 0, NULL);
  g_autofree char *tidy = g_regex_replace_literal (blanks, clean, -1, 0, " ", 0, NULL);
  if (tidy == NULL || *tidy == '\0')
    return refuse (answer, "say help for the list of commands");
  words = g_strsplit (tidy, " ", 3);
  n = g_strv_length (words);
  if (n == 3 && strcmp (words[0], "at") == 0)
    return plan_at (rig, words[1], words[2], answer);
  if (n == 3 && strcmp (words[0], "in") == 0)
    return plan_in (rig, words[1], words[2], answer);
  g_strfreev (words);
  words = g_strsplit (tidy, " ", -1);
  n = g_strv_length (words);
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (strcmp (commands[i].name, words[0]) != 0)
      continue;
    if (!commands[i].run (rig, words, n, answer))
      return FALSE;
    if (commands[i].fault)
      write_fault (rig, tidy);
    return TRUE;
  }
  return run_scene (rig, tidy, answer);
}
