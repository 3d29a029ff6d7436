/* The commands of `lanmuctl station`; see stationloop.h. Each is asked of the desk before it runs, and answers once. Main thread. */
#include "app/ctl/stationloop.h"

#include <string.h>
#include "app/ctl/stationdoor.h"
#include "app/ctl/stationjson.h"
#include "db/shots.h"

#define FIRST_CAMERA_S 20

typedef LanmuStationLoop Loop;

typedef struct {
  const char *word;
  void (*run) (Loop *loop);
  LanmuAction action; /* what the desk is asked; LANMU_N_ACTIONS = nothing */
} Command;

static void answer (Loop *loop, gboolean ok, GError *error)
{
  if (ok)
    lanmu_station_json_ok (loop->word, NULL, NULL);
  else
    lanmu_station_json_error (loop->word, error);
  lanmu_station_loop_answered (loop);
}

/* -- shooting -- */

static void fill_student (JsonBuilder *builder, gpointer data)
{
  LanmuStudent *student = lanmu_station_get_student (data);
  if (!student)
    return;
  json_builder_set_member_name (builder, "student_no");
  json_builder_add_string_value (builder, lanmu_student_get_student_no (student));
  json_builder_set_member_name (builder, "state");
  json_builder_add_string_value (builder, lanmu_student_state_to_string (lanmu_student_get_state (student)));
}

static void on_bound (GObject *source, GAsyncResult *result, gpointer data)
{
  Loop *loop = data;
  g_autoptr (GError) error = NULL;
  if (lanmu_station_bind_finish (loop->station, result, &error)) {
    lanmu_station_json_ok (loop->word, fill_student, loop->station);
    lanmu_station_loop_answered (loop);
  } else {
    answer (loop, FALSE, error);
  }
}

static void run_bind (Loop *loop)
{
  lanmu_station_bind_async (loop->station, loop->argument, "command", on_bound, loop);
}

static void run_code (Loop *loop)
{
  lanmu_station_code_async (loop->station, loop->argument, on_bound, loop);
}

static void run_next (Loop *loop)
{
  lanmu_station_next_async (loop->station, on_bound, loop);
}

static void fill_ticket (JsonBuilder *builder, gpointer ticket)
{
  json_builder_set_member_name (builder, "ticket");
  json_builder_add_string_value (builder, ticket);
}

static void on_shot (GObject *source, GAsyncResult *result, gpointer data)
{
  Loop *loop = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *ticket = lanmu_station_shoot_finish (loop->station, result, &error);
  if (!ticket) {
    answer (loop, FALSE, error);
    return;
  }
  lanmu_station_json_ok (loop->word, fill_ticket, ticket);
  lanmu_station_loop_answered (loop);
}

static gboolean shoot_anyway (gpointer data)
{
  Loop *loop = data;
  loop->timeout = 0;
  loop->opened = TRUE;
  lanmu_station_shoot_async (loop->station, on_shot, loop);
  return G_SOURCE_REMOVE;
}

static void run_shoot (Loop *loop)
{
  if (!loop->opened && lanmu_station_get_camera (loop->station))
    loop->timeout = g_timeout_add_seconds (FIRST_CAMERA_S, shoot_anyway, loop); /* on_event goes on when the camera is there */
  else
    lanmu_station_shoot_async (loop->station, on_shot, loop);
}

static void on_accepted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_accept_finish (((Loop *) data)->station, result, &error);
  answer (data, ok, error);
}

/* A script has decided already; "accept careful" is asked once more when a check fails, as a photographer is. */
static void run_accept (Loop *loop)
{
  if (g_strcmp0 (loop->argument, "careful") == 0)
    lanmu_station_accept_async (loop->station, FALSE, on_accepted, loop);
  else
    lanmu_station_accept_over_async (loop->station, FALSE, on_accepted, loop);
}

static void run_retake (Loop *loop)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_retake (loop->station, &error);
  answer (loop, ok, error);
}

static void run_take (Loop *loop)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_choose_take (loop->station, (guint) g_ascii_strtoull (loop->argument, NULL, 10), &error);
  answer (loop, ok, error);
}

static void on_set_aside (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_set_aside_finish (((Loop *) data)->station, result, &error);
  answer (data, ok, error);
}

static void run_skip (Loop *loop)
{
  lanmu_station_set_aside_async (loop->station, "skipped", FALSE, on_set_aside, loop);
}

static void run_absent (Loop *loop)
{
  lanmu_station_set_aside_async (loop->station, "absent", FALSE, on_set_aside, loop);
}

static void on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_undo_finish (((Loop *) data)->station, result, &error);
  answer (data, ok, error);
}

static void run_undo (Loop *loop)
{
  lanmu_station_undo_async (loop->station, on_undone, loop);
}

/* A wait that ran out of time has been answered; its late end must not answer another command. */
typedef struct {
  Loop *loop;
  gboolean over;
} Wait;

static Wait *current_wait;

static void on_waited (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_wait_finish (wait->loop->station, result, &error);
  if (!wait->over) {
    current_wait = NULL;
    answer (wait->loop, ok, error);
  }
  g_free (wait);
}

static gboolean on_wait_timeout (gpointer data)
{
  Loop *loop = data;
  loop->timeout = 0;
  current_wait->over = TRUE;
  current_wait = NULL;
  lanmu_station_json_refusal (loop->word, "timeout", "A ticket is still open or a picture still on its way.");
  lanmu_station_loop_answered (loop);
  return G_SOURCE_REMOVE;
}

static void run_wait (Loop *loop)
{
  double seconds = g_ascii_strtod (loop->argument, NULL);
  current_wait = g_new0 (Wait, 1);
  current_wait->loop = loop;
  if (seconds > 0)
    loop->timeout = g_timeout_add ((guint) (seconds * 1000), on_wait_timeout, loop);
  lanmu_station_wait_async (loop->station, on_waited, current_wait);
}

static void run_reconcile (Loop *loop)
{
  lanmu_station_reconcile_now (loop->station);
  answer (loop, TRUE, NULL);
}

static void run_status (Loop *loop)
{
  lanmu_station_json_ok (loop->word, lanmu_station_json_status, loop->station);
  lanmu_station_loop_answered (loop);
}

static void on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  Loop *loop = data;
  g_autoptr (GError) error = NULL;
  if (lanmu_station_stop_finish (loop->station, result, &error))
    lanmu_station_json_ok ("quit", NULL, NULL);
  else {
    lanmu_station_json_error ("quit", error);
    loop->exit_code = 1;
  }
  g_main_loop_quit (loop->loop);
}

static void run_quit (Loop *loop)
{
  if (loop->quitting)
    return;
  loop->quitting = TRUE;
  lanmu_station_stop_async (loop->station, on_stopped, loop);
}

/* -- who works here -- */

static void on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_desk_sign_in_finish (((Loop *) data)->desk, result, &error);
  answer (data, ok, error);
}

/* "sign-in NAME PIN", or "sign-in CODE" of a card. A name may have spaces, a PIN has none. */
static void run_sign_in (Loop *loop)
{
  char *space = strrchr (loop->argument, ' ');
  if (!space) {
    lanmu_desk_card_async (loop->desk, loop->argument, on_signed_in, loop);
    return;
  }
  *space = '\0';
  lanmu_desk_sign_in_async (loop->desk, loop->argument, space + 1, on_signed_in, loop);
}

static void run_sign_out (Loop *loop)
{
  lanmu_desk_sign_out (loop->desk);
  answer (loop, TRUE, NULL);
}

static void on_countersigned (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_countersign_finish (((Loop *) data)->station, result, &error);
  answer (data, ok, error);
}

static LanmuVoucher voucher (Loop *loop)
{
  const LanmuStaffRow *staff = lanmu_desk_get_staff (loop->desk);
  return (LanmuVoucher){ .staff_id = staff ? staff->id : 0, .how = lanmu_desk_get_how (loop->desk) };
}

/* "confirm": whoever sits there; "confirm SHOT": one picture, afterwards. */
static void run_confirm (Loop *loop)
{
  LanmuVoucher who = voucher (loop);
  if (*loop->argument)
    lanmu_station_confirm_shot_async (loop->station, &who, loop->argument, on_countersigned, loop);
  else
    lanmu_station_confirm_async (loop->station, &who, on_countersigned, loop);
}

static void run_refuse (Loop *loop)
{
  LanmuVoucher who = voucher (loop);
  lanmu_station_refuse_async (loop->station, &who, loop->argument, FALSE, on_countersigned, loop);
}

/* "lift NO REASON" */
static void run_lift (Loop *loop)
{
  g_auto (GStrv) words = g_strsplit (loop->argument, " ", 2);
  if (g_strv_length (words) < 2 || *g_strstrip (words[1]) == '\0') {
    lanmu_station_json_refusal (loop->word, lanmu_station_error_kind (LANMU_STATION_ERROR_NO_REASON), "Say whom and why: lift NO REASON.");
    lanmu_station_loop_answered (loop);
    return;
  }
  lanmu_station_lift_async (loop->station, words[0], words[1], on_countersigned, loop);
}

static const Command commands[] = {
  { "bind", run_bind, LANMU_ACTION_CALL },
  { "code", run_code, LANMU_ACTION_CALL },
  { "next", run_next, LANMU_ACTION_CALL },
  { "door", lanmu_station_door_scan, LANMU_ACTION_CALL },
  { "door-of", lanmu_station_door_scan_of, LANMU_ACTION_CALL },
  { "leave", lanmu_station_door_leave, LANMU_ACTION_CALL },
  { "back", lanmu_station_door_return, LANMU_ACTION_CALL },
  { "call", lanmu_station_door_call, LANMU_ACTION_CALL },
  { "queue", lanmu_station_door_queue, LANMU_N_ACTIONS },
  { "shoot", run_shoot, LANMU_ACTION_SHOOT },
  { "accept", run_accept, LANMU_ACTION_ACCEPT },
  { "retake", run_retake, LANMU_ACTION_SHOOT },
  { "take", run_take, LANMU_ACTION_ACCEPT },
  { "skip", run_skip, LANMU_ACTION_CALL },
  { "absent", run_absent, LANMU_ACTION_ABSENT },
  { "undo", run_undo, LANMU_ACTION_CALL },
  { "confirm", run_confirm, LANMU_ACTION_COUNTERSIGN },
  { "refuse", run_refuse, LANMU_ACTION_COUNTERSIGN },
  { "lift", run_lift, LANMU_ACTION_LIFT },
  { "reconcile", run_reconcile, LANMU_ACTION_CALL },
  { "sign-in", run_sign_in, LANMU_N_ACTIONS },
  { "sign-out", run_sign_out, LANMU_N_ACTIONS },
  { "wait", run_wait, LANMU_N_ACTIONS },
  { "status", run_status, LANMU_N_ACTIONS },
  { "quit", run_quit, LANMU_N_ACTIONS },
};

/* The owner of the picture a word is about; NULL: of none. */
static char *owner_of_shot (Loop *loop, const char *shot)
{
  LanmuDb *db = lanmu_store_get_reader (lanmu_station_get_store (loop->station));
  g_autoptr (LanmuShotRow) row = lanmu_shot_get (db, shot, NULL);
  g_autoptr (LanmuStudentRow) owner = row && row->student_id ? lanmu_student_get (db, row->student_id, NULL) : NULL;
  return owner ? g_strdup (owner->student_no) : NULL;
}

/* Whom the argument names, or NULL. */
static LanmuStudent *named_student (Loop *loop)
{
  g_auto (GStrv) words = g_strsplit (loop->argument, " ", 2);
  g_autofree char *number = NULL;
  if (!words[0])
    return NULL;
  if (g_str_equal (loop->word, "bind") || g_str_equal (loop->word, "lift"))
    number = g_strdup (words[0]);
  else if (g_str_equal (loop->word, "confirm"))
    number = owner_of_shot (loop, words[0]);
  return number ? lanmu_queue_find_student (lanmu_station_get_queue (loop->station), number) : NULL;
}

/* A counselor's own-class right is about whoever is bound, or is named. */
static gint64 class_in_question (Loop *loop)
{
  g_autoptr (LanmuStudent) named = named_student (loop);
  LanmuStudent *student = named ? named : lanmu_station_get_student (loop->station);
  if (g_str_equal (loop->word, "next"))
    student = lanmu_station_get_next_student (loop->station);
  return student ? lanmu_student_get_class_id (student) : 0;
}

static gboolean may (Loop *loop, LanmuAction action)
{
  g_autoptr (GError) error = NULL;
  if (action == LANMU_N_ACTIONS || lanmu_desk_may (loop->desk, action, class_in_question (loop), &error))
    return TRUE;
  lanmu_station_json_refusal (loop->word, lanmu_desk_error_kind (error->code), error->message);
  return FALSE;
}

/* -- for the loop -- */

void lanmu_station_words_run (LanmuStationLoop *loop)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].word, loop->word) == 0) {
      if (may (loop, commands[i].action))
        commands[i].run (loop);
      else
        lanmu_station_loop_answered (loop);
      return;
    }
  lanmu_station_json_refusal (loop->word, "unknown-command",
                              "Commands: bind NO, code TOKEN, next, door CODE, door-of NO CODE, leave NUMBER, back NUMBER, call, queue, shoot, accept, retake, take N, skip, absent, undo, "
                              "confirm, refuse REASON, sign-in NAME PIN, sign-out, wait, reconcile, status, quit.");
  lanmu_station_loop_answered (loop);
}

void lanmu_station_words_opened (LanmuStationLoop *loop)
{
  loop->opened = TRUE;
  if (!loop->running || g_strcmp0 (loop->word, "shoot") != 0 || !loop->timeout)
    return;
  g_clear_handle_id (&loop->timeout, g_source_remove);
  lanmu_station_shoot_async (loop->station, on_shot, loop);
}

void lanmu_station_words_quit (LanmuStationLoop *loop)
{
  run_quit (loop);
}
