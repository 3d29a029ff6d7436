/* Commands of the photographer's hand: what a person at the body, or the sitter's usher, can do. Nothing here goes
 * wrong on purpose. */
#include "capture/simcam/command.h"
#include "capture/simcam/words.h"

#include <string.h>

static gboolean run_press (SimRig *rig, char **words, guint n, GString *answer)
{
  static const char *const sentences[] = {
      [SIM_RELEASE_BUSY] = "the body is busy",
      [SIM_RELEASE_NO_FOCUS] = "the body finds no focus",
      [SIM_RELEASE_CARD_FULL] = "the card is full",
      [SIM_RELEASE_NO_CARD] = "there is no card",
  };
  SimPress press = {.count = 1};
  SimRelease result;
  gint64 burst = 1;
  guint number;

  for (guint i = 1; i < n; i++)
    if (strcmp (words[i], "raw") == 0)
      press.raw = TRUE;
    else if (strcmp (words[i], "burst") != 0)
      return sim_refuse (answer, "say press [raw] [burst N]");
    else if (!sim_word_number (words[++i], 1, 100, &burst, answer))
      return FALSE;
  press.count = (guint)burst;
  press.ram = rig->body->brand->to_ram != NULL && rig->body->brand->to_ram (rig->body);
  result = sim_body_release (rig->body, &press, &number);
  if (result != SIM_RELEASED)
    return sim_refuse (answer, sentences[result]);
  g_string_printf (answer, "%u", number);
  return TRUE;
}

static gboolean run_raw (SimRig *rig, char **words, guint n, GString *answer)
{
  gboolean raw;
  if (!sim_word_on_off (words[1], &raw, answer))
    return FALSE;
  sim_body_set_raw (rig->body, raw);
  return TRUE;
}

static gboolean run_portrait (SimRig *rig, char **words, guint n, GString *answer)
{
  return sim_word_on_off (words[1], &rig->body->portrait, answer);
}

static gboolean run_next (SimRig *rig, char **words, guint n, GString *answer)
{
  sim_body_next_sitter (rig->body);
  g_string_printf (answer, "%u", sim_scene_sitter (rig->body->scene));
  return TRUE;
}

static gboolean run_battery (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 percent;
  if (!sim_word_number (words[1], 0, 100, &percent, answer))
    return FALSE;
  sim_body_set_battery (rig->body, (guint)percent);
  return TRUE;
}

static gboolean run_number (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 number;
  if (!sim_word_number (words[1], 1, 9999, &number, answer))
    return FALSE;
  rig->body->number = (guint)number;
  return TRUE;
}

static gboolean run_shot_ms (SimRig *rig, char **words, guint n, GString *answer)
{
  gint64 ms;
  if (!sim_word_number (words[1], 0, 600000, &ms, answer))
    return FALSE;
  rig->body->shot_ms = (guint)ms;
  return TRUE;
}

static gboolean run_fps (SimRig *rig, char **words, guint n, GString *answer)
{
  double fps = words[1] != NULL ? g_ascii_strtod (words[1], NULL) : 0;
  if (fps < 0.1 || fps > 1000)
    return sim_refuse (answer, "say a rate from 0.1 to 1000 frames a second");
  sim_live_set_fps (rig->body, fps);
  return TRUE;
}

const SimCommand sim_hand_commands[] = {
    {"press", "press [raw] [burst N]: the body's own button", run_press},
    {"raw", "raw on|off: RAW+JPEG", run_raw},
    {"portrait", "portrait on|off: the camera stands on its side", run_portrait},
    {"next", "next: the next sitter comes in", run_next},
    {"battery", "battery PERCENT", run_battery},
    {"number", "number N: of the next picture", run_number},
    {"shot-ms", "shot-ms N: from release to file", run_shot_ms},
    {"fps", "fps N: live frames a second", run_fps},
    {NULL},
};
