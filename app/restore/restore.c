/* The order of a restore; see app/restore.h: a new folder beside the old one, whole and closed, then one step that
 * changes their places. */
#include "app/restore/restoring.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "db/audit.h"
#include "db/bindings.h"
#include "db/datadir.h"
#include "db/killpoint.h"
#include "db/lock.h"
#include "db/seal.h"
#include "db/session.h"
#include "db/tickets.h"
#include "db/vault.h"

void lanmu_restored_clear (LanmuRestored *self)
{
  g_free (self->backup);
  g_free (self->set_aside);
  *self = (LanmuRestored){0};
}

static gboolean fail_file (GError **error, const char *what, const char *path)
{
  int number = errno;
  g_set_error (error, LANMU_DB_ERROR, number == ENOSPC || number == EDQUOT ? LANMU_DB_ERROR_FULL : LANMU_DB_ERROR_IO,
               "%s %s: %s; nothing of the old folder was changed", what, path, g_strerror (number));
  return FALSE;
}

/* -- the database -- */

typedef struct {
  const LanmuBindingRow *open;
  gint64 boot_us;
} LastSeen;

static gboolean look_at_ticket (const LanmuTicketRow *ticket, gpointer data)
{
  LastSeen *seen = data;
  if (ticket->binding_id == seen->open->id)
    seen->boot_us = MAX (seen->boot_us, MAX (ticket->opened.boot_us, ticket->settled_boot_us));
  return TRUE;
}

/* Promise 3: whoever was bound when the copy was made may have left a second later. */
static gboolean end_binding (LanmuDb *db, const char *actor, GError **error)
{
  g_autoptr (LanmuBindingRow) open = NULL;
  if (!lanmu_binding_get_open (db, &open, error))
    return FALSE;
  if (open == NULL)
    return TRUE;
  LastSeen seen = {.open = open, .boot_us = open->began.boot_us};
  if (!lanmu_tickets_list (db, LANMU_TICKET_ANY_STATE, look_at_ticket, &seen, error))
    return FALSE;
  const LanmuMoment end = {.wall_us = open->began.wall_us + (seen.boot_us - open->began.boot_us),
                           .boot_us = seen.boot_us};
  return lanmu_binding_end (db, end, actor, error);
}

static gboolean note_restore (LanmuDb *db, const LanmuBackupRow *backup, const char *actor, GError **error)
{
  g_autofree char *detail =
      g_strdup_printf ("{\"copy\":\"%s\",\"audit_rows\":%" G_GINT64_FORMAT "}", backup->name, backup->audit_rows);
  return lanmu_audit_append (db, actor, "database.restore", "database", detail, error);
}

typedef struct {
  const LanmuBackupRow *backup;
  LanmuFinds *finds;
  const char *actor;
  LanmuRestoreReady ready;
  gpointer ready_data;
  LanmuRestored *out;
} Filling;

/* One transaction: rows of pictures that are newer come with the word that says where all of this is from. */
static gboolean fill_rows (LanmuDb *db, gpointer data, GError **error)
{
  Filling *self = data;
  if (!note_restore (db, self->backup, self->actor, error) || !end_binding (db, self->actor, error))
    return FALSE;
  gint64 session = lanmu_session_begin (db, "lanmuctl", self->actor, lanmu_moment_now (), error);
  return session != 0 && lanmu_restore_newer (db, self->finds, session, self->actor, self->out, error) &&
         lanmu_session_end (db, session, lanmu_moment_now (), self->actor, error);
}

static gboolean lay_database (const LanmuBackupRow *backup, const char *dir, GError **error)
{
  g_autofree char *from = g_path_get_dirname (backup->path);
  g_autofree char *copy = g_build_filename (dir, backup->name, NULL);
  g_autofree char *database = g_build_filename (dir, LANMU_DATADIR_DATABASE, NULL);
  return lanmu_vault_copy (from, backup->name, dir, error) &&
         (g_rename (copy, database) == 0 || fail_file (error, "Cannot write", database));
}

/* Open tickets may find the rest of their bytes there. */
static gboolean take_parts (LanmuDb *db, const char *old, GError **error)
{
  const char *dir = lanmu_db_get_data_dir (db);
  g_autoptr (GPtrArray) parts = lanmu_vault_list (old, LANMU_VAULT_INCOMING, NULL);
  for (guint i = 0; parts != NULL && i < parts->len; i++) {
    const LanmuVaultFile *part = g_ptr_array_index (parts, i);
    g_autoptr (LanmuTicketRow) ticket = lanmu_ticket_get (db, part->id, NULL);
    if (ticket != NULL && ticket->state == LANMU_TICKET_OPEN && !lanmu_vault_copy (old, part->path, dir, error))
      return FALSE;
  }
  return TRUE;
}

/* A folder that may only be read keeps its names: verify calls them given up, and the keeper renames them when it comes
 * by. */
static void give_up (const char *dir, const char *from)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *backups = g_build_filename (from, LANMU_DATADIR_BACKUPS, NULL);
  g_autoptr (LanmuDb) db = lanmu_db_open (dir, LANMU_DB_READ_ONLY, &error);
  if (db == NULL || !lanmu_backups_give_up (db, from, &error) || !lanmu_backups_give_up (db, backups, &error))
    g_info ("restore: %s", error->message);
}

static gboolean fill (const char *dir, const char *old, Filling *filling, GError **error)
{
  if (!lanmu_datadir_create (dir, error) || !lay_database (filling->backup, dir, error))
    return FALSE;
  g_autoptr (LanmuDb) db = lanmu_db_open (dir, LANMU_DB_READ_WRITE, error);
  return db != NULL && (filling->ready == NULL || filling->ready (db, filling->ready_data, error)) &&
         lanmu_seal_require_open (db, error) && lanmu_restore_files (db, filling->finds, filling->out, error) &&
         lanmu_db_transaction (db, "restore", fill_rows, filling, error) && take_parts (db, old, error);
}

/* -- the folders -- */

static gboolean is_empty (const char *dir)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  return folder == NULL || g_dir_read_name (folder) == NULL;
}

static char *beside (const char *dir, const char *word)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%d-%H%M%S");
  g_autofree char *plain = g_canonicalize_filename (dir, NULL);
  return g_strdup_printf ("%s.%s-%s", plain, word, time);
}

/* Both folders are there at every moment; nobody ever sees none. */
static gboolean change_places (const char *new, const char *dir, LanmuRestored *out, GError **error)
{
  if (!g_file_test (dir, G_FILE_TEST_EXISTS) || (is_empty (dir) && g_rmdir (dir) == 0))
    return g_rename (new, dir) == 0 || fail_file (error, "Cannot put the restored folder to", dir);
  g_autofree char *aside = beside (dir, "damaged");
  lanmu_killpoint ("restore.before-exchange");
  if (renameat2 (AT_FDCWD, new, AT_FDCWD, dir, RENAME_EXCHANGE) < 0)
    return fail_file (error, "Cannot put the restored folder to", dir);
  lanmu_killpoint ("restore.after-exchange");
  if (g_rename (new, aside) < 0) { /* it is set aside all the same, under the name it has */
    g_free (aside);
    aside = g_strdup (new);
  }
  g_free (out->set_aside);
  out->set_aside = g_steal_pointer (&aside);
  return TRUE;
}

/* What was begun and is of no use; only ever a folder of our own making. */
static void remove_tree (const char *path)
{
  g_autoptr (GDir) folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  if (remove (path) < 0)
    g_debug ("restore: %s stays: %s", path, g_strerror (errno));
}

static gboolean restore (const char *from, const char *dir, Filling *filling, GError **error)
{
  g_autofree char *new = beside (dir, "restoring");
  filling->finds = lanmu_finds_new ();
  lanmu_finds_add (filling->finds, dir);
  lanmu_finds_add (filling->finds, from);
  gboolean done = fill (new, dir, filling, error);
  sync (); /* hard links and new folders, before they take the old one's place */
  done = done && change_places (new, dir, filling->out, error);
  if (!done)
    remove_tree (new);
  else if (!g_str_has_prefix (filling->backup->path, dir)) /* what was set aside stays as it was */
    give_up (dir, from);
  lanmu_finds_free (filling->finds);
  return done;
}

gboolean lanmu_restore (const char *from, const char *data_dir, const char *actor, LanmuRestoreReady ready,
                        gpointer ready_data, LanmuRestored *out, GError **error)
{
  *out = (LanmuRestored){.set_aside = g_strdup ("")};
  g_autoptr (LanmuLock) lock = NULL;
  if (g_file_test (data_dir, G_FILE_TEST_IS_DIR) && !is_empty (data_dir) &&
      (lock = lanmu_lock_acquire (data_dir, "lanmuctl", error)) == NULL)
    return FALSE;
  g_autoptr (LanmuBackupRow) backup = lanmu_restore_choose (from, &out->refused, error);
  if (backup == NULL)
    return FALSE;
  out->backup = g_strdup (backup->path);
  Filling filling = {.backup = backup, .actor = actor, .ready = ready, .ready_data = ready_data, .out = out};
  return restore (from, data_dir, &filling, error);
}
