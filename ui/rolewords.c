/* See ui/rolewords.h. */
#include "ui/rolewords.h"

#include <glib/gi18n.h>

const char *lanmu_role_word (LanmuRole role)
{
  static const char *const words[LANMU_N_ROLES] = {
      [LANMU_ROLE_PHOTOGRAPHER] = N_ ("photographer"),
      [LANMU_ROLE_COUNSELOR] = N_ ("counselor"),
      [LANMU_ROLE_ADMINISTRATOR] = N_ ("administrator"),
  };
  return _ (words[role]);
}
