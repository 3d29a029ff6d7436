/* See arrived.h. */
#include "app/station/arrived.h"

#include <string.h>
#include <glib/gstdio.h>
#include "app/i18n.h"
#include "db/cardfiles.h"
#include "db/shots.h"
#include "db/tickets.h"
#include "db/vault.h"

#define RAW_PATIENCE_US (60 * G_USEC_PER_SEC)

void lanmu_raw_wanted_free (gpointer data)
{
  g_free (((LanmuRawWanted *) data)->shot);
  g_free (data);
}

typedef struct {
  char *id, *camera_file;
} NoteJob;

static void note_job_free (gpointer data)
{
  NoteJob *job = data;
  g_free (job->id);
  g_free (job->camera_file);
  g_free (job);
}

static gboolean note_work (LanmuDb *db, gpointer data, GError **error)
{
  NoteJob *job = data;
  return lanmu_ticket_set_announced (db, job->id, job->camera_file, error);
}

void lanmu_station_note_announced (LanmuStation *self, LanmuLiveTicket *ticket)
{
  NoteJob *job = g_new0 (NoteJob, 1);
  job->id = g_strdup (ticket->id);
  job->camera_file = g_strdup (ticket->camera_file);
  lanmu_store_run_async (self->store, note_work, job, note_job_free, NULL, NULL);
}

void lanmu_station_note_last_file (LanmuStation *self, const LanmuCameraFile *file)
{
  self->last_number = lanmu_camera_file_number (file);
  self->last_folder_number = lanmu_camera_file_folder_number (file);
  g_free (self->last_file);
  self->last_file = g_strdup_printf ("%s/%s", file->folder, file->name);
  self->last_size = file->size;
}

/* A proved release of ours says when the body's clock stamped it. */
static void learn_clock (LanmuStation *self, LanmuArrival *a, const LanmuCommit *c)
{
  const LanmuLiveTicket *ticket = a->ticket_number ? lanmu_station_find_ticket (self, a->ticket_number) : NULL;
  if (!c->has_stamp)
    return;
  self->resolution_us = a->facts.time_resolution_us < self->resolution_us ? a->facts.time_resolution_us : self->resolution_us;
  if (!a->live || !ticket || !ticket->released_us || c->ruling.ticket != ticket->number)
    return;
  lanmu_clock_exposed (&self->clock, c->stamp_us, c->resolution_us, (LanmuSpan) { ticket->released_us, a->seen_us });
  lanmu_station_save_clock (self);
}

static void show_take (LanmuStation *self, LanmuArrival *a, const LanmuCommit *c)
{
  g_autofree char *proof = lanmu_proof_to_string (c->ruling.proof);
  guint index = g_list_model_get_n_items (G_LIST_MODEL (self->takes)) + 1;
  g_autoptr (LanmuTake) take = lanmu_take_new (c->shot_id, c->ticket_id, (guint) c->sequence_no, index, c->exif_time,
                                               c->ruling.ticket ? "host" : "body", proof, FALSE, c->path);
  g_autoptr (LanmuFrame) frame = lanmu_picture_to_frame (&a->facts.review);
  if (frame)
    lanmu_take_set_picture (take, frame, a->facts.orientation);
  g_list_store_append (self->takes, take);
  gboolean another_on_its_way = self->phase == LANMU_PHASE_SHOOTING && !c->ruling.ticket;
  if (another_on_its_way)
    return;
  lanmu_station_set_take (self, take);
  lanmu_station_set_phase (self, LANMU_PHASE_REVIEW);
}

static LanmuEvent *shot_event (LanmuEventKind kind, LanmuArrival *a, const LanmuCommit *c)
{
  LanmuEvent *event = lanmu_event_new (kind);
  event->ticket = g_strdup (c->ticket_id);
  event->shot = g_strdup (c->shot_id);
  event->student_no = g_strdup (c->student_no);
  event->token = g_strdup (c->token);
  event->sha256 = g_strdup (c->sha256);
  event->origin = g_strdup (c->ruling.ticket ? "host" : "body");
  event->reason = *c->ruling.reason ? g_strdup (c->ruling.reason) : NULL;
  event->likely = g_strdup (c->likely_no);
  event->ms = a->ms;
  return event;
}

static void want_raw (LanmuStation *self, LanmuArrival *a, const LanmuCommit *c)
{
  if (!a->file)
    return;
  char *stem = lanmu_station_file_stem (a->file);
  LanmuCameraFile *raw = g_hash_table_lookup (self->raw_seen, stem);
  LanmuRawWanted *wanted = g_new0 (LanmuRawWanted, 1);
  wanted->shot = g_strdup (c->shot_id);
  wanted->until_us = lanmu_moment_now ().boot_us + RAW_PATIENCE_US;
  g_hash_table_replace (self->raw_wanted, g_strdup (stem), wanted);
  if (raw) {
    g_autoptr (LanmuCameraFile) file = lanmu_camera_file_copy (raw);
    g_hash_table_remove (self->raw_seen, stem);
    lanmu_station_fetch_raw (self, file, c->shot_id);
  }
  g_free (stem);
}

static void arrived_attached (LanmuStation *self, LanmuArrival *a, LanmuCommit *c)
{
  gboolean same_code = !c->student_id && !self->student_id && c->token && g_strcmp0 (c->token, self->token) == 0;
  gboolean of_bound = c->ruling.binding == self->binding || (c->student_id && c->student_id == self->student_id) || same_code;
  learn_clock (self, a, c);
  self->shot_bytes = MAX (c->size * 5 / 4, 1024 * 1024);
  lanmu_station_close_ticket (self, c->ticket_id);
  if (self->reconcile_counts && a->of_reconcile)
    self->reconcile_counts->attached++;
  if (self->binding && of_bound)
    show_take (self, a, c);
  lanmu_station_refresh_student (self, c->student_id);
  if (same_code)
    lanmu_station_refresh_code (self);
  lanmu_station_emit (self, shot_event (LANMU_EVENT_SHOT, a, c));
  if (c->before_word)
    lanmu_station_emit_trouble (self, "before-countersign",
                                _ ("The shutter was released at the camera before the counselor had confirmed the person: the picture is kept, it counts only after a countersign."));
  lanmu_station_inspect (self, c->shot_id, c->path, c->student_no, c->token, of_bound);
  want_raw (self, a, c);
}

static void arrived_quarantined (LanmuStation *self, LanmuArrival *a, LanmuCommit *c)
{
  if (c->ruling.ticket)
    lanmu_station_close_ticket (self, c->ticket_id);
  self->quarantined++;
  lanmu_station_notify (self, LANMU_STATION_PROP_QUARANTINED);
  if (self->reconcile_counts && a->of_reconcile)
    self->reconcile_counts->quarantined++;
  lanmu_station_emit (self, shot_event (LANMU_EVENT_QUARANTINED, a, c));
  want_raw (self, a, c);
}

void lanmu_station_arrived (LanmuArrival *a, LanmuCommit *c)
{
  LanmuStation *self = a->station;
  LanmuLiveTicket *ticket = a->ticket_number ? lanmu_station_find_ticket (self, a->ticket_number) : NULL;
  gboolean current = ticket && ticket->binding_id == self->binding;
  if (ticket)
    ticket->arriving = FALSE;
  if (ticket && c->ruling.judgement == LANMU_VERDICT_ATTACH && !c->ruling.ticket) { /* a body press came first: its own is still to come */
    g_clear_pointer (&ticket->camera_file, g_free);
    if (current)
      lanmu_station_set_phase (self, LANMU_PHASE_SHOOTING);
  }
  if (c->ruling.judgement == LANMU_VERDICT_ATTACH)
    arrived_attached (self, a, c);
  else if (c->ruling.judgement == LANMU_VERDICT_QUARANTINE)
    arrived_quarantined (self, a, c);
  else if (c->lacks_raw)
    want_raw (self, a, c);
  else if (!c->found_again)
    lanmu_station_emit_trouble (self, "seen-before", "The camera handed over a picture the station has already.");
  ticket = a->ticket_number ? lanmu_station_find_ticket (self, a->ticket_number) : NULL;
  gboolean waits_on = ticket && ticket->id;
  if (current && !waits_on && (self->phase == LANMU_PHASE_ARRIVING || self->phase == LANMU_PHASE_SHOOTING))
    lanmu_station_set_phase (self, LANMU_PHASE_READY);
  if (waits_on && a->live) { /* its release is still to be answered */
    if (current && c->ruling.judgement != LANMU_VERDICT_ATTACH)
      lanmu_station_set_phase (self, LANMU_PHASE_SHOOTING);
    if (!ticket->collecting)
      lanmu_station_reconcile (self, TRUE);
  }
}

/* -- the RAW sibling: after the JPEG is safe, nobody waits for it -- */

typedef struct {
  LanmuStation *station;
  LanmuCameraFile *file;
  char *shot, *part_id, *actor, *path, *serial;
  int fd;
} RawFetch;

static void raw_free (RawFetch *raw)
{
  LanmuStation *self = raw->station;
  self->raw_pending--;
  g_hash_table_remove (self->raw_fetching, raw->shot);
  g_clear_pointer (&raw->file, lanmu_camera_file_free);
  g_free (raw->shot);
  g_free (raw->part_id);
  g_free (raw->actor);
  g_free (raw->path);
  g_free (raw->serial);
  if (raw->fd >= 0)
    g_close (raw->fd, NULL);
  g_free (raw);
  lanmu_station_check_idle (self);
  g_object_unref (self);
}

static gboolean raw_prepare_work (LanmuDb *db, gpointer data, GError **error)
{
  RawFetch *raw = data;
  const char *dir = lanmu_db_get_data_dir (db);
  return lanmu_vault_drop_incoming (dir, raw->part_id, error) && lanmu_vault_incoming (dir, raw->part_id, &raw->fd, error);
}

static gboolean raw_keep_work (LanmuDb *db, gpointer data, GError **error)
{
  RawFetch *raw = data;
  gint64 size = 0;
  g_autofree char *sha256 = lanmu_vault_sha256 (raw->fd, &size, error);
  const char *dot = strrchr (raw->file->name, '.');
  g_autofree char *extension = g_ascii_strdown (dot ? dot : ".raw", -1);
  LanmuCardFileRow row = { raw->serial, raw->file->folder, raw->file->name, (gint64) raw->file->size, LANMU_CARD_RAW, raw->shot, 0 };
  return sha256 && lanmu_vault_keep (lanmu_db_get_data_dir (db), raw->part_id, raw->shot, LANMU_VAULT_SHOTS, extension, &raw->path, error)
      && lanmu_shot_set_raw (db, raw->shot, raw->file->name, raw->path, sha256, size, raw->actor, error)
      && lanmu_card_file_set (db, &row, raw->actor, error);
}

/* It stays on the card; a reconcile comes back for it, but not for ever. */
static void raw_failed (RawFetch *raw, const char *reason, const char *message)
{
  LanmuStation *self = raw->station;
  lanmu_station_emit_trouble (self, reason, message);
  if (lanmu_station_count_failure (self, raw->file) < LANMU_MOST_FAILURES) {
    lanmu_station_unsee (self, raw->file);
    lanmu_station_retry_later (self, FALSE);
  }
  raw_free (raw);
}

static void on_raw_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  RawFetch *raw = data;
  g_autoptr (GError) error = NULL;
  if (lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_autofree char *stem = lanmu_station_file_stem (raw->file);
    g_hash_table_remove (raw->station->raw_wanted, stem);
    LanmuEvent *event = lanmu_event_new (LANMU_EVENT_RAW);
    event->shot = g_strdup (raw->shot);
    lanmu_station_emit (raw->station, event);
    raw_free (raw);
  } else {
    raw_failed (raw, lanmu_db_error_to_string (error->code), error->message);
  }
}

static void on_raw_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  RawFetch *raw = data;
  guint64 said = 0, got = 0;
  g_autoptr (GError) error = NULL;
  if (lanmu_camera_fetch_finish (LANMU_CAMERA (source), result, &said, &got, &error) && said == got) {
    lanmu_store_run_async (raw->station->store, raw_keep_work, raw, NULL, on_raw_kept, raw);
    return;
  }
  raw_failed (raw, "raw", error ? error->message : "The RAW file came shorter than the camera says; it stays on the card.");
}

static void on_raw_prepared (GObject *source, GAsyncResult *result, gpointer data)
{
  RawFetch *raw = data;
  g_autoptr (GError) error = NULL;
  if (lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    lanmu_camera_fetch_async (raw->station->camera, raw->file, raw->fd, on_raw_fetched, raw);
    return;
  }
  raw_failed (raw, lanmu_db_error_to_string (error->code), error->message);
}

void lanmu_station_fetch_raw (LanmuStation *self, const LanmuCameraFile *file, const char *shot_id)
{
  const LanmuCameraInfo *info = lanmu_camera_get_info (self->camera);
  if (g_hash_table_contains (self->raw_fetching, shot_id))
    return; /* announced and listed: it is on its way */
  g_hash_table_insert (self->raw_fetching, g_strdup (shot_id), g_strdup_printf ("%s/%s", file->folder, file->name));
  RawFetch *raw = g_new0 (RawFetch, 1);
  raw->station = g_object_ref (self);
  raw->file = lanmu_camera_file_copy (file);
  raw->shot = g_strdup (shot_id);
  raw->part_id = g_strdup_printf ("%s-raw", shot_id);
  raw->actor = g_strdup (self->operator_name);
  raw->serial = g_strdup (info ? info->serial : "");
  raw->fd = -1;
  self->raw_pending++;
  lanmu_store_run_async (self->store, raw_prepare_work, raw, NULL, on_raw_prepared, raw);
}
