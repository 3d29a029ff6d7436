/* Commands for the queue at the door; see stationdoor.h. */
#include "app/ctl/stationdoor.h"

#include <string.h>

#include "app/ctl/ctl.h"
#include "app/ctl/stationjson.h"
#include "db/door.h"

typedef LanmuStationLoop Loop;

typedef struct {
  char *token, *student_no;
  gint64 number;
  LanmuDoorRow *row; /* out */
} Job;

static void job_free (gpointer data)
{
  Job *job = data;
  g_free (job->token);
  g_free (job->student_no);
  g_clear_pointer (&job->row, lanmu_door_row_free);
  g_free (job);
}

static void add_row (JsonBuilder *builder, const LanmuDoorRow *row)
{
  lanmu_ctl_json_int (builder, "number", row->number);
  lanmu_ctl_json_string (builder, "token", row->token);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_string (builder, "state", lanmu_door_state_to_string (row->state));
}

static void fill_row (JsonBuilder *builder, gpointer row)
{
  if (row != NULL)
    add_row (builder, row);
}

static void fill_rows (JsonBuilder *builder, gpointer rows)
{
  const GPtrArray *all = rows;
  json_builder_set_member_name (builder, "queue");
  json_builder_begin_array (builder);
  for (guint i = 0; i < all->len; i++) {
    json_builder_begin_object (builder);
    add_row (builder, g_ptr_array_index (all, i));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void answer (Loop *loop, const LanmuDoorRow *row, const GError *error)
{
  if (error != NULL)
    lanmu_station_json_error (loop->word, error);
  else
    lanmu_station_json_ok (loop->word, fill_row, (gpointer) row);
  lanmu_station_loop_answered (loop);
}

static void on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  lanmu_store_run_finish (LANMU_STORE (source), result, &error);
  answer (data, ((Job *) lanmu_store_get_job_data (result))->row, error);
}

static gboolean scan_work (LanmuDb *db, gpointer data, GError **error)
{
  Job *job = data;
  job->row = lanmu_door_scan (db, job->token, job->student_no, "station", error);
  return job->row != NULL;
}

static gboolean leave_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_door_leave (db, ((Job *) data)->number, "station", error);
}

static gboolean return_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_door_return (db, ((Job *) data)->number, "station", error);
}

static gboolean call_work (LanmuDb *db, gpointer data, GError **error)
{
  Job *job = data;
  job->row = lanmu_door_call (db, "station", error);
  return job->row != NULL;
}

static void run (Loop *loop, LanmuStoreWork work, Job *job, GAsyncReadyCallback callback)
{
  lanmu_store_run_async (lanmu_station_get_store (loop->station), work, job, job_free, callback, loop);
}

void lanmu_station_door_scan (Loop *loop)
{
  Job *job = g_new0 (Job, 1);
  job->token = g_strdup (loop->argument != NULL ? loop->argument : "");
  run (loop, scan_work, job, on_done);
}

/* A code may have blanks, a 学号 has none. */
void lanmu_station_door_scan_of (Loop *loop)
{
  Job *job = g_new0 (Job, 1);
  const char *text = loop->argument != NULL ? loop->argument : "";
  const char *blank = strchr (text, ' ');
  job->student_no = blank != NULL ? g_strndup (text, (gsize) (blank - text)) : g_strdup (text);
  job->token = g_strdup (blank != NULL ? blank + 1 : "");
  run (loop, scan_work, job, on_done);
}

static void run_number (Loop *loop, LanmuStoreWork work)
{
  Job *job = g_new0 (Job, 1);
  job->number = loop->argument != NULL ? g_ascii_strtoll (loop->argument, NULL, 10) : 0;
  run (loop, work, job, on_done);
}

void lanmu_station_door_leave (Loop *loop)
{
  run_number (loop, leave_work);
}

void lanmu_station_door_return (Loop *loop)
{
  run_number (loop, return_work);
}

void lanmu_station_door_queue (Loop *loop)
{
  g_autoptr (GError) error = NULL;
  LanmuDb *db = lanmu_store_get_reader (lanmu_station_get_store (loop->station));
  g_autoptr (GPtrArray) rows = lanmu_door_list (db, FALSE, &error);
  if (rows == NULL)
    lanmu_station_json_error (loop->word, error);
  else
    lanmu_station_json_ok (loop->word, fill_rows, rows);
  lanmu_station_loop_answered (loop);
}

static void on_code (GObject *source, GAsyncResult *result, gpointer data)
{
  Loop *loop = data;
  g_autoptr (GError) error = NULL;
  lanmu_station_code_finish (LANMU_STATION (source), result, &error);
  answer (loop, NULL, error);
}

static void on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  Loop *loop = data;
  g_autoptr (GError) error = NULL;
  if (lanmu_store_run_finish (LANMU_STORE (source), result, &error))
    lanmu_station_code_async (loop->station, ((Job *) lanmu_store_get_job_data (result))->row->token, on_code, loop);
  else
    answer (loop, NULL, error);
}

void lanmu_station_door_call (Loop *loop)
{
  run (loop, call_work, g_new0 (Job, 1), on_called);
}
