/* A program that the tests may kill.
 *
 *   child hold DIR    opens the store, says "held", waits until its standard input ends
 *   child shoot DIR   one student, one ticket, one picture, accepted; then a picture through quarantine; each durable
 * step with its killpoint
 */
#include "tests/unit/db/fixture.h"
#include "db/store.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int fail (GError *error)
{
  fprintf (stderr, "%s\n", error ? error->message : "no error was given");
  return 1;
}

static int hold (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStore) store = lanmu_store_open (dir, LANMU_DB_READ_WRITE, &error);
  char byte;

  if (!store)
    return fail (error);
  puts ("held");
  fflush (stdout);
  return read (0, &byte, 1) < 0;
}

static gboolean write_picture (const char *dir, const LanmuTicketRow *ticket, LanmuShotRow *shot, LanmuVaultPlace place,
                               GError **error)
{
  g_autofree char *bytes = g_strdup_printf ("picture of %s", ticket->id);
  int fd = -1;

  if (!lanmu_vault_incoming (dir, ticket->id, &fd, error))
    return FALSE;
  gboolean written = write (fd, bytes, strlen (bytes)) == (gssize)strlen (bytes);
  g_free (shot->sha256);
  shot->sha256 = lanmu_vault_sha256 (fd, &shot->size, error);
  close (fd);
  g_clear_pointer (&shot->path, g_free);
  return written && shot->sha256 && lanmu_vault_keep (dir, ticket->id, shot->id, place, ".jpg", &shot->path, error);
}

static gboolean shoot_attached (LanmuDb *db, const char *dir, GError **error)
{
  bind_student (db, "20210001", 100);
  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (db, 110);
  g_autoptr (LanmuShotRow) shot = make_shot (ticket, ticket->student_id);

  return write_picture (dir, ticket, shot, LANMU_VAULT_SHOTS, error) &&
         lanmu_shot_attach (db, shot, ACTOR, NULL, error) &&
         lanmu_shot_accept (db, ticket->student_id, shot->id, ACTOR, error);
}

static gboolean shoot_quarantined (LanmuDb *db, const char *dir, GError **error)
{
  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (db, 120);
  g_autoptr (LanmuShotRow) shot = make_shot (ticket, 0);
  g_autofree char *moved = NULL;

  shot->reason = g_strdup ("time");
  return write_picture (dir, ticket, shot, LANMU_VAULT_QUARANTINE, error) &&
         lanmu_shot_quarantine (db, shot, ACTOR, NULL, error) &&
         lanmu_vault_link (dir, shot->path, LANMU_VAULT_SHOTS, &moved, error) &&
         lanmu_shot_assign (db, shot->id, 2, moved, ACTOR, error) &&
         lanmu_vault_unlink_old (dir, shot->path, moved, error);
}

static int shoot (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_campaign (dir, 3);

  return shoot_attached (db, dir, &error) && shoot_quarantined (db, dir, &error) ? 0 : fail (error);
}

int main (int argc, char **argv)
{
  if (argc == 3 && strcmp (argv[1], "hold") == 0)
    return hold (argv[2]);
  if (argc == 3 && strcmp (argv[1], "shoot") == 0)
    return shoot (argv[2]);
  return 2;
}
