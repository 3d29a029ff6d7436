/* Pictures of a sealed campaign, for whoever reads them by path: capture/ opens files without knowing of seals, so it is given the store's opener once. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Any number of times, before the first picture is read; main thread. */
void lanmu_pictures_init (void);

G_END_DECLS
