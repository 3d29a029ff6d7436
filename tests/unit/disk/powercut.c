/* The power goes. Every change below the data folder is recorded while three shots, a repair and a tray move are made; then the disk is made up again as it may be
 * found after a cut at any moment, and opened: what was reported as durable is there, nobody has another's picture, SQLite finds its file sound.
 *
 * The disk's rules, as POSIX gives them and no better: bytes survive for sure when their file was synced since, names when their folder was. Of the rest any part
 * may survive, each write by itself (so a log may have holes); names of one folder in their order; of a rename never only the end of the old name. */
#include "tests/unit/disk/disk.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/repair.h"
#include "app/verify.h"
#include "tests/unit/app/shooting.h"

typedef struct {
  DiskOp op;   /* strings and bytes owned */
  char *shot;  /* a mark: from here on this shot is reported as durable, … */
  char *owner; /* … and it is this student's (NULL: in the tray) */
} Event;

static GPtrArray *events;
static char *base; /* the folder before the first change */

static void record (const DiskOp *op, gpointer data)
{
  Event *event = g_new0 (Event, 1);
  event->op = *op;
  event->op.path = g_strdup (op->path);
  event->op.to = g_strdup (op->to);
  event->op.bytes = op->bytes != NULL ? g_memdup2 (op->bytes, op->n) : NULL;
  g_ptr_array_add (events, event);
}

static void mark (const char *shot, const char *owner)
{
  Event *event = g_new0 (Event, 1);
  event->shot = g_strdup (shot);
  event->owner = g_strdup (owner);
  g_ptr_array_add (events, event);
}

/* -- a disk made of its events -- */

typedef struct {
  GByteArray *durable;
  GPtrArray *pending; /* Event, not synced */
} File;

typedef struct {
  char *path;
  File *file; /* NULL: the name ends; a folder's File has no bytes */
  gboolean folder;
  guint needs; /* index + 1 of the name that must survive with it (the new one of a rename) */
  gboolean done; /* durable, or survived */
} Name;

typedef struct {
  GHashTable *live;  /* path → File */
  GPtrArray *names;  /* Name, in order */
  GPtrArray *files;
  GHashTable *folders;
} Disk;

static File *file_new (Disk *disk)
{
  File *file = g_new0 (File, 1);
  file->durable = g_byte_array_new ();
  file->pending = g_ptr_array_new ();
  g_ptr_array_add (disk->files, file);
  return file;
}

static void apply (GByteArray *bytes, const DiskOp *op)
{
  gsize end = (gsize) op->offset + (op->kind == DISK_WRITE ? op->n : 0);
  gsize old = bytes->len;
  if (end > bytes->len || op->kind == DISK_TRUNCATE)
    g_byte_array_set_size (bytes, (guint) end);
  if (end > old && (gsize) op->offset > old)
    memset (bytes->data + old, 0, (gsize) op->offset - old);
  if (op->kind == DISK_TRUNCATE && end > old)
    memset (bytes->data + old, 0, end - old);
  if (op->kind == DISK_WRITE)
    memcpy (bytes->data + op->offset, op->bytes, op->n);
}

static guint add_name (Disk *disk, const char *path, File *file, gboolean folder, guint needs)
{
  Name *name = g_new0 (Name, 1);
  name->path = g_strdup (path);
  name->file = file;
  name->folder = folder;
  name->needs = needs;
  g_ptr_array_add (disk->names, name);
  if (file != NULL)
    g_hash_table_insert (disk->live, g_strdup (path), file);
  else
    g_hash_table_remove (disk->live, path);
  return disk->names->len;
}

static void load_base (Disk *disk, const char *relative)
{
  g_autofree char *full = g_build_filename (base, relative, NULL);
  g_autoptr (GDir) folder = g_dir_open (full, 0, NULL);
  const char *entry;
  while (folder != NULL && (entry = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = *relative ? g_build_filename (relative, entry, NULL) : g_strdup (entry);
    g_autofree char *child = g_build_filename (base, path, NULL);
    File *file = file_new (disk);
    gboolean is_folder = g_file_test (child, G_FILE_TEST_IS_DIR);
    char *bytes = NULL;
    gsize n = 0;
    if (!is_folder && g_file_get_contents (child, &bytes, &n, NULL))
      g_byte_array_append (file->durable, (guint8 *) bytes, (guint) n);
    g_free (bytes);
    add_name (disk, path, file, is_folder, 0);
    ((Name *) disk->names->pdata[disk->names->len - 1])->done = TRUE;
    if (is_folder)
      load_base (disk, path);
  }
}

static void sync_folder (Disk *disk, const char *path)
{
  for (guint i = 0; i < disk->names->len; i++) {
    Name *name = disk->names->pdata[i];
    g_autofree char *folder = g_path_get_dirname (name->path);
    name->done |= g_str_equal (folder, path);
  }
}

static void sync_path (Disk *disk, const char *path)
{
  File *file = g_hash_table_lookup (disk->live, path);
  if (file == NULL || g_str_equal (path, ".") || (file->durable->len == 0 && file->pending->len == 0))
    sync_folder (disk, path);
  for (guint i = 0; file != NULL && i < file->pending->len; i++)
    apply (file->durable, &((Event *) file->pending->pdata[i])->op);
  if (file != NULL)
    g_ptr_array_set_size (file->pending, 0);
}

static void play (Disk *disk, Event *event)
{
  const DiskOp *op = &event->op;
  File *file = op->path != NULL ? g_hash_table_lookup (disk->live, op->path) : NULL;
  switch (op->kind) {
  case DISK_CREATE:
  case DISK_MKDIR:
    add_name (disk, op->path, file_new (disk), op->kind == DISK_MKDIR, 0);
    break;
  case DISK_WRITE:
  case DISK_TRUNCATE:
    if (file != NULL)
      g_ptr_array_add (file->pending, event);
    break;
  case DISK_SYNC:
    sync_path (disk, op->path);
    break;
  case DISK_RENAME:
    add_name (disk, op->path, NULL, FALSE, add_name (disk, op->to, file, FALSE, 0));
    break;
  case DISK_LINK:
    add_name (disk, op->to, file, FALSE, 0);
    break;
  case DISK_UNLINK:
    add_name (disk, op->path, NULL, FALSE, 0);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* -- what may be found after the cut -- */

typedef enum { NOTHING, EVERYTHING, SOME, N_LUCKS } Luck;

static gboolean survives (Luck luck, GRand *rand)
{
  return luck == EVERYTHING || (luck == SOME && g_rand_boolean (rand));
}

static void write_file (const char *dir, const char *path, const File *file, Luck luck, GRand *rand)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree char *full = g_build_filename (dir, path, NULL), *folder = g_path_get_dirname (full);
  g_byte_array_append (bytes, file->durable->data, file->durable->len);
  for (guint i = 0; i < file->pending->len; i++)
    if (survives (luck, rand))
      apply (bytes, &((Event *) file->pending->pdata[i])->op);
  if (g_file_test (folder, G_FILE_TEST_IS_DIR)) /* a folder whose own name is gone takes its files with it */
    g_assert_true (g_file_set_contents_full (full, (char *) bytes->data, bytes->len, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

/* Names not synced: of each folder the first few, as a file system's journal keeps their order. */
static void choose_names (Disk *disk, Luck luck, GRand *rand)
{
  g_autoptr (GHashTable) ended = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < disk->names->len; i++) {
    Name *name = disk->names->pdata[i];
    char *folder = g_path_get_dirname (name->path);
    gboolean needed = name->needs == 0 || ((Name *) disk->names->pdata[name->needs - 1])->done;
    if (!name->done && needed && !g_hash_table_contains (ended, folder) && survives (luck, rand))
      name->done = TRUE;
    else if (!name->done)
      g_hash_table_add (ended, g_strdup (folder));
    g_free (folder);
  }
}

static void build (Disk *disk, const char *dir, Luck luck, GRand *rand)
{
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  choose_names (disk, luck, rand);
  for (guint i = 0; i < disk->names->len; i++) {
    Name *name = disk->names->pdata[i];
    if (name->done && name->file != NULL)
      g_hash_table_insert (found, name->path, name);
    else if (name->done)
      g_hash_table_remove (found, name->path);
  }
  for (guint i = 0; i < disk->names->len; i++) { /* folders come before what is in them */
    const Name *name = disk->names->pdata[i];
    g_autofree char *full = g_build_filename (dir, name->path, NULL);
    if (g_hash_table_lookup (found, name->path) != name)
      continue;
    if (name->folder)
      g_assert_true (mkdir (full, 0700) == 0 || g_file_test (dir, G_FILE_TEST_IS_DIR));
    else
      write_file (dir, name->path, name->file, luck, rand);
  }
}

static void free_disk (Disk *disk)
{
  for (guint i = 0; i < disk->files->len; i++) {
    File *file = disk->files->pdata[i];
    g_byte_array_unref (file->durable);
    g_ptr_array_unref (file->pending);
    g_free (file);
  }
  for (guint i = 0; i < disk->names->len; i++) {
    g_free (((Name *) disk->names->pdata[i])->path);
    g_free (disk->names->pdata[i]);
  }
  g_ptr_array_unref (disk->files);
  g_ptr_array_unref (disk->names);
  g_hash_table_unref (disk->live);
}

/* -- the trial -- */

static guint states, broken;

/* A second name left by a cut in the middle of a tray move is the next start's to clear; so is a file whose ticket is open. */
static void keep_finding (const LanmuFinding *finding, gpointer data)
{
  if (!finding->broken || g_str_equal (finding->kind, "stray_file"))
    return;
  g_test_message ("cut at %u: %s %s %s", GPOINTER_TO_UINT (data), finding->kind, finding->student_no, finding->message);
  broken++;
}

/* Whose a durable shot may be: as the newest word before the cut says, or as one that was on its way then. */
static gboolean may_be_of (LanmuDb *db, const LanmuShotRow *shot, guint cut)
{
  for (guint i = events->len; i > 0; i--) {
    const Event *event = events->pdata[i - 1];
    if (g_strcmp0 (event->shot, shot->id) != 0)
      continue;
    if (shot->student_id == (event->owner != NULL ? student_id (db, event->owner) : 0))
      return TRUE;
    if (i <= cut)
      return FALSE;
  }
  return FALSE;
}

static void check_promises (LanmuDb *db, guint cut)
{
  for (guint i = 0; i < cut; i++) {
    const Event *event = events->pdata[i];
    if (event->shot == NULL)
      continue;
    g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, event->shot, NULL);
    if (shot == NULL)
      g_error ("cut at %u: shot %s was durable and is lost", cut, event->shot);
    if (!may_be_of (db, shot, cut))
      g_error ("cut at %u: shot %s belongs to student row %d", cut, event->shot, (int) shot->student_id);
  }
}

static void cut_at (guint cut, Luck luck, GRand *rand)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("lanmu-cut-XXXXXX", &error);
  Disk disk = {.live = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL), .names = g_ptr_array_new (), .files = g_ptr_array_new ()};
  load_base (&disk, "");
  for (guint i = 0; i < cut; i++)
    if (((Event *) events->pdata[i])->shot == NULL)
      play (&disk, events->pdata[i]);
  build (&disk, dir, luck, rand);
  free_disk (&disk);
  LanmuVerified out;
  g_autoptr (LanmuDb) db = lanmu_db_open (dir, LANMU_DB_READ_WRITE, &error);
  if (db == NULL)
    g_error ("cut at %u of %u, luck %d: %s", cut, events->len, luck, error->message);
  g_assert_true (lanmu_verify (db, keep_finding, GUINT_TO_POINTER (cut), &out, &error));
  check_promises (db, cut);
  lanmu_db_close (g_steal_pointer (&db));
  remove_folder (dir);
  states++;
}

static void live_a_day (Shooting *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *a = shooting_take (self, "202100001", "one", NULL);
  mark (a, "202100001");
  g_autofree char *t = shooting_take (self, "202100002", "two", "no-time");
  mark (t, NULL);
  g_autofree char *b = shooting_take (self, "202100003", "three", NULL);
  mark (b, "202100003");
  g_assert_true (lanmu_shot_accept (self->db, student_id (self->db, "202100001"), a, ACTOR, &error));
  LanmuRepairJob job = {.wish = {.kind = LANMU_REPAIR_SHIFT, .first = (char *) "202100001", .second = (char *) "202100003"},
                        .actor = (char *) ACTOR,
                        .reason = (char *) "one was out"};
  g_assert_true (lanmu_repair_apply (self->db, &job, &error)); /* b goes to the tray: its file changes place */
  g_assert_no_error (error);
  mark (b, NULL);
  mark (a, "202100002");
  g_array_unref (job.students);
}

static void copy_tree (const char *from, const char *to)
{
  g_autofree char *command = g_strdup_printf ("cp -a '%s/.' '%s'", from, to);
  g_assert_true (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}

static void every_moment (Shooting *self, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20270501);
  g_autoptr (GError) error = NULL;
  events = g_ptr_array_new ();
  lanmu_db_close (self->db); /* the log is in the file now: the base is whole */
  base = g_dir_make_tmp ("lanmu-base-XXXXXX", &error);
  copy_tree (self->dir, base);
  disk_watch (self->dir, NULL, record, NULL);
  self->db = open_for_writing (self->dir);
  live_a_day (self);
  lanmu_db_close (self->db);
  disk_watch (NULL, NULL, NULL, NULL);
  g_assert_cmpuint (events->len, >, 100);
  for (guint cut = 0; cut <= events->len; cut++)
    for (Luck luck = NOTHING; luck < N_LUCKS; luck++)
      cut_at (cut, luck, rand);
  g_test_message ("%u events, %u states of the disk, %u broken promises", events->len, states, broken);
  g_assert_cmpuint (broken, ==, 0);
  self->db = open_for_writing (self->dir);
  remove_folder (base);
  g_free (base);
}

int main (int argc, char **argv)
{
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR)) /* the cuts are made up: a disk of memory is quick */
    g_setenv ("TMPDIR", "/dev/shm", FALSE);
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/powercut/every-moment", Shooting, NULL, shooting_set_up, every_moment, shooting_tear_down);
  return g_test_run ();
}
