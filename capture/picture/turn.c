/* The eight ways a picture may be stored: see the header. */
#include "capture/picture/turn.h"

gboolean lanmu_turn_is_sideways (int orientation)
{
  return orientation >= 5;
}

/* EXIF orientation says which side of the stored picture is which side of the scene (Exif 2.3, tag 0112). Both helpers
 * work on a rectangle of the given size: stored w×h, upright w×h or h×w. */
void lanmu_turn_to_stored (int orientation, double w, double h, double ux, double uy, double *sx, double *sy)
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

void lanmu_turn_to_upright (int orientation, double w, double h, double sx, double sy, double *ux, double *uy)
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
