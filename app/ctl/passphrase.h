/* The passphrase of a sealed campaign: from --passphrase-file, else $LANMU_PASSPHRASE_FILE, else asked for at a terminal without showing it. Blocks; main thread. */
#pragma once

#include "app/ctl/ctl.h"

G_BEGIN_DECLS

/* The first line of the file (full; wiped and freed by lanmu_passphrase_free). NULL without an error: no file was named. */
char *lanmu_passphrase_from_file (const LanmuCtl *ctl, GError **error);
/* Typed twice at a terminal, or out of that file. NULL: said, *code set. */
char *lanmu_passphrase_make (LanmuCtl *ctl, int *code);
/* The same for a passphrase that replaces one: never out of the campaign's file. */
char *lanmu_passphrase_make_new (LanmuCtl *ctl, const char *file, int *code);
/* The present one, out of the campaign's file or typed once. NULL: said, *code set. */
char *lanmu_passphrase_ask (LanmuCtl *ctl, const char *prompt, int *code);
void lanmu_passphrase_free (char *passphrase);

/* Opens the campaign of db in this process when it is sealed. TRUE also when nobody gave a passphrase (it stays closed: lists work without what is sealed).
 * FALSE: said, *code set. */
gboolean lanmu_ctl_unseal (LanmuCtl *ctl, LanmuDb *db, int *code);
/* The same without a word: the error is the caller's to say. */
gboolean lanmu_ctl_unseal_quietly (LanmuCtl *ctl, LanmuDb *db, GError **error);
/* The same, but closed is refused. */
gboolean lanmu_ctl_unseal_or_refuse (LanmuCtl *ctl, LanmuDb *db, int *code);

G_END_DECLS
