/* See killpoint.h. The kill is a SIGKILL so that nothing, no handler and no buffer, gets a last word. */
#include "db/killpoint.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static char *kill_name; /* NULL: no kill */
static char *log_path;  /* NULL: no log */
static int passes_left;

static void read_environment (void)
{
  const char *at = g_getenv ("LANMU_KILL_AT");

  log_path = g_strdup (g_getenv ("LANMU_KILL_LOG"));
  if (!at || !*at)
    return;
  const char *colon = strrchr (at, ':');
  passes_left = colon ? atoi (colon + 1) : 1;
  kill_name = colon ? g_strndup (at, (gsize)(colon - at)) : g_strdup (at);
}

static void append_to_log (const char *name)
{
  g_autofree char *line = g_strconcat (name, "\n", NULL);
  int fd = open (log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

  if (fd < 0 || write (fd, line, strlen (line)) < 0)
    g_warning ("cannot write the killpoint log %s", log_path);
  if (fd >= 0)
    close (fd);
}

void lanmu_killpoint (const char *name)
{
  pthread_once (&once, read_environment);
  if (log_path)
    append_to_log (name);
  if (kill_name && strcmp (kill_name, name) == 0 && __atomic_sub_fetch (&passes_left, 1, __ATOMIC_ACQ_REL) == 0)
    raise (SIGKILL);
}
