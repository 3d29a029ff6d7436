/* What lies on the card and what it is to us: known, foreign, a RAW sibling of a shot, or a picture that must be looked into. Part of the reconcile
 * (reconcile.c), which has the listing; main thread. */
#include "app/station/arrival.h"
#include "app/station/internal.h"

#include <string.h>
#include "app/i18n.h"
#include "db/campaign.h"
#include "db/cardfiles.h"
#include "db/settings.h"
#include "db/shots.h"
#include "db/tickets.h"

#define BEFORE_CAMPAIGN_US ((gint64) 26 * 3600 * G_USEC_PER_SEC) /* older by this is surely not of it: some bodies shift a file's time by their zone (CAMERA.md Q32) */

static gboolean ticket_of_body (const LanmuTicketRow *row, gpointer data)
{
  const char **serial = data;
  if (g_strcmp0 (row->camera_serial, *serial) != 0)
    return TRUE;
  *serial = NULL;
  return FALSE;
}

/* The look itself is recorded: an empty card leaves no other trace, and what is pressed after it must not be taken for old. */
static char *look_key (const char *serial)
{
  return g_strdup_printf ("looked.%s", *serial ? serial : "unnamed");
}

/* Nothing was ever recorded of this body: what lies on its card was there before us. */
static gboolean is_first_look (LanmuStation *self, const char *serial, GHashTable *known)
{
  const char *search = serial;
  g_autofree char *key = look_key (serial);
  g_autofree char *looked = lanmu_setting_get (lanmu_store_get_reader (self->store), key, NULL, NULL);
  if (looked || g_hash_table_size (known) > 0)
    return FALSE;
  lanmu_tickets_list (lanmu_store_get_reader (self->store), LANMU_TICKET_ANY_STATE, ticket_of_body, &search, NULL);
  return search != NULL;
}

typedef struct {
  GArray *rows; /* LanmuCardFileRow, strings owned */
  char *actor, *key;
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
  g_free (job->key);
  g_free (job);
}

static gboolean write_look (LanmuDb *db, const BaselineJob *job, GError **error)
{
  return lanmu_card_files_baseline (db, (const LanmuCardFileRow *) (void *) job->rows->data, job->rows->len, job->actor, NULL, error)
      && lanmu_setting_set (db, job->key, "yes", job->actor, error);
}

static gboolean baseline_work (LanmuDb *db, gpointer data, GError **error)
{
  if (!lanmu_db_begin (db, "card.look", error))
    return FALSE;
  if (write_look (db, data, error))
    return lanmu_db_commit (db, error);
  lanmu_db_rollback (db);
  return FALSE;
}

gboolean lanmu_station_has_seen (LanmuStation *self, const LanmuCameraFile *file)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", file->folder, file->name);
  const char *size = g_hash_table_lookup (self->seen, key);
  return size && (file->size == 0 || strcmp (size, "0") == 0 || g_ascii_strtoull (size, NULL, 10) == file->size);
}

static void note_foreign (LanmuStation *self, const char *serial, GPtrArray *files)
{
  BaselineJob *job = g_new0 (BaselineJob, 1);
  job->rows = g_array_new (FALSE, TRUE, sizeof (LanmuCardFileRow));
  g_array_set_clear_func (job->rows, card_row_clear);
  job->actor = g_strdup (self->operator_name);
  job->key = look_key (serial);
  for (guint i = 0; i < files->len; i++) {
    const LanmuCameraFile *file = files->pdata[i];
    if (lanmu_station_has_seen (self, file))
      continue; /* announced since the camera was opened: not foreign, on its way */
    LanmuCardFileRow row = { g_strdup (serial), g_strdup (file->folder), g_strdup (file->name), (gint64) file->size, LANMU_CARD_FOREIGN, NULL, 0 };
    g_array_append_val (job->rows, row);
  }
  self->reconcile_counts->foreign += job->rows->len;
  lanmu_store_run_async (self->store, baseline_work, job, baseline_job_free, NULL, NULL);
}

/* Boot µs before which no picture can be of this campaign; G_MININT64: cannot be told, and then nothing is foreign. */
static gint64 campaign_began (LanmuStation *self)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (lanmu_store_get_reader (self->store), NULL);
  LanmuMoment now = lanmu_moment_now ();
  return campaign && self->clock_read ? campaign->created_us + now.boot_us - now.wall_us - BEFORE_CAMPAIGN_US : G_MININT64;
}

/* The directory's time is of the body's clock. Every ticket is of the campaign, so a file that an open one could explain is never older. */
static gboolean is_older (LanmuStation *self, const LanmuCameraFile *file, gint64 began_us)
{
  LanmuSpan taken;
  return began_us != G_MININT64 && file->mtime > 0
      && lanmu_clock_exposure (&self->clock, file->mtime * G_USEC_PER_SEC, G_USEC_PER_SEC, lanmu_moment_now ().boot_us, &taken)
      && (!self->clock.since || file->mtime * G_USEC_PER_SEC >= self->clock.old_stamp) && taken.hi < began_us;
}

typedef struct {
  GHashTable *stems; /* "folder/stem" → the newest shot of that name, when it has no RAW yet */
  const char *serial;
} Stems;

static gboolean add_stem (const LanmuShotRow *row, gpointer data)
{
  Stems *stems = data;
  if (!*row->camera_file || strcmp (row->camera_serial, stems->serial) != 0)
    return TRUE;
  g_autoptr (LanmuCameraFile) file = lanmu_camera_file_new (row->camera_folder, row->camera_file, 0, 0);
  g_autofree char *stem = lanmu_station_file_stem (file);
  if (*row->raw_path)
    g_hash_table_remove (stems->stems, stem);
  else
    g_hash_table_replace (stems->stems, g_steal_pointer (&stem), g_strdup (row->id));
  return TRUE;
}

/* The JPEG of the same name must lie beside it: a card that was formatted gives the names again, and a shot keeps only a RAW of its own exposure. */
static gboolean has_its_jpeg (LanmuStation *self, GHashTable *known, const LanmuCameraFile *raw)
{
  for (guint i = 0; i < self->reconcile_files->len; i++) {
    const LanmuCameraFile *file = self->reconcile_files->pdata[i];
    if (lanmu_camera_file_is_jpeg (file) && lanmu_camera_file_is_sibling (file, raw)) {
      g_autofree char *key = lanmu_card_file_key (file->folder, file->name, (gint64) file->size);
      return GPOINTER_TO_INT (g_hash_table_lookup (known, key)) - 1 == LANMU_CARD_SHOT;
    }
  }
  return FALSE;
}

static void take_raws (LanmuStation *self, const char *serial, GHashTable *known, GPtrArray *raws)
{
  if (raws->len == 0)
    return;
  Stems stems = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free), serial };
  lanmu_shots_list (lanmu_store_get_reader (self->store), 0, LANMU_SHOT_ANY_STATE, add_stem, &stems, NULL);
  for (guint i = 0; i < raws->len; i++) {
    const LanmuCameraFile *file = raws->pdata[i];
    g_autofree char *stem = lanmu_station_file_stem (file);
    const char *shot = g_hash_table_lookup (stems.stems, stem);
    if (shot && has_its_jpeg (self, known, file))
      lanmu_station_fetch_raw (self, file, shot);
    else
      g_hash_table_replace (self->raw_seen, g_steal_pointer (&stem), lanmu_camera_file_copy (file));
  }
  g_hash_table_unref (stems.stems);
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

static gboolean is_given_up (LanmuStation *self, const LanmuCameraFile *file)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", file->folder, file->name);
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->failures, key)) >= LANMU_MOST_FAILURES;
}

/* Taken for sure after we wrote down what bore its name and size: a card that was formatted, or another one, whose names begin anew. Uncompressed pictures are
 * all of one size. By the directory's time, which is of the body's clock. */
static gboolean is_another (LanmuStation *self, GHashTable *when, const LanmuCameraFile *file)
{
  g_autofree char *key = lanmu_card_file_key (file->folder, file->name, (gint64) file->size);
  const gint64 *written_us = g_hash_table_lookup (when, key);
  LanmuMoment now = lanmu_moment_now ();
  LanmuSpan taken;
  gboolean may_be_of_old_setting = self->clock.since && file->mtime * G_USEC_PER_SEC < self->clock.old_stamp;
  return written_us && self->clock_read && file->mtime > 0 && !may_be_of_old_setting
      && lanmu_clock_exposure (&self->clock, file->mtime * G_USEC_PER_SEC, G_USEC_PER_SEC, now.boot_us, &taken)
      && taken.lo > *written_us + now.boot_us - now.wall_us && taken.lo < now.boot_us;
}

static gboolean is_known (GHashTable *known, const LanmuCameraFile *file)
{
  g_autofree char *key = lanmu_card_file_key (file->folder, file->name, (gint64) file->size);
  int state = GPOINTER_TO_INT (g_hash_table_lookup (known, key)) - 1;
  return state >= 0 && state != LANMU_CARD_UNREADABLE; /* what could not be read is asked for once more at every opening */
}

void lanmu_todo_free (gpointer data)
{
  LanmuTodo *todo = data;
  g_clear_pointer (&todo->file, lanmu_camera_file_free);
  g_free (todo->id);
  g_free (todo->path);
  g_free (todo->body_ticket);
  g_free (todo);
}

static void add_todo (LanmuStation *self, const LanmuCameraFile *file, GPtrArray *open)
{
  g_autofree char *key = g_strdup_printf ("%s/%s", file->folder, file->name);
  LanmuTodo *todo = g_new0 (LanmuTodo, 1);
  todo->file = lanmu_camera_file_copy (file);
  todo->body_ticket = body_ticket_of (open, key);
  g_queue_push_tail (&self->reconcile_todo, todo);
}

static void take_unknown (LanmuStation *self, const char *serial, GHashTable *known, GPtrArray *open)
{
  g_autoptr (GPtrArray) raws = g_ptr_array_new ();
  g_autoptr (GPtrArray) foreign = g_ptr_array_new ();
  g_autoptr (GHashTable) when = lanmu_card_files_when (lanmu_store_get_reader (self->store), serial, NULL);
  gint64 began = campaign_began (self);
  for (guint i = 0; i < self->reconcile_files->len; i++) {
    LanmuCameraFile *file = self->reconcile_files->pdata[i];
    if ((is_known (known, file) && !(when && is_another (self, when, file))) || lanmu_station_has_seen (self, file) || is_given_up (self, file))
      continue;
    if (is_older (self, file, began))
      g_ptr_array_add (foreign, file);
    else if (lanmu_camera_file_is_raw (file))
      g_ptr_array_add (raws, file);
    else if (lanmu_camera_file_is_jpeg (file))
      add_todo (self, file, open);
  }
  if (foreign->len)
    note_foreign (self, serial, foreign);
  take_raws (self, serial, known, raws);
}

/* By its size too: on another card the names begin anew. */
static gboolean is_listed (LanmuStation *self, const char *camera_file, guint64 size)
{
  for (guint i = 0; i < self->reconcile_files->len; i++) {
    const LanmuCameraFile *file = self->reconcile_files->pdata[i];
    g_autofree char *key = g_strdup_printf ("%s/%s", file->folder, file->name);
    if (strcmp (key, camera_file) == 0)
      return size == 0 || file->size == 0 || file->size == size;
  }
  return FALSE;
}

typedef struct {
  const char *serial;
  gint64 sequence_no;
  char *camera_file;
  guint64 size;
} Newest;

static gboolean newest_of_body (const LanmuShotRow *row, gpointer data)
{
  Newest *newest = data;
  if (!*row->camera_file || row->sequence_no < newest->sequence_no || strcmp (row->camera_serial, newest->serial) != 0)
    return TRUE;
  newest->sequence_no = row->sequence_no;
  g_free (newest->camera_file);
  newest->camera_file = g_strdup_printf ("%s/%s", row->camera_folder, row->camera_file);
  newest->size = strcmp (row->reason, "size") == 0 ? 0 : (guint64) row->size; /* the body lied about that one */
  return TRUE;
}

/* The newest file we know of must lie where it lay: else another card is in the body, or this one was formatted. Said once; from then on no number follows
 * any that we know. */
static void look_for_other_card (LanmuStation *self, const char *serial)
{
  Newest newest = { serial, 0, g_strdup (self->last_file), self->last_size };
  if (!newest.camera_file && !self->card_looked)
    lanmu_shots_list (lanmu_store_get_reader (self->store), 0, LANMU_SHOT_ANY_STATE, newest_of_body, &newest, NULL);
  self->card_looked = TRUE;
  if (newest.camera_file && !is_listed (self, newest.camera_file, newest.size) && lanmu_camera_get_trouble (self->camera) != LANMU_TROUBLE_NO_CARD) {
    g_clear_pointer (&self->last_file, g_free);
    self->last_number = self->last_folder_number = -1;
    lanmu_station_emit_trouble (self, "card-changed",
                                _ ("Another memory card is in the camera, or it was formatted; keep the old card until every picture on it is accounted for."));
  }
  g_free (newest.camera_file);
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
    self->last_size = file->size;
    return;
  }
}

gboolean lanmu_station_take_card (LanmuStation *self)
{
  const LanmuCameraInfo *info = lanmu_camera_get_info (self->camera);
  g_autofree char *serial = g_strdup (info ? info->serial : "");
  LanmuDb *reader = lanmu_store_get_reader (self->store);
  g_autoptr (GHashTable) known = lanmu_card_files_known (reader, serial, NULL);
  g_autoptr (GPtrArray) open = lanmu_tickets_get_all (reader, LANMU_TICKET_OPEN, NULL);
  if (!known || !open)
    return FALSE;
  if (is_first_look (self, serial, known))
    note_foreign (self, serial, self->reconcile_files);
  else
    take_unknown (self, serial, known, open);
  look_for_other_card (self, serial);
  note_newest (self);
  return TRUE;
}

static gboolean is_being_fetched (LanmuStation *self, const LanmuCameraFile *raw)
{
  g_autofree char *wanted = g_strdup_printf ("%s/%s", raw->folder, raw->name);
  GHashTableIter iter;
  gpointer fetched;
  g_hash_table_iter_init (&iter, self->raw_fetching);
  while (g_hash_table_iter_next (&iter, NULL, &fetched))
    if (strcmp (fetched, wanted) == 0)
      return TRUE;
  return FALSE;
}

/* The picture itself, or the one whose RAW it is. */
static gboolean is_on_its_way (LanmuStation *self, const LanmuCameraFile *file)
{
  gboolean raw = lanmu_camera_file_is_raw (file);
  for (GList *link = self->arrivals.head; link; link = link->next) {
    const LanmuCameraFile *coming = ((LanmuArrival *) link->data)->file;
    if (coming && strcmp (coming->folder, file->folder) == 0
        && (strcmp (coming->name, file->name) == 0 || (raw && lanmu_camera_file_is_sibling (coming, file))))
      return TRUE;
  }
  return raw && is_being_fetched (self, file);
}

/* After all that could be done: every file is ours, foreign, a copy, or noted as unreadable. The rest is counted and the first of it named. */
void lanmu_station_count_unexplained (LanmuStation *self, LanmuEvent *counts)
{
  const LanmuCameraInfo *info = lanmu_camera_get_info (self->camera);
  g_autoptr (GHashTable) known = lanmu_card_files_known (lanmu_store_get_reader (self->store), info ? info->serial : "", NULL);
  const LanmuCameraFile *first = NULL;
  for (guint i = 0; known && i < self->reconcile_files->len; i++) {
    const LanmuCameraFile *file = self->reconcile_files->pdata[i];
    g_autofree char *key = lanmu_card_file_key (file->folder, file->name, (gint64) file->size);
    if (g_hash_table_contains (known, key) || is_on_its_way (self, file))
      continue;
    first = first ? first : file;
    counts->unexplained++;
  }
  if (!first || counts->unexplained == self->unexplained)
    return;
  g_autofree char *message = g_strdup_printf (_ ("%u files on the card belong to no picture here, the first is %s; look at the card."), counts->unexplained,
                                              first->name);
  lanmu_station_emit_trouble (self, "unexplained-files", message);
}
