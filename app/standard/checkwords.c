/* The words of checks: see the header. "Left" and "right" are those of the picture as everybody sees it. */
#include "app/standard/checkwords.h"

#include "app/i18n.h"
#include <math.h>

typedef struct {
  LanmuCheckId id;
  const char *why; /* NULL: whatever it is */
  const char *sentence;
} Words;

static const char *const titles[LANMU_N_CHECKS] = {
    [LANMU_CHECK_RESOLUTION] = N_ ("Size of the face in the shot"),
    [LANMU_CHECK_PERSONS] = N_ ("One person"),
    [LANMU_CHECK_CROWN] = N_ ("Room above the hair"),
    [LANMU_CHECK_EYES] = N_ ("Height of the eyes"),
    [LANMU_CHECK_FACE_WIDTH] = N_ ("Width of the face"),
    [LANMU_CHECK_CENTRING] = N_ ("Head in the middle"),
    [LANMU_CHECK_ROLL] = N_ ("Head level"),
    [LANMU_CHECK_YAW] = N_ ("Head straight"),
    [LANMU_CHECK_PITCH] = N_ ("Chin"),
    [LANMU_CHECK_EYES_OPEN] = N_ ("Eyes open"),
    [LANMU_CHECK_MOUTH] = N_ ("Lips closed"),
    [LANMU_CHECK_EYE_DISTANCE] = N_ ("Distance of the eyes"),
    [LANMU_CHECK_BACKDROP_BORDER] = N_ ("Nothing but backdrop"),
    [LANMU_CHECK_BACKDROP_COLOUR] = N_ ("Backdrop colour"),
    [LANMU_CHECK_BACKDROP_EVEN] = N_ ("Backdrop even"),
    [LANMU_CHECK_BACKDROP_SHADOW] = N_ ("Backdrop without shadow"),
    [LANMU_CHECK_CLOTHES_SHARE] = N_ ("Clothes unlike the backdrop"),
    [LANMU_CHECK_CLOTHES_CONTRAST] = N_ ("Shoulder line"),
    [LANMU_CHECK_SHARPNESS] = N_ ("Eyes sharp"),
    [LANMU_CHECK_HIGHLIGHTS] = N_ ("Nothing burnt out"),
    [LANMU_CHECK_DARK] = N_ ("Nothing black in the face"),
    [LANMU_CHECK_LUMINANCE] = N_ ("Brightness of the face"),
    [LANMU_CHECK_BALANCE] = N_ ("Light from both sides"),
    [LANMU_CHECK_GLARE] = N_ ("Reflections on glasses"),
    [LANMU_CHECK_RED_EYE] = N_ ("No red eyes"),
    [LANMU_CHECK_DRIFT] = N_ ("Backdrop as at set-up"),
};

static const Words words[] = {
    {LANMU_CHECK_RESOLUTION, NULL, N_ ("The face is small in the shot: go closer or zoom in.")},
    {LANMU_CHECK_PERSONS, "no-face", N_ ("No face is to be seen.")},
    {LANMU_CHECK_PERSONS, NULL, N_ ("A second person is in the picture.")},
    {LANMU_CHECK_CROWN, "cut-off", N_ ("The hair is cut off at the top: lower the chair.")},
    {LANMU_CHECK_CROWN, "high", N_ ("Too little room above the hair: lower the chair.")},
    {LANMU_CHECK_CROWN, "low", N_ ("Too much room above the hair: raise the chair.")},
    {LANMU_CHECK_CROWN, "hair-not-seen", N_ ("The hair does not stand out from the backdrop: look where it ends.")},
    {LANMU_CHECK_CROWN, NULL, N_ ("Nobody stands out from the backdrop.")},
    {LANMU_CHECK_EYES, "high", N_ ("The eyes lie too high in the portrait.")},
    {LANMU_CHECK_EYES, "low", N_ ("The eyes lie too low in the portrait.")},
    {LANMU_CHECK_FACE_WIDTH, "small", N_ ("The face is too small in the portrait: go closer.")},
    {LANMU_CHECK_FACE_WIDTH, "large", N_ ("The face is too large in the portrait: step back.")},
    {LANMU_CHECK_CENTRING, "left", N_ ("The head is too far left.")},
    {LANMU_CHECK_CENTRING, "right", N_ ("The head is too far right.")},
    {LANMU_CHECK_CENTRING, NULL, N_ ("The head is not in the middle.")},
    {LANMU_CHECK_ROLL, "upside-down", N_ ("The picture is upside down: turn the camera round.")},
    {LANMU_CHECK_ROLL, "sideways", N_ ("The picture lies on its side: switch the camera's rotation of pictures on.")},
    {LANMU_CHECK_ROLL, "left", N_ ("The head leans to the left.")},
    {LANMU_CHECK_ROLL, "right", N_ ("The head leans to the right.")},
    {LANMU_CHECK_YAW, "left", N_ ("The head is turned to the left.")},
    {LANMU_CHECK_YAW, "right", N_ ("The head is turned to the right.")},
    {LANMU_CHECK_PITCH, "up", N_ ("The chin may be too high.")},
    {LANMU_CHECK_PITCH, "down", N_ ("The chin may be too low.")},
    {LANMU_CHECK_EYES_OPEN, "both", N_ ("The eyes are closed.")},
    {LANMU_CHECK_EYES_OPEN, "left", N_ ("The eye on the left is not open.")},
    {LANMU_CHECK_EYES_OPEN, "right", N_ ("The eye on the right is not open.")},
    {LANMU_CHECK_MOUTH, NULL, N_ ("The lips are apart.")},
    {LANMU_CHECK_EYE_DISTANCE, NULL, N_ ("The face is small in the portrait: go closer.")},
    {LANMU_CHECK_BACKDROP_BORDER, "not-found", N_ ("No backdrop is to be seen.")},
    {LANMU_CHECK_BACKDROP_BORDER, NULL, N_ ("Something reaches into the backdrop.")},
    {LANMU_CHECK_BACKDROP_COLOUR, NULL, N_ ("The backdrop has another colour than the standard wants.")},
    {LANMU_CHECK_BACKDROP_EVEN, "left", N_ ("The backdrop is darker on the left: look at the left lamp.")},
    {LANMU_CHECK_BACKDROP_EVEN, "right", N_ ("The backdrop is darker on the right: look at the right lamp.")},
    {LANMU_CHECK_BACKDROP_EVEN, "top", N_ ("The backdrop is darker at the top: raise the lamps.")},
    {LANMU_CHECK_BACKDROP_EVEN, "bottom", N_ ("The backdrop is darker at the bottom: lower the lamps.")},
    {LANMU_CHECK_BACKDROP_SHADOW, "left", N_ ("A shadow lies on the backdrop, left: move the chair away from it.")},
    {LANMU_CHECK_BACKDROP_SHADOW, "right", N_ ("A shadow lies on the backdrop, right: move the chair away from it.")},
    {LANMU_CHECK_CLOTHES_SHARE, NULL, N_ ("The clothes have the colour of the backdrop.")},
    {LANMU_CHECK_CLOTHES_CONTRAST, NULL, N_ ("The shoulders hardly stand out from the backdrop.")},
    {LANMU_CHECK_SHARPNESS, NULL, N_ ("The eyes are not sharp.")},
    {LANMU_CHECK_HIGHLIGHTS, NULL, N_ ("Parts of the face are burnt out: less light.")},
    {LANMU_CHECK_DARK, NULL, N_ ("Parts of the face are black: more light.")},
    {LANMU_CHECK_LUMINANCE, NULL, N_ ("The face is dark: more light.")},
    {LANMU_CHECK_BALANCE, "left", N_ ("The left cheek is darker: look at the left lamp.")},
    {LANMU_CHECK_BALANCE, "right", N_ ("The right cheek is darker: look at the right lamp.")},
    {LANMU_CHECK_GLARE, NULL, N_ ("Look at the glasses: there may be a reflection.")},
    {LANMU_CHECK_RED_EYE, NULL, N_ ("The pupils are red: no flash on the camera.")},
    {LANMU_CHECK_DRIFT, "flash-missed", N_ ("A flash did not fire.")},
    {LANMU_CHECK_DRIFT, "backdrop-moved", N_ ("The backdrop was moved since set-up.")},
    {LANMU_CHECK_DRIFT, NULL, N_ ("The light on the backdrop has changed since set-up.")},
};

/* What a check says when it could not look or is not sure, whichever it is. */
static const struct {
  const char *why, *sentence;
} excuses[] = {
    {"no-models", N_ ("Not looked at: the face models are not installed.")},
    {"no-face", N_ ("No face is to be seen.")},
    {"nobody", N_ ("Nobody stands out from the backdrop.")},
    {"no-torso", N_ ("Too little of the clothes is in the picture.")},
    {"no-reference", N_ ("No reference of the empty backdrop was taken.")},
    {"not-found", N_ ("No backdrop is to be seen.")},
    {"contradiction", N_ ("Look at the eyes yourself: they may be closed.")},
    {"backdrop-is-light", N_ ("The face is dark before a light backdrop: dark skin, or too little light on the face.")},
    {"too-small", N_ ("The picture is too small to say.")},
};

const char *lanmu_check_title (LanmuCheckId id)
{
  return _ (titles[id]);
}

static const char *excuse (const char *why)
{
  for (gsize i = 0; i < G_N_ELEMENTS (excuses); i++)
    if (g_str_equal (excuses[i].why, why))
      return _ (excuses[i].sentence);
  return NULL;
}

const char *lanmu_check_sentence (LanmuCheckId id, LanmuVerdict verdict, const char *why)
{
  const char *said = verdict == LANMU_VERDICT_UNSURE || verdict == LANMU_VERDICT_NOT_CHECKED ? excuse (why) : NULL;
  if (verdict == LANMU_VERDICT_OK)
    return "";
  for (gsize i = 0; said == NULL && i < G_N_ELEMENTS (words); i++)
    if (words[i].id == id && (words[i].why == NULL || g_str_equal (words[i].why, why)))
      said = _ (words[i].sentence);
  return said != NULL ? said : _ ("Look at it yourself.");
}

/* A share is said in hundredths, an angle in degrees; a count and a ratio have no unit. */
static const char *unit_word (const char *unit, double *factor)
{
  static const struct {
    const char *unit, *word;
    double factor;
  } units[] = {{"px", " px", 1}, {"deg", "°", 1}, {"dE", " ΔE", 1}, {"share", " %", 100}, {"L*", " L*", 1}};
  *factor = 1;
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (units[i].unit, unit)) {
      *factor = units[i].factor;
      return units[i].word;
    }
  return "";
}

char *lanmu_check_figures (const LanmuCheck *check)
{
  const LanmuCheckKind *kind = lanmu_check_kind (check->id);
  double factor, measure;
  const char *unit = unit_word (kind->unit, &factor);
  if (isnan (check->measure))
    return g_strdup ("–");
  measure = fabs (check->measure * factor) < 0.0005 ? 0 : check->measure * factor;
  if (isnan (check->warn))
    return g_strdup_printf ("%.3g%s", measure, unit);
  if (kind->sense == LANMU_CHECK_IN_BAND)
    return g_strdup_printf ("%.0f%s (%g–%g)", measure, unit, check->warn, check->fail);
  g_autofree char *limit = kind->sense == LANMU_CHECK_BAD_ABOVE ? g_strdup_printf (_ ("at most %g"), check->warn * factor)
                                                                : g_strdup_printf (_ ("at least %g"), check->warn * factor);
  return g_strdup_printf ("%.3g%s (%s)", measure, unit, limit);
}

const char *lanmu_verdict_title (LanmuVerdict verdict)
{
  static const char *const names[] = {
      [LANMU_VERDICT_NOT_CHECKED] = N_ ("not checked"),
      [LANMU_VERDICT_OK] = N_ ("ok"),
      [LANMU_VERDICT_UNSURE] = N_ ("unsure"),
      [LANMU_VERDICT_WARN] = N_ ("warning"),
      [LANMU_VERDICT_FAIL] = N_ ("fails"),
  };
  return (guint) verdict < G_N_ELEMENTS (names) ? _ (names[verdict]) : "";
}

char *lanmu_checks_failed_sentence (const LanmuInspection *inspection)
{
  GString *text = g_string_new (NULL);
  for (int i = 0; i < LANMU_N_CHECKS; i++) {
    const LanmuCheck *check = &inspection->checks[i];
    if (check->verdict == LANMU_VERDICT_FAIL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "",
                              lanmu_check_sentence (check->id, check->verdict, check->why));
  }
  return g_string_free (text, FALSE);
}
