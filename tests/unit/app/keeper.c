/* Copies while the station works: made, checked, thinned out, caught up; a missing or sick disk is said and holds nobody up. Real folders, a real main loop. */
#include "app/keeper.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/keeper/round.h"
#include "app/verify.h"
#include "db/backups.h"
#include "db/campaign.h"
#include "db/secondcopy.h"
#include "db/settings.h"
#include "tests/unit/app/shooting.h"

typedef struct {
  Shooting shooting;
  char *second;
} Keeping;

static void set_up (Keeping *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  shooting_set_up (&self->shooting, data);
  self->second = g_dir_make_tmp ("lanmu-second-XXXXXX", &error);
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (self->shooting.db, &error);
  g_assert_true (lanmu_second_copy_prepare (self->second, self->shooting.dir, campaign->uuid, &error));
  g_assert_true (lanmu_setting_set (self->shooting.db, LANMU_SETTING_SECOND_COPY, self->second, ACTOR, &error));
  g_assert_no_error (error);
}

static void tear_down (Keeping *self, gconstpointer data)
{
  shooting_tear_down (&self->shooting, data);
  remove_folder (self->second);
  g_free (self->second);
}

/* Rounds until there is nothing more to do at once, on this thread. FALSE: the backup failed. */
static gboolean work (LanmuKeeperRound *round, const char *dir, gboolean backup)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) reader = lanmu_db_open (dir, LANMU_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  round->want_backup = backup;
  gboolean done;
  do
    done = lanmu_keeper_round_run (reader, round, NULL);
  while (done && round->more);
  return done;
}

static guint count (const char *dir, const char *suffix)
{
  g_autofree char *path = g_build_filename (dir, "backups", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;
  while ((name = g_dir_read_name (folder)) != NULL)
    n += g_str_has_suffix (name, suffix);
  return n;
}

static char *second_path (Keeping *self, const char *shot)
{
  g_autoptr (LanmuShotRow) row = lanmu_shot_get (self->shooting.db, shot, NULL);
  return g_build_filename (self->second, row->path, NULL);
}

static void print_finding (const LanmuFinding *finding, gpointer data)
{
  g_test_message ("%s: %s", finding->kind, finding->message);
}

static LanmuVerified verify (Keeping *self)
{
  LanmuVerified out;
  g_autoptr (GError) error = NULL;
  g_assert_true (lanmu_verify (self->shooting.db, print_finding, NULL, &out, &error));
  g_assert_no_error (error);
  return out;
}

static void copies (Keeping *self, gconstpointer data)
{
  LanmuKeeperRound *round = lanmu_keeper_round_new ();
  g_autofree char *first = NULL;
  for (guint i = 0; i < LANMU_KEEPER_BATCH * 2 + 3; i++) {
    g_autofree char *text = g_strdup_printf ("picture %u", i);
    g_autofree char *shot = shooting_take (&self->shooting, i % 2 ? "202100001" : "202100002", text, i == 5 ? "no-time" : NULL);
    first = first != NULL ? first : g_steal_pointer (&shot);
  }
  g_assert_true (work (round, self->shooting.dir, TRUE));
  g_assert_null (round->trouble);
  g_assert_cmpuint (round->behind, ==, 0);
  g_assert_cmpuint (count (self->shooting.dir, ".db"), ==, 1);
  g_assert_cmpuint (count (self->second, ".db"), ==, 1);
  g_assert_cmpuint (count (self->second, ".sum"), ==, 1);
  LanmuVerified out = verify (self);
  g_assert_cmpuint (out.broken + out.notes, ==, 0);
  g_assert_cmpint (out.copies, ==, 2);

  g_assert_true (work (round, self->shooting.dir, TRUE)); /* nothing was written since */
  g_assert_cmpuint (count (self->shooting.dir, ".db"), ==, 1);

  g_autofree char *path = second_path (self, first);
  g_assert_true (g_file_set_contents (path, "PICTURE 0", -1, NULL));
  g_assert_cmpuint (verify (self).broken, ==, 1);
  g_assert_cmpint (g_unlink (path), ==, 0);
  out = verify (self);
  g_assert_cmpuint (out.broken, ==, 0);
  g_assert_cmpuint (out.notes, ==, 1);
  lanmu_keeper_round_free (round);
}

/* Pulled out: an empty mount point is not written; back again: caught up. */
static void pulled_out (Keeping *self, gconstpointer data)
{
  LanmuKeeperRound *round = lanmu_keeper_round_new ();
  g_autofree char *away = g_strconcat (self->second, "-away", NULL);
  g_autofree char *a = shooting_take (&self->shooting, "202100001", "one", NULL);
  g_assert_true (work (round, self->shooting.dir, FALSE));
  g_assert_cmpint (g_rename (self->second, away), ==, 0);
  g_assert_cmpint (g_mkdir (self->second, 0700), ==, 0);
  g_autofree char *b = shooting_take (&self->shooting, "202100002", "two", NULL);
  g_assert_true (work (round, self->shooting.dir, TRUE));
  g_assert_error (round->trouble, LANMU_DB_ERROR, LANMU_DB_ERROR_NOT_FOUND);
  g_assert_cmpuint (count (self->shooting.dir, ".db"), ==, 1); /* the database is copied all the same */
  g_assert_cmpint (g_rmdir (self->second), ==, 0);             /* still empty */
  g_assert_cmpuint (verify (self).broken, ==, 0);
  g_assert_cmpint (g_rename (away, self->second), ==, 0);
  g_assert_true (work (round, self->shooting.dir, TRUE));
  g_assert_null (round->trouble);
  g_autofree char *path = second_path (self, b);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (verify (self).notes, ==, 0);
  lanmu_keeper_round_free (round);
}

/* What was damaged in the data folder does not become the second copy as well. */
static void damaged_source (Keeping *self, gconstpointer data)
{
  LanmuKeeperRound *round = lanmu_keeper_round_new ();
  g_autofree char *a = shooting_take (&self->shooting, "202100001", "one", NULL);
  g_autoptr (LanmuShotRow) row = lanmu_shot_get (self->shooting.db, a, NULL);
  g_autofree char *here = g_build_filename (self->shooting.dir, row->path, NULL), *there = second_path (self, a);
  g_assert_true (g_file_set_contents (here, "onf", 3, NULL));
  g_assert_true (work (round, self->shooting.dir, FALSE));
  g_assert_error (round->trouble, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT);
  g_assert_false (g_file_test (there, G_FILE_TEST_EXISTS));
  lanmu_keeper_round_free (round);
}

static void rotation (Keeping *self, gconstpointer data)
{
  LanmuKeeperRound *round = lanmu_keeper_round_new ();
  g_autofree char *folder = g_build_filename (self->shooting.dir, "backups", NULL);
  g_autofree char *migration = g_build_filename (folder, "lanmu-v1-20260101T000000.000000Z.db", NULL);
  g_autofree char *old = g_build_filename (folder, "lanmu-20250101T000000.000000Z.db", NULL);
  g_autofree char *older = g_build_filename (folder, "lanmu-20250101T000000.000001Z.db", NULL);
  g_assert_true (lanmu_setting_set (self->shooting.db, LANMU_PREFERENCE_BACKUP_KEEP, "3", ACTOR, NULL));
  g_assert_true (g_file_set_contents (migration, "kept", 4, NULL));
  g_assert_true (g_file_set_contents (old, "one of two of a day", -1, NULL));
  g_assert_true (g_file_set_contents (older, "one of two of a day", -1, NULL));
  for (guint i = 0; i < 6; i++) {
    g_autofree char *text = g_strdup_printf ("%u", i);
    g_free (shooting_take (&self->shooting, "202100001", text, NULL));
    g_assert_true (work (round, self->shooting.dir, TRUE));
  }
  g_assert_true (g_file_test (migration, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_file_test (old, G_FILE_TEST_EXISTS) + g_file_test (older, G_FILE_TEST_EXISTS), ==, 1);
  g_assert_cmpuint (count (self->shooting.dir, ".db"), ==, 3 + 1 + 1);
  g_assert_cmpuint (count (self->second, ".db"), <=, 4);
  lanmu_keeper_round_free (round);
}

static void foreign_folders (Keeping *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (lanmu_second_copy_prepare (self->second, self->shooting.dir, "another", &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_autofree char *inside = g_build_filename (self->shooting.dir, "shots", NULL);
  g_assert_false (lanmu_second_copy_prepare (inside, self->shooting.dir, "x", &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
}

/* Copies know where the audit ended: cutting it off, even with its counter set back, shows. */
static void cut_audit (Keeping *self, gconstpointer data)
{
  LanmuKeeperRound *round = lanmu_keeper_round_new ();
  g_autofree char *a = shooting_take (&self->shooting, "202100001", "one", NULL);
  g_assert_true (work (round, self->shooting.dir, TRUE));
  g_assert_cmpuint (verify (self).broken, ==, 0);
  shooting_tamper (&self->shooting, "DELETE FROM audit WHERE id > (SELECT max (id) - 2 FROM audit); "
                                    "UPDATE sqlite_sequence SET seq = (SELECT max (id) FROM audit) WHERE name = 'audit'");
  g_assert_cmpuint (verify (self).broken, ==, 2); /* the copy here and the one on the other disk */
  lanmu_keeper_round_free (round);
}

typedef struct {
  GMainLoop *loop;
  LanmuKeeping wanted;
} Waiting;

static void on_changed (LanmuKeeper *keeper, Waiting *waiting)
{
  g_test_message ("%s %s", lanmu_keeping_to_string (lanmu_keeper_get_state (keeper)), lanmu_keeper_get_message (keeper));
  if (lanmu_keeper_get_state (keeper) == waiting->wanted)
    g_main_loop_quit (waiting->loop);
}

static gboolean give_up (gpointer data)
{
  g_error ("waited in vain");
  return G_SOURCE_REMOVE;
}

static void wait_for (LanmuKeeper *keeper, Waiting *waiting, LanmuKeeping state)
{
  guint patience = g_timeout_add_seconds (60, give_up, NULL);
  waiting->wanted = state;
  if (lanmu_keeper_get_state (keeper) != state)
    g_main_loop_run (waiting->loop);
  g_source_remove (patience);
}

static void on_finished (GObject *source, GAsyncResult *result, gpointer loop)
{
  g_main_loop_quit (loop);
}

static void on_its_own (Keeping *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Waiting waiting = {.loop = g_main_loop_new (NULL, FALSE)};
  g_autofree char *a = shooting_take (&self->shooting, "202100001", "one", NULL);
  LanmuKeeper *keeper = lanmu_keeper_new (self->shooting.dir, &error);
  g_assert_no_error (error);
  g_signal_connect (keeper, "changed", G_CALLBACK (on_changed), &waiting);
  wait_for (keeper, &waiting, LANMU_KEEPING_FINE);
  g_autofree char *path = second_path (self, a);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  g_autofree char *away = g_strconcat (self->second, "-away", NULL);
  g_assert_cmpint (g_rename (self->second, away), ==, 0);
  g_autofree char *b = shooting_take (&self->shooting, "202100002", "two", NULL);
  lanmu_keeper_kick (keeper);
  wait_for (keeper, &waiting, LANMU_KEEPING_MISSING);
  g_assert_nonnull (strstr (lanmu_keeper_get_message (keeper), self->second));
  g_assert_cmpint (g_rename (away, self->second), ==, 0);
  lanmu_keeper_finish_async (keeper, on_finished, waiting.loop);
  g_main_loop_run (waiting.loop);
  g_assert_cmpint (lanmu_keeper_get_state (keeper), ==, LANMU_KEEPING_FINE);
  g_assert_cmpuint (count (self->second, ".db"), ==, 1);
  g_assert_cmpuint (verify (self).notes, ==, 0);
  lanmu_keeper_stop (keeper);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (keeper);
  g_main_loop_unref (waiting.loop);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const struct {
    const char *path;
    void (*run) (Keeping *self, gconstpointer data);
  } tests[] = {
      {"/keeper/copies", copies},
      {"/keeper/pulled-out", pulled_out},
      {"/keeper/damaged-source", damaged_source},
      {"/keeper/rotation", rotation},
      {"/keeper/foreign-folders", foreign_folders},
      {"/keeper/cut-audit", cut_audit},
      {"/keeper/on-its-own", on_its_own},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Keeping, NULL, set_up, tests[i].run, tear_down);
  return g_test_run ();
}
