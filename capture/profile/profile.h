/* LanmuProfile: one photograph standard as data. A school changes a number in a text file, nobody compiles anything.
 *
 * A profile is a text file NAME.profile: sections, "key = value" lines, comments from '#' at a line's start. The shipped ones (profiles/) are commented and
 * complete; `lanmuctl profile copy` gives a school its own. What a value may be is in keys.c, which values exclude each other in rules.c.
 *
 * Immutable after it was read, counted by atomics: any thread may hold one.
 * Errors: LANMU_PROFILE_ERROR; the message names file, line and reason. A wrong file gives no profile, never a half one.
 */
#pragma once

#include "capture/picture/backdrop.h"
#include "capture/picture/crop.h"
#include "capture/profile/checkid.h"

G_BEGIN_DECLS

#define LANMU_PROFILE_MAX_BYTES  (64 * 1024)
#define LANMU_PROFILE_COLOURS    6
#define LANMU_PROFILE_DEFAULT    "diploma"
#define LANMU_PROFILE_EXTENSION  ".profile"

typedef enum {
  LANMU_PROFILE_ERROR_SYNTAX,        /* a line that is neither section, key nor comment; not UTF-8; too large */
  LANMU_PROFILE_ERROR_UNKNOWN,       /* a section or key that does not exist, or stands there twice */
  LANMU_PROFILE_ERROR_VALUE,         /* a value of the wrong kind or out of range */
  LANMU_PROFILE_ERROR_MISSING,       /* a key that must be there */
  LANMU_PROFILE_ERROR_CONTRADICTION, /* values that cannot all be met */
  LANMU_PROFILE_ERROR_NOT_FOUND,     /* no profile of that name */
  LANMU_PROFILE_ERROR_IO,
} LanmuProfileError;
#define LANMU_PROFILE_ERROR (lanmu_profile_error_quark ())
GQuark lanmu_profile_error_quark (void);
const char *lanmu_profile_error_kind (int code); /* "syntax" "unknown-key" "value" "missing" "contradiction" "not-found" "io" */

typedef struct {
  double low, high, aim; /* portrait pixels, both ends allowed; low ≤ aim ≤ high */
} LanmuProfileBand;

typedef struct {
  double warn, fail; /* NaN: switched off */
} LanmuProfileLimit;

typedef enum { LANMU_CHROMA_AUTO, LANMU_CHROMA_420, LANMU_CHROMA_444 } LanmuChroma;
typedef enum { LANMU_GLASSES_KEEP, LANMU_GLASSES_OFF } LanmuGlasses;

typedef struct {
  char *name;      /* as in the file's name: a-z 0-9 - */
  char *title;     /* English */
  char *title_zh;
  char *source;    /* where the numbers are from */
  char *path;      /* of the file; "" = built in */
  char digest[65]; /* SHA-256 of the text: what a portrait was made by */

  int width, height;        /* portrait pixels */
  int dpi;
  int quality_min, quality_max; /* of the IJG scale */
  int bytes_min, bytes_max;     /* both allowed */
  LanmuChroma chroma;
  char *file_name;          /* template of the delivered file: {student_no} {id_no} {exam_no} {class} {name} {sequence} */
  char *extension;          /* with its dot */

  LanmuProfileBand crown, eyes, face;
  int n_colours;
  guint8 colours[LANMU_PROFILE_COLOURS][3]; /* wanted backdrop colours, sRGB; the first is the target */
  double shadow_depth, found_min;           /* see LanmuBackdropLimits */
  LanmuGlasses glasses;
  char **forbidden;         /* what a person has to look for: "fur collar" */
  LanmuProfileLimit limits[LANMU_N_CHECKS]; /* those of bands are not used */
} LanmuProfile;

LanmuProfile *lanmu_profile_parse (const char *text, gsize size, const char *path, GError **error);
LanmuProfile *lanmu_profile_load (const char *path, GError **error);

/* Looks for NAME.profile in own_dir (may be NULL: a campaign's), then among those of the user and the system, then among the built-in ones. A path (with a '/')
 * is loaded. */
LanmuProfile *lanmu_profile_find (const char *name, const char *own_dir, GError **error);

/* Every profile there is, by name: LanmuProfile *. Files that are wrong are left out; each is told to `wrong` (may be NULL). */
typedef void (*LanmuProfileWrong) (const char *path, const GError *error, gpointer user_data);
GPtrArray *lanmu_profile_list (const char *own_dir, LanmuProfileWrong wrong, gpointer user_data);

/* The text of a profile, comments and all. Full. */
char *lanmu_profile_get_text (const LanmuProfile *self, GError **error);

LanmuProfile *lanmu_profile_ref (LanmuProfile *self);
void lanmu_profile_unref (LanmuProfile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuProfile, lanmu_profile_unref)

gboolean lanmu_profile_is_name (const char *name); /* a-z 0-9 -, 1–40 characters */

/* The limits of the backdrop check, for the live picture too. The target is the first colour. */
void lanmu_profile_get_backdrop (const LanmuProfile *self, LanmuBackdropLimits *limits);
/* The bands for drawing over the live picture, scaled to the 480×640 of capture/picture/crop.h. */
void lanmu_profile_get_bands (const LanmuProfile *self, LanmuBands *bands);

G_END_DECLS
