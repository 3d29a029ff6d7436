/* What the commands about the photograph share: which profile they go by, reading a picture. Main thread, but for read. */
#pragma once

#include "app/ctl/ctl.h"
#include "capture/checks/checks.h"

G_BEGIN_DECLS

/* name NULL: the campaign's of the data folder when there is one, else the diploma's. NULL: said on stderr, *code set. */
LanmuProfile *lanmu_ctl_take_profile (LanmuCtl *ctl, const char *name, int *code);

/* Any thread. Bytes of a picture within the bounds of capture/picture/shotfacts.h. */
guint8 *lanmu_ctl_read_picture (const char *path, gsize *size, GError **error);

G_END_DECLS
