/* The floor under the live picture: how long TurboJPEG alone takes to decode the very frames a run saw.
 *
 * decode FILE ROUNDS   FILE: JPEG pictures one after the other (what gphoto2 --capture-movie --stdout writes). Decodes each to BGRA into one reused
 * buffer, ROUNDS times over, and prints one JSON object: frames, width, height, bytes and CPU µs a frame. One thread. */
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <turbojpeg.h>

typedef struct {
  const guint8 *data;
  gsize size;
} Picture;

static gint64
cpu_us (void)
{
  struct timespec now;
  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

/* Cut at each FF D8 FF that follows a FF D9: the frames hold no thumbnails (gphoto2 cuts at the first FF D9). */
static GArray *
cut (const guint8 *data, gsize size)
{
  GArray *pictures = g_array_new (FALSE, FALSE, sizeof (Picture));
  gsize start = 0;
  for (gsize i = 2; i + 2 < size; i++)
    if (data[i - 2] == 0xff && data[i - 1] == 0xd9 && data[i] == 0xff && data[i + 1] == 0xd8) {
      Picture picture = { data + start, i - start };
      g_array_append_val (pictures, picture);
      start = i;
    }
  return pictures;
}

/* CPU µs for all pictures once; -1 when one cannot be decoded. */
static gint64
decode_all (tjhandle decoder, GArray *pictures, guint8 *pixels, int width, int height)
{
  gint64 begin = cpu_us ();
  for (guint i = 0; i < pictures->len; i++) {
    Picture *picture = &g_array_index (pictures, Picture, i);
    if (tjDecompress2 (decoder, picture->data, picture->size, pixels, width, width * 4, height, TJPF_BGRA, 0) != 0)
      return -1;
  }
  return cpu_us () - begin;
}

int
main (int argc, char **argv)
{
  g_autofree char *data = NULL;
  gsize size = 0;
  int width = 0, height = 0, subsampling = 0, colorspace = 0;
  g_autoptr (GError) error = NULL;
  if (argc != 3 || !g_file_get_contents (argv[1], &data, &size, &error)) {
    g_printerr ("decode FILE ROUNDS%s%s\n", error != NULL ? ": " : "", error != NULL ? error->message : "");
    return 2;
  }
  g_autoptr (GArray) pictures = cut ((const guint8 *) data, size);
  tjhandle decoder = tjInitDecompress ();
  if (pictures->len == 0
      || tjDecompressHeader3 (decoder, g_array_index (pictures, Picture, 0).data, g_array_index (pictures, Picture, 0).size, &width, &height,
                              &subsampling, &colorspace) != 0) {
    g_printerr ("%s holds no JPEG frames\n", argv[1]);
    return 1;
  }
  g_autofree guint8 *pixels = g_malloc ((gsize) width * height * 4);
  int rounds = atoi (argv[2]);
  gint64 spent = 0;
  decode_all (decoder, pictures, pixels, width, height); /* caches warm, as they are in a running program */
  for (int i = 0; i < rounds; i++) {
    gint64 once = decode_all (decoder, pictures, pixels, width, height);
    if (once < 0) {
      g_printerr ("a frame cannot be decoded: %s\n", tjGetErrorStr2 (decoder));
      return 1;
    }
    spent += once;
  }
  tjDestroy (decoder);
  g_print ("{\"frames\":%u,\"width\":%d,\"height\":%d,\"bytes\":%" G_GSIZE_FORMAT ",\"cpu_us\":%.1f}\n", pictures->len, width, height, size / pictures->len,
           (double) spent / ((double) rounds * pictures->len));
  return 0;
}
