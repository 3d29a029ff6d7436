/* From an older database to the present one; see migrations.h. Runs under the folder's lock, before anybody else has
 * the connection. */
#include "db/migrations.h"
#include "db/audit.h"
#include "db/datadir.h"
#include "db/killpoint.h"
#include "db/lanmu-db-resources.h"
#include "db/probe.h"
#include "db/sql.h"

#include <pthread.h>

#define MOST_STEPS 64

static pthread_once_t schema_once = PTHREAD_ONCE_INIT;
static LanmuSchema schema;
static LanmuMigration schema_steps[MOST_STEPS];

/* NULL: there is no such text. */
static char *load_text (const char *name)
{
  g_autofree char *path = g_strconcat ("/lanmu/db/", name, NULL);
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (lanmu_db_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  gsize size = 0;
  const char *text = bytes ? g_bytes_get_data (bytes, &size) : NULL;

  return text ? g_strndup (text, size) : NULL;
}

/* steps/2.sql, steps/3.sql, … without a gap: the last one is the version of schema.sql. */
static void load_schema (void)
{
  schema.create_sql = load_text ("schema.sql");
  schema.steps = schema_steps;
  schema.version = 1;
  for (gsize i = 0; i < MOST_STEPS; i++) {
    g_autofree char *name = g_strdup_printf ("steps/%d.sql", schema.version + 1);
    char *sql = load_text (name);
    if (!sql)
      break;
    schema_steps[schema.n_steps++] = (LanmuMigration){++schema.version, sql};
  }
}

const LanmuSchema *lanmu_schema_get (void)
{
  pthread_once (&schema_once, load_schema);
  return &schema;
}

static gboolean set_version (LanmuDb *db, int version, GError **error)
{
  g_autofree char *sql =
      g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;", LANMU_DB_APPLICATION_ID, version);

  return lanmu_sql_script (db, sql, error);
}

static gboolean create (LanmuDb *db, const LanmuSchema *wanted, GError **error)
{
  if (!lanmu_db_begin (db, "database.create", error))
    return FALSE;
  return lanmu_db_end (db, lanmu_sql_script (db, wanted->create_sql, error) && set_version (db, wanted->version, error),
                       error);
}

static gboolean backup_before (LanmuDb *db, int version, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autofree char *name = g_strdup_printf ("lanmu-v%d-%s.%06dZ.db", version, time, g_date_time_get_microsecond (now));
  g_autofree char *path = g_build_filename (db->dir, LANMU_DATADIR_BACKUPS, name, NULL);

  lanmu_killpoint ("database.migrate.before-backup");
  return lanmu_db_backup (db, path, error);
}

static gboolean take_step (LanmuDb *db, const LanmuMigration *step, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("database/v%d", step->version);

  if (!lanmu_db_begin (db, "database.migrate", error))
    return FALSE;
  gboolean ok = lanmu_sql_script (db, step->sql, error) && lanmu_db_check_references (db, error) &&
                set_version (db, step->version, error) &&
                lanmu_audit_append (db, "lanmu", "database.migrate", subject, NULL, error);
  return lanmu_db_end (db, ok, error);
}

gboolean lanmu_db_migrate (LanmuDb *db, const LanmuSchema *wanted, GError **error)
{
  int version = lanmu_db_get_version (db);

  if (version == 0)
    return create (db, wanted, error);
  if (version == wanted->version)
    return TRUE;
  if (!backup_before (db, version, error))
    return FALSE;
  for (gsize i = 0; i < wanted->n_steps; i++)
    if (wanted->steps[i].version > version && !take_step (db, &wanted->steps[i], error))
      return FALSE;
  return TRUE;
}
