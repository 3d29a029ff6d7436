/* See handover.h. A write is four steps: fill (own thread) → record (store) → name (own thread) → record's end (store);
 * a kill between any two is settled by the next look. */
#include "app/delivery/handover.h"

#include <string.h>

#include "app/delivery/record.h"
#include "app/standard/profiles.h"
#include "db/campaign.h"

#define TICK_MS 100

struct _LanmuHandover {
  GObject parent;
  LanmuStore *store;
  LanmuDeliveryPlan *plan;
  LanmuCampaignRow *campaign;
  GPtrArray *schemes; /* the plan's wish borrows them */
  LanmuProfile *profile;
  LanmuHandoverWish wish; /* its texts are owned */
  LanmuDeliveryMade made;
  gboolean writing;
  int stop, done, all; /* atomic: the writing thread's */
  guint ticker;
  double progress;
};

G_DEFINE_FINAL_TYPE (LanmuHandover, lanmu_handover, G_TYPE_OBJECT)

static void wish_clear (LanmuHandoverWish *wish)
{
  if (wish->password)
    explicit_bzero ((char *) wish->password, strlen (wish->password));
  g_free ((char *) wish->password);
  g_free ((char *) wish->name);
  *wish = (LanmuHandoverWish){0};
}

/* -- looking -- */

typedef struct {
  LanmuHandoverWish wish; /* borrows nothing */
  char *actor;
  LanmuDeliveryPlan *plan;
  LanmuCampaignRow *campaign;
  GPtrArray *schemes;
  LanmuProfile *profile;
} Look;

static void look_free (gpointer data)
{
  Look *look = data;
  wish_clear (&look->wish);
  g_free (look->actor);
  g_clear_pointer (&look->plan, lanmu_delivery_plan_free);
  g_clear_pointer (&look->campaign, lanmu_campaign_row_free);
  g_clear_pointer (&look->schemes, g_ptr_array_unref);
  g_clear_pointer (&look->profile, lanmu_profile_unref);
  g_free (look);
}

static gboolean choose_names (LanmuDb *db, Look *look, GError **error)
{
  if (!look->wish.name)
    return lanmu_delivery_add_default_scheme (db, look->profile, look->schemes, error);
  LanmuScheme *scheme = lanmu_scheme_new (look->wish.name, error);
  if (scheme)
    g_ptr_array_add (look->schemes, scheme);
  return scheme != NULL;
}

static gboolean look_work (LanmuDb *db, gpointer data, GError **error)
{
  Look *look = data;
  look->schemes = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_scheme_free);
  look->campaign = lanmu_campaign_get (db, error);
  look->profile = look->campaign ? lanmu_profile_of_campaign (db, error) : NULL;
  if (!look->profile || !choose_names (db, look, error) || !lanmu_delivery_record_settle (db, look->actor, error))
    return FALSE;
  const LanmuDeliveryWish wish = {
      .schemes = look->schemes,
      .portraits = !look->wish.originals,
      .originals_too = look->wish.originals_too,
      .tables = look->wish.tables,
      .profile_sha256 = look->profile->digest,
      .only_new = look->wish.only_new,
      .accepted = look->wish.accepted,
  };
  look->plan = lanmu_delivery_plan_new (db, &wish, error);
  return look->plan != NULL;
}

static void take_over (LanmuHandover *self, Look *look)
{
  g_clear_pointer (&self->plan, lanmu_delivery_plan_free);
  g_clear_pointer (&self->campaign, lanmu_campaign_row_free);
  g_clear_pointer (&self->schemes, g_ptr_array_unref);
  g_clear_pointer (&self->profile, lanmu_profile_unref);
  wish_clear (&self->wish);
  self->plan = g_steal_pointer (&look->plan);
  self->campaign = g_steal_pointer (&look->campaign);
  self->schemes = g_steal_pointer (&look->schemes);
  self->profile = g_steal_pointer (&look->profile);
  self->wish = look->wish;
  look->wish = (LanmuHandoverWish){0};
}

static void on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  LanmuHandover *self = g_task_get_source_object (task);
  if (self->writing) { /* a write began meanwhile: its plan is in use on the writing thread */
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "A delivery is being written: wait for it, or stop it");
    return;
  }
  take_over (self, lanmu_store_get_job_data (result));
  g_task_return_boolean (task, TRUE);
}

static gboolean refuse_busy (LanmuHandover *self, GTask *task)
{
  if (!self->writing)
    return FALSE;
  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_BUSY, "A delivery is being written: wait for it, or stop it");
  g_object_unref (task);
  return TRUE;
}

void lanmu_handover_look_async (LanmuHandover *self, const LanmuHandoverWish *wish, const char *actor,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  if (refuse_busy (self, task))
    return;
  Look *look = g_new0 (Look, 1);
  look->wish = *wish;
  look->wish.name = g_strdup (wish->name);
  look->wish.password = g_strdup (wish->password);
  look->actor = g_strdup (actor);
  lanmu_store_run_async (self->store, look_work, look, look_free, on_looked, task);
}

gboolean lanmu_handover_look_finish (LanmuHandover *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

const LanmuDeliveryPlan *lanmu_handover_get_plan (LanmuHandover *self)
{
  return self->plan;
}

/* -- writing -- */

typedef struct {
  LanmuHandover *self; /* touched on main only, but for stop, done and all */
  GTask *task;
  GMainContext *context;
  char *target, *place, *actor, *zip_name;
  LanmuZipWish zip;
  LanmuDeliveryOrder order;
  LanmuDeliveryRecord record;
  gboolean placing;
  GError *error;
} Writing;

static void writing_free (Writing *w)
{
  g_object_unref (w->task);
  g_main_context_unref (w->context);
  g_free (w->target);
  g_free (w->place);
  g_free (w->actor);
  g_free (w->zip_name);
  g_clear_error (&w->error);
  g_free (w);
}

static void end_writing (Writing *w)
{
  LanmuHandover *self = w->self;
  self->writing = FALSE;
  g_clear_handle_id (&self->ticker, g_source_remove);
  if (w->error)
    g_task_return_error (w->task, g_steal_pointer (&w->error));
  else
    g_task_return_boolean (w->task, TRUE);
  writing_free (w);
}

static void start_thread (Writing *w);

static void on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  Writing *w = data;
  lanmu_store_run_finish (LANMU_STORE (source), result, &w->error);
  end_writing (w);
}

static void on_begun (GObject *source, GAsyncResult *result, gpointer data)
{
  Writing *w = data;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &w->error)) {
    end_writing (w);
    return;
  }
  w->placing = TRUE;
  start_thread (w);
}

static void begin_record (Writing *w)
{
  const LanmuDeliveryMade *made = &w->self->made;
  w->record = (LanmuDeliveryRecord){
      .plan = w->order.plan,
      .row = {.uuid = (char *) made->uuid,
              .kind = (char *) w->order.kind,
              .place = w->place,
              .manifest_sha256 = (char *) made->manifest_sha256,
              .files = made->files,
              .people = w->order.plan->delivered,
              .actor = w->actor},
  };
  lanmu_store_run_async (w->self->store, lanmu_delivery_record_begin, &w->record, NULL, on_begun, w);
}

static gboolean give_back (gpointer data)
{
  Writing *w = data;
  if (w->error)
    end_writing (w);
  else if (w->placing)
    lanmu_store_run_async (w->self->store, lanmu_delivery_record_end, &w->record, NULL, on_ended, w);
  else
    begin_record (w);
  return G_SOURCE_REMOVE;
}

static gpointer run (gpointer data)
{
  Writing *w = data;
  if (w->placing)
    lanmu_delivery_place (w->target, &w->error);
  else
    lanmu_delivery_fill (&w->order, &w->self->made, &w->error);
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, give_back, w, NULL);
  g_source_attach (source, w->context);
  return NULL;
}

static void start_thread (Writing *w)
{
  g_thread_unref (g_thread_new ("handover", run, w));
}

/* On the writing thread. */
static void on_progress (guint done, guint all, gpointer data)
{
  LanmuHandover *self = data;
  g_atomic_int_set (&self->done, (int) done);
  g_atomic_int_set (&self->all, (int) all);
}

static gboolean tick (gpointer data)
{
  LanmuHandover *self = data;
  int all = g_atomic_int_get (&self->all), done = g_atomic_int_get (&self->done);
  double progress = all > 0 ? (double) done / all : 0;
  if (progress > self->progress || progress < self->progress) {
    self->progress = progress;
    g_object_notify (G_OBJECT (self), "progress");
  }
  return G_SOURCE_CONTINUE;
}

static void fill_order (LanmuHandover *self, Writing *w)
{
  w->zip = (LanmuZipWish){w->zip_name, (char *) self->wish.password, 0};
  w->order = (LanmuDeliveryOrder){
      .data_dir = lanmu_store_get_data_dir (self->store),
      .target = w->target,
      .plan = self->plan,
      .campaign = self->campaign,
      .kind = self->wish.originals ? "originals" : "portraits",
      .tables = self->wish.tables,
      .prints = self->wish.prints,
      .zip = self->wish.password ? &w->zip : NULL,
      .progress = on_progress,
      .progress_data = self,
      .stop = &self->stop,
  };
}

void lanmu_handover_write_async (LanmuHandover *self, const char *target, const char *actor,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  if (refuse_busy (self, task))
    return;
  if (!self->plan || self->plan->files->len == 0 || lanmu_delivery_plan_blocking (self->plan) > 0) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                             "There is nothing that may be handed over as asked");
    g_object_unref (task);
    return;
  }
  Writing *w = g_new0 (Writing, 1);
  w->self = self;
  w->task = task;
  w->context = g_main_context_ref_thread_default ();
  w->target = g_strdup (target);
  w->place = g_canonicalize_filename (target, NULL);
  w->actor = g_strdup (actor);
  w->zip_name = g_path_get_basename (w->place);
  self->writing = TRUE;
  self->progress = 0;
  g_atomic_int_set (&self->stop, 0);
  g_atomic_int_set (&self->done, 0);
  lanmu_delivery_made_clear (&self->made);
  fill_order (self, w);
  self->ticker = g_timeout_add (TICK_MS, tick, self);
  start_thread (w);
}

const LanmuDeliveryMade *lanmu_handover_write_finish (LanmuHandover *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) ? &self->made : NULL;
}

void lanmu_handover_stop (LanmuHandover *self)
{
  g_atomic_int_set (&self->stop, 1);
}

gboolean lanmu_handover_is_writing (LanmuHandover *self)
{
  return self->writing;
}

/* -- the object -- */

static void lanmu_handover_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_double (value, LANMU_HANDOVER (object)->progress);
}

/* A write keeps the object: its task does. */
static void lanmu_handover_dispose (GObject *object)
{
  LanmuHandover *self = LANMU_HANDOVER (object);
  g_clear_handle_id (&self->ticker, g_source_remove);
  g_clear_pointer (&self->plan, lanmu_delivery_plan_free);
  g_clear_pointer (&self->campaign, lanmu_campaign_row_free);
  g_clear_pointer (&self->schemes, g_ptr_array_unref);
  g_clear_pointer (&self->profile, lanmu_profile_unref);
  wish_clear (&self->wish);
  lanmu_delivery_made_clear (&self->made);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (lanmu_handover_parent_class)->dispose (object);
}

static void lanmu_handover_class_init (LanmuHandoverClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  object->get_property = lanmu_handover_get_property;
  object->dispose = lanmu_handover_dispose;
  g_object_class_install_property (
      object, 1,
      g_param_spec_double ("progress", NULL, NULL, 0, 1, 0,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
}

static void lanmu_handover_init (LanmuHandover *self)
{
}

LanmuHandover *lanmu_handover_new (LanmuStore *store)
{
  LanmuHandover *self = g_object_new (LANMU_TYPE_HANDOVER, NULL);
  self->store = g_object_ref (store);
  return self;
}
