/* See app/keeper.h: when a round begins, and what is said of how it went. Main thread; the copying itself is round.c's, on the keeper's own thread. */
#include "app/keeper.h"

#include "app/i18n.h"
#include "app/keeper/round.h"
#include "app/preferences.h"
#include "app/sentence.h"

#define TICK_S    5
#define RETRY_US  (15 * G_USEC_PER_SEC)
#define SLOW_US   (30 * G_USEC_PER_SEC)
#define LAST_MS   5000 /* how long a stopping station waits for the last round */

struct _LanmuKeeper {
  GObject parent_instance;
  LanmuStore *store;
  LanmuKeeperRound *round; /* the thread's while `busy` */
  gboolean busy, kicked, stopped;
  gint64 began_us, ended_us;  /* monotonic, of the last round */
  gint64 backup_due_us;       /* monotonic */
  gint64 last_backup_us;      /* wall */
  LanmuKeeping state;
  guint behind;
  char *message;
  guint tick, last_timeout;
  GTask *finish;
  gboolean last_round;
};

G_DEFINE_FINAL_TYPE (LanmuKeeper, lanmu_keeper, G_TYPE_OBJECT)
enum { CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

const char *lanmu_keeping_to_string (LanmuKeeping state)
{
  static const char *const words[] = {"off", "fine", "behind", "missing", "full", "slow", "failed"};
  return (guint) state < G_N_ELEMENTS (words) ? words[state] : "unknown";
}

static void set_state (LanmuKeeper *self, LanmuKeeping state, const char *message)
{
  gboolean changed = self->state != state;
  self->state = state;
  g_free (self->message);
  self->message = g_strdup (message);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

static LanmuKeeping state_of (const GError *trouble)
{
  if (g_error_matches (trouble, LANMU_DB_ERROR, LANMU_DB_ERROR_NOT_FOUND))
    return LANMU_KEEPING_MISSING;
  if (g_error_matches (trouble, LANMU_DB_ERROR, LANMU_DB_ERROR_FULL))
    return LANMU_KEEPING_FULL;
  return LANMU_KEEPING_FAILED;
}

static char *sentence_of (LanmuKeeping state, const char *folder, const GError *trouble)
{
  if (state == LANMU_KEEPING_MISSING)
    return g_strdup_printf (_ ("The second copy %s is not there: plug its disk in. What is missing is caught up then."), folder);
  if (state == LANMU_KEEPING_FULL)
    return g_strdup_printf (_ ("The disk of the copies is full: make room. Shooting goes on (%s)."), trouble->message);
  return g_strdup_printf (_ ("A copy failed; shooting goes on, it is tried again (%s)."), trouble->message);
}

static void show_trouble (LanmuKeeper *self, const GError *trouble)
{
  LanmuKeeping state = state_of (trouble);
  g_autofree char *message = sentence_of (state, self->round->folder != NULL ? self->round->folder : "", trouble);
  set_state (self, state, message);
}

static void show_result (LanmuKeeper *self, const GError *backup)
{
  const LanmuKeeperRound *round = self->round;
  self->behind = round->behind;
  if (backup != NULL)
    show_trouble (self, backup);
  else if (round->trouble != NULL)
    show_trouble (self, round->trouble);
  else if (!round->has_folder)
    set_state (self, LANMU_KEEPING_OFF, "");
  else
    set_state (self, round->more ? LANMU_KEEPING_BEHIND : LANMU_KEEPING_FINE, "");
}

static gint64 minutes_us (LanmuKeeper *self)
{
  g_autofree char *minutes = lanmu_preference_read (lanmu_store_get_reader (self->store), LANMU_PREFERENCE_BACKUP_MINUTES);
  return (gint64) g_ascii_strtoull (minutes, NULL, 10) * 60 * G_USEC_PER_SEC;
}

static void begin_round (LanmuKeeper *self, gboolean want_backup);

static void answer_finish (LanmuKeeper *self)
{
  g_clear_handle_id (&self->last_timeout, g_source_remove);
  GTask *task = g_steal_pointer (&self->finish);
  if (task == NULL)
    return;
  g_task_return_boolean (task, self->state <= LANMU_KEEPING_FINE);
  g_object_unref (task);
}

static void on_round (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuKeeper) self = data;
  g_autoptr (GError) error = NULL;
  gboolean wanted = self->round->want_backup;
  self->busy = FALSE;
  self->ended_us = g_get_monotonic_time ();
  lanmu_store_run_finish (LANMU_STORE (source), result, &error);
  if (self->stopped)
    return;
  if (self->round->backup_us != 0)
    self->last_backup_us = self->round->backup_us;
  if (wanted && error == NULL && !self->round->more)
    self->backup_due_us = self->ended_us + minutes_us (self);
  show_result (self, error);
  if (self->finish != NULL && self->last_round && !self->round->more)
    answer_finish (self);
  else if (self->round->more || self->kicked || self->finish != NULL)
    begin_round (self, wanted || self->finish != NULL);
}

static void begin_round (LanmuKeeper *self, gboolean want_backup)
{
  if (self->busy || self->stopped)
    return;
  self->busy = TRUE;
  self->kicked = FALSE;
  self->last_round = self->finish != NULL;
  self->began_us = g_get_monotonic_time ();
  self->round->want_backup = want_backup;
  lanmu_store_run_async (self->store, lanmu_keeper_round_run, self->round, NULL, on_round, g_object_ref (self));
}

/* A copy that hangs is told of once; then what is due begins: the database, and what went wrong again. */
static gboolean on_tick (gpointer data)
{
  LanmuKeeper *self = data;
  gint64 now = g_get_monotonic_time ();
  if (self->busy) {
    if (now - self->began_us > SLOW_US)
      set_state (self, LANMU_KEEPING_SLOW, _ ("A copy takes very long: is its disk healthy? Shooting goes on."));
    return G_SOURCE_CONTINUE;
  }
  gboolean due = minutes_us (self) > 0 && now >= self->backup_due_us;
  gboolean again = self->state > LANMU_KEEPING_FINE && now - self->ended_us >= RETRY_US;
  if (due || again)
    begin_round (self, due);
  return G_SOURCE_CONTINUE;
}

void lanmu_keeper_kick (LanmuKeeper *self)
{
  self->kicked = TRUE;
  /* With trouble on hand the tick decides when: a full disk is not asked after every shot. */
  if (self->state == LANMU_KEEPING_FINE || self->state == LANMU_KEEPING_BEHIND)
    begin_round (self, FALSE);
}

static gboolean on_last_timeout (gpointer data)
{
  LanmuKeeper *self = data;
  self->last_timeout = 0;
  answer_finish (self);
  return G_SOURCE_REMOVE;
}

void lanmu_keeper_finish_async (LanmuKeeper *self, GAsyncReadyCallback callback, gpointer user_data)
{
  self->finish = g_task_new (self, NULL, callback, user_data);
  self->last_timeout = g_timeout_add (LAST_MS, on_last_timeout, self);
  begin_round (self, TRUE);
}

/* A thread that hangs in a dead disk is left to the end of the process: joining it would hang whoever stops. */
void lanmu_keeper_stop (LanmuKeeper *self)
{
  gboolean hangs = self->busy && g_get_monotonic_time () - self->began_us > LAST_MS * 1000;
  if (self->stopped)
    return;
  self->stopped = TRUE;
  g_clear_handle_id (&self->tick, g_source_remove);
  answer_finish (self);
  if (hangs)
    g_object_ref (self); /* for good: the thread still works with round and store */
  else
    lanmu_store_close (self->store);
}

static void lanmu_keeper_dispose (GObject *object)
{
  LanmuKeeper *self = LANMU_KEEPER (object);
  if (self->store != NULL)
    lanmu_keeper_stop (self);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (lanmu_keeper_parent_class)->dispose (object);
}

static void lanmu_keeper_finalize (GObject *object)
{
  LanmuKeeper *self = LANMU_KEEPER (object);
  g_clear_pointer (&self->round, lanmu_keeper_round_free);
  g_free (self->message);
  G_OBJECT_CLASS (lanmu_keeper_parent_class)->finalize (object);
}

static void lanmu_keeper_class_init (LanmuKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_keeper_dispose;
  G_OBJECT_CLASS (klass)->finalize = lanmu_keeper_finalize;
  signals[CHANGED] = g_signal_new ("changed", LANMU_TYPE_KEEPER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void lanmu_keeper_init (LanmuKeeper *self)
{
  self->message = g_strdup ("");
}

LanmuKeeper *lanmu_keeper_new (const char *data_dir, GError **error)
{
  g_autoptr (LanmuStore) store = lanmu_store_open (data_dir, LANMU_DB_READ_ONLY, error);
  if (store == NULL)
    return NULL;
  LanmuKeeper *self = g_object_new (LANMU_TYPE_KEEPER, NULL);
  self->store = g_steal_pointer (&store);
  self->round = lanmu_keeper_round_new ();
  self->backup_due_us = g_get_monotonic_time () + minutes_us (self);
  self->tick = g_timeout_add_seconds (TICK_S, on_tick, self);
  begin_round (self, FALSE);
  return self;
}

LanmuKeeping lanmu_keeper_get_state (LanmuKeeper *self)
{
  return self->state;
}

guint lanmu_keeper_get_behind (LanmuKeeper *self)
{
  return self->behind;
}

const char *lanmu_keeper_get_message (LanmuKeeper *self)
{
  return self->message;
}

gint64 lanmu_keeper_get_last_backup_us (LanmuKeeper *self)
{
  return self->last_backup_us;
}
