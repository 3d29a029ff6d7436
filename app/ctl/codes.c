/* lanmuctl codes: the capture codes that sat here, in the order of their first scan, with the number of the picture
 * that was accepted; and the queue at the door: scan, leave, return, call, queue. Listing may be done beside a running
 * station; what writes needs the folder alone (beside a station its own commands door, leave, back and call do it). */
#include "app/ctl/ctl.h"

#include "app/format.h"
#include "db/codes.h"
#include "db/door.h"

/* -- the codes that sat -- */

static void print_json (const LanmuCodeRow *row)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_int (builder, "number", row->number);
  lanmu_ctl_json_string (builder, "token", row->token);
  lanmu_ctl_json_string (builder, "state", lanmu_code_state_to_string (row->state));
  lanmu_ctl_json_int (builder, "takes", row->takes);
  lanmu_ctl_json_string (builder, "chosen", row->chosen_shot);
  lanmu_ctl_json_int (builder, "sequence_no", row->chosen_sequence_no);
  lanmu_ctl_json_int (builder, "first_us", row->first_us);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void print_codes (LanmuCtl *ctl, const GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++) {
    const LanmuCodeRow *row = g_ptr_array_index (rows, i);
    g_autofree char *first = lanmu_format_time (row->first_us);
    if (ctl->json)
      print_json (row);
    else
      lanmu_ctl_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%d\t%" G_GINT64_FORMAT "\t%s\n", row->number, first,
                       lanmu_code_state_to_string (row->state), row->takes, row->chosen_sequence_no, row->token);
  }
}

static int list_codes (LanmuCtl *ctl)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GPtrArray) rows = lanmu_codes_get_all (db, &error);
  if (rows == NULL)
    return lanmu_ctl_fail (ctl, error);
  print_codes (ctl, rows);
  return LANMU_CTL_DONE;
}

/* -- the queue at the door -- */

static void print_door (LanmuCtl *ctl, const LanmuDoorRow *row)
{
  g_autofree char *scanned = lanmu_format_time (row->scanned_us);
  if (!ctl->json) {
    lanmu_ctl_print ("%" G_GINT64_FORMAT "\t%s\t%s\t%s\t%s\t%s\n", row->number, scanned,
                     lanmu_door_state_to_string (row->state), row->student_no, row->name, row->token);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_int (builder, "number", row->number);
  lanmu_ctl_json_string (builder, "token", row->token);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_string (builder, "state", lanmu_door_state_to_string (row->state));
  lanmu_ctl_json_int (builder, "scanned_us", row->scanned_us);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static int list_door (LanmuCtl *ctl, gboolean all)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GPtrArray) rows = lanmu_door_list (db, all, &error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    print_door (ctl, g_ptr_array_index (rows, i));
  return rows != NULL ? LANMU_CTL_DONE : lanmu_ctl_fail (ctl, error);
}

typedef struct {
  const char *token, *student_no;
  gint64 number;
  LanmuDoorRow *row; /* out: scan and call */
} Job;

static gboolean scan_work (LanmuDb *db, gpointer data, GError **error)
{
  Job *job = data;
  job->row = lanmu_door_scan (db, job->token, job->student_no, lanmu_ctl_actor (), error);
  return job->row != NULL;
}

static gboolean call_work (LanmuDb *db, gpointer data, GError **error)
{
  Job *job = data;
  job->row = lanmu_door_call (db, lanmu_ctl_actor (), error);
  return job->row != NULL;
}

static gboolean leave_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_door_leave (db, ((Job *) data)->number, lanmu_ctl_actor (), error);
}

static gboolean return_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_door_return (db, ((Job *) data)->number, lanmu_ctl_actor (), error);
}

static int work (LanmuCtl *ctl, LanmuStoreWork what, Job *job)
{
  int code = lanmu_ctl_write (ctl, what, job);
  if (code == LANMU_CTL_DONE && job->row != NULL)
    print_door (ctl, job->row);
  else if (code == LANMU_CTL_DONE && !ctl->json)
    lanmu_ctl_print (what == leave_work ? _ ("Number %d left; the number stays theirs.\n")
                                        : _ ("Number %d is back in its place.\n"),
                     (int) job->number);
  g_clear_pointer (&job->row, lanmu_door_row_free);
  return code;
}

static int run (LanmuCtl *ctl, char **rest, const char *student_no, gboolean all)
{
  guint n = g_strv_length (rest);
  Job job = {.token = n > 1 ? rest[1] : NULL,
             .student_no = student_no,
             .number = n > 1 ? g_ascii_strtoll (rest[1], NULL, 10) : 0};
  if (n == 0)
    return list_codes (ctl);
  if (g_str_equal (rest[0], "queue") && n == 1)
    return list_door (ctl, all);
  if (g_str_equal (rest[0], "scan") && n == 2)
    return work (ctl, scan_work, &job);
  if (g_str_equal (rest[0], "call") && n == 1)
    return work (ctl, call_work, &job);
  if (g_str_equal (rest[0], "leave") && n == 2)
    return work (ctl, leave_work, &job);
  if (g_str_equal (rest[0], "return") && n == 2)
    return work (ctl, return_work, &job);
  return lanmu_ctl_misuse (
      ctl, "codes", "%s", _ ("Say scan CODE, leave NUMBER, return NUMBER, call, queue, or nothing to list the codes."));
}

int lanmu_ctl_codes (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  gboolean all = FALSE;
  g_autofree char *student_no = NULL;
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
      {"student", 0, 0, G_OPTION_ARG_STRING, &student_no, _ ("scan: whose code it is, beside a list"), "NO"},
      {"all", 0, 0, G_OPTION_ARG_NONE, &all, _ ("queue: those already called too"), NULL},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 2, &rest, &code))
    return code;
  return run (ctl, rest, student_no, all);
}
