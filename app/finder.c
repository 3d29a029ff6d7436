/* Sets of places by pieces of text; see finder.h. */
#include "app/finder.h"

#include <roaring/roaring.h>
#include <string.h>

#define TRIPLE_BITS 18
#define N_TRIPLES   (1u << TRIPLE_BITS) /* by hash: a text is looked at anyway */
#define N_ASCII     128

struct _LanmuFinder {
  GPtrArray *texts;          /* by place */
  roaring_bitmap_t **single; /* N_ASCII */
  roaring_bitmap_t **pair;   /* N_ASCII * N_ASCII */
  roaring_bitmap_t **triple; /* N_TRIPLES */
};

static guint triple_slot (const guchar *p)
{
  return ((guint) p[0] << 16 | (guint) p[1] << 8 | p[2]) * 2654435761u >> (32 - TRIPLE_BITS);
}

LanmuFinder *lanmu_finder_new (void)
{
  LanmuFinder *self = g_new0 (LanmuFinder, 1);
  self->texts = g_ptr_array_new ();
  self->single = g_new0 (roaring_bitmap_t *, N_ASCII);
  self->pair = g_new0 (roaring_bitmap_t *, N_ASCII * N_ASCII);
  self->triple = g_new0 (roaring_bitmap_t *, N_TRIPLES);
  return self;
}

static void free_sets (roaring_bitmap_t **sets, guint n)
{
  for (guint i = 0; i < n; i++)
    if (sets[i] != NULL)
      roaring_bitmap_free (sets[i]);
  g_free (sets);
}

void lanmu_finder_free (LanmuFinder *self)
{
  free_sets (self->single, N_ASCII);
  free_sets (self->pair, N_ASCII * N_ASCII);
  free_sets (self->triple, N_TRIPLES);
  g_ptr_array_unref (self->texts);
  g_free (self);
}

static void put (roaring_bitmap_t **set, guint place)
{
  if (*set == NULL)
    *set = roaring_bitmap_create ();
  roaring_bitmap_add (*set, place);
}

/* What stands on both sides of a separator is never typed together. */
void lanmu_finder_add (LanmuFinder *self, const char *text)
{
  guint place = self->texts->len;
  g_ptr_array_add (self->texts, (gpointer) text);
  for (const guchar *p = (const guchar *) text; *p != '\0'; p++) {
    if (*p == '\x01')
      continue;
    if (*p < N_ASCII)
      put (&self->single[*p], place);
    if (p[1] == '\0' || p[1] == '\x01')
      continue;
    if (*p < N_ASCII && p[1] < N_ASCII)
      put (&self->pair[*p * N_ASCII + p[1]], place);
    if (p[2] != '\0' && p[2] != '\x01')
      put (&self->triple[triple_slot (p)], place);
  }
}

/* -- searching -- */

static int by_size (gconstpointer a, gconstpointer b)
{
  guint64 left = roaring_bitmap_get_cardinality (*(roaring_bitmap_t *const *) a),
          right = roaring_bitmap_get_cardinality (*(roaring_bitmap_t *const *) b);
  return left < right ? -1 : left > right;
}

/* The sets every answer lies in; FALSE: one of them is empty, nobody has it. */
static gboolean collect_sets (const LanmuFinder *self, const char *piece, GPtrArray *sets)
{
  const guchar *p = (const guchar *) piece;
  gsize length = strlen (piece);
  if (length == 1 && *p < N_ASCII)
    g_ptr_array_add (sets, self->single[*p]);
  else if (length == 2 && *p < N_ASCII && p[1] < N_ASCII)
    g_ptr_array_add (sets, self->pair[*p * N_ASCII + p[1]]);
  for (gsize i = 0; i + 2 < length; i++)
    g_ptr_array_add (sets, self->triple[triple_slot (p + i)]);
  for (guint i = 0; i < sets->len; i++)
    if (g_ptr_array_index (sets, i) == NULL)
      return FALSE;
  return TRUE;
}

/* TRUE: there is room for more. */
static gboolean take (const LanmuFinder *self, guint place, const char *piece, LanmuFinderPasses passes, gpointer data,
                      GArray *places)
{
  if (strstr (g_ptr_array_index (self->texts, place), piece) != NULL && (passes == NULL || passes (place, data)))
    g_array_append_val (places, place);
  return places->len < LANMU_FINDER_MOST;
}

static void search_sets (const LanmuFinder *self, GPtrArray *sets, const char *piece, LanmuFinderPasses passes,
                         gpointer data, GArray *places)
{
  g_ptr_array_sort (sets, by_size);
  roaring_bitmap_t *both = roaring_bitmap_copy (g_ptr_array_index (sets, 0));
  for (guint i = 1; i < sets->len; i++)
    roaring_bitmap_and_inplace (both, g_ptr_array_index (sets, i));
  roaring_uint32_iterator_t at;
  roaring_init_iterator (both, &at);
  while (at.has_value && take (self, at.current_value, piece, passes, data, places))
    roaring_advance_uint32_iterator (&at);
  roaring_bitmap_free (both);
}

void lanmu_finder_find (LanmuFinder *self, const char *piece, LanmuFinderPasses passes, gpointer data, GArray *places)
{
  g_autoptr (GPtrArray) sets = g_ptr_array_new ();
  if (*piece == '\0' || !collect_sets (self, piece, sets))
    return;
  if (sets->len > 0) {
    search_sets (self, sets, piece, passes, data, places);
    return;
  }
  /* one character of two bytes (·): common where it occurs at all */
  for (guint place = 0; place < self->texts->len; place++)
    if (!take (self, place, piece, passes, data, places))
      return;
}
