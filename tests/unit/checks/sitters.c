/* Every check against synthetic sitters whose truth is known: nobody who sits well is warned about, every fault is
 * found. Each sitter is another person; faults lie within what people do, beyond the limits of the standard. Without an
 * argument a sample; --sitters N looks at N of each, and --table prints what README shows. */
#include "capture/checks/checks.h"

#include "capture/simcam/scene.h"
#include "tests/unit/face/sitter.h"
#include <stdlib.h>
#include <string.h>

#define HEIGHT 900 /* pixels: 1.4 shot pixels a portrait pixel */

typedef struct {
  const char *name;
  LanmuCheckId check;
  double from, to; /* of the control's number */
  const char *control;
  gboolean fails; /* must fail; else warning is enough */
} Fault;

static const Fault faults[] = {
    {"eyes closed", LANMU_CHECK_EYES_OPEN, 0, 0.1, "eyes %g", TRUE},
    {"eyes closed, glasses", LANMU_CHECK_EYES_OPEN, 0, 0.1, "glasses on;eyes %g", FALSE},
    {"eyes closed, narrow", LANMU_CHECK_EYES_OPEN, 0, 0.05, "narrow 0.6;eyes %g", FALSE},
    {"eyes closed, turned 10", LANMU_CHECK_EYES_OPEN, 0, 0.1, "turn 10;eyes %g", FALSE},
    {"eyes closed, side light", LANMU_CHECK_EYES_OPEN, 0, 0.1, "light left 0.3;eyes %g", FALSE},
    {"mouth open", LANMU_CHECK_MOUTH, 0.45, 1, "mouth %g", FALSE},
    {"head tilted", LANMU_CHECK_ROLL, 7.5, 15, "tilt %g", FALSE},
    {"head turned", LANMU_CHECK_YAW, 10, 20, "turn %g", FALSE},
    {"second person", LANMU_CHECK_PERSONS, 0, 0, "second on", TRUE},
    {"nobody", LANMU_CHECK_PERSONS, 0, 0, "empty on", TRUE},
    {"soft", LANMU_CHECK_SHARPNESS, 1.8, 4, "blur %g", FALSE},
    {"clothes like the backdrop", LANMU_CHECK_CLOTHES_SHARE, 0, 0, "clothes clash", FALSE},
    {"shadow on the backdrop", LANMU_CHECK_BACKDROP_SHADOW, 0.55, 1, "shadow %g", FALSE},
    {"light from one side", LANMU_CHECK_BACKDROP_EVEN, 0, 0.25, "light left %g", FALSE},
    {"wrong backdrop", LANMU_CHECK_BACKDROP_COLOUR, 40, 150, "backdrop 255 200 %g", TRUE},
    {"red eyes", LANMU_CHECK_RED_EYE, 0.6, 1, "redeye %g", TRUE},
    {"shine", LANMU_CHECK_HIGHLIGHTS, 1, 1, "shine %g", FALSE},
};

/* What is no fault, and must raise none. */
static const char *const sound[] = {"eyes 1",
                                    "eyes 1;narrow 0.8",
                                    "eyes 1;glasses on",
                                    "eyes 1;makeup 1",
                                    "eyes 1;skin 110 74 56",
                                    "eyes 1;turn 3",
                                    "eyes 1;tilt 2",
                                    "eyes 0.85;narrow 0.5;glasses on"};

static LanmuFaceEngine *engine; /* NULL: no models */
static LanmuProfile *diploma;
static int sitters;
static gboolean table;

static void inspect (guint seed, const char *controls, LanmuInspection *out)
{
  gsize size;
  SimScene *scene = sim_scene_new (seed);
  g_auto (GStrv) lines = g_strsplit (controls, ";", -1);
  g_autoptr (GError) error = NULL;
  for (char **line = lines; *line != NULL; line++)
    g_assert_true (sim_scene_control (scene, *line, NULL));
  g_autoptr (GBytes) jpeg = sim_scene_live (scene, 0.5, HEIGHT * 3 / 2, HEIGHT);
  sim_scene_free (scene);
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  g_assert_true (lanmu_inspect (data, size, &(LanmuInspectBy){.profile = diploma, .engine = engine}, out, &error));
  g_assert_no_error (error);
}

static gboolean no_models (void)
{
  if (engine == NULL)
    g_test_skip ("the face models were not fetched (packaging/fetch-models)");
  return engine == NULL;
}

/* How many sitters are warned about; each is named. */
static int alarms (const char *controls, int n)
{
  int alarmed = 0;
  for (int i = 0; i < n; i++) {
    LanmuInspection found;
    gboolean bad = FALSE;
    inspect ((guint) (1000 + i), controls, &found);
    for (int id = 0; id < LANMU_N_CHECKS; id++) {
      const LanmuCheck *check = &found.checks[id];
      if (check->verdict < LANMU_VERDICT_WARN)
        continue;
      bad = TRUE;
      g_test_message ("sitter %d (%s): %s %g", 1000 + i, controls, lanmu_check_kind ((LanmuCheckId) id)->name,
                      check->measure);
    }
    alarmed += bad;
  }
  return alarmed;
}

static void test_no_false_alarm (void)
{
  int alarmed = 0, n = MAX (sitters / (int) G_N_ELEMENTS (sound), 1);
  if (no_models ())
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (sound); i++) {
    int here = alarms (sound[i], n);
    alarmed += here;
    if (table)
      g_print ("# | sound: %s | %d | %d warned about |\n", sound[i], n, here);
  }
  g_assert_cmpint (alarmed, <=, n * (int) G_N_ELEMENTS (sound) / 200); /* one in 200 */
}

static void test_fault (gconstpointer data)
{
  const Fault *fault = data;
  int n = MAX (sitters, 2), caught = 0;
  if (no_models ())
    return;
  for (int i = 0; i < n; i++) {
    LanmuInspection found;
    double value = fault->from + (fault->to - fault->from) * (n > 1 ? (double) i / (n - 1) : 1);
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *pattern = g_strdup (fault->control);
    char *place = strstr (pattern, "%g");
    if (place != NULL)
      *place = '\0';
    g_autofree char *controls =
        g_strconcat (pattern, place != NULL ? g_ascii_formatd (number, sizeof number, "%.3f", value) : "", NULL);
    inspect ((guint) (5000 + i), controls, &found);
    const LanmuCheck *check = &found.checks[fault->check];
    gboolean is_caught = check->verdict >= (fault->fails ? LANMU_VERDICT_FAIL : LANMU_VERDICT_WARN);
    caught += is_caught;
    if (!is_caught)
      g_test_message ("sitter %d (%s): %s %g is no alarm", 5000 + i, controls, lanmu_check_kind (check->id)->name,
                      check->measure);
  }
  if (table)
    g_print ("# | %s | %d | %d caught |\n", fault->name, n, caught);
  g_assert_cmpint (caught * 20, >=, n * 19);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int i = 1; i < argc; i++) {
    if (g_str_equal (argv[i], "--sitters") && i + 1 < argc)
      sitters = atoi (argv[++i]);
    table |= g_str_equal (argv[i], "--table");
  }
  sitters = sitters > 0 ? sitters : 2;
  engine = sitter_engine ();
  diploma = lanmu_profile_find ("diploma", NULL, NULL);
  g_test_add_func ("/checks/sitters/no-false-alarm", test_no_false_alarm);
  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++) {
    g_autofree char *path = g_strdup_printf ("/checks/sitters/%s", faults[i].name);
    g_test_add_data_func (g_strdelimit (path, " ,", '-'), &faults[i], test_fault);
  }
  int result = g_test_run ();
  g_clear_pointer (&engine, lanmu_face_engine_free);
  lanmu_profile_unref (diploma);
  return result;
}
