/* Words for people, in their language. Every sentence shown to a person goes through _() of this header (gettext domain
 * "lanmu").
 *
 * Thread: lanmu_i18n_init once, before other threads start; _() anywhere after it.
 * Output is UTF-8 whatever the locale says: names of students need it, and a terminal in the C locale still gets them
 * whole. */
#pragma once

#ifndef GETTEXT_PACKAGE
#define GETTEXT_PACKAGE "lanmu"
#endif
#include <glib/gi18n-lib.h>

G_BEGIN_DECLS

/* Takes the locale of the environment and finds the translations: $LANMU_LOCALEDIR, else po/ of the build tree the
 * program runs from, else the installed ones. A language that is asked for but not generated on this machine still gets
 * its translation. */
void lanmu_i18n_init (void);

/* Is the language of messages Chinese? For what exists in two languages as data. */
gboolean lanmu_i18n_is_chinese (void);

/* The folder translations are taken from. */
const char *lanmu_i18n_get_dir (void);

G_END_DECLS
