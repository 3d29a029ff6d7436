/* One engine a thread: see the header. */
#include "capture/checks/threadengine.h"

#include <pthread.h>

static void free_engine (gpointer engine)
{
  lanmu_face_engine_free (engine);
}

static GPrivate engines = G_PRIVATE_INIT (free_engine);
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static GError *refusal; /* the first one; kept for the process's life */

static GError *get_refusal (void)
{
  pthread_mutex_lock (&mutex);
  GError *copy = refusal != NULL ? g_error_copy (refusal) : NULL;
  pthread_mutex_unlock (&mutex);
  return copy;
}

static void remember (const GError *error)
{
  pthread_mutex_lock (&mutex);
  if (refusal == NULL)
    refusal = g_error_copy (error);
  pthread_mutex_unlock (&mutex);
}

LanmuFaceEngine *lanmu_thread_engine (GError **error)
{
  LanmuFaceEngine *engine = g_private_get (&engines);
  GError *cause = engine == NULL ? get_refusal () : NULL;
  if (engine == NULL && cause == NULL) {
    engine = lanmu_face_engine_new (NULL, &cause);
    if (engine != NULL)
      g_private_set (&engines, engine);
    else
      remember (cause);
  }
  if (cause != NULL)
    g_propagate_error (error, cause);
  return engine;
}
