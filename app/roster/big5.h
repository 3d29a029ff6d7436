/* Is it Big5? Its bytes nearly always pass as GB18030 too, and become other people's names. What tells them apart: a
 * second byte below 0x80 is common in Big5 and rare in Chinese from the mainland, and Big5's everyday characters lie in
 * 0xA4–0xC6. Private to roster/. Pure. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint64 pairs, low, everyday;
} LanmuBig5Count;

void lanmu_big5_count (LanmuBig5Count *self, const char *bytes, gsize length);
gboolean lanmu_big5_is_likely (const LanmuBig5Count *self);

G_END_DECLS
