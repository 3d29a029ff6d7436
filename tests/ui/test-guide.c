/* Guidance on the page: what stands there while the sitter does this and that. Skipped without the face models. */
#include "tests/ui/rig.h"

#include "capture/face/engine.h"

static void test_sentences (void)
{
  static const struct {
    const char *control, *guide, *sentence;
  } cases[] = {
      {"tilt 0", "ready", "一切就绪 · 空格拍摄"},
      {"eyes closed", "eyes", "眼睛闭着：请看镜头"},
      {"empty on", "nobody", "画面里没有人"},
  };
  g_autofree char *folder = lanmu_face_models_dir ();
  g_autofree char *model = g_build_filename (folder, "face-mesh.tflite", NULL);
  if (!g_file_test (model, G_FILE_TEST_EXISTS)) {
    g_test_skip ("the face models were not fetched (packaging/fetch-models)");
    return;
  }
  g_autoptr (Rig) rig = rig_new ("1280x800", "");
  rig_start (rig, "");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    rig_say (rig, cases[i].control);
    rig_wait (rig, "guide", cases[i].guide);
    rig_wait (rig, "prompt", cases[i].sentence);
  }
}

int main (int argc, char **argv)
{
  g_unsetenv ("LANMU_MODELS"); /* the other tests of this folder do without */
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/guide/sentences", test_sentences);
  return g_test_run ();
}
