/* After a death: what a dead session left is listed before anything else happens (store thread). A new session begins; a binding that was left open ends at
 * the last sign of life; open tickets and files without a row wait for the reconcile (reconcile.c). Also: what is known of the camera's clock, kept across restarts. */
#include "app/station/internal.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>
#include <glib/gstdio.h>
#include "db/bindings.h"
#include "db/roster.h"
#include "db/session.h"
#include "db/settings.h"
#include "db/shots.h"
#include "db/tickets.h"
#include "db/vault.h"

typedef struct {
  char *program, *actor;
  gint64 session, revision, began_us;
  GPtrArray *tickets;   /* LanmuTicketRow, open */
  GPtrArray *leftovers;
  guint quarantined;
} RecoverJob;

static void leftover_free (gpointer data)
{
  LanmuLeftover *leftover = data;
  g_free (leftover->id);
  g_free (leftover->path);
  g_free (leftover);
}

/* -- the last sign of life -- */

static char *alive_path (const char *dir)
{
  return g_build_filename (dir, "alive", NULL);
}

/* One short line, always as long: "BOOT-ID BOOT-µs WALL-µs". By boot time, so that a wall clock that is set cannot make a dead session live on. */
#define ALIVE_FORMAT "%-36.36s %020" G_GINT64_FORMAT " %020" G_GINT64_FORMAT "\n"

void lanmu_station_touch_alive (LanmuStation *self)
{
  g_autofree char *path = alive_path (lanmu_store_get_data_dir (self->store));
  LanmuMoment now = lanmu_moment_now ();
  g_autofree char *line = g_strdup_printf (ALIVE_FORMAT, lanmu_boot_id (), now.boot_us, now.wall_us);
  int fd = g_open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0)
    return; /* a full or read-only disk speaks up elsewhere; without the sign a binding ends where it began: nothing is attached by mistake */
  if (pwrite (fd, line, strlen (line), 0) < 0)
    g_debug ("no sign of life could be left: %s", g_strerror (errno));
  g_close (fd, NULL);
}

static gboolean read_alive (const char *dir, LanmuMoment *at)
{
  g_autofree char *path = alive_path (dir), *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  g_auto (GStrv) words = g_strsplit (g_strchomp (text), " ", -1);
  if (g_strv_length (words) != 3)
    return FALSE;
  *at = (LanmuMoment) { g_ascii_strtoll (words[2], NULL, 10), g_ascii_strtoll (words[1], NULL, 10) };
  return TRUE;
}

/* Up to when a binding that a dead session left open surely lasted: its last sign of life; without one, or with one of before it began, where it began. Never
 * later: after the death anybody may have been photographed with the body's own button. */
static LanmuMoment last_sign_of_life (const char *dir, const LanmuBindingRow *open)
{
  LanmuMoment at;
  if (!read_alive (dir, &at))
    return open->began;
  gboolean this_boot = g_strcmp0 (open->boot_id, lanmu_boot_id ()) == 0;
  return (this_boot ? at.boot_us < open->began.boot_us : at.wall_us < open->began.wall_us) ? open->began : at;
}

/* -- start -- */

static void recover_job_free (gpointer data)
{
  RecoverJob *job = data;
  g_free (job->program);
  g_free (job->actor);
  g_clear_pointer (&job->tickets, g_ptr_array_unref);
  g_clear_pointer (&job->leftovers, g_ptr_array_unref);
  g_free (job);
}

static void add_leftover (RecoverJob *job, const char *id, const char *path)
{
  LanmuLeftover *leftover = g_new0 (LanmuLeftover, 1);
  leftover->id = g_strdup (id);
  leftover->path = g_strdup (path);
  g_ptr_array_add (job->leftovers, leftover);
}

/* A RAW sibling that was renamed into the vault just before the end: its row is caught up. */
static gboolean adopt_raw (LanmuDb *db, const LanmuShotRow *shot, const LanmuVaultFile *file, const char *actor, GError **error)
{
  g_autoptr (GError) failed = NULL;
  gint64 size = 0;
  g_autofree char *sha256 = lanmu_vault_sum (lanmu_db_get_data_dir (db), file->path, &size, &failed);
  if (!sha256) { /* it went, or is damaged: verify tells of it */
    g_info ("recover: %s", failed->message);
    return TRUE;
  }
  g_autofree char *base = g_path_get_basename (file->path);
  return lanmu_shot_set_raw (db, shot->id, *shot->raw_file ? shot->raw_file : base, file->path, sha256, size, actor, error);
}

/* A picture went to or came from the tray, and the process died between the row and the end of the old name. What is no second copy stays: verify tells of it. */
static void drop_second_name (LanmuDb *db, const LanmuShotRow *shot, const LanmuVaultFile *file)
{
  g_autoptr (GError) error = NULL;
  if (strcmp (file->path, shot->path) != 0 && strcmp (file->path, shot->raw_path) != 0
      && !lanmu_vault_drop_copy (lanmu_db_get_data_dir (db), file->path, shot->path, &error))
    g_info ("recover: %s", error->message);
}

static gboolean find_orphans (LanmuDb *db, RecoverJob *job, LanmuVaultPlace place, GError **error)
{
  g_autoptr (GPtrArray) files = lanmu_vault_list (lanmu_db_get_data_dir (db), place, error);
  if (!files)
    return FALSE;
  for (guint i = 0; i < files->len; i++) {
    const LanmuVaultFile *file = files->pdata[i];
    g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, file->id, NULL);
    if (!shot)
      add_leftover (job, file->id, file->path);
    else if (!g_str_has_suffix (file->path, ".jpg") && !*shot->raw_path && !adopt_raw (db, shot, file, job->actor, error))
      return FALSE;
    else if (g_str_has_suffix (file->path, ".jpg"))
      drop_second_name (db, shot, file);
  }
  return TRUE;
}

static gboolean find_leftovers (LanmuDb *db, RecoverJob *job, GError **error)
{
  g_autoptr (GPtrArray) parts = lanmu_vault_list (lanmu_db_get_data_dir (db), LANMU_VAULT_INCOMING, error);
  if (!parts)
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    add_leftover (job, ((LanmuVaultFile *) parts->pdata[i])->id, NULL);
  return find_orphans (db, job, LANMU_VAULT_SHOTS, error) && find_orphans (db, job, LANMU_VAULT_QUARANTINE, error);
}

typedef struct {
  const LanmuBindingRow *open;
  gint64 boot_us;
} SignOfLife;

static gboolean later_ticket (const LanmuTicketRow *row, gpointer data)
{
  SignOfLife *sign = data;
  if (row->session_id == sign->open->session_id)
    sign->boot_us = MAX (sign->boot_us, MAX (row->opened.boot_us, row->settled_boot_us));
  return TRUE;
}

static gboolean later_shot (const LanmuShotRow *row, gpointer data)
{
  SignOfLife *sign = data;
  if (row->wall_us >= sign->open->began.wall_us) /* else of an earlier sitting, perhaps of an earlier boot */
    sign->boot_us = MAX (sign->boot_us, row->exposed_hi_us + 1);
  return TRUE;
}

/* What the dead session wrote proves that it lived, later than its last touch of the file did: a ticket, a picture of the one who was bound. */
static gboolean find_end_of_binding (LanmuDb *db, LanmuMoment *end, GError **error)
{
  g_autoptr (LanmuBindingRow) open = NULL;
  LanmuMoment now = lanmu_moment_now ();
  *end = now;
  if (!lanmu_binding_get_open (db, &open, error))
    return FALSE;
  if (!open)
    return TRUE;
  *end = last_sign_of_life (lanmu_db_get_data_dir (db), open);
  if (g_strcmp0 (open->boot_id, lanmu_boot_id ()) != 0)
    return TRUE;
  SignOfLife sign = { open, MAX (end->boot_us, open->began.boot_us) };
  if (!lanmu_tickets_list (db, LANMU_TICKET_ANY_STATE, later_ticket, &sign, error)
      || (open->student_id && !lanmu_shots_list (db, open->student_id, LANMU_SHOT_ATTACHED, later_shot, &sign, error)))
    return FALSE;
  *end = (LanmuMoment) { MIN (end->wall_us + (sign.boot_us - end->boot_us), now.wall_us), MIN (sign.boot_us, now.boot_us) };
  return TRUE;
}

static gboolean recover_work (LanmuDb *db, gpointer data, GError **error)
{
  RecoverJob *job = data;
  LanmuMoment end;
  g_autoptr (GPtrArray) quarantined = NULL;
  if (!find_end_of_binding (db, &end, error))
    return FALSE;
  LanmuMoment now = lanmu_moment_now ();
  job->began_us = now.boot_us;
  job->session = lanmu_session_begin (db, job->program, job->actor, now, error);
  if (!job->session || !lanmu_bindings_close_stale (db, job->session, end, job->actor, NULL, error))
    return FALSE;
  job->revision = lanmu_roster_get_revision (db, error);
  if (job->revision < 0 || !find_leftovers (db, job, error))
    return FALSE;
  job->tickets = lanmu_tickets_get_all (db, LANMU_TICKET_OPEN, error);
  quarantined = lanmu_shots_get_all (db, 0, LANMU_SHOT_QUARANTINED, error);
  job->quarantined = quarantined ? quarantined->len : 0;
  return job->tickets && quarantined;
}

/* From when on nobody was bound any more: the beginning of the session after the one that died. */
static gint64 orphaned_since (LanmuStation *self, gint64 dead_session, LanmuMoment now)
{
  g_autoptr (LanmuSessionRow) next = lanmu_session_get (lanmu_store_get_reader (self->store), dead_session + 1, NULL);
  if (!next)
    return now.boot_us;
  gboolean this_boot = g_strcmp0 (next->boot_id, lanmu_boot_id ()) == 0;
  return this_boot ? next->started.boot_us : next->started.wall_us + now.boot_us - now.wall_us;
}

static LanmuLiveTicket *dead_ticket (LanmuStation *self, const LanmuTicketRow *row)
{
  LanmuLiveTicket *ticket = lanmu_live_ticket_new ();
  LanmuMoment now = lanmu_moment_now ();
  gboolean this_boot = g_strcmp0 (row->boot_id, lanmu_boot_id ()) == 0;
  g_autoptr (LanmuStudentRow) student = row->student_id ? lanmu_student_get (lanmu_store_get_reader (self->store), row->student_id, NULL) : NULL;
  ticket->number = row->number;
  ticket->id = g_strdup (row->id);
  ticket->student_no = g_strdup (student ? student->student_no : NULL);
  ticket->student_id = row->student_id;
  ticket->binding_id = row->binding_id;
  ticket->camera_serial = g_strdup (row->camera_serial);
  ticket->camera_file = row->camera_file && *row->camera_file ? g_strdup (row->camera_file) : NULL;
  ticket->asked = row->opened;
  if (!this_boot) /* brought onto this boot's time line by the wall clock */
    ticket->asked.boot_us = row->opened.wall_us + now.boot_us - now.wall_us;
  ticket->released_us = this_boot ? row->triggered_boot_us : 0;
  ticket->settled_us = this_boot ? row->settled_boot_us : 0;
  ticket->orphaned_us = orphaned_since (self, row->session_id, now);
  return ticket;
}

static void on_recovered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuStation *self = g_task_get_source_object (task);
  RecoverJob *job = lanmu_store_get_job_data (result);
  GError *error = NULL;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  self->session = job->session;
  self->began_us = job->began_us;
  self->revision = job->revision;
  self->quarantined = job->quarantined;
  self->leftovers = g_steal_pointer (&job->leftovers);
  for (guint i = 0; i < job->tickets->len; i++) {
    const LanmuTicketRow *row = job->tickets->pdata[i];
    if (row->origin != LANMU_ORIGIN_HOST)
      continue;
    LanmuLiveTicket *ticket = dead_ticket (self, row);
    g_hash_table_insert (self->tickets, &ticket->number, ticket);
    if (!row->settled_boot_us && g_strcmp0 (row->boot_id, lanmu_boot_id ()) == 0) /* died a moment ago, the body may just be exposing */
      lanmu_station_watch_shutter (self, ticket);
  }
  g_task_return_boolean (task, TRUE);
}

void lanmu_station_recover_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data)
{
  RecoverJob *job = g_new0 (RecoverJob, 1);
  job->program = g_strdup (self->program);
  job->actor = g_strdup (self->operator_name);
  job->leftovers = g_ptr_array_new_with_free_func (leftover_free);
  lanmu_store_run_async (self->store, recover_work, job, recover_job_free, on_recovered, g_task_new (self, NULL, callback, user_data));
}

gboolean lanmu_station_recover_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- the clock, kept across a restart within one boot -- */

static char *clock_key (LanmuStation *self)
{
  const LanmuCameraInfo *info = lanmu_camera_get_info (self->camera);
  return g_strdup_printf ("clock.%s", info && *info->serial ? info->serial : "unnamed");
}

typedef struct {
  char *key, *value, *actor;
} SettingJob;

static void setting_job_free (gpointer data)
{
  SettingJob *job = data;
  g_free (job->key);
  g_free (job->value);
  g_free (job->actor);
  g_free (job);
}

static gboolean setting_work (LanmuDb *db, gpointer data, GError **error)
{
  SettingJob *job = data;
  return lanmu_setting_set (db, job->key, job->value, job->actor, error);
}

/* Written when it is much better known than what was written before: a few times a day. */
void lanmu_station_save_clock (LanmuStation *self)
{
  gint64 width = self->clock.hi - self->clock.lo;
  const LanmuClock *clock = &self->clock;
  gboolean as_saved = self->clock_saved_width && width > self->clock_saved_width / 2 && clock->since == self->clock_saved_since;
  if (!clock->known || !self->session || as_saved)
    return;
  LanmuMoment now = lanmu_moment_now ();
  const gint64 numbers[] = { clock->lo, clock->hi, clock->as_of, self->resolution_us, clock->since, clock->old_stamp, now.wall_us - now.boot_us };
  GString *value = g_string_new (lanmu_boot_id ());
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_string_append_printf (value, " %" G_GINT64_FORMAT, numbers[i]);
  SettingJob *job = g_new0 (SettingJob, 1);
  job->key = clock_key (self);
  job->value = g_string_free (value, FALSE);
  job->actor = g_strdup (self->operator_name);
  self->clock_saved_width = MAX (width, 1);
  self->clock_saved_since = clock->since;
  lanmu_store_run_async (self->store, setting_work, job, setting_job_free, NULL, NULL);
}

/* What an earlier session knew: a body whose clock was set meanwhile is then found out by its first reading. Across a restart of the machine only the wall clock
 * joins the two boots, and it may have been stepped. */
void lanmu_station_load_clock (LanmuStation *self)
{
  enum { LO, HI, AS_OF, RESOLUTION, SINCE, OLD_STAMP, SHIFT, N_NUMBERS };
  const gint64 wall_doubt = 5 * G_USEC_PER_SEC;
  g_autofree char *key = clock_key (self);
  g_autofree char *value = lanmu_setting_get (lanmu_store_get_reader (self->store), key, NULL, NULL);
  g_auto (GStrv) words = value ? g_strsplit (value, " ", -1) : NULL;
  gint64 numbers[N_NUMBERS];
  if (self->clock.known || !words || g_strv_length (words) != 1 + N_NUMBERS)
    return;
  for (guint i = 0; i < N_NUMBERS; i++)
    numbers[i] = g_ascii_strtoll (words[1 + i], NULL, 10);
  gboolean this_boot = strcmp (words[0], lanmu_boot_id ()) == 0;
  LanmuMoment now = lanmu_moment_now ();
  gint64 later = this_boot ? 0 : now.wall_us - now.boot_us - numbers[SHIFT]; /* this boot's zero on the time line of that boot */
  gint64 doubt = this_boot ? 0 : wall_doubt;
  self->clock = (LanmuClock) { .known = TRUE, .lo = numbers[LO] + later - doubt, .hi = numbers[HI] + later + doubt, .as_of = numbers[AS_OF] - later };
  self->clock.since = numbers[SINCE] ? numbers[SINCE] - later : 0;
  self->clock.old_stamp = numbers[OLD_STAMP];
  self->resolution_us = CLAMP (numbers[RESOLUTION], 1, G_USEC_PER_SEC);
  self->clock_saved_width = this_boot ? MAX (self->clock.hi - self->clock.lo, 1) : 0;
  self->clock_saved_since = self->clock.since;
}
