/* See plan.h. */
#include "capture/simcam/plan.h"
#include "capture/simcam/commands.h"
#include "capture/simcam/words.h"

#include <string.h>

const SimCommand sim_plan_words[] = {
    {"at", "at N COMMAND: when the Nth picture is released", NULL},
    {"after", "after N COMMAND: when the Nth picture from now is released", NULL},
    {"in", "in MS COMMAND: so much later", NULL},
    {"on", "on OPNAME COMMAND: when the next operation of that name is asked for", NULL},
    {"weather",
     "weather PERCENT SEED: so many pictures of a hundred bring a fault, drawn by the seed; weather 0 ends it", NULL},
    {NULL},
};

typedef struct {
  guint64 nth; /* picture, 0: none */
  guint16 op;  /* operation, 0: none */
  char *line;
} Planned;

/* What bad weather brings, each about one picture or one moment: nothing that lasts. */
static const char *const weather_faults[] = {
    "stale",
    "wrong-time -7200",
    "wrong-serial 1234567",
    "late-event 700",
    "lost-event 1",
    "dup-event",
    "reorder-event",
    "truncate honest",
    "truncate lie",
    "corrupt",
    "corrupt card",
    "wrong-size 4096",
    "wrong-size -4096",
    "drop",
    "drop rst",
    "drop download",
    "in 60 drop",
    "unplug 600",
    "stall 400",
    "storm 400",
    "busy 2",
    "af-fail 1",
    "foreign",
    "folder",
};

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

static void run_due (SimRig *rig, guint64 nth, guint16 op)
{
  GQueue due = G_QUEUE_INIT;
  Planned *planned;
  GList *next;

  for (GList *link = rig->planned.head; link != NULL; link = next) {
    planned = link->data;
    next = link->next;
    if (planned->nth != nth || planned->op != op)
      continue;
    g_queue_delete_link (&rig->planned, link);
    g_queue_push_tail (&due, planned);
  }
  while ((planned = g_queue_pop_head (&due)) != NULL) { /* may plan again, or release and so come here again */
    run_planned (rig, planned->line);
    planned_free (planned);
  }
}

static void on_release (guint64 nth, gpointer data)
{
  SimRig *rig = data;

  run_due (rig, nth, 0);
  if (rig->weather != NULL && g_rand_int_range (rig->weather, 0, 100) < (gint32) rig->bad_chance)
    run_planned (rig, weather_faults[g_rand_int_range (rig->weather, 0, G_N_ELEMENTS (weather_faults))]);
}

static void on_op (guint16 code, gpointer data)
{
  run_due (data, 0, code);
}

static void listen_to (SimRig *rig)
{
  rig->body->on_release = on_release;
  rig->body->on_release_data = rig;
  sim_server_watch (rig->server, on_op, rig);
}

static void plan (SimRig *rig, guint64 nth, guint16 op, const char *command)
{
  Planned *planned = g_new0 (Planned, 1);
  *planned = (Planned){.nth = nth, .op = op, .line = g_strdup (command)};
  g_queue_push_tail (&rig->planned, planned);
  listen_to (rig);
}

static gboolean plan_at (SimRig *rig, const char *number, gboolean from_now, const char *command, GString *answer)
{
  gint64 nth, first = from_now ? 1 : (gint64) rig->body->taken + 1;

  if (!sim_word_number (number, first, 1000000000, &nth, answer))
    return FALSE;
  plan (rig, (guint64) nth + (from_now ? rig->body->taken : 0), 0, command);
  return TRUE;
}

static gboolean plan_on (SimRig *rig, const char *name, const char *command, GString *answer)
{
  guint16 op = sim_op_from_name (name);

  if (op == 0)
    return sim_refuse (answer, "say on OPNAME COMMAND, with a name like GetObject or DeviceReady");
  plan (rig, 0, op, command);
  return TRUE;
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
  sim_body_after (rig->body, (guint) ms, on_later, later, later_free);
  return TRUE;
}

static gboolean set_weather (SimRig *rig, const char *percent, const char *seed, GString *answer)
{
  gint64 chance, number = 0;

  if (!sim_word_number (percent, 0, 100, &chance, answer))
    return FALSE;
  if (chance > 0 && !sim_word_number (seed, 0, G_MAXUINT32, &number, answer))
    return FALSE;
  g_clear_pointer (&rig->weather, g_rand_free);
  rig->bad_chance = (guint) chance;
  if (chance > 0)
    rig->weather = g_rand_new_with_seed ((guint32) number);
  listen_to (rig);
  return TRUE;
}

gboolean sim_plan_is (const char *word)
{
  const SimCommand *row = sim_plan_words;
  while (row->name != NULL && strcmp (row->name, word) != 0)
    row++;
  return row->name != NULL;
}

gboolean sim_plan_add (SimRig *rig, const char *word, const char *what, const char *command, GString *answer)
{
  if (strcmp (word, "weather") == 0)
    return set_weather (rig, what, command, answer);
  if (what == NULL || command == NULL)
    return sim_refuse (answer, "say what is planned, and for when; see help");
  if (strcmp (word, "in") == 0)
    return plan_in (rig, what, command, answer);
  if (strcmp (word, "on") == 0)
    return plan_on (rig, what, command, answer);
  return plan_at (rig, what, strcmp (word, "after") == 0, command, answer);
}

void sim_plan_clear (SimRig *rig)
{
  g_queue_clear_full (&rig->planned, planned_free);
  g_clear_pointer (&rig->weather, g_rand_free);
}
