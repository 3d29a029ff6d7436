/* Laying a shot out: see the header. */
#include "capture/checks/scene.h"

#include "capture/checks/crown.h"
#include "capture/picture/decode.h"
#include "capture/picture/exif.h"
#include <math.h>

#define LEAST_SIDE                                                                                                     \
  1500 /* of the decoded picture's shorter side: eyes 160 px apart even of a head that fills a third of the height */
#define COLUMN 0.45 /* of the face width, to either side: the head's column */

static int denominator_for (const LanmuJpegMarkers *markers)
{
  int side = MIN (markers->width, markers->height), denominator = 8;
  while (denominator > 1 && side / denominator < LEAST_SIDE)
    denominator /= 2;
  return denominator;
}

static void look_wide (LanmuScene *self)
{
  LanmuCrop crop = lanmu_crop_for_frame (self->width, self->height, 1);
  lanmu_view_init (&self->wide, &self->small, self->factor, crop.x, crop.y, crop.width, crop.height,
                   &self->backdrop_limits);
}

gboolean lanmu_scene_init (LanmuScene *self, const guint8 *data, gsize size, LanmuProfile *profile, GError **error)
{
  LanmuJpegMarkers markers;
  *self = (LanmuScene){.n_faces = -1, .eyes_usual = NAN};
  if (!lanmu_jpeg_check (data, size, &markers, error))
    return FALSE;
  int denominator = denominator_for (&markers);
  if (!lanmu_jpeg_decode (data, size, &markers, denominator, TRUE, &self->picture, error))
    return FALSE;
  self->picture.orientation = lanmu_exif_orientation (markers.exif, markers.exif_size);
  self->denominator = denominator;
  self->profile = lanmu_profile_ref (profile);
  lanmu_profile_get_backdrop (profile, &self->backdrop_limits);
  gboolean sideways = self->picture.orientation >= 5;
  self->width = sideways ? markers.height : markers.width;
  self->height = sideways ? markers.width : markers.height;
  lanmu_small_init (&self->small, &self->picture);
  self->factor = self->denominator * self->small.factor;
  look_wide (self);
  return TRUE;
}

void lanmu_scene_clear (LanmuScene *self)
{
  lanmu_view_clear (&self->view);
  lanmu_view_clear (&self->wide);
  lanmu_small_clear (&self->small);
  lanmu_picture_clear (&self->picture);
  g_clear_pointer (&self->profile, lanmu_profile_unref);
}

const LanmuFace *lanmu_scene_get_sitter (const LanmuScene *self)
{
  return self->n_faces > 0 ? &self->faces[0] : NULL;
}

static LanmuHead find_head (const LanmuScene *self)
{
  const LanmuFace *face = lanmu_scene_get_sitter (self);
  double crown, middle, width;
  if (face != NULL) {
    LanmuHead head = lanmu_head_from_face (face, NAN);
    crown =
        lanmu_crown_find (&self->small, self->factor, &self->wide, head.middle, COLUMN * head.face_width, head.eyes);
    return lanmu_head_from_face (face, crown);
  }
  if (!lanmu_silhouette_find (&self->wide, &crown, &middle, &width))
    return (LanmuHead){.kind = LANMU_HEAD_NONE};
  double finer =
      lanmu_crown_find (&self->small, self->factor, &self->wide, middle, COLUMN * 0.84 * width, crown + 0.6 * width);
  return lanmu_head_from_silhouette (isnan (finer) ? crown : finer, middle, width);
}

void lanmu_scene_set_faces (LanmuScene *self, const LanmuFace *faces, int n, const LanmuAdjustment *by_hand)
{
  self->faces = faces;
  self->n_faces = n;
  self->head = find_head (self);
  self->placement = lanmu_placement_find (&self->head, self->width, self->height, self->profile, by_hand);
  lanmu_view_clear (&self->view);
  lanmu_view_init (&self->view, &self->small, self->factor, self->placement.x, self->placement.y, self->placement.width,
                   self->placement.height, &self->backdrop_limits);
}

static int find_faces (const LanmuScene *scene, LanmuFaceEngine *engine, LanmuFace *faces)
{
  const LanmuFaceView view = {.pixels = scene->small.pixels,
                              .width = scene->small.width,
                              .height = scene->small.height,
                              .stride = (gsize) scene->small.width * 4,
                              .channels = 4,
                              .blue_first = TRUE,
                              .orientation = 1};
  int n = lanmu_face_engine_find (engine, &view, faces, LANMU_SCENE_MOST_FACES);
  if (n > 0)
    lanmu_face_engine_refine (engine, &view, &faces[0]);
  for (int i = 0; i < n; i++)
    lanmu_face_move (&faces[i], scene->factor, 0, 0);
  return n;
}

void lanmu_scene_find_faces (LanmuScene *self, LanmuFaceEngine *engine, LanmuFace *faces,
                             const LanmuAdjustment *by_hand)
{
  lanmu_scene_set_faces (self, faces, engine != NULL ? find_faces (self, engine, faces) : -1, by_hand);
}
