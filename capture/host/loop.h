/* LanmuLoop: the camera host's one loop: read a command → shoot or drain events → one fetch → a live picture → wait for
 * the next thing due. One thread. */
#pragma once

#include "capture/channel.h"
#include "capture/ring.h"

G_BEGIN_DECLS

/* Runs until QUIT or until the parent is gone; the body is closed then. channel is taken, ring referenced. */
void lanmu_loop_run (LanmuChannel *channel, LanmuRing *ring);

G_END_DECLS
