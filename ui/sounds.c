/* See ui/sounds.h. A tone lies in memory under a name that only this process knows (/proc/self/fd/N), because the sound
 * library wants a file. */
#include "ui/sounds.h"
#include "app/preferences.h"
#include "db/settings.h"

#include <canberra.h>
#include <sys/mman.h>
#include <unistd.h>

#define READY_FRAMES 4 /* looks in a row with nothing to put right */
#define PATIENCE_US (60 * G_USEC_PER_SEC) /* without audio: not asked again sooner */

struct _LanmuSounds {
  GObject parent;
  LanmuStation *station;
  GThreadPool *player;
  guint trouble;
  gboolean on;
  gboolean rang; /* for whoever sits there */
  guint count;
  const char *last;
};

G_DEFINE_FINAL_TYPE (LanmuSounds, lanmu_sounds, G_TYPE_OBJECT)

static GParamSpec *on_property;

/* -- the player's thread -- */

typedef struct {
  ca_context *context;
  int files[LANMU_N_TONES]; /* -1 = not made yet */
  gint64 deaf_until_us;
} Player;

static Player *player_get (void)
{
  static Player player = {.files = {-1, -1, -1, -1}};
  return &player;
}

static int make_file (LanmuTone tone)
{
  g_autoptr (GBytes) wav = lanmu_tone_make (tone);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (wav, &size);
  int fd = memfd_create ("lanmu-tone", MFD_CLOEXEC);

  if (fd >= 0 && write (fd, bytes, size) != (gssize) size) {
    close (fd);
    fd = -1;
  }
  return fd;
}

/* Asked first, because the libraries below complain on the terminal of a machine without a sound card. */
static gboolean has_audio (void)
{
  g_autoptr (GDir) devices = g_dir_open ("/dev/snd", 0, NULL);
  g_autofree char *server = g_build_filename (g_get_user_runtime_dir (), "pulse", "native", NULL);
  const char *name;

  while (devices != NULL && (name = g_dir_read_name (devices)) != NULL)
    if (g_str_has_prefix (name, "pcm"))
      return TRUE;
  return g_getenv ("PULSE_SERVER") != NULL || g_file_test (server, G_FILE_TEST_EXISTS);
}

static gboolean play (Player *player, LanmuTone tone)
{
  if (player->context == NULL && ca_context_create (&player->context) != CA_SUCCESS)
    return FALSE;
  if (player->files[tone] < 0)
    player->files[tone] = make_file (tone);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", player->files[tone]);
  return player->files[tone] >= 0 &&
         ca_context_play (player->context, (guint32) tone, CA_PROP_MEDIA_FILENAME, path, CA_PROP_MEDIA_ROLE, "event",
                          CA_PROP_MEDIA_NAME, lanmu_tone_to_string (tone), NULL) == CA_SUCCESS;
}

static void on_tone (gpointer data, gpointer user_data)
{
  Player *player = player_get ();
  gint64 now = g_get_monotonic_time ();

  if (now < player->deaf_until_us)
    return;
  if (!has_audio () || !play (player, (LanmuTone) (GPOINTER_TO_INT (data) - 1)))
    player->deaf_until_us = now + PATIENCE_US;
}

/* -- the main thread -- */

static void sound (LanmuSounds *self, LanmuTone tone)
{
  if (!self->on)
    return;
  self->count++;
  self->last = lanmu_tone_to_string (tone);
  if (g_thread_pool_unprocessed (self->player) < 3) /* late sounds are worse than none */
    g_thread_pool_push (self->player, GINT_TO_POINTER ((int) tone + 1), NULL);
}

static void on_event (LanmuSounds *self, const LanmuEvent *event)
{
  if (event->kind == LANMU_EVENT_TICKET && g_strcmp0 (event->origin, "host") == 0)
    sound (self, LANMU_TONE_SHUTTER);
  else if (event->kind == LANMU_EVENT_ACCEPTED)
    sound (self, LANMU_TONE_ACCEPTED);
  else if (event->kind == LANMU_EVENT_FAILED || event->kind == LANMU_EVENT_QUARANTINED)
    sound (self, LANMU_TONE_WARNING);
}

/* Once a sitting, and only for somebody who sat down after being called: the one before may still sit there. */
static void on_guide (LanmuSounds *self, const LanmuGuide *guide)
{
  if (!lanmu_station_get_seat_was_empty (self->station) || guide->code == LANMU_GUIDE_NOBODY) {
    self->rang = FALSE;
    return;
  }
  if (self->rang || guide->ready_frames < READY_FRAMES || lanmu_station_get_phase (self->station) != LANMU_PHASE_READY)
    return;
  self->rang = TRUE;
  sound (self, LANMU_TONE_READY);
}

/* Once an outage, however often its cause is told anew. */
static void on_trouble (LanmuSounds *self)
{
  guint trouble = LANMU_TROUBLE_NONE;
  g_object_get (self->station, "trouble", &trouble, NULL);
  if (trouble != LANMU_TROUBLE_NONE && self->trouble == LANMU_TROUBLE_NONE)
    sound (self, LANMU_TONE_WARNING);
  self->trouble = trouble;
}

static gboolean save (LanmuDb *db, gpointer value, GError **error)
{
  return lanmu_setting_set (db, LANMU_PREFERENCE_SOUND, value, "photographer", error);
}

void lanmu_sounds_set_on (LanmuSounds *self, gboolean on)
{
  if (self->on == on)
    return;
  self->on = on;
  lanmu_store_run_async (lanmu_station_get_store (self->station), save, g_strdup (on ? "on" : "off"), g_free, NULL,
                         NULL);
  g_object_notify_by_pspec (G_OBJECT (self), on_property);
}

gboolean lanmu_sounds_is_on (LanmuSounds *self)
{
  return self->on;
}

guint lanmu_sounds_get_count (LanmuSounds *self)
{
  return self->count;
}

const char *lanmu_sounds_get_last (LanmuSounds *self)
{
  return self->last;
}

static void lanmu_sounds_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, LANMU_SOUNDS (object)->on);
}

/* A sound that waits for its server must not hold up the end of the program. */
static void lanmu_sounds_dispose (GObject *object)
{
  LanmuSounds *self = LANMU_SOUNDS (object);
  if (self->player != NULL)
    g_thread_pool_free (self->player, TRUE, FALSE);
  self->player = NULL;
  g_clear_object (&self->station);
  G_OBJECT_CLASS (lanmu_sounds_parent_class)->dispose (object);
}

static void lanmu_sounds_class_init (LanmuSoundsClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  object->dispose = lanmu_sounds_dispose;
  object->get_property = lanmu_sounds_get_property;
  on_property = g_param_spec_boolean ("on", NULL, NULL, TRUE,
                                      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object, 1, on_property);
}

static void lanmu_sounds_init (LanmuSounds *self)
{
  self->player = g_thread_pool_new (on_tone, NULL, 1, FALSE, NULL);
  self->last = "";
}

LanmuSounds *lanmu_sounds_new (LanmuStation *station)
{
  LanmuSounds *self = g_object_new (LANMU_TYPE_SOUNDS, NULL);
  LanmuDb *reader = lanmu_store_get_reader (lanmu_station_get_store (station));
  self->station = g_object_ref (station);
  self->on = lanmu_preference_is (reader, LANMU_PREFERENCE_SOUND, "on");
  g_signal_connect_object (station, "event", G_CALLBACK (on_event), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "guide", G_CALLBACK (on_guide), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::trouble", G_CALLBACK (on_trouble), self, G_CONNECT_SWAPPED);
  return self;
}
