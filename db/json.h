/* Private to db/: the small JSON objects of the audit, without a JSON library below the store. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One letter a member in `format`, two arguments each: key, then s const char * or i gint64. A NULL text leaves the member out. */
char *lanmu_json_object (const char *format, ...);

G_END_DECLS
