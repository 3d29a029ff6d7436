/* See incoming.h. At most a few at a time. */
#include "db/incoming.h"
#include "db/files.h"
#include "db/sealfile.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static GHashTable *parts; /* "dir/id" → descriptor + 1 */

static int find (const char *key)
{
  return parts ? GPOINTER_TO_INT (g_hash_table_lookup (parts, key)) - 1 : -1;
}

static void close_part (gpointer data)
{
  close (GPOINTER_TO_INT (data) - 1);
}

static gboolean make (const char *key, int *fd, GError **error)
{
  if (!parts)
    parts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, close_part);
  if (find (key) >= 0) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS, "There are bytes %s of an earlier try already", key);
    return FALSE;
  }
  LANMU_AUTO_FD memory = lanmu_memory_file_new (error);
  if (memory < 0)
    return FALSE;
  *fd = fcntl (memory, F_DUPFD_CLOEXEC, 3);
  if (*fd < 0)
    return lanmu_file_fail (error, errno, "Cannot make room in memory for", key);
  g_hash_table_insert (parts, g_strdup (key), GINT_TO_POINTER (memory + 1));
  memory = -1;
  return TRUE;
}

gboolean lanmu_incoming_make (const char *dir, const char *id, int *fd, GError **error)
{
  g_autofree char *key = g_build_filename (dir, id, NULL);

  pthread_mutex_lock (&mutex);
  gboolean ok = make (key, fd, error);
  pthread_mutex_unlock (&mutex);
  return ok;
}

int lanmu_incoming_get (const char *dir, const char *id)
{
  g_autofree char *key = g_build_filename (dir, id, NULL);

  pthread_mutex_lock (&mutex);
  int fd = find (key);
  int copy = fd >= 0 ? fcntl (fd, F_DUPFD_CLOEXEC, 3) : -1;
  pthread_mutex_unlock (&mutex);
  return copy;
}

void lanmu_incoming_drop (const char *dir, const char *id)
{
  g_autofree char *key = g_build_filename (dir, id, NULL);

  pthread_mutex_lock (&mutex);
  if (parts)
    g_hash_table_remove (parts, key);
  pthread_mutex_unlock (&mutex);
}
