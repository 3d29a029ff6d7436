/* What lanmuctl shows of a person (STANDARD §5): masked, until `--reveal` asked for it. A list for people is always masked; JSON, which programs read, is as soon as
 * somebody on the staff list can sign in. Main thread; app/roles/veil.h decides. */
#pragma once

#include "app/ctl/ctl.h"

G_BEGIN_DECLS

typedef struct {
  gboolean wanted; /* --reveal */
  char *as;        /* --as NAME: on the staff list */
} LanmuCtlReveal;

#define LANMU_CTL_REVEAL_OPTIONS(reveal)                                                                               \
  {"reveal", 0, 0, G_OPTION_ARG_NONE, &(reveal).wanted, _ ("names and numbers in full; the audit keeps who asked"), NULL}, \
  {"as", 0, 0, G_OPTION_ARG_STRING, &(reveal).as, _ ("who asks, of the staff list; the PIN is read from the terminal or the input"), "NAME"}

/* Lifts the veil when it is wanted and may be, and writes it into the audit first. FALSE: *code, and it was said. what: subject of the audit row, "list/students". Clears reveal->as. */
gboolean lanmu_ctl_reveal (LanmuCtl *ctl, LanmuCtlReveal *reveal, const char *what, int *code);

/* All full; once the folder is open. class_id 0: of none. */
char *lanmu_ctl_dup_name (const LanmuCtl *ctl, const char *name, gint64 class_id);
char *lanmu_ctl_dup_id (const LanmuCtl *ctl, const char *id_no, gint64 class_id);

G_END_DECLS
