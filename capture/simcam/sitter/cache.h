/* SimCache: finished pictures by name, the least recently used going first when they grow past a bound. One thread at a
 * time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct SimCache SimCache;

SimCache *sim_cache_new (gsize most_bytes);
void sim_cache_free (SimCache *self);

/* A new reference, or NULL when there is none of that name. */
GBytes *sim_cache_get (SimCache *self, const char *name);

/* Keeps a reference of its own. A picture larger than the bound is not kept. */
void sim_cache_put (SimCache *self, const char *name, GBytes *bytes);

gsize sim_cache_bytes (const SimCache *self);

G_END_DECLS
