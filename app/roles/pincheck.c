/* See pincheck.h. The thread gives its work back as an idle source and ends. */
#include "app/roles/pincheck.h"

#include "app/roles/pin.h"

typedef struct {
  char *pin, *hash;
  gboolean fits;
  LanmuPinCheckFunc done;
  gpointer data;
  GMainContext *context;
} Check;

static void check_free (gpointer data)
{
  Check *check = data;
  lanmu_pin_wipe (check->pin);
  g_free (check->pin);
  g_free (check->hash);
  g_main_context_unref (check->context);
  g_free (check);
}

static gboolean give_back (gpointer data)
{
  Check *check = data;
  check->done (check->fits, check->data);
  return G_SOURCE_REMOVE;
}

static gpointer run (gpointer data)
{
  Check *check = data;
  check->fits = lanmu_pin_fits (check->pin, check->hash);
  g_autoptr (GSource) source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, give_back, check, check_free);
  g_source_attach (source, check->context);
  return NULL;
}

void lanmu_pin_check_start (const char *pin, const char *hash, LanmuPinCheckFunc done, gpointer data)
{
  Check *check = g_new0 (Check, 1);
  check->pin = g_strdup (pin);
  check->hash = g_strdup (hash);
  check->done = done;
  check->data = data;
  check->context = g_main_context_ref_thread_default ();
  g_thread_unref (g_thread_new ("pin", run, check));
}
