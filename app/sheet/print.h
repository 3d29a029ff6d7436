/* Print sheets: four two-inch and eight one-inch portraits of one person on a print of 178 × 127 mm (7 inch, the photo
 * shop's "5R"), with who it is. As a JPEG of 2100 × 1500 at 300 dpi for a photo printer, or as pages of a PDF. Any
 * thread, one at a time each; some 50 ms a JPEG.
 *
 * Sizes: 二寸 35 × 49 mm (413 × 579 px), 一寸 25 × 35 mm (295 × 413 px), cut edge to cut edge. A portrait of another
 * shape fills the frame and loses an equal strip at both sides; it is never stretched. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_PRINT_WIDTH  2100 /* pixels */
#define LANMU_PRINT_HEIGHT 1500
#define LANMU_PRINT_DPI    300

typedef struct {
  GBytes *portrait; /* a JPEG */
  char **caption;   /* lines, NULL at the end: 学院 专业 班级 学号 姓名 */
} LanmuPrintPerson;

/* Errors: LANMU_PICTURE_ERROR for a portrait that is no picture. Full. */
GBytes *lanmu_print_jpeg (const LanmuPrintPerson *person, GError **error);

/* A page for each; full. */
GBytes *lanmu_print_pdf (const LanmuPrintPerson *people, guint n_people, GError **error);

G_END_DECLS
