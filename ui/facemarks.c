/* See facemarks.h. A few thin lines with a dark one below, visible on any picture; crown and eyes get a line only while
 * they are outside of their band. */
#include "ui/facemarks.h"

#include <math.h>

static const GdkRGBA WHITE = {1, 1, 1, 0.85f}, GREEN = {0.34f, 0.83f, 0.44f, 0.95f},
                     AMBER = {0.98f, 0.75f, 0.22f, 0.95f}, SHADE = {0, 0, 0, 0.5f};

const GdkRGBA *lanmu_face_marks_get_colour (LanmuGuideCode code)
{
  if (code == LANMU_GUIDE_READY)
    return &GREEN;
  return code == LANMU_GUIDE_NONE || code == LANMU_GUIDE_NOBODY ? &WHITE : &AMBER;
}

static void line (GtkSnapshot *snapshot, const GdkRGBA *colour, float x, float y, float w, float h)
{
  gtk_snapshot_append_color (snapshot, &SHADE, &GRAPHENE_RECT_INIT (x + 1, y + 1, w, h));
  gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (x, y, w, h));
}

/* The cut in widget coordinates: the frame's largest 3:4 part is drawn in `crop`. */
static graphene_rect_t place (const graphene_rect_t *crop, const LanmuGuide *guide)
{
  LanmuCrop largest = lanmu_crop_for_frame (guide->sight.width, guide->sight.height, 1);
  double scale = crop->size.width / largest.width;
  return GRAPHENE_RECT_INIT (roundf ((float) (crop->origin.x + (guide->crop.x - largest.x) * scale)),
                             roundf ((float) (crop->origin.y + (guide->crop.y - largest.y) * scale)),
                             roundf ((float) (guide->crop.width * scale)),
                             roundf ((float) (guide->crop.height * scale)));
}

static void draw_corners (GtkSnapshot *snapshot, const GdkRGBA *colour, const graphene_rect_t *cut, float pen)
{
  float arm = roundf (cut->size.width / 12), left = cut->origin.x, top = cut->origin.y;
  float right = left + cut->size.width, bottom = top + cut->size.height;
  for (int i = 0; i < 2; i++) {
    float y = i == 0 ? top : bottom - pen, tall = i == 0 ? top : bottom - arm;
    line (snapshot, colour, left, y, arm, pen);
    line (snapshot, colour, right - arm, y, arm, pen);
    line (snapshot, colour, left, tall, pen, arm);
    line (snapshot, colour, right - pen, tall, pen, arm);
  }
}

static void draw_centre (GtkSnapshot *snapshot, const GdkRGBA *colour, const graphene_rect_t *cut, float pen)
{
  float x = roundf (cut->origin.x + cut->size.width / 2 - pen / 2), arm = roundf (cut->size.height / 24);
  line (snapshot, colour, x, cut->origin.y, pen, arm);
  line (snapshot, colour, x, cut->origin.y + cut->size.height - arm, pen, arm);
}

/* A band of heights: a thin bar at either side of the cut, from its one end to the other. */
static void draw_heights (GtkSnapshot *snapshot, const graphene_rect_t *cut, const LanmuBand *band, float pen)
{
  float scale = cut->size.height / LANMU_CROP_HEIGHT, top = roundf (cut->origin.y + (float) band->from * scale);
  float tall = roundf ((float) (band->to - band->from) * scale), arm = roundf (cut->size.width / 40);
  for (int side = 0; side < 2; side++) {
    float x = side == 0 ? cut->origin.x : cut->origin.x + cut->size.width - pen, tick = side == 0 ? x : x - arm + pen;
    line (snapshot, &WHITE, x, top, pen, tall);
    line (snapshot, &WHITE, tick, top, arm, pen);
    line (snapshot, &WHITE, tick, top + tall - pen, arm, pen);
  }
}

/* height: portrait pixels of 640. */
static void draw_level (GtkSnapshot *snapshot, const graphene_rect_t *cut, double height, const LanmuBand *band,
                        float pen)
{
  if (height >= band->from - 0.5 && height <= band->to + 0.5)
    return;
  float y = roundf ((float) (cut->origin.y + height / LANMU_CROP_HEIGHT * cut->size.height));
  if (y >= cut->origin.y && y <= cut->origin.y + cut->size.height)
    line (snapshot, &AMBER, cut->origin.x, y, cut->size.width, pen);
}

gboolean lanmu_face_marks_has (const LanmuGuide *guide)
{
  return guide->has_crop && guide->sight.kind == LANMU_SIGHT_FACE;
}

/* The band of face widths: at the cut's lower edge, to either side of the middle, a bar from the narrowest cheek to the
 * widest. */
static void draw_widths (GtkSnapshot *snapshot, const graphene_rect_t *cut, const LanmuBand *band, float pen)
{
  float scale = cut->size.width / LANMU_CROP_WIDTH, middle = cut->origin.x + cut->size.width / 2;
  float near = roundf ((float) band->from / 2 * scale), far = roundf ((float) band->to / 2 * scale);
  float y = cut->origin.y + cut->size.height - pen, tick = roundf (cut->size.width / 40);
  for (int side = -1; side <= 1; side += 2) {
    float inner = middle + (float) side * near, outer = middle + (float) side * far;
    line (snapshot, &WHITE, MIN (inner, outer), y, far - near, pen);
    line (snapshot, &WHITE, inner, y - tick + pen, pen, tick);
    line (snapshot, &WHITE, outer, y - tick + pen, pen, tick);
  }
}

/* Where the face lies in the cut, in the pixels of the bands: the standard's picture may have another height. */
static double level (const LanmuGuide *guide, double frame_y)
{
  return (frame_y - guide->crop.y) / guide->crop.height * LANMU_CROP_HEIGHT;
}

void lanmu_face_marks_draw (GtkSnapshot *snapshot, const graphene_rect_t *crop, const LanmuGuide *guide,
                            const LanmuBands *bands)
{
  if (!lanmu_face_marks_has (guide))
    return;
  const GdkRGBA *colour = lanmu_face_marks_get_colour (guide->code);
  graphene_rect_t cut = place (crop, guide);
  float pen = MAX (2, roundf (crop->size.height / 400));
  draw_corners (snapshot, colour, &cut, pen);
  draw_centre (snapshot, colour, &cut, pen);
  draw_heights (snapshot, &cut, &bands->crown, MAX (1, pen / 2));
  draw_heights (snapshot, &cut, &bands->eyes, MAX (1, pen / 2));
  draw_widths (snapshot, &cut, &bands->face, MAX (1, pen / 2));
  if (!isnan (guide->sight.crown))
    draw_level (snapshot, &cut, level (guide, guide->sight.crown), &bands->crown, pen);
  draw_level (snapshot, &cut, level (guide, guide->sight.eyes), &bands->eyes, pen);
}
