/* LANMU_FACE_ERROR: why faces are not looked for. Messages are English, for logs and --json; user sentences live in app
 * and ui, keyed by the code. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_FACE_ERROR_NO_MODELS,  /* no model files: packaging/fetch-models was not run. Everything else works; checks of
                                  the face say "not checked" */
  LANMU_FACE_ERROR_BAD_MODEL,  /* a model file is damaged, not a model, or not the one this program knows how to read */
  LANMU_FACE_ERROR_NO_RUNTIME, /* XNNPACK does not run on this processor */
} LanmuFaceError;

#define LANMU_FACE_ERROR (lanmu_face_error_quark ())
GQuark lanmu_face_error_quark (void);
const char *lanmu_face_error_kind (int code); /* "no-models" "bad-model" "no-runtime" */

G_END_DECLS
