/* Proving what is in a delivery's zips: every entry against the sums that lie in the last of them. Everything in them
 * is untrusted. Any thread; waits for the disk. */
#pragma once

#include "app/delivery/checking.h"

G_BEGIN_DECLS

/* zips: names below folder, char *. */
void lanmu_zip_check (LanmuChecking *checking, const char *folder, const GPtrArray *zips, const char *password);

G_END_DECLS
