/* Stands between a test program (SQLite and GLib in it included) and the kernel: sees, and may refuse, every change of a file or folder below one root.
 * One thread only. A kill shows what a crash leaves; only this shows what a power cut or a sick disk leaves. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum { DISK_CREATE, DISK_WRITE, DISK_TRUNCATE, DISK_SYNC, DISK_RENAME, DISK_LINK, DISK_UNLINK, DISK_MKDIR } DiskKind;

typedef struct {
  DiskKind kind;
  const char *path, *to; /* below the root; to: of rename and link */
  gint64 offset;         /* of a write; the length of a truncate */
  const void *bytes;
  gsize n;
} DiskOp;

typedef int (*DiskBefore) (const DiskOp *op, gpointer data);  /* an errno refuses it, 0 lets it pass */
typedef void (*DiskAfter) (const DiskOp *op, gpointer data);  /* it was done */

void disk_watch (const char *root, DiskBefore before, DiskAfter after, gpointer data); /* root NULL: stop looking */

G_END_DECLS
