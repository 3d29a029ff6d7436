/* lanmuctl doctor: what stands in the way of a day's work, one line a check. Changes nothing. */
#include "app/ctl/ctl.h"

#include <gio/gio.h>
#include <stdio.h>
#include <unistd.h>

#include "app/format.h"
#include "app/sentence.h"
#include "capture/face/engine.h"
#include "capture/hostprocess.h"
#include "capture/usbwatch.h"
#include "db/backups.h"
#include "db/campaign.h"
#include "db/datadir.h"
#include "db/lock.h"
#include "db/secondcopy.h"
#include "db/settings.h"
#include "db/shots.h"
#include "db/students.h"
#include "db/tickets.h"

#define LITTLE_ROOM (G_GINT64_CONSTANT (10) * 1000 * 1000 * 1000) /* a class day of RAW+JPEG */
#define NO_ROOM     (G_GINT64_CONSTANT (500) * 1000 * 1000)

typedef enum { FINE, WARN, FAIL } Verdict;

typedef struct {
  LanmuCtl *ctl;
  guint fails;
} Doctor;

static void say (Doctor *doctor, const char *check, Verdict verdict, const char *format, ...) G_GNUC_PRINTF (4, 5);

static void say (Doctor *doctor, const char *check, Verdict verdict, const char *format, ...)
{
  static const char *const words[] = {"ok", "warn", "fail"};
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  doctor->fails += verdict == FAIL;
  if (!doctor->ctl->json) {
    lanmu_ctl_print ("%s  %-10s %s\n", verdict == FINE ? "✓" : verdict == WARN ? "!" : "✗", check, message);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "check", check);
  lanmu_ctl_json_string (builder, "verdict", words[verdict]);
  lanmu_ctl_json_string (builder, "message", message);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void say_error (Doctor *doctor, const char *check, Verdict verdict, const GError *error)
{
  g_autofree char *sentence = lanmu_sentence_new (error);
  say (doctor, check, verdict, "%s", sentence);
}

/* -- the folder -- */

static gboolean check_folder (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  if (!lanmu_datadir_check (doctor->ctl->data_dir, TRUE, &error)) {
    say_error (doctor, "folder", FAIL, error);
    return FALSE;
  }
  say (doctor, "folder", FINE, _ ("%s can be written."), doctor->ctl->data_dir);
  return TRUE;
}

static void check_disk (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  gint64 bytes = lanmu_datadir_get_free_bytes (doctor->ctl->data_dir, &error);
  if (bytes < 0) {
    say_error (doctor, "disk", FAIL, error);
    return;
  }
  g_autofree char *size = lanmu_format_size (bytes);
  if (bytes < NO_ROOM)
    say (doctor, "disk", FAIL, _ ("Only %s are free: make room before shooting."), size);
  else if (bytes < LITTLE_ROOM)
    say (doctor, "disk", WARN, _ ("%s are free: little for a whole day."), size);
  else
    say (doctor, "disk", FINE, _ ("%s are free."), size);
}

static void check_database (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_db_open (doctor->ctl->data_dir, LANMU_DB_READ_ONLY, &error);
  g_autoptr (LanmuCampaignRow) campaign = db != NULL ? lanmu_campaign_get (db, &error) : NULL;
  g_autoptr (GPtrArray) open = campaign != NULL ? lanmu_tickets_get_all (db, LANMU_TICKET_OPEN, &error) : NULL;
  gint64 students = open != NULL ? lanmu_students_count (db, LANMU_STUDENT_ANY_STATE, &error) : -1;
  if (students < 0 || !lanmu_db_check (db, FALSE, &error)) {
    say_error (doctor, "database", FAIL, error);
    return;
  }
  say (doctor, "database", FINE, _ ("Campaign “%s”, %d students."), campaign->name, (int) students);
  if (students == 0)
    say (doctor, "list", WARN, "%s", _ ("There is no student list yet: `lanmuctl import FILE`."));
  if (open->len > 0)
    say (doctor, "tickets", WARN, _ ("%u releases wait for their picture: connect the camera and start the station."),
         open->len);
}

/* -- the copies -- */

static void check_backups (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_build_filename (doctor->ctl->data_dir, LANMU_DATADIR_BACKUPS, NULL);
  g_autoptr (GPtrArray) rows = lanmu_backups_list (folder, &error);
  if (rows == NULL) {
    say_error (doctor, "backups", WARN, error);
    return;
  }
  if (rows->len == 0) {
    say (doctor, "backups", WARN, "%s", _ ("There is no copy of the database yet: the station makes them while it runs."));
    return;
  }
  const LanmuBackupRow *newest = g_ptr_array_index (rows, 0);
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (newest->wall_us / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (when, "%Y-%m-%d %H:%M");
  say (doctor, "backups", FINE, _ ("%u copies of the database, the newest of %s."), rows->len, time);
}

typedef struct {
  const char *folder;
  guint missing;
} SecondCount;

static gboolean count_missing (const LanmuShotRow *shot, gpointer data)
{
  SecondCount *count = data;
  count->missing += !lanmu_second_copy_has (count->folder, shot->path, shot->size);
  return TRUE;
}

static void check_second (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_db_open (doctor->ctl->data_dir, LANMU_DB_READ_ONLY, NULL);
  g_autofree char *folder = db != NULL ? lanmu_setting_get (db, LANMU_SETTING_SECOND_COPY, "", NULL) : NULL;
  if (folder == NULL)
    return; /* the database's own check says why */
  if (*folder == '\0') {
    say (doctor, "second", WARN, "%s", _ ("There is no second copy on another disk: `lanmuctl backup --second DIR`."));
    return;
  }
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, &error);
  SecondCount count = {.folder = folder};
  if (campaign == NULL || !lanmu_second_copy_check (folder, campaign->uuid, &error) ||
      !lanmu_shots_list (db, 0, LANMU_SHOT_ANY_STATE, count_missing, &count, &error))
    say_error (doctor, "second", WARN, error);
  else if (count.missing > 0)
    say (doctor, "second", WARN, _ ("%u pictures are not in the second copy %s yet: start the station."), count.missing, folder);
  else
    say (doctor, "second", FINE, _ ("The second copy %s has every picture."), folder);
}

/* Asks for the lock and lets go of it at once. */
static void check_lock (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuLock) lock = lanmu_lock_acquire (doctor->ctl->data_dir, "lanmuctl", &error);
  if (lock != NULL)
    say (doctor, "lock", FINE, "%s", _ ("No other program has the folder open."));
  else
    say_error (doctor, "lock", g_error_matches (error, LANMU_DB_ERROR, LANMU_DB_ERROR_IN_USE) ? WARN : FAIL, error);
}

/* -- the machine -- */

static void check_host (Doctor *doctor)
{
  g_autofree char *program = lanmu_host_process_find_program ();
  if (program == NULL || access (program, X_OK) < 0)
    say (doctor, "host", FAIL, _ ("The camera program lanmu-camera was not found (%s): install Lanmu again."),
         program != NULL ? program : "–");
  else
    say (doctor, "host", FINE, "%s", program);
}

static void check_language (Doctor *doctor)
{
  g_autofree char *file = g_build_filename (lanmu_i18n_get_dir (), "zh_CN", "LC_MESSAGES", GETTEXT_PACKAGE ".mo", NULL);
  if (g_file_test (file, G_FILE_TEST_EXISTS))
    say (doctor, "language", FINE, "%s", file);
  else
    say (doctor, "language", WARN, _ ("The Chinese translation is missing (%s): install Lanmu again."), file);
}

static void check_fonts (Doctor *doctor)
{
  g_autofree char *program = g_find_program_in_path ("fc-list");
  g_autofree char *list = NULL;
  if (program == NULL) {
    say (doctor, "fonts", WARN, "%s",
         _ ("fc-list is missing: whether Chinese names can be shown is not known (package fontconfig)."));
    return;
  }
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL, program, ":lang=zh-cn", "family", NULL);
  if (process != NULL && g_subprocess_communicate_utf8 (process, NULL, NULL, &list, NULL, NULL) && list != NULL &&
      *list != '\0')
    say (doctor, "fonts", FINE, "%s", _ ("There is a font for Chinese names."));
  else
    say (doctor, "fonts", FAIL, "%s", _ ("There is no font for Chinese names: install fonts-noto-cjk."));
}

static gboolean is_running (const char *name)
{
  g_autoptr (GDir) proc = g_dir_open ("/proc", 0, NULL);
  const char *entry;
  while (proc != NULL && (entry = g_dir_read_name (proc)) != NULL) {
    g_autofree char *path = g_build_filename ("/proc", entry, "comm", NULL);
    g_autofree char *comm = NULL;
    if (g_ascii_isdigit (*entry) && g_file_get_contents (path, &comm, NULL, NULL) && g_str_has_prefix (comm, name))
      return TRUE;
  }
  return FALSE;
}

/* The kernel cuts names at 15 characters: gvfs-gphoto2-volume-monitor shows as gvfs-gphoto2-vo. */
static void check_gvfs (Doctor *doctor)
{
  if (is_running ("gvfs-gphoto2"))
    say (doctor, "gvfs", WARN, "%s",
         _ ("The desktop mounts cameras (gvfs): Lanmu takes the mount away by itself; close the file manager if the "
            "camera stays claimed."));
  else
    say (doctor, "gvfs", FINE, "%s", _ ("Nothing on this desktop mounts cameras."));
}

static void ignore_plug (const char *port, gboolean plugged, gpointer data)
{
}

static void check_one_camera (Doctor *doctor, const char *port)
{
  int bus = 0, device = 0;
  if (sscanf (port, "usb:%d,%d", &bus, &device) != 2)
    return;
  g_autofree char *node = g_strdup_printf ("/dev/bus/usb/%03d/%03d", bus, device);
  if (access (node, R_OK | W_OK) == 0)
    say (doctor, "camera", FINE, _ ("%s can be used."), port);
  else
    say (doctor, "camera", FAIL,
         _ ("%s may not be used by this user: install libgphoto2-6 (udev rules) and plug the camera in again."), port);
}

static void check_cameras (Doctor *doctor)
{
  LanmuUsbWatch *watch = lanmu_usb_watch_new (ignore_plug, NULL);
  g_autoptr (GPtrArray) ports = lanmu_usb_watch_list (watch);
  for (guint i = 0; i < ports->len; i++)
    check_one_camera (doctor, g_ptr_array_index (ports, i));
  if (ports->len == 0)
    say (doctor, "camera", WARN, "%s", _ ("No camera is plugged in by USB."));
  if (ports->len > 1)
    say (doctor, "camera", WARN, _ ("%u cameras are plugged in: say which by --camera usb:serial=…."), ports->len);
  lanmu_usb_watch_free (watch);
}

/* -- the face models -- */

static void check_faces (Doctor *doctor)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuFaceEngine) engine = lanmu_face_engine_new (NULL, &error);
  if (engine != NULL)
    say (doctor, "faces", FINE, "%s", _ ("The face models are there."));
  else if (g_error_matches (error, LANMU_FACE_ERROR, LANMU_FACE_ERROR_NO_MODELS))
    say (doctor, "faces", WARN, "%s", _ ("The face models are missing, faces are not checked: run packaging/fetch-models once."));
  else
    say (doctor, "faces", WARN, _ ("The face models cannot be used, faces are not checked: %s"), error->message);
}

int lanmu_ctl_doctor (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  Doctor doctor = {.ctl = ctl};
  if (!lanmu_ctl_parse (ctl, argc, argv, NULL, 0, 0, NULL, &code))
    return code;
  if (check_folder (&doctor)) {
    check_disk (&doctor);
    check_database (&doctor);
    check_backups (&doctor);
    check_second (&doctor);
    check_lock (&doctor);
  }
  check_host (&doctor);
  check_cameras (&doctor);
  check_gvfs (&doctor);
  check_faces (&doctor);
  check_fonts (&doctor);
  check_language (&doctor);
  if (doctor.fails == 0)
    return LANMU_CTL_DONE;
  LanmuCtl plain = *ctl;
  plain.json = FALSE; /* each check was a JSON answer */
  return lanmu_ctl_refuse (&plain, "doctor",
                           ngettext ("%u thing stands in the way; see the line above.",
                                     "%u things stand in the way; see the lines above.", doctor.fails),
                           doctor.fails);
}
