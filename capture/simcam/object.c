/* See object.h. */
#include "capture/simcam/object.h"

#include <string.h>

guint32 sim_object_said_size (const SimObject *object)
{
  return (guint32) MAX ((gint64) object->size + object->size_off, 0);
}

void sim_object_free (SimObject *object)
{
  g_clear_pointer (&object->bytes, g_bytes_unref);
  g_free (object->name);
  g_free (object->path);
  g_free (object);
}

/* The thumbnail is a JPEG inside APP1: from its FF D8 to the segment's last FF D9. */
static void look_for_thumb (SimObject *object, const guint8 *head, gsize start, gsize end)
{
  gsize first = 0;

  for (gsize i = start; i + 1 < end; i++) {
    if (head[i] != 0xff)
      continue;
    if (head[i + 1] == 0xd8 && first == 0)
      first = i;
    else if (head[i + 1] == 0xd9 && first != 0) {
      object->thumb_at = (guint32) first;
      object->thumb_size = (guint32) (i + 2 - first);
    }
  }
}

void sim_object_look (SimObject *object, const guint8 *head, gsize length)
{
  gsize at = 2;

  if (length < 4 || head[0] != 0xff || head[1] != 0xd8)
    return;
  while (at + 9 < length && head[at] == 0xff) {
    guint8 marker = head[at + 1];
    gsize size = (gsize) head[at + 2] << 8 | head[at + 3];
    if (marker == 0xe1)
      look_for_thumb (object, head, at + 4, MIN (at + 2 + size, length));
    if (marker >= 0xc0 && marker <= 0xc2) {
      object->height = head[at + 5] << 8 | head[at + 6];
      object->width = head[at + 7] << 8 | head[at + 8];
    }
    if (marker == 0xda)
      break;
    at += 2 + size;
  }
}
