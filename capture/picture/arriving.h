/* LanmuArriving: a shot's file that is proved while it arrives.
 *
 * Why: the proof is a whole decode, tens of milliseconds for 24 MP, and a camera needs longer than that to hand the file over: what has come is decoded and
 * hashed while the rest is on the line. Nothing of the proof is left out for it: the same decoder, the same complaints, the same bytes, read from the same file.
 *
 * Calling sequence (main thread): lanmu_arriving_new → grow … → lanmu_arriving_finish (on a thread that may wait) | lanmu_arriving_cancel
 *
 * Promises:
 *  1. finish answers as lanmu_shot_facts_read would, for every file.
 *  2. Bytes beyond what grow said are not looked at before finish.
 *  3. One thread more for the hash; both begin with the first grow and end in finish or cancel.
 */
#pragma once

#include "capture/picture/shotfacts.h"

G_BEGIN_DECLS

typedef struct _LanmuArriving LanmuArriving;

LanmuArriving *lanmu_arriving_new (int fd);                     /* duplicates fd: a regular file, readable */
void lanmu_arriving_grow (LanmuArriving *self, guint64 size);   /* so many bytes are in the file and will not change */

/* The file is complete. Waits for what is not decoded yet; out and error as for lanmu_shot_facts_read. Takes self. Any thread. */
gboolean lanmu_arriving_finish (LanmuArriving *self, LanmuShotFacts *out, GError **error);
void lanmu_arriving_cancel (LanmuArriving *self);               /* it does not come, or comes anew; takes self, waits some milliseconds at most */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuArriving, lanmu_arriving_cancel)

G_END_DECLS
