/* See purge.h. */
#include "app/purge/purge.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "app/seal/convert.h"
#include "db/campaign.h"
#include "db/datadir.h"
#include "db/deliveries.h"
#include "db/killpoint.h"
#include "db/secondcopy.h"
#include "db/settings.h"
#include "db/vault.h"

void lanmu_purge_plan_clear (LanmuPurgePlan *self)
{
  char **texts[] = {&self->second, &self->campaign, &self->uuid, &self->school_code, &self->delete_after};
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_clear_pointer (texts[i], g_free);
  g_clear_pointer (&self->places, g_ptr_array_unref);
  lanmu_purge_count_clear (&self->count);
}

gboolean lanmu_purge_days_left (const char *delete_after, gint64 now_us, int *days)
{
  int year, month, day;
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);
  if (delete_after == NULL || sscanf (delete_after, "%4d-%2d-%2d", &year, &month, &day) != 3 ||
      !g_date_valid_dmy ((GDateDay) day, month, (GDateYear) year))
    return FALSE;
  GDate due, today;
  g_date_set_dmy (&due, (GDateDay) day, month, (GDateYear) year);
  g_date_set_dmy (&today, (GDateDay) g_date_time_get_day_of_month (now), g_date_time_get_month (now), (GDateYear) g_date_time_get_year (now));
  *days = g_date_days_between (&today, &due);
  return TRUE;
}

/* -- what will go -- */

static guint count_copies (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, LANMU_DATADIR_BACKUPS, NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    n += g_str_has_suffix (name, ".db");
  return n;
}

static gboolean find_places (LanmuDb *db, LanmuPurgePlan *out, GError **error)
{
  g_autoptr (GPtrArray) rows = lanmu_deliveries_list (db, error);
  out->places = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const LanmuDeliveryRow *row = rows->pdata[i];
    if (!g_ptr_array_find_with_equal_func (out->places, row->place, g_str_equal, NULL))
      g_ptr_array_add (out->places, g_strdup (row->place));
  }
  return rows != NULL;
}

static gboolean look_at_folders (LanmuDb *db, LanmuPurgePlan *out, GError **error)
{
  const char *dir = lanmu_db_get_data_dir (db);
  g_autoptr (GPtrArray) files = lanmu_seal_picture_files (dir);
  out->pictures = files->len;
  out->copies = count_copies (dir);
  out->second = lanmu_setting_get (db, LANMU_SETTING_SECOND_COPY, "", error);
  if (out->second == NULL)
    return FALSE;
  out->second_there = *out->second != '\0' && lanmu_second_copy_check (out->second, out->uuid, NULL);
  return TRUE;
}

gboolean lanmu_purge_plan (LanmuDb *db, LanmuPurgePlan *out, GError **error)
{
  int days = 0;
  *out = (LanmuPurgePlan){0};
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  if (campaign == NULL)
    return FALSE;
  out->campaign = g_strdup (campaign->name);
  out->uuid = g_strdup (campaign->uuid);
  out->school_code = g_strdup (campaign->school_code);
  out->delete_after = g_strdup (campaign->delete_after != NULL ? campaign->delete_after : "");
  out->due = lanmu_purge_days_left (campaign->delete_after, g_get_real_time (), &days) && days <= 0;
  return lanmu_purge_get (db, &out->state, NULL, error) && lanmu_purge_count (db, &out->count, error) && find_places (db, out, error) &&
         look_at_folders (db, out, error);
}

/* -- doing it -- */

static gboolean refuse (GError **error, const char *why)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "Nothing was deleted: %s; give a reason to do it all the same (--reason)", why);
  return FALSE;
}

static gboolean may_begin (const LanmuPurgePlan *plan, const char *reason, GError **error)
{
  if (*reason != '\0')
    return TRUE;
  if (*plan->delete_after == '\0')
    return refuse (error, "the campaign has no deletion date");
  if (!plan->due)
    return refuse (error, "the deletion date has not come");
  return plan->count.delivered == plan->count.chosen || refuse (error, "accepted pictures were never handed over");
}

static void add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static char *now_text (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  return g_date_time_format_iso8601 (now);
}

static char *to_line (JsonNode *root)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  json_generator_set_root (generator, root);
  return json_generator_to_data (generator, NULL);
}

static char *make_record (const LanmuPurgePlan *plan, const char *reason, const char *actor)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *now = now_text ();
  json_builder_begin_object (builder);
  add_string (builder, "campaign", plan->campaign);
  add_string (builder, "uuid", plan->uuid);
  add_string (builder, "school_code", plan->school_code);
  add_string (builder, "delete_after", plan->delete_after);
  add_string (builder, "who", actor);
  add_string (builder, "reason", reason);
  add_string (builder, "began", now);
  add_int (builder, "students", plan->count.students);
  add_int (builder, "shots", plan->count.shots);
  add_int (builder, "portraits", plan->count.portraits);
  add_int (builder, "correction_slips", plan->count.slips);
  add_int (builder, "handed_over", plan->count.delivered);
  add_int (builder, "accepted", plan->count.chosen);
  add_int (builder, "database_copies", plan->copies);
  add_string (builder, "shots_sha256", plan->count.hashes);
  add_int (builder, "audit_rows", plan->count.audit_rows);
  add_string (builder, "audit_hash", plan->count.audit_hash);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  return to_line (root);
}

/* What came of it, added to what was begun. */
static char *end_record (const char *begun, guint files, const char *left)
{
  g_autoptr (JsonNode) root = json_from_string (begun, NULL);
  g_autofree char *now = now_text ();
  JsonObject *object = json_node_get_object (root);
  json_object_set_int_member (object, "files_removed_last", files);
  json_object_set_string_member (object, "not_reached", left);
  json_object_set_string_member (object, "ended", now);
  return to_line (root);
}

static void add_below (const char *dir, const char *relative, GPtrArray *files)
{
  g_autofree char *full = g_build_filename (dir, relative, NULL);
  g_autoptr (GDir) folder = g_file_test (full, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (full, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (relative, name, NULL);
    g_autofree char *child = g_build_filename (dir, path, NULL);
    if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
      add_below (dir, path, files);
    else
      g_ptr_array_add (files, g_steal_pointer (&path));
  }
}

static gboolean erase_all (const char *dir, guint *removed, GError **error)
{
  static const char *const more[] = {LANMU_DATADIR_BACKUPS, "damaged"};
  g_autoptr (GPtrArray) files = lanmu_seal_picture_files (dir);
  for (gsize i = 0; i < G_N_ELEMENTS (more); i++)
    add_below (dir, more[i], files);
  for (guint i = 0; i < files->len; i++) {
    if (!lanmu_vault_erase (dir, files->pdata[i], error))
      return FALSE;
    lanmu_killpoint ("purge.after-file");
    (*removed)++;
  }
  return TRUE;
}

/* Folders that a restore set aside stand beside this one, whole: <data folder>.damaged-<time>. */
static gboolean erase_aside (const char *dir, guint *removed, GError **error)
{
  static const char *const own[] = {LANMU_DATADIR_DATABASE, LANMU_DATADIR_DATABASE "-wal", LANMU_DATADIR_DATABASE "-shm"};
  g_autofree char *plain = g_canonicalize_filename (dir, NULL), *parent = g_path_get_dirname (plain), *base = g_path_get_basename (plain);
  g_autofree char *prefix = g_strconcat (base, ".damaged-", NULL);
  g_autoptr (GDir) folder = g_dir_open (parent, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *aside = g_build_filename (parent, name, NULL);
    if (!g_str_has_prefix (name, prefix) || g_file_test (aside, G_FILE_TEST_IS_SYMLINK) || !g_file_test (aside, G_FILE_TEST_IS_DIR))
      continue;
    if (!erase_all (aside, removed, error))
      return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS (own); i++)
      if (!lanmu_vault_erase (aside, own[i], error))
        return FALSE;
  }
  return TRUE;
}

gboolean lanmu_purge_run (LanmuDb *db, const LanmuPurgePlan *plan, const char *reason, const char *actor, char **record, GError **error)
{
  guint removed = 0;
  g_autofree char *begun = NULL, *fresh = NULL;
  LanmuPurgeState state;
  if (!lanmu_purge_get (db, &state, &begun, error))
    return FALSE;
  if (state == LANMU_PURGE_DONE) {
    *record = g_steal_pointer (&begun);
    return TRUE;
  }
  if (state == LANMU_PURGE_NONE) {
    begun = may_begin (plan, reason, error) ? make_record (plan, reason, actor) : NULL;
    if (begun == NULL || !lanmu_purge_begin (db, begun, actor, error))
      return FALSE;
  }
  if (!erase_all (lanmu_db_get_data_dir (db), &removed, error) || (plan->second_there && !erase_all (plan->second, &removed, error)) ||
      !erase_aside (lanmu_db_get_data_dir (db), &removed, error) || !lanmu_purge_rows (db, actor, error))
    return FALSE;
  fresh = end_record (begun, removed, *plan->second != '\0' && !plan->second_there ? plan->second : "");
  if (!lanmu_purge_finish (db, fresh, actor, error))
    return FALSE;
  *record = g_steal_pointer (&fresh);
  return TRUE;
}
