/* The last step of an arrival: all that is known of the picture is laid before the store thread (commit.h), which judges it, keeps it and writes its row. What
 * only the disk refused is tried again until it succeeds. Main thread. */
#include "app/station/arrived.h"

#include <string.h>
#include "db/tickets.h"

/* A release of one body is never answered by a file of another. */
gboolean lanmu_station_is_of_this_body (LanmuStation *self, const LanmuLiveTicket *ticket)
{
  const LanmuCameraInfo *info = self->camera ? lanmu_camera_get_info (self->camera) : NULL;
  return !info || g_strcmp0 (ticket->camera_serial, info->serial) == 0;
}

static LanmuJudgeTicket to_judge (const LanmuLiveTicket *t)
{
  return (LanmuJudgeTicket) { t->number, t->student_id, t->binding_id, lanmu_live_ticket_window (t), t->orphaned_us };
}

static void add_unanswered (LanmuArrival *a, LanmuCommit *c)
{
  LanmuStation *self = a->station;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    const LanmuLiveTicket *t = value;
    if (!lanmu_live_ticket_is_unanswered (t) || t->number == a->ticket_number || !lanmu_station_is_of_this_body (self, t))
      continue;
    LanmuCommitTicket entry = { g_strdup (t->id), to_judge (t) };
    g_array_append_val (c->unanswered, entry);
  }
}

static void add_collecting (LanmuArrival *a, LanmuCommit *c)
{
  const LanmuLiveTicket *t = a->ticket_number ? lanmu_station_find_ticket (a->station, a->ticket_number) : NULL;
  if (!t || !t->id)
    return;
  c->has_collecting = TRUE;
  c->collecting = (LanmuCommitTicket) { g_strdup (t->id), to_judge (t) };
}

static void add_facts (LanmuArrival *a, LanmuCommit *c)
{
  LanmuStation *self = a->station;
  c->sha256 = g_strdup (a->facts.sha256);
  c->exif_time = g_strdup (a->facts.time_text ? a->facts.time_text : "");
  c->file_serial = g_strdup (a->facts.serial ? a->facts.serial : "");
  c->size = (gint64) a->facts.size;
  c->size_said = (gint64) a->said;
  c->width = a->facts.width;
  c->height = a->facts.height;
  c->decodes = a->decodes;
  c->has_stamp = a->facts.has_time;
  c->stamp_us = a->facts.time_us;
  c->resolution_us = a->facts.time_resolution_us;
  /* A body known to write sub-seconds means them, also when they happen to be zero. */
  if (a->facts.time_text && strchr (a->facts.time_text, '.') && self->resolution_us < c->resolution_us)
    c->resolution_us = self->resolution_us;
  c->seen_us = a->seen_us;
  c->live = a->live;
}

/* What a leftover was called on the camera, "folder/name", as its ticket noted when it was announced; or NULL. */
static char *announced_as (LanmuArrival *a)
{
  const LanmuLiveTicket *ticket = a->ticket_number ? lanmu_station_find_ticket (a->station, a->ticket_number) : NULL;
  if (ticket)
    return g_strdup (ticket->camera_file);
  if (!a->body_ticket)
    return NULL;
  g_autoptr (LanmuTicketRow) row = lanmu_ticket_get (lanmu_store_get_reader (a->station->store), a->body_ticket, NULL);
  return row ? g_strdup (row->camera_file) : NULL;
}

static void name_leftover (LanmuArrival *a, LanmuCommit *c)
{
  g_autofree char *path = announced_as (a);
  const char *slash = path ? strrchr (path, '/') : NULL;
  c->folder = slash ? g_strndup (path, (gsize) (slash - path)) : g_strdup ("");
  c->name = g_strdup (slash ? slash + 1 : "");
}

static void add_camera (LanmuArrival *a, LanmuCommit *c)
{
  LanmuStation *self = a->station;
  const LanmuCameraInfo *info = self->camera ? lanmu_camera_get_info (self->camera) : NULL;
  c->camera_serial = g_strdup (info ? info->serial : "");
  c->raw_file = g_strdup ("");
  if (!a->file) {
    name_leftover (a, c);
    return;
  }
  c->folder = g_strdup (a->file->folder);
  c->name = g_strdup (a->file->name);
  g_autofree char *stem = lanmu_station_file_stem (a->file);
  const LanmuCameraFile *raw = g_hash_table_lookup (self->raw_seen, stem);
  if (raw) {
    g_free (c->raw_file);
    c->raw_file = g_strdup (raw->name);
  }
  c->number = lanmu_camera_file_number (a->file);
  c->folder_number = lanmu_camera_file_folder_number (a->file);
  c->last_number = a->last_number;
  c->last_folder_number = a->last_folder_number;
}

static LanmuCommit *arrival_to_commit (LanmuArrival *a)
{
  LanmuStation *self = a->station;
  LanmuCommit *c = lanmu_commit_new ();
  c->part_id = g_strdup (a->kept_path ? NULL : a->part_id);
  c->kept_path = g_strdup (a->kept_path);
  c->body_ticket = g_strdup (a->body_ticket);
  add_collecting (a, c);
  if (!a->live || a->late)
    add_unanswered (a, c);
  add_facts (a, c);
  add_camera (a, c);
  c->clock = self->clock;
  if (!a->live && !self->clock_read) /* who knows what was done to it since */
    c->clock.known = FALSE;
  c->fresh_id = g_strdup (a->fresh_id);
  c->session = self->session;
  c->revision = self->revision;
  c->actor = g_strdup (self->operator_name);
  c->wants_countersign = self->countersign_first;
  return c;
}

#define LONGEST_PAUSE_S 30u

static gboolean on_commit_again (gpointer data)
{
  LanmuArrival *a = data;
  a->commit_timeout = 0;
  lanmu_arrival_commit (a);
  return G_SOURCE_REMOVE;
}

/* The disk's fault: the bytes are here and proved, so the same commit is tried again, for as long as it takes; said once. */
static gboolean commit_later (LanmuArrival *a, LanmuCommit *c, const GError *error)
{
  static const LanmuDbError passing[] = { LANMU_DB_ERROR_FULL, LANMU_DB_ERROR_READ_ONLY, LANMU_DB_ERROR_IO, LANMU_DB_ERROR_IN_USE };
  gboolean passes = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (passing); i++)
    passes = passes || g_error_matches (error, LANMU_DB_ERROR, (int) passing[i]);
  if (!passes || a->station->stopping_camera)
    return FALSE;
  g_free (a->kept_path);
  a->kept_path = g_strdup (c->kept_path);
  g_free (a->fresh_id);
  a->fresh_id = g_strdup (c->fresh_id);
  if (a->commit_tries++ == 0)
    lanmu_station_emit_trouble (a->station, lanmu_db_error_to_string (error->code), error->message);
  a->commit_timeout = g_timeout_add_seconds (MIN (1u << MIN (a->commit_tries, 5u), LONGEST_PAUSE_S), on_commit_again, a);
  return TRUE;
}

static void on_committed (GObject *source, GAsyncResult *result, gpointer data)
{
  LanmuArrival *a = data;
  g_autoptr (GError) error = NULL;
  LanmuCommit *c = lanmu_store_get_job_data (result);
  a->ms.durable = lanmu_arrival_ms (a);
  a->ms.kept = c->kept_us ? a->ms.durable - lanmu_station_ms_since (c->kept_us) : -1;
  if (lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    lanmu_station_arrived (a, c);
    lanmu_arrival_free (a);
  } else if (!commit_later (a, c, error)) {
    /* The bytes stay in incoming/ or in the vault, where the next start finds them, and on the card. */
    g_clear_pointer (&a->part_id, g_free);
    lanmu_arrival_give_up (a, lanmu_db_error_to_string (error->code), error->message);
  }
}

/* Two files for one release: a press of the body was announced into it. The second is held until the first is judged, then it may be the release's own. FALSE:
 * held. */
static gboolean settle_tag (LanmuArrival *a)
{
  LanmuLiveTicket *ticket = a->tag && !a->ticket_number ? lanmu_station_find_ticket (a->station, a->tag) : NULL;
  if (!ticket || !ticket->id)
    return TRUE;
  a->held = ticket->arriving;
  if (a->held)
    return FALSE;
  a->ticket_number = ticket->number;
  ticket->arriving = TRUE;
  g_free (ticket->camera_file);
  ticket->camera_file = g_strdup_printf ("%s/%s", a->file->folder, a->file->name);
  return TRUE;
}

void lanmu_arrival_commit (LanmuArrival *a)
{
  if (!settle_tag (a))
    return;
  lanmu_store_run_async (a->station->store, lanmu_commit_run, arrival_to_commit (a), (GDestroyNotify) lanmu_commit_free, on_committed, a);
}
