/* Constructed shots for tests of portrait and checks: every pixel is what the test painted, and the JPEG around it has the segments it asked for. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  int width, height;
  guint8 *rgb; /* upright, R G B; owned */
} Canvas;

void canvas_init (Canvas *self, int width, int height, guint8 r, guint8 g, guint8 b);
void canvas_clear (Canvas *self);
void canvas_rectangle (Canvas *self, double x, double y, double w, double h, guint8 r, guint8 g, guint8 b); /* whole pixels whose centre is inside */
void canvas_ellipse (Canvas *self, double x, double y, double rx, double ry, guint8 r, guint8 g, guint8 b);
void canvas_noise (Canvas *self, int steps, guint32 seed); /* ± steps */

typedef struct {
  int orientation;      /* 0 = no EXIF; stored so that a reader that obeys sees the canvas */
  gboolean adobe_exif;  /* "uncalibrated" and R03 */
  GBytes *icc;          /* embedded when not NULL */
  gboolean grey, progressive;
  int quality;          /* 0 = 98, 4:4:4 */
} CanvasFile;

GBytes *canvas_to_jpeg (const Canvas *self, const CanvasFile *how);

/* The pixels of a JPEG, R G B. */
void canvas_from_jpeg (Canvas *self, GBytes *jpeg);
/* Where, on average, pixels like the colour (each channel within 60) lie; FALSE: nowhere. */
gboolean canvas_find (const Canvas *self, guint8 r, guint8 g, guint8 b, double *x, double *y);

G_END_DECLS
