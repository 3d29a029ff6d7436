/* The import of a screen; see importer.h. What crosses between threads is a Job: it belongs to the reading thread until
 * its source runs on main. */
#include "app/roster/importer.h"

typedef struct {
  LanmuImporter *owner; /* a reference */
  char *path;
  LanmuColumnMap *map;
  LanmuReport *report;
  LanmuList *list;
  GCancellable *cancellable;
} Job;

struct _LanmuImporter {
  GObject parent;
  LanmuStore *store;
  char *actor, *path, *message;
  LanmuImporterState state;
  gboolean accepted[LANMU_N_PROBLEMS];
  gint thousandths; /* atomic */
  GCancellable *cancellable;
  LanmuReport *report, *second; /* second: what the writing says once more */
  LanmuList *list;
  LanmuImport import;
};

G_DEFINE_FINAL_TYPE (LanmuImporter, lanmu_importer, G_TYPE_OBJECT)

static guint changed_signal;

const char *lanmu_importer_state_to_string (LanmuImporterState state)
{
  static const char *const names[] = {"idle", "reading", "judged", "writing", "done", "stopped", "failed"};
  return names[state];
}

static void job_free (gpointer data)
{
  Job *job = data;
  g_clear_pointer (&job->map, lanmu_column_map_free);
  g_clear_pointer (&job->report, lanmu_report_free);
  g_clear_pointer (&job->list, lanmu_list_free);
  g_object_unref (job->cancellable);
  g_object_unref (job->owner);
  g_free (job->path);
  g_free (job);
}

static void set_state (LanmuImporter *self, LanmuImporterState state)
{
  self->state = state;
  g_signal_emit (self, changed_signal, 0);
}

static void show_progress (double fraction, gpointer self)
{
  g_atomic_int_set (&((LanmuImporter *) self)->thousandths, (gint) (fraction * 1000));
}

static void forget_result (LanmuImporter *self)
{
  g_clear_pointer (&self->report, lanmu_report_free);
  g_clear_pointer (&self->second, lanmu_report_free);
  g_clear_pointer (&self->list, lanmu_list_free);
  g_clear_pointer (&self->message, g_free);
  self->import = (LanmuImport){0};
}

static LanmuReport *make_report (LanmuImporter *self)
{
  LanmuReport *report = lanmu_report_new ();
  for (int kind = 0; kind < LANMU_N_PROBLEMS; kind++)
    if (self->accepted[kind])
      lanmu_report_accept (report, kind);
  return report;
}

/* -- judging and writing, on the store thread -- */

static void finish_import (LanmuImporter *self, GAsyncResult *result, LanmuImporterState good)
{
  g_autoptr (GError) error = NULL;
  if (lanmu_store_run_finish (self->store, result, &error)) {
    lanmu_report_sort (self->report);
    set_state (self, good);
  } else if (g_error_matches (error, LANMU_DB_ERROR, LANMU_DB_ERROR_STOPPED)) {
    set_state (self, LANMU_IMPORTER_STOPPED);
  } else {
    self->message = g_strdup (error->message);
    set_state (self, LANMU_IMPORTER_FAILED);
  }
}

static void on_judged (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuImporter) self = data;
  finish_import (self, result, LANMU_IMPORTER_JUDGED);
}

static void on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuImporter) self = data;
  finish_import (self, result, LANMU_IMPORTER_DONE);
}

static void run_import (LanmuImporter *self, LanmuReport *report, gboolean dry_run, GAsyncReadyCallback callback)
{
  self->import = (LanmuImport){.list = self->list,
                               .report = report,
                               .dry_run = dry_run,
                               .actor = self->actor,
                               .cancellable = self->cancellable,
                               .progress = show_progress,
                               .progress_data = self};
  lanmu_store_run_async (self->store, lanmu_import_work, &self->import, NULL, callback, g_object_ref (self));
}

/* -- reading, on a thread of its own -- */

static gboolean on_read (gpointer data)
{
  Job *job = data;
  LanmuImporter *self = job->owner;
  if (g_cancellable_is_cancelled (job->cancellable)) {
    set_state (self, LANMU_IMPORTER_STOPPED);
    return G_SOURCE_REMOVE;
  }
  self->report = g_steal_pointer (&job->report);
  self->list = g_steal_pointer (&job->list);
  self->import.report = self->report;
  if (self->list != NULL && !lanmu_report_is_refused (self->report)) {
    run_import (self, self->report, TRUE, on_judged);
    return G_SOURCE_REMOVE;
  }
  lanmu_report_sort (self->report);
  set_state (self, LANMU_IMPORTER_JUDGED);
  return G_SOURCE_REMOVE;
}

static gpointer read_list (gpointer data)
{
  Job *job = data;
  const LanmuListOptions options = {
      .map = job->map, .cancellable = job->cancellable, .progress = show_progress, .progress_data = job->owner};
  job->list = lanmu_list_read (job->path, &options, job->report);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_read, job, job_free);
  return NULL;
}

/* What the campaign remembers about columns helps here too. */
static LanmuColumnMap *remembered_map (LanmuImporter *self)
{
  g_autofree char *text = lanmu_import_get_map (lanmu_store_get_reader (self->store), NULL);
  LanmuColumnMap *map = text != NULL ? lanmu_column_map_parse (text, NULL) : NULL;
  if (map != NULL)
    lanmu_column_map_set_lenient (map, TRUE);
  return map;
}

static void read_anew (LanmuImporter *self)
{
  Job *job = g_new0 (Job, 1);
  forget_result (self);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_atomic_int_set (&self->thousandths, 0);
  *job = (Job){.owner = g_object_ref (self),
               .path = g_strdup (self->path),
               .map = remembered_map (self),
               .report = make_report (self),
               .cancellable = g_object_ref (self->cancellable)};
  set_state (self, LANMU_IMPORTER_READING);
  g_thread_unref (g_thread_new ("lanmu-import", read_list, job));
}

/* -- what a screen asks -- */

LanmuImporter *lanmu_importer_new (LanmuStore *store, const char *actor)
{
  LanmuImporter *self = g_object_new (LANMU_TYPE_IMPORTER, NULL);
  self->store = g_object_ref (store);
  self->actor = g_strdup (actor);
  return self;
}

void lanmu_importer_open (LanmuImporter *self, const char *path)
{
  if (lanmu_importer_is_busy (self))
    return;
  for (int kind = 0; kind < LANMU_N_PROBLEMS; kind++)
    self->accepted[kind] = FALSE;
  g_free (self->path);
  self->path = g_strdup (path);
  read_anew (self);
}

gboolean lanmu_importer_accept (LanmuImporter *self, LanmuProblemKind kind, gboolean accept)
{
  if (self->state != LANMU_IMPORTER_JUDGED || !lanmu_problem_kind_is_acceptable (kind))
    return FALSE;
  self->accepted[kind] = accept;
  read_anew (self);
  return TRUE;
}

gboolean lanmu_importer_apply (LanmuImporter *self)
{
  if (self->state != LANMU_IMPORTER_JUDGED || self->list == NULL || lanmu_report_is_refused (self->report))
    return FALSE;
  self->second = make_report (self);
  g_atomic_int_set (&self->thousandths, 0);
  set_state (self, LANMU_IMPORTER_WRITING);
  run_import (self, self->second, FALSE, on_written);
  return TRUE;
}

void lanmu_importer_cancel (LanmuImporter *self)
{
  if (lanmu_importer_is_busy (self))
    g_cancellable_cancel (self->cancellable);
}

LanmuImporterState lanmu_importer_get_state (LanmuImporter *self)
{
  return self->state;
}

gboolean lanmu_importer_is_busy (LanmuImporter *self)
{
  return self->state == LANMU_IMPORTER_READING || self->state == LANMU_IMPORTER_WRITING;
}

double lanmu_importer_get_fraction (LanmuImporter *self)
{
  return g_atomic_int_get (&self->thousandths) / 1000.0;
}

const char *lanmu_importer_get_path (LanmuImporter *self)
{
  return self->path;
}

static gboolean has_result (LanmuImporter *self)
{
  return self->state == LANMU_IMPORTER_JUDGED || self->state == LANMU_IMPORTER_DONE;
}

LanmuReport *lanmu_importer_get_report (LanmuImporter *self)
{
  return has_result (self) ? self->report : NULL;
}

const LanmuList *lanmu_importer_get_list (LanmuImporter *self)
{
  return has_result (self) ? self->list : NULL;
}

const LanmuImport *lanmu_importer_get_import (LanmuImporter *self)
{
  return has_result (self) ? &self->import : NULL;
}

gboolean lanmu_importer_is_accepted (LanmuImporter *self, LanmuProblemKind kind)
{
  return self->accepted[kind];
}

const char *lanmu_importer_get_message (LanmuImporter *self)
{
  return self->message != NULL ? self->message : "";
}

static void lanmu_importer_finalize (GObject *object)
{
  LanmuImporter *self = LANMU_IMPORTER (object);
  forget_result (self);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_free (self->actor);
  g_free (self->path);
  G_OBJECT_CLASS (lanmu_importer_parent_class)->finalize (object);
}

static void lanmu_importer_class_init (LanmuImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanmu_importer_finalize;
  changed_signal =
      g_signal_new ("changed", LANMU_TYPE_IMPORTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void lanmu_importer_init (LanmuImporter *self)
{
}
