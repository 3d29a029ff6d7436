/* Telling Big5 from GB18030; see big5.h. */
#include "app/roster/big5.h"

#define LEAST_PAIRS 6

void lanmu_big5_count (LanmuBig5Count *self, const char *bytes, gsize length)
{
  const guchar *p = (const guchar *) bytes;
  for (gsize i = 0; i + 1 < length; i++) {
    if (p[i] < 0x81)
      continue;
    guchar trail = p[i + 1];
    if (trail >= '0' && trail <= '9') { /* four bytes of GB18030 */
      i += 3;
      continue;
    }
    self->pairs++;
    self->low += trail >= 0x40 && trail < 0x7F;
    self->everyday += p[i] >= 0xA4 && p[i] <= 0xC6 && (trail < 0x7F || trail >= 0xA1);
    i++;
  }
}

gboolean lanmu_big5_is_likely (const LanmuBig5Count *self)
{
  return self->pairs >= LEAST_PAIRS && self->low * 5 > self->pairs && self->everyday * 10 >= self->pairs * 8;
}
