/* A table for finding, a queue for age: the head was used last. */
#include "capture/simcam/sitter/cache.h"

typedef struct {
  char *name;
  GBytes *bytes;
  GList link; /* in self->order */
} Item;

struct SimCache {
  GHashTable *items; /* name → Item */
  GQueue order;
  gsize bytes, most_bytes;
};

static void free_item (gpointer data)
{
  Item *item = data;
  g_free (item->name);
  g_bytes_unref (item->bytes);
  g_free (item);
}

SimCache *sim_cache_new (gsize most_bytes)
{
  SimCache *self = g_new0 (SimCache, 1);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_item);
  g_queue_init (&self->order);
  self->most_bytes = most_bytes;
  return self;
}

void sim_cache_free (SimCache *self)
{
  g_hash_table_unref (self->items);
  g_free (self);
}

static void drop (SimCache *self, Item *item)
{
  self->bytes -= g_bytes_get_size (item->bytes);
  g_queue_unlink (&self->order, &item->link);
  g_hash_table_remove (self->items, item->name);
}

GBytes *sim_cache_get (SimCache *self, const char *name)
{
  Item *item = g_hash_table_lookup (self->items, name);
  if (item == NULL)
    return NULL;
  g_queue_unlink (&self->order, &item->link);
  g_queue_push_head_link (&self->order, &item->link);
  return g_bytes_ref (item->bytes);
}

void sim_cache_put (SimCache *self, const char *name, GBytes *bytes)
{
  Item *old = g_hash_table_lookup (self->items, name);
  if (old != NULL)
    drop (self, old);
  if (g_bytes_get_size (bytes) > self->most_bytes)
    return;
  Item *item = g_new0 (Item, 1);
  item->name = g_strdup (name);
  item->bytes = g_bytes_ref (bytes);
  item->link.data = item;
  g_hash_table_insert (self->items, item->name, item);
  g_queue_push_head_link (&self->order, &item->link);
  self->bytes += g_bytes_get_size (bytes);
  while (self->bytes > self->most_bytes)
    drop (self, g_queue_peek_tail (&self->order));
}

gsize sim_cache_bytes (const SimCache *self)
{
  return self->bytes;
}
