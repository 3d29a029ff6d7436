/* Writing the staff list: each function is one transaction with its audit row. Runs on the thread that owns the connection. */
#include "db/staff.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"

static gboolean note (LanmuDb *db, gint64 id, const char *action, const char *detail, const char *actor, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("staff/%" G_GINT64_FORMAT, id);
  return lanmu_audit_append (db, actor, action, subject, detail, error);
}

static gboolean found (gint64 id, int changes, GError **error)
{
  g_autofree char *what = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  return changes > 0 || lanmu_sql_no_row (error, "member of staff", what);
}

static gboolean add (LanmuDb *db, const char *name, LanmuRole role, const char *actor, gint64 *id, GError **error)
{
  g_autofree char *detail = lanmu_json_object ("ss", "name", name, "role", lanmu_role_to_string (role));
  gint64 taken;

  if (!lanmu_sql_int (db, error, &taken, 0, "SELECT count (*) FROM staff WHERE name = ?", "s", name))
    return FALSE;
  if (taken) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS, "%s is on the staff list already", name);
    return FALSE;
  }
  if (!lanmu_sql_run (db, error, NULL, "INSERT INTO staff (name, role, created_us) VALUES (?, ?, ?)", "ssi", name,
                      lanmu_role_to_string (role), g_get_real_time ()))
    return FALSE;
  *id = sqlite3_last_insert_rowid (db->sql);
  return note (db, *id, "staff.add", detail, actor, error);
}

gint64 lanmu_staff_add (LanmuDb *db, const char *name, LanmuRole role, const char *actor, GError **error)
{
  gint64 id = 0;

  if (!name || !*name) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "A member of staff needs a name");
    return 0;
  }
  return lanmu_db_begin (db, "staff.add", error) && lanmu_db_end (db, add (db, name, role, actor, &id, error), error) ? id
                                                                                                                     : 0;
}

static gboolean set_pin (LanmuDb *db, gint64 id, const char *pin_hash, const char *actor, GError **error)
{
  int changes = 0;
  return lanmu_sql_run (db, error, &changes, "UPDATE staff SET pin_hash = ?, wrong_pins = 0, wrong_us = 0 WHERE id = ?", "si",
                        pin_hash, id) &&
         found (id, changes, error) && note (db, id, "staff.pin", NULL, actor, error);
}

gboolean lanmu_staff_set_pin (LanmuDb *db, gint64 id, const char *pin_hash, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "staff.pin", error) && lanmu_db_end (db, set_pin (db, id, pin_hash, actor, error), error);
}

static gboolean set_card (LanmuDb *db, gint64 id, const char *card, const char *actor, GError **error)
{
  int changes = 0;
  gint64 taken = 0;

  if (card && !lanmu_sql_int (db, error, &taken, 0, "SELECT count (*) FROM staff WHERE card = ? AND id <> ?", "si", card, id))
    return FALSE;
  if (taken) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS, "This card belongs to somebody else on the staff list");
    return FALSE;
  }
  return lanmu_sql_run (db, error, &changes, "UPDATE staff SET card = ? WHERE id = ?", "si", card, id) &&
         found (id, changes, error) && note (db, id, card ? "staff.card" : "staff.card-removed", NULL, actor, error);
}

gboolean lanmu_staff_set_card (LanmuDb *db, gint64 id, const char *card, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "staff.card", error) && lanmu_db_end (db, set_card (db, id, card, actor, error), error);
}

/* A list without an administrator could never be changed again at the kiosk. */
static gboolean keeps_administrator (LanmuDb *db, gint64 id, GError **error)
{
  gint64 is_one = 0, others = 0;
  if (!lanmu_sql_int (db, error, &is_one, 0,
                      "SELECT count (*) FROM staff WHERE id = ? AND role = 'administrator' AND active = 1 AND pin_hash <> ''",
                      "i", id) ||
      !lanmu_sql_int (db, error, &others, 0,
                      "SELECT count (*) FROM staff WHERE id <> ? AND role = 'administrator' AND active = 1 AND pin_hash <> ''",
                      "i", id))
    return FALSE;
  if (!is_one || others)
    return TRUE;
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
               "This is the last administrator with a PIN: give another one a PIN first");
  return FALSE;
}

static gboolean set_active (LanmuDb *db, gint64 id, gboolean active, const char *actor, GError **error)
{
  int changes = 0;
  return (active || keeps_administrator (db, id, error)) &&
         lanmu_sql_run (db, error, &changes, "UPDATE staff SET active = ? WHERE id = ?", "ii", (gint64) (active ? 1 : 0), id) &&
         found (id, changes, error) && note (db, id, active ? "staff.enable" : "staff.disable", NULL, actor, error);
}

gboolean lanmu_staff_set_active (LanmuDb *db, gint64 id, gboolean active, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "staff.active", error) && lanmu_db_end (db, set_active (db, id, active, actor, error), error);
}

static gboolean set_classes (LanmuDb *db, gint64 id, const gint64 *class_ids, gsize n, const char *actor, GError **error)
{
  g_autofree char *detail = lanmu_json_object ("i", "classes", (gint64) n);

  if (!lanmu_sql_run (db, error, NULL, "DELETE FROM staff_class WHERE staff_id = ?", "i", id))
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!lanmu_sql_run (db, error, NULL, "INSERT OR IGNORE INTO staff_class (staff_id, class_id) VALUES (?, ?)", "ii", id,
                        class_ids[i]))
      return FALSE;
  return note (db, id, "staff.classes", detail, actor, error);
}

gboolean lanmu_staff_set_classes (LanmuDb *db, gint64 id, const gint64 *class_ids, gsize n, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "staff.classes", error) &&
         lanmu_db_end (db, set_classes (db, id, class_ids, n, actor, error), error);
}

static gboolean wrong_pin (LanmuDb *db, gint64 id, gint64 wall_us, GError **error)
{
  int changes = 0;
  return lanmu_sql_run (db, error, &changes, "UPDATE staff SET wrong_pins = wrong_pins + 1, wrong_us = ? WHERE id = ?", "ii",
                        wall_us, id) &&
         found (id, changes, error) && note (db, id, "staff.wrong-pin", NULL, "lanmu", error);
}

gboolean lanmu_staff_note_wrong_pin (LanmuDb *db, gint64 id, gint64 wall_us, GError **error)
{
  return lanmu_db_begin (db, "staff.wrong-pin", error) && lanmu_db_end (db, wrong_pin (db, id, wall_us, error), error);
}

static gboolean proved (LanmuDb *db, gint64 id, const char *action, const char *how, GError **error)
{
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get (db, id, error);
  g_autofree char *detail = lanmu_json_object ("s", "how", how);
  return row && lanmu_sql_run (db, error, NULL, "UPDATE staff SET wrong_pins = 0, wrong_us = 0 WHERE id = ?", "i", id) &&
         note (db, id, action, detail, row->name, error);
}

gboolean lanmu_staff_note_signed_in (LanmuDb *db, gint64 id, const char *how, GError **error)
{
  return lanmu_db_begin (db, "staff.sign-in", error) && lanmu_db_end (db, proved (db, id, "staff.sign-in", how, error), error);
}

gboolean lanmu_staff_note_vouched (LanmuDb *db, gint64 id, const char *how, GError **error)
{
  return lanmu_db_begin (db, "staff.vouch", error) && lanmu_db_end (db, proved (db, id, "staff.vouch", how, error), error);
}
