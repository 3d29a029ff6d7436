/* SimObject: what PTP calls an object: a folder, or one picture file on the card or in the body's memory. */
#pragma once

#include <glib.h>
#include "capture/simcam/ptp.h"

G_BEGIN_DECLS

typedef struct {
  guint32 handle, parent; /* parent 0: root (or the body's memory) */
  guint32 storage;        /* 0: the body's memory */
  guint16 format;         /* SimFormat */
  char *name;             /* "DSC_0039.JPG" */
  guint64 size;
  gint64 size_off;              /* what the camera says of it is wrong by so much */
  gint64 local_us;              /* the camera's clock when it was taken */
  guint number;                 /* running number in its name */
  int width, height;            /* pixels, 0 when not known */
  guint32 thumb_at, thumb_size; /* where in the file its EXIF thumbnail lies; 0: none */
  GBytes *bytes;                /* body's memory only */
  char *path;                   /* card kept in a folder only */
  gint64 spill_at;              /* card in memory only: where in the spill file */
} SimObject;

void sim_object_free (SimObject *object);
guint32 sim_object_said_size (const SimObject *object); /* what the camera's directory and announcements say */

/* Reads size, pixels and thumbnail out of a JPEG's head; anything else leaves the fields alone. */
void sim_object_look (SimObject *object, const guint8 *head, gsize length);

G_END_DECLS
