/* Reconcile: what exists is held against what is written, until every trigger is accounted for. Run at every opening of the camera, and when a release brought
 * no file (the listing is then made anew).
 *
 *   1  leftovers: parts that are whole and vault files without a row are judged like any picture
 *   2  card: files neither known nor seen in this connection are fetched and judged; the very first look at a body notes all its files as foreign
 *   3  end: tickets still without a picture fail with "no-picture"; parts nobody needs any more go
 */
#include "app/station/internal.h"

#include <string.h>
#include "db/cardfiles.h"
#include "db/shots.h"
#include "db/tickets.h"
#include "db/vault.h"

static void reconcile_end (LanmuStation *self);

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

static gboolean ticket_of_body (const LanmuTicketRow *row, gpointer data)
{
  const char **serial = data;
  if (g_strcmp0 (row->camera_serial, *serial) != 0)
    return TRUE;
  *serial = NULL;
  return FALSE;
}

/* Nothing was ever recorded of this body: what lies on its card was there before us. */
static gboolean is_first_look (LanmuStation *self, const char *serial, GHashTable *known)
{
  const char *search = serial;
  if (g_hash_table_size (known) > 0)
    return FALSE;
  lanmu_tickets_list (lanmu_store_get_reader (self->store), LANMU_TICKET_ANY_STATE, ticket_of_body, &search, NULL);
  return search != NULL;
}

typedef struct {
  GArray *rows; /* LanmuCardFileRow, strings owned */
  char *actor;
} BaselineJob;

static void card_row_clear (gpointer data)
{
  LanmuCardFileRow *row = data;
  g_free (row->camera_serial);
  g_free (row->folder);
  g_free (row->name);
}

static void baseline_job_free (gpointer data)
{
  BaselineJob *job = data;
  g_array_unref (job->rows);
  g_free (job->actor);
  g_free (job);
}

static gboolean baseline_work (LanmuDb *db, gpointer data, GError **error)
{
  BaselineJob *job = data;
  return lanmu_card_files_baseline (db, (const LanmuCardFileRow *) (void *) job->rows->data, job->rows->len, job->actor, NULL, error);
}

static void note_foreign (LanmuStation *self, const char *serial)
{
  BaselineJob *job = g_new0 (BaselineJob, 1);
  job->rows = g_array_new (FALSE, TRUE, sizeof (LanmuCardFileRow));
  g_array_set_clear_func (job->rows, card_row_clear);
  job->actor = g_strdup (self->operator_name);
  for (guint i = 0; i < self->reconcile_files->len; i++) {
    const LanmuCameraFile *file = self->reconcile_files->pdata[i];
    g_autofree char *key = g_strdup_printf ("%s/%s", file->folder, file->name);
    if (g_hash_table_contains (self->seen, key))
      continue; /* announced since the camera was opened: not foreign, on its way */
    LanmuCardFileRow row = { g_strdup (serial), g_strdup (file->folder), g_strdup (file->name), (gint64) file->size, LANMU_CARD_FOREIGN, NULL, 0 };
    g_array_append_val (job->rows, row);
  }
  self->reconcile_counts->foreign += job->rows->len;
  if (job->rows->len)
    lanmu_store_run_async (self->store, baseline_work, job, baseline_job_free, NULL, NULL);
  else
    baseline_job_free (job);
}

/* "folder/stem" of every shot of the vault → shot id, for RAW files whose JPEG is a shot already. */
static gboolean add_stem (const LanmuShotRow *row, gpointer data)
{
  g_autoptr (LanmuCameraFile) file = lanmu_camera_file_new (row->camera_folder ? row->camera_folder : "", row->camera_file ? row->camera_file : "", 0, 0);
  if (*file->name && !(row->raw_path && *row->raw_path))
    g_hash_table_replace (data, lanmu_station_file_stem (file), g_strdup (row->id));
  return TRUE;
}

static void take_raws (LanmuStation *self, GPtrArray *raws)
{
  if (raws->len == 0)
    return;
  g_autoptr (GHashTable) stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  lanmu_shots_list (lanmu_store_get_reader (self->store), 0, LANMU_SHOT_ANY_STATE, add_stem, stems, NULL);
  for (guint i = 0; i < raws->len; i++) {
    const LanmuCameraFile *file = raws->pdata[i];
    g_autofree char *stem = lanmu_station_file_stem (file);
    const char *shot = g_hash_table_lookup (stems, stem);
    if (shot)
      lanmu_station_fetch_raw (self, file, shot);
    else
      g_hash_table_replace (self->raw_seen, g_steal_pointer (&stem), lanmu_camera_file_copy (file));
  }
}

static char *body_ticket_of (GPtrArray *open, const char *camera_file)
{
  for (guint i = 0; open && i < open->len; i++) {
    const LanmuTicketRow *row = open->pdata[i];
    if (row->origin == LANMU_ORIGIN_BODY && g_strcmp0 (row->camera_file, camera_file) == 0)
      return g_strdup (row->id);
  }
  return NULL;
}

static void take_unknown (LanmuStation *self, GHashTable *known)
{
  g_autoptr (GPtrArray) open = lanmu_tickets_get_all (lanmu_store_get_reader (self->store), LANMU_TICKET_OPEN, NULL);
  g_autoptr (GPtrArray) raws = g_ptr_array_new ();
  for (guint i = 0; i < self->reconcile_files->len; i++) {
    const LanmuCameraFile *file = self->reconcile_files->pdata[i];
    g_autofree char *known_key = lanmu_card_file_key (file->folder, file->name, (gint64) file->size);
    g_autofree char *key = g_strdup_printf ("%s/%s", file->folder, file->name);
    if (g_hash_table_contains (known, known_key) || g_hash_table_contains (self->seen, key))
      continue;
    if (lanmu_camera_file_is_raw (file))
      g_ptr_array_add (raws, (gpointer) file);
  }
  take_raws (self, raws);
  for (guint i = 0; i < self->reconcile_files->len; i++) {
    const LanmuCameraFile *file = self->reconcile_files->pdata[i];
    g_autofree char *known_key = lanmu_card_file_key (file->folder, file->name, (gint64) file->size);
    g_autofree char *key = g_strdup_printf ("%s/%s", file->folder, file->name);
    if (!lanmu_camera_file_is_jpeg (file) || g_hash_table_contains (known, known_key) || g_hash_table_contains (self->seen, key))
      continue;
    g_autofree char *body = body_ticket_of (open, key);
    lanmu_station_arrive_from_card (self, file, ticket_by_file (self, key), body);
  }
}

static void note_newest (LanmuStation *self)
{
  for (guint i = self->reconcile_files->len; i > 0; i--) {
    const LanmuCameraFile *file = self->reconcile_files->pdata[i - 1];
    if (!lanmu_camera_file_is_jpeg (file))
      continue;
    self->last_number = lanmu_camera_file_number (file);
    self->last_folder_number = lanmu_camera_file_folder_number (file);
    g_free (self->last_file);
    self->last_file = g_strdup_printf ("%s/%s", file->folder, file->name);
    return;
  }
}

static void take_card (LanmuStation *self)
{
  const LanmuCameraInfo *info = lanmu_camera_get_info (self->camera);
  g_autofree char *serial = g_strdup (info ? info->serial : "");
  g_autoptr (GHashTable) known = lanmu_card_files_known (lanmu_store_get_reader (self->store), serial, NULL);
  self->reconcile_stage = 2;
  if (known && is_first_look (self, serial, known))
    note_foreign (self, serial);
  else if (known)
    take_unknown (self, known);
  note_newest (self);
  if (self->reconcile_pending == 0)
    reconcile_end (self);
}

static void take_leftovers (LanmuStation *self)
{
  self->reconcile_stage = 1;
  self->reconcile_pending++; /* holds the stage while arrivals are added */
  for (guint i = 0; self->leftovers && i < self->leftovers->len; i++) {
    const LanmuLeftover *leftover = self->leftovers->pdata[i];
    if (!g_str_has_suffix (leftover->id, "-raw"))
      lanmu_station_arrive_leftover (self, leftover->path ? NULL : leftover->id, leftover->path, ticket_by_id (self, leftover->id));
  }
  lanmu_station_arrival_done (self, TRUE);
}

void lanmu_station_arrival_done (LanmuStation *self, gboolean of_reconcile)
{
  if (!of_reconcile || --self->reconcile_pending > 0)
    return;
  if (self->reconcile_stage == 1)
    take_card (self);
  else
    reconcile_end (self);
}

typedef struct {
  GPtrArray *parts;     /* char *: ids of leftover parts */
  GPtrArray *tickets;   /* char *: body tickets in flight, to be left alone */
  char *serial, *actor;
  gint64 before_us;     /* wall: body tickets opened later are not ours to end */
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
    if (row->origin != LANMU_ORIGIN_BODY || in_flight || row->opened.wall_us >= job->before_us || g_strcmp0 (row->camera_serial, job->serial) != 0)
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

static void on_swept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuStation) self = data;
  g_autoptr (GError) error = NULL;
  SweepJob *job = lanmu_store_get_job_data (result);
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error))
    lanmu_station_emit_trouble (self, lanmu_db_error_to_string (error->code), error->message);
  LanmuEvent *counts = g_steal_pointer (&self->reconcile_counts);
  counts->failed += job->failed;
  self->reconciling = FALSE;
  self->reconcile_stage = 0;
  lanmu_station_emit (self, counts);
  lanmu_station_refresh_student (self, 0);
  if (self->reconcile_again) {
    self->reconcile_again = FALSE;
    lanmu_station_reconcile (self, self->reconcile_fresh);
  }
  lanmu_station_check_idle (self);
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
    if (lanmu_live_ticket_is_unanswered (t) && over && (!info || g_strcmp0 (t->camera_serial, info->serial) == 0))
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
  fail_unanswered (self);
  job->parts = g_ptr_array_new_with_free_func (g_free);
  job->tickets = lanmu_station_body_tickets_in_flight (self);
  job->serial = g_strdup (info ? info->serial : "");
  job->actor = g_strdup (self->operator_name);
  job->before_us = self->reconcile_counts->wall_us;
  for (guint i = 0; self->leftovers && i < self->leftovers->len; i++)
    if (!((LanmuLeftover *) self->leftovers->pdata[i])->path)
      g_ptr_array_add (job->parts, g_strdup (((LanmuLeftover *) self->leftovers->pdata[i])->id));
  g_clear_pointer (&self->leftovers, g_ptr_array_unref);
  lanmu_store_run_async (self->store, sweep_work, job, sweep_job_free, on_swept, g_object_ref (self));
}

static void on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuStation) self = data;
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&self->reconcile_files, g_ptr_array_unref);
  self->reconcile_files = lanmu_camera_list_finish (LANMU_CAMERA (source), result, &error);
  if (self->reconcile_files) {
    g_ptr_array_sort (self->reconcile_files, compare_files);
    take_leftovers (self);
    return;
  }
  self->reconciling = FALSE; /* the camera went away: its next opening reconciles */
  g_clear_pointer (&self->reconcile_counts, lanmu_event_free);
  lanmu_station_emit_trouble (self, "listing", error->message);
  if (self->reconcile_again) {
    self->reconcile_again = FALSE;
    lanmu_station_reconcile (self, self->reconcile_fresh);
  }
  lanmu_station_check_idle (self);
}

void lanmu_station_reconcile (LanmuStation *self, gboolean fresh)
{
  LanmuCameraState state = self->camera ? lanmu_camera_get_state (self->camera) : LANMU_CAMERA_STOPPED;
  if (self->reconciling) {
    self->reconcile_again = TRUE;
    self->reconcile_fresh = self->reconcile_fresh || fresh;
    return;
  }
  self->reconcile_fresh = FALSE;
  if (state != LANMU_CAMERA_LIVE && state != LANMU_CAMERA_BUSY && state != LANMU_CAMERA_OPENING)
    return;
  self->reconciling = TRUE;
  self->reconcile_counts = lanmu_event_new (LANMU_EVENT_RECONCILED);
  self->reconcile_began_us = lanmu_moment_now ().boot_us;
  lanmu_camera_list_async (self->camera, fresh, on_listed, g_object_ref (self));
}

void lanmu_station_reconcile_now (LanmuStation *self)
{
  lanmu_station_reconcile (self, TRUE);
}
