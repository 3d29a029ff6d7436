/* What looking at one live frame of 640×424 costs, stage by stage, beside the bare decode of the same frame in the same
 * run.
 *
 * sight FRAMES   Paints FRAMES moments of four sitters of the simulated camera as JPEG, then decodes each and looks at
 * it as the vision thread does, twice: in the order of time, so that the face is followed, and shuffled, so that it has
 * to be found again. Prints one JSON object with medians in CPU ms ("…_ms"), the 95 % mark and the worst of the whole.
 * Without the face models "models" is false and only decode and backdrop are measured. One thread. */
#include "capture/live/guidance.h"
#include "capture/picture/backdrop.h"
#include "capture/simcam/scene.h"
#include <stdlib.h>
#include <time.h>
#include <turbojpeg.h>

#define WIDTH   640
#define HEIGHT  424
#define STRIDE  (WIDTH * 4)
#define SITTERS 4
#define STAGES  5

enum { DECODE, BACKDROP, SIGHT, GUIDANCE, ALL };

static double cpu_ms (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

static GPtrArray *paint (int frames)
{
  GPtrArray *jpegs = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (int i = 0; i < frames; i++) {
    SimScene *scene = sim_scene_new ((guint) (1 + i * SITTERS / frames));
    g_ptr_array_add (jpegs, sim_scene_live (scene, i * SIM_SCENE_CYCLE / 20, WIDTH, HEIGHT));
    sim_scene_free (scene);
  }
  return jpegs;
}

static LanmuFrame *decode (GBytes *jpeg)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  guint8 *pixels = g_malloc (STRIDE * HEIGHT);
  tjhandle decoder = tjInitDecompress ();
  tjDecompress2 (decoder, data, (unsigned long) size, pixels, WIDTH, STRIDE, HEIGHT, TJPF_BGRA, TJFLAG_FASTDCT);
  tjDestroy (decoder);
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, STRIDE * HEIGHT);
  return lanmu_frame_new_for_bytes (bytes, WIDTH, HEIGHT, STRIDE);
}

typedef struct {
  LanmuSighter *sighter;
  LanmuGuidance *guidance;
  gint64 us;
  gboolean found;
} Work;

static void look (Work *work, GBytes *jpeg, double ms[STAGES])
{
  LanmuBackdropReading backdrop;
  LanmuSight sight;
  double times[STAGES];
  times[0] = cpu_ms ();
  g_autoptr (LanmuFrame) frame = decode (jpeg);
  times[1] = cpu_ms ();
  lanmu_backdrop_read_frame (frame, NULL, &backdrop);
  times[2] = cpu_ms ();
  lanmu_sighter_look (work->sighter, frame, 1, &backdrop, &sight);
  times[3] = cpu_ms ();
  lanmu_guidance_update (work->guidance, &sight, &backdrop, work->us += 33333);
  times[4] = cpu_ms ();
  for (int i = 0; i < ALL; i++)
    ms[i] = times[i + 1] - times[i];
  ms[ALL] = times[4] - times[0];
  work->found |= sight.kind == LANMU_SIGHT_FACE;
}

static int by_value (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return x < y ? -1 : x > y;
}

static double mark (GArray *all, int stage, double share)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < all->len; i += STAGES)
    g_array_append_val (sorted, g_array_index (all, double, i + (guint) stage));
  g_array_sort (sorted, by_value);
  return g_array_index (sorted, double, (guint) (share * (sorted->len - 1)));
}

static GArray *run (Work *work, GPtrArray *jpegs, guint step)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (double));
  double ms[STAGES];
  look (work, jpegs->pdata[0], ms); /* opens the models */
  for (guint i = 0; i < jpegs->len; i++) {
    look (work, jpegs->pdata[i * step % jpegs->len], ms);
    g_array_append_vals (all, ms, STAGES);
  }
  return all;
}

int main (int argc, char **argv)
{
  int frames = argc == 2 ? atoi (argv[1]) : 0;
  if (frames < SITTERS) {
    g_printerr ("sight FRAMES (at least %d)\n", SITTERS);
    return 2;
  }
  g_autoptr (GPtrArray) jpegs = paint (frames);
  g_autoptr (LanmuProfile) profile = lanmu_profile_find (LANMU_PROFILE_DEFAULT, NULL, NULL);
  Work work = {.sighter = lanmu_sighter_new (NULL), .guidance = lanmu_guidance_new (profile)};
  g_autoptr (GArray) followed = run (&work, jpegs, 1);
  g_autoptr (GArray) shuffled = run (&work, jpegs, (guint) frames / SITTERS + 1);
  g_print ("{\"models\":%s,\"decode_ms\":%.3f,\"backdrop_ms\":%.3f,\"sight_ms\":%.3f,\"guidance_ms\":%.3f,\"all_ms\":%."
           "3f,\"all_95_ms\":%.3f,"
           "\"all_worst_ms\":%.3f,\"shuffled_ms\":%.3f,\"shuffled_worst_ms\":%.3f}\n",
           work.found ? "true" : "false", mark (followed, DECODE, 0.5), mark (followed, BACKDROP, 0.5),
           mark (followed, SIGHT, 0.5), mark (followed, GUIDANCE, 0.5), mark (followed, ALL, 0.5),
           mark (followed, ALL, 0.95), mark (followed, ALL, 1), mark (shuffled, ALL, 0.5), mark (shuffled, ALL, 1));
  lanmu_guidance_free (work.guidance);
  lanmu_sighter_free (work.sighter);
  return 0;
}
