/* See commands.h. */
#include "capture/simcam/commands.h"
#include "capture/simcam/command.h"
#include "capture/simcam/plan.h"
#include "capture/simcam/words.h"

#include <string.h>

/* ——— the operator ——— */

static gboolean run_status (SimRig *rig, char **words, guint n, GString *answer)
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
  sim_ledger_flag (line, "plugged", sim_server_plugged (rig->server));
  sim_ledger_flag (line, "connected", sim_server_connected (rig->server));
  sim_ledger_flag (line, "live", body->live.on);
  sim_ledger_flag (line, "painting", body->live.warming != 0);
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

static gboolean run_quit (SimRig *rig, char **words, guint n, GString *answer)
{
  g_main_loop_quit (rig->loop);
  return TRUE;
}

static gboolean run_help (SimRig *rig, char **words, guint n, GString *answer);

static const SimCommand operator_commands[] = {
    {"status", "status: one JSON object", run_status},
    {"help", "help: this list", run_help},
    {"quit", "quit", run_quit},
    {NULL},
};

static void list (const SimCommand *table, GString *answer)
{
  for (; table->name != NULL; table++)
    g_string_append_printf (answer, "%s · ", table->usage);
}

static gboolean run_help (SimRig *rig, char **words, guint n, GString *answer)
{
  list (sim_hand_commands, answer);
  list (sim_wire_commands, answer);
  list (sim_fault_commands, answer);
  list (operator_commands, answer);
  list (sim_plan_words, answer);
  g_string_append (answer, "and what the sitter and the lamps do, as in scene.h");
  return TRUE;
}

static void describe (const SimCommand *table, const char *title, GString *text)
{
  g_string_append_printf (text, "%s:\n", title);
  for (; table->name != NULL; table++)
    g_string_append_printf (text, "  %s\n", table->usage);
}

char *sim_command_describe (void)
{
  GString *text = g_string_new (
      "Commands of the control port, one line of text each, answered by ok or error; also for --fault.\n");

  describe (sim_hand_commands, "The hand", text);
  describe (sim_wire_commands, "Faults of the wire", text);
  describe (sim_fault_commands, "Faults of the body, its pictures and its card", text);
  describe (sim_plan_words, "Later", text);
  describe (operator_commands, "The operator", text);
  g_string_append (text, "What the sitter and the lamps do is in the manual page.");
  return g_string_free (text, FALSE);
}

/* ——— a line ——— */

static void write_fault (SimRig *rig, const char *line)
{
  GString *fault = sim_ledger_line ("fault");
  sim_ledger_text (fault, "what", line);
  sim_ledger_int (fault, "boot_us", sim_boot_now ());
  sim_ledger_write (rig->ledger, fault);
}

static const SimCommand *find (const SimCommand *table, const char *name)
{
  while (table->name != NULL && strcmp (table->name, name) != 0)
    table++;
  return table->name != NULL ? table : NULL;
}

static gboolean run_scene (SimRig *rig, const char *line, GString *answer)
{
  g_autofree char *sentence = NULL;

  if (sim_scene_control (rig->body->scene, line, &sentence)) {
    sim_body_prepare (rig->body);
    return TRUE;
  }
  return sim_refuse (answer, sentence != NULL ? sentence : "no such command; say help");
}

gboolean sim_command_run (SimRig *rig, const char *line, GString *answer)
{
  g_autofree char *clean = g_strstrip (g_strdup (line));
  g_auto (GStrv) words = NULL;
  const SimCommand *command;
  guint n;

  /* One blank between words, so that a word is never empty. */
  g_autoptr (GRegex) blanks = g_regex_new ("[ \\t]+", 0, 0, NULL);
  g_autofree char *tidy = g_regex_replace_literal (blanks, clean, -1, 0, " ", 0, NULL);
  if (tidy == NULL || *tidy == '\0')
    return sim_refuse (answer, "say help for the list of commands");
  words = g_strsplit (tidy, " ", 3);
  n = g_strv_length (words);
  if (sim_plan_is (words[0]))
    return sim_plan_add (rig, words[0], n > 1 ? words[1] : NULL, n > 2 ? words[2] : NULL, answer);
  g_strfreev (words);
  words = g_strsplit (tidy, " ", -1);
  n = g_strv_length (words);
  if ((command = find (sim_fault_commands, words[0])) != NULL ||
      (command = find (sim_wire_commands, words[0])) != NULL) {
    if (!command->run (rig, words, n, answer))
      return FALSE;
    write_fault (rig, tidy);
    return TRUE;
  }
  if ((command = find (sim_hand_commands, words[0])) != NULL || (command = find (operator_commands, words[0])) != NULL)
    return command->run (rig, words, n, answer);
  return run_scene (rig, tidy, answer);
}
