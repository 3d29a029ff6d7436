/* Reconcile: what exists is held against what is written, until every trigger is accounted for. Run at every opening of the camera, and when a release brought
 * no file (the listing is then made anew).
 *
 *   1  leftovers: parts that are whole and vault files without a row are judged like any picture, by the name that their ticket noted
 *   2  card: files neither known nor seen in this connection are fetched and judged, two at a time; the very first look at a body notes all its files as
 *      foreign, and so does every later look those that were taken before the campaign began (a card that was changed)
 *   3  leftovers of which no ticket knows: the card has most of them under their name, and then they go
 *   4  end: tickets still without a picture fail with "no-picture"; parts nobody needs any more go. Only when everything could be had: else it is tried again
 *
 * Old stamps are believed only after the body's clock was read in this connection: somebody may have set it meanwhile.
 */
#include "app/station/internal.h"

#include <string.h>
#include "db/tickets.h"
#include "db/vault.h"

#define AT_ONCE           2u                      /* a live shot waits for no more than these */
#define CLOCK_PATIENCE_MS 3000u
#define FIRST_PAUSE_S     2u
#define LONGEST_PAUSE_S   60u
#define LATEST_FILE_US    (10 * G_USEC_PER_SEC)   /* a body may still be writing the picture of a release that the line broke in */

static void reconcile_end (LanmuStation *self);
static void reconcile_feed (LanmuStation *self);

static LanmuLiveTicket *ticket_by_id (LanmuStation *self, const char *id)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_strcmp0 (((LanmuLiveTicket *) value)->id, id) == 0)
      return value;
  return NULL;
}

static LanmuLiveTicket *ticket_by_file (LanmuStation *self, const char *camera_file)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    LanmuLiveTicket *t = value;
    if (lanmu_live_ticket_is_unanswered (t) && g_strcmp0 (t->camera_file, camera_file) == 0)
      return t;
  }
  return NULL;
}

static gint compare_files (gconstpointer pa, gconstpointer pb)
{
  const LanmuCameraFile *a = *(LanmuCameraFile *const *) pa, *b = *(LanmuCameraFile *const *) pb;
  int folder = lanmu_camera_file_folder_number (a) - lanmu_camera_file_folder_number (b);
  int number = lanmu_camera_file_number (a) - lanmu_camera_file_number (b);
  return folder ? folder : number ? number : strcmp (a->name, b->name);
}

static void take_card (LanmuStation *self)
{
  self->reconcile_stage = 2;
  if (!lanmu_station_take_card (self))
    self->reconcile_incomplete = TRUE;
  reconcile_feed (self);
}

typedef struct {
  GPtrArray *ids; /* char *: parts of RAW siblings; the card has the whole */
} RawPartsJob;

static void raw_parts_job_free (gpointer data)
{
  g_ptr_array_unref (((RawPartsJob *) data)->ids);
  g_free (data);
}

static gboolean raw_parts_work (LanmuDb *db, gpointer data, GError **error)
{
  RawPartsJob *job = data;
  for (guint i = 0; i < job->ids->len; i++)
    if (!lanmu_vault_drop_incoming (lanmu_db_get_data_dir (db), job->ids->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* Before any RAW is fetched anew, for it will use the same name. */
static void drop_raw_parts (LanmuStation *self)
{
  RawPartsJob *job = g_new0 (RawPartsJob, 1);
  job->ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = self->leftovers->len; i > 0; i--) {
    const LanmuLeftover *leftover = self->leftovers->pdata[i - 1];
    if (leftover->path || !g_str_has_suffix (leftover->id, "-raw"))
      continue;
    g_ptr_array_add (job->ids, g_strdup (leftover->id));
    g_ptr_array_remove_index (self->leftovers, i - 1);
  }
  if (job->ids->len)
    lanmu_store_run_async (self->store, raw_parts_work, job, raw_parts_job_free, NULL, NULL);
  else
    raw_parts_job_free (job);
}

static char *body_ticket_by_id (GPtrArray *open, const char *id)
{
  for (guint i = 0; open && i < open->len; i++) {
    const LanmuTicketRow *row = open->pdata[i];
    if (row->origin == LANMU_ORIGIN_BODY && strcmp (row->id, id) == 0)
      return g_strdup (row->id);
  }
  return NULL;
}

/* No open ticket has its id: it was fetched from the card by a reconcile, and nothing says under which name it lies there. */
static gboolean is_nameless (LanmuStation *self, const LanmuLeftover *leftover, GPtrArray *open)
{
  g_autofree char *body_ticket = body_ticket_by_id (open, leftover->id);
  return !body_ticket && !ticket_by_id (self, leftover->id);
}

static void add_leftover (LanmuStation *self, const LanmuLeftover *leftover, GPtrArray *open)
{
  const LanmuCameraInfo *info = lanmu_camera_get_info (self->camera);
  const LanmuLiveTicket *ticket = ticket_by_id (self, leftover->id);
  if (ticket && info && g_strcmp0 (ticket->camera_serial, info->serial) != 0)
    return; /* of another body: judged when that one is there, by its clock */
  LanmuTodo *todo = g_new0 (LanmuTodo, 1);
  todo->id = g_strdup (leftover->id);
  todo->path = g_strdup (leftover->path);
  todo->body_ticket = body_ticket_by_id (open, leftover->id);
  g_queue_push_tail (&self->reconcile_todo, todo);
}

static void take_leftovers (LanmuStation *self, gboolean nameless)
{
  g_autoptr (GPtrArray) open = lanmu_tickets_get_all (lanmu_store_get_reader (self->store), LANMU_TICKET_OPEN, NULL);
  for (guint i = 0; self->leftovers && i < self->leftovers->len; i++)
    if (is_nameless (self, self->leftovers->pdata[i], open) == nameless)
      add_leftover (self, self->leftovers->pdata[i], open);
  reconcile_feed (self);
}

static void begin_taking (LanmuStation *self)
{
  self->reconcile_stage = 1;
  if (self->leftovers)
    drop_raw_parts (self);
  take_leftovers (self, FALSE);
}

/* Only after a whole look at the card: what is there comes with its name, and its copy here is then one too many. */
static void take_nameless (LanmuStation *self)
{
  self->reconcile_stage = 3;
  if (!self->reconcile_incomplete && lanmu_station_camera_is_open (self))
    take_leftovers (self, TRUE);
  else
    reconcile_feed (self);
}

static void start_todo (LanmuStation *self, const LanmuTodo *todo)
{
  if (!todo->file) {
    LanmuLiveTicket *ticket = ticket_by_id (self, todo->id);
    if (!ticket || lanmu_live_ticket_is_unanswered (ticket))
      lanmu_station_arrive_leftover (self, todo->path ? NULL : todo->id, todo->path, ticket, todo->body_ticket);
  } else if (!lanmu_station_has_seen (self, todo->file)) { /* announced meanwhile: it is on its way by itself */
    g_autofree char *key = g_strdup_printf ("%s/%s", todo->file->folder, todo->file->name);
    lanmu_station_arrive_from_card (self, todo->file, ticket_by_file (self, key), todo->body_ticket);
  }
}

static void reconcile_feed (LanmuStation *self)
{
  LanmuTodo *todo;
  while (self->reconcile_pending < AT_ONCE && (todo = g_queue_pop_head (&self->reconcile_todo))) {
    start_todo (self, todo);
    lanmu_todo_free (todo);
  }
  if (self->reconcile_pending > 0)
    return;
  if (self->reconcile_stage == 1)
    take_card (self);
  else if (self->reconcile_stage == 2)
    take_nameless (self);
  else
    reconcile_end (self);
}

void lanmu_station_arrival_done (LanmuStation *self, gboolean of_reconcile, gboolean failed)
{
  if (!of_reconcile)
    return;
  self->reconcile_pending--;
  if (failed) {
    self->reconcile_incomplete = TRUE;
    if (!lanmu_station_camera_is_open (self)) /* the rest would fare no better; the next opening begins anew */
      g_queue_clear_full (&self->reconcile_todo, lanmu_todo_free);
  }
  reconcile_feed (self);
}

typedef struct {
  GPtrArray *parts;     /* char *: ids of leftover parts */
  GPtrArray *tickets;   /* char *: body tickets in flight, to be left alone */
  char *serial, *actor;
  gint64 before_us;     /* wall: body tickets opened later are not ours to end */
  gboolean complete;    /* all files could be had: what is missing is gone */
  guint failed;
} SweepJob;

static void sweep_job_free (gpointer data)
{
  SweepJob *job = data;
  g_ptr_array_unref (job->parts);
  g_ptr_array_unref (job->tickets);
  g_free (job->serial);
  g_free (job->actor);
  g_free (job);
}

/* Store thread: parts of ended tickets go; body tickets whose file is neither on the card nor here end. */
static gboolean sweep_work (LanmuDb *db, gpointer data, GError **error)
{
  SweepJob *job = data;
  g_autoptr (GPtrArray) open = lanmu_tickets_get_all (db, LANMU_TICKET_OPEN, error);
  if (!open)
    return FALSE;
  for (guint i = 0; i < open->len; i++) {
    const LanmuTicketRow *row = open->pdata[i];
    gboolean in_flight = g_ptr_array_find_with_equal_func (job->tickets, row->id, g_str_equal, NULL);
    if (!job->complete || row->origin != LANMU_ORIGIN_BODY || in_flight || row->opened.wall_us >= job->before_us || g_strcmp0 (row->camera_serial, job->serial) != 0)
      continue;
    if (!lanmu_ticket_fail (db, row->id, "file-gone", g_get_real_time (), job->actor, error))
      return FALSE;
    job->failed++;
  }
  for (guint i = 0; i < job->parts->len; i++) {
    g_autoptr (LanmuTicketRow) row = lanmu_ticket_get (db, job->parts->pdata[i], NULL);
    if ((!row || row->state != LANMU_TICKET_OPEN) && !lanmu_vault_drop_incoming (lanmu_db_get_data_dir (db), job->parts->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}

static void again_if_asked (LanmuStation *self)
{
  if (!self->reconcile_again)
    return;
  self->reconcile_again = FALSE;
  lanmu_station_reconcile (self, self->reconcile_fresh);
}

static void on_swept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuStation) self = data;
  g_autoptr (GError) error = NULL;
  SweepJob *job = lanmu_store_get_job_data (result);
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error))
    lanmu_station_emit_trouble (self, lanmu_db_error_to_string (error->code), error->message);
  LanmuEvent *counts = g_steal_pointer (&self->reconcile_counts);
  counts->failed += job->failed;
  if (self->gap_asked && job->complete) {
    self->gaps_in_vain = counts->attached + counts->quarantined ? 0 : self->gaps_in_vain + 1;
    self->gap_asked = FALSE;
  }
  if (job->complete && lanmu_station_camera_is_open (self)) {
    lanmu_station_count_unexplained (self, counts);
    self->unexplained = counts->unexplained;
    lanmu_station_note_card_look (self, counts->unexplained);
  }
  self->reconciling = FALSE;
  self->reconcile_stage = 0;
  lanmu_station_emit (self, counts);
  lanmu_station_refresh_student (self, 0);
  again_if_asked (self);
  lanmu_station_check_idle (self);
}

/* The body may have exposed late, or be writing still. What it named a file for, it has written. */
static gboolean may_still_come (const LanmuLiveTicket *ticket)
{
  gint64 released = ticket->released_us ? ticket->released_us : ticket->asked.boot_us;
  return !ticket->camera_file && lanmu_moment_now ().boot_us < MAX (ticket->shutter_until_us, released + LATEST_FILE_US);
}

static void fail_unanswered (LanmuStation *self)
{
  GHashTableIter iter;
  gpointer value;
  const LanmuCameraInfo *info = lanmu_camera_get_info (self->camera);
  g_autoptr (GPtrArray) failed = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    LanmuLiveTicket *t = value;
    gboolean over = !t->ours || (t->settled_us && t->settled_us < self->reconcile_began_us);
    if (!lanmu_live_ticket_is_unanswered (t) || !over || (info && g_strcmp0 (t->camera_serial, info->serial) != 0))
      continue;
    if (may_still_come (t))
      lanmu_station_retry_later (self, TRUE);
    else
      g_ptr_array_add (failed, t);
  }
  self->reconcile_counts->failed += failed->len;
  for (guint i = 0; i < failed->len; i++)
    lanmu_station_fail_ticket (self, failed->pdata[i], "no-picture");
}

static void reconcile_end (LanmuStation *self)
{
  SweepJob *job = g_new0 (SweepJob, 1);
  const LanmuCameraInfo *info = lanmu_camera_get_info (self->camera);
  job->complete = !self->reconcile_incomplete && lanmu_station_camera_is_open (self);
  if (job->complete) {
    self->retry_s = 0;
    fail_unanswered (self);
  } else {
    lanmu_station_retry_later (self, FALSE);
  }
  job->parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) open = lanmu_tickets_get_all (lanmu_store_get_reader (self->store), LANMU_TICKET_OPEN, NULL);
  job->tickets = lanmu_station_body_tickets_in_flight (self);
  job->serial = g_strdup (info ? info->serial : "");
  job->actor = g_strdup (self->operator_name);
  job->before_us = self->reconcile_counts->wall_us;
  for (guint i = 0; self->leftovers && i < self->leftovers->len; i++)
    if (!((LanmuLeftover *) self->leftovers->pdata[i])->path && (job->complete || !is_nameless (self, self->leftovers->pdata[i], open)))
      g_ptr_array_add (job->parts, g_strdup (((LanmuLeftover *) self->leftovers->pdata[i])->id));
  if (job->complete)
    g_clear_pointer (&self->leftovers, g_ptr_array_unref);
  lanmu_store_run_async (self->store, sweep_work, job, sweep_job_free, on_swept, g_object_ref (self));
}

static gboolean on_clock_silent (gpointer data)
{
  LanmuStation *self = data;
  self->clock_timeout = 0;
  self->clock_silent = TRUE;
  begin_taking (self);
  return G_SOURCE_REMOVE;
}

void lanmu_station_clock_read (LanmuStation *self)
{
  self->clock_read = TRUE;
  self->clock_silent = FALSE;
  if (!self->clock_timeout)
    return;
  g_clear_handle_id (&self->clock_timeout, g_source_remove);
  begin_taking (self);
}

static void on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuStation) self = data;
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&self->reconcile_files, g_ptr_array_unref);
  self->reconcile_files = lanmu_camera_list_finish (LANMU_CAMERA (source), result, &error);
  if (self->reconcile_files) {
    g_ptr_array_sort (self->reconcile_files, compare_files);
    if (self->clock_read || self->clock_silent)
      begin_taking (self);
    else
      self->clock_timeout = g_timeout_add (CLOCK_PATIENCE_MS, on_clock_silent, self);
    return;
  }
  self->reconciling = FALSE;
  g_clear_pointer (&self->reconcile_counts, lanmu_event_free);
  lanmu_station_emit_trouble (self, "listing", error->message);
  if (lanmu_station_camera_is_open (self)) /* else the next opening reconciles */
    lanmu_station_retry_later (self, TRUE);
  again_if_asked (self);
  lanmu_station_check_idle (self);
}

static gboolean on_retry (gpointer data)
{
  LanmuStation *self = data;
  self->retry = 0;
  lanmu_station_reconcile (self, self->retry_fresh);
  lanmu_station_check_idle (self);
  return G_SOURCE_REMOVE;
}

void lanmu_station_retry_later (LanmuStation *self, gboolean fresh)
{
  self->retry_fresh = fresh || (self->retry && self->retry_fresh);
  if (self->retry || self->stopping)
    return;
  self->retry_s = self->retry_s ? MIN (self->retry_s * 2, LONGEST_PAUSE_S) : FIRST_PAUSE_S;
  self->retry = g_timeout_add_seconds (self->retry_s, on_retry, self);
}

void lanmu_station_reconcile (LanmuStation *self, gboolean fresh)
{
  if (self->reconciling) {
    self->reconcile_again = TRUE;
    self->reconcile_fresh = self->reconcile_fresh || fresh;
    return;
  }
  self->reconcile_fresh = FALSE;
  if (!lanmu_station_camera_is_open (self))
    return; /* the next opening reconciles */
  g_clear_handle_id (&self->retry, g_source_remove);
  self->reconciling = TRUE;
  self->reconcile_incomplete = FALSE;
  self->reconcile_counts = lanmu_event_new (LANMU_EVENT_RECONCILED);
  self->reconcile_began_us = lanmu_moment_now ().boot_us;
  lanmu_camera_list_async (self->camera, fresh, on_listed, g_object_ref (self));
}

void lanmu_station_reconcile_now (LanmuStation *self)
{
  lanmu_station_reconcile (self, TRUE);
}
