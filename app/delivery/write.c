/* Writing a delivery; see write.h. */
#include "app/delivery/write.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/delivery/key.h"
#include "app/delivery/manifest.h"
#include "app/delivery/prints.h"
#include "app/delivery/sink.h"

typedef struct {
  const LanmuDeliveryOrder *order;
  LanmuDeliveryMade *made;
  char *part; /* TARGET.part */
  LanmuSink *sink;
} Writing;

void lanmu_delivery_made_clear (LanmuDeliveryMade *self)
{
  g_free (self->fingerprint);
  *self = (LanmuDeliveryMade){0};
}

static gboolean fail (GError **error, const char *verb, const char *path)
{
  int code = errno;
  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (code), "%s %s: %s", verb, path, g_strerror (code));
  return FALSE;
}

/* -- the pictures -- */

static gboolean is_stopped (const LanmuDeliveryOrder *order, GError **error)
{
  if (order->stop == NULL || g_atomic_int_get (order->stop) == 0)
    return FALSE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Stopped; the same command goes on where this one stopped");
  return TRUE;
}

static gboolean write_pictures (Writing *w, GError **error)
{
  const GPtrArray *files = w->order->plan->files;
  for (guint i = 0; i < files->len; i++) {
    if (is_stopped (w->order, error) || !lanmu_sink_picture (w->sink, files->pdata[i], error))
      return FALSE;
    if (w->order->progress)
      w->order->progress (i + 1, files->len, w->order->progress_data);
  }
  return TRUE;
}

/* -- what stands beside them -- */

/* The writers of other libraries want a path. It lies in the data folder, which only its owner reads, and is gone at
 * once. */
static gboolean write_table (Writing *w, const LanmuTable *table, LanmuTableForm form, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/.%s", w->order->data_dir, lanmu_table_form_file (form));
  char *text;
  gsize size;
  if (remove (path) != 0 && errno != ENOENT)
    return fail (error, "Cannot write", path);
  gboolean ok = lanmu_table_write (table, form, path, error) && g_file_get_contents (path, &text, &size, error);
  remove (path);
  if (!ok)
    return FALSE;
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, size);
  return lanmu_sink_bytes (w->sink, lanmu_table_form_file (form), bytes, error);
}

static gboolean write_tables (Writing *w, GError **error)
{
  g_autoptr (LanmuTable) table = lanmu_table_new (w->order->plan, w->order->with_id);
  for (guint form = 0; form < LANMU_TABLE_N_FORMS; form++)
    if ((w->order->tables & (1u << form)) && !write_table (w, table, form, error))
      return FALSE;
  return TRUE;
}

static void add_string (JsonBuilder *json, const char *name, const char *value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, value);
}

static void add_int (JsonBuilder *json, const char *name, gint64 value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, value);
}

/* Everybody who is not in it as asked, by name. */
static void add_problems (JsonBuilder *json, const LanmuDeliveryPlan *plan)
{
  json_builder_set_member_name (json, "named");
  json_builder_begin_array (json);
  for (guint i = 0; i < plan->problems->len; i++) {
    const LanmuDeliveryProblem *problem = plan->problems->pdata[i];
    json_builder_begin_object (json);
    add_string (json, "who", problem->who);
    add_string (json, "kind", lanmu_delivery_problem_word (problem->kind));
    add_string (json, "message", problem->message);
    json_builder_end_object (json);
  }
  json_builder_end_array (json);
}

/* outer: what stands beside the zips says nothing of anybody. */
static GBytes *about (Writing *w, gboolean outer)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *made = g_date_time_format_iso8601 (now);
  json_builder_begin_object (json);
  add_int (json, "format", 1);
  add_string (json, "uuid", w->made->uuid);
  add_string (json, "campaign", w->order->campaign->name);
  add_string (json, "campaign_uuid", w->order->campaign->uuid);
  add_string (json, "school_code", w->order->campaign->school_code);
  add_string (json, "profile", w->order->campaign->profile);
  add_string (json, "kind", w->order->kind);
  add_string (json, "made", made);
  add_int (json, "people", w->order->plan->delivered);
  add_int (json, "files", w->order->plan->files->len);
  add_int (json, "delivered_before", w->order->plan->already);
  if (!outer)
    add_problems (json, w->order->plan);
  json_builder_end_object (json);
  g_autoptr (JsonNode) root = json_builder_get_root (json);
  g_autofree char *text = json_to_string (root, TRUE);
  char *lines = g_strconcat (text, "\n", NULL);
  return g_bytes_new_take (lines, strlen (lines));
}

static GBytes *sign (Writing *w, GBytes *manifest, GError **error)
{
  LanmuDeliveryKey key;
  guint8 signature[LANMU_SIGNATURE_BYTES];
  if (!lanmu_delivery_key_load (w->order->data_dir, &key, error))
    return NULL;
  lanmu_delivery_key_sign (&key, g_bytes_get_data (manifest, NULL), g_bytes_get_size (manifest), signature);
  g_free (w->made->fingerprint);
  w->made->fingerprint = lanmu_delivery_key_fingerprint (key.public);
  g_autofree char *public = g_base64_encode (key.public, sizeof key.public);
  g_autofree char *signed_text = g_base64_encode (signature, sizeof signature);
  lanmu_delivery_key_wipe (&key);
  char *line = g_strdup_printf ("%s %s\n", public, signed_text);
  return g_bytes_new_take (line, strlen (line));
}

/* Sums and signature into `sink`, of what went through it. */
static gboolean close_sums (Writing *w, LanmuSink *sink, GError **error)
{
  g_autoptr (GBytes) sums = lanmu_manifest_to_bytes (lanmu_sink_get_manifest (sink));
  g_autoptr (GBytes) signature = sign (w, sums, error);
  g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, sums);
  g_strlcpy (w->made->manifest_sha256, sum, sizeof w->made->manifest_sha256);
  return signature && lanmu_sink_unlisted (sink, LANMU_MANIFEST_NAME, sums, error) &&
         lanmu_sink_unlisted (sink, LANMU_SIGNATURE_NAME, signature, error);
}

/* Zips stand in a folder that is a delivery itself: sums, signature and what it is. */
static gboolean write_outer (Writing *w, GError **error)
{
  g_autoptr (LanmuSink) outer = lanmu_sink_folder_new (w->part, w->order->data_dir);
  g_autoptr (GBytes) what = about (w, TRUE);
  return lanmu_sink_finish (w->sink, lanmu_sink_get_manifest (outer), error) &&
         lanmu_sink_bytes (outer, LANMU_ABOUT_NAME, what, error) && close_sums (w, outer, error);
}

static gboolean write_inner (Writing *w, GError **error)
{
  g_autoptr (GBytes) what = about (w, FALSE);
  if (!lanmu_sink_bytes (w->sink, LANMU_ABOUT_NAME, what, error))
    return FALSE;
  w->made->files = lanmu_sink_get_manifest (w->sink)->lines->len;
  w->made->kept = lanmu_sink_get_kept (w->sink);
  if (w->order->zip != NULL)
    return close_sums (w, w->sink, error) && write_outer (w, error);
  return lanmu_sink_finish (w->sink, NULL, error) && close_sums (w, w->sink, error);
}

/* One sync for everything: a stick with thousands of files would take minutes otherwise. */
static gboolean sync_part (const char *part, GError **error)
{
  int fd = open (part, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    return fail (error, "Cannot open", part);
  gboolean ok = syncfs (fd) == 0 || fail (error, "Cannot write", part);
  close (fd);
  return ok;
}

static gboolean fill (Writing *w, GError **error)
{
  return write_pictures (w, error) &&
         lanmu_prints_write (w->order->plan, w->order->prints, w->sink, w->order->stop, error) &&
         write_tables (w, error) && write_inner (w, error) && sync_part (w->part, error);
}

gboolean lanmu_delivery_fill (const LanmuDeliveryOrder *order, LanmuDeliveryMade *made, GError **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *part = g_strconcat (order->target, ".part", NULL);
  g_autoptr (LanmuSink) sink = order->zip ? lanmu_sink_zip_new (part, order->data_dir, order->zip)
                                          : lanmu_sink_folder_new (part, order->data_dir);
  Writing w = {.order = order, .made = made, .part = part, .sink = sink};

  if (g_file_test (order->target, G_FILE_TEST_EXISTS)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS,
                 "%s is there already: name a folder that is not, nothing is written over", order->target);
    return FALSE;
  }
  if (g_mkdir_with_parents (part, 0755) != 0)
    return fail (error, "Cannot make the folder", part);
  g_strlcpy (made->uuid, uuid, sizeof made->uuid);
  return fill (&w, error);
}

gboolean lanmu_delivery_place (const char *target, GError **error)
{
  g_autofree char *part = g_strconcat (target, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (target);
  /* FAT has no RENAME_NOREPLACE; a folder that is not empty is never replaced by rename, an empty one may be. */
  if (rename (part, target) != 0)
    return fail (error, "Cannot make", target);
  return sync_part (folder, error);
}

char *lanmu_delivery_read_uuid (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, LANMU_ABOUT_NAME, NULL);
  g_autoptr (JsonParser) parser = json_parser_new ();
  if (!json_parser_load_from_file (parser, path, NULL) || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    return NULL;
  return g_strdup (
      json_object_get_string_member_with_default (json_node_get_object (json_parser_get_root (parser)), "uuid", NULL));
}
