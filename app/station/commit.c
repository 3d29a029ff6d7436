/* See commit.h. */
#include "app/station/commit.h"

#include <string.h>
#include "db/audit.h"
#include "db/bindings.h"
#include "db/cardfiles.h"
#include "db/countersigns.h"
#include "db/ids.h"
#include "db/moment.h"
#include "db/shots.h"
#include "db/students.h"
#include "db/tickets.h"
#include "db/vault.h"

#define WALL_DOUBT_US (2 * G_USEC_PER_SEC)

static void commit_ticket_clear (gpointer data)
{
  g_free (((LanmuCommitTicket *) data)->id);
}

LanmuCommit *lanmu_commit_new (void)
{
  LanmuCommit *self = g_new0 (LanmuCommit, 1);
  self->unanswered = g_array_new (FALSE, TRUE, sizeof (LanmuCommitTicket));
  g_array_set_clear_func (self->unanswered, commit_ticket_clear);
  self->number = self->folder_number = self->last_number = self->last_folder_number = -1;
  self->seen_us = G_MAXINT64;
  return self;
}

void lanmu_commit_free (LanmuCommit *self)
{
  char *strings[] = { self->part_id,       self->kept_path, self->body_ticket, self->collecting.id, self->sha256,    self->exif_time,
                      self->file_serial,   self->folder,    self->name,        self->raw_file,      self->actor,     self->camera_serial,
                      self->ticket_id,     self->shot_id,   self->path,        self->student_no,    self->likely_no, self->token,
                      self->fresh_id,      self->old_path };
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    g_free (strings[i]);
  g_array_unref (self->unanswered);
  g_free (self);
}

/* A binding of an earlier boot is brought onto this boot's time line by the wall clock: the best there is after a restart. */
static void add_binding (GArray *out, const LanmuBindingRow *row)
{
  gboolean this_boot = g_strcmp0 (row->boot_id, lanmu_boot_id ()) == 0;
  LanmuMoment now = lanmu_moment_now ();
  gint64 shift = now.boot_us - now.wall_us;
  LanmuJudgeBinding b = { .binding = row->id, .student = row->student_id };
  b.span.lo = this_boot ? row->began.boot_us : row->began.wall_us + shift;
  if (row->ended.wall_us == 0)
    b.span.hi = G_MAXINT64;
  else
    b.span.hi = (this_boot && row->ended.boot_us ? row->ended.boot_us : row->ended.wall_us + shift) - 1; /* half-open in the table */
  if (b.span.lo <= b.span.hi)
    g_array_append_val (out, b);
}

/* Bindings of this boot by boot time, of other boots by wall time; a minute on either side so that "another student close by" is seen. */
static gboolean gather_bindings (LanmuDb *db, LanmuSpan when, GArray *out, GError **error)
{
  LanmuMoment now = lanmu_moment_now ();
  gint64 shift = now.wall_us - now.boot_us, margin = 60 * G_USEC_PER_SEC;
  g_autoptr (GPtrArray) here = lanmu_bindings_overlapping (db, lanmu_boot_id (), when.lo - margin, when.hi + margin, error);
  if (!here)
    return FALSE;
  g_autoptr (GPtrArray) there = lanmu_bindings_overlapping (db, NULL, when.lo + shift - margin, when.hi + shift + margin, error);
  if (!there)
    return FALSE;
  for (guint i = 0; i < here->len; i++)
    add_binding (out, here->pdata[i]);
  for (guint i = 0; i < there->len; i++)
    if (g_strcmp0 (((LanmuBindingRow *) there->pdata[i])->boot_id, lanmu_boot_id ()) != 0)
      add_binding (out, there->pdata[i]);
  return TRUE;
}

static LanmuSpan span_of_interest (const LanmuCommit *c, gint64 now_us)
{
  LanmuSpan exposure;
  if (c->has_stamp && lanmu_clock_exposure (&c->clock, c->stamp_us, c->resolution_us, now_us, &exposure) && exposure.lo <= exposure.hi)
    return exposure;
  gint64 seen = c->seen_us == G_MAXINT64 ? now_us : c->seen_us;
  return (LanmuSpan) { seen, seen };
}

/* What this job was told about open tickets may be older than a picture that ended one of them. */
static gboolean is_open (LanmuDb *db, const char *id)
{
  g_autoptr (LanmuTicketRow) row = lanmu_ticket_get (db, id, NULL);
  return row && row->state == LANMU_TICKET_OPEN;
}

static void forget_ended_tickets (LanmuDb *db, LanmuCommit *c)
{
  if (c->has_collecting && !is_open (db, c->collecting.id))
    c->has_collecting = FALSE;
  if (c->body_ticket && !is_open (db, c->body_ticket))
    g_clear_pointer (&c->body_ticket, g_free);
  for (guint i = c->unanswered->len; i > 0; i--)
    if (!is_open (db, g_array_index (c->unanswered, LanmuCommitTicket, i - 1).id))
      g_array_remove_index (c->unanswered, i - 1);
}

/* A picture of an earlier boot is laid beside bindings whose boot is over: only the wall clock joins the two, and it may have been stepped meanwhile. */
static void doubt_earlier_boots (LanmuCommit *c, gint64 now_us)
{
  LanmuSpan exposure;
  if (!c->has_stamp || !lanmu_clock_exposure (&c->clock, c->stamp_us, c->resolution_us, now_us, &exposure) || exposure.lo >= 0)
    return;
  c->clock.lo -= WALL_DOUBT_US;
  c->clock.hi += WALL_DOUBT_US;
}

static gboolean judge (LanmuDb *db, LanmuCommit *c, GError **error)
{
  gint64 now_us = lanmu_moment_now ().boot_us;
  doubt_earlier_boots (c, now_us);
  gboolean seen_before = FALSE;
  g_autoptr (GArray) bindings = g_array_new (FALSE, FALSE, sizeof (LanmuJudgeBinding));
  g_autoptr (GArray) tickets = g_array_new (FALSE, FALSE, sizeof (LanmuJudgeTicket));
  if (!lanmu_shots_has_sha256 (db, c->sha256, &seen_before, error) || !gather_bindings (db, span_of_interest (c, now_us), bindings, error))
    return FALSE;
  for (guint i = 0; i < c->unanswered->len; i++)
    g_array_append_val (tickets, g_array_index (c->unanswered, LanmuCommitTicket, i).judge);
  LanmuCase facts = {
    .size_agrees = c->size == c->size_said,
    .size_known = c->size_said > 0,
    .decodes = c->decodes,
    .seen_before = seen_before,
    .has_stamp = c->has_stamp,
    .stamp_us = c->stamp_us,
    .resolution_us = c->resolution_us,
    .file_serial = c->file_serial,
    .number = c->number,
    .folder_number = c->folder_number,
    .seen_us = c->seen_us,
    .live = c->live,
    .body_serial = c->camera_serial,
    .last_number = c->last_number,
    .last_folder_number = c->last_folder_number,
    .clock = &c->clock,
    .now_us = now_us,
    .bindings = (const LanmuJudgeBinding *) (void *) bindings->data,
    .n_bindings = bindings->len,
    .collecting = c->has_collecting ? &c->collecting.judge : NULL,
    .unanswered = (const LanmuJudgeTicket *) (void *) tickets->data,
    .n_unanswered = tickets->len,
  };
  lanmu_judge (&facts, &c->ruling);
  return TRUE;
}

/* A picture of another time or another body does not answer a release of ours: that ticket goes on waiting for its own. */
static const char *ticket_answered (const LanmuCommit *c)
{
  if (c->ruling.judgement == LANMU_VERDICT_QUARANTINE
      && (strcmp (c->ruling.reason, "other-time") == 0 || strcmp (c->ruling.reason, "other-camera") == 0))
    return NULL;
  if (!c->ruling.ticket)
    return NULL;
  if (c->has_collecting && c->collecting.judge.number == c->ruling.ticket)
    return c->collecting.id;
  for (guint i = 0; i < c->unanswered->len; i++)
    if (g_array_index (c->unanswered, LanmuCommitTicket, i).judge.number == c->ruling.ticket)
      return g_array_index (c->unanswered, LanmuCommitTicket, i).id;
  return NULL;
}

static gboolean open_body_ticket (LanmuDb *db, LanmuCommit *c, GError **error)
{
  g_autofree char *camera_file = g_strdup_printf ("%s/%s", c->folder, c->name);
  LanmuTicketRow wanted = {
    .id = c->ticket_id,
    .origin = LANMU_ORIGIN_BODY,
    .session_id = c->session,
    .revision_id = c->revision,
    .operator_name = c->actor,
    .camera_serial = c->camera_serial,
    .camera_file = *c->name ? camera_file : (char *) "",
    .opened = lanmu_moment_now (),
  };
  g_autoptr (LanmuTicketRow) row = lanmu_ticket_open (db, &wanted, c->actor, error);
  return row != NULL;
}

/* The card's directory may lie about the size: the file is known under that as well, or every look at the card would take it for a new one. */
static gboolean note_said_size (LanmuDb *db, const LanmuCommit *c, GError **error)
{
  LanmuCardFileRow row = { c->camera_serial, c->folder, c->name, c->size_said, LANMU_CARD_SHOT, c->shot_id, 0 };
  return !*c->name || c->size_said <= 0 || c->size_said == c->size || lanmu_card_file_set (db, &row, c->actor, error);
}

/* The station releases no shutter before the counselor's word; the body's own button does. Its picture is as well proved as any, so it is attached, and the fact
 * stays: nobody had compared person and record when it was taken. */
static gboolean note_before_word (LanmuDb *db, LanmuCommit *c, GError **error)
{
  g_autoptr (LanmuCountersignRow) word = NULL;
  if (!c->wants_countersign || c->ruling.judgement != LANMU_VERDICT_ATTACH)
    return TRUE;
  if (!lanmu_countersign_of_shot (db, c->shot_id, &word, error))
    return FALSE;
  c->before_word = !word || !word->confirmed;
  g_autofree char *subject = g_strconcat ("shot/", c->shot_id, NULL);
  return !c->before_word || lanmu_audit_append (db, c->actor, "shot.before-countersign", subject, NULL, error);
}

static gboolean write_rows (LanmuDb *db, LanmuCommit *c, gboolean need_ticket, GError **error)
{
  g_autofree char *proof = lanmu_proof_to_string (c->ruling.proof);
  gboolean attach = c->ruling.judgement == LANMU_VERDICT_ATTACH;
  LanmuShotRow row = {
    .id = c->shot_id,
    .ticket_id = c->ticket_id,
    .student_id = attach ? c->ruling.student : 0,
    .binding_id = attach ? c->ruling.binding : 0,
    .likely_student_id = attach ? 0 : c->ruling.student,
    .reason = (char *) c->ruling.reason,
    .sha256 = c->sha256,
    .size = c->size,
    .path = c->path,
    .width = c->width,
    .height = c->height,
    .camera_serial = c->camera_serial,
    .camera_folder = c->folder,
    .camera_file = c->name,
    .exif_time = c->exif_time,
    .exposed_lo_us = c->ruling.has_exposure ? c->ruling.exposure.lo : 0,
    .exposed_hi_us = c->ruling.has_exposure ? c->ruling.exposure.hi : 0,
    .proof = proof,
    .raw_file = c->raw_file,
  };
  if (need_ticket && !open_body_ticket (db, c, error))
    return FALSE;
  gboolean written = attach ? lanmu_shot_attach (db, &row, c->actor, &c->sequence_no, error) : lanmu_shot_quarantine (db, &row, c->actor, &c->sequence_no, error);
  return written && note_before_word (db, c, error) && note_said_size (db, c, error);
}

/* A file that a death left in the vault may be judged otherwise now: it gets the name of its place before the row, and loses the old one after. */
static gboolean place_kept (LanmuDb *db, LanmuCommit *c, LanmuVaultPlace place, GError **error)
{
  g_autofree char *folder = g_strconcat (lanmu_vault_place_to_string (place), "/", NULL);
  if (g_str_has_prefix (c->kept_path, folder)) {
    c->path = g_strdup (c->kept_path);
    return TRUE;
  }
  if (!lanmu_vault_link (lanmu_db_get_data_dir (db), c->kept_path, place, &c->path, error))
    return FALSE;
  c->old_path = g_steal_pointer (&c->kept_path);
  return TRUE;
}

static gboolean keep_file (LanmuDb *db, LanmuCommit *c, GError **error)
{
  LanmuVaultPlace place = c->ruling.judgement == LANMU_VERDICT_ATTACH ? LANMU_VAULT_SHOTS : LANMU_VAULT_QUARANTINE;
  if (c->kept_path)
    return place_kept (db, c, place, error);
  g_autoptr (GError) taken = NULL;
  if (lanmu_vault_keep (lanmu_db_get_data_dir (db), c->part_id, c->shot_id, place, ".jpg", &c->path, &taken))
    return TRUE;
  if (!g_error_matches (taken, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS)) {
    g_propagate_error (error, g_steal_pointer (&taken));
    return FALSE;
  }
  /* An earlier try of this ticket came as far as the vault: that file is judged by itself at the next start; these bytes are safe under a name of their own. */
  g_free (c->shot_id);
  c->shot_id = lanmu_id_new ();
  return lanmu_vault_keep (lanmu_db_get_data_dir (db), c->part_id, c->shot_id, place, ".jpg", &c->path, error);
}

/* A file of the vault without a row whose bytes another shot has: it explains nothing and would be judged again at every start. */
static gboolean drop_second_copy (LanmuDb *db, const char *path, const char *shot_id, GError **error)
{
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, shot_id, error);
  if (!shot)
    return FALSE;
  return strcmp (shot->path, path) == 0 || strcmp (shot->raw_path, path) == 0 || lanmu_vault_drop_copy (lanmu_db_get_data_dir (db), path, shot->path, error);
}

/* A picture that a dead session had fetched is seen on the card again: without the name, which nobody had written down, or with a size the directory lies about. It
 * is no second copy: the shot learns its name, and its RAW can be told. */
static gboolean find_again (LanmuDb *db, LanmuCommit *c, GError **error)
{
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, c->shot_id, error);
  if (!shot)
    return FALSE;
  gboolean same_bytes = strcmp (shot->sha256, c->sha256) == 0, unnamed = !*shot->camera_file;
  c->found_again = same_bytes && (unnamed || (strcmp (shot->camera_file, c->name) == 0 && strcmp (shot->camera_folder, c->folder) == 0));
  c->lacks_raw = c->found_again && !*shot->raw_path;
  return !c->found_again || !unnamed || lanmu_shot_set_camera_file (db, c->shot_id, c->folder, c->name, c->actor, error);
}

/* Bytes we have already: the card's name for them is noted, the part goes, a body ticket opened for it ends with the reason. */
static gboolean note_refused (LanmuDb *db, gpointer data, GError **error)
{
  LanmuCommit *c = data;
  if (c->body_ticket && !lanmu_ticket_fail (db, c->body_ticket, c->ruling.reason, g_get_real_time (), c->actor, error))
    return FALSE;
  if (!*c->name)
    return TRUE;
  if (!find_again (db, c, error))
    return FALSE;
  LanmuCardFileRow row = { .camera_serial = c->camera_serial, .folder = c->folder, .name = c->name, .size = c->size_said ? c->size_said : c->size,
                           .state = c->found_again ? LANMU_CARD_SHOT : LANMU_CARD_DUPLICATE, .shot_id = c->shot_id };
  return lanmu_card_file_set (db, &row, c->actor, error);
}

static gboolean refuse (LanmuDb *db, LanmuCommit *c, GError **error)
{
  if (!lanmu_shots_find_sha256 (db, c->sha256, &c->shot_id, error) || !lanmu_db_transaction (db, "shot.again", note_refused, c, error))
    return FALSE;
  if (c->kept_path && !drop_second_copy (db, c->kept_path, c->shot_id, error))
    return FALSE;
  return !c->part_id || lanmu_vault_drop_incoming (lanmu_db_get_data_dir (db), c->part_id, error);
}

static void name_student (LanmuDb *db, LanmuCommit *c)
{
  g_autoptr (LanmuStudentRow) student = c->ruling.student ? lanmu_student_get (db, c->ruling.student, NULL) : NULL;
  gboolean attach = c->ruling.judgement == LANMU_VERDICT_ATTACH;
  if (student && attach) {
    c->student_id = student->id;
    c->takes = student->takes;
  }
  *(attach ? &c->student_no : &c->likely_no) = g_strdup (student ? student->student_no : NULL);
  if (c->ruling.judgement == LANMU_VERDICT_ATTACH && !student) {
    g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, c->shot_id, NULL);
    c->token = g_strdup (shot ? shot->token : NULL);
  }
}

gboolean lanmu_commit_run (LanmuDb *db, gpointer data, GError **error)
{
  LanmuCommit *c = data;
  forget_ended_tickets (db, c);
  if (!judge (db, c, error))
    return FALSE;
  if (c->ruling.judgement == LANMU_VERDICT_REFUSE)
    return refuse (db, c, error);
  const char *answered = ticket_answered (c);
  gboolean need_ticket = !answered && !c->body_ticket;
  if (!answered && c->ruling.ticket)
    c->ruling.ticket = 0;
  if (need_ticket && !c->fresh_id)
    c->fresh_id = lanmu_id_new ();
  c->ticket_id = g_strdup (answered ? answered : c->body_ticket ? c->body_ticket : c->fresh_id);
  c->shot_id = g_strdup (c->ticket_id);
  if (!keep_file (db, c, error))
    return FALSE;
  c->kept_us = lanmu_moment_now ().boot_us;
  if (!c->kept_path) /* from here on the bytes are in the vault: a second try of this job starts there */
    c->kept_path = g_strdup (c->path);
  if (!lanmu_db_begin (db, "shot", error))
    return FALSE;
  if (!write_rows (db, c, need_ticket, error)) {
    lanmu_db_rollback (db);
    return FALSE;
  }
  if (!lanmu_db_commit (db, error))
    return FALSE;
  if (answered) /* fetched from the card, it did not use the part that was opened before its release */
    lanmu_vault_drop_incoming (lanmu_db_get_data_dir (db), answered, NULL);
  if (c->old_path) /* when this fails, the next start finds the second name */
    lanmu_vault_unlink_old (lanmu_db_get_data_dir (db), c->old_path, c->path, NULL);
  name_student (db, c);
  return TRUE;
}
