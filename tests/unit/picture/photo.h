/* Constructed photographs for tests: JPEG files whose every fact the test chose itself. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  int width, height;       /* 0 = 960×640 */
  gboolean progressive, grey;
  gboolean no_exif;
  int orientation;         /* 0 = no tag */
  const char *make, *model, *serial, *date, *sub_seconds; /* NULL = no tag */
  const char *nikon_serial; /* in a Nikon MakerNote */
  gint64 image_number;     /* 0 = no tag */
  int edge;                /* from this row on darker, by a level edge blurred as a lens does; 0 = none */
} PhotoSpec;

GByteArray *photo_new (const PhotoSpec *spec);
GByteArray *photo_exif (const PhotoSpec *spec);                     /* the content of the APP1 segment, from "Exif\0\0" on */
void photo_insert_app1 (GByteArray *jpeg, const guint8 *content, gsize size); /* behind SOI */
gsize photo_find_marker (const GByteArray *jpeg, guint8 marker);    /* offset of the first FF marker; G_MAXSIZE = none */
char *photo_save (const GByteArray *jpeg, const char *folder);      /* returns the path */

G_END_DECLS
