/* A sick disk at every step of a shot: the n-th change below the data folder fails, n = 1, 2, 3 … until none does, for each way a disk refuses. Files and
 * SQLite alike. After each: the sentence has the right code, nothing that was promised is gone, nobody has another's picture, and the ticket is explained. */
#include "tests/unit/disk/disk.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "app/verify.h"
#include "db/bindings.h"
#include "db/vault.h"
#include "tests/unit/app/shooting.h"

typedef struct {
  guint left;      /* calls until it fails; 0: it fails now, and the ones after it when sticky */
  gboolean sticky; /* a disk that is full or gone stays so */
  int number;
  gboolean failed;
} Fault;

static int fail_one (const DiskOp *op, gpointer data)
{
  Fault *fault = data;
  if (op->kind == DISK_UNLINK) /* gives room, and is only ever of our own leftovers here */
    return 0;
  if (fault->left > 0 && --fault->left > 0)
    return 0;
  if (fault->failed && !fault->sticky)
    return 0;
  fault->failed = TRUE;
  return fault->number;
}

typedef struct {
  LanmuDb *db;
  const char *dir;
  char *ticket, *shot; /* what was reported as durable */
  gint64 us;
} Run;

static LanmuMoment now (Run *run)
{
  run->us += G_USEC_PER_SEC;
  return (LanmuMoment){run->us, run->us};
}

static LanmuTicketRow *release (Run *run, GError **error)
{
  gint64 session = lanmu_session_begin (run->db, "test", ACTOR, now (run), error);
  gint64 binding = session != 0 ? lanmu_binding_begin (run->db, session, 1, NULL, "queue", now (run), ACTOR, error) : 0;
  LanmuTicketRow wanted = {.origin = LANMU_ORIGIN_HOST,
                           .student_id = 1,
                           .binding_id = binding,
                           .session_id = session,
                           .operator_name = (char *) ACTOR,
                           .camera_serial = (char *) "1",
                           .opened = now (run)};
  LanmuTicketRow *ticket = binding != 0 ? lanmu_ticket_open (run->db, &wanted, ACTOR, error) : NULL;
  run->ticket = ticket != NULL ? g_strdup (ticket->id) : NULL;
  return ticket;
}

static gboolean fetch (Run *run, const char *id, GError **error)
{
  int fd = -1;
  if (!lanmu_vault_incoming (run->dir, id, &fd, error))
    return FALSE;
  gboolean written = write (fd, "picture", 7) == 7;
  int number = errno;
  close (fd);
  if (!written) /* as the camera host reports it */
    g_set_error (error, LANMU_DB_ERROR, number == ENOSPC ? LANMU_DB_ERROR_FULL : number == EROFS ? LANMU_DB_ERROR_READ_ONLY : LANMU_DB_ERROR_IO,
                 "cannot write");
  return written;
}

/* One shot from the key to the row; stops at the first error, as the station does. */
static gboolean shoot (Run *run, GError **error)
{
  g_autoptr (LanmuTicketRow) ticket = release (run, error);
  g_autofree char *path = NULL;
  if (ticket == NULL || !fetch (run, ticket->id, error) ||
      !lanmu_vault_keep (run->dir, ticket->id, ticket->id, LANMU_VAULT_SHOTS, ".jpg", &path, error))
    return FALSE;
  g_autofree char *sha256 = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "picture", -1);
  const LanmuShotRow shot = {
      .id = ticket->id, .ticket_id = ticket->id, .student_id = 1, .sha256 = sha256, .size = 7, .path = path};
  if (!lanmu_shot_attach (run->db, &shot, ACTOR, NULL, error))
    return FALSE;
  run->shot = g_strdup (ticket->id);
  return TRUE;
}

static void keep_finding (const LanmuFinding *finding, gpointer data)
{
  g_test_message ("%s %s", finding->kind, finding->message);
  if (finding->broken)
    (*(guint *) data)++;
}

static void check_after (const Run *run)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_for_writing (run->dir);
  LanmuVerified out;
  guint broken = 0;
  g_assert_true (lanmu_verify (db, keep_finding, &broken, &out, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (broken, ==, 0);
  if (run->ticket != NULL) { /* the shutter may have moved: the ticket is there, open or answered */
    g_autoptr (LanmuTicketRow) ticket = lanmu_ticket_get (db, run->ticket, &error);
    g_assert_no_error (error);
    g_assert_cmpint (ticket->student_id, ==, 1);
    g_assert_true (ticket->state == LANMU_TICKET_OPEN || ticket->state == LANMU_TICKET_ATTACHED);
  }
  if (run->shot != NULL) {
    g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, run->shot, &error);
    g_assert_no_error (error);
    g_assert_cmpint (shot->state, ==, LANMU_SHOT_ATTACHED);
  }
}

static LanmuDbError code_of (int number)
{
  return number == ENOSPC ? LANMU_DB_ERROR_FULL : number == EROFS ? LANMU_DB_ERROR_READ_ONLY : LANMU_DB_ERROR_IO;
}

/* FALSE: the disk was never asked that often, the flow is over. */
static gboolean one_fault (guint n, int number, gboolean sticky)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_campaign (3);
  Fault fault = {.left = n, .sticky = sticky, .number = number};
  Run run = {.db = open_for_writing (dir), .dir = dir, .us = G_USEC_PER_SEC};
  disk_watch (dir, fail_one, NULL, &fault);
  gboolean done = shoot (&run, &error);
  disk_watch (NULL, NULL, NULL, NULL);
  g_test_message ("fault %u: %s", n, error != NULL ? error->message : "none was felt");
  if (!done) {
    g_assert_nonnull (error);
    g_assert_cmpint (error->domain, ==, LANMU_DB_ERROR);
    g_assert_cmpint (error->code, ==, code_of (number));
  }
  lanmu_db_close (run.db);
  check_after (&run);
  g_free (run.ticket);
  g_free (run.shot);
  remove_folder (dir);
  return fault.failed;
}

static void every_step (gconstpointer data)
{
  int number = GPOINTER_TO_INT (data);
  guint n = 1;
  while (one_fault (n, number, TRUE))
    n++;
  g_assert_cmpuint (n, >, 10);
  for (guint i = 1; i < n; i++) /* and one that passes */
    one_fault (i, number, FALSE);
}

int main (int argc, char **argv)
{
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR)) /* the faults are ours: a disk of memory is quick */
    g_setenv ("TMPDIR", "/dev/shm", FALSE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/faults/full", GINT_TO_POINTER (ENOSPC), every_step);
  g_test_add_data_func ("/faults/io", GINT_TO_POINTER (EIO), every_step);
  g_test_add_data_func ("/faults/read-only", GINT_TO_POINTER (EROFS), every_step);
  return g_test_run ();
}
