/* LANMU_PICTURE_ERROR: why a file is not the picture it should be. Messages are English, for logs and --json; user sentences live in ui, keyed by the code. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_PICTURE_ERROR_NOT_JPEG,    /* does not begin as a JPEG, or holds no picture */
  LANMU_PICTURE_ERROR_TRUNCATED,   /* the end of the picture is missing */
  LANMU_PICTURE_ERROR_DAMAGED,     /* the end is there, but the decoder complained on the way */
  LANMU_PICTURE_ERROR_TOO_LARGE,   /* beyond the bounds of capture/picture/shotfacts.h: refused unread */
  LANMU_PICTURE_ERROR_UNSUPPORTED, /* a sound JPEG of a kind no camera here writes (CMYK, lossless, arithmetic) */
  LANMU_PICTURE_ERROR_IO,          /* the file could not be read */
} LanmuPictureError;

#define LANMU_PICTURE_ERROR (lanmu_picture_error_quark ())
GQuark lanmu_picture_error_quark (void);
const char *lanmu_picture_error_kind (int code); /* "not-jpeg" "truncated" "damaged" "too-large" "unsupported" "io" */

G_END_DECLS
