/* The database is sound, pictures are not: each that is missing or altered comes back out of another folder; see
 * app/restore.h. */
#include "app/restore/restoring.h"
#include "db/seal.h"

#include <glib/gstdio.h>

#include "db/audit.h"
#include "db/store.h"
#include "db/vault.h"

typedef struct {
  LanmuFinds *finds;
  const char *dir;
  char *aside; /* damaged/<time>, below dir */
  LanmuRestoredPictures *out;
  GError *error;
} Mending;

static gboolean is_sound (const Mending *self, const char *path, const char *sha256)
{
  const LanmuFound here = {.dir = (char *) self->dir, .path = (char *) path};
  g_autofree char *is = lanmu_found_sha256 (&here);
  return g_strcmp0 (is, sha256) == 0;
}

/* An altered file is evidence: it is kept. */
static gboolean set_aside (const Mending *self, const char *path)
{
  g_autofree char *from = g_build_filename (self->dir, path, NULL);
  g_autofree char *to = g_build_filename (self->dir, self->aside, path, NULL);
  g_autofree char *folder = g_path_get_dirname (to);
  return !g_file_test (from, G_FILE_TEST_EXISTS) ||
         (g_mkdir_with_parents (folder, 0700) == 0 && g_rename (from, to) == 0);
}

static gboolean mend_file (Mending *self, const char *path, const char *sha256)
{
  if (*path == '\0')
    return TRUE;
  if (is_sound (self, path, sha256)) {
    self->out->sound++;
    return TRUE;
  }
  const LanmuFound *found = lanmu_finds_get (self->finds, path, sha256);
  if (found == NULL) {
    self->out->lost++;
    return TRUE;
  }
  if (!set_aside (self, path)) {
    g_set_error (&self->error, LANMU_DB_ERROR, LANMU_DB_ERROR_IO,
                 "Cannot set the altered file %s aside: check the data folder", path);
    return FALSE;
  }
  self->out->restored++;
  return lanmu_found_take (found, self->dir, path, sha256, &self->error);
}

static gboolean mend_shot (const LanmuShotRow *shot, gpointer data)
{
  Mending *self = data;
  return mend_file (self, shot->path, shot->sha256) && mend_file (self, shot->raw_path, shot->raw_sha256);
}

typedef struct {
  Mending *mending;
  const char *actor;
} MendJob;

static gboolean mend (LanmuDb *db, gpointer data, GError **error)
{
  MendJob *job = data;
  if (!lanmu_shots_list (db, 0, LANMU_SHOT_ANY_STATE, mend_shot, job->mending, error))
    return FALSE;
  if (job->mending->error != NULL) {
    g_propagate_error (error, g_steal_pointer (&job->mending->error));
    return FALSE;
  }
  g_autofree char *detail =
      g_strdup_printf ("{\"restored\":%u,\"lost\":%u}", job->mending->out->restored, job->mending->out->lost);
  return job->mending->out->restored == 0 ||
         lanmu_audit_append (db, job->actor, "vault.restore", "vault", detail, error);
}

gboolean lanmu_restore_pictures (const char *from, const char *data_dir, const char *actor, LanmuRestoreReady ready,
                                 gpointer ready_data, LanmuRestoredPictures *out, GError **error)
{
  *out = (LanmuRestoredPictures){0};
  g_autoptr (LanmuStore) store = lanmu_store_open (data_dir, LANMU_DB_READ_WRITE, error);
  if (store == NULL)
    return FALSE;
  LanmuDb *reader = lanmu_store_get_reader (store);
  if ((ready != NULL && !ready (reader, ready_data, error)) || !lanmu_seal_require_open (reader, error)) {
    lanmu_store_close (store);
    return FALSE;
  }
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  Mending mending = {.finds = lanmu_finds_new (),
                     .dir = data_dir,
                     .aside = g_date_time_format (now, "damaged/%Y%m%d-%H%M%S"),
                     .out = out};
  MendJob job = {.mending = &mending, .actor = actor};
  lanmu_finds_add (mending.finds, from);
  gboolean done = lanmu_store_run_sync (store, mend, &job, error);
  lanmu_finds_free (mending.finds);
  g_free (mending.aside);
  lanmu_store_close (store);
  return done;
}
