/* Where the lanmu-camera program is. Pure but for looking at files. */
#include "capture/hostprocess.h"

static char *if_program (char *path)
{
  if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE) && !g_file_test (path, G_FILE_TEST_IS_DIR))
    return path;
  g_free (path);
  return NULL;
}

/* Beside the running program: build/app/lanmuctl → build/capture/lanmu-camera, bin/lanmu → libexec/lanmu/lanmu-camera.
 */
static char *beside (const char *folder)
{
  static const char *const places[] = {"capture/lanmu-camera", "libexec/lanmu/lanmu-camera"};
  char *found = NULL;
  g_autofree char *above = g_path_get_dirname (folder);
  for (gsize i = 0; found == NULL && i < G_N_ELEMENTS (places); i++)
    found = if_program (g_build_filename (above, places[i], NULL));
  return found != NULL ? found : if_program (g_build_filename (folder, "lanmu-camera", NULL));
}

char *lanmu_host_process_find_program (void)
{
  const char *named = g_getenv ("LANMU_CAMERA_HOST");
  if (named != NULL && named[0] != '\0')
    return g_strdup (named);
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = self != NULL ? g_path_get_dirname (self) : g_strdup ("/");
  char *found = beside (folder);
  return found != NULL ? found : if_program (g_build_filename (LANMU_LIBEXECDIR, "lanmu-camera", NULL));
}
