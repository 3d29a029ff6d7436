/* LanmuCrop: where the diploma picture lies inside what the camera sees, and the bands a head must keep to. Pure geometry, any thread.
 *
 * The picture is 480 wide × 640 high (the photograph standard). From a W×H view the largest centred 3:4 rectangle is used: the full height of a landscape
 * view; of a camera on its side (orientation 5–8, view taller than 3:4) the full width.
 * "Crop pixels" are pixels of the 480×640 picture, upright, x to the right, y down, continuous (0..480, 0..640; a pixel's centre is at .5).
 * "Frame pixels" are continuous coordinates in the picture as stored, before any rotation.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_CROP_WIDTH  480
#define LANMU_CROP_HEIGHT 640

typedef struct {
  double x, y, width, height; /* the crop as a rectangle of frame pixels, as stored */
  int orientation;            /* EXIF 1–8 of the frame */
  double scale;               /* frame pixels per crop pixel */
} LanmuCrop;

/* width, height: of the frame as stored, > 0. orientation: EXIF 1–8, anything else counts as 1. */
LanmuCrop lanmu_crop_for_frame (int width, int height, int orientation);
void lanmu_crop_to_frame (const LanmuCrop *self, double crop_x, double crop_y, double *frame_x, double *frame_y);
void lanmu_crop_from_frame (const LanmuCrop *self, double frame_x, double frame_y, double *crop_x, double *crop_y);

/* A band of the standard, in crop pixels. */
typedef enum {
  LANMU_BAND_FROM_TOP, /* distance below the top edge */
  LANMU_BAND_WIDTH,    /* a width, centred left-right */
} LanmuBandKind;

typedef struct {
  const char *name; /* "crown" "eyes" "face" */
  LanmuBandKind kind;
  double from, to;  /* crop pixels, both ends allowed */
} LanmuBand;

typedef struct {
  LanmuBand crown; /* top of the hair, not the forehead */
  LanmuBand eyes;  /* irises */
  LanmuBand face;  /* cheek to cheek */
  double centring; /* head's middle may be this far from the crop's middle, crop pixels */
} LanmuBands;

/* The diploma standard 教毕指〔2017〕99号: crown 50–110, eyes 200–300 below the top edge, face 180–300 wide, of 480×640. Centring has no tolerance there;
 * ±5 % of the width is our choice. */
const LanmuBands *lanmu_bands_diploma (void);

G_END_DECLS
