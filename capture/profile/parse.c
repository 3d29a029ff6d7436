/* A profile's text into a profile: see profile.h. The text is untrusted: bounded, valid UTF-8, every line accounted
 * for. */
#include "capture/profile/keys.h"

#include "capture/picture/filebytes.h"
#include "capture/profile/builtin.h"
#include <math.h>
#include <nettle/sha2.h>
#include <string.h>

G_DEFINE_QUARK (lanmu - profile - error - quark, lanmu_profile_error)

const char *lanmu_profile_error_kind (int code)
{
  static const char *const names[] = {
      [LANMU_PROFILE_ERROR_SYNTAX] = "syntax",
      [LANMU_PROFILE_ERROR_UNKNOWN] = "unknown-key",
      [LANMU_PROFILE_ERROR_VALUE] = "value",
      [LANMU_PROFILE_ERROR_MISSING] = "missing",
      [LANMU_PROFILE_ERROR_NOT_FOUND] = "not-found",
      [LANMU_PROFILE_ERROR_IO] = "io",
      [LANMU_PROFILE_ERROR_CONTRADICTION] = "contradiction",
  };
  return code >= 0 && (gsize) code < G_N_ELEMENTS (names) ? names[code] : "io";
}

typedef struct {
  const char *path; /* for messages */
  LanmuProfile *profile;
  char *section; /* NULL before the first */
  int *lines;    /* a key's line, 0 = not there */
  int line;
} Parser;

static gboolean fail (const Parser *parser, int line, LanmuProfileError code, const char *reason, GError **error)
{
  if (line > 0)
    g_set_error (error, LANMU_PROFILE_ERROR, (int) code, "%s, line %d: %s.", parser->path, line, reason);
  else
    g_set_error (error, LANMU_PROFILE_ERROR, (int) code, "%s: %s.", parser->path, reason);
  return FALSE;
}

static gboolean read_section (Parser *parser, const char *line, GError **error)
{
  gsize length = strlen (line);
  if (length < 3 || line[length - 1] != ']')
    return fail (parser, parser->line, LANMU_PROFILE_ERROR_SYNTAX, "a section is written as [checks]", error);
  g_free (parser->section);
  parser->section = g_strndup (line + 1, length - 2);
  if (lanmu_keys_has_section (parser->section))
    return TRUE;
  g_autofree char *reason = g_strdup_printf ("there is no section [%s]", parser->section);
  return fail (parser, parser->line, LANMU_PROFILE_ERROR_UNKNOWN, reason, error);
}

static gboolean set_key (Parser *parser, const char *name, const char *value, GError **error)
{
  g_autofree char *reason = NULL;
  int index = lanmu_keys_find (parser->section, name);
  if (index < 0)
    reason = g_strdup_printf ("there is no key “%s” in [%s]", name, parser->section);
  else if (parser->lines[index] > 0)
    reason = g_strdup_printf ("“%s” stands already in line %d", name, parser->lines[index]);
  if (reason != NULL)
    return fail (parser, parser->line, LANMU_PROFILE_ERROR_UNKNOWN, reason, error);
  parser->lines[index] = parser->line;
  if (lanmu_keys_set (lanmu_keys_get ((guint) index), parser->profile, value, &reason))
    return TRUE;
  g_autofree char *named = g_strdup_printf ("%s: %s", name, reason);
  return fail (parser, parser->line, LANMU_PROFILE_ERROR_VALUE, named, error);
}

static gboolean read_line (Parser *parser, char *line, GError **error)
{
  g_strstrip (line);
  if (*line == '\0' || *line == '#')
    return TRUE;
  if (*line == '[')
    return read_section (parser, line, error);
  char *equals = strchr (line, '=');
  if (equals == NULL || parser->section == NULL)
    return fail (parser, parser->line, LANMU_PROFILE_ERROR_SYNTAX,
                 equals == NULL ? "write “key = value”, a [section] or a # comment" : "a [section] must come first",
                 error);
  *equals = '\0';
  return set_key (parser, g_strchomp (line), g_strchug (equals + 1), error);
}

static gboolean has_required (const Parser *parser, GError **error)
{
  for (guint i = 0; i < lanmu_keys_count (); i++) {
    const LanmuKey *key = lanmu_keys_get (i);
    if (!key->required || parser->lines[i] > 0)
      continue;
    g_autofree char *reason = g_strdup_printf ("“%s” is missing in [%s]", key->name, key->section);
    return fail (parser, 0, LANMU_PROFILE_ERROR_MISSING, reason, error);
  }
  return TRUE;
}

static gboolean agrees (const Parser *parser, GError **error)
{
  int line = 0;
  g_autofree char *reason = NULL;
  return lanmu_profile_agrees (parser->profile, parser->lines, &line, &reason) ||
         fail (parser, line, LANMU_PROFILE_ERROR_CONTRADICTION, reason, error);
}

static gboolean read_lines (Parser *parser, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++) {
    parser->line = i + 1;
    if (!read_line (parser, lines[i], error))
      return FALSE;
  }
  return has_required (parser, error) && agrees (parser, error);
}

static void digest (const char *text, gsize size, char hex[65])
{
  struct sha256_ctx context;
  guint8 bytes[SHA256_DIGEST_SIZE];
  sha256_init (&context);
  sha256_update (&context, size, (const guint8 *) text);
  sha256_digest (&context, sizeof bytes, bytes);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", bytes[i]);
}

/* What a profile that says nothing about it gets. The limits of checks: those of the diploma profile, which must
 * therefore state them all. */
static LanmuProfile *new_profile (const LanmuProfileLimit *limits)
{
  LanmuProfile *self = g_atomic_rc_box_new0 (LanmuProfile);
  self->quality_max = 100;
  self->shadow_depth = 5;
  self->found_min = 0.4;
  self->title_zh = g_strdup ("");
  self->source = g_strdup ("");
  self->forbidden = g_new0 (char *, 1);
  for (int i = 0; i < LANMU_N_CHECKS; i++)
    self->limits[i] = limits != NULL ? limits[i] : (LanmuProfileLimit){NAN, NAN};
  return self;
}

static LanmuProfile *parse (const char *text, gsize size, const char *path, const LanmuProfileLimit *limits,
                            GError **error)
{
  g_autoptr (LanmuProfile) profile = new_profile (limits);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : g_strdup ("built in");
  g_autofree int *lines = g_new0 (int, lanmu_keys_count ());
  Parser parser = {.path = path != NULL ? path : name, .profile = profile, .lines = lines};
  profile->path = g_strdup (path != NULL ? path : "");
  digest (text, size, profile->digest);
  gboolean good = size <= LANMU_PROFILE_MAX_BYTES && g_utf8_validate (text, (gssize) size, NULL);
  if (!good)
    fail (&parser, 0, LANMU_PROFILE_ERROR_SYNTAX, "it is no text in UTF-8 of at most 64 KB", error);
  g_autofree char *copy = good ? g_strndup (text, size) : NULL;
  if (good && g_str_has_prefix (copy, "\xef\xbb\xbf")) /* an editor's mark of UTF-8 */
    memset (copy, ' ', 3);
  good = good && read_lines (&parser, copy, error);
  g_free (parser.section);
  return good ? g_steal_pointer (&profile) : NULL;
}

static const LanmuProfileLimit *diploma_limits (void)
{
  static LanmuProfile *diploma;
  if (g_once_init_enter (&diploma)) {
    g_autoptr (GBytes) text = lanmu_builtin_profile (LANMU_PROFILE_DEFAULT);
    gsize size;
    const char *bytes = g_bytes_get_data (text, &size);
    LanmuProfile *made = parse (bytes, size, NULL, NULL, NULL);
    g_assert (made != NULL); /* a shipped file, held by a test */
    g_once_init_leave (&diploma, made);
  }
  return diploma->limits;
}

LanmuProfile *lanmu_profile_parse (const char *text, gsize size, const char *path, GError **error)
{
  return parse (text, size, path, diploma_limits (), error);
}

LanmuProfile *lanmu_profile_load (const char *path, GError **error)
{
  gsize size;
  g_autoptr (GError) cause = NULL;
  g_autofree guint8 *bytes = lanmu_file_bytes_read_path (path, LANMU_PROFILE_MAX_BYTES, &size, &cause);
  if (bytes != NULL)
    return lanmu_profile_parse ((const char *) bytes, size, path, error);
  g_set_error (error, LANMU_PROFILE_ERROR, LANMU_PROFILE_ERROR_IO, "%s: the profile cannot be read: %s", path,
               cause->message);
  return NULL;
}
