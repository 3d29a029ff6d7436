/* Pictures back to their rows, and those without one to the tray; see app/restore.h. */
#include "app/restore/restoring.h"

#include <string.h>

#include "db/ids.h"
#include "db/moment.h"
#include "db/tickets.h"

typedef struct {
  LanmuFinds *finds;
  const char *dir;
  LanmuRestored *out;
  GError **error;
} Taking;

static gboolean take_file (Taking *self, const char *path, const char *sha256)
{
  const LanmuFound *found = *path != '\0' ? lanmu_finds_get (self->finds, path, sha256) : NULL;
  if (*path == '\0')
    return TRUE;
  if (found == NULL) {
    self->out->missing++;
    return TRUE;
  }
  self->out->pictures++;
  return lanmu_found_take (found, self->dir, path, sha256, self->error);
}

static gboolean take_shot (const LanmuShotRow *shot, gpointer data)
{
  Taking *self = data;
  return take_file (self, shot->path, shot->sha256) && take_file (self, shot->raw_path, shot->raw_sha256);
}

gboolean lanmu_restore_files (LanmuDb *db, LanmuFinds *finds, LanmuRestored *out, GError **error)
{
  GError *why = NULL;
  Taking taking = {.finds = finds, .dir = lanmu_db_get_data_dir (db), .out = out, .error = &why};
  gboolean listed = lanmu_shots_list (db, 0, LANMU_SHOT_ANY_STATE, take_shot, &taking, error);
  if (why != NULL)
    g_propagate_error (error, why);
  return listed && why == NULL;
}

/* -- newer than the copy -- */

typedef struct {
  LanmuDb *db;
  gint64 session_id;
  const char *actor;
  LanmuRestored *out;
} Newer;

static char *id_of (const char *name)
{
  const char *dot = strrchr (name, '.');
  return dot != NULL ? g_strndup (name, (gsize) (dot - name)) : g_strdup (name);
}

/* A ticket of its own explains it: nobody knows any more who was bound. */
static LanmuTicketRow *open_ticket (Newer *self, const char *id, GError **error)
{
  g_autoptr (LanmuTicketRow) known = lanmu_ticket_get (self->db, id, NULL);
  LanmuTicketRow wanted = {.id = known == NULL ? (char *) id : NULL,
                           .origin = LANMU_ORIGIN_BODY,
                           .session_id = self->session_id,
                           .operator_name = (char *) self->actor,
                           .camera_serial = (char *) "",
                           .opened = lanmu_moment_now ()};
  return lanmu_ticket_open (self->db, &wanted, self->actor, error);
}

static gboolean to_tray (Newer *self, const LanmuFound *found, const char *name, const char *id, const char *sha256,
                         GError **error)
{
  g_autoptr (LanmuTicketRow) ticket = open_ticket (self, id, error);
  if (ticket == NULL)
    return FALSE;
  g_autofree char *path = g_build_filename ("quarantine", "restored", name, NULL);
  const LanmuShotRow shot = {.id = ticket->id,
                             .ticket_id = ticket->id,
                             .reason = (char *) "restored",
                             .sha256 = (char *) sha256,
                             .size = found->size,
                             .path = path,
                             .proof = (char *) "",
                             .wall_us = found->mtime_us};
  self->out->newer++;
  return lanmu_found_take (found, lanmu_db_get_data_dir (self->db), path, sha256, error) &&
         lanmu_shot_quarantine (self->db, &shot, self->actor, NULL, error);
}

static gboolean take_newer (Newer *self, const LanmuFound *found, const char *name, GError **error)
{
  g_autofree char *id = id_of (name), *sha256 = lanmu_found_sha256 (found);
  g_autoptr (LanmuTicketRow) ticket = lanmu_ticket_get (self->db, id, NULL);
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (self->db, id, NULL);
  gboolean has = FALSE;
  if (sha256 == NULL)
    return TRUE; /* unreadable: it stays in the folder that was set aside */
  if (!lanmu_shots_has_sha256 (self->db, sha256, &has, error))
    return FALSE;
  if (has)
    return TRUE;
  gboolean raw_of_known = shot != NULL && !g_str_has_suffix (name, ".jpg") && *shot->raw_path == '\0';
  if (raw_of_known || (ticket != NULL && ticket->state == LANMU_TICKET_OPEN)) {
    self->out->waiting++;
    return lanmu_found_take (found, lanmu_db_get_data_dir (self->db), found->path, sha256, error);
  }
  return to_tray (self, found, name, id, sha256, error);
}

static int by_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

gboolean lanmu_restore_newer (LanmuDb *db, LanmuFinds *finds, gint64 session_id, const char *actor, LanmuRestored *out,
                              GError **error)
{
  Newer newer = {.db = db, .session_id = session_id, .actor = actor, .out = out};
  guint n;
  g_autofree gpointer *names = g_hash_table_get_keys_as_array (finds->by_name, &n); /* ids sort by time */
  qsort (names, n, sizeof *names, by_text);
  for (guint i = 0; i < n; i++) {
    const GPtrArray *list = g_hash_table_lookup (finds->by_name, names[i]);
    for (guint k = 0; k < list->len; k++)
      if (!take_newer (&newer, g_ptr_array_index (list, k), names[i], error))
        return FALSE;
  }
  return TRUE;
}
