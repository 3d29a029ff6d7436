#include "tests/unit/face/sitter.h"

#include "tests/unit/face/modelfile.h"
#include "tests/unit/simcam/pixels.h"

SitterPicture sitter_picture (guint seed, const char *controls, int width, int height)
{
  SimScene *scene = sim_scene_new (seed);
  g_auto (GStrv) lines = g_strsplit (controls, ";", -1);
  for (char **line = lines; *line != NULL; line++) {
    g_autofree char *error = NULL;
    if (**line != '\0' && !sim_scene_control (scene, *line, &error))
      g_error ("%s: %s", *line, error);
  }
  g_autoptr (GBytes) jpeg = sim_scene_live (scene, 0, width, height);
  sim_scene_free (scene);
  Pixels pixels = pixels_of (jpeg);
  SitterPicture self = {.rgb = pixels.rgb};
  self.view = (LanmuFaceView){.pixels = pixels.rgb,
                              .width = pixels.width,
                              .height = pixels.height,
                              .stride = 3 * (gsize) pixels.width,
                              .channels = 3};
  return self;
}

void sitter_picture_clear (SitterPicture *self)
{
  g_clear_pointer (&self->rgb, g_free);
}

LanmuFace sitter_face (LanmuFaceEngine *engine, guint seed, const char *controls)
{
  g_auto (SitterPicture) picture = sitter_picture (seed, controls, 480, 640);
  LanmuFace faces[4];
  if (lanmu_face_engine_find (engine, &picture.view, faces, G_N_ELEMENTS (faces)) < 1)
    g_error ("sitter %u (%s): no face found", seed, controls);
  return faces[0];
}

LanmuFaceEngine *sitter_engine (void)
{
  g_autofree char *folder = modelfile_real_folder ();
  g_autoptr (GError) error = NULL;
  if (folder == NULL)
    return NULL;
  LanmuFaceEngine *engine = lanmu_face_engine_new (folder, &error);
  g_assert_no_error (error);
  return engine;
}
