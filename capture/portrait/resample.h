/* LanmuResample: a rectangle of a picture brought to another size in linear light, row by row as the rows arrive. Internal to capture/portrait. Any thread.
 *
 * Why linear light: averaging coded values darkens fine hair against the backdrop. The kernel is Catmull-Rom's cubic, widened by the reduction: sharp, and the
 * overshoot stays under what an eye sees. Same input, same output, to the bit. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LanmuResample LanmuResample;

/* The rectangle, in continuous pixels of a picture of width × height, may reach beyond it (the edge is repeated by leaving out what is not there). */
LanmuResample *lanmu_resample_new (double x, double y, double width, double height, int picture_width, int picture_height, int out_width, int out_height);
void lanmu_resample_free (LanmuResample *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuResample, lanmu_resample_free)

/* Which pixels are needed: half-open. */
void lanmu_resample_needs (const LanmuResample *self, int *left, int *top, int *right, int *bottom);
/* Rows in rising order, each needed one once; pixels B G R X, the first is column `left`; must cover the needed columns. */
void lanmu_resample_feed (LanmuResample *self, int row, int left, const guint8 *pixels);
/* R G B, 16 bits each, coded as sRGB codes light; out_width × out_height. NULL: a needed row was not fed. Owned by self. */
guint16 *lanmu_resample_get (LanmuResample *self);

G_END_DECLS
