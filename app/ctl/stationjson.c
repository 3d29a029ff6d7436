/* See stationjson.h. */
#include "app/ctl/stationjson.h"

#include "app/roles/desk.h"

#include <stdio.h>
#include <sys/resource.h>

static void print_line (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);
  puts (text);
  fflush (stdout);
}

static void add_string (JsonBuilder *builder, const char *name, const char *value)
{
  if (!value)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, value);
}

static void add_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void add_ms (JsonBuilder *builder, const char *name, double value)
{
  if (value < 0)
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, (double) (gint64) (value * 1000 + 0.5) / 1000);
}

static void add_times (JsonBuilder *builder, const LanmuShotTimes *ms)
{
  json_builder_set_member_name (builder, "ms");
  json_builder_begin_object (builder);
  add_ms (builder, "ticket", ms->ticket);
  add_ms (builder, "triggered", ms->triggered);
  add_ms (builder, "announced", ms->announced);
  add_ms (builder, "fetched", ms->fetched);
  add_ms (builder, "proved", ms->proved);
  add_ms (builder, "kept", ms->kept);
  add_ms (builder, "durable", ms->durable);
  json_builder_end_object (builder);
}

void lanmu_station_json_event (const LanmuEvent *event)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_string (builder, "event", lanmu_event_kind_to_string (event->kind));
  add_string (builder, "state", event->state);
  add_string (builder, "ticket", event->ticket);
  add_string (builder, "shot", event->shot);
  add_string (builder, "student_no", event->student_no);
  add_string (builder, "token", event->token);
  add_string (builder, "sha256", event->sha256);
  add_string (builder, "origin", event->origin);
  add_string (builder, "reason", event->reason);
  if (event->kind == LANMU_EVENT_QUARANTINED)
    add_string (builder, "likely", event->likely ? event->likely : "");
  add_string (builder, "message", event->message);
  if (event->kind == LANMU_EVENT_SHOT || event->kind == LANMU_EVENT_QUARANTINED)
    add_times (builder, &event->ms);
  if (event->kind == LANMU_EVENT_RECONCILED) {
    add_int (builder, "attached", event->attached);
    add_int (builder, "quarantined", event->quarantined);
    add_int (builder, "foreign", event->foreign);
    add_int (builder, "failed", event->failed);
    add_int (builder, "unexplained", event->unexplained);
  }
  json_builder_end_object (builder);
  print_line (builder);
}

void lanmu_station_json_ok (const char *command, LanmuJsonFill fill, gpointer data)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_string (builder, "re", command);
  json_builder_set_member_name (builder, "ok");
  json_builder_add_boolean_value (builder, TRUE);
  if (fill)
    fill (builder, data);
  json_builder_end_object (builder);
  print_line (builder);
}

void lanmu_station_json_refusal (const char *command, const char *kind, const char *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_string (builder, "re", command);
  json_builder_set_member_name (builder, "ok");
  json_builder_add_boolean_value (builder, FALSE);
  add_string (builder, "kind", kind);
  add_string (builder, "message", message);
  json_builder_end_object (builder);
  print_line (builder);
}

void lanmu_station_json_error (const char *command, const GError *error)
{
  const char *kind = "failed";
  if (error->domain == LANMU_STATION_ERROR)
    kind = lanmu_station_error_kind (error->code);
  else if (error->domain == LANMU_DB_ERROR)
    kind = lanmu_db_error_to_string (error->code);
  else if (error->domain == LANMU_DESK_ERROR)
    kind = lanmu_desk_error_kind (error->code);
  lanmu_station_json_refusal (command, kind, error->message);
}

static void add_camera (JsonBuilder *builder, LanmuCamera *camera)
{
  const LanmuCameraInfo *info = lanmu_camera_get_info (camera);
  int battery = -1, shots_left = -1;
  g_object_get (camera, "battery", &battery, "shots-left", &shots_left, NULL);
  json_builder_set_member_name (builder, "camera");
  json_builder_begin_object (builder);
  add_string (builder, "state", lanmu_camera_state_to_string (lanmu_camera_get_state (camera)));
  add_string (builder, "trouble", lanmu_trouble_to_string (lanmu_camera_get_trouble (camera)));
  add_string (builder, "model", info ? info->model : "");
  add_string (builder, "serial", info ? info->serial : "");
  add_int (builder, "battery", battery);
  add_int (builder, "shots_left", shots_left);
  json_builder_end_object (builder);
}

static void add_frames (JsonBuilder *builder, LanmuCamera *camera)
{
  LanmuCameraCounters counters;
  lanmu_camera_get_counters (camera, &counters);
  json_builder_set_member_name (builder, "frames");
  json_builder_begin_object (builder);
  add_int (builder, "delivered", (gint64) counters.delivered);
  add_int (builder, "decoded", (gint64) counters.decoded);
  add_int (builder, "dropped", (gint64) counters.dropped);
  add_int (builder, "respawns", (gint64) counters.respawns);
  add_ms (builder, "decode_ms", counters.decode_us / 1000);
  add_ms (builder, "latency_ms", counters.latency_us / 1000);
  add_ms (builder, "host_cpu_ms", counters.host_cpu_us / 1000);
  json_builder_end_object (builder);
}

void lanmu_station_json_status (JsonBuilder *builder, gpointer data)
{
  LanmuStation *station = data;
  LanmuStudent *student = lanmu_station_get_student (station);
  guint accepted = 0, all = 0;
  gint64 disk_shots = 0;
  struct rusage usage;
  g_object_get (station, "accepted-count", &accepted, "student-count", &all, "disk-shots", &disk_shots, NULL);
  getrusage (RUSAGE_SELF, &usage);
  add_string (builder, "phase", lanmu_phase_to_string (lanmu_station_get_phase (station)));
  add_string (builder, "student_no", student ? lanmu_student_get_student_no (student) : "");
  add_string (builder, "token", lanmu_station_get_code (station) ? lanmu_station_get_code (station)->token : "");
  g_autofree char *countersigned = NULL;
  g_object_get (station, "countersigned", &countersigned, NULL);
  add_string (builder, "countersigned", countersigned);
  add_string (builder, "guide", lanmu_guide_code_to_string (lanmu_station_get_guide (station)->code));
  json_builder_set_member_name (builder, "seat_was_empty");
  json_builder_add_boolean_value (builder, lanmu_station_get_seat_was_empty (station));
  add_int (builder, "ready_frames", lanmu_station_get_guide (station)->ready_frames);
  add_int (builder, "open_tickets", lanmu_station_get_open_tickets (station));
  add_int (builder, "quarantined", lanmu_station_get_quarantined (station));
  add_int (builder, "accepted", accepted);
  add_int (builder, "students", all);
  add_int (builder, "disk_shots", disk_shots);
  add_int (builder, "rss_kb", usage.ru_maxrss);
  if (lanmu_station_get_camera (station)) {
    add_camera (builder, lanmu_station_get_camera (station));
    add_frames (builder, lanmu_station_get_camera (station));
  }
}
