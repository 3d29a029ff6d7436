/* What our looking costs beside the bare decoder, on the same picture in the same run.
 *
 * picture FILE ROUNDS   FILE: one JPEG as a camera writes it. Prints one JSON object: its size, and the least of ROUNDS in CPU ms for the bare decode at
 * the review's scale ("decode_ms"), the facts of the shot with that decode in them ("facts_ms"), and the backdrop check of a live frame of 1056×704
 * ("backdrop_ms"). One thread; the least, because everything that disturbs only adds. */
#include "capture/picture/backdrop.h"
#include "capture/picture/shotfacts.h"
#include <stdlib.h>
#include <time.h>
#include <turbojpeg.h>

static double cpu_ms (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

typedef struct {
  const guint8 *data;
  gsize size;
  int width, height;     /* of the review */
  guint8 *pixels, *live; /* decoded review; a live frame of 1056×704 */
} Work;

static void decode (Work *work)
{
  tjhandle decoder = tjInitDecompress ();
  tjDecompress2 (decoder, work->data, (unsigned long) work->size, work->pixels, work->width, 0, work->height, TJPF_BGRA, 0);
  tjDestroy (decoder);
}

static void facts (Work *work)
{
  g_auto (LanmuShotFacts) found;
  lanmu_shot_facts_read_memory (work->data, work->size, &found, NULL);
}

static void backdrop (Work *work)
{
  LanmuBackdropReading reading;
  lanmu_backdrop_read (work->live, 1056, 704, 1056 * 4, NULL, &reading);
}

static double least (void (*what) (Work *), Work *work, int rounds)
{
  double best = G_MAXDOUBLE;
  for (int i = 0; i < rounds; i++) {
    double begin = cpu_ms ();
    what (work);
    best = MIN (best, cpu_ms () - begin);
  }
  return best;
}

static guint8 *paint_live (void)
{
  guint8 *pixels = g_malloc (1056 * 704 * 4);
  guint32 noise = 1;
  for (int i = 0; i < 1056 * 704; i++) {
    noise = noise * 1664525u + 1013904223u;
    gboolean sitter = abs (i % 1056 - 528) < 130 && i / 1056 > 90;
    guint8 shade = (guint8) (noise >> 29);
    guint8 blue[4] = {(guint8) (248 + shade), (guint8) (193 + shade), (guint8) (96 + shade), 255}, dark[4] = {60, 55, 50, 255};
    for (int c = 0; c < 4; c++)
      pixels[4 * i + c] = sitter ? dark[c] : blue[c];
  }
  return pixels;
}

int main (int argc, char **argv)
{
  g_autofree char *data = NULL;
  gsize size = 0;
  g_autoptr (GError) error = NULL;
  g_auto (LanmuShotFacts) shot = {0};
  int rounds = argc == 3 ? atoi (argv[2]) : 0;
  if (rounds < 1 || !g_file_get_contents (argv[1], &data, &size, &error)) {
    g_printerr ("picture FILE ROUNDS%s%s\n", error != NULL ? ": " : "", error != NULL ? error->message : "");
    return 2;
  }
  if (!lanmu_shot_facts_read_memory ((const guint8 *) data, size, &shot, &error)) {
    g_printerr ("%s: %s\n", argv[1], error->message);
    return 1;
  }
  Work work = {(const guint8 *) data, size, shot.review.width, shot.review.height, NULL, paint_live ()};
  work.pixels = g_malloc ((gsize) work.width * (gsize) work.height * 4);
  g_print ("{\"bytes\":%" G_GSIZE_FORMAT ",\"width\":%d,\"height\":%d,\"decode_ms\":%.2f,\"facts_ms\":%.2f,\"backdrop_ms\":%.3f}\n", size, shot.width,
           shot.height, least (decode, &work, rounds), least (facts, &work, rounds), least (backdrop, &work, rounds * 20));
  g_free (work.pixels);
  g_free (work.live);
  return 0;
}
