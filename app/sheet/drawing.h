/* The rooms of app/sheet share this: the page that is being filled, and how text is measured and set. Internal. */
#pragma once

#include "app/sheet/sheet.h"
#include <cairo.h>

G_BEGIN_DECLS

#define SHEET_WIDTH  595.28 /* A4 */
#define SHEET_HEIGHT 841.89
#define SHEET_SIDE   42.0  /* left and right margin */
#define SHEET_BODY   92.0  /* where a page's body begins */
#define SHEET_END    786.0 /* and ends */
#define SHEET_BREADTH (SHEET_WIDTH - 2 * SHEET_SIDE)

struct _LanmuSheet {
  char *title, *subtitle, *foot;
  gint64 made_us;
  GPtrArray *pages; /* cairo_surface_t: recordings, so that the first page can say how many there are */
  cairo_t *cr;      /* onto the newest of them */
  double y;         /* what is below is free */
};

typedef enum { SHEET_LEFT, SHEET_MIDDLE, SHEET_RIGHT } SheetSide;

typedef struct {
  double size;
  gboolean bold;
  double grey; /* 0 black … 1 white */
  SheetSide side;
} SheetText;

/* Height of the text in a column of that width. cr: any. */
double sheet_text_height (cairo_t *cr, const SheetText *how, const char *text, double width);
/* Draws it with its upper edge at y; returns its height. */
double sheet_text_draw (cairo_t *cr, const SheetText *how, const char *text, double x, double y, double width);

void sheet_line (cairo_t *cr, double x, double y, double width, double grey);
/* A new page when less than height is left, and the page has something on it. TRUE: there is one. */
gboolean sheet_make_room (LanmuSheet *self, double height);

G_END_DECLS
