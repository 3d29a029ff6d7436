/* Tickets and releases. A ticket is durable before the shutter moves and ends exactly once: with its picture, or failed with a reason.
 *
 *   ask ─→ ticket row + incoming/<ticket>.part (store thread) ─→ guard ─→ release (camera host) ─→ announced … ─→ settled
 *                                                                            │ surely no exposure ─→ failed(reason)
 *                                                                            └ no file, or the camera went away ─→ stays open ─→ reconcile
 */
#include "app/station/internal.h"

#include <glib/gstdio.h>
#include "db/tickets.h"
#include "db/vault.h"

/* However badly the clock is known, a photographer never waits longer than this for the guard; a picture it leaves undecided goes to quarantine. */
#define LONGEST_GUARD_US   (4 * G_USEC_PER_SEC)

typedef struct {
  LanmuTicketRow wanted; /* strings borrowed from the fields below */
  char *serial, *last_file, *actor;
  LanmuTicketRow *row;
  int fd;
} TicketJob;

typedef struct {
  char *id, *reason, *actor, *camera_file;
  gint64 triggered_us, settled_us;
} TicketEndJob;

LanmuLiveTicket *lanmu_live_ticket_new (void)
{
  LanmuLiveTicket *self = g_new0 (LanmuLiveTicket, 1);
  self->part_fd = -1;
  self->ms = (LanmuShotTimes) { -1, -1, -1, -1, -1, -1, -1 };
  return self;
}

void lanmu_live_ticket_free (gpointer data)
{
  LanmuLiveTicket *self = data;
  if (self->part_fd >= 0)
    g_close (self->part_fd, NULL);
  if (self->task) {
    g_task_return_new_error (self->task, LANMU_STATION_ERROR, LANMU_STATION_ERROR_STOPPED, "The release was called off.");
    g_object_unref (self->task);
  }
  g_free (self->id);
  g_free (self->student_no);
  g_free (self->camera_file);
  g_free (self->camera_serial);
  g_free (self);
}

LanmuLiveTicket *lanmu_station_find_ticket (LanmuStation *self, gint64 number)
{
  return g_hash_table_lookup (self->tickets, &number);
}

LanmuLiveTicket *lanmu_station_collecting (LanmuStation *self)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((LanmuLiveTicket *) value)->collecting)
      return value;
  return NULL;
}

gboolean lanmu_live_ticket_is_unanswered (const LanmuLiveTicket *ticket)
{
  return ticket->id && !ticket->task && !ticket->collecting && !ticket->arriving;
}

/* -- ending -- */

static void ticket_end_job_free (gpointer data)
{
  TicketEndJob *job = data;
  g_free (job->id);
  g_free (job->reason);
  g_free (job->actor);
  g_free (job->camera_file);
  g_free (job);
}

static TicketEndJob *end_job_new (LanmuStation *self, const char *id)
{
  TicketEndJob *job = g_new0 (TicketEndJob, 1);
  job->id = g_strdup (id);
  job->actor = g_strdup (self->operator_name);
  return job;
}

static gboolean fail_work (LanmuDb *db, gpointer data, GError **error)
{
  TicketEndJob *job = data;
  return lanmu_ticket_fail (db, job->id, job->reason, g_get_real_time (), job->actor, error)
      && lanmu_vault_drop_incoming (lanmu_db_get_data_dir (db), job->id, error);
}

static void on_failed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuStation) self = data;
  g_autoptr (GError) error = NULL;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error))
    lanmu_station_emit_trouble (self, "store", error->message);
  lanmu_station_check_idle (self);
}

void lanmu_station_close_ticket (LanmuStation *self, const char *id)
{
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (g_strcmp0 (((LanmuLiveTicket *) value)->id, id) == 0) {
      LanmuLiveTicket *ticket = value;
      /* still collecting its RAW sibling: it counts as open until the camera is quiet */
      if (ticket->collecting) {
        g_clear_pointer (&ticket->id, g_free);
        return;
      }
      g_hash_table_iter_remove (&iter);
      break;
    }
  lanmu_station_notify (self, LANMU_STATION_PROP_OPEN_TICKETS);
  lanmu_station_try_waiting_bind (self);
}

void lanmu_station_fail_ticket (LanmuStation *self, LanmuLiveTicket *ticket, const char *reason)
{
  LanmuEvent *event = lanmu_event_new (LANMU_EVENT_FAILED);
  event->ticket = g_strdup (ticket->id);
  event->student_no = g_strdup (ticket->student_no);
  event->reason = g_strdup (reason);
  TicketEndJob *job = end_job_new (self, ticket->id);
  job->reason = g_strdup (reason);
  gboolean current = ticket->binding_id == self->binding;
  gint64 number = ticket->number;
  g_hash_table_remove (self->tickets, &number);
  lanmu_store_run_async (self->store, fail_work, job, ticket_end_job_free, on_failed, g_object_ref (self));
  lanmu_station_notify (self, LANMU_STATION_PROP_OPEN_TICKETS);
  lanmu_station_try_waiting_bind (self);
  if (current && (self->phase == LANMU_PHASE_SHOOTING || self->phase == LANMU_PHASE_ARRIVING))
    lanmu_station_set_phase (self, LANMU_PHASE_READY);
  lanmu_station_emit (self, event);
}

/* -- the release -- */

static gboolean settle_work (LanmuDb *db, gpointer data, GError **error)
{
  TicketEndJob *job = data;
  g_autoptr (LanmuTicketRow) row = lanmu_ticket_get (db, job->id, error);
  if (!row)
    return FALSE;
  if (row->state != LANMU_TICKET_OPEN)
    return TRUE; /* its picture was quicker */
  return (!job->triggered_us || lanmu_ticket_set_triggered (db, job->id, job->triggered_us, error))
      && (!job->settled_us || lanmu_ticket_set_settled (db, job->id, job->settled_us, error));
}

static void note_settled (LanmuStation *self, LanmuLiveTicket *ticket)
{
  TicketEndJob *job = end_job_new (self, ticket->id);
  job->triggered_us = ticket->released_us;
  job->settled_us = ticket->shutter_until_us ? 0 : ticket->settled_us; /* nobody heard that it was quiet */
  lanmu_store_run_async (self->store, settle_work, job, ticket_end_job_free, NULL, NULL);
}

static gboolean line_broke (const GError *error)
{
  static const LanmuTrouble troubles[] = { LANMU_TROUBLE_CABLE, LANMU_TROUBLE_TIMEOUT, LANMU_TROUBLE_HUNG, LANMU_TROUBLE_CRASHED, LANMU_TROUBLE_NO_CAMERA,
                                           LANMU_TROUBLE_CARD_CHANGED, LANMU_TROUBLE_OTHER };
  for (guint i = 0; i < G_N_ELEMENTS (troubles); i++)
    if (g_error_matches (error, LANMU_CAMERA_ERROR, (int) troubles[i]))
      return TRUE;
  return FALSE;
}

static void on_shot (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuStation) self = data;
  g_autoptr (GError) error = NULL;
  gboolean released = TRUE;
  gboolean ok = lanmu_camera_shoot_finish (LANMU_CAMERA (source), result, &released, &error);
  LanmuLiveTicket *ticket = lanmu_station_collecting (self);
  if (!ticket)
    return;
  ticket->collecting = FALSE;
  ticket->settled_us = lanmu_moment_now ().boot_us;
  if (!ok && released && line_broke (error)) /* promise 3: nobody heard whether it has closed */
    lanmu_station_watch_shutter (self, ticket);
  if (!ticket->id) { /* its picture is durable already */
    gint64 number = ticket->number;
    g_hash_table_remove (self->tickets, &number);
    lanmu_station_notify (self, LANMU_STATION_PROP_OPEN_TICKETS);
  } else if (!ok && !released && !ticket->arriving) {
    lanmu_station_fail_ticket (self, ticket, error->domain == LANMU_CAMERA_ERROR ? lanmu_trouble_to_string (error->code) : "not-released");
  } else {
    note_settled (self, ticket);
    if (!ticket->arriving) { /* the shutter may have moved and no file came: the card knows */
      if (!ok)
        lanmu_station_emit_trouble (self, error->domain == LANMU_CAMERA_ERROR ? lanmu_trouble_to_string (error->code) : "camera", error->message);
      lanmu_station_reconcile (self, TRUE);
    }
  }
  lanmu_station_try_waiting_bind (self);
  lanmu_station_check_idle (self);
}

typedef struct {
  LanmuStation *station;
  gint64 number;
} Release;

/* Promise 4: how long until this exposure could be told from the previous student's by the camera's clock. A clock that was not read yet may turn out to be
 * coarse: then the longest wait, which its first reading shortens. */
static gint64 guard_us (LanmuStation *self, const LanmuLiveTicket *ticket)
{
  gint64 now = lanmu_moment_now ().boot_us;
  gint64 resolving = MIN (lanmu_clock_resolving (&self->clock, self->resolution_us, now), LONGEST_GUARD_US);
  if (self->other_until_us == 0)
    return 0;
  return MIN (self->other_until_us + resolving, ticket->asked.boot_us + LONGEST_GUARD_US) - now;
}


static void release_now (LanmuStation *self, LanmuLiveTicket *ticket)
{
  if (self->stopping) { /* asked to stop while it waited: no shutter moves any more; failing the ticket answers the call */
    lanmu_station_fail_ticket (self, ticket, "stopped");
    return;
  }
  GTask *task = g_steal_pointer (&ticket->task);
  char *id = g_strdup (ticket->id);
  ticket->collecting = TRUE;
  lanmu_camera_shoot_async (self->camera, (guint64) ticket->number, on_shot, g_object_ref (self));
  g_task_return_pointer (task, id, g_free);
  g_object_unref (task);
}

/* Looks again at least every tenth of a second: a reading of the clock may have made the wait shorter. */
static gboolean release_when_clear (gpointer data)
{
  Release *release = data;
  LanmuStation *self = release->station;
  LanmuLiveTicket *ticket = lanmu_station_find_ticket (self, release->number);
  gint64 guard = ticket ? guard_us (self, ticket) : 0;
  if (guard > 0) {
    g_timeout_add ((guint) CLAMP (guard / 1000 + 1, 1, 100), release_when_clear, release);
    return G_SOURCE_REMOVE;
  }
  self->jobs--;
  if (ticket)
    release_now (self, ticket);
  lanmu_station_try_waiting_bind (self);
  lanmu_station_check_idle (self);
  g_object_unref (self);
  g_free (release);
  return G_SOURCE_REMOVE;
}

static void schedule_release (LanmuStation *self, LanmuLiveTicket *ticket)
{
  Release *release = g_new0 (Release, 1);
  release->station = g_object_ref (self);
  release->number = ticket->number;
  self->jobs++;
  release_when_clear (release);
}

/* -- the ticket -- */

static void ticket_job_free (gpointer data)
{
  TicketJob *job = data;
  g_free (job->serial);
  g_free (job->last_file);
  g_free (job->actor);
  g_clear_pointer (&job->row, lanmu_ticket_row_free);
  if (job->fd >= 0)
    g_close (job->fd, NULL);
  g_free (job);
}

static gboolean ticket_work (LanmuDb *db, gpointer data, GError **error)
{
  TicketJob *job = data;
  job->row = lanmu_ticket_open (db, &job->wanted, job->actor, error);
  return job->row && lanmu_vault_incoming (lanmu_db_get_data_dir (db), job->row->id, &job->fd, error);
}

static void adopt_ticket (LanmuStation *self, GTask *task, TicketJob *job)
{
  LanmuLiveTicket *ticket = lanmu_live_ticket_new ();
  ticket->number = job->row->number;
  ticket->id = g_strdup (job->row->id);
  ticket->student_no = self->student ? g_strdup (lanmu_student_get_student_no (self->student)) : NULL;
  ticket->student_id = job->row->student_id;
  ticket->binding_id = job->row->binding_id;
  ticket->asked = job->row->opened;
  ticket->camera_serial = g_strdup (job->serial);
  ticket->ours = TRUE;
  ticket->exposure_us = lanmu_station_exposure_us (self);
  ticket->part_fd = job->fd;
  ticket->task = task;
  ticket->ms.ticket = lanmu_station_ms_since (ticket->asked.boot_us);
  job->fd = -1;
  g_hash_table_insert (self->tickets, &ticket->number, ticket);
  lanmu_station_notify (self, LANMU_STATION_PROP_OPEN_TICKETS);
  LanmuEvent *event = lanmu_event_new (LANMU_EVENT_TICKET);
  event->ticket = g_strdup (ticket->id);
  event->student_no = g_strdup (ticket->student_no);
  event->origin = g_strdup ("host");
  lanmu_station_emit (self, event);
  schedule_release (self, ticket);
}

static void on_ticket (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  LanmuStation *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  TicketJob *job = lanmu_store_get_job_data (result);
  self->jobs--;
  if (lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    adopt_ticket (self, task, job);
    return;
  }
  lanmu_station_set_phase (self, LANMU_PHASE_READY);
  g_task_return_error (task, lanmu_station_store_error (error));
  if (job->row) { /* the ticket is there, its part is not: it ends here, no shutter moved */
    TicketEndJob *end = end_job_new (self, job->row->id);
    end->reason = g_strdup ("no-room");
    lanmu_store_run_async (self->store, fail_work, end, ticket_end_job_free, on_failed, g_object_ref (self));
  }
  g_object_unref (task);
  lanmu_station_try_waiting_bind (self);
  lanmu_station_check_idle (self);
}

static gboolean may_shoot (LanmuStation *self, GError **error)
{
  LanmuCameraState state = self->camera ? lanmu_camera_get_state (self->camera) : LANMU_CAMERA_STOPPED;
  if (self->stopping)
    g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_STOPPED, "The station is stopping.");
  else if (!self->binding)
    g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_NOT_BOUND, "Nobody is bound: bind a student first.");
  else if (self->binding_busy || self->bind_waiting || self->settling || !lanmu_station_is_quiet (self))
    g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_BUSY, "A shot is on its way: wait for the camera.");
  else if (state != LANMU_CAMERA_LIVE && state != LANMU_CAMERA_BUSY)
    g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_NO_CAMERA, "The camera is not ready (%s): check cable, power and battery.",
                 lanmu_trouble_to_string (self->camera ? lanmu_camera_get_trouble (self->camera) : LANMU_TROUBLE_NO_CAMERA));
  else if (lanmu_station_is_countersigned (self, error) && lanmu_station_measure_disk (self, error)) {
    if (self->disk_shots >= 1)
      return TRUE;
    g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_DISK_FULL, "The disk of the data folder has no room for another shot: make room first.");
  }
  return FALSE;
}

void lanmu_station_shoot_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  if (!may_shoot (self, &error)) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  const LanmuCameraInfo *info = lanmu_camera_get_info (self->camera);
  TicketJob *job = g_new0 (TicketJob, 1);
  job->fd = -1;
  job->serial = g_strdup (info ? info->serial : "");
  job->last_file = g_strdup (self->last_file ? self->last_file : "");
  job->actor = g_strdup (self->operator_name);
  job->wanted = (LanmuTicketRow) {
    .origin = LANMU_ORIGIN_HOST,
    .student_id = self->student_id,
    .binding_id = self->binding,
    .session_id = self->session,
    .revision_id = self->revision,
    .operator_name = job->actor,
    .camera_serial = job->serial,
    .last_file = job->last_file,
    .opened = lanmu_moment_now (),
  };
  self->jobs++;
  lanmu_station_set_take (self, NULL);
  lanmu_station_set_phase (self, LANMU_PHASE_SHOOTING);
  lanmu_store_run_async (self->store, ticket_work, job, ticket_job_free, on_ticket, task);
}

char *lanmu_station_shoot_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
