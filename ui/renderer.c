/* A machine without a DRM render node has no hardware OpenGL. */
#include "ui/renderer.h"

#include <string.h>

static gboolean has_render_node (void)
{
  g_autoptr (GDir) folder = g_dir_open ("/dev/dri", 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return TRUE;
  return FALSE;
}

/* GTK starts OpenGL at its own start even when nothing will be drawn by it: a quarter of a second for loading a
 * software driver. */
static void leave_out_gl (void)
{
  const char *flags = g_getenv ("GDK_DEBUG");
  g_autofree char *more =
      flags != NULL && *flags != '\0' ? g_strconcat (flags, ",gl-disable", NULL) : g_strdup ("gl-disable");
  g_setenv ("GDK_DEBUG", more, TRUE);
}

void lanmu_renderer_choose (void)
{
  if (!has_render_node ())
    g_setenv ("GSK_RENDERER", "cairo", FALSE);
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") == 0)
    leave_out_gl ();
}
