/* LanmuShotFacts: what a camera's file proves about itself, read in one pass.
 *
 * Why: the camera library can answer "fine" for a truncated file, the file of the shot before, or somebody else's. Nothing is attached to a student before
 * the bytes themselves have been heard. The one decode that proves the picture whole is also the review picture. Pure functions, any thread; slow (tens of
 * milliseconds), so on the vision thread: capture/picture/vision.h.
 *
 * Promises:
 *  1. TRUE means: the whole picture was decoded without a single complaint of the decoder, and shows no seam of damage (capture/picture/seam.h).
 *  2. FALSE after the file could be read still fills `size` and `sha256` (and whatever else was found), so that a broken shot can be kept and named.
 *  3. No input makes it crash, read outside the file, or use more than about half a gigabyte.
 *  4. What is not known is "", 0 or FALSE as said below, never a guess.
 *
 * What it cannot see: a flipped bit in the entropy-coded data that happens to decode as other valid codes draws no complaint (JPEG has no checksum); mostly
 * that is one block off by a shade nobody sees. Of hits of 64 bytes about half draw a complaint and most others leave a seam; a few slip through. The size
 * against the camera's directory catches lost bytes; for certainty about the rest fetch the file a second time and compare the SHA-256.
 */
#pragma once

#include "capture/picture/error.h"
#include "capture/picture/picture.h"

G_BEGIN_DECLS

#define LANMU_SHOT_MAX_BYTES             ((guint64) 256 << 20)
#define LANMU_SHOT_MAX_PIXELS            ((guint64) 200 * 1000 * 1000)
#define LANMU_SHOT_MAX_PROGRESSIVE_PIXELS ((guint64) 50 * 1000 * 1000) /* these are decoded whole in memory */

typedef struct {
  guint64 size;     /* bytes */
  char sha256[65];  /* lower-case hex, "" when the file could not be read */
  int width;        /* pixels as stored, orientation not applied; 0 = not known */
  int height;
  int orientation;  /* EXIF 1–8; 1 when the file says nothing valid */
  char *make;       /* trimmed; "" unknown. Owned strings are never NULL after a read */
  char *model;
  char *serial;     /* body serial number: EXIF A431, else the Nikon MakerNote's; "" unknown. Digits as written, trimmed */
  char *time_text;  /* DateTimeOriginal with its sub-seconds as the file has them, "2018:09:03 10:11:12.34"; "" = no time */
  gboolean has_time;
  gint64 time_us;            /* the camera's own local clock, naive, µs since 1970-01-01 00:00 of that clock */
  gint64 time_resolution_us; /* exposure lies in [time_us, time_us + resolution): 1 s, or 10^-n s for n digits of SubSecTimeOriginal (n ≤ 6). Digits that are
                                all 0 count as 1 s: bodies exist that always write 00, and the two cannot be told apart */
  gint64 image_number;       /* EXIF ImageNumber (9211); -1 unknown */
  LanmuPicture review;       /* scaled down by 2, 4 or 8: the smallest whose short side is at least LANMU_REVIEW_MIN_SIDE, never larger than a half */
} LanmuShotFacts;

#define LANMU_REVIEW_MIN_SIDE 900 /* pixels: enough for a 3:4 crop on a 1080-line screen */

void lanmu_shot_facts_init (LanmuShotFacts *self);  /* everything unknown; strings are "" */
void lanmu_shot_facts_clear (LanmuShotFacts *self); /* of an initialised or zeroed struct; leaves it zeroed */
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanmuShotFacts, lanmu_shot_facts_clear)

/* What was found out while the file was still arriving (capture/picture/arriving.h). */
typedef struct {
  gboolean tried;       /* the picture was decoded as far as it goes; else it is decoded now */
  int denominator;
  gboolean decoded;     /* without a complaint, to its end */
  LanmuPicture review;  /* then; taken over */
  char complaint[200];  /* else */
  const char *sha256;   /* of all bytes; NULL: taken now */
} LanmuShotEarly;
gboolean lanmu_shot_facts_complete (const guint8 *data, gsize size, LanmuShotEarly *early, LanmuShotFacts *out, GError **error);
/* The review's scale of a picture of this size. */
int lanmu_shot_facts_denominator (int width, int height);

/* fd: a regular file, readable; kept open, its offset is not used. out need not be initialised. Errors: LANMU_PICTURE_ERROR. */
gboolean lanmu_shot_facts_read (int fd, LanmuShotFacts *out, GError **error);
gboolean lanmu_shot_facts_read_path (const char *path, LanmuShotFacts *out, GError **error);
/* The same over bytes in memory; nothing of them is kept. */
gboolean lanmu_shot_facts_read_memory (const guint8 *data, gsize size, LanmuShotFacts *out, GError **error);

G_END_DECLS
