/* lanmuctl backup DIR: a complete second copy, database and pictures. May run beside a station; pictures that are there
 * already are not copied again. */
#include "app/ctl/ctl.h"

#include "app/format.h"
#include "db/datadir.h"
#include "db/shots.h"
#include "db/vault.h"

typedef struct {
  const char *from, *to;
  guint files;
  gint64 bytes;
  GError **error;
} Copying;

static gboolean copy_file (Copying *copying, const char *path, gint64 size)
{
  if (!lanmu_vault_copy (copying->from, path, copying->to, copying->error))
    return FALSE;
  copying->files++;
  copying->bytes += size;
  return TRUE;
}

static gboolean copy_shot (const LanmuShotRow *shot, gpointer data)
{
  Copying *copying = data;
  return copy_file (copying, shot->path, shot->size) &&
         (*shot->raw_path == '\0' || copy_file (copying, shot->raw_path, shot->raw_size));
}

/* The database first: every row in the copy then has its file there, because a row is only written after its file. */
static gboolean copy_all (LanmuDb *db, Copying *copying, char **database)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "lanmu-%Y%m%d-%H%M%S.db");
  *database = g_build_filename (copying->to, name, NULL);
  if (!lanmu_db_backup (db, *database, copying->error))
    return FALSE;
  return lanmu_shots_list (db, 0, LANMU_SHOT_ANY_STATE, copy_shot, copying, copying->error) && *copying->error == NULL;
}

static void answer (LanmuCtl *ctl, const Copying *copying, const char *database)
{
  g_autofree char *size = lanmu_format_size (copying->bytes);
  if (!ctl->json) {
    lanmu_ctl_print (_ ("Copied the database to %s and %u pictures (%s).\n"), database, copying->files, size);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", TRUE);
  lanmu_ctl_json_string (builder, "database", database);
  lanmu_ctl_json_int (builder, "files", copying->files);
  lanmu_ctl_json_int (builder, "bytes", copying->bytes);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

int lanmu_ctl_backup (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL;
  g_autofree char *database = NULL;
  GError *error = NULL;
  if (!lanmu_ctl_parse (ctl, argc, argv, NULL, 1, 1, &rest, &code))
    return code;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  if (!lanmu_datadir_create (rest[0], &error)) {
    code = lanmu_ctl_fail (ctl, error);
    g_clear_error (&error);
    return code;
  }
  Copying copying = {.from = ctl->data_dir, .to = rest[0], .error = &error};
  if (copy_all (db, &copying, &database)) {
    answer (ctl, &copying, database);
    return LANMU_CTL_DONE;
  }
  code = lanmu_ctl_fail (ctl, error);
  g_clear_error (&error);
  return code;
}
