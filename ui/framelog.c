/* The counters of ui/framelog.h. Both ends are read at a painted frame, so that frames on their way do not count as
 * lost. */
#include "ui/framelog.h"

#include "ui/stallwatch.h"
#include "ui/threadcpu.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

typedef struct {
  LanmuCameraCounters camera;
  guint64 shown;
  gint64 cpu_us, at_us;
  double look_ms; /* of the vision thread */
} Reading;

struct _LanmuFrameLog {
  GObject parent;
  LanmuCamera *camera;
  LanmuLivePicture *picture;
  gboolean begun;
  Reading first;
  double first_frame_ms;
};

G_DEFINE_FINAL_TYPE (LanmuFrameLog, lanmu_frame_log, G_TYPE_OBJECT)

static guint first_signal;

static gint64 own_cpu_us (void)
{
  struct rusage usage;
  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec +
         usage.ru_stime.tv_usec;
}

static Reading read_now (LanmuFrameLog *self)
{
  Reading reading = {
      .shown = lanmu_live_picture_get_shown (self->picture), .cpu_us = own_cpu_us (), .at_us = g_get_monotonic_time ()};
  reading.look_ms = lanmu_thread_cpu_ms ("lanmu-vision");
  lanmu_camera_get_counters (self->camera, &reading.camera);
  return reading;
}

/* Milliseconds since the kernel started this process: field 22 of /proc/self/stat, in ticks since boot. */
static double process_age_ms (void)
{
  g_autofree char *stat = NULL;
  struct timespec now;
  unsigned long long start = 0;

  clock_gettime (CLOCK_BOOTTIME, &now);
  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL))
    return -1;
  const char *fields = g_strrstr (stat, ")"); /* the name before it may hold anything */
  if (fields == NULL ||
      sscanf (fields, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &start) !=
          1)
    return -1;
  return now.tv_sec * 1000.0 + now.tv_nsec / 1e6 - start * 1000.0 / sysconf (_SC_CLK_TCK);
}

static void on_painted (LanmuFrameLog *self)
{
  if (self->begun || lanmu_live_picture_get_shown (self->picture) == 0)
    return;
  self->begun = TRUE;
  self->first = read_now (self);
  self->first_frame_ms = process_age_ms ();
  g_signal_emit (self, first_signal, 0);
}

static void add_count (JsonBuilder *builder, const char *name, guint64 count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64) count);
}

static void add_figure (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, round (value * 1000) / 1000);
}

/* All decoding since the start, as the counters have it. */
static double decoding_ms (const Reading *reading)
{
  return reading->camera.decode_us * (double) reading->camera.decoded / 1000;
}

static void add_costs (JsonBuilder *builder, const Reading *first, const Reading *now)
{
  double host_ms = (now->camera.host_cpu_us - first->camera.host_cpu_us) / 1000;
  double own_ms = (double) (now->cpu_us - first->cpu_us) / 1000;
  add_figure (builder, "seconds", (double) (now->at_us - first->at_us) / G_USEC_PER_SEC);
  add_figure (builder, "cpu_ms", own_ms + host_ms);
  add_figure (builder, "host_cpu_ms", host_ms);
  add_figure (builder, "decode_ms", decoding_ms (now) - decoding_ms (first));
  add_figure (builder, "look_ms", now->look_ms - first->look_ms);
}

char *lanmu_frame_log_to_json (LanmuFrameLog *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  Reading now = read_now (self), *first = self->begun ? &self->first : &now;

  json_builder_begin_object (builder);
  add_count (builder, "delivered", now.camera.delivered - first->camera.delivered);
  add_count (builder, "decoded", now.camera.decoded - first->camera.decoded);
  add_count (builder, "dropped", now.camera.dropped - first->camera.dropped);
  add_count (builder, "shown", now.shown - first->shown);
  add_costs (builder, first, &now);
  add_figure (builder, "first_frame_ms", self->begun ? self->first_frame_ms : -1);
  if (lanmu_stall_watch_get_longest_ms () >= 0)
    add_figure (builder, "longest_stall_ms", lanmu_stall_watch_get_longest_ms ());
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

gboolean lanmu_frame_log_has_begun (LanmuFrameLog *self)
{
  return self->begun;
}

static void lanmu_frame_log_dispose (GObject *object)
{
  LanmuFrameLog *self = LANMU_FRAME_LOG (object);
  g_clear_object (&self->camera);
  g_clear_object (&self->picture);
  G_OBJECT_CLASS (lanmu_frame_log_parent_class)->dispose (object);
}

static void lanmu_frame_log_class_init (LanmuFrameLogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_frame_log_dispose;
  first_signal = g_signal_new ("first", LANMU_TYPE_FRAME_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void lanmu_frame_log_init (LanmuFrameLog *self)
{
}

static void on_realize (LanmuFrameLog *self)
{
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self->picture)), "after-paint",
                           G_CALLBACK (on_painted), self, G_CONNECT_SWAPPED);
}

LanmuFrameLog *lanmu_frame_log_new (LanmuCamera *camera, LanmuLivePicture *picture)
{
  LanmuFrameLog *self = g_object_new (LANMU_TYPE_FRAME_LOG, NULL);
  self->camera = g_object_ref (camera);
  self->picture = g_object_ref (picture);
  if (gtk_widget_get_realized (GTK_WIDGET (picture)))
    on_realize (self);
  else
    g_signal_connect_object (picture, "realize", G_CALLBACK (on_realize), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}
