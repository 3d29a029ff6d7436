/* Which language the kiosk speaks: Chinese first. Main thread, before GTK starts; app/i18n.h finds the translations. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* wanted: "zh_CN", "en" or NULL = by the environment: Chinese for zh and for no locale at all (C, POSIX), English for
 * every other. */
void lanmu_language_choose (const char *wanted);

/* "zh_CN" or "en" for this wish and this locale name (NULL = none). Pure. */
const char *lanmu_language_for (const char *wanted, const char *locale);

G_END_DECLS
