/* The floor under the live picture with its drawing: the smallest GTK program that shows the very frames a run saw.
 *
 * show FILE SECONDS   FILE: JPEG pictures one after the other, as for decode. A full-screen window with nothing in it but one GtkPicture of 750×1000, the
 * place the kiosk's 3:4 part has on a screen of 1920×1080; 30 times a second a picture is decoded into one of four buffers and handed to GTK as it lies there.
 * Prints one JSON object: frames drawn, CPU µs a frame of all of it, and of the decoder alone. Main thread; the first second is not counted. */
#include <gtk/gtk.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <turbojpeg.h>

#define BUFFERS 4
#define PERIOD_MS 33
#define WARM_FRAMES 30

typedef struct {
  const guint8 *data;
  gsize size;
} Picture;

typedef struct {
  GArray *pictures;
  tjhandle decoder;
  GtkWidget *picture;
  GMainLoop *loop;
  guint8 *pixels[BUFFERS];
  int width, height;
  guint given, drawn, last; /* last: how many are wanted */
  gint64 begun_us, decode_us;
} Show;

static gint64 cpu_us (void)
{
  struct rusage used;
  getrusage (RUSAGE_SELF, &used);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * G_USEC_PER_SEC + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}

static gint64 thread_us (void)
{
  struct timespec now;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static GArray *cut (const guint8 *data, gsize size)
{
  GArray *pictures = g_array_new (FALSE, FALSE, sizeof (Picture));
  gsize start = 0;
  for (gsize i = 2; i + 2 < size; i++)
    if (data[i - 2] == 0xff && data[i - 1] == 0xd9 && data[i] == 0xff && data[i + 1] == 0xd8) {
      Picture picture = {data + start, i - start};
      g_array_append_val (pictures, picture);
      start = i;
    }
  return pictures;
}

static void decode (Show *self, guint8 *pixels)
{
  Picture *next = &g_array_index (self->pictures, Picture, self->given % self->pictures->len);
  gint64 begin = thread_us ();
  tjDecompress2 (self->decoder, next->data, (unsigned long) next->size, pixels, self->width, self->width * 4, self->height,
                 TJPF_BGRA, TJFLAG_FASTDCT | TJFLAG_FASTUPSAMPLE);
  self->decode_us += thread_us () - begin;
}

static gboolean on_tick (gpointer data)
{
  Show *self = data;
  guint8 *pixels = self->pixels[self->given % BUFFERS];
  int part = self->height * 3 / 4;
  gsize stride = (gsize) self->width * 4, left = (gsize) (self->width - part) / 2 * 4;
  decode (self, pixels);
  self->given++;
  g_autoptr (GBytes) bytes = g_bytes_new_static (pixels + left, stride * (gsize) self->height - left);
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (part, self->height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, stride);
  gtk_picture_set_paintable (GTK_PICTURE (self->picture), GDK_PAINTABLE (texture));
  return G_SOURCE_CONTINUE;
}

static void on_painted (GdkFrameClock *clock, Show *self)
{
  if (++self->drawn == WARM_FRAMES) {
    self->begun_us = cpu_us ();
    self->decode_us = 0;
  } else if (self->drawn >= self->last) {
    g_main_loop_quit (self->loop);
  }
}

static void open_window (Show *self)
{
  GtkWidget *window = gtk_window_new ();
  self->picture = gtk_picture_new ();
  gtk_widget_set_size_request (self->picture, 750, 1000);
  gtk_widget_set_halign (self->picture, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->picture, GTK_ALIGN_CENTER);
  gtk_window_set_child (GTK_WINDOW (window), self->picture);
  gtk_window_set_default_size (GTK_WINDOW (window), 1920, 1080);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted), self);
}

static gboolean begin (Show *self)
{
  int subsampling, space;
  Picture *first = self->pictures->len > 0 ? &g_array_index (self->pictures, Picture, 0) : NULL;
  if (first == NULL || tjDecompressHeader3 (self->decoder, first->data, (unsigned long) first->size, &self->width, &self->height,
                                            &subsampling, &space) != 0)
    return FALSE;
  for (guint i = 0; i < BUFFERS; i++)
    self->pixels[i] = g_malloc0 ((gsize) self->width * (gsize) self->height * 4);
  return TRUE;
}

int main (int argc, char **argv)
{
  g_autofree char *data = NULL;
  gsize size = 0;
  g_autoptr (GError) error = NULL;
  int seconds = argc == 3 ? atoi (argv[2]) : 0;
  if (seconds < 1 || !g_file_get_contents (argv[1], &data, &size, &error) || !gtk_init_check ()) {
    g_printerr ("show FILE SECONDS, on a screen%s%s\n", error != NULL ? ": " : "", error != NULL ? error->message : "");
    return 2;
  }
  Show self = {.pictures = cut ((const guint8 *) data, size), .decoder = tjInitDecompress (), .loop = g_main_loop_new (NULL, FALSE)};
  if (!begin (&self)) {
    g_printerr ("%s holds no JPEG frames\n", argv[1]);
    return 1;
  }
  self.last = WARM_FRAMES + (guint) seconds * 1000 / PERIOD_MS;
  open_window (&self);
  g_timeout_add (PERIOD_MS, on_tick, &self);
  g_main_loop_run (self.loop);
  double frames = self.last - WARM_FRAMES;
  g_print ("{\"frames\":%.0f,\"cpu_us\":%.1f,\"decode_us\":%.1f}\n", frames, (double) (cpu_us () - self.begun_us) / frames,
           (double) self.decode_us / frames);
  return 0;
}
