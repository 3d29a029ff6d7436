/* A kiosk started by a service has no locale, and its users read Chinese. gettext looks at $LANGUAGE only under a
 * locale that is not plain "C", hence C.UTF-8, which every Debian has. */
#include "ui/language.h"
#include "app/i18n.h"

#include <locale.h>
#include <string.h>

const char *lanmu_language_for (const char *wanted, const char *locale)
{
  if (wanted != NULL)
    return g_str_has_prefix (wanted, "zh") ? "zh_CN" : "en";
  if (locale == NULL || *locale == '\0' || g_str_has_prefix (locale, "zh") || strcmp (locale, "POSIX") == 0)
    return "zh_CN";
  return strcmp (locale, "C") == 0 || g_str_has_prefix (locale, "C.") ? "zh_CN" : "en";
}

/* The environment's wish as setlocale would read it, even when that locale is not on the machine; $LANGUAGE comes
 * first, as in gettext. */
static const char *locale_of_environment (void)
{
  const char *names[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = g_getenv (names[i]);
    if (value != NULL && *value != '\0')
      return value;
  }
  return NULL;
}

void lanmu_language_choose (const char *wanted)
{
  g_setenv ("LANGUAGE", lanmu_language_for (wanted, locale_of_environment ()), TRUE);
  lanmu_i18n_init ();
  if (strcmp (setlocale (LC_MESSAGES, NULL), "C") == 0)
    setlocale (LC_MESSAGES, "C.UTF-8");
}
