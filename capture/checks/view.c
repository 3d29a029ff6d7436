/* A part of the picture in cells: see the header. */
#include "capture/checks/view.h"

#include <math.h>

void lanmu_view_init (LanmuView *self, const LanmuSmall *small, double factor, double x, double y, double width,
                      double height, const LanmuBackdropLimits *limits)
{
  LanmuCrop crop = {
      .x = CLAMP (x / factor, 0, small->width), .y = CLAMP (y / factor, 0, small->height), .orientation = 1};
  crop.width = MIN (width / factor, small->width - crop.x);
  crop.height = MIN (height / factor, small->height - crop.y);
  crop.scale = crop.width / LANMU_CROP_WIDTH;
  *self = (LanmuView){0};
  self->good = crop.width >= 1 && crop.height >= 1 &&
               lanmu_reduced_init (&self->cells, small->pixels, (gsize) small->width * 4, &crop);
  if (!self->good)
    return;
  lanmu_mask_init (&self->mask, &self->cells);
  lanmu_backdrop_judge (&self->cells, &self->mask, limits, &self->backdrop);
  self->x = ceil (crop.x - 1e-6) * factor; /* whole pixels, as the reduction takes them */
  self->y = ceil (crop.y - 1e-6) * factor;
  double box = floor ((floor (crop.x + crop.width + 1e-6) - ceil (crop.x - 1e-6)) / self->cells.width);
  self->cell = box * factor;
}

void lanmu_view_clear (LanmuView *self)
{
  if (!self->good)
    return;
  lanmu_mask_clear (&self->mask);
  lanmu_reduced_clear (&self->cells);
  self->good = FALSE;
}

gboolean lanmu_view_has_backdrop (const LanmuView *self)
{
  return self->good && self->backdrop.found != LANMU_VERDICT_FAIL;
}

int lanmu_view_column (const LanmuView *self, double x)
{
  return (int) floor ((x - self->x) / self->cell);
}

int lanmu_view_row (const LanmuView *self, double y)
{
  return (int) floor ((y - self->y) / self->cell);
}

double lanmu_lab_distance (const LanmuLab *a, const LanmuLab *b)
{
  return sqrt ((a->l - b->l) * (a->l - b->l) + (a->a - b->a) * (a->a - b->a) + (a->b - b->b) * (a->b - b->b));
}
