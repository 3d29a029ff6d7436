/* The search for quality: see the header. Sizes rise with quality, so the largest quality under the window's top is
 * found by narrowing; guesses go along the usual growth of 5 % a step, which takes four or five tries instead of seven.
 */
#include "capture/portrait/encode.h"

#include <math.h>
#include <turbojpeg.h>

#include "capture/picture/jpegwrite.h"

#define FIRST_GUESS 90
#define GROWTH      0.055 /* of the logarithm of the size, a quality step near 90 */

typedef struct {
  const guint8 *rgb;
  const LanmuProfile *profile;
  LanmuChroma chroma;
  GBytes *tries[101]; /* by quality */
} Search;

static GBytes *encode (const Search *s, int quality)
{
  const LanmuJpegPixels pixels = {s->rgb, s->profile->width, s->profile->height, s->profile->dpi,
                                  s->chroma == LANMU_CHROMA_420};
  return lanmu_jpeg_write (&pixels, quality);
}

static int size_at (Search *s, int quality)
{
  if (s->tries[quality] == NULL)
    s->tries[quality] = encode (s, quality);
  return (int) g_bytes_get_size (s->tries[quality]);
}

/* The largest quality whose file is not over the window; quality_min − 1: there is none. */
static int find_quality (Search *s)
{
  int fits = s->profile->quality_min - 1, over = s->profile->quality_max + 1;
  int guess = CLAMP (FIRST_GUESS, s->profile->quality_min, s->profile->quality_max);
  while (over - fits > 1) {
    int size = size_at (s, guess);
    if (size <= s->profile->bytes_max)
      fits = guess;
    else
      over = guess;
    int step = (int) floor (log ((double) s->profile->bytes_max / size) / GROWTH);
    guess = CLAMP (guess + step, fits + 1, MAX (over - 1, fits + 1));
  }
  return fits;
}

/* Sum of squared differences to what a viewer will see. */
static double error_of (const Search *s, GBytes *jpeg)
{
  gsize size, n = (gsize) s->profile->width * (gsize) s->profile->height * 3;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  g_autofree guint8 *seen = g_malloc (n);
  tjhandle decoder = tjInitDecompress ();
  int bad = decoder == NULL ? -1
                            : tjDecompress2 (decoder, data, (unsigned long) size, seen, s->profile->width, 0,
                                             s->profile->height, TJPF_RGB, 0);
  if (decoder != NULL)
    tjDestroy (decoder);
  if (bad != 0)
    return INFINITY;
  guint64 sum = 0;
  for (gsize i = 0; i < n; i++) {
    int off = seen[i] - s->rgb[i];
    sum += (guint64) (off * off);
  }
  return (double) sum;
}

static void search_clear (Search *s)
{
  for (int i = 0; i <= 100; i++)
    g_clear_pointer (&s->tries[i], g_bytes_unref);
}

typedef struct {
  gboolean found;
  double error;
} Best;

static void try_chroma (Search *s, Best *best, LanmuEncoded *out, int *least, int *most)
{
  int quality = find_quality (s);
  int nearest = CLAMP (quality, s->profile->quality_min, s->profile->quality_max), size = size_at (s, nearest);
  *least = MIN (*least, size);
  *most = MAX (*most, size);
  if (quality < s->profile->quality_min || size < s->profile->bytes_min)
    return;
  double error = s->profile->chroma == LANMU_CHROMA_AUTO ? error_of (s, s->tries[quality]) : 0;
  if (best->found && error >= best->error)
    return;
  *best = (Best){TRUE, error};
  g_clear_pointer (&out->bytes, g_bytes_unref);
  *out = (LanmuEncoded){g_bytes_ref (s->tries[quality]), quality, s->chroma};
}

gboolean lanmu_encode_portrait (const guint8 *rgb, const LanmuProfile *profile, LanmuEncoded *out, int *least,
                                int *most)
{
  Best best = {0};
  *out = (LanmuEncoded){0};
  *least = G_MAXINT;
  *most = 0;
  for (int chroma = LANMU_CHROMA_420; chroma <= LANMU_CHROMA_444; chroma++) {
    Search s = {.rgb = rgb, .profile = profile, .chroma = (LanmuChroma) chroma};
    if (profile->chroma == LANMU_CHROMA_AUTO || profile->chroma == s.chroma)
      try_chroma (&s, &best, out, least, most);
    search_clear (&s);
  }
  return best.found;
}
