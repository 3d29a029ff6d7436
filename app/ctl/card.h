/* The card of the connected camera, for commands that hold it against the records. Private to ctl/. Main thread; runs a loop of its own until it knows. */
#pragma once

#include "app/ctl/ctl.h"
#include "app/verify.h"

G_BEGIN_DECLS

/* LanmuCameraFile *, listed anew; *serial of the body. NULL: no camera answered, said on stderr, *code set. */
GPtrArray *lanmu_ctl_read_card (LanmuCtl *ctl, char **serial, int *code);

/* Every object on the card must be something to us: says each one that is not, and adds them to out->broken. FALSE: *code set. */
gboolean lanmu_ctl_verify_card (LanmuCtl *ctl, LanmuDb *db, LanmuFindingFunc say, LanmuVerified *out, int *code);

G_END_DECLS
