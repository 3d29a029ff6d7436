/* Which keys a profile has and how their values are read. Internal to capture/profile. Pure, any thread. */
#pragma once

#include "capture/profile/profile.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_KEY_TEXT,
  LANMU_KEY_NAME,
  LANMU_KEY_INTEGER,
  LANMU_KEY_NUMBER,
  LANMU_KEY_BAND,
  LANMU_KEY_COLOUR,
  LANMU_KEY_COLOURS, /* further ones */
  LANMU_KEY_CHROMA,
  LANMU_KEY_GLASSES,
  LANMU_KEY_WORDS,
  LANMU_KEY_LIMIT,
} LanmuKeyKind;

typedef struct {
  const char *section, *name;
  LanmuKeyKind kind;
  gsize offset;       /* in LanmuProfile */
  double least, most; /* of numbers */
  gboolean required;
} LanmuKey;

guint lanmu_keys_count (void); /* the checks are the last of them */
const LanmuKey *lanmu_keys_get (guint index);
int lanmu_keys_find (const char *section, const char *name); /* -1: none */
gboolean lanmu_keys_has_section (const char *section);

/* FALSE: *reason says what is wrong with the value. */
gboolean lanmu_keys_set (const LanmuKey *key, LanmuProfile *profile, const char *value, char **reason);

/* Values that cannot all be met. lines[key index] = where it stood, 0 = nowhere. FALSE: *line and *reason. */
gboolean lanmu_profile_agrees (const LanmuProfile *profile, const int *lines, int *line, char **reason);

G_END_DECLS
