/* See mishap.h. */
#include "capture/host/mishap.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static void come_over (const char *name)
{
  const char *path = g_getenv ("LANMU_CAMERA_MISHAP");
  g_autofree char *text = NULL;
  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return;
  g_auto (GStrv) words = g_strsplit (g_strstrip (text), " ", 2);
  if (g_strv_length (words) != 2 || strcmp (words[1], name) != 0 || g_unlink (path) != 0)
    return;
  if (strcmp (words[0], "crash") == 0)
    raise (SIGSEGV);
  while (strcmp (words[0], "hang") == 0)
    pause ();
}

void lanmu_mishap_begin (LanmuOp op)
{
  come_over (lanmu_op_names[op]);
}

void lanmu_mishap_piece (void)
{
  come_over ("piece");
}
