/* lanmu-camera: the only program that links libgphoto2, a child of lanmu or lanmuctl.
 *
 * Why apart: the library may block for minutes without a way to stop it, or crash. One thread, one loop (loop.c).
 * Descriptor 3 is the socket to the parent, 4 the ring. Started by hand it says so and ends. Promises: 1. never
 * outlives its parent by more than a few seconds. 2. never chooses a path: a picture goes into a descriptor that was
 * handed over.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include "capture/host/loop.h"

#define SOCKET_FD    3
#define RING_FD      4
#define LAST_WORDS_S 3

/* The parent died: the loop sees the closed socket and ends the session; should a library call hold it up, the alarm
 * ends the process. */
static void on_orphaned (int number)
{
  alarm (LAST_WORDS_S);
}

static gboolean is_socket (int fd)
{
  struct stat status;
  return fstat (fd, &status) == 0 && S_ISSOCK (status.st_mode);
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc > 1 || !is_socket (SOCKET_FD)) {
    fprintf (stderr, "lanmu-camera is started by lanmu and lanmuctl; it is not a command.\n");
    return 2;
  }
  signal (SIGPIPE, SIG_IGN); /* the library writes to sockets with write(2) */
  signal (SIGHUP, on_orphaned);
  prctl (PR_SET_PDEATHSIG, SIGHUP);
  prctl (PR_SET_TIMERSLACK, 1); /* the library looks for events by waits of 1 µs, a dozen a picture: by default each lasts 50 */
  setenv ("TZ", "UTC0", TRUE); /* the body's naive clock comes out as if it were UTC, whatever the zone here */
  fcntl (SOCKET_FD, F_SETFD, FD_CLOEXEC);
  g_autoptr (LanmuRing) ring = lanmu_ring_open (RING_FD, &error);
  if (ring == NULL) {
    fprintf (stderr, "lanmu-camera: %s\n", error->message);
    return 2;
  }
  close (RING_FD);
  lanmu_loop_run (lanmu_channel_new (SOCKET_FD, TRUE), ring);
  return 0;
}
