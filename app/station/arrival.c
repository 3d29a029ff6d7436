/* See arrival.h. The camera's word is never taken: what it hands over is measured, decoded and hashed, and the judge decides whose it is. */
#include "app/station/arrival.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <glib/gstdio.h>
#include "app/station/arrived.h"
#include "db/cardfiles.h"
#include "db/ids.h"
#include "db/tickets.h"
#include "db/vault.h"

typedef struct {
  /* in */
  char *part_id, *kept_path, *serial, *camera_file, *actor;
  gboolean open_body, reopen;
  gint64 session, revision;
  /* out */
  char *body_ticket;
  int fd;
} PrepareJob;

static void arrival_fetch (LanmuArrival *a);
static void arrival_read_facts (LanmuArrival *a);

char *lanmu_station_file_stem (const LanmuCameraFile *file)
{
  const char *dot = strrchr (file->name, '.');
  return g_strdup_printf ("%s/%.*s", file->folder, dot ? (int) (dot - file->name) : (int) strlen (file->name), file->name);
}

/* The file that came first for a release is judged: now it is known whether the release waits on. Several may have been held: the first of them takes its
 * place if it does (the others are held again), else all go on. */
static void resume_held (LanmuStation *self, gint64 ticket_number)
{
  for (GList *link = self->arrivals.head; ticket_number && link; link = link->next) {
    LanmuArrival *a = link->data;
    if (!a->held || a->tag != ticket_number)
      continue;
    a->held = FALSE;
    lanmu_arrival_commit (a);
  }
}

void lanmu_arrival_free (LanmuArrival *a)
{
  LanmuStation *self = a->station;
  gboolean of_reconcile = a->of_reconcile, failed = a->failed;
  gint64 answered = a->ticket_number;
  g_queue_remove (&self->arrivals, a);
  g_clear_pointer (&a->file, lanmu_camera_file_free);
  g_clear_pointer (&a->arriving, lanmu_arriving_cancel);
  lanmu_shot_facts_clear (&a->facts);
  if (a->fd >= 0)
    g_close (a->fd, NULL);
  g_free (a->body_ticket);
  g_free (a->part_id);
  g_free (a->kept_path);
  g_free (a->fresh_id);
  g_clear_handle_id (&a->commit_timeout, g_source_remove);
  g_free (a);
  resume_held (self, answered);
  lanmu_station_arrival_done (self, of_reconcile, failed);
  lanmu_station_check_idle (self);
  g_object_unref (self);
}

static LanmuArrival *arrival_new (LanmuStation *self, const LanmuCameraFile *file)
{
  LanmuArrival *a = g_new0 (LanmuArrival, 1);
  a->station = g_object_ref (self);
  a->file = file ? lanmu_camera_file_copy (file) : NULL;
  a->fd = -1;
  a->seen_us = G_MAXINT64;
  a->last_number = a->last_folder_number = -1;
  a->ms = (LanmuShotTimes) { -1, -1, -1, -1, -1, -1, -1 };
  g_queue_push_tail (&self->arrivals, a);
  return a;
}

double lanmu_arrival_ms (LanmuArrival *a)
{
  LanmuLiveTicket *ticket = a->ticket_number ? lanmu_station_find_ticket (a->station, a->ticket_number) : NULL;
  gint64 from = ticket && ticket->ours ? ticket->asked.boot_us : a->seen_us;
  return from == G_MAXINT64 ? -1 : lanmu_station_ms_since (from);
}

typedef struct {
  LanmuCardFileRow row;
  char *actor;
} UnreadableJob;

static void unreadable_job_free (gpointer data)
{
  UnreadableJob *job = data;
  g_free (job->row.camera_serial);
  g_free (job->row.folder);
  g_free (job->row.name);
  g_free (job->actor);
  g_free (job);
}

static gboolean unreadable_work (LanmuDb *db, gpointer data, GError **error)
{
  UnreadableJob *job = data;
  return lanmu_card_file_set (db, &job->row, job->actor, error);
}

static void note_unreadable (LanmuStation *self, const LanmuCameraFile *file)
{
  const LanmuCameraInfo *info = lanmu_camera_get_info (self->camera);
  UnreadableJob *job = g_new0 (UnreadableJob, 1);
  job->row = (LanmuCardFileRow) { g_strdup (info ? info->serial : ""), g_strdup (file->folder), g_strdup (file->name), (gint64) file->size,
                                  LANMU_CARD_UNREADABLE, NULL, 0 };
  job->actor = g_strdup (self->operator_name);
  lanmu_store_run_async (self->store, unreadable_work, job, unreadable_job_free, NULL, NULL);
}

typedef struct {
  char *id;
} DropJob;

static void drop_job_free (gpointer data)
{
  g_free (((DropJob *) data)->id);
  g_free (data);
}

static gboolean drop_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_vault_drop_incoming (lanmu_db_get_data_dir (db), ((DropJob *) data)->id, error);
}

static void drop_part (LanmuArrival *a)
{
  DropJob *job = g_new0 (DropJob, 1);
  job->id = g_strdup (a->part_id);
  lanmu_store_run_async (a->station->store, drop_work, job, drop_job_free, NULL, NULL);
}

/* The bytes could not be had now: they are on the card, the ticket stays open, a reconcile comes back for them by itself. A file that the card will not give,
 * however often it is asked, is noted as unreadable; then the tickets may end. */
void lanmu_arrival_give_up (LanmuArrival *a, const char *reason, const char *message)
{
  LanmuStation *self = a->station;
  LanmuLiveTicket *ticket = a->ticket_number ? lanmu_station_find_ticket (self, a->ticket_number) : NULL;
  a->failed = TRUE;
  if (ticket)
    ticket->arriving = FALSE;
  lanmu_station_emit_trouble (self, reason, message);
  if (a->file && lanmu_station_count_failure (self, a->file) >= LANMU_MOST_FAILURES) {
    note_unreadable (self, a->file);
    a->failed = FALSE;
    lanmu_station_retry_later (self, FALSE); /* ends what waits for it */
  } else if (a->file) {
    lanmu_station_unsee (self, a->file);
  }
  if (ticket && self->phase == LANMU_PHASE_ARRIVING)
    lanmu_station_set_phase (self, LANMU_PHASE_SHOOTING);
  if (a->part_id && a->file)
    drop_part (a);
  if (a->failed)
    lanmu_station_retry_later (self, FALSE);
  lanmu_arrival_free (a);
}

/* -- facts -- */

#define MOST_READINGS 5u

static gboolean is_sound (const LanmuArrival *a)
{
  return a->decodes && (!a->said || a->said == a->facts.size);
}

/* What is damaged is the card's own doing only when a second download brings the same bytes: else the wire did it, and the next may be whole. */
static gboolean is_the_cards (const LanmuArrival *a)
{
  return !a->file || strcmp (a->read_before, a->facts.sha256) == 0;
}

static void read_again (LanmuArrival *a)
{
  if (++a->readings >= MOST_READINGS) {
    lanmu_arrival_give_up (a, "fetch", "The picture came damaged in a different way each time; it is asked for again.");
    return;
  }
  g_strlcpy (a->read_before, a->facts.sha256, sizeof a->read_before);
  lanmu_shot_facts_clear (&a->facts);
  a->tries = 0;
  arrival_fetch (a);
}

static void on_facts (GObject *source, GAsyncResult *result, gpointer data)
{
  LanmuArrival *a = data;
  g_autoptr (GError) error = NULL;
  a->decodes = lanmu_vision_facts_finish (a->station->vision, result, &a->facts, &error);
  a->ms.proved = lanmu_arrival_ms (a);
  if (!a->facts.sha256[0]) {
    lanmu_arrival_give_up (a, "disk", error ? error->message : "The file could not be read back.");
    return;
  }
  if (!a->file && !a->decodes && !a->kept_path) { /* half a download of a dead session: the card has the whole, see recover.c */
    if (a->ticket_number && lanmu_station_find_ticket (a->station, a->ticket_number))
      lanmu_station_find_ticket (a->station, a->ticket_number)->arriving = FALSE;
    lanmu_arrival_free (a);
    return;
  }
  if (is_sound (a) || is_the_cards (a))
    lanmu_arrival_commit (a);
  else
    read_again (a);
}

static void arrival_read_facts (LanmuArrival *a)
{
  lanmu_vision_facts_async (a->station->vision, a->fd, on_facts, a);
}

/* -- fetch -- */

static void on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  LanmuArrival *a = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_camera_fetch_finish (LANMU_CAMERA (source), result, &a->said, &a->got, &error);
  a->ms.fetched = lanmu_arrival_ms (a);
  if (ok)
    lanmu_vision_arrived_async (a->station->vision, g_steal_pointer (&a->arriving), on_facts, a);
  else if (a->tries < 2 && lanmu_station_camera_is_open (a->station))
    arrival_fetch (a);
  else
    lanmu_arrival_give_up (a, "fetch", error->message);
}

static void on_piece (guint64 size, gpointer data)
{
  lanmu_arriving_grow (((LanmuArrival *) data)->arriving, size);
}

static void arrival_fetch (LanmuArrival *a)
{
  a->tries++;
  g_clear_pointer (&a->arriving, lanmu_arriving_cancel); /* what came before is void */
  if (ftruncate (a->fd, 0) != 0 || lseek (a->fd, 0, SEEK_SET) != 0) {
    lanmu_arrival_give_up (a, "disk", g_strerror (errno));
    return;
  }
  a->arriving = lanmu_arriving_new (a->fd);
  lanmu_camera_fetch_pieces_async (a->station->camera, a->file, a->fd, on_piece, on_fetched, a);
}

/* -- prepare -- */

static void prepare_job_free (gpointer data)
{
  PrepareJob *job = data;
  char *strings[] = { job->part_id, job->kept_path, job->serial, job->camera_file, job->actor, job->body_ticket };
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (strings[i]);
  if (job->fd >= 0)
    g_close (job->fd, NULL);
  g_free (job);
}

static gboolean open_leftover (LanmuDb *db, PrepareJob *job, GError **error)
{
  if (!job->kept_path)
    return lanmu_vault_open_incoming (lanmu_db_get_data_dir (db), job->part_id, &job->fd, error);
  return lanmu_vault_open (lanmu_db_get_data_dir (db), job->kept_path, &job->fd, error);
}

static gboolean prepare_work (LanmuDb *db, gpointer data, GError **error)
{
  PrepareJob *job = data;
  if (job->reopen)
    return open_leftover (db, job, error);
  if (job->open_body) {
    LanmuTicketRow wanted = { .origin = LANMU_ORIGIN_BODY, .session_id = job->session, .revision_id = job->revision, .operator_name = job->actor,
                              .camera_serial = job->serial, .camera_file = job->camera_file, .opened = lanmu_moment_now () };
    g_autoptr (LanmuTicketRow) row = lanmu_ticket_open (db, &wanted, job->actor, error);
    if (!row)
      return FALSE;
    job->body_ticket = g_strdup (row->id);
    g_free (job->part_id);
    job->part_id = g_strdup (row->id);
  }
  return lanmu_vault_incoming (lanmu_db_get_data_dir (db), job->part_id, &job->fd, error);
}

static void on_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  LanmuArrival *a = data;
  g_autoptr (GError) error = NULL;
  PrepareJob *job = lanmu_store_get_job_data (result);
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    if (!a->file && g_error_matches (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW)) { /* an earlier try was done with this leftover */
      LanmuLiveTicket *ticket = a->ticket_number ? lanmu_station_find_ticket (a->station, a->ticket_number) : NULL;
      if (ticket)
        ticket->arriving = FALSE;
      lanmu_arrival_free (a);
      return;
    }
    lanmu_arrival_give_up (a, lanmu_db_error_to_string (error->code), error->message);
    return;
  }
  a->fd = job->fd;
  job->fd = -1;
  g_free (a->part_id);
  a->part_id = g_steal_pointer (&job->part_id);
  if (job->body_ticket)
    a->body_ticket = g_steal_pointer (&job->body_ticket);
  if (a->file)
    arrival_fetch (a);
  else
    arrival_read_facts (a);
}

static void arrival_prepare (LanmuArrival *a, gboolean open_body)
{
  LanmuStation *self = a->station;
  const LanmuCameraInfo *info = self->camera ? lanmu_camera_get_info (self->camera) : NULL;
  PrepareJob *job = g_new0 (PrepareJob, 1);
  job->fd = -1;
  job->open_body = open_body;
  job->reopen = a->file == NULL;
  job->part_id = a->part_id ? g_strdup (a->part_id) : lanmu_id_new ();
  job->kept_path = g_strdup (a->kept_path);
  job->serial = g_strdup (info ? info->serial : "");
  job->camera_file = a->file ? g_strdup_printf ("%s/%s", a->file->folder, a->file->name) : NULL;
  job->actor = g_strdup (self->operator_name);
  job->session = self->session;
  job->revision = self->revision;
  lanmu_store_run_async (self->store, prepare_work, job, prepare_job_free, on_prepared, a);
}

GPtrArray *lanmu_station_body_tickets_in_flight (LanmuStation *self)
{
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  for (GList *link = self->arrivals.head; link; link = link->next)
    if (((LanmuArrival *) link->data)->body_ticket)
      g_ptr_array_add (ids, g_strdup (((LanmuArrival *) link->data)->body_ticket));
  return ids;
}

/* -- the ways in -- */

static char *file_key (const LanmuCameraFile *file)
{
  return g_strdup_printf ("%s/%s", file->folder, file->name);
}

/* A name may be given again to a new picture (a card formatted in the body): then its size tells. */
gboolean lanmu_station_note_seen (LanmuStation *self, const LanmuCameraFile *file)
{
  char *key = file_key (file), *size = g_strdup_printf ("%" G_GUINT64_FORMAT, file->size);
  const char *before = g_hash_table_lookup (self->seen, key);
  gboolean same = before && (file->size == 0 || strcmp (before, "0") == 0 || strcmp (before, size) == 0);
  g_hash_table_replace (self->seen, key, size);
  return !same;
}

void lanmu_station_unsee (LanmuStation *self, const LanmuCameraFile *file)
{
  g_autofree char *key = file_key (file);
  g_hash_table_remove (self->seen, key);
}

guint lanmu_station_count_failure (LanmuStation *self, const LanmuCameraFile *file)
{
  char *key = file_key (file);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->failures, key)) + (lanmu_station_camera_is_open (self) ? 1 : 0);
  g_hash_table_replace (self->failures, key, GUINT_TO_POINTER (count));
  return count;
}

static void start_host_arrival (LanmuArrival *a, LanmuLiveTicket *ticket)
{
  a->ticket_number = ticket->number;
  ticket->arriving = TRUE;
  ticket->camera_file = g_strdup_printf ("%s/%s", a->file->folder, a->file->name);
  a->ms = ticket->ms;
  a->ms.announced = (double) (a->seen_us - ticket->asked.boot_us) / 1000.0;
  if (ticket->binding_id == a->station->binding)
    lanmu_station_set_phase (a->station, LANMU_PHASE_ARRIVING);
  lanmu_station_note_announced (a->station, ticket);
  if (ticket->part_fd >= 0) {
    a->fd = ticket->part_fd;
    ticket->part_fd = -1;
    a->part_id = g_strdup (ticket->id);
    arrival_fetch (a);
  } else {
    arrival_prepare (a, FALSE);
  }
}

static gboolean anything_unanswered (LanmuStation *self)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    if (lanmu_live_ticket_is_unanswered (value) && lanmu_station_is_of_this_body (self, value))
      return TRUE;
  }
  return FALSE;
}

static void announced_raw (LanmuStation *self, const LanmuCameraFile *file)
{
  g_autofree char *stem = lanmu_station_file_stem (file);
  const LanmuRawWanted *wanted = g_hash_table_lookup (self->raw_wanted, stem);
  if (wanted && lanmu_moment_now ().boot_us < wanted->until_us)
    lanmu_station_fetch_raw (self, file, wanted->shot);
  else
    g_hash_table_replace (self->raw_seen, g_steal_pointer (&stem), lanmu_camera_file_copy (file));
}

/* A new picture of this name: a RAW to come is its own, not that of a shot that bore the name before. */
static void forget_raw_of_that_name (LanmuStation *self, const LanmuCameraFile *jpeg)
{
  g_autofree char *stem = lanmu_station_file_stem (jpeg);
  g_hash_table_remove (self->raw_wanted, stem);
}

#define MOST_GAPS_IN_VAIN 2u

/* A number was skipped: a picture was announced where nobody heard it, in the middle of the library's own release (CAMERA.md Q15). The card has it. */
static void look_for_gap (LanmuStation *self, const LanmuCameraFile *file)
{
  gboolean same_folder = lanmu_camera_file_folder_number (file) == self->last_folder_number;
  if (self->last_number < 0 || !same_folder || lanmu_camera_file_number (file) <= self->last_number + 1 || self->gaps_in_vain >= MOST_GAPS_IN_VAIN)
    return;
  self->gap_asked = TRUE;
  lanmu_station_retry_later (self, TRUE);
}

void lanmu_station_announced (LanmuStation *self, guint64 tag, const LanmuCameraFile *file, gint64 boot_us)
{
  if (!lanmu_station_note_seen (self, file))
    return;
  if (lanmu_camera_file_is_raw (file)) {
    announced_raw (self, file);
    return;
  }
  if (!lanmu_camera_file_is_jpeg (file))
    return; /* films and the like are the card's own business */
  LanmuArrival *a = arrival_new (self, file);
  LanmuLiveTicket *ticket = tag ? lanmu_station_find_ticket (self, (gint64) tag) : NULL;
  a->live = TRUE;
  a->seen_us = boot_us;
  a->last_number = self->last_number;
  a->last_folder_number = self->last_folder_number;
  forget_raw_of_that_name (self, file);
  look_for_gap (self, file);
  lanmu_station_note_last_file (self, file);
  if (ticket && ticket->id && !ticket->arriving) {
    start_host_arrival (a, ticket);
    return;
  }
  a->tag = ticket && ticket->id ? ticket->number : 0;
  a->late = a->tag || anything_unanswered (self);
  arrival_prepare (a, !a->late);
}

void lanmu_station_arrive_from_card (LanmuStation *self, const LanmuCameraFile *file, LanmuLiveTicket *ticket, const char *body_ticket)
{
  LanmuArrival *a = arrival_new (self, file);
  a->seen_us = lanmu_moment_now ().boot_us;
  a->of_reconcile = TRUE;
  self->reconcile_pending++;
  lanmu_station_note_seen (self, file);
  a->body_ticket = g_strdup (body_ticket);
  if (ticket) {
    a->ticket_number = ticket->number;
    ticket->arriving = TRUE;
  }
  arrival_prepare (a, FALSE);
}

void lanmu_station_arrive_leftover (LanmuStation *self, const char *part_id, const char *kept_path, LanmuLiveTicket *ticket, const char *body_ticket)
{
  LanmuArrival *a = arrival_new (self, NULL);
  a->seen_us = self->began_us; /* it was there when this session began: exposed before */
  a->of_reconcile = TRUE;
  self->reconcile_pending++;
  a->part_id = g_strdup (part_id);
  a->kept_path = g_strdup (kept_path);
  a->body_ticket = g_strdup (body_ticket);
  if (ticket) {
    a->ticket_number = ticket->number;
    ticket->arriving = TRUE;
  }
  arrival_prepare (a, FALSE);
}
