/* What looking a shot over and making its portrait cost, beside the bare decoder, on the same picture in the same run.
 *
 * standard FILE ROUNDS   Prints one JSON object; the least of ROUNDS in CPU ms on one thread: "decode_ms" bare TurboJPEG of the whole picture, "inspect_ms" from its
 * bytes to all checks (faces with models, "models" says whether), "portrait_ms" from its bytes to the finished file when the head is known, "both_ms" checks and
 * portrait out of one decode, as the station does. */
#include "capture/checks/checks.h"
#include "capture/checks/threadengine.h"
#include "capture/portrait/portrait.h"
#include <stdlib.h>
#include <time.h>
#include <turbojpeg.h>

typedef struct {
  const guint8 *data;
  gsize size;
  int width, height;
  guint8 *pixels;
  LanmuInspectBy by;
  LanmuInspection found;
} Work;

static double cpu_ms (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static void decode (Work *work)
{
  tjhandle decoder = tjInitDecompress ();
  tjDecompress2 (decoder, work->data, (unsigned long) work->size, work->pixels, work->width, 0, work->height, TJPF_BGRA, 0);
  tjDestroy (decoder);
}

static void inspect (Work *work)
{
  lanmu_inspect (work->data, work->size, &work->by, &work->found, NULL);
}

static void portrait (Work *work)
{
  g_auto (LanmuPortrait) out = {0};
  lanmu_portrait_make (work->data, work->size, work->by.profile, &work->found.placement, NULL, &out, NULL);
}

static void both (Work *work)
{
  g_auto (LanmuScene) scene = {0};
  g_auto (LanmuPortrait) out = {0};
  g_autofree LanmuFace *faces = g_new (LanmuFace, LANMU_SCENE_MOST_FACES);
  lanmu_scene_init (&scene, work->data, work->size, work->by.profile, NULL);
  lanmu_scene_find_faces (&scene, work->by.engine, faces, NULL);
  lanmu_checks_run (&scene, NULL, &work->found);
  LanmuDecodedShot decoded = {&scene.picture, (int) scene.denominator};
  lanmu_portrait_make (work->data, work->size, work->by.profile, &scene.placement, &decoded, &out, NULL);
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

int main (int argc, char **argv)
{
  g_autofree char *data = NULL;
  gsize size = 0;
  int sampling, space, rounds = argc == 3 ? atoi (argv[2]) : 0;
  Work work = {.by = {.engine = lanmu_thread_engine (NULL), .profile = lanmu_profile_find ("diploma", NULL, NULL)}};
  tjhandle header = tjInitDecompress ();
  if (rounds < 1 || !g_file_get_contents (argv[1], &data, &size, NULL) ||
      tjDecompressHeader3 (header, (const guint8 *) data, (unsigned long) size, &work.width, &work.height, &sampling, &space) != 0) {
    g_printerr ("standard FILE ROUNDS\n");
    return 2;
  }
  work.data = (const guint8 *) data;
  work.size = size;
  work.pixels = g_malloc ((gsize) work.width * (gsize) work.height * 4);
  double decode_ms = least (decode, &work, rounds), inspect_ms = least (inspect, &work, rounds), portrait_ms = least (portrait, &work, rounds);
  g_print ("{\"bytes\": %" G_GSIZE_FORMAT ", \"width\": %d, \"height\": %d, \"models\": %s, \"faces\": %d, \"decode_ms\": %.2f, \"inspect_ms\": %.2f, "
           "\"portrait_ms\": %.2f, \"both_ms\": %.2f}\n",
           size, work.width, work.height, work.by.engine != NULL ? "true" : "false", work.found.faces, decode_ms, inspect_ms, portrait_ms,
           least (both, &work, rounds));
  g_free (work.pixels);
  tjDestroy (header);
  lanmu_profile_unref (work.by.profile);
  return 0;
}
