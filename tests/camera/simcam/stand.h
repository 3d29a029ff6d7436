/* The stand of these tests: a real lanmu-simcam in a process of its own, the unmodified libgphoto2 on the other end of
 * its wire, its control port and its ledger. Nothing sleeps to synchronise: a control line is answered when it is done,
 * an event is waited for with a deadline only a hang can reach. */
#pragma once

#include <gio/gio.h>
#include <gphoto2/gphoto2.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *model;
  char *folder; /* private: ledger, card */
  GSubprocess *process;
  int port;
  char *serial;
  GSocketConnection *control;
  GDataInputStream *answers;
  Camera *camera; /* connected, or NULL */
  GPContext *context;
  GString *complaint; /* what libgphoto2 said to the context since the last stand_forget */
} Stand;

/* Call first: libgphoto2 keeps the capture target in $HOME, which must be nobody else's. The folder's path, to be given
 * to stand_remove at the end. */
char *stand_private_home (void);
void stand_remove (const char *path); /* a folder and all that is in it */

/* options: further arguments of lanmu-simcam, closed by NULL. Ends the test when the camera does not start. */
Stand *stand_new (const char *model, ...) G_GNUC_NULL_TERMINATED;
void stand_free (Stand *stand);
void stand_stop (Stand *stand); /* SIGTERM; fails the test unless it ends well */
void stand_start (Stand *stand, const char *option,
                  const char *value); /* again, on the same folder; option may be NULL */

int stand_try_connect (Stand *stand); /* GP_OK or an error; a Camera object of its own each time */
void stand_connect (Stand *stand);
void stand_disconnect (Stand *stand);

char *stand_ask (Stand *stand, const char *line); /* the whole answer, "ok …" or "error …"; caller frees */
void stand_tell (Stand *stand, const char *line); /* must be answered ok */
JsonObject *stand_status (Stand *stand);

/* Ledger lines of one kind, oldest first. */
GPtrArray *stand_ledger (Stand *stand, const char *event);
JsonObject *stand_took (Stand *stand,
                        guint count); /* waits for `count` pictures in the ledger, gives the last of them */

char *stand_get (Stand *stand, const char *name); /* a setting's value; NULL when the body has none of that name */
void stand_set (Stand *stand, const char *name, const char *value);
int stand_set_int (Stand *stand, const char *name, int value);
void stand_target_card (Stand *stand, gboolean card);

/* SHA-256 of a file on the camera, or NULL with the error in *result; *size may be NULL. */
char *stand_fetch (Stand *stand, const char *folder, const char *name, gsize *size, int *result);
/* Files announced until one CAPTURE_COMPLETE has come after at least `count` of them (or the deadline): "folder/name"
 * each. */
GPtrArray *stand_announced (Stand *stand, guint count);
void stand_drain (Stand *stand);                          /* takes events until there are none */
GPtrArray *stand_list (Stand *stand, const char *folder); /* names in a folder, as one fresh connection sees it */

const char *stand_dcim (Stand *stand); /* "/store_00010001/DCIM/100NCD75" */

G_END_DECLS
