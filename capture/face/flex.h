/* LanmuFlex: reads numbers by name out of a FlexBuffer map, the form in which a custom operator's options are written.
 * Bounded like flat.h; what is missing or odd reads as absent. Internal to capture/face. Pure, any thread. Format:
 * FlexBuffers (values behind their root, offsets backwards, widths of 1, 2, 4, 8 bytes). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const guint8 *data; /* borrowed; NULL = no options */
  gsize size;
} LanmuFlex;

gboolean lanmu_flex_number (const LanmuFlex *self, const char *name, double *out);
/* A vector of integers: fills at most max, returns how many there are, -1 when absent. */
int lanmu_flex_integers (const LanmuFlex *self, const char *name, int *out, int max);

G_END_DECLS
