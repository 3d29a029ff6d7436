/* Download and listing: see the header. The library writes through a handler of ours, so that progress is seen and a
 * fault of our own disk does not tear the camera's data phase: what cannot be written is swallowed and told at the end.
 */
#include "capture/host/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define DEEPEST_FOLDER 8
#define PIECE_LEAST    (128 * 1024) /* bytes between two reports of what is written */

typedef struct {
  LanmuBody *body;
  LanmuReport *report;
  guint64 id;
  int fd;
  guint64 written, told;
  int error_number; /* first failure of our own writing */
} Sink;

static int on_size (void *data, uint64_t *size)
{
  *size = ((Sink *) data)->written;
  return GP_OK;
}

static int on_read (void *data, unsigned char *bytes, uint64_t *length)
{
  return GP_ERROR_NOT_SUPPORTED;
}

/* The disk begins with these bytes while the camera sends the next ones: what is left to the sync that makes the shot
 * durable is then short. Only a hint (it waits for nothing, and takes no error away from that sync). */
static void begin_writeback (const Sink *sink, guint64 size)
{
  if (sync_file_range (sink->fd, (off_t) sink->written, (off_t) size, SYNC_FILE_RANGE_WRITE) != 0)
    errno = 0;
}

static int on_write (void *data, unsigned char *bytes, uint64_t *length)
{
  Sink *sink = data;
  uint64_t done = 0;
  lanmu_body_progress (sink->body);
  while (sink->error_number == 0 && done < *length) {
    ssize_t count = pwrite (sink->fd, bytes + done, *length - done, (off_t) (sink->written + done));
    if (count > 0)
      done += (uint64_t) count;
    else if (count == 0 || errno != EINTR)
      sink->error_number = count == 0 ? ENOSPC : errno;
  }
  begin_writeback (sink, done);
  sink->written += done;
  if (sink->error_number == 0 && sink->written - sink->told >= PIECE_LEAST) {
    sink->told = sink->written;
    lanmu_report (sink->report, LANMU_MESSAGE_PIECE, sink->id, g_variant_new ("(t)", sink->written));
  }
  return GP_OK;
}

static guint64 size_in_directory (LanmuBody *body, const char *folder, const char *name)
{
  CameraFileInfo info;
  memset (&info, 0, sizeof info);
  lanmu_body_begin (body, LANMU_OP_LIST);
  if (!lanmu_body_end (body, gp_camera_file_get_info (body->camera, folder, name, &info, body->context)))
    return 0;
  return (info.file.fields & GP_FILE_INFO_SIZE) ? info.file.size : 0;
}

gboolean lanmu_files_fetch (LanmuBody *body, LanmuReport *report, guint64 id, const char *folder, const char *name,
                            int fd)
{
  static CameraFileHandler handler = {.size = on_size, .read = on_read, .write = on_write};
  Sink sink = {.body = body, .report = report, .id = id, .fd = fd};
  CameraFile *file = NULL;
  guint64 said = size_in_directory (body, folder, name);
  if (!body->broken && ftruncate (fd, 0) != 0)
    sink.error_number = errno;
  gboolean good = !body->broken && sink.error_number == 0 && gp_file_new_from_handler (&file, &handler, &sink) == GP_OK;
  if (good) {
    lanmu_body_begin (body, LANMU_OP_FETCH);
    good = lanmu_body_end (body,
                           gp_camera_file_get (body->camera, folder, name, GP_FILE_TYPE_NORMAL, file, body->context));
  }
  g_clear_pointer (&file, gp_file_unref);
  LanmuTrouble trouble = LANMU_TROUBLE_NONE;
  const char *detail = "";
  if (sink.error_number != 0) {
    trouble = LANMU_TROUBLE_OTHER;
    detail = g_strerror (sink.error_number);
  } else if (!good) {
    trouble = body->trouble != LANMU_TROUBLE_NONE ? body->trouble : LANMU_TROUBLE_OTHER;
    detail = body->detail;
  }
  lanmu_report_fetched (report, id, trouble, detail, sink.error_number, said, sink.written);
  return !body->broken;
}

static void list_file (LanmuBody *body, GVariantBuilder *found, const char *folder, const char *name)
{
  g_autoptr (LanmuCameraFile) file = lanmu_camera_file_new (folder, name, 0, 0);
  if (!lanmu_camera_file_is_jpeg (file) && !lanmu_camera_file_is_raw (file))
    return;
  CameraFileInfo info;
  memset (&info, 0, sizeof info);
  lanmu_body_begin (body, LANMU_OP_LIST);
  if (!lanmu_body_end (body, gp_camera_file_get_info (body->camera, folder, name, &info, body->context)))
    memset (&info, 0, sizeof info);
  g_autofree char *valid_folder = lanmu_message_text (folder);
  g_autofree char *valid_name = lanmu_message_text (name);
  g_variant_builder_add (found, "(sstx)", valid_folder, valid_name,
                         (info.file.fields & GP_FILE_INFO_SIZE) ? (guint64) info.file.size : 0,
                         (info.file.fields & GP_FILE_INFO_MTIME) ? (gint64) info.file.mtime : 0);
}

/* Names in folder; NULL when the library refuses. */
static CameraList *names_in (LanmuBody *body, const char *folder, gboolean folders)
{
  CameraList *list = NULL;
  if (gp_list_new (&list) != GP_OK)
    return NULL;
  lanmu_body_begin (body, LANMU_OP_LIST);
  int result = folders ? gp_camera_folder_list_folders (body->camera, folder, list, body->context)
                       : gp_camera_folder_list_files (body->camera, folder, list, body->context);
  if (!lanmu_body_end (body, result))
    g_clear_pointer (&list, gp_list_free);
  return list;
}

static void list_folder (LanmuBody *body, GVariantBuilder *found, const char *folder, int depth)
{
  CameraList *files = names_in (body, folder, FALSE);
  for (int i = 0; files != NULL && !body->broken && i < gp_list_count (files); i++) {
    const char *name = NULL;
    if (gp_list_get_name (files, i, &name) == GP_OK && name != NULL)
      list_file (body, found, folder, name);
  }
  g_clear_pointer (&files, gp_list_free);
  CameraList *folders = depth < DEEPEST_FOLDER && !body->broken ? names_in (body, folder, TRUE) : NULL;
  for (int i = 0; folders != NULL && !body->broken && i < gp_list_count (folders); i++) {
    const char *name = NULL;
    if (gp_list_get_name (folders, i, &name) != GP_OK || name == NULL)
      continue;
    g_autofree char *path = g_strconcat (strcmp (folder, "/") == 0 ? "" : folder, "/", name, NULL);
    list_folder (body, found, path, depth + 1);
  }
  g_clear_pointer (&folders, gp_list_free);
}

gboolean lanmu_files_list (LanmuBody *body, LanmuReport *report, guint64 id)
{
  GVariantBuilder found;
  g_variant_builder_init (&found, G_VARIANT_TYPE ("a(sstx)"));
  list_folder (body, &found, "/", 0);
  g_autofree char *detail = lanmu_message_text (body->broken ? body->detail : "");
  lanmu_report (report, LANMU_MESSAGE_LISTED, id,
                g_variant_new ("(us@a(sstx))", (guint32) (body->broken ? body->trouble : LANMU_TROUBLE_NONE), detail,
                               g_variant_builder_end (&found)));
  return !body->broken;
}
