/* The host's process: see the header.
 *
 * Environment of the host: HOME is a folder of its own (the library keeps its capture target and pairing there), texts
 * of the library untranslated. LANMU_CAMERA_DEBUG=1 lets its standard error through (the library prints noise there).
 */
#include "capture/hostprocess.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <sys/socket.h>
#include <unistd.h>
#include "capture/channel.h"
#include "capture/deadlines.h"
#include "capture/frameslot.h"

#define MOST_AT_ONCE 256 /* messages: a host that speaks faster than they are read must not keep everything else waiting */
#define SOCKET_FD 3
#define RING_FD   4

struct _LanmuHostProcess {
  gatomicrefcount references;
  const LanmuHostEvents *events;
  gpointer data;
  GSubprocess *process;
  LanmuChannel *channel;
  LanmuRing *ring;
  GSource *readable, *writable, *watch;
  GSource *again; /* messages were left in the channel: they are read after whatever else waits */
  gint64 suspect_since; /* the pulse's since_us that was overdue at the last look */
  guint64 superseded;
  gboolean over;
};

static void clear_source (GSource **source)
{
  if (*source != NULL) {
    g_source_destroy (*source);
    g_source_unref (*source);
    *source = NULL;
  }
}

static void silence (LanmuHostProcess *self)
{
  self->over = TRUE;
  clear_source (&self->readable);
  clear_source (&self->writable);
  clear_source (&self->watch);
  clear_source (&self->again);
}

static void end (LanmuHostProcess *self, LanmuTrouble trouble, const char *detail)
{
  if (self->over)
    return;
  silence (self);
  g_subprocess_force_exit (self->process);
  self->events->ended (self, trouble, detail, self->data);
}

/* Takes over *newest; the older picture goes back to the ring. */
static gboolean keep_newest (LanmuHostProcess *self, LanmuFrame **newest, GVariant *body)
{
  LanmuFrame *frame = lanmu_frame_new_for_message (self->ring, body);
  if (frame == NULL)
    return FALSE;
  if (*newest != NULL) {
    self->superseded++;
    lanmu_frame_unref (*newest);
  }
  *newest = frame;
  return TRUE;
}

static void attach (GSource *source, GSourceFunc function, gpointer data)
{
  g_source_set_callback (source, function, data, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
}

static gboolean on_readable (int fd, GIOCondition condition, gpointer data);
static gboolean on_again (gpointer data);

static void watch_socket (LanmuHostProcess *self)
{
  self->readable = g_unix_fd_source_new (lanmu_channel_get_fd (self->channel), G_IO_IN | G_IO_HUP | G_IO_ERR);
  attach (self->readable, G_SOURCE_FUNC (on_readable), self);
}

/* The socket is left alone until everything else, drawing too, had its turn. */
static void read_later (LanmuHostProcess *self)
{
  clear_source (&self->readable);
  self->again = g_idle_source_new ();
  g_source_set_priority (self->again, G_PRIORITY_DEFAULT_IDLE);
  attach (self->again, on_again, self);
}

/* Reads what is there, but not for ever. FALSE with detail when the run must end. */
static gboolean read_messages (LanmuHostProcess *self, LanmuFrame **newest, char **detail)
{
  for (guint count = 0; !self->over; count++) {
    if (count == MOST_AT_ONCE) {
      read_later (self);
      return TRUE;
    }
    g_auto (LanmuMessage) message = {0};
    g_autoptr (GError) error = NULL;
    int fd = -1;
    switch (lanmu_channel_receive (self->channel, &message, &fd, &error)) {
    case LANMU_RECEIVED_NOTHING:
      return TRUE;
    case LANMU_RECEIVED_END:
      *detail = g_strdup ("the camera host ended unexpectedly");
      return FALSE;
    case LANMU_RECEIVED_ERROR:
      *detail = g_strdup (error->message);
      return FALSE;
    case LANMU_RECEIVED_MESSAGE:
      break;
    }
    if (fd >= 0)
      close (fd);
    if (message.type != LANMU_MESSAGE_FRAME) {
      self->events->message (self, &message, self->data);
    } else if (!keep_newest (self, newest, message.body)) {
      *detail = g_strdup ("the camera host described a picture that cannot be");
      return FALSE;
    }
  }
  return TRUE;
}

static void read_and_tell (LanmuHostProcess *process)
{
  LanmuHostProcess *self = lanmu_host_process_ref (process);
  g_autofree char *detail = NULL;
  LanmuFrame *newest = NULL;
  gboolean good = read_messages (self, &newest, &detail);
  if (newest != NULL) {
    if (!self->over)
      self->events->frame (self, newest, self->data);
    lanmu_frame_unref (newest);
  }
  if (!good)
    end (self, LANMU_TROUBLE_CRASHED, detail);
  lanmu_host_process_unref (self);
}

static gboolean on_readable (int fd, GIOCondition condition, gpointer data)
{
  read_and_tell (data);
  return G_SOURCE_CONTINUE;
}

static gboolean on_again (gpointer data)
{
  LanmuHostProcess *self = data;
  clear_source (&self->again);
  watch_socket (self);
  read_and_tell (self);
  return G_SOURCE_REMOVE;
}

static gboolean on_writable (int fd, GIOCondition condition, gpointer data)
{
  LanmuHostProcess *self = data;
  lanmu_channel_flush (self->channel, NULL); /* an error shows at the reading side too */
  if (!lanmu_channel_has_unsent (self->channel))
    clear_source (&self->writable);
  return G_SOURCE_CONTINUE;
}

void lanmu_host_process_send (LanmuHostProcess *self, LanmuMessageType type, guint64 id, GVariant *body, int fd)
{
  g_autoptr (GError) error = NULL;
  if (!lanmu_channel_send (self->channel, type, id, body, fd, &error))
    g_debug ("camera host: %s", error->message);
  if (!self->over && self->writable == NULL && lanmu_channel_has_unsent (self->channel)) {
    self->writable = g_unix_fd_source_new (lanmu_channel_get_fd (self->channel), G_IO_OUT);
    attach (self->writable, G_SOURCE_FUNC (on_writable), self);
  }
}

/* Two looks at the same overdue moment: a stale pair of values cannot kill a healthy host. */
static gboolean on_watch (gpointer data)
{
  LanmuHostProcess *self = data;
  LanmuPulse *pulse = lanmu_ring_get_pulse (self->ring);
  guint32 op = atomic_load_explicit (&pulse->op, memory_order_acquire);
  gint64 since = atomic_load_explicit (&pulse->since_us, memory_order_relaxed);
  gint64 age_ms = (g_get_monotonic_time () - since) / 1000;
  if (op >= LANMU_N_OPS)
    op = LANMU_OP_WAITING;
  if (age_ms <= (gint64) lanmu_pulse_deadline_ms (pulse, op)) {
    self->suspect_since = 0;
  } else if (self->suspect_since != since) {
    self->suspect_since = since;
  } else {
    g_autofree char *detail = g_strdup_printf ("no answer for %d ms in \"%s\"", (int) age_ms, lanmu_op_names[op]);
    lanmu_host_process_ref (self);
    end (self, op == LANMU_OP_ABANDON ? LANMU_TROUBLE_NONE : LANMU_TROUBLE_HUNG, detail);
    lanmu_host_process_unref (self);
    return G_SOURCE_REMOVE;
  }
  return G_SOURCE_CONTINUE;
}

static GSubprocess *spawn (const char *program, const char *home, int socket_fd, int ring_fd, GError **error)
{
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_SILENCE;
  if (g_strcmp0 (g_getenv ("LANMU_CAMERA_DEBUG"), "1") != 0)
    flags |= G_SUBPROCESS_FLAGS_STDERR_SILENCE;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (flags);
  g_subprocess_launcher_setenv (launcher, "HOME", home, TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  g_subprocess_launcher_setenv (launcher, "LC_MESSAGES", "C", TRUE);
  g_subprocess_launcher_unsetenv (launcher, "LANGUAGE");
  g_subprocess_launcher_take_fd (launcher, socket_fd, SOCKET_FD);
  g_subprocess_launcher_take_fd (launcher, ring_fd, RING_FD);
  return g_subprocess_launcher_spawn (launcher, error, program, NULL);
}

static gboolean fail (GError **error, const char *what)
{
  int number = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s: %s", what, g_strerror (number));
  return FALSE;
}

static gboolean start (LanmuHostProcess *self, const char *program, const char *home, GError **error)
{
  int pair[2], ring_fd;
  if (g_mkdir_with_parents (home, 0700) != 0)
    return fail (error, "cannot make the camera host's folder");
  self->ring = lanmu_ring_new (error);
  if (self->ring == NULL)
    return FALSE;
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
    return fail (error, "cannot make a socket");
  self->channel = lanmu_channel_new (pair[0], FALSE);
  ring_fd = fcntl (lanmu_ring_get_fd (self->ring), F_DUPFD_CLOEXEC, 3);
  if (ring_fd < 0) {
    close (pair[1]);
    return fail (error, "cannot duplicate a descriptor");
  }
  atomic_store (&lanmu_ring_get_pulse (self->ring)->since_us, g_get_monotonic_time ());
  self->process = spawn (program, home, pair[1], ring_fd, error);
  return self->process != NULL;
}

LanmuHostProcess *lanmu_host_process_new (const char *program, const char *home, const LanmuHostEvents *events,
                                          gpointer data, GError **error)
{
  LanmuHostProcess *self = g_new0 (LanmuHostProcess, 1);
  g_atomic_ref_count_init (&self->references);
  self->events = events;
  self->data = data;
  if (!start (self, program, home, error)) {
    lanmu_host_process_unref (self);
    return NULL;
  }
  watch_socket (self);
  self->watch = g_timeout_source_new (LANMU_WATCH_PERIOD_MS);
  attach (self->watch, on_watch, self);
  return self;
}

LanmuHostProcess *lanmu_host_process_ref (LanmuHostProcess *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void lanmu_host_process_unref (LanmuHostProcess *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  silence (self);
  g_clear_pointer (&self->channel, lanmu_channel_free); /* the host sees it and ends */
  g_clear_pointer (&self->ring, lanmu_ring_unref);
  g_clear_object (&self->process);
  g_free (self);
}

void lanmu_host_process_detach (LanmuHostProcess *self)
{
  silence (self);
}

void lanmu_host_process_kill (LanmuHostProcess *self)
{
  silence (self);
  g_subprocess_force_exit (self->process);
}

LanmuPulse *lanmu_host_process_get_pulse (LanmuHostProcess *self)
{
  return lanmu_ring_get_pulse (self->ring);
}

guint64 lanmu_host_process_get_superseded (LanmuHostProcess *self)
{
  return self->superseded;
}

const char *lanmu_host_process_get_identifier (LanmuHostProcess *self)
{
  return g_subprocess_get_identifier (self->process);
}
