/* The store thread: order, results, closing; meant to be run under ThreadSanitizer too. */
#include "tests/unit/db/fixture.h"
#include "db/settings.h"
#include "db/store.h"

typedef struct {
  guint number; /* given by main */
  gint64 seen;  /* filled in by the work */
  GThread *ran_on;
} Job;

static GThread *freed_on;
static guint n_freed;

static void free_job (gpointer data)
{
  freed_on = g_thread_self ();
  n_freed++;
  g_free (data);
}

/* Reads a counter and writes it back higher: out of order or at the same time, the numbers would not match. */
static gboolean count_up (LanmuDb *db, gpointer data, GError **error)
{
  Job *job = data;
  g_autofree char *value = lanmu_setting_get (db, "count", "0", error);

  job->ran_on = g_thread_self ();
  job->seen = g_ascii_strtoll (value, NULL, 10);
  g_autofree char *next = g_strdup_printf ("%" G_GINT64_FORMAT, job->seen + 1);
  return lanmu_setting_set (db, "count", next, ACTOR, error);
}

static gboolean fail_always (LanmuDb *db, gpointer data, GError **error)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "as told");
  return FALSE;
}

static gboolean leave_open (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_db_begin (db, "left", error) && lanmu_db_begin (db, "inner", error) &&
         lanmu_setting_set (db, "left", "over", ACTOR, error);
}

typedef struct {
  char *dir;
  LanmuStore *store;
  GThread *owner;
  guint answered;
  guint failed;
} Fixture;

static void set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->dir = make_folder ();
  f->owner = g_thread_self ();
  n_freed = 0;
  lanmu_db_close (open_campaign (f->dir, 3));
  f->store = lanmu_store_open (f->dir, LANMU_DB_READ_WRITE, &error);
  g_assert_no_error (error);
}

static void tear_down (Fixture *f, gconstpointer data)
{
  g_assert_finalize_object (f->store);
  remove_folder (f->dir);
  g_free (f->dir);
}

static void on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  Fixture *f = data;
  Job *job = lanmu_store_get_job_data (result);

  g_assert_true (lanmu_store_run_finish (LANMU_STORE (source), result, &error));
  g_assert_no_error (error);
  g_assert_true (g_thread_self () == f->owner);
  g_assert_true (job->ran_on != f->owner);
  g_assert_cmpuint (job->number, ==, f->answered);
  g_assert_cmpint (job->seen, ==, job->number);
  f->answered++;
}

static void submit (Fixture *f, guint number)
{
  Job *job = g_new0 (Job, 1);

  job->number = number;
  lanmu_store_run_async (f->store, count_up, job, free_job, on_counted, f);
}

static void wait_until_idle (Fixture *f)
{
  while (lanmu_store_get_pending (f->store) > 0)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void test_order (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 200; i++) {
    submit (f, i);
    if (i % 7 == 0) /* answers among the questions */
      g_main_context_iteration (NULL, FALSE);
  }
  wait_until_idle (f);
  g_assert_cmpuint (f->answered, ==, 200);
  g_assert_cmpuint (n_freed, ==, 200);
  g_assert_true (freed_on == f->owner);
}

static void test_reader_sees (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  submit (f, 0);
  wait_until_idle (f);
  g_autofree char *count = lanmu_setting_get (lanmu_store_get_reader (f->store), "count", "none", &error);
  g_assert_cmpstr (count, ==, "1");
  g_assert_false (lanmu_setting_set (lanmu_store_get_reader (f->store), "count", "9", ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_READ_ONLY);
}

static void test_sync (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Job job = {0};

  for (guint i = 0; i < 20; i++)
    submit (f, i);
  g_assert_true (lanmu_store_run_sync (f->store, count_up, &job, &error));
  g_assert_cmpint (job.seen, ==, 20); /* after all that came before */
  g_assert_false (lanmu_store_run_sync (f->store, fail_always, NULL, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_assert_cmpuint (f->answered, ==, 0); /* callbacks only from the main loop */
  wait_until_idle (f);
  g_assert_cmpuint (f->answered, ==, 20);
}

static void on_failed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  Fixture *f = data;

  g_assert_false (lanmu_store_run_finish (LANMU_STORE (source), result, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  f->failed++;
}

static void test_errors (Fixture *f, gconstpointer data)
{
  lanmu_store_run_async (f->store, fail_always, NULL, NULL, on_failed, f);
  submit (f, 0); /* a failure harms nobody behind it */
  wait_until_idle (f);
  g_assert_cmpuint (f->failed, ==, 1);
  g_assert_cmpuint (f->answered, ==, 1);
}

/* Every accepted job is in the database when close returns, and everybody gets an answer. */
static void test_close (Fixture *f, gconstpointer data)
{
  for (guint i = 0; i < 100; i++)
    submit (f, i);
  lanmu_store_close (f->store);
  g_assert_cmpint (query_int (f->dir, "SELECT value FROM setting WHERE key = 'count'"), ==, 100);
  lanmu_store_run_async (f->store, count_up, NULL, NULL, on_failed, f);
  g_assert_cmpuint (lanmu_store_get_pending (f->store), ==, 101);
  wait_until_idle (f);
  g_assert_cmpuint (f->answered, ==, 100);
  g_assert_cmpuint (f->failed, ==, 1);
  g_assert_false (lanmu_store_run_sync (f->store, count_up, NULL, NULL));
  lanmu_store_close (f->store);
}

/* A callback that submits: the next step of a shot. */
static void on_chain (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *f = data;

  on_counted (source, result, data);
  if (f->answered < 50) {
    Job *job = g_new0 (Job, 1);
    job->number = f->answered;
    lanmu_store_run_async (f->store, count_up, job, free_job, on_chain, f);
  }
}

static void test_chain (Fixture *f, gconstpointer data)
{
  lanmu_store_run_async (f->store, count_up, g_new0 (Job, 1), free_job, on_chain, f);
  wait_until_idle (f);
  g_assert_cmpuint (f->answered, ==, 50);
}

/* What is only told in the log: run apart, where a warning is not fatal. */
static void expect_in_log (const char *pattern)
{
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr (pattern);
}

static void test_left_open (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (!g_test_subprocess ())
    return expect_in_log ("*left a transaction open*");
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_assert_true (lanmu_store_run_sync (f->store, leave_open, NULL, &error));
  submit (f, 0);
  wait_until_idle (f);
  g_assert_cmpint (query_int (f->dir, "SELECT count (*) FROM setting WHERE key = 'left'"), ==, 0);
}

static void test_nobody_waits (Fixture *f, gconstpointer data)
{
  if (!g_test_subprocess ())
    return expect_in_log ("*as told*");
  g_log_set_always_fatal (G_LOG_FATAL_MASK);
  lanmu_store_run_async (f->store, fail_always, NULL, NULL, NULL, NULL);
  wait_until_idle (f);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/db/store/order", test_order);
  ADD ("/db/store/reader-sees", test_reader_sees);
  ADD ("/db/store/sync", test_sync);
  ADD ("/db/store/errors", test_errors);
  ADD ("/db/store/close", test_close);
  ADD ("/db/store/chain", test_chain);
  ADD ("/db/store/left-open", test_left_open);
  ADD ("/db/store/nobody-waits", test_nobody_waits);
  return g_test_run ();
}
