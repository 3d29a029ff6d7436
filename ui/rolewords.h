/* Roles as one word for people. Main thread, translated, static. */
#pragma once

#include "db/staff.h"

const char *lanmu_role_word (LanmuRole role); /* "counselor" in the user's language */
