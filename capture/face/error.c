/* The words of error.h. Pure, any thread. */
#include "capture/face/error.h"

G_DEFINE_QUARK (lanmu - face - error - quark, lanmu_face_error)

const char *lanmu_face_error_kind (int code)
{
  static const char *const kinds[] = {
      [LANMU_FACE_ERROR_NO_MODELS] = "no-models",
      [LANMU_FACE_ERROR_BAD_MODEL] = "bad-model",
      [LANMU_FACE_ERROR_NO_RUNTIME] = "no-runtime",
  };
  return code >= 0 && code < (int) G_N_ELEMENTS (kinds) ? kinds[code] : "other";
}
