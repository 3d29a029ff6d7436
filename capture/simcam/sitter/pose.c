/* The control lines as a table of words; see scene.h for what each means. A line is tried on a copy, so that a refused
 * line changes nothing. */
#include "capture/simcam/sitter/pose.h"

#include <math.h>
#include <string.h>

#define MOST_WORDS 4

typedef struct {
  const char *name;
  int least, most; /* number of words after the name */
  gboolean (*apply) (SimPose *pose, char **words, int count);
  const char *usage;
} Control;

void sim_pose_reset (SimPose *self)
{
  *self = (SimPose){
      .eyes = 1,
      .size = 1,
      .light_left = 1,
      .light_right = 1,
      .backdrop = {100 / 255.0, 197 / 255.0, 255 / 255.0},
  };
}

static gboolean number (const char *word, double from, double to, double *value)
{
  char *end = NULL;
  double read = g_ascii_strtod (word, &end);
  if (end == word || *end != '\0' || !isfinite (read) || read < from || read > to)
    return FALSE;
  *value = read;
  return TRUE;
}

static gboolean colour (char **words, SimColour *value)
{
  SimColour read;
  if (!number (words[0], 0, 255, &read.r) || !number (words[1], 0, 255, &read.g) || !number (words[2], 0, 255, &read.b))
    return FALSE;
  *value = (SimColour){read.r / 255, read.g / 255, read.b / 255};
  return TRUE;
}

static gboolean on_off (const char *word, gboolean *value)
{
  if (!g_str_equal (word, "on") && !g_str_equal (word, "off"))
    return FALSE;
  *value = g_str_equal (word, "on");
  return TRUE;
}

static gboolean openness (const char *word, double *value)
{
  if (g_str_equal (word, "open"))
    return *value = 1, TRUE;
  if (g_str_equal (word, "closed"))
    return *value = 0, TRUE;
  return number (word, 0, 1, value);
}

static gboolean apply_eyes (SimPose *pose, char **words, int count)
{
  pose->eyes_held = TRUE;
  return openness (words[0], &pose->eyes);
}

static gboolean apply_mouth (SimPose *pose, char **words, int count)
{
  return openness (words[0], &pose->mouth);
}

static gboolean apply_tilt (SimPose *pose, char **words, int count)
{
  return number (words[0], -40, 40, &pose->tilt);
}

static gboolean apply_turn (SimPose *pose, char **words, int count)
{
  return number (words[0], -40, 40, &pose->turn);
}

static gboolean apply_nod (SimPose *pose, char **words, int count)
{
  return number (words[0], -40, 40, &pose->nod);
}

static gboolean apply_size (SimPose *pose, char **words, int count)
{
  return number (words[0], 0.3, 2, &pose->size);
}

static gboolean apply_shift (SimPose *pose, char **words, int count)
{
  return number (words[0], -480, 480, &pose->shift_x) && number (words[1], -480, 480, &pose->shift_y);
}

static gboolean apply_clothes (SimPose *pose, char **words, int count)
{
  if (count == 3) {
    pose->clothes = SIM_CLOTHES_COLOUR;
    return colour (words, &pose->clothes_colour);
  }
  pose->clothes = g_str_equal (words[0], "clash") ? SIM_CLOTHES_CLASH : SIM_CLOTHES_NORMAL;
  return count == 1 && (g_str_equal (words[0], "clash") || g_str_equal (words[0], "normal"));
}

static gboolean apply_glasses (SimPose *pose, char **words, int count)
{
  gboolean on = FALSE;
  if (on_off (words[0], &on))
    pose->glasses = on ? SIM_GLASSES_ON : SIM_GLASSES_OFF;
  else if (g_str_equal (words[0], "normal"))
    pose->glasses = SIM_GLASSES_NORMAL;
  else
    return FALSE;
  return TRUE;
}

static gboolean apply_shadow (SimPose *pose, char **words, int count)
{
  return number (words[0], 0, 1, &pose->shadow);
}

static gboolean apply_light (SimPose *pose, char **words, int count)
{
  if (count == 1) {
    pose->light_left = pose->light_right = 1;
    return g_str_equal (words[0], "even");
  }
  if (g_str_equal (words[0], "left"))
    return number (words[1], 0, 2, &pose->light_left);
  return g_str_equal (words[0], "right") && number (words[1], 0, 2, &pose->light_right);
}

static gboolean apply_backdrop (SimPose *pose, char **words, int count)
{
  return colour (words, &pose->backdrop);
}

static gboolean apply_blur (SimPose *pose, char **words, int count)
{
  return number (words[0], 0, 20, &pose->blur);
}

static gboolean apply_second (SimPose *pose, char **words, int count)
{
  return on_off (words[0], &pose->second);
}

static gboolean apply_empty (SimPose *pose, char **words, int count)
{
  return on_off (words[0], &pose->empty);
}

static gboolean apply_narrow (SimPose *pose, char **words, int count)
{
  return number (words[0], 0, 1, &pose->narrow);
}

static gboolean apply_makeup (SimPose *pose, char **words, int count)
{
  return number (words[0], 0, 1, &pose->makeup);
}

static gboolean apply_redeye (SimPose *pose, char **words, int count)
{
  return number (words[0], 0, 1, &pose->redeye);
}

static gboolean apply_shine (SimPose *pose, char **words, int count)
{
  return number (words[0], 0, 1, &pose->shine);
}

static gboolean apply_skin (SimPose *pose, char **words, int count)
{
  pose->skin_set = TRUE;
  return colour (words, &pose->skin);
}

static gboolean apply_reset (SimPose *pose, char **words, int count)
{
  sim_pose_reset (pose);
  return TRUE;
}

static const Control controls[] = {
    {"eyes", 1, 1, apply_eyes, "eyes open|closed|0..1"},
    {"mouth", 1, 1, apply_mouth, "mouth closed|open|0..1"},
    {"tilt", 1, 1, apply_tilt, "tilt DEGREES, -40..40"},
    {"turn", 1, 1, apply_turn, "turn DEGREES, -40..40"},
    {"nod", 1, 1, apply_nod, "nod DEGREES, -40..40"},
    {"size", 1, 1, apply_size, "size FACTOR, 0.3..2"},
    {"shift", 2, 2, apply_shift, "shift DX DY, -480..480 each"},
    {"clothes", 1, 3, apply_clothes, "clothes R G B|clash|normal, colours 0..255"},
    {"glasses", 1, 1, apply_glasses, "glasses on|off|normal"},
    {"shadow", 1, 1, apply_shadow, "shadow F, 0..1"},
    {"light", 1, 2, apply_light, "light left|right F, 0..2, or light even"},
    {"backdrop", 3, 3, apply_backdrop, "backdrop R G B, 0..255 each"},
    {"blur", 1, 1, apply_blur, "blur SIGMA, 0..20"},
    {"second", 1, 1, apply_second, "second on|off"},
    {"empty", 1, 1, apply_empty, "empty on|off"},
    {"narrow", 1, 1, apply_narrow, "narrow F, 0..1"},
    {"makeup", 1, 1, apply_makeup, "makeup F, 0..1"},
    {"redeye", 1, 1, apply_redeye, "redeye F, 0..1"},
    {"shine", 1, 1, apply_shine, "shine F, 0..1"},
    {"skin", 3, 3, apply_skin, "skin R G B, 0..255 each"},
    {"reset", 0, 0, apply_reset, "reset"},
};

/* Splits at blanks into at most MOST_WORDS words; the number of words found, MOST_WORDS + 1 when there are more. */
static int split (char *line, char *words[MOST_WORDS])
{
  int count = 0;
  char *rest = NULL;
  for (char *word = strtok_r (line, " \t\r\n", &rest); word != NULL; word = strtok_r (NULL, " \t\r\n", &rest)) {
    if (count == MOST_WORDS)
      return MOST_WORDS + 1;
    words[count++] = word;
  }
  return count;
}

static gboolean refuse (char **error, char *sentence)
{
  if (error != NULL)
    *error = sentence;
  else
    g_free (sentence);
  return FALSE;
}

static gboolean run (SimPose *self, const Control *control, char **words, int count, char **error)
{
  SimPose copy = *self;
  if (count < control->least || count > control->most || !control->apply (&copy, words, count))
    return refuse (error, g_strdup_printf ("\"%s\" wants: %s.", control->name, control->usage));
  *self = copy;
  return TRUE;
}

gboolean sim_pose_control (SimPose *self, const char *line, char **error)
{
  g_autofree char *copy = g_strdup (line);
  char *words[MOST_WORDS] = {NULL};
  int count = split (copy, words);
  if (count == 0)
    return refuse (error, g_strdup ("An empty line is no command of the scene."));
  for (gsize i = 0; i < G_N_ELEMENTS (controls); i++)
    if (g_str_equal (words[0], controls[i].name))
      return run (self, &controls[i], words + 1, count - 1, error);
  g_autofree char *valid = g_utf8_make_valid (words[0], -1);
  g_autofree char *word = g_utf8_substring (valid, 0, MIN (40, g_utf8_strlen (valid, -1)));
  return refuse (error, g_strdup_printf ("\"%s\" is no command of the scene.", word));
}

char *sim_pose_key (const SimPose *self)
{
  const double values[] = {self->eyes,
                           self->mouth,
                           self->tilt,
                           self->turn,
                           self->nod,
                           self->size,
                           self->shift_x,
                           self->shift_y,
                           self->clothes,
                           self->clothes_colour.r,
                           self->clothes_colour.g,
                           self->clothes_colour.b,
                           self->glasses,
                           self->shadow,
                           self->light_left,
                           self->light_right,
                           self->backdrop.r,
                           self->backdrop.g,
                           self->backdrop.b,
                           self->blur,
                           self->second,
                           self->empty,
                           self->eyes_held,
                           self->narrow,
                           self->makeup,
                           self->redeye,
                           self->shine,
                           self->skin_set,
                           self->skin.r,
                           self->skin.g,
                           self->skin.b};
  GString *key = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    g_string_append_printf (key, "%a ", values[i]);
  return g_string_free (key, FALSE);
}
