/* The keys of a profile: see the header. */
#include "capture/profile/keys.h"

#include "capture/profile/values.h"
#include <string.h>

#define AT(member) G_STRUCT_OFFSET (LanmuProfile, member)

/* The bounds keep a slip of the finger from costing gigabytes; the standard's own numbers are in the files. */
static const LanmuKey plain[] = {
    {"profile", "name", LANMU_KEY_NAME, AT (name), 0, 0, TRUE},
    {"profile", "title", LANMU_KEY_TEXT, AT (title), 0, 0, TRUE},
    {"profile", "title-zh", LANMU_KEY_TEXT, AT (title_zh), 0, 0, FALSE},
    {"profile", "source", LANMU_KEY_TEXT, AT (source), 0, 0, FALSE},
    {"file", "width", LANMU_KEY_INTEGER, AT (width), 60, 4000, TRUE},
    {"file", "height", LANMU_KEY_INTEGER, AT (height), 60, 4000, TRUE},
    {"file", "dpi", LANMU_KEY_INTEGER, AT (dpi), 72, 1200, TRUE},
    {"file", "quality-min", LANMU_KEY_INTEGER, AT (quality_min), 1, 100, TRUE},
    {"file", "quality-max", LANMU_KEY_INTEGER, AT (quality_max), 1, 100, FALSE},
    {"file", "bytes-min", LANMU_KEY_INTEGER, AT (bytes_min), 0, 50000000, TRUE},
    {"file", "bytes-max", LANMU_KEY_INTEGER, AT (bytes_max), 1000, 50000000, TRUE},
    {"file", "chroma", LANMU_KEY_CHROMA, AT (chroma), 0, 0, FALSE},
    {"file", "name", LANMU_KEY_TEXT, AT (file_name), 0, 0, TRUE},
    {"file", "extension", LANMU_KEY_TEXT, AT (extension), 0, 0, TRUE},
    {"placement", "crown", LANMU_KEY_BAND, AT (crown), 0, 4000, TRUE},
    {"placement", "eyes", LANMU_KEY_BAND, AT (eyes), 0, 4000, TRUE},
    {"placement", "face-width", LANMU_KEY_BAND, AT (face), 10, 4000, TRUE},
    {"backdrop", "colour", LANMU_KEY_COLOUR, AT (colours), 0, 0, TRUE},
    {"backdrop", "also", LANMU_KEY_COLOURS, AT (colours), 0, 0, FALSE},
    {"backdrop", "shadow-depth", LANMU_KEY_NUMBER, AT (shadow_depth), 0.5, 50, FALSE},
    {"backdrop", "found-min", LANMU_KEY_NUMBER, AT (found_min), 0.05, 1, FALSE},
    {"person", "glasses", LANMU_KEY_GLASSES, AT (glasses), 0, 0, FALSE},
    {"person", "forbidden", LANMU_KEY_WORDS, AT (forbidden), 0, 0, FALSE},
};

#define N_PLAIN G_N_ELEMENTS (plain)

static LanmuKey all[N_PLAIN + LANMU_N_CHECKS];
static guint n_all;

static void add_checks (void)
{
  for (int i = 0; i < LANMU_N_CHECKS; i++) {
    const LanmuCheckKind *kind = lanmu_check_kind ((LanmuCheckId) i);
    if (kind->sense != LANMU_CHECK_IN_BAND)
      all[n_all++] = (LanmuKey){.section = "checks",
                                .name = kind->name,
                                .kind = LANMU_KEY_LIMIT,
                                .offset = AT (limits) + (gsize) i * sizeof (LanmuProfileLimit),
                                .least = kind->least,
                                .most = kind->most};
  }
}

static void fill (void)
{
  static gsize once;
  if (!g_once_init_enter (&once))
    return;
  memcpy (all, plain, sizeof plain);
  n_all = N_PLAIN;
  add_checks ();
  g_once_init_leave (&once, 1);
}

guint lanmu_keys_count (void)
{
  fill ();
  return n_all;
}

const LanmuKey *lanmu_keys_get (guint index)
{
  fill ();
  return &all[index];
}

int lanmu_keys_find (const char *section, const char *name)
{
  for (guint i = 0; i < lanmu_keys_count (); i++)
    if (g_str_equal (all[i].section, section) && g_str_equal (all[i].name, name))
      return (int) i;
  return -1;
}

gboolean lanmu_keys_has_section (const char *section)
{
  for (guint i = 0; i < lanmu_keys_count (); i++)
    if (g_str_equal (all[i].section, section))
      return TRUE;
  return FALSE;
}

/* ---- values */

static gboolean set_number (const LanmuKey *key, LanmuProfile *profile, const char *value, char **reason)
{
  double number;
  if (!lanmu_value_number (value, key->least, key->most, &number, reason))
    return FALSE;
  if (key->kind == LANMU_KEY_NUMBER)
    G_STRUCT_MEMBER (double, profile, key->offset) = number;
  else if (number != (double) (int) number) {
    *reason = g_strdup_printf ("“%s” must be a whole number", value);
    return FALSE;
  } else
    G_STRUCT_MEMBER (int, profile, key->offset) = (int) number;
  return TRUE;
}

static gboolean set_text (const LanmuKey *key, LanmuProfile *profile, const char *value, char **reason)
{
  char **text = &G_STRUCT_MEMBER (char *, profile, key->offset);
  if (*value == '\0' || g_utf8_strlen (value, -1) > 300) {
    *reason = g_strdup (*value == '\0' ? "a value is missing after “=”" : "the value is longer than 300 characters");
    return FALSE;
  }
  if (key->kind == LANMU_KEY_NAME && !lanmu_profile_is_name (value)) {
    *reason = g_strdup_printf ("“%s” is no name: use a–z, 0–9 and -, at most 40 characters", value);
    return FALSE;
  }
  g_free (*text);
  *text = g_strdup (value);
  return TRUE;
}

static gboolean set_colours (const LanmuKey *key, LanmuProfile *profile, const char *value, char **reason)
{
  int first = key->kind == LANMU_KEY_COLOUR ? 0 : 1;
  g_auto (GStrv) parts = g_strsplit (value, ";", -1);
  int n = (int) g_strv_length (parts);
  int room = first == 0 ? 1 : LANMU_PROFILE_COLOURS - 1;
  if (n < 1 || n > room) {
    *reason = g_strdup_printf ("at most %d colours fit here", room);
    return FALSE;
  }
  for (int i = 0; i < n; i++)
    if (!lanmu_value_colour (parts[i], profile->colours[first + i], reason))
      return FALSE;
  profile->n_colours = MAX (profile->n_colours, first + n);
  return TRUE;
}

static gboolean set_word (const LanmuKey *key, LanmuProfile *profile, const char *value, char **reason)
{
  static const char *const chroma[] = {"auto", "4:2:0", "4:4:4", NULL};
  static const char *const glasses[] = {"keep", "off", NULL};
  const char *const *words = key->kind == LANMU_KEY_CHROMA ? chroma : glasses;
  for (int i = 0; words[i] != NULL; i++)
    if (g_str_equal (words[i], value)) {
      if (key->kind == LANMU_KEY_CHROMA)
        profile->chroma = (LanmuChroma) i;
      else
        profile->glasses = (LanmuGlasses) i;
      return TRUE;
    }
  g_autofree char *all_words = g_strjoinv (", ", (char **) words);
  *reason = g_strdup_printf ("“%s” is not one of %s", value, all_words);
  return FALSE;
}

static void set_words (LanmuProfile *profile, const char *value)
{
  g_strfreev (profile->forbidden);
  profile->forbidden = g_strsplit (value, ";", -1);
  for (int i = 0; profile->forbidden[i] != NULL; i++)
    g_strstrip (profile->forbidden[i]);
}

gboolean lanmu_keys_set (const LanmuKey *key, LanmuProfile *profile, const char *value, char **reason)
{
  switch (key->kind) {
  case LANMU_KEY_INTEGER:
  case LANMU_KEY_NUMBER:
    return set_number (key, profile, value, reason);
  case LANMU_KEY_BAND:
    return lanmu_value_band (value, key->least, key->most, &G_STRUCT_MEMBER (LanmuProfileBand, profile, key->offset),
                             reason);
  case LANMU_KEY_LIMIT:
    return lanmu_value_limit (value, key->least, key->most, &G_STRUCT_MEMBER (LanmuProfileLimit, profile, key->offset),
                              reason);
  case LANMU_KEY_COLOUR:
  case LANMU_KEY_COLOURS:
    return set_colours (key, profile, value, reason);
  case LANMU_KEY_CHROMA:
  case LANMU_KEY_GLASSES:
    return set_word (key, profile, value, reason);
  case LANMU_KEY_WORDS:
    set_words (profile, value);
    return TRUE;
  case LANMU_KEY_TEXT:
  case LANMU_KEY_NAME:
  default:
    return set_text (key, profile, value, reason);
  }
}
