/* Proving a delivered folder, on any machine, without the station's data: signature, every file's bytes, nothing
 * missing, nothing added. Any thread; waits for the disk. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *kind; /* "no-manifest" "bad-manifest" "unsigned" "bad-signature" "other-key" "missing" "altered" "extra"
                       "unreadable", of zips "no-zip" (no zip at all) and "locked" (the password is missing or wrong) */
  const char *path; /* in the delivery, "" = of the whole */
} LanmuDeliveryFinding;
typedef void (*LanmuDeliveryFindingFunc) (const LanmuDeliveryFinding *finding, gpointer data);

typedef struct {
  guint files, findings; /* files: those in zips counted too */
  char fingerprint[20];  /* of the key that signed, "" = none did */
} LanmuDeliveryChecked;

/* key: the fingerprint that must have signed, NULL = any key. password: of the zips, NULL = none. TRUE when nothing was
 * found. */
gboolean lanmu_delivery_check (const char *folder, const char *key, const char *password, LanmuDeliveryFindingFunc func,
                               gpointer data, LanmuDeliveryChecked *out);

G_END_DECLS
