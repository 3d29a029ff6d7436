/* LanmuStore: the one place that writes a station's database. It owns the folder's lock, one thread with the one writing connection, and a reading
 * connection for lists on the main thread.
 *
 * Thread: every function is for the thread that called lanmu_store_open, on the main context that was its thread-default then ("main").
 *
 * Promises:
 *  1. Jobs run one after the other in the order of submission, and their callbacks come on main in that order.
 *  2. Only plain memory crosses: the job's data (given to the thread until its callback) and a GError. The GTask, the data's free function and every callback run on main.
 *  3. close returns only when every job submitted before it has run.
 *
 * Calling sequence:
 *   open → run_async (work, data) … work runs on the store thread … → callback on main → run_finish → … → close → g_object_unref
 */
#pragma once

#include <gio/gio.h>
#include "db/database.h"

G_BEGIN_DECLS

#define LANMU_TYPE_STORE (lanmu_store_get_type ())
G_DECLARE_FINAL_TYPE (LanmuStore, lanmu_store, LANMU, STORE, GObject)

/* Runs on the store thread. db is the writing connection (reading, in a store opened READ_ONLY). data is the work's alone while it runs: results go into it. */
typedef gboolean (*LanmuStoreWork) (LanmuDb *db, gpointer data, GError **error);

/* Takes the lock (not for READ_ONLY: a tool may read beside a running station), opens, migrates, checks. Errors: those of lanmu_lock_acquire and lanmu_db_open. */
LanmuStore *lanmu_store_open (const char *data_dir, LanmuDbMode mode, GError **error);

/* Every accepted job is finished and the connections are closed; callbacks of finished jobs still come on main. Once; further jobs are refused. */
void lanmu_store_close (LanmuStore *self);

/* For reading on main only; sees what was committed. Owned by the store, until close. */
LanmuDb *lanmu_store_get_reader (LanmuStore *self);
const char *lanmu_store_get_data_dir (LanmuStore *self);

/* data is freed with data_free (may be NULL) after callback returned; in callback, lanmu_store_get_job_data (result) is `data` with what the work wrote into it.
 * After close: REFUSED, by the callback. callback may be NULL: an error is then a g_warning. */
void lanmu_store_run_async (LanmuStore *self, LanmuStoreWork work, gpointer data, GDestroyNotify data_free, GAsyncReadyCallback callback, gpointer user_data);
gboolean lanmu_store_run_finish (LanmuStore *self, GAsyncResult *result, GError **error);
gpointer lanmu_store_get_job_data (GAsyncResult *result);

/* Waits for the jobs before it and for this one. For command-line tools and start-up; data stays the caller's. */
gboolean lanmu_store_run_sync (LanmuStore *self, LanmuStoreWork work, gpointer data, GError **error);

/* Jobs submitted whose callback has not come yet. */
guint lanmu_store_get_pending (LanmuStore *self);

G_END_DECLS
