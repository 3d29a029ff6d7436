/* Slip repair beside a running station (without a camera): planned, done, the queue brought up to date, said in an event; the keyboard's undo forgets. */
#include "app/station.h"

#include "tests/unit/app/shooting.h"

typedef struct {
  GMainLoop *loop;
  GError *error;
  gint64 repair;
  guint repaired; /* students named by the event */
} Mending;

static void on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  Mending *self = data;
  g_assert_true (lanmu_station_start_finish (LANMU_STATION (source), result, &self->error));
  g_main_loop_quit (self->loop);
}

static void on_repaired (GObject *source, GAsyncResult *result, gpointer data)
{
  Mending *self = data;
  self->repair = lanmu_station_repair_finish (LANMU_STATION (source), result, &self->error);
  g_main_loop_quit (self->loop);
}

static void on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  Mending *self = data;
  lanmu_station_stop_finish (LANMU_STATION (source), result, NULL);
  g_main_loop_quit (self->loop);
}

static void on_event (LanmuStation *station, const LanmuEvent *event, Mending *self)
{
  if (event->kind == LANMU_EVENT_REPAIRED)
    self->repaired += event->attached;
}

static void repair (LanmuStation *station, Mending *self, const LanmuRepairWish *wish, const char *fingerprint)
{
  lanmu_station_repair_async (station, wish, fingerprint, "called the wrong one", on_repaired, self);
  g_main_loop_run (self->loop);
}

static void beside_a_station (Shooting *shooting, gconstpointer data)
{
  g_autofree char *a = shooting_take (shooting, "202100001", "one", NULL);
  g_autoptr (GError) error = NULL;
  lanmu_db_close (shooting->db);
  g_autoptr (LanmuStore) store = lanmu_store_open (shooting->dir, LANMU_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  LanmuStation *station = lanmu_station_new (store, NULL, "test", ACTOR);
  Mending self = {.loop = g_main_loop_new (NULL, FALSE)};
  g_signal_connect (station, "event", G_CALLBACK (on_event), &self);
  lanmu_station_start_async (station, on_started, &self);
  g_main_loop_run (self.loop);

  const LanmuRepairWish wish = {.kind = LANMU_REPAIR_MOVE, .first = (char *) "202100001", .second = (char *) "202100002"};
  g_autoptr (LanmuRepairPlan) plan = lanmu_station_plan_repair (station, &wish, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (plan->refusals->len, ==, 0);
  repair (station, &self, &wish, "another plan");
  g_assert_error (self.error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_STORE);
  g_clear_error (&self.error);
  repair (station, &self, &wish, plan->fingerprint);
  g_assert_no_error (self.error);
  g_assert_cmpint (self.repair, >, 0);
  g_assert_cmpuint (self.repaired, ==, 2);
  LanmuStudent *first = lanmu_queue_find_student (lanmu_station_get_queue (station), "202100001");
  LanmuStudent *second = lanmu_queue_find_student (lanmu_station_get_queue (station), "202100002");
  g_assert_cmpint (lanmu_student_get_state (first), ==, LANMU_STUDENT_WAITING);
  g_assert_cmpint (lanmu_student_get_state (second), ==, LANMU_STUDENT_SHOT);
  g_object_unref (first);
  g_object_unref (second);

  lanmu_station_stop_async (station, on_stopped, &self);
  g_main_loop_run (self.loop);
  g_object_unref (station);
  lanmu_store_close (store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_main_loop_unref (self.loop);
  shooting->db = open_for_writing (shooting->dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/mend/beside-a-station", Shooting, NULL, shooting_set_up, beside_a_station, shooting_tear_down);
  return g_test_run ();
}
