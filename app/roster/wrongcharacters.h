/* 张三 saved as UTF-8 and read as GBK is 寮犱笁: real characters, nobody's name. Private to roster/. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the name was before it was read wrong, full; NULL: nothing speaks for that. Costs nothing for nearly every name:
 * the first character tells. */
char *lanmu_wrong_characters_read (const char *name);

G_END_DECLS
