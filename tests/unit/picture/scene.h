/* Synthetic live pictures for the backdrop check: a head and shoulders before a backdrop lit as the test says. */
#pragma once

#include "capture/frame.h"

G_BEGIN_DECLS

typedef struct {
  int width, height;        /* 0 = 960×640 */
  guint8 r, g, b;           /* backdrop; all 0 = 100,197,255 */
  double side;              /* light at the right edge of the crop 1 + side, at the left 1 − side */
  double down;              /* at the bottom 1 + down, at the top 1 − down */
  double shadow;            /* 0..1: light lost in a soft blob right of the head */
  double hot;               /* 0..: light added in a spot at the upper left */
  double stand;             /* 0..1 of the crop's width: a dark thing at the left edge, from top to bottom */
  gboolean nobody;
  gboolean room;            /* no backdrop: bookshelves */
  guint8 coat_r, coat_g, coat_b; /* all 0 = dark */
  int noise;                /* ± sRGB steps */
  int orientation;          /* EXIF 1–8: the scene as a camera standing so stores it; 0 = 1 */
} SceneSpec;

LanmuFrame *scene_new (const SceneSpec *spec);

G_END_DECLS
