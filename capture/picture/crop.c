/* Geometry of the diploma crop: see the header. Pure, any thread. */
#include "capture/picture/crop.h"

static gboolean is_turned (int orientation)
{
  return orientation >= 5;
}

/* EXIF orientation says which side of the stored picture is which side of the scene (Exif 2.3, tag 0112). Both helpers
 * work on a rectangle of the given size: stored w×h, upright w×h or h×w. */
static void upright_to_stored (int orientation, double w, double h, double ux, double uy, double *sx, double *sy)
{
  switch (orientation) {
  case 2:
    *sx = w - ux, *sy = uy;
    break;
  case 3:
    *sx = w - ux, *sy = h - uy;
    break;
  case 4:
    *sx = ux, *sy = h - uy;
    break;
  case 5:
    *sx = uy, *sy = ux;
    break;
  case 6:
    *sx = uy, *sy = h - ux;
    break;
  case 7:
    *sx = w - uy, *sy = h - ux;
    break;
  case 8:
    *sx = w - uy, *sy = ux;
    break;
  default:
    *sx = ux, *sy = uy;
    break;
  }
}

static void stored_to_upright (int orientation, double w, double h, double sx, double sy, double *ux, double *uy)
{
  switch (orientation) {
  case 2:
    *ux = w - sx, *uy = sy;
    break;
  case 3:
    *ux = w - sx, *uy = h - sy;
    break;
  case 4:
    *ux = sx, *uy = h - sy;
    break;
  case 5:
    *ux = sy, *uy = sx;
    break;
  case 6:
    *ux = h - sy, *uy = sx;
    break;
  case 7:
    *ux = h - sy, *uy = w - sx;
    break;
  case 8:
    *ux = sy, *uy = w - sx;
    break;
  default:
    *ux = sx, *uy = sy;
    break;
  }
}

LanmuCrop lanmu_crop_for_frame (int width, int height, int orientation)
{
  g_return_val_if_fail (width > 0 && height > 0, (LanmuCrop){.orientation = 1});
  LanmuCrop self = {.orientation = orientation >= 1 && orientation <= 8 ? orientation : 1};
  gboolean turned = is_turned (self.orientation);
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
  upright_to_stored (self->orientation, self->width, self->height, crop_x * self->scale, crop_y * self->scale, &x, &y);
  *frame_x = self->x + x;
  *frame_y = self->y + y;
}

void lanmu_crop_from_frame (const LanmuCrop *self, double frame_x, double frame_y, double *crop_x, double *crop_y)
{
  double x, y;
  stored_to_upright (self->orientation, self->width, self->height, frame_x - self->x, frame_y - self->y, &x, &y);
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
