/* The one writer; see store.h for the promises.
 *
 * Two threads meet here, "main" and "store", and share exactly the fields under `mutex` below. pthread primitives and
 * an eventfd are used because a ThreadSanitizer sees them, which GLib's futex mutexes it does not. A job's plain memory
 * belongs to store from the moment it is queued until it stands in `finished`; both hand-overs happen under the mutex.
 * The store thread touches no GObject, no GTask and no main context. */
#include "db/store.h"
#include "db/lock.h"
#include "db/datadir.h"
#include "db/migrations.h"
#include "db/probe.h"
#include "db/sql.h"

#include <errno.h>
#include <glib-unix.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <unistd.h>

typedef struct _Job Job;
struct _Job {
  Job *next;
  LanmuStoreWork work;
  gpointer data;
  gboolean ok;
  GError *error;
  gboolean is_sync; /* on the stack of lanmu_store_run_sync, not to be delivered */
  gboolean is_done;
  /* main only */
  LanmuStore *store; /* owned */
  GDestroyNotify data_free;
  GAsyncReadyCallback callback;
  gpointer user_data;
};

typedef struct {
  Job *first, *last;
} JobList;

struct _LanmuStore {
  GObject parent_instance;
  char *data_dir;
  GThread *owner;
  LanmuLock *lock;
  LanmuDb *reader;
  LanmuDb *writer; /* the store thread's while it runs */
  GSource *source; /* `finished` has jobs */
  int wake_fd;
  guint pending;
  gboolean is_running;

  pthread_t thread;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  JobList waiting, finished; /* under mutex */
  gboolean stop;             /* under mutex */
};

G_DEFINE_TYPE (LanmuStore, lanmu_store, G_TYPE_OBJECT)

static void push (JobList *list, Job *job)
{
  job->next = NULL;
  if (list->last)
    list->last->next = job;
  else
    list->first = job;
  list->last = job;
}

static Job *pop (JobList *list)
{
  Job *job = list->first;

  if (job && !(list->first = job->next))
    list->last = NULL;
  return job;
}

/* Store thread, or main for a job that is refused. */
static void finish_job (LanmuStore *self, Job *job)
{
  guint64 one = 1;

  pthread_mutex_lock (&self->mutex);
  job->is_done = TRUE;
  if (!job->is_sync)
    push (&self->finished, job);
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->mutex);
  /* A write to an eventfd can only fail when 2^64 wake-ups wait: then one is enough. */
  if (write (self->wake_fd, &one, sizeof one) < 0 && errno != EAGAIN)
    g_critical ("store: cannot wake the main loop: %s", g_strerror (errno));
}

static Job *wait_for_job (LanmuStore *self)
{
  pthread_mutex_lock (&self->mutex);
  while (!self->waiting.first && !self->stop)
    pthread_cond_wait (&self->changed, &self->mutex);
  Job *job = pop (&self->waiting);
  pthread_mutex_unlock (&self->mutex);
  return job;
}

static void run_job (LanmuStore *self, Job *job)
{
  job->ok = job->work (self->writer, job->data, &job->error);
  if (self->writer->depth == 0)
    return;
  g_critical ("store: a job left a transaction open; rolled back");
  while (self->writer->depth > 0)
    lanmu_db_rollback (self->writer);
}

static void *run_thread (void *data)
{
  LanmuStore *self = data;
  Job *job;

  pthread_setname_np (pthread_self (), "lanmu-store");
  while ((job = wait_for_job (self))) {
    run_job (self, job);
    finish_job (self, job);
  }
  return NULL;
}

static void free_job (Job *job)
{
  g_clear_error (&job->error);
  g_clear_object (&job->store);
  g_free (job);
}

static void on_task_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  Job *job = data;

  job->store->pending--;
  if (job->callback)
    job->callback (source, result, job->user_data);
  else if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_warning ("store: a job nobody waits for failed: %s", error->message);
  free_job (job);
}

/* The task is made here and not at submission: GTask then always answers from the main loop, one after the other, never
 * at once for some. */
static void deliver (Job *job)
{
  g_autoptr (GTask) task = g_task_new (job->store, NULL, on_task_ready, job);

  g_task_set_source_tag (task, lanmu_store_run_async);
  g_task_set_task_data (task, job->data, job->data_free);
  if (job->ok)
    g_task_return_boolean (task, TRUE);
  else if (job->error)
    g_task_return_error (task, g_steal_pointer (&job->error));
  else
    g_task_return_new_error (task, LANMU_DB_ERROR, LANMU_DB_ERROR_FAILED,
                             "A job of the store failed without saying why");
}

static Job *pop_finished (LanmuStore *self)
{
  pthread_mutex_lock (&self->mutex);
  Job *job = pop (&self->finished);
  pthread_mutex_unlock (&self->mutex);
  return job;
}

static gboolean on_wake (int fd, GIOCondition condition, gpointer data)
{
  g_autoptr (LanmuStore) self = g_object_ref (data);
  guint64 count;
  Job *job;

  while (read (fd, &count, sizeof count) < 0 && errno == EINTR)
    ;
  while ((job = pop_finished (self)))
    deliver (job);
  return G_SOURCE_CONTINUE;
}

static void lanmu_store_init (LanmuStore *self)
{
  self->owner = g_thread_self ();
  self->wake_fd = -1;
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->changed, NULL);
}

static void lanmu_store_finalize (GObject *object)
{
  LanmuStore *self = LANMU_STORE (object);

  lanmu_store_close (self);
  if (self->source) {
    g_source_destroy (self->source);
    g_source_unref (self->source);
  }
  if (self->wake_fd >= 0)
    close (self->wake_fd);
  pthread_cond_destroy (&self->changed);
  pthread_mutex_destroy (&self->mutex);
  g_free (self->data_dir);
  G_OBJECT_CLASS (lanmu_store_parent_class)->finalize (object);
}

static void lanmu_store_class_init (LanmuStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanmu_store_finalize;
}

/* What must not be touched is refused before even the lock's file is made. */
static gboolean take_lock (LanmuStore *self, LanmuDbMode mode, GError **error)
{
  const char *program = g_get_prgname ();
  LanmuProbe found;

  if (mode == LANMU_DB_READ_ONLY)
    return TRUE;
  if (mode == LANMU_DB_CREATE && !g_file_test (self->data_dir, G_FILE_TEST_EXISTS) &&
      !lanmu_datadir_create (self->data_dir, error))
    return FALSE;
  if (!lanmu_db_probe (self->data_dir, lanmu_schema_get ()->version, &found, error))
    return FALSE;
  if (found == LANMU_PROBE_OURS || mode == LANMU_DB_CREATE)
    self->lock = lanmu_lock_acquire (self->data_dir, program ? program : "lanmu", error);
  return self->lock || (found != LANMU_PROBE_OURS && mode != LANMU_DB_CREATE);
}

static gboolean start (LanmuStore *self, GError **error)
{
  self->wake_fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (self->wake_fd < 0 || pthread_create (&self->thread, NULL, run_thread, self) != 0) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_FAILED,
                 "The store cannot start its thread: close some programs and try again");
    return FALSE;
  }
  self->is_running = TRUE;
  self->source = g_unix_fd_source_new (self->wake_fd, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_wake), self, NULL);
  g_source_set_static_name (self->source, "lanmu-store");
  g_source_attach (self->source, g_main_context_get_thread_default ());
  return TRUE;
}

LanmuStore *lanmu_store_open (const char *data_dir, LanmuDbMode mode, GError **error)
{
  g_autoptr (LanmuStore) self = g_object_new (LANMU_TYPE_STORE, NULL);

  self->data_dir = g_strdup (data_dir);
  if (!take_lock (self, mode, error) || !(self->writer = lanmu_db_open (data_dir, mode, error)) ||
      !(self->reader = lanmu_db_open_schema (data_dir, LANMU_DB_READ_ONLY, lanmu_schema_get (), FALSE, error)) ||
      !start (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void lanmu_store_close (LanmuStore *self)
{
  g_return_if_fail (self->owner == g_thread_self ());
  if (self->is_running) {
    pthread_mutex_lock (&self->mutex);
    self->stop = TRUE;
    pthread_cond_broadcast (&self->changed);
    pthread_mutex_unlock (&self->mutex);
    pthread_join (self->thread, NULL);
    self->is_running = FALSE;
  }
  /* The writer last: closing it folds the log into the file. */
  g_clear_pointer (&self->reader, lanmu_db_close);
  g_clear_pointer (&self->writer, lanmu_db_close);
  g_clear_pointer (&self->lock, lanmu_lock_release);
}

LanmuDb *lanmu_store_get_reader (LanmuStore *self)
{
  g_return_val_if_fail (self->owner == g_thread_self (), NULL);
  return self->reader;
}

const char *lanmu_store_get_data_dir (LanmuStore *self)
{
  return self->data_dir;
}

static void queue_job (LanmuStore *self, Job *job)
{
  pthread_mutex_lock (&self->mutex);
  push (&self->waiting, job);
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->mutex);
}

static GError *closed_error (void)
{
  return g_error_new_literal (LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "The store is closed already");
}

void lanmu_store_run_async (LanmuStore *self, LanmuStoreWork work, gpointer data, GDestroyNotify data_free,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (self->owner == g_thread_self ());
  Job *job = g_new0 (Job, 1);

  job->work = work;
  job->data = data;
  job->store = g_object_ref (self);
  job->data_free = data_free;
  job->callback = callback;
  job->user_data = user_data;
  self->pending++;
  if (self->is_running) {
    queue_job (self, job);
  } else {
    job->error = closed_error ();
    finish_job (self, job);
  }
}

gboolean lanmu_store_run_finish (LanmuStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gpointer lanmu_store_get_job_data (GAsyncResult *result)
{
  return g_task_get_task_data (G_TASK (result));
}

gboolean lanmu_store_run_sync (LanmuStore *self, LanmuStoreWork work, gpointer data, GError **error)
{
  g_return_val_if_fail (self->owner == g_thread_self (), FALSE);
  Job job = {.work = work, .data = data, .is_sync = TRUE};

  if (!self->is_running) {
    g_propagate_error (error, closed_error ());
    return FALSE;
  }
  queue_job (self, &job);
  pthread_mutex_lock (&self->mutex);
  while (!job.is_done)
    pthread_cond_wait (&self->changed, &self->mutex);
  pthread_mutex_unlock (&self->mutex);
  if (job.error)
    g_propagate_error (error, job.error);
  return job.ok;
}

guint lanmu_store_get_pending (LanmuStore *self)
{
  return self->pending;
}
