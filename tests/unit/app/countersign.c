/* The counselor's word and a bind that comes before it is durable: it is kept for, and said of, the one it was given for; the next one needs a word of his own. */
#include "app/station.h"

#include "tests/unit/app/shooting.h"
#include "db/bindings.h"
#include "db/countersigns.h"
#include "db/settings.h"

typedef struct {
  LanmuStation *station;
  GMainLoop *loop;
  guint waiting;     /* answers still to come */
  GPtrArray *signed_of; /* 学号 of each COUNTERSIGNED, in order */
} Desk;

static void answered (Desk *self)
{
  if (--self->waiting == 0)
    g_main_loop_quit (self->loop);
}

static void on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (lanmu_station_start_finish (LANMU_STATION (source), result, NULL));
  answered (data);
}

static void on_bound (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (lanmu_station_bind_finish (LANMU_STATION (source), result, NULL));
  answered (data);
}

static void on_signed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (lanmu_station_countersign_finish (LANMU_STATION (source), result, NULL));
  answered (data);
}

static void on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  lanmu_station_stop_finish (LANMU_STATION (source), result, NULL);
  answered (data);
}

static void on_event (LanmuStation *station, const LanmuEvent *event, Desk *self)
{
  if (event->kind == LANMU_EVENT_COUNTERSIGNED)
    g_ptr_array_add (self->signed_of, g_strdup (event->student_no));
}

static void run (Desk *self, guint answers)
{
  self->waiting = answers;
  g_main_loop_run (self->loop);
}

static void desk_open (Desk *self, LanmuStore *store)
{
  *self = (Desk){.loop = g_main_loop_new (NULL, FALSE), .signed_of = g_ptr_array_new_with_free_func (g_free)};
  self->station = lanmu_station_new (store, NULL, "test", ACTOR);
  g_signal_connect (self->station, "event", G_CALLBACK (on_event), self);
  lanmu_station_start_async (self->station, on_started, self);
  run (self, 1);
}

static void desk_close (Desk *self)
{
  lanmu_station_stop_async (self->station, on_stopped, self);
  run (self, 1);
  g_object_unref (self->station);
  g_ptr_array_unref (self->signed_of);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_main_loop_unref (self->loop);
}

static char *signed_by (Desk *self)
{
  char *by = NULL;
  g_object_get (self->station, "countersigned", &by, NULL);
  return by;
}

static gboolean was_confirmed (LanmuStore *store, gint64 binding)
{
  g_autoptr (LanmuCountersignRow) word = NULL;
  g_assert_true (lanmu_countersign_of_binding (lanmu_store_get_reader (store), binding, &word, NULL));
  return word && word->confirmed;
}

/* The bind is asked for while the word is being written (word first), or the word is given while the bind is (bind first): in both, A was on the screen. */
static void bind_between (Shooting *shooting, gconstpointer data)
{
  gboolean word_first = GPOINTER_TO_INT (data);
  g_assert_true (lanmu_setting_set (shooting->db, "countersign", "before", ACTOR, NULL));
  lanmu_db_close (shooting->db);
  g_autoptr (LanmuStore) store = lanmu_store_open (shooting->dir, LANMU_DB_READ_WRITE, NULL);
  Desk self;
  desk_open (&self, store);
  lanmu_station_bind_async (self.station, "202100001", "command", on_bound, &self);
  run (&self, 1);
  if (word_first)
    lanmu_station_confirm_async (self.station, &(LanmuVoucher){0}, on_signed, &self);
  lanmu_station_bind_async (self.station, "202100002", "command", on_bound, &self);
  if (!word_first)
    lanmu_station_confirm_async (self.station, &(LanmuVoucher){0}, on_signed, &self);
  run (&self, 2);
  g_autofree char *by = signed_by (&self);
  g_assert_cmpstr (lanmu_student_get_student_no (lanmu_station_get_student (self.station)), ==, "202100002");
  g_assert_null (by); /* nobody has confirmed the second */
  g_assert_cmpuint (self.signed_of->len, ==, 1);
  g_assert_cmpstr (self.signed_of->pdata[0], ==, "202100001");
  g_assert_true (was_confirmed (store, 1));
  g_assert_false (was_confirmed (store, 2));
  desk_close (&self);
  lanmu_store_close (store);
  shooting->db = open_for_writing (shooting->dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/countersign/bind-after-the-word", Shooting, GINT_TO_POINTER (TRUE), shooting_set_up, bind_between, shooting_tear_down);
  g_test_add ("/countersign/bind-before-the-word", Shooting, GINT_TO_POINTER (FALSE), shooting_set_up, bind_between, shooting_tear_down);
  return g_test_run ();
}
