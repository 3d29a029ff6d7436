/* Geometry of the diploma crop: see the header. Pure, any thread. */
#include "capture/picture/crop.h"

#include "capture/picture/turn.h"

LanmuCrop lanmu_crop_for_frame (int width, int height, int orientation)
{
  g_return_val_if_fail (width > 0 && height > 0, (LanmuCrop){.orientation = 1});
  LanmuCrop self = {.orientation = orientation >= 1 && orientation <= 8 ? orientation : 1};
  gboolean turned = lanmu_turn_is_sideways (self.orientation);
  double upright_width = turned ? height : width, upright_height = turned ? width : height;
  self.scale = MIN (upright_width / LANMU_CROP_WIDTH, upright_height / LANMU_CROP_HEIGHT);
  self.width = self.scale * (turned ? LANMU_CROP_HEIGHT : LANMU_CROP_WIDTH);
  self.height = self.scale * (turned ? LANMU_CROP_WIDTH : LANMU_CROP_HEIGHT);
  self.x = (width - self.width) / 2;
  self.y = (height - self.height) / 2;
  return self;
}

void lanmu_crop_to_frame (const LanmuCrop *self, double crop_x, double crop_y, double *frame_x, double *frame_y)
{
  double x, y;
  lanmu_turn_to_stored (self->orientation, self->width, self->height, crop_x * self->scale, crop_y * self->scale, &x,
                        &y);
  *frame_x = self->x + x;
  *frame_y = self->y + y;
}

void lanmu_crop_from_frame (const LanmuCrop *self, double frame_x, double frame_y, double *crop_x, double *crop_y)
{
  double x, y;
  lanmu_turn_to_upright (self->orientation, self->width, self->height, frame_x - self->x, frame_y - self->y, &x, &y);
  *crop_x = x / self->scale;
  *crop_y = y / self->scale;
}

const LanmuBands *lanmu_bands_diploma (void)
{
  static const LanmuBands bands = {
      .crown = {"crown", LANMU_BAND_FROM_TOP, 50, 110},
      .eyes = {"eyes", LANMU_BAND_FROM_TOP, 200, 300},
      .face = {"face", LANMU_BAND_WIDTH, 180, 300},
      .centring = 0.05 * LANMU_CROP_WIDTH,
  };
  return &bands;
}
