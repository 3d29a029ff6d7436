/* Private to db/ (and its tests): the versions of a database and the way from one to the next.
 *
 * schema.sql is always the newest shape: a new database is made from it at once. A database that is older takes the steps above its version, each in one
 * transaction, after a copy of it was put into backups/lanmu-v<version>-<UTC time>.db. A step that fails leaves the version before it.
 *
 * To change the schema: write steps/N.sql with the next number, name it in lanmu-db.gresource.xml, and change schema.sql to the same shape;
 * tests/unit/db/upgrade.c holds the two against each other from every earlier version, with data. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  int version;     /* user_version after this step, rising by one from 2 */
  const char *sql; /* without BEGIN and COMMIT */
} LanmuMigration;

typedef struct {
  const char *create_sql; /* the newest shape */
  int version;            /* of create_sql; > 0 */
  const LanmuMigration *steps;
  gsize n_steps;
} LanmuSchema;

const LanmuSchema *lanmu_schema_get (void); /* the one this program is built with */

/* Brings an open, writable connection to schema->version. */
gboolean lanmu_db_migrate (LanmuDb *db, const LanmuSchema *schema, GError **error);

/* lanmu_db_open with another schema (tests), or without the integrity check (a second connection beside one that was checked). */
LanmuDb *lanmu_db_open_schema (const char *data_dir, LanmuDbMode mode, const LanmuSchema *schema, gboolean check, GError **error);

G_END_DECLS
