/* A password from the first line of a file, or, for "-", from whoever sits at the terminal, without showing it. Main
 * thread. */
#pragma once

#include "app/ctl/ctl.h"

G_BEGIN_DECLS

#define LANMU_PASSWORD_SHORTEST 8

/* twice: a new one, which a person at the terminal types again, and which must not be shorter than
 * LANMU_PASSWORD_SHORTEST characters. FALSE: said, *code is the exit code. The password is full; wipe it with
 * lanmu_pin_wipe. */
gboolean lanmu_ctl_read_password (LanmuCtl *ctl, const char *command, const char *file, gboolean twice, char **password,
                                  int *code);

G_END_DECLS
