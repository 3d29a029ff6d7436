/* LanmuPortrait: the finished file (成片) of a shot. Pure functions over bytes, any thread; tens of milliseconds, so on a worker.
 *
 * Promises:
 *  1. Nothing is done to the picture but: the profile's rectangle, its 90° turn when the camera stood on its side, its colours brought to sRGB, its size reduced.
 *     Never rotated by an angle, mirrored, retouched, lit or sharpened.
 *  2. The same shot, profile and placement give the same bytes.
 *  3. The file lies in the profile's window of bytes, or there is none and the error says what sizes there would be.
 *  4. Baseline JPEG, JFIF with the profile's resolution, no EXIF, no comment, no embedded colour profile, no thumbnail.
 *  5. No input makes it crash, read outside of its bytes, or use memory beyond what the shot's bounds (capture/picture/shotfacts.h) allow.
 */
#pragma once

#include "capture/picture/picture.h"
#include "capture/portrait/placement.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_PORTRAIT_ERROR_WINDOW, /* no quality gives a file in the window of bytes */
} LanmuPortraitError;
#define LANMU_PORTRAIT_ERROR (lanmu_portrait_error_quark ())
GQuark lanmu_portrait_error_quark (void);

typedef struct {
  GBytes *jpeg;             /* owned */
  char sha256[65];
  int quality;              /* IJG scale */
  LanmuChroma chroma;
  char *colour_space;       /* of the shot: "sRGB" "Adobe RGB" …; owned */
} LanmuPortrait;
void lanmu_portrait_clear (LanmuPortrait *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanmuPortrait, lanmu_portrait_clear)

/* A shot that somebody decoded already, to spare a second decoding: the same bytes come out. */
typedef struct {
  const LanmuPicture *picture; /* as stored */
  int denominator;             /* it was shrunk by the decoder to 1/denominator */
} LanmuDecodedShot;

/* data: the shot's JPEG. decoded: of the same data, NULL = nobody did. placement: of this shot and profile. Errors: LANMU_PICTURE_ERROR, LANMU_PORTRAIT_ERROR. */
gboolean lanmu_portrait_make (const guint8 *data, gsize size, const LanmuProfile *profile, const LanmuPlacement *placement, const LanmuDecodedShot *decoded,
                              LanmuPortrait *out, GError **error);

/* The pixels before they are encoded: R G B, 8 bits, profile->width × height. Full. For the screen and for tests. */
guint8 *lanmu_portrait_render (const guint8 *data, gsize size, const LanmuProfile *profile, const LanmuPlacement *placement, const LanmuDecodedShot *decoded,
                                char **colour_space, GError **error);

G_END_DECLS
