/* Where the students of a list stand; see rosterplaces.h. Runs on the thread that owns the connection. */
#include "db/rosterplaces.h"
#include "db/sql.h"

struct _LanmuRosterPlaces {
  LanmuDb *db;
  GHashTable *colleges; /* key → gint64 *id; keys join the names by U+001F */
  GHashTable *majors;
  GHashTable *classes;
  gint64 last_position; /* of the classes */
  gint64 last_old;
  LanmuStudentRow last; /* lists come class by class: the names of the one before, by address */
  gint64 last_id;
};

static const char *or_empty (const char *text)
{
  return text ? text : "";
}

static gint64 remember (GHashTable *table, char *key, gint64 id)
{
  g_hash_table_insert (table, key, g_memdup2 (&id, sizeof id));
  return id;
}

/* Fills a table from "SELECT id, key". */
static gboolean load_keys (LanmuDb *db, GHashTable *table, const char *sql, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, sql, "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    remember (table, lanmu_sql_text (stmt, 1), lanmu_sql_int64 (stmt, 0));
  return step != LANMU_SQL_ERROR;
}

static gboolean load_tables (LanmuRosterPlaces *self, GError **error)
{
  return load_keys (self->db, self->colleges, "SELECT id, name FROM college", error) &&
         load_keys (self->db, self->majors,
                    "SELECT id, college_id || char (31) || code || char (31) || name FROM major", error) &&
         load_keys (self->db, self->classes, "SELECT id, major_id || char (31) || name FROM class", error) &&
         lanmu_sql_int (self->db, error, &self->last_position, 0, "SELECT coalesce (max (position), 0) FROM class",
                        "") &&
         lanmu_sql_int (self->db, error, &self->last_old, 0, "SELECT coalesce (max (id), 0) FROM class", "");
}

/* The id of `key`, or 0 when it is new. */
static gint64 look_up (GHashTable *table, const char *key)
{
  const gint64 *id = g_hash_table_lookup (table, key);

  return id ? *id : 0;
}

static gint64 find_college (LanmuRosterPlaces *self, const LanmuStudentRow *row, GError **error)
{
  const char *name = or_empty (row->college_name);
  gint64 id = look_up (self->colleges, name);

  if (id || !lanmu_sql_run (self->db, error, NULL, "INSERT INTO college (name) VALUES (?)", "s", name))
    return id;
  return remember (self->colleges, g_strdup (name), sqlite3_last_insert_rowid (self->db->sql));
}

static gint64 find_major (LanmuRosterPlaces *self, const LanmuStudentRow *row, GError **error)
{
  gint64 college_id = find_college (self, row, error);
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT "\x1f%s\x1f%s", college_id, or_empty (row->major_code),
                                          or_empty (row->major_name));
  gint64 id = look_up (self->majors, key);

  if (!college_id || id ||
      !lanmu_sql_run (self->db, error, NULL, "INSERT INTO major (college_id, code, name) VALUES (?, ?, ?)", "iee",
                      college_id, row->major_code, row->major_name))
    return id;
  return remember (self->majors, g_steal_pointer (&key), sqlite3_last_insert_rowid (self->db->sql));
}

static gint64 find_class (LanmuRosterPlaces *self, const LanmuStudentRow *row, GError **error)
{
  gint64 major_id = find_major (self, row, error);
  g_autofree char *key = g_strdup_printf ("%" G_GINT64_FORMAT "\x1f%s", major_id, or_empty (row->class_name));
  gint64 id = look_up (self->classes, key);

  if (!major_id || id ||
      !lanmu_sql_run (self->db, error, NULL, "INSERT INTO class (major_id, name, position) VALUES (?, ?, ?)", "iei",
                      major_id, row->class_name, self->last_position + 1))
    return id;
  self->last_position++;
  return remember (self->classes, g_steal_pointer (&key), sqlite3_last_insert_rowid (self->db->sql));
}

gint64 lanmu_roster_places_find (LanmuRosterPlaces *self, const LanmuStudentRow *row, GError **error)
{
  const LanmuStudentRow *last = &self->last;

  if (self->last_id && row->class_name && row->class_name == last->class_name &&
      row->major_code == last->major_code && row->major_name == last->major_name &&
      row->college_name == last->college_name)
    return self->last_id;
  self->last = *row;
  return self->last_id = find_class (self, row, error);
}

gint64 lanmu_roster_places_get_last_old (const LanmuRosterPlaces *self)
{
  return self->last_old;
}

LanmuRosterPlaces *lanmu_roster_places_load (LanmuDb *db, GError **error)
{
  g_autoptr (LanmuRosterPlaces) self = g_new0 (LanmuRosterPlaces, 1);

  self->db = db;
  self->colleges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->majors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->classes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return load_tables (self, error) ? g_steal_pointer (&self) : NULL;
}

void lanmu_roster_places_free (LanmuRosterPlaces *self)
{
  g_hash_table_unref (self->colleges);
  g_hash_table_unref (self->majors);
  g_hash_table_unref (self->classes);
  g_free (self);
}
