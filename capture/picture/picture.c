/* Pixels with their geometry: see the header. Pure, any thread. */
#include "capture/picture/picture.h"

void lanmu_picture_clear (LanmuPicture *self)
{
  g_clear_pointer (&self->pixels, g_bytes_unref);
  *self = (LanmuPicture){0};
}

LanmuFrame *lanmu_picture_to_frame (const LanmuPicture *self)
{
  if (self->pixels == NULL)
    return NULL;
  return lanmu_frame_new_for_bytes (self->pixels, self->width, self->height, self->stride);
}

void lanmu_picture_get_upright_size (const LanmuPicture *self, int *width, int *height)
{
  gboolean turned = self->orientation >= 5 && self->orientation <= 8;
  *width = turned ? self->height : self->width;
  *height = turned ? self->width : self->height;
}
