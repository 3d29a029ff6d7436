/* Border-seeded flood fill: see the header. */
#include "capture/picture/mask.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLOURED_MIN   14.0f /* chroma from which a backdrop counts as coloured */
#define HUE_NEAR       10.0f /* Lab units across the hue */
#define HUE_FAR        22.0f /* the same when reached by small steps: a channel at its end turns the hue */
#define CHROMA_NEAR    0.45f /* of the backdrop's chroma, at least */
#define CHROMA_FAR     0.25f /* the same when reached by small steps: bleached by a lamp */
#define CHROMA_MOST    1.7f
#define SHADE_LEAST    0.6f /* of (L* + 16): about a fifth of the light */
#define SHADE_MOST     1.6f
#define GREY_DARKER    18.0f /* L* */
#define GREY_LIGHTER   15.0f
#define GREY_TOLERANCE 8.0f /* Lab units of chroma */
#define STEP_SMALL     5.0f /* Lab units from one pixel to the next: light changes so, edges do not */
#define CORE_DISTANCE  2    /* pixels */

typedef struct {
  LanmuLab colour;
  float chroma, hue_a, hue_b; /* hue_*: unit vector */
} Model;

static gboolean is_like_coloured (const Model *model, const LanmuLab *pixel, float hue, float chroma)
{
  float shade = (pixel->l + 16) / (model->colour.l + 16);
  if (shade < SHADE_LEAST || shade > SHADE_MOST)
    return FALSE;
  float along = (pixel->a * model->hue_a + pixel->b * model->hue_b) / shade;
  float across = (pixel->a * model->hue_b - pixel->b * model->hue_a) / shade;
  return fabsf (across) < hue && along > chroma * model->chroma && along < CHROMA_MOST * model->chroma;
}

static gboolean is_like_grey (const Model *model, const LanmuLab *pixel)
{
  float lighter = pixel->l - model->colour.l;
  return lighter > -GREY_DARKER && lighter < GREY_LIGHTER &&
         hypotf (pixel->a - model->colour.a, pixel->b - model->colour.b) < GREY_TOLERANCE;
}

static gboolean is_like (const Model *model, const LanmuLab *pixel)
{
  if (model->chroma >= COLOURED_MIN)
    return is_like_coloured (model, pixel, HUE_NEAR, CHROMA_NEAR);
  return is_like_grey (model, pixel);
}

static gboolean is_small_step (const LanmuLab *from, const LanmuLab *to)
{
  return fabsf (to->l - from->l) + hypotf (to->a - from->a, to->b - from->b) < STEP_SMALL;
}

static gboolean may_step (const Model *model, const LanmuLab *from, const LanmuLab *to)
{
  if (model->chroma < COLOURED_MIN)
    return is_like_grey (model, to) && is_small_step (from, to);
  return is_like_coloured (model, to, HUE_NEAR, CHROMA_NEAR) ||
         (is_small_step (from, to) && is_like_coloured (model, to, HUE_FAR, CHROMA_FAR));
}

/* Indexes of the upper border's pixels; returns how many. */
static int list_border (const LanmuReduced *picture, int *index)
{
  int count = 0, rows = (int) (picture->height * LANMU_MASK_BORDER_PART);
  for (int x = 0; x < picture->width; x++)
    index[count++] = x;
  for (int y = 1; y < rows; y++) {
    index[count++] = y * picture->width;
    index[count++] = y * picture->width + picture->width - 1;
  }
  return count;
}

static int compare_floats (const void *a, const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;
  return (x > y) - (x < y);
}

static float median (float *values, int count)
{
  qsort (values, (size_t) count, sizeof *values, compare_floats);
  return values[count / 2];
}

static void learn (Model *model, const LanmuReduced *picture, const int *border, int count)
{
  g_autofree float *values = g_new (float, count);
  float *const member[3] = {&model->colour.l, &model->colour.a, &model->colour.b};
  for (int c = 0; c < 3; c++) {
    for (int i = 0; i < count; i++) {
      const LanmuLab *pixel = &picture->lab[border[i]];
      values[i] = c == 0 ? pixel->l : c == 1 ? pixel->a : pixel->b;
    }
    *member[c] = median (values, count);
  }
  model->chroma = hypotf (model->colour.a, model->colour.b);
  model->hue_a = model->chroma > 0 ? model->colour.a / model->chroma : 0;
  model->hue_b = model->chroma > 0 ? model->colour.b / model->chroma : 0;
}

static int visit (const Model *model, const LanmuReduced *picture, guint8 *mask, int from, int to)
{
  if (mask[to] || !may_step (model, &picture->lab[from], &picture->lab[to]))
    return 0;
  mask[to] = 1;
  return 1;
}

/* Returns the number of pixels reached. stack: room for all pixels; holds the `top` seeds, already marked. */
static int spread (const Model *model, const LanmuReduced *picture, guint8 *mask, int *stack, int top)
{
  int width = picture->width, reached = top;
  while (top > 0) {
    int at = stack[--top], x = at % width, y = at / width;
    const int next[4] = {x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, y > 0 ? at - width : -1,
                         y < picture->height - 1 ? at + width : -1};
    for (int i = 0; i < 4; i++)
      if (next[i] >= 0 && visit (model, picture, mask, at, next[i])) {
        stack[top++] = next[i];
        reached++;
      }
  }
  return reached;
}

/* Takes away what touches something else; the picture's own edge takes nothing away. */
static void erode (guint8 *mask, guint8 *scratch, int width, int height)
{
  memcpy (scratch, mask, (gsize) width * (gsize) height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      int at = y * width + x;
      if ((x > 0 && !scratch[at - 1]) || (x < width - 1 && !scratch[at + 1]) || (y > 0 && !scratch[at - width]) ||
          (y < height - 1 && !scratch[at + width]))
        mask[at] = 0;
    }
}

void lanmu_mask_init (LanmuMask *self, const LanmuReduced *picture)
{
  gsize size = (gsize) picture->width * (gsize) picture->height;
  *self = (LanmuMask){.width = picture->width, .height = picture->height};
  self->backdrop = g_malloc0 (size);
  self->core = g_malloc (size);
  g_autofree int *border = g_new (int, picture->width + 2 * picture->height);
  g_autofree int *stack = g_new (int, size);
  Model model = {0};
  int count = list_border (picture, border), seeds = 0;
  learn (&model, picture, border, count);
  for (int i = 0; i < count; i++)
    if (is_like (&model, &picture->lab[border[i]])) {
      self->backdrop[border[i]] = 1;
      stack[seeds++] = border[i];
    }
  self->colour = model.colour;
  self->area_share = (double) spread (&model, picture, self->backdrop, stack, seeds) / (double) size;
  for (int i = 0; i < count; i++)
    self->border_share += (double) self->backdrop[border[i]] / count;
  memcpy (self->core, self->backdrop, size);
  g_autofree guint8 *scratch = g_malloc (size);
  for (int i = 0; i < CORE_DISTANCE; i++)
    erode (self->core, scratch, picture->width, picture->height);
}

void lanmu_mask_clear (LanmuMask *self)
{
  g_clear_pointer (&self->backdrop, g_free);
  g_clear_pointer (&self->core, g_free);
}
