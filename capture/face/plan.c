/* Places tensors largest first, each at the lowest place that is free for as long as it lives. See plan.h. */
#include "capture/face/plan.h"

typedef struct {
  int owner;       /* the tensor whose place this one uses: a reshape changes no number */
  int first, last; /* steps, of the owner; first -1 = there before the first */
  gsize size;
} Life;

static int owner_of (const Life *lives, int tensor)
{
  while (lives[tensor].owner != tensor)
    tensor = lives[tensor].owner;
  return tensor;
}

static void touch (Life *lives, int tensor, int step)
{
  Life *life = &lives[owner_of (lives, tensor)];
  life->last = MAX (life->last, step);
}

static void begin (Life *lives, const LanmuModel *model, int tensor, int step)
{
  gsize bytes = model->tensors[tensor].n * sizeof (float) + LANMU_PLAN_SLACK;
  lives[tensor].first = step;
  lives[tensor].last = step;
  lives[tensor].size = (bytes + LANMU_PLAN_ALIGN - 1) / LANMU_PLAN_ALIGN * LANMU_PLAN_ALIGN;
}

static Life *find_lives (const LanmuModel *model)
{
  Life *lives = g_new0 (Life, model->n_tensors);
  for (guint i = 0; i < model->n_tensors; i++)
    lives[i] = (Life){.owner = (int) i, .first = G_MAXINT, .last = -1};
  begin (lives, model, model->input, -1);
  for (int step = 0; step < (int) model->n_ops; step++) {
    const LanmuOp *op = &model->ops[step];
    gboolean shares = op->kind == LANMU_OP_RESHAPE && model->tensors[op->in[0]].values == NULL;
    for (int i = 0; i < op->n_in; i++)
      if (model->tensors[op->in[i]].values == NULL)
        touch (lives, op->in[i], step);
    if (shares)
      lives[op->out].owner = op->in[0];
    else
      begin (lives, model, op->out, step);
  }
  for (guint i = 0; i < model->n_outputs; i++)
    touch (lives, model->outputs[i], G_MAXINT);
  return lives;
}

static gboolean together (const Life *a, const Life *b)
{
  return a->first <= b->last && b->first <= a->last;
}

static int by_size (gconstpointer a, gconstpointer b, gpointer data)
{
  const Life *lives = data;
  gsize sa = lives[*(const int *) a].size, sb = lives[*(const int *) b].size;
  return sa != sb ? (sa < sb ? 1 : -1) : *(const int *) a - *(const int *) b;
}

/* The lowest place that none of the placed ones that live with it covers: tried at 0 and behind each of them. */
static gsize find_place (const LanmuPlan *self, const Life *lives, const int *placed, guint n, int tensor)
{
  gsize place = 0;
  gboolean moved;
  do {
    moved = FALSE;
    for (guint i = 0; i < n; i++) {
      const Life *other = &lives[placed[i]];
      gsize from = self->offsets[placed[i]], to = from + other->size;
      if (together (&lives[tensor], other) && place < to && from < place + lives[tensor].size) {
        place = to;
        moved = TRUE;
      }
    }
  } while (moved);
  return place;
}

void lanmu_plan_init (LanmuPlan *self, const LanmuModel *model)
{
  g_autofree Life *lives = find_lives (model);
  g_autofree int *order = g_new (int, model->n_tensors);
  guint n = 0;
  self->offsets = g_new (gsize, model->n_tensors);
  self->size = 0;
  for (guint i = 0; i < model->n_tensors; i++) {
    self->offsets[i] = LANMU_PLAN_NOWHERE;
    if (lives[i].owner == (int) i && lives[i].size > 0)
      order[n++] = (int) i;
  }
  g_qsort_with_data (order, (int) n, sizeof *order, by_size, lives);
  for (guint i = 0; i < n; i++) {
    self->offsets[order[i]] = find_place (self, lives, order, i, order[i]);
    self->size = MAX (self->size, self->offsets[order[i]] + lives[order[i]].size);
  }
  for (guint i = 0; i < model->n_tensors; i++)
    self->offsets[i] = self->offsets[owner_of (lives, (int) i)];
}

void lanmu_plan_clear (LanmuPlan *self)
{
  g_clear_pointer (&self->offsets, g_free);
}
