/* What the two files of the queue share: its compact rows. Private to queue.c and queueload.c. */
#pragma once

#include "app/finder.h"
#include "app/pinyin.h"
#include "app/queue.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;
  const char *student_no, *name, *sex, *id_no, *folded; /* in the chunk; folded = what a search looks at */
  char *chosen_shot;
  guint group;
  guint takes;
  guint8 state;
} LanmuQueueRow;

struct _LanmuQueue {
  GObject parent_instance;
  GArray *rows;   /* LanmuQueueRow */
  GArray *groups; /* LanmuQueueGroup */
  GStringChunk *texts;
  LanmuFinder *finder; /* by position: the folded texts */
  GPtrArray *class_names; /* char *: by group, folded */
  GHashTable *by_no;  /* student_no → position + 1 */
  GHashTable *by_id;  /* &LanmuQueueRow.id → position + 1 */
  GHashTable *living; /* position + 1 → LanmuStudent, not owned */
  guint counts[LANMU_STUDENT_N_STATES];
};

/* The three stores of one list; given up to the queue or cleared together. */
typedef struct {
  GArray *rows;        /* LanmuQueueRow */
  GArray *groups;      /* LanmuQueueGroup */
  GStringChunk *texts; /* what their strings live in */
  LanmuPinyin *pinyin; /* while it loads */
} LanmuQueueLoad;

void lanmu_queue_load_init (LanmuQueueLoad *self);
void lanmu_queue_load_clear (LanmuQueueLoad *self);

static inline LanmuQueueRow *lanmu_queue_row_at (LanmuQueue *self, guint position)
{
  return &g_array_index (self->rows, LanmuQueueRow, position);
}

static inline LanmuQueueGroup *lanmu_queue_group_at (LanmuQueue *self, guint index)
{
  return &g_array_index (self->groups, LanmuQueueGroup, index);
}

G_END_DECLS
