/* Writes small .tflite files, so that the reader is tested without any model: a model of every operator kind, and the
 * pieces to make wrong ones of. */
#pragma once

#include <glib.h>

/* Every operator kind once or more, weights of 16 bits, one input of 1×8×8×3, constructed so that lanmu_model_read
 * takes it. seed: other weights. */
GByteArray *modelfile_new (guint seed);

/* The real models: the folder, or NULL (the caller skips, by name). Caller frees. */
char *modelfile_real_folder (void);
GBytes *modelfile_load (const char *folder, const char *name);
