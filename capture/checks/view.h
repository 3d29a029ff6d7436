/* LanmuView: a part of the small picture reduced, masked and measured: what is backdrop, what stands before it. Internal to capture/checks. Any thread. */
#pragma once

#include "capture/checks/small.h"
#include "capture/picture/backdropjudge.h"

G_BEGIN_DECLS

typedef struct {
  gboolean good;       /* FALSE: the part is too small to say anything, nothing else is set */
  LanmuReduced cells;
  LanmuMask mask;
  LanmuBackdropReading backdrop;
  double x, y, cell;   /* upper left corner and side of a cell, upright shot pixels */
} LanmuView;

/* x … height: the part in upright shot pixels; factor: shot pixels a small pixel. */
void lanmu_view_init (LanmuView *self, const LanmuSmall *small, double factor, double x, double y, double width, double height,
                      const LanmuBackdropLimits *limits);
void lanmu_view_clear (LanmuView *self);

/* Whether there is a backdrop to measure against. */
gboolean lanmu_view_has_backdrop (const LanmuView *self);

/* Column or row of a place; may lie outside. */
int lanmu_view_column (const LanmuView *self, double x);
int lanmu_view_row (const LanmuView *self, double y);

static inline const LanmuLab *lanmu_view_lab (const LanmuView *self, int column, int row)
{
  return &self->cells.lab[row * self->cells.width + column];
}

static inline gboolean lanmu_view_is_backdrop (const LanmuView *self, int column, int row)
{
  return self->mask.backdrop[row * self->cells.width + column] != 0;
}

double lanmu_lab_distance (const LanmuLab *a, const LanmuLab *b); /* plain, a pixel's worth */

G_END_DECLS
