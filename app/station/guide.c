/* What to tell the photographer about the live picture, and the release by itself. Main thread.
 *
 * The release by itself keeps promise 1 of station.h by three rules: somebody is bound; since this binding began the
 * chair was seen empty for a whole second, so that whoever sits there now sat down after it (the one before may still
 * sit there when the next is called); and it happens once a sitting: after a picture, or a refusal, a person decides.
 */
#include "app/station/internal.h"

#include "app/i18n.h"
#include "app/preferences.h"
#include "db/campaign.h"

#define EMPTY_US G_USEC_PER_SEC /* a face that is lost for a moment is no empty chair */

static LanmuProfile *find_profile (LanmuStation *self)
{
  g_autofree char *own = g_build_filename (lanmu_store_get_data_dir (self->store), "profiles", NULL);
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (lanmu_store_get_reader (self->store), NULL);
  g_autoptr (GError) error = NULL;
  LanmuProfile *profile =
      lanmu_profile_find (campaign != NULL ? campaign->profile : LANMU_PROFILE_DEFAULT, own, &error);
  if (profile == NULL) {
    lanmu_station_emit_trouble (self, "profile", error->message);
    profile = lanmu_profile_find (LANMU_PROFILE_DEFAULT, NULL, NULL);
  }
  return profile;
}

static void set_limits (LanmuStation *self, const LanmuProfile *profile)
{
  guint8 colour[3];
  lanmu_profile_get_backdrop (profile, &self->limits);
  if (lanmu_preference_read_backdrop (lanmu_store_get_reader (self->store), colour)) {
    self->limits.target_r = colour[0];
    self->limits.target_g = colour[1];
    self->limits.target_b = colour[2];
  }
}

void lanmu_station_guide_start (LanmuStation *self)
{
  g_autoptr (LanmuProfile) profile = find_profile (self);
  g_autofree char *release = lanmu_preference_read (lanmu_store_get_reader (self->store), LANMU_PREFERENCE_RELEASE);
  g_clear_pointer (&self->guidance, lanmu_guidance_free);
  self->guidance = profile != NULL ? lanmu_guidance_new (profile) : NULL;
  if (profile != NULL)
    set_limits (self, profile);
  self->release_frames = (guint) g_ascii_strtoull (release, NULL, 10); /* "off" is 0 */
}

const LanmuGuide *lanmu_station_get_guide (LanmuStation *self)
{
  static const LanmuGuide nothing = {.code = LANMU_GUIDE_NONE};
  return self->guidance != NULL ? lanmu_guidance_get (self->guidance) : &nothing;
}

gboolean lanmu_station_get_seat_was_empty (LanmuStation *self)
{
  return self->seat_was_empty;
}

/* Another sitting: nothing of the last one counts. */
static void notice_binding (LanmuStation *self)
{
  if (self->guided_binding == self->binding)
    return;
  self->guided_binding = self->binding;
  self->seat_was_empty = FALSE;
  self->empty_since_us = 0;
  lanmu_guidance_reset (self->guidance);
}

static void notice_empty_seat (LanmuStation *self, const LanmuVisionSeen *seen)
{
  if (seen->sight.kind != LANMU_SIGHT_NOBODY) {
    self->empty_since_us = 0;
    return;
  }
  if (self->empty_since_us == 0)
    self->empty_since_us = seen->boot_us;
  if (seen->boot_us - self->empty_since_us >= EMPTY_US)
    self->seat_was_empty = TRUE;
}

static void on_released (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *ticket = lanmu_station_shoot_finish (LANMU_STATION (source), result, &error);
  if (ticket == NULL)
    g_info ("no release by itself: %s", error->message);
}

static void release_by_itself (LanmuStation *self)
{
  const LanmuGuide *guide = lanmu_guidance_get (self->guidance);
  if (self->phase != LANMU_PHASE_READY) {
    self->ready_before = guide->ready_frames;
    return;
  }
  self->ready_before = MIN (self->ready_before, guide->ready_frames);
  gboolean quiet =
      self->binding != 0 && !self->binding_busy && self->bind_waiting == NULL && self->settling == 0 && self->jobs == 0;
  if (self->release_frames == 0 || !quiet || !self->seat_was_empty ||
      guide->ready_frames - self->ready_before < self->release_frames)
    return;
  self->seat_was_empty = FALSE;
  lanmu_station_shoot_async (self, on_released, NULL);
}

/* Once a session: the station works without the face models, and says that it does. */
static void say_not_checked (LanmuStation *self, const LanmuSight *sight)
{
  if (self->told_not_checked || sight->kind != LANMU_SIGHT_NOT_CHECKED)
    return;
  self->told_not_checked = TRUE;
  lanmu_station_emit_trouble (self, "models",
                              _ ("Faces are not checked: the face models are not installed. “lanmuctl doctor” says how."));
}

void lanmu_station_guide_seen (const LanmuVisionSeen *seen, gpointer data)
{
  LanmuStation *self = data;
  g_signal_emit_by_name (self, "backdrop", seen->number, &seen->backdrop);
  if (self->guidance == NULL || !seen->looked)
    return;
  say_not_checked (self, &seen->sight);
  notice_binding (self);
  notice_empty_seat (self, seen);
  lanmu_guidance_update (self->guidance, &seen->sight, &seen->backdrop, seen->boot_us);
  g_signal_emit_by_name (self, "guide", lanmu_guidance_get (self->guidance));
  release_by_itself (self);
}
