/* From back to front: backdrop and shadow; hair behind, neck, clothes, ears; the head as a lit relief with its painted
 * skin, the cap of hair over it; locks and glasses before it all. */
#include "capture/simcam/sitter/paint.h"

#include "capture/simcam/sitter/torso.h"
#include "capture/simcam/sitter/face.h"
#include "capture/simcam/sitter/hair.h"
#include "capture/simcam/sitter/light.h"

#include <math.h>

#define FACE_WIDE    340 /* crop pixels the flat painting covers, at size 1 */
#define FACE_HIGH    440
#define FACE_ABOVE   230
#define LINING_DEPTH 34  /* crop pixels behind its place: farther than hair is thick */
#define FINEST       2.2 /* painting pixels per crop pixel; nothing in the face is finer */

static void head_shadow (cairo_surface_t *surface, const SimCanvas *canvas, const SimLook *look, const SimPose *pose)
{
  if (pose->shadow <= 0 || pose->empty)
    return;
  g_autoptr (cairo_t) cr = sim_canvas_draw (canvas, surface);
  SimStance stance = sim_stance (look, pose);
  double side = pose->light_left >= pose->light_right ? 1 : -1, w = look->width * stance.size;
  SimColour dark = sim_darker (pose->backdrop, 0.38);
  sim_spot (cr, stance.x + side * w * 0.62, stance.y + w * 0.15, w * 1.75, w * 2.1, dark, pose->shadow);
  sim_spot (cr, stance.x + side * w * 0.75, stance.y + w * 2.9, w * 4.2, w * 2.2, dark, pose->shadow * 0.8);
}

cairo_surface_t *sim_paint_backdrop (const SimCanvas *canvas, guint sitter, const SimPose *pose)
{
  cairo_surface_t *surface = sim_canvas_surface (canvas, CAIRO_FORMAT_RGB24);
  g_autoptr (cairo_t) cr = cairo_create (surface);
  sim_source (cr, pose->backdrop, 1);
  cairo_paint (cr);
  SimLook look = sim_look (sitter);
  head_shadow (surface, canvas, &look, pose);
  sim_light_surface (surface, canvas, pose);
  return surface;
}

/* The canvas of the flat painting: its crop pixel (0, 0) is midway between the pupils. */
static SimCanvas face_canvas (const SimCanvas *canvas, const SimPose *pose)
{
  double scale = MIN (canvas->scale * pose->size, FINEST);
  return (SimCanvas){(int)ceil (FACE_WIDE * scale) + 2, (int)ceil (FACE_HIGH * scale) + 2, scale,
                     FACE_WIDE / 2.0 * scale, FACE_ABOVE * scale};
}

static cairo_t *draw_in_shares (const SimCanvas *face, cairo_surface_t *surface, const SimLook *look)
{
  cairo_t *cr = sim_canvas_draw (face, surface);
  cairo_scale (cr, look->width, look->width);
  return cr;
}

static cairo_surface_t *paint_face (const SimCanvas *face, const SimLook *look, const SimPose *pose)
{
  cairo_surface_t *surface = sim_canvas_surface (face, CAIRO_FORMAT_ARGB32);
  g_autoptr (cairo_t) cr = draw_in_shares (face, surface, look);
  sim_face_skin (cr, look);
  sim_face_nose (cr, look);
  sim_face_mouth (cr, look, pose->mouth);
  sim_face_eyes (cr, look, pose);
  sim_face_brows (cr, look);
  sim_face_shine (cr, look, pose->shine);
  return surface;
}

static cairo_surface_t *paint_hair (const SimCanvas *face, const SimLook *look,
                                    void (*paint) (cairo_t *cr, const SimLook *look))
{
  cairo_surface_t *surface = sim_canvas_surface (face, CAIRO_FORMAT_ARGB32);
  g_autoptr (cairo_t) cr = draw_in_shares (face, surface, look);
  paint (cr, look);
  return surface;
}

/* The side of the head that came into view: -1 the viewer's left, 1 the right, 0 neither. */
static int near_side (const SimStance *stance)
{
  double forward = stance->turn[2]; /* how far right the face looks */
  return forward > 0.12 ? -1 : forward < -0.12 ? 1 : 0;
}

/* A grid over the head from crown to chin and from ear to ear round the front; closer where it bends. */
static SimMesh relief (const SimLook *look, const SimStance *stance, const SimCanvas *face, gboolean hair)
{
  SimMesh mesh = sim_mesh_new (hair ? 121 : 161, hair ? 111 : 201);
  double lowest = hair ? 0.30 : 1;
  for (int row = 0; row < mesh.rows; row++)
    for (int column = 0; column < mesh.columns; column++) {
      double around = (2.0 * column / (mesh.columns - 1) - 1) * G_PI * 0.62;
      double along = (double)row / (mesh.rows - 1);
      double down = hair ? -1 + (1 + lowest) * (1 - cos (along * G_PI * 0.5)) : -cos (along * G_PI);
      double thickness = hair ? sim_hair_thickness (look, around, down) : 0;
      SimPoint point = sim_head_surface (look, around, CLAMP (down, -0.9999, 0.9999), thickness),
               placed = sim_stance_place (stance, point);
      mesh.vertices[row * mesh.columns + column] = (SimVertex){
          .x = (float)placed.x,
          .y = (float)placed.y,
          .z = (float)placed.z,
          .u = (float)(face->x + point.x * face->scale - 0.5),
          .v = (float)(face->y + point.y * face->scale - 0.5),
      };
    }
  return mesh;
}

static void draw_head (cairo_surface_t *onto, const SimCanvas *canvas, const SimLook *look, const SimPose *pose,
                       const SimStance *stance)
{
  SimCanvas face = face_canvas (canvas, pose);
  g_autoptr (cairo_surface_t) skin = paint_face (&face, look, pose), cap = paint_hair (&face, look, sim_hair_cap);
  g_auto (SimMesh) head = relief (look, stance, &face, FALSE), hair = relief (look, stance, &face, TRUE);
  sim_light_mesh (&head, pose, SIM_MATTER_SKIN);
  sim_light_mesh (&hair, pose, SIM_MATTER_HAIR);
  g_autoptr (SimRaster) raster = sim_raster_new (canvas);
  sim_raster_draw (raster, &head, skin, 0);
  if (near_side (stance) != 0) {
    g_autoptr (cairo_surface_t) lining = paint_hair (&face, look, sim_hair_lining);
    sim_raster_draw (raster, &hair, lining, -LINING_DEPTH);
  }
  sim_raster_draw (raster, &hair, cap, 4);
  sim_raster_finish (raster, onto);
}

static SimColour cloth_of (const SimLook *look, const SimPose *pose)
{
  switch (pose->clothes) {
  case SIM_CLOTHES_CLASH:
    return pose->backdrop;
  case SIM_CLOTHES_COLOUR:
    return pose->clothes_colour;
  case SIM_CLOTHES_NORMAL:
  default:
    return look->cloth;
  }
}

static void draw_behind_head (cairo_surface_t *onto, const SimCanvas *canvas, const SimLook *look, const SimPose *pose,
                              const SimStance *stance)
{
  g_autoptr (cairo_t) cr = sim_canvas_draw (canvas, onto);
  sim_hair_behind (cr, look, stance);
  cairo_save (cr);
  cairo_translate (cr, stance->x, stance->y);
  cairo_scale (cr, stance->size, stance->size);
  sim_torso_neck (cr, look);
  sim_torso_clothes (cr, look, cloth_of (look, pose));
  cairo_restore (cr);
  for (int side = -1; side <= 1; side += 2)
    if (side != near_side (stance))
      sim_torso_ear (cr, look, stance, side, FALSE);
  sim_light_surface (onto, canvas, pose);
}

static void draw_before_head (cairo_surface_t *onto, const SimCanvas *canvas, const SimLook *look, const SimPose *pose,
                              const SimStance *stance)
{
  g_autoptr (cairo_t) cr = sim_canvas_draw (canvas, onto);
  if (near_side (stance) != 0)
    sim_torso_ear (cr, look, stance, near_side (stance), TRUE);
  sim_hair_before (cr, look, stance);
  if (pose->glasses == SIM_GLASSES_ON || (pose->glasses == SIM_GLASSES_NORMAL && look->glasses))
    sim_glasses (cr, look, stance, pose);
}

/* What a control line changes about the person. */
static SimLook look_of (guint sitter, const SimPose *pose)
{
  SimLook look = sim_look (sitter);
  look.eye_height *= 1 - 0.42 * pose->narrow;
  if (pose->skin_set) {
    look.skin = pose->skin;
    look.lips = sim_mix (look.skin, (SimColour){0.62, 0.24, 0.24}, 0.45);
  }
  return look;
}

static void draw_person (cairo_surface_t *onto, const SimCanvas *canvas, guint sitter, const SimPose *pose)
{
  SimLook look = look_of (sitter, pose);
  SimStance stance = sim_stance (&look, pose);
  draw_behind_head (onto, canvas, &look, pose, &stance);
  draw_head (onto, canvas, &look, pose, &stance);
  draw_before_head (onto, canvas, &look, pose, &stance);
}

cairo_surface_t *sim_paint_person (const SimCanvas *canvas, guint sitter, const SimPose *pose)
{
  cairo_surface_t *surface = sim_canvas_surface (canvas, CAIRO_FORMAT_ARGB32);
  if (pose->empty)
    return surface;
  if (pose->second) {
    SimPose other = *pose;
    other.size = pose->size * 0.85;
    other.shift_x = pose->shift_x + 190;
    other.shift_y = pose->shift_y + 20;
    draw_person (surface, canvas, sitter ^ 0x5a5a5a5au, &other);
  }
  draw_person (surface, canvas, sitter, pose);
  return surface;
}
