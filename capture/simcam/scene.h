/* SimScene: what stands in front of the simulated camera: one synthetic sitter, the lamps, the blue backdrop; and the
 * pictures taken of it.
 *
 * Why: the station, its checks and its tests need faces, and real students may not be shipped. Everything here is
 * drawn; the same seed draws the same person, on any machine, and another seed another person.
 *
 * The unit of all geometry is the *crop pixel*: a pixel of the 480×640 diploma picture that is cut from the middle of
 * the view at full height (a camera on its side: full width). With no control set, crown, eyes and face width lie
 * inside the diploma bands (50–110, 200–300, 180–300) for every seed.
 *
 * Promises: 1. a call depends on the seed, the controls and its arguments only, never on a clock or a random source;
 *           2. two shots never have the same bytes: each carries its own EXIF and a comment with a running number;
 *           3. memory for cached frames and shots stays under SIM_SCENE_CACHE_BYTES a scene.
 * Thread: one scene belongs to one thread at a time; scenes share nothing.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SIM_SCENE_CACHE_BYTES (96u * 1024 * 1024)

typedef struct SimScene SimScene;

SimScene *sim_scene_new (guint sitter);
void sim_scene_free (SimScene *scene);
guint sim_scene_sitter (const SimScene *scene);

/* One command, words between blanks. FALSE and a sentence in *error (caller frees; error may be NULL) when it is none
 * of these or a value is out of range; nothing is changed then. sitter N                       another person; the
 * other controls stay eyes open|closed|0..1          how far the lids are open; set, the sitter does not blink mouth
 * closed|open|0..1         how far the lips are apart tilt DEG  turn DEG  nod DEG    head to its right shoulder, to the
 * viewer's right, down; -40..40 size F                         0.3..2 times as large, about the middle of the face
 *   shift DX DY                    crop pixels, -480..480
 *   clothes R G B|clash|normal     0..255; clash: the backdrop's own colour
 *   glasses on|off|normal          normal: as the person is
 *   shadow F                       0..1, of the head on the backdrop
 *   light left|right F             0..2, strength of that lamp; 1 is even
 *   light even
 *   backdrop R G B                 0..255; 100 197 255 unless told
 *   blur SIGMA                     0..20 crop pixels, of the whole picture
 *   second on|off                  a second person looks in at the side
 *   empty on|off                   nobody sits there
 *   narrow F                       0..1, lids that leave little of the eye free
 *   makeup F                       0..1, lids lined dark, long lashes
 *   redeye F                       0..1, the flash thrown back by the eyes
 *   shine F                        0..1, white spots on forehead, nose and cheeks
 *   skin R G B                     0..255, instead of the person's own
 *   reset                          all of these but the sitter */
gboolean sim_scene_control (SimScene *scene, const char *line, char **error);

/* A live-view JPEG of width×height (16..4096, anything else NULL) at a moment of the sitter's own time: it breathes,
 * sways and blinks in a cycle of SIM_SCENE_CYCLE seconds. A frame is drawn when it is first asked for; asked for again,
 * it costs a look-up. */
#define SIM_SCENE_CYCLE 4.0
GBytes *sim_scene_live (SimScene *scene, double seconds, int width, int height);

/* What the camera writes into a file besides pixels. Strings are borrowed. */
typedef struct {
  gint64 local_us;                   /* the camera's naive local time, microseconds since 1970 as if UTC */
  const char *make, *model, *serial; /* ASCII; serial NULL: not written */
  guint number;                      /* of the file: EXIF ImageNumber */
  gboolean portrait; /* the camera stands on its side: pixels are stored turned, orientation 6 says so */
  int iso;
  double shutter, aperture; /* seconds, f-number */
  gboolean no_subsec;       /* hundredths of a second are not written */
} SimExif;

/* The file the camera makes of this moment, eyes as the control says: a baseline JPEG of width×height (64..12000 as
 * stored, anything else NULL), or with raw a TIFF with the same EXIF and a body of noise that stands in for NEF and
 * CR2. */
GBytes *sim_scene_shot (SimScene *scene, const SimExif *exif, int width, int height, gboolean raw);

/* Draw now what the first shot of `sitter` under the present controls needs, so that it costs no more than a later one.
 * Callers use it when nobody waits. */
void sim_scene_prepare (SimScene *scene, guint sitter, int width, int height);

G_END_DECLS
