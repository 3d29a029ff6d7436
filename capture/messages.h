/* Every message between the camera host and its parent, and their form on the wire. Pure functions over bytes: no
 * thread, no socket; a mad peer's bytes end in an error.
 *
 * Wire: u32 length of the body · u32 type · u64 id (little endian), then the body: a serialised GVariant of the type's
 * own signature. A FETCH is followed by one descriptor (SCM_RIGHTS). Commands carry a fresh id; the answer to a command
 * carries the same one; events carry 0. Only what is in normal form is let in, and every string is UTF-8.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LANMU_PROTOCOL_VERSION 2u
#define LANMU_MESSAGE_HEADER   16u
#define LANMU_MESSAGE_MAX_BODY (16u * 1024 * 1024) /* a listing of 100,000 files fits */

typedef enum {
  /* parent → host */
  LANMU_MESSAGE_OPEN =
      1,               /* (ssb)  spec, serial wanted or "", reset the USB port first → events OPENED or OPEN_FAILED */
  LANMU_MESSAGE_SHOOT, /* (t)    tag → SHOT */
  LANMU_MESSAGE_FETCH, /* (ss)   folder, name, with a descriptor → FETCHED */
  LANMU_MESSAGE_LIST,  /* (b)    reopen first → LISTED */
  LANMU_MESSAGE_GET_SETTINGS, /* ()     → SETTINGS */
  LANMU_MESSAGE_SET_SETTING,  /* (ss)   neutral name, value → SET_DONE */
  LANMU_MESSAGE_LIVE,         /* (b)    live pictures on or off */
  LANMU_MESSAGE_CLOSE,        /* ()     close the body, stay ready for the next OPEN */
  LANMU_MESSAGE_QUIT,         /* ()     announce what waits, close the body, exit → BYE */
  /* host → parent: events */
  LANMU_MESSAGE_HELLO = 64, /* (u)      protocol version */
  LANMU_MESSAGE_OPENED, /* (ssssiibb) model, maker, serial, port, battery, shots left, writes RAW and JPEG, writes JPEG
                         */
  LANMU_MESSAGE_OPEN_FAILED, /* (uss)    trouble, detail, port tried or "" */
  LANMU_MESSAGE_LOST,        /* (us)     trouble, detail: the connection was given up */
  LANMU_MESSAGE_STATUS,      /* (busii)  the body serves no live picture now, trouble, detail, battery, shots left */
  LANMU_MESSAGE_FRAME,       /* (uuuutx) slot, width, height, stride, number, boot µs */
  LANMU_MESSAGE_CLOCK,       /* (xxx)    camera µs, before, after */
  LANMU_MESSAGE_TRIGGERED,   /* (txx)    tag, before, after */
  LANMU_MESSAGE_ANNOUNCED,   /* (tsstxx) tag, folder, name, size, mtime, boot µs */
  LANMU_MESSAGE_PIECE,       /* (t)      bytes written so far; the id is that of its FETCH */
  /* host → parent: answers; each begins with trouble (0 = done) and detail */
  LANMU_MESSAGE_SHOT = 128, /* (usb)    …, released */
  LANMU_MESSAGE_FETCHED,    /* (usutt)  …, errno of our own write or 0, size said, size got */
  LANMU_MESSAGE_LISTED,     /* (usa(sstx)) …, folder, name, size, mtime */
  LANMU_MESSAGE_SETTINGS,   /* (usa(sssasb)) …, neutral name, the body's name, value, choices, read-only */
  LANMU_MESSAGE_SET_DONE,   /* (us) */
  LANMU_MESSAGE_BYE,        /* (us) */
} LanmuMessageType;

typedef struct {
  LanmuMessageType type;
  guint64 id;
  GVariant *body; /* of the type's signature; owned */
} LanmuMessage;

void lanmu_message_clear (LanmuMessage *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanmuMessage, lanmu_message_clear)

const char *lanmu_message_signature (guint type); /* NULL for an unknown type */
gboolean lanmu_message_has_fd (guint type);       /* a descriptor comes with it */

/* Appends the message's bytes to out; body is sunk. The body must be of the type's signature. */
void lanmu_message_append (GByteArray *out, LanmuMessageType type, guint64 id, GVariant *body);

/* Takes one message off the front of data. Returns FALSE without error when more bytes are needed, FALSE with
 * G_IO_ERROR_INVALID_DATA when the bytes are no message of ours; then the connection must be ended. */
gboolean lanmu_message_parse (const guint8 *data, gsize length, LanmuMessage *out, gsize *used, GError **error);

/* Foreign text (file names, library errors) as valid UTF-8; full. */
char *lanmu_message_text (const char *foreign);

G_END_DECLS
