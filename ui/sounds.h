/* LanmuSounds: the station's events as soft sounds (ui/tone.h). Switched by the setting kiosk.sound and the key M.
 *
 * Main thread; the sound library, which may wait for a sound server, is touched by one thread of its own only. Without
 * audio nothing sounds and nothing is said about it.
 * Property "on": boolean, notified. */
#pragma once

#include "app/station.h"
#include "ui/tone.h"

G_BEGIN_DECLS

#define LANMU_TYPE_SOUNDS (lanmu_sounds_get_type ())
G_DECLARE_FINAL_TYPE (LanmuSounds, lanmu_sounds, LANMU, SOUNDS, GObject)

LanmuSounds *lanmu_sounds_new (LanmuStation *station);
gboolean lanmu_sounds_is_on (LanmuSounds *self);
void lanmu_sounds_set_on (LanmuSounds *self, gboolean on); /* remembered by the campaign */

/* For tests: how many were asked for while it was on, and the last; "" = none. */
guint lanmu_sounds_get_count (LanmuSounds *self);
const char *lanmu_sounds_get_last (LanmuSounds *self);

G_END_DECLS
