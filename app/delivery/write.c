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

#include "app/delivery/copy.h"
#include "app/delivery/key.h"
#include "app/delivery/leftover.h"
#include "app/delivery/manifest.h"

typedef struct {
  const LanmuDeliveryOrder *order;
  LanmuDeliveryMade *made;
  char *part;             /* TARGET.part */
  LanmuManifest *manifest;
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

static gboolean is_there (const char *path, const char *sha256)
{
  char found[65];
  return lanmu_delivery_sum (path, found, NULL) && g_str_equal (found, sha256);
}

static gboolean write_picture (Writing *w, const LanmuDeliveryFile *file, GError **error)
{
  g_autofree char *to = g_build_filename (w->part, file->path, NULL);
  g_autofree char *from = g_build_filename (w->order->data_dir, file->source, NULL);
  char written[65];

  if (is_there (to, file->sha256)) {
    w->made->kept++;
  } else {
    if (!lanmu_delivery_copy (from, to, written, error))
      return FALSE;
    if (!g_str_equal (written, file->sha256)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "The file %s is not the picture that was recorded: run `lanmuctl verify`, take it from the second copy, then deliver again", from);
      return FALSE;
    }
  }
  lanmu_manifest_add (w->manifest, file->path, file->sha256);
  return TRUE;
}

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
    if (is_stopped (w->order, error) || !write_picture (w, files->pdata[i], error))
      return FALSE;
    if (w->order->progress)
      w->order->progress (i + 1, files->len, w->order->progress_data);
  }
  return TRUE;
}

/* -- what stands beside them -- */

static gboolean put (Writing *w, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *to = g_build_filename (w->part, name, NULL);
  char sum[65];
  if (!lanmu_delivery_put (bytes, to, sum, error))
    return FALSE;
  lanmu_manifest_add (w->manifest, name, sum);
  return TRUE;
}

static gboolean write_table (Writing *w, GError **error)
{
  g_autoptr (GBytes) bytes = lanmu_delivery_table_csv (w->order->plan, w->order->encoding, w->order->with_id, error);
  return bytes && put (w, "list.csv", bytes, error);
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

static gboolean write_about (Writing *w, GError **error)
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
  add_problems (json, w->order->plan);
  json_builder_end_object (json);
  g_autoptr (JsonNode) root = json_builder_get_root (json);
  g_autofree char *text = json_to_string (root, TRUE);
  g_autofree char *lines = g_strconcat (text, "\n", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (lines, strlen (lines));
  return put (w, LANMU_ABOUT_NAME, bytes, error);
}

static gboolean write_signature (Writing *w, GBytes *manifest, GError **error)
{
  LanmuDeliveryKey key;
  guint8 signature[LANMU_SIGNATURE_BYTES];
  char sum[65];
  if (!lanmu_delivery_key_load (w->order->data_dir, &key, error))
    return FALSE;
  lanmu_delivery_key_sign (&key, g_bytes_get_data (manifest, NULL), g_bytes_get_size (manifest), signature);
  w->made->fingerprint = lanmu_delivery_key_fingerprint (key.public);
  g_autofree char *public = g_base64_encode (key.public, sizeof key.public);
  g_autofree char *signed_text = g_base64_encode (signature, sizeof signature);
  lanmu_delivery_key_wipe (&key);
  g_autofree char *line = g_strdup_printf ("%s %s\n", public, signed_text);
  g_autofree char *to = g_build_filename (w->part, LANMU_SIGNATURE_NAME, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (line, strlen (line));
  return lanmu_delivery_put (bytes, to, sum, error);
}

static gboolean write_manifest (Writing *w, GError **error)
{
  g_autoptr (GBytes) bytes = lanmu_manifest_to_bytes (w->manifest);
  g_autofree char *to = g_build_filename (w->part, LANMU_MANIFEST_NAME, NULL);
  w->made->files = w->manifest->lines->len;
  return lanmu_delivery_put (bytes, to, w->made->manifest_sha256, error) && write_signature (w, bytes, error);
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
  return write_pictures (w, error) && write_table (w, error) && write_about (w, error) &&
         lanmu_delivery_drop_leftovers (w->part, w->manifest, error) && write_manifest (w, error) && sync_part (w->part, error);
}

gboolean lanmu_delivery_fill (const LanmuDeliveryOrder *order, LanmuDeliveryMade *made, GError **error)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *part = g_strconcat (order->target, ".part", NULL);
  g_autoptr (LanmuManifest) manifest = lanmu_manifest_new ();
  Writing w = {.order = order, .made = made, .part = part, .manifest = manifest};

  if (g_file_test (order->target, G_FILE_TEST_EXISTS)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s is there already: name a folder that is not, nothing is written over", order->target);
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
  return g_strdup (json_object_get_string_member_with_default (json_node_get_object (json_parser_get_root (parser)), "uuid", NULL));
}
