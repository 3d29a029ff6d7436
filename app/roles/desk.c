/* Who stands at the station; see desk.h. Main thread. */
#include "app/roles/desk.h"

#include <string.h>

#include "app/i18n.h"
#include "app/roles/pin.h"
#include "app/roles/pincheck.h"

#define LOCK_SECONDS (5 * 60)

struct _LanmuDesk {
  GObject parent_instance;
  LanmuStore *store;
  char *program_operator; /* who the program was started as */
  LanmuStaffRow *staff;
  const char *how;
  gboolean guarded;
  GTask *trying;          /* the sign-in whose PIN is being looked at */
  guint lock_seconds, lock;
};

/* A sign-in on its way: the row it is for, and what the store is told. */
typedef struct {
  LanmuStaffRow *staff;
  const char *how;
  gboolean fits, vouches; /* vouches: for one deed, nobody is signed in by it */
  LanmuAction action;
  gint64 class_id;
} Attempt;

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_QUARK (lanmu-desk-error-quark, lanmu_desk_error)
G_DEFINE_TYPE (LanmuDesk, lanmu_desk, G_TYPE_OBJECT)

const char *lanmu_desk_error_kind (int code)
{
  static const char *const kinds[] = {
      [LANMU_DESK_ERROR_NOBODY] = "signed-out",     [LANMU_DESK_ERROR_ROLE] = "not-allowed",
      [LANMU_DESK_ERROR_OTHER_CLASS] = "other-class", [LANMU_DESK_ERROR_WRONG] = "wrong-pin",
      [LANMU_DESK_ERROR_PAUSE] = "pause",           [LANMU_DESK_ERROR_UNKNOWN_CARD] = "unknown-card",
      [LANMU_DESK_ERROR_STORE] = "store",
  };
  return code >= 0 && code < (int) G_N_ELEMENTS (kinds) ? kinds[code] : "failed";
}

static void attempt_free (gpointer data)
{
  Attempt *attempt = data;
  lanmu_staff_row_free (attempt->staff);
  g_free (attempt);
}

/* -- the pause that locks -- */

static gboolean on_lock (gpointer data)
{
  LanmuDesk *self = data;
  self->lock = 0;
  lanmu_desk_sign_out (self);
  return G_SOURCE_REMOVE;
}

void lanmu_desk_touch (LanmuDesk *self)
{
  g_clear_handle_id (&self->lock, g_source_remove);
  if (self->staff && self->lock_seconds)
    self->lock = g_timeout_add_seconds (self->lock_seconds, on_lock, self);
}

void lanmu_desk_set_lock_seconds (LanmuDesk *self, guint seconds)
{
  self->lock_seconds = MIN (seconds, 24 * 60 * 60);
  lanmu_desk_touch (self);
}

/* -- who is there -- */

static void set_staff (LanmuDesk *self, LanmuStaffRow *staff, const char *how)
{
  g_clear_pointer (&self->staff, lanmu_staff_row_free);
  self->staff = staff;
  self->how = how;
  lanmu_desk_touch (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void lanmu_desk_sign_out (LanmuDesk *self)
{
  if (self->staff)
    set_staff (self, NULL, "key");
}

gboolean lanmu_desk_is_guarded (LanmuDesk *self)
{
  return self->guarded;
}

gboolean lanmu_desk_is_locked (LanmuDesk *self)
{
  return self->guarded && !self->staff;
}

const LanmuStaffRow *lanmu_desk_get_staff (LanmuDesk *self)
{
  return self->staff;
}

const char *lanmu_desk_get_operator (LanmuDesk *self)
{
  return self->staff ? self->staff->name : self->program_operator;
}

const char *lanmu_desk_get_how (LanmuDesk *self)
{
  return self->how;
}

/* Whoever was taken off the list, or lost a class, loses it now. */
static gboolean look_again (LanmuDesk *self, LanmuDb *db, GError **error)
{
  if (!self->staff)
    return TRUE;
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get (db, self->staff->id, error);
  if (!row)
    return FALSE;
  if (row->active)
    set_staff (self, g_steal_pointer (&row), self->how);
  else
    lanmu_desk_sign_out (self);
  return TRUE;
}

gboolean lanmu_desk_refresh (LanmuDesk *self, GError **error)
{
  LanmuDb *db = lanmu_store_get_reader (self->store);
  gboolean was = self->guarded;

  if (!lanmu_staff_can_sign_in (db, &self->guarded, error) || !look_again (self, db, error))
    return FALSE;
  if (was != self->guarded)
    g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  return TRUE;
}

/* -- what they may -- */

static gboolean row_may (const LanmuStaffRow *staff, LanmuAction action, gint64 class_id, GError **error)
{
  switch (lanmu_role_may (staff->role, action)) {
  case LANMU_MAY:
    return TRUE;
  case LANMU_MAY_OWN:
    if (lanmu_staff_row_has_class (staff, class_id))
      return TRUE;
    g_set_error (error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_OTHER_CLASS,
                 N_ ("This student is of another counselor's class; call that counselor or an administrator."));
    return FALSE;
  case LANMU_MAY_NOT:
  default:
    g_set_error (error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_ROLE,
                 N_ ("Your role may not do this; a counselor or an administrator has to sign in for it."));
    return FALSE;
  }
}

static gboolean is_somebody_there (LanmuDesk *self, GError **error)
{
  if (!lanmu_desk_is_locked (self))
    return TRUE;
  g_set_error (error, LANMU_DESK_ERROR, LANMU_DESK_ERROR_NOBODY, N_ ("Nobody is signed in; sign in first."));
  return FALSE;
}

gboolean lanmu_desk_may (LanmuDesk *self, LanmuAction action, gint64 class_id, GError **error)
{
  if (!self->guarded)
    return TRUE;
  return is_somebody_there (self, error) && row_may (self->staff, action, class_id, error);
}

gboolean lanmu_desk_may_for_some (LanmuDesk *self, LanmuAction action, GError **error)
{
  if (!self->guarded)
    return TRUE;
  if (!is_somebody_there (self, error))
    return FALSE;
  gboolean own = lanmu_role_may (self->staff->role, action) == LANMU_MAY_OWN && self->staff->class_ids->len > 0;
  return row_may (self->staff, action, own ? g_array_index (self->staff->class_ids, gint64, 0) : 0, error);
}

static int by_role (gconstpointer a, gconstpointer b)
{
  const LanmuStaffRow *one = *(LanmuStaffRow *const *) a, *two = *(LanmuStaffRow *const *) b;
  gboolean first = one->role == LANMU_ROLE_COUNSELOR, second = two->role == LANMU_ROLE_COUNSELOR;
  return first != second ? (first ? -1 : 1) : strcmp (one->name, two->name);
}

GPtrArray *lanmu_desk_list (LanmuDesk *self, LanmuAction action, gint64 class_id, GError **error)
{
  GPtrArray *rows = lanmu_staff_list (lanmu_store_get_reader (self->store), error);
  if (!rows)
    return NULL;
  for (guint i = rows->len; i > 0; i--) {
    const LanmuStaffRow *row = rows->pdata[i - 1];
    if (!row->active || *row->pin_hash == '\0' || (action != LANMU_N_ACTIONS && !row_may (row, action, class_id, NULL)))
      g_ptr_array_remove_index (rows, i - 1);
  }
  if (action != LANMU_N_ACTIONS)
    g_ptr_array_sort (rows, by_role);
  return rows;
}

guint lanmu_desk_get_wait (LanmuDesk *self, const char *name)
{
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get_by_name (lanmu_store_get_reader (self->store), name, NULL);
  gint64 pause = row ? lanmu_pin_pause_us (row->wrong_pins, row->wrong_us, g_get_real_time ()) : 0;
  return (guint) ((pause + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

gboolean lanmu_desk_knows_card (LanmuDesk *self, const char *card)
{
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get_by_card (lanmu_store_get_reader (self->store), card, NULL);
  return row != NULL;
}

/* -- signing in -- */

static gboolean note_attempt (LanmuDb *db, gpointer data, GError **error)
{
  const Attempt *attempt = data;
  if (!attempt->fits)
    return lanmu_staff_note_wrong_pin (db, attempt->staff->id, g_get_real_time (), error);
  return attempt->vouches ? lanmu_staff_note_vouched (db, attempt->staff->id, attempt->how, error)
                          : lanmu_staff_note_signed_in (db, attempt->staff->id, attempt->how, error);
}

/* The name is proved. */
static void succeed (LanmuDesk *self, GTask *task, Attempt *attempt)
{
  GError *error = NULL;
  attempt->staff->wrong_pins = 0;
  if (!attempt->vouches) {
    set_staff (self, g_steal_pointer (&attempt->staff), attempt->how);
    g_task_return_boolean (task, TRUE);
  } else if (row_may (attempt->staff, attempt->action, attempt->class_id, &error)) {
    g_task_return_pointer (task, g_steal_pointer (&attempt->staff), (GDestroyNotify) lanmu_staff_row_free);
  } else {
    g_task_return_error (task, error);
  }
}

static void on_noted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuDesk *self = g_task_get_source_object (task);
  Attempt *attempt = lanmu_store_get_job_data (result);
  g_autoptr (GError) error = NULL;

  self->trying = NULL;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_task_return_new_error (task, LANMU_DESK_ERROR, LANMU_DESK_ERROR_STORE, "%s", error->message);
  } else if (!attempt->fits) {
    g_task_return_new_error (task, LANMU_DESK_ERROR, LANMU_DESK_ERROR_WRONG, N_ ("The name or the PIN is wrong; try again."));
  } else {
    succeed (self, task, attempt);
  }
}

static void note (LanmuDesk *self, GTask *task, gboolean fits)
{
  Attempt *attempt = g_object_steal_data (G_OBJECT (task), "attempt");
  attempt->fits = fits;
  lanmu_store_run_async (self->store, note_attempt, attempt, attempt_free, on_noted, task);
}

static void on_checked (gboolean fits, gpointer data)
{
  GTask *task = data;
  note (g_task_get_source_object (task), task, fits);
}

static Attempt *begin (LanmuDesk *self, LanmuStaffRow *staff, const char *how, GTask *task)
{
  Attempt *attempt = g_new0 (Attempt, 1);
  attempt->staff = staff;
  attempt->how = how;
  g_object_set_data_full (G_OBJECT (task), "attempt", attempt, attempt_free);
  self->trying = task;
  return attempt;
}

static gboolean must_wait (LanmuDesk *self, const LanmuStaffRow *staff, GTask *task)
{
  gint64 pause = lanmu_pin_pause_us (staff->wrong_pins, staff->wrong_us, g_get_real_time ());
  if (pause == 0 && !self->trying)
    return FALSE;
  g_task_return_new_error (task, LANMU_DESK_ERROR, LANMU_DESK_ERROR_PAUSE, _ ("Too many wrong PINs; wait %d seconds, then try again."),
                           (int) MAX ((pause + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 1));
  return TRUE;
}

/* NULL: answered already. Takes the task. */
static Attempt *try_pin (LanmuDesk *self, const char *name, const char *pin, GTask *owned)
{
  g_autoptr (GTask) task = owned;
  g_autoptr (LanmuStaffRow) staff = lanmu_staff_get_by_name (lanmu_store_get_reader (self->store), name, NULL);

  if (!staff || !staff->active || *staff->pin_hash == '\0') {
    g_task_return_new_error (task, LANMU_DESK_ERROR, LANMU_DESK_ERROR_WRONG, N_ ("The name or the PIN is wrong; try again."));
    return NULL;
  }
  if (must_wait (self, staff, task))
    return NULL;
  const char *hash = staff->pin_hash;
  Attempt *attempt = begin (self, g_steal_pointer (&staff), "pin", task);
  lanmu_pin_check_start (pin, hash, on_checked, g_steal_pointer (&task));
  return attempt;
}

/* The same for a card; the answer is not before the main loop runs again. */
static Attempt *try_card (LanmuDesk *self, const char *card, GTask *owned)
{
  g_autoptr (GTask) task = owned;
  g_autoptr (LanmuStaffRow) staff = lanmu_staff_get_by_card (lanmu_store_get_reader (self->store), card, NULL);

  if (!staff) {
    g_task_return_new_error (task, LANMU_DESK_ERROR, LANMU_DESK_ERROR_UNKNOWN_CARD, N_ ("This card is nobody's on the staff list."));
    return NULL;
  }
  return begin (self, g_steal_pointer (&staff), "card", g_steal_pointer (&task));
}

void lanmu_desk_sign_in_async (LanmuDesk *self, const char *name, const char *pin, GAsyncReadyCallback callback, gpointer user_data)
{
  try_pin (self, name, pin, g_task_new (self, NULL, callback, user_data));
}

void lanmu_desk_card_async (LanmuDesk *self, const char *card, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  if (try_card (self, card, task))
    note (self, task, TRUE);
}

void lanmu_desk_vouch_async (LanmuDesk *self, LanmuAction action, gint64 class_id, const char *name, const char *pin, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Attempt *attempt = pin ? try_pin (self, name, pin, task) : try_card (self, name, task);
  if (!attempt)
    return;
  attempt->vouches = TRUE;
  attempt->action = action;
  attempt->class_id = class_id;
  if (!pin)
    note (self, task, TRUE);
}

LanmuStaffRow *lanmu_desk_vouch_finish (LanmuDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean lanmu_desk_sign_in_finish (LanmuDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- object -- */

static void lanmu_desk_finalize (GObject *object)
{
  LanmuDesk *self = LANMU_DESK (object);
  g_clear_handle_id (&self->lock, g_source_remove);
  g_clear_pointer (&self->staff, lanmu_staff_row_free);
  g_clear_object (&self->store);
  g_free (self->program_operator);
  G_OBJECT_CLASS (lanmu_desk_parent_class)->finalize (object);
}

static void lanmu_desk_class_init (LanmuDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanmu_desk_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", LANMU_TYPE_DESK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void lanmu_desk_init (LanmuDesk *self)
{
  self->how = "key";
  self->lock_seconds = LOCK_SECONDS;
}

LanmuDesk *lanmu_desk_new (LanmuStore *store, const char *operator_name)
{
  LanmuDesk *self = g_object_new (LANMU_TYPE_DESK, NULL);
  self->store = g_object_ref (store);
  self->program_operator = g_strdup (operator_name);
  g_autoptr (GError) error = NULL;
  if (!lanmu_desk_refresh (self, &error)) {
    g_warning ("The staff list could not be read, so nothing is allowed: %s", error->message);
    self->guarded = TRUE;
  }
  return self;
}
