/* Names of picture errors. Pure, any thread. */
#include "capture/picture/error.h"

G_DEFINE_QUARK (lanmu - picture - error - quark, lanmu_picture_error)

const char *lanmu_picture_error_kind (int code)
{
  static const char *const names[] = {
      [LANMU_PICTURE_ERROR_NOT_JPEG] = "not-jpeg",       [LANMU_PICTURE_ERROR_TRUNCATED] = "truncated",
      [LANMU_PICTURE_ERROR_DAMAGED] = "damaged",         [LANMU_PICTURE_ERROR_TOO_LARGE] = "too-large",
      [LANMU_PICTURE_ERROR_UNSUPPORTED] = "unsupported", [LANMU_PICTURE_ERROR_IO] = "io",
  };
  return code >= 0 && (gsize) code < G_N_ELEMENTS (names) ? names[code] : "io";
}
