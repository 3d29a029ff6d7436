/* LanmuReference: the empty backdrop as it was at set-up: its colour by tiles. What changes through the day is measured against it, over the tiles that can be
 * seen beside the sitter. Plain values, any thread. */
#pragma once

#include "capture/checks/view.h"

G_BEGIN_DECLS

#define LANMU_REFERENCE_COLUMNS 6
#define LANMU_REFERENCE_ROWS    8
#define LANMU_REFERENCE_TILES   (LANMU_REFERENCE_COLUMNS * LANMU_REFERENCE_ROWS)

typedef struct {
  LanmuLab tiles[LANMU_REFERENCE_TILES]; /* L* < 0: not backdrop */
  double border_share;                   /* 0..1 */
} LanmuReference;

/* view: the largest centred part of a shot (LanmuScene.wide). FALSE: no backdrop there. */
gboolean lanmu_reference_take (LanmuReference *self, const LanmuView *view);

/* One line of text, and back; FALSE: it is none. */
char *lanmu_reference_to_string (const LanmuReference *self);
gboolean lanmu_reference_from_string (LanmuReference *self, const char *text);

typedef struct {
  double delta;    /* ΔE2000 of the tiles seen in both, mean against mean; NaN: none is */
  double lighter;  /* L* gained since */
  const char *why; /* "flash-missed" "backdrop-moved" "light-changed" "" = as it was */
} LanmuDrift;
void lanmu_reference_compare (const LanmuReference *self, const LanmuView *now, LanmuDrift *out);

G_END_DECLS
