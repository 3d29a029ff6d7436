/* A list of nobody: synthetic students for a demo, a training day, a test. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_SAMPLE_MAX 200000

/* CSV in UTF-8: 学号 like 631809030112, names by seed from common characters (a few on purpose hard to show), ID
 * numbers with a right check character under an area code (100000) that nobody was ever registered in, the sex
 * agreeing. The same numbers always give the same list. Full. */
char *lanmu_sample_csv (guint students, guint classes, guint32 seed);

G_END_DECLS
