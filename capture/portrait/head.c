/* A head from what was found: see the header. */
#include "capture/portrait/head.h"

#include <math.h>

/* Of usual heads with hair: eyes this many face widths below the crown; and the face is this much of the head's width
 * with its hair. */
#define EYES_BELOW_CROWN 0.86
#define FACE_OF_OUTLINE  0.84

LanmuHead lanmu_head_from_face (const LanmuFace *face, double crown)
{
  double dx = face->pupils[1].x - face->pupils[0].x, dy = face->pupils[1].y - face->pupils[0].y;
  LanmuHead self = {
      .kind = LANMU_HEAD_FACE,
      .middle = (face->cheeks[0].x + face->cheeks[1].x) / 2,
      .eyes = (face->pupils[0].y + face->pupils[1].y) / 2,
      .face_width = hypot (face->cheeks[1].x - face->cheeks[0].x, face->cheeks[1].y - face->cheeks[0].y),
      .eye_distance = hypot (dx, dy),
      .chin = face->chin.y,
      .has_crown = !isnan (crown),
  };
  self.crown = self.has_crown ? crown : self.eyes - EYES_BELOW_CROWN * self.face_width;
  return self;
}

LanmuHead lanmu_head_from_silhouette (double crown, double middle, double width)
{
  double face = width * FACE_OF_OUTLINE;
  return (LanmuHead){
      .kind = LANMU_HEAD_SILHOUETTE,
      .middle = middle,
      .eyes = crown + EYES_BELOW_CROWN * face,
      .face_width = face,
      .has_crown = TRUE,
      .crown = crown,
  };
}

LanmuHead lanmu_head_from_measures (LanmuHeadKind kind, double middle, double eyes, double face_width, double crown)
{
  if (kind == LANMU_HEAD_NONE || isnan (middle) || isnan (eyes) || isnan (face_width))
    return (LanmuHead){.kind = LANMU_HEAD_NONE};
  LanmuHead self = {.kind = kind, .middle = middle, .eyes = eyes, .face_width = face_width, .has_crown = !isnan (crown)};
  self.crown = self.has_crown ? crown : eyes - EYES_BELOW_CROWN * face_width;
  return self;
}

static const char *const names[] = {"none", "silhouette", "face"};

const char *lanmu_head_kind_to_string (LanmuHeadKind kind)
{
  return (guint) kind < G_N_ELEMENTS (names) ? names[kind] : "none";
}

gboolean lanmu_head_kind_from_string (const char *text, LanmuHeadKind *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0) {
      *kind = (LanmuHeadKind) i;
      return TRUE;
    }
  return FALSE;
}
