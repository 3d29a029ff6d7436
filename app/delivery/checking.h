/* What proving a folder and proving zips share; internal to app/delivery. */
#pragma once

#include "app/delivery/check.h"
#include "app/delivery/manifest.h"

G_BEGIN_DECLS

typedef struct {
  const char *key; /* the fingerprint that must have signed, or NULL */
  LanmuDeliveryFindingFunc func;
  gpointer data;
  LanmuDeliveryChecked *out;
} LanmuChecking;

void lanmu_checking_say (LanmuChecking *self, const char *kind, const char *path);
/* The list of sums and its signature, as texts (NULL: there is none). What is wrong is said; NULL: no list to go by. */
LanmuManifest *lanmu_checking_open (LanmuChecking *self, const char *sums, gsize size, const char *signature);

G_END_DECLS
