/* See commands.h. */
#include "capture/simcam/commands.h"
#include "capture/simcam/command.h"
#include "capture/simcam/words.h"

#include <string.h>

typedef struct {
  guint64 nth;
  char *line;
} Planned;

/* ——— the operator ——— */

static gboolean run_status (SimRig *rig, char **words, guint n, GString *answer)
{
  SimBody *body = rig->body;
  GString *line = sim_ledger_line ("status");
  g_autoptr (GPtrArray) all = sim_card_children (body->card, SIM_HANDLE_ROOT);
  guint files = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < all->len; i++)
    files += ((SimObject *)all->pdata[i])->format != SIM_FORMAT_FOLDER;
  sim_ledger_text (line, "model", body->brand->model);
  sim_ledger_text (line, "serial", body->serial);
  sim_ledger_flag (line, "plugged", sim_server_plugged (rig->server));
  sim_ledger_flag (line, "connected", sim_server_connected (rig->server));
  sim_ledger_flag (line, "live", body->live.on);
  sim_ledger_flag (line, "painting", body->live.warming != 0);
  sim_ledger_int (line, "frames_made", (gint64)sim_live_made (body));
  sim_ledger_int (line, "frames_served", (gint64)body->live.served);
  sim_ledger_int (line, "shots", (gint64)body->taken);
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
  list (sim_fault_commands, answer);
  list (operator_commands, answer);
  g_string_append (answer, "at N COMMAND: when the Nth picture is released · in MS COMMAND: later · and what the "
                           "sitter and the lamps do, as in scene.h");
  return TRUE;
}

/* ——— later ——— */

static void planned_free (gpointer data)
{
  Planned *planned = data;
  g_free (planned->line);
  g_free (planned);
}

static void run_planned (SimRig *rig, const char *command)
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

static void on_release (guint64 nth, gpointer data)
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

static gboolean plan_at (SimRig *rig, const char *number, const char *command, GString *answer)
{
  gint64 nth;
  Planned *planned;

  if (!sim_word_number (number, (gint64)rig->body->taken + 1, 1000000000, &nth, answer))
    return FALSE;
  planned = g_new0 (Planned, 1);
  planned->nth = (guint64)nth;
  planned->line = g_strdup (command);
  g_queue_push_tail (&rig->planned, planned);
  rig->body->on_release = on_release;
  rig->body->on_release_data = rig;
  return TRUE;
}

void sim_command_clear_planned (SimRig *rig)
{
  g_queue_clear_full (&rig->planned, planned_free);
}

typedef struct {
  SimRig *rig;
  char *line;
} Later;

static void later_free (gpointer data)
{
  Later *later = data;
  g_free (later->line);
  g_free (later);
}

static gboolean on_later (gpointer data)
{
  Later *later = data;
  run_planned (later->rig, later->line);
  return G_SOURCE_REMOVE;
}

static gboolean plan_in (SimRig *rig, const char *number, const char *command, GString *answer)
{
  gint64 ms;
  Later *later;

  if (!sim_word_number (number, 0, 3600000, &ms, answer))
    return FALSE;
  later = g_new0 (Later, 1);
  later->rig = rig;
  later->line = g_strdup (command);
  sim_body_after (rig->body, (guint)ms, on_later, later, later_free);
  return TRUE;
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
  if (n == 3 && strcmp (words[0], "at") == 0)
    return plan_at (rig, words[1], words[2], answer);
  if (n == 3 && strcmp (words[0], "in") == 0)
    return plan_in (rig, words[1], words[2], answer);
  g_strfreev (words);
  words = g_strsplit (tidy, " ", -1);
  n = g_strv_length (words);
  if ((command = find (sim_fault_commands, words[0])) != NULL) {
    if (!command->run (rig, words, n, answer))
      return FALSE;
    write_fault (rig, tidy);
    return TRUE;
  }
  if ((command = find (sim_hand_commands, words[0])) != NULL || (command = find (operator_commands, words[0])) != NULL)
    return command->run (rig, words, n, answer);
  return run_scene (rig, tidy, answer);
}
