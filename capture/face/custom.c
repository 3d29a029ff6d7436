/* See custom.h. */
#include "capture/face/custom.h"

#include <math.h>
#include <string.h>

typedef struct {
  float left, right, top, bottom;
} Box;

static Box box_around (const LanmuOp *op, const float *points, float cosine, float sine)
{
  Box box = {G_MAXFLOAT, -G_MAXFLOAT, G_MAXFLOAT, -G_MAXFLOAT};
  for (int i = 0; i < op->n_subset; i++) {
    const float *p = points + 3 * op->subset[i];
    float x = p[0] * cosine - p[1] * sine, y = p[0] * sine + p[1] * cosine;
    box.left = MIN (box.left, x);
    box.right = MAX (box.right, x);
    box.top = MIN (box.top, y);
    box.bottom = MAX (box.bottom, y);
  }
  return box;
}

void lanmu_custom_matrix (const LanmuOp *op, const float *points, float *matrix)
{
  const float *a = points + 3 * op->first, *b = points + 3 * op->second;
  float turn = op->angle - atan2f (b[1] - a[1], b[0] - a[0]), cosine = cosf (turn), sine = sinf (turn);
  Box box = box_around (op, points, cosine, sine);
  float x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
  float middle_x = x * cosine + y * sine, middle_y = -x * sine + y * cosine; /* turned back */
  float per_x = op->scale_x * (box.right - box.left) / (float) op->width,
        per_y = op->scale_y * (box.bottom - box.top) / (float) op->height;
  float half_x = (float) op->width / 2, half_y = (float) op->height / 2;
  const float rows[16] = {
      cosine * per_x,
      sine * per_y,
      0,
      middle_x - cosine * per_x * half_x - sine * per_y * half_y,
      -sine * per_x,
      cosine * per_y,
      0,
      middle_y + sine * per_x * half_x - cosine * per_y * half_y,
      0,
      0,
      1,
      0,
      0,
      0,
      0,
      1,
  };
  memcpy (matrix, rows, sizeof rows);
}

static void sample_cell (const LanmuTensor *shape, const float *in, float x, float y, float *out)
{
  int height = shape->dims[1], width = shape->dims[2], channels = shape->dims[3];
  if (!(x >= 0 && x <= (float) (width - 1) && y >= 0 && y <= (float) (height - 1))) {
    memset (out, 0, (gsize) channels * sizeof *out);
    return;
  }
  int left = (int) x, top = (int) y, right = MIN (left + 1, width - 1), bottom = MIN (top + 1, height - 1);
  float u = x - (float) left, v = y - (float) top;
  const float *a = in + ((gsize) top * width + left) * channels, *b = in + ((gsize) top * width + right) * channels;
  const float *c = in + ((gsize) bottom * width + left) * channels,
              *d = in + ((gsize) bottom * width + right) * channels;
  float wa = (1 - u) * (1 - v), wb = u * (1 - v), wc = (1 - u) * v, wd = u * v;
  for (int i = 0; i < channels; i++)
    out[i] = wa * a[i] + wb * b[i] + wc * c[i] + wd * d[i];
}

/* The matrix speaks of pixel edges, the cells are read at their centres: half a pixel on either side of it. */
void lanmu_custom_sample (const LanmuTensor *in_shape, const float *in, const float *m, const LanmuTensor *out_shape,
                          float *out)
{
  int width = out_shape->dims[2], height = out_shape->dims[1], channels = out_shape->dims[3];
  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++) {
      float x = (float) column + 0.5f, y = (float) row + 0.5f;
      sample_cell (in_shape, in, m[0] * x + m[1] * y + m[3] - 0.5f, m[4] * x + m[5] * y + m[7] - 0.5f,
                   out + ((gsize) row * width + column) * channels);
    }
}

void lanmu_custom_move_points (const float *in, const float *m, int n, float *out)
{
  for (int i = 0; i < n; i++) {
    float x = in[2 * i], y = in[2 * i + 1];
    out[2 * i] = m[0] * x + m[1] * y + m[3];
    out[2 * i + 1] = m[4] * x + m[5] * y + m[7];
  }
}

void lanmu_custom_pad (const float *in, int cells, int channels, int padded, float *out)
{
  for (int i = 0; i < cells; i++) {
    memcpy (out + (gsize) i * padded, in + (gsize) i * channels, (gsize) channels * sizeof *out);
    memset (out + (gsize) i * padded + channels, 0, (gsize) (padded - channels) * sizeof *out);
  }
}
