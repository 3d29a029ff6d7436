/* The order of draws is the order of fields in each group; a group has a stream of its own, so that a change in one
 * leaves the others as they were. */
#include "capture/simcam/sitter/look.h"

#include <math.h>

SimRandom sim_random (guint seed, guint stream)
{
  return (SimRandom){.state = seed * 0xd1342543de82ef95u ^ (stream + 1u) * 0xaf251af3b0f025b5u};
}

/* SplitMix64 (Steele, Lea, Flood 2014). */
static guint64 next (SimRandom *self)
{
  guint64 z = self->state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}

double sim_random_between (SimRandom *self, double from, double to)
{
  return from + (to - from) * (double)(next (self) >> 11) / 9007199254740992.0;
}

gboolean sim_random_chance (SimRandom *self, double chance)
{
  return sim_random_between (self, 0, 1) < chance;
}

guint sim_random_below (SimRandom *self, guint bound)
{
  return (guint)(next (self) % bound);
}

static SimColour rgb (int r, int g, int b)
{
  return (SimColour){r / 255.0, g / 255.0, b / 255.0};
}

static SimColour mix (SimColour a, SimColour b, double part)
{
  return (SimColour){a.r + (b.r - a.r) * part, a.g + (b.g - a.g) * part, a.b + (b.b - a.b) * part};
}

static void decide_head (SimLook *look)
{
  SimRandom r = sim_random (look->seed, 1);
  look->width = sim_random_between (&r, 105, 116) - (look->woman ? 3 : 0);
  look->chin = look->width * sim_random_between (&r, 1.38, 1.52) - (look->woman ? 3 : 0);
  look->top = look->width * sim_random_between (&r, 1.34, 1.42);
  look->eye_line = sim_random_between (&r, 248, 260);
  look->jaw = sim_random_between (&r, 2.05, 2.75) - (look->woman ? 0.2 : 0);
  look->cheek = sim_random_between (&r, 0.54, 0.64) + (look->woman ? 0.02 : 0);
  look->ear_length = sim_random_between (&r, 0.50, 0.60);
  look->ear_out = sim_random_between (&r, 0.06, 0.13);
  look->neck = sim_random_between (&r, 0.56, 0.63) + (look->woman ? -0.06 : 0.05);
  look->shoulders = sim_random_between (&r, 262, 290) - (look->woman ? 34 : 0);
}

static void decide_eyes (SimLook *look)
{
  SimRandom r = sim_random (look->seed, 2);
  look->eye_distance = sim_random_between (&r, 0.445, 0.485);
  look->eye_width = sim_random_between (&r, 0.200, 0.228);
  look->eye_height = sim_random_between (&r, 0.056, 0.078) + (look->woman ? 0.006 : 0);
  look->eye_slant = sim_random_between (&r, -0.004, 0.035);
  look->fold = sim_random_chance (&r, 0.55) ? sim_random_between (&r, 0.6, 1) : sim_random_between (&r, 0.05, 0.3);
  look->iris = sim_random_between (&r, 0.083, 0.091);
  look->iris_colour = mix (rgb (58, 34, 22), rgb (30, 20, 16), sim_random_between (&r, 0, 1));
  look->brow_height = sim_random_between (&r, 0.25, 0.31);
  look->brow_thickness = sim_random_between (&r, 0.045, 0.075) - (look->woman ? 0.012 : 0);
  look->brow_arch = sim_random_between (&r, 0.015, 0.06);
  look->brow_slope = sim_random_between (&r, -0.015, 0.04);
  look->brow_strength = sim_random_between (&r, 0.6, 0.95) - (look->woman ? 0.12 : 0);
  look->weariness = sim_random_between (&r, 0.1, 0.7);
}

static void decide_nose_and_mouth (SimLook *look)
{
  SimRandom r = sim_random (look->seed, 3);
  look->nose_end = sim_random_between (&r, 0.425, 0.465);
  look->nose_width = sim_random_between (&r, 0.155, 0.195) - (look->woman ? 0.015 : 0);
  look->nose_relief = sim_random_between (&r, 0.8, 1.2);
  look->mouth_line = look->nose_end + sim_random_between (&r, 0.20, 0.235);
  look->mouth_width = sim_random_between (&r, 0.315, 0.375);
  look->lip_upper = sim_random_between (&r, 0.060, 0.085);
  look->lip_lower = sim_random_between (&r, 0.085, 0.115);
  look->mouth_curve = sim_random_between (&r, 0.020, 0.050);
}

static void decide_colours (SimLook *look)
{
  SimRandom r = sim_random (look->seed, 4);
  double depth = sim_random_between (&r, 0, 1);
  look->skin = mix (rgb (246, 211, 187), rgb (214, 164, 131), depth * (look->woman ? 0.6 : 1));
  look->skin = mix (look->skin, rgb (232, 190, 150), sim_random_between (&r, 0, 0.35));
  double rouge = look->woman ? sim_random_between (&r, 0.35, 0.8) : sim_random_between (&r, 0.1, 0.35);
  look->lips = mix (mix (look->skin, rgb (176, 92, 84), 0.55), rgb (190, 62, 66), rouge * 0.6);
  look->blush = sim_random_between (&r, 0.25, 0.7);
  look->moles = sim_random_between (&r, 0, 1);
  look->hair = mix (rgb (24, 20, 20), rgb (66, 44, 32), pow (sim_random_between (&r, 0, 1), 2));
}

static void decide_hair (SimLook *look)
{
  SimRandom r = sim_random (look->seed, 5);
  static const SimHair men[] = {SIM_HAIR_CROP, SIM_HAIR_PART, SIM_HAIR_FRINGE, SIM_HAIR_PART, SIM_HAIR_FRINGE};
  static const SimHair women[] = {SIM_HAIR_TIED, SIM_HAIR_LONG, SIM_HAIR_BOB, SIM_HAIR_TIED, SIM_HAIR_LONG};
  guint pick = sim_random_below (&r, G_N_ELEMENTS (men));
  look->hair_style = look->woman ? women[pick] : men[pick];
  look->hair_volume = sim_random_between (&r, 16, 25) - (look->hair_style == SIM_HAIR_CROP ? 6 : 0) -
                      (look->hair_style == SIM_HAIR_TIED ? 5 : 0);
  look->hair_side = look->woman ? sim_random_between (&r, 6, 11) : sim_random_between (&r, 3, 7);
  look->hairline = sim_random_between (&r, 0.58, 0.68);
  look->hair_part = sim_random_between (&r, 0.15, 0.55) * (sim_random_chance (&r, 0.5) ? 1 : -1);
  if (look->woman && sim_random_chance (&r, 0.4))
    look->hair_part = 0;
}

static void decide_glasses (SimLook *look)
{
  static const int colours[][3] = {{24, 22, 24}, {52, 36, 30}, {96, 96, 102}, {150, 122, 84}};
  SimRandom r = sim_random (look->seed, 6);
  look->glasses = sim_random_chance (&r, 0.36);
  look->frame = (SimFrame)sim_random_below (&r, 3);
  guint pick = sim_random_below (&r, G_N_ELEMENTS (colours));
  look->frame_colour = rgb (colours[pick][0], colours[pick][1], colours[pick][2]);
}

static void decide_clothes (SimLook *look)
{
  static const int colours[][3] = {{38, 40, 48},    {244, 243, 240}, {118, 34, 40}, {74, 78, 82},
                                   {196, 176, 146}, {52, 70, 52},    {30, 30, 32},  {224, 206, 190},
                                   {142, 94, 62},   {214, 150, 160}, {88, 66, 104}, {226, 190, 92}};
  SimRandom r = sim_random (look->seed, 7);
  look->dress = (SimDress)sim_random_below (&r, 5);
  const int *outer = colours[sim_random_below (&r, G_N_ELEMENTS (colours))];
  look->cloth = rgb (outer[0], outer[1], outer[2]);
  if (look->dress == SIM_DRESS_JACKET)
    look->cloth = mix (rgb (30, 31, 38), rgb (70, 68, 70), sim_random_between (&r, 0, 1));
  if (look->dress == SIM_DRESS_SHIRT && sim_random_chance (&r, 0.6))
    look->cloth = rgb (240, 240, 238);
  look->cloth_inner = sim_random_chance (&r, 0.7) ? rgb (242, 241, 238) : rgb (206, 190, 178);
}

static void decide_habit (SimLook *look)
{
  SimRandom r = sim_random (look->seed, 8);
  look->tilt = sim_random_between (&r, -1.6, 1.6);
  look->turn = sim_random_between (&r, -3.5, 3.5);
  look->nod = sim_random_between (&r, -2.5, 2.5);
}

SimLook sim_look (guint seed)
{
  SimLook look = {.seed = seed};
  SimRandom r = sim_random (seed, 0);
  look.woman = sim_random_chance (&r, 0.5);
  decide_head (&look);
  decide_eyes (&look);
  decide_nose_and_mouth (&look);
  decide_colours (&look);
  decide_hair (&look);
  decide_glasses (&look);
  decide_clothes (&look);
  decide_habit (&look);
  return look;
}
