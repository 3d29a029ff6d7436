/* Draining events: see the header. Asked with a timeout of 0 where that means "once": the library's back-off sleeps
 * never run here. */
#include "capture/host/events.h"

#include <stdlib.h>
#include <string.h>

#define MOST_EVENTS   2000 /* one drain; a camera that never stops must not hold the loop */
#define MOST_FAILURES 20   /* refused askings in a row: no longer a camera that tells of its pictures */
#define DRAIN_TIME_US (2 * G_USEC_PER_SEC)

/* TRUE when the camera's report of this file is the first one in this connection. */
static gboolean remember (LanmuBody *body, const CameraFilePath *path)
{
  return g_hash_table_add (body->announced, g_strdup_printf ("%s/%s", path->folder, path->name));
}

static LanmuCameraFile *describe (LanmuBody *body, const CameraFilePath *path)
{
  CameraFileInfo info;
  memset (&info, 0, sizeof info);
  lanmu_body_begin (body, LANMU_OP_EVENTS);
  int result = gp_camera_file_get_info (body->camera, path->folder, path->name, &info, body->context);
  if (!lanmu_body_end (body, result))
    memset (&info, 0, sizeof info);
  g_autofree char *folder = lanmu_message_text (path->folder);
  g_autofree char *name = lanmu_message_text (path->name);
  return lanmu_camera_file_new (folder, name, (info.file.fields & GP_FILE_INFO_SIZE) ? info.file.size : 0,
                                (info.file.fields & GP_FILE_INFO_MTIME) ? (gint64) info.file.mtime : 0);
}

void lanmu_events_announce (LanmuBody *body, LanmuReport *report, guint64 tag, const CameraFilePath *path,
                            LanmuNews *news)
{
  gint64 now = lanmu_boot_us ();
  if (!remember (body, path))
    return;
  g_autoptr (LanmuCameraFile) file = describe (body, path);
  lanmu_report_announced (report, tag, file, now);
  if (lanmu_camera_file_is_jpeg (file))
    news->jpegs++;
  else if (lanmu_camera_file_is_raw (file))
    news->raws++;
  else
    news->others++;
}

/* "PTP Property d111 changed, "batterylevel" to "Low"": an EOS says it this way only, a Nikon sooner than it is asked.
 */
static void note_battery (LanmuBody *body, const char *text, LanmuNews *news)
{
  static const char mark[] = "\"batterylevel\" to \"";
  const char *at = strstr (text, mark);
  g_autofree char *value = at != NULL ? g_strdup (at + strlen (mark)) : NULL;
  if (value == NULL)
    return;
  value[strcspn (value, "\"")] = '\0';
  int battery = lanmu_battery_parse (value);
  news->health = news->health || (battery >= 0 && battery != body->battery);
  body->battery = battery >= 0 ? battery : body->battery;
}

/* TempStatus of an EOS (PTP property d1ab): the library tells that it changed, not to what. In the first drain
 * everything "changed". */
static void note_heat (LanmuBody *body, const char *text)
{
  if (body->heard && strstr (text, "Property d1ab changed") != NULL)
    body->heat_spoke = TRUE;
}

static void note (LanmuBody *body, const char *text, LanmuNews *news)
{
  if (text == NULL)
    return;
  if (strstr (text, "StoreRemoved") != NULL)
    body->card_out = TRUE;
  else if (strstr (text, "StoreAdded") != NULL)
    body->card_in = TRUE;
  else if (strstr (text, "ObjectRemoved") != NULL || strstr (text, "Object Removed") != NULL)
    g_hash_table_remove_all (body->announced); /* the name may be given again to a new picture */
  else if (strstr (text, "Property") != NULL) {
    news->quality = TRUE;
    body->shutter_stale = TRUE;
    note_battery (body, text, news);
    note_heat (body, text);
  }
}

gboolean lanmu_events_drain (LanmuBody *body, LanmuReport *report, guint64 tag, LanmuNews *news)
{
  gint64 until = g_get_monotonic_time () + DRAIN_TIME_US;
  for (int i = 0; i < MOST_EVENTS; i++) {
    CameraEventType type = GP_EVENT_TIMEOUT;
    void *data = NULL;
    lanmu_body_begin (body, LANMU_OP_EVENTS);
    int result = gp_camera_wait_for_event (body->camera, body->brand->polls_free ? 0 : 1, &type, &data, body->context);
    gboolean good = lanmu_body_end (body, result);
    if (good && type == GP_EVENT_FILE_ADDED && data != NULL)
      lanmu_events_announce (body, report, tag, data, news);
    else if (good && type == GP_EVENT_CAPTURE_COMPLETE)
      news->complete = TRUE;
    else if (good && type == GP_EVENT_UNKNOWN)
      note (body, data, news);
    free (data);
    body->mute = good ? 0 : body->mute + 1;
    body->broken = body->broken || body->mute >= MOST_FAILURES;
    if (!good)
      return !body->broken;
    body->heard = body->heard || type == GP_EVENT_TIMEOUT;
    if (type == GP_EVENT_TIMEOUT || g_get_monotonic_time () > until)
      break;
  }
  return !body->broken;
}
