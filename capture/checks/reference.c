/* The day's reference: see the header. */
#include "capture/checks/reference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TILE_LEAST   0.25 /* of a tile must be backdrop */
#define FLASH_DROP   14   /* L* at once: no lamp drifts so far, one of two that did not fire does */
#define BORDER_LOST  0.12 /* of the border: something else has come into it */
#define HUE_MOVED    9    /* plain a*b* distance: another surface */
#define NOTICEABLE   1.5  /* ΔE: below it nothing is said */
#define LINE_VERSION "1"

static const LanmuLab nothing = {-1, 0, 0};

static LanmuLab tile_mean (const LanmuView *view, int column, int row)
{
  int x0 = column * view->cells.width / LANMU_REFERENCE_COLUMNS,
      x1 = (column + 1) * view->cells.width / LANMU_REFERENCE_COLUMNS;
  int y0 = row * view->cells.height / LANMU_REFERENCE_ROWS, y1 = (row + 1) * view->cells.height / LANMU_REFERENCE_ROWS;
  double l = 0, a = 0, b = 0;
  int n = 0;
  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++)
      if (view->mask.core[y * view->cells.width + x]) {
        const LanmuLab *cell = lanmu_view_lab (view, x, y);
        l += cell->l, a += cell->a, b += cell->b, n++;
      }
  if (n == 0 || n < TILE_LEAST * (x1 - x0) * (y1 - y0))
    return nothing;
  return (LanmuLab){(float) (l / n), (float) (a / n), (float) (b / n)};
}

static void take_tiles (const LanmuView *view, LanmuLab tiles[LANMU_REFERENCE_TILES])
{
  for (int i = 0; i < LANMU_REFERENCE_TILES; i++)
    tiles[i] = tile_mean (view, i % LANMU_REFERENCE_COLUMNS, i / LANMU_REFERENCE_COLUMNS);
}

gboolean lanmu_reference_take (LanmuReference *self, const LanmuView *view)
{
  if (!lanmu_view_has_backdrop (view))
    return FALSE;
  take_tiles (view, self->tiles);
  self->border_share = view->mask.border_share;
  return TRUE;
}

/* "1 0.998 78.1,-14.2,-37.0 …": a tile each, "-" where there is none. */
char *lanmu_reference_to_string (const LanmuReference *self)
{
  char number[3][G_ASCII_DTOSTR_BUF_SIZE];
  GString *line = g_string_new (LINE_VERSION);
  g_string_append_printf (line, " %s", g_ascii_formatd (number[0], sizeof number[0], "%.4f", self->border_share));
  for (int i = 0; i < LANMU_REFERENCE_TILES; i++) {
    const LanmuLab *t = &self->tiles[i];
    if (t->l < 0)
      g_string_append (line, " -");
    else
      g_string_append_printf (line, " %s,%s,%s", g_ascii_formatd (number[0], sizeof number[0], "%.2f", t->l),
                              g_ascii_formatd (number[1], sizeof number[1], "%.2f", t->a),
                              g_ascii_formatd (number[2], sizeof number[2], "%.2f", t->b));
  }
  return g_string_free (line, FALSE);
}

static gboolean read_tile (const char *word, LanmuLab *tile)
{
  *tile = nothing;
  if (strcmp (word, "-") == 0)
    return TRUE;
  g_auto (GStrv) parts = g_strsplit (word, ",", -1);
  if (g_strv_length (parts) != 3)
    return FALSE;
  *tile = (LanmuLab){(float) g_ascii_strtod (parts[0], NULL), (float) g_ascii_strtod (parts[1], NULL),
                     (float) g_ascii_strtod (parts[2], NULL)};
  return isfinite (tile->l) && isfinite (tile->a) && isfinite (tile->b) && tile->l >= 0 && tile->l <= 100;
}

gboolean lanmu_reference_from_string (LanmuReference *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  *self = (LanmuReference){0};
  if (g_strv_length (words) != 2 + LANMU_REFERENCE_TILES || strcmp (words[0], LINE_VERSION) != 0)
    return FALSE;
  self->border_share = CLAMP (g_ascii_strtod (words[1], NULL), 0, 1);
  for (int i = 0; i < LANMU_REFERENCE_TILES; i++)
    if (!read_tile (words[2 + i], &self->tiles[i]))
      return FALSE;
  return TRUE;
}

/* ---- drift */

typedef struct {
  LanmuLab then, now;
  int tiles;
} Means;

static void add (LanmuLab *sum, const LanmuLab *tile)
{
  sum->l += tile->l, sum->a += tile->a, sum->b += tile->b;
}

static void divide (LanmuLab *sum, int n)
{
  sum->l /= (float) n, sum->a /= (float) n, sum->b /= (float) n;
}

static Means common_means (const LanmuReference *self, const LanmuView *view)
{
  LanmuLab tiles[LANMU_REFERENCE_TILES];
  Means means = {0};
  take_tiles (view, tiles);
  for (int i = 0; i < LANMU_REFERENCE_TILES; i++)
    if (self->tiles[i].l >= 0 && tiles[i].l >= 0) {
      add (&means.then, &self->tiles[i]);
      add (&means.now, &tiles[i]);
      means.tiles++;
    }
  if (means.tiles > 0) {
    divide (&means.then, means.tiles);
    divide (&means.now, means.tiles);
  }
  return means;
}

void lanmu_reference_compare (const LanmuReference *self, const LanmuView *now, LanmuDrift *out)
{
  *out = (LanmuDrift){NAN, 0, "backdrop-moved"};
  Means means = lanmu_view_has_backdrop (now) ? common_means (self, now) : (Means){0};
  if (means.tiles == 0)
    return;
  out->delta = lanmu_delta_e2000 (means.now, means.then);
  out->lighter = means.now.l - means.then.l;
  gboolean other_hue = hypot (means.now.a - means.then.a, means.now.b - means.then.b) > HUE_MOVED;
  if (out->lighter < -FLASH_DROP)
    out->why = "flash-missed";
  else if (self->border_share - now->mask.border_share > BORDER_LOST || other_hue)
    out->why = "backdrop-moved";
  else
    out->why = out->delta > NOTICEABLE ? "light-changed" : "";
}
