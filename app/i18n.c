/* Why apart from the programs: lanmu and lanmuctl, installed or not, must find the same words. Main thread, at start.
 */
#include "app/i18n.h"

#include <glib.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>

static char *translations;

/* BUILD/app/lanmuctl → BUILD/po */
static char *dup_build_dir (void)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  if (program == NULL)
    return NULL;
  g_autofree char *folder = g_path_get_dirname (program);
  g_autofree char *build = g_path_get_dirname (folder);
  g_autofree char *po = g_build_filename (build, "po", NULL);
  g_autofree char *sign = g_build_filename (build, "meson-info", NULL);
  return g_file_test (sign, G_FILE_TEST_IS_DIR) && g_file_test (po, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&po) : NULL;
}

static char *dup_dir (void)
{
  const char *asked = g_getenv ("LANMU_LOCALEDIR");
  if (asked != NULL && *asked != '\0')
    return g_strdup (asked);
  char *built = dup_build_dir ();
  return built != NULL ? built : g_strdup (LANMU_LOCALEDIR);
}

static const char *asked_language (void)
{
  const char *names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = g_getenv (names[i]);
    if (value != NULL && *value != '\0')
      return value;
  }
  return "C";
}

/* gettext gives no translation in the locale "C", and setlocale stays in it when the asked one was never generated
 * (usual on a bare machine): C.UTF-8 is always there, and LANGUAGE then says which translation. */
static void take_locale (void)
{
  const char *got = setlocale (LC_ALL, "");
  const char *asked = asked_language ();
  gboolean plain = g_str_equal (asked, "C") || g_str_equal (asked, "POSIX");
  if (plain) {
    setlocale (LC_CTYPE, "C.UTF-8");
    return;
  }
  if (got != NULL && !g_str_equal (setlocale (LC_MESSAGES, NULL), "C"))
    return;
  setlocale (LC_ALL, "C.UTF-8");
  const char *chosen = g_getenv ("LANGUAGE");
  if ((chosen != NULL && *chosen != '\0') || g_str_has_prefix (asked, "C."))
    return;
  g_autofree char *language = g_strdup (asked);
  language[strcspn (language, ".@")] = '\0';
  g_setenv ("LANGUAGE", language, TRUE);
}

void lanmu_i18n_init (void)
{
  if (translations != NULL)
    return;
  translations = dup_dir ();
  take_locale ();
  bindtextdomain (GETTEXT_PACKAGE, translations);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

gboolean lanmu_i18n_is_chinese (void)
{
  /* TRANSLATORS: the two-letter code of the language of this translation */
  return g_str_equal (_ ("en"), "zh");
}

const char *lanmu_i18n_get_dir (void)
{
  return translations;
}
