/* See sealfile.h. */
#include "db/sealfile.h"
#include "db/files.h"

#include <errno.h>
#include <sodium.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC       "LANMUSF\1"
#define MAGIC_BYTES 8
#define BOUND       (MAGIC_BYTES + LANMU_KEY_ID_BYTES + 8) /* what every chunk authenticates */
#define HEAD        (BOUND + crypto_secretstream_xchacha20poly1305_HEADERBYTES)
#define MORE        crypto_secretstream_xchacha20poly1305_ABYTES
#define MOST        (G_GINT64_CONSTANT (1) << 32) /* no picture is larger: a hostile length takes no memory */

gint64 lanmu_sealed_file_size (gint64 plain)
{
  return HEAD + plain + (plain / LANMU_SEALED_CHUNK + 1) * MORE;
}

int lanmu_memory_file_new (GError **error)
{
  int fd = memfd_create ("lanmu-picture", MFD_CLOEXEC);

  if (fd < 0)
    lanmu_file_fail (error, errno, "Cannot make room in memory for", "a picture");
  return fd;
}

static gssize read_at (int fd, guint8 *bytes, gsize size, gint64 offset)
{
  gsize done = 0;

  while (done < size) {
    gssize n = pread (fd, bytes + done, size - done, offset + (gint64) done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return -1;
    if (n == 0)
      break;
    done += (gsize) n;
  }
  return (gssize) done;
}

static gboolean write_all (int fd, const guint8 *bytes, gsize size, const char *path, GError **error)
{
  while (size > 0) {
    gssize n = write (fd, bytes, size);
    if (n < 0 && errno != EINTR)
      return lanmu_file_fail (error, errno, "Cannot write", path);
    bytes += MAX (n, 0);
    size -= (gsize) MAX (n, 0);
  }
  return TRUE;
}

gboolean lanmu_sealed_file_is (int fd, guint8 key_id[LANMU_KEY_ID_BYTES])
{
  guint8 head[MAGIC_BYTES + LANMU_KEY_ID_BYTES];

  if (read_at (fd, head, sizeof head, 0) != sizeof head || memcmp (head, MAGIC, MAGIC_BYTES) != 0)
    return FALSE;
  if (key_id)
    memcpy (key_id, head + MAGIC_BYTES, LANMU_KEY_ID_BYTES);
  return TRUE;
}

/* -- writing -- */

/* Where the plain bytes come from: a descriptor, or memory. */
typedef struct {
  int fd;
  const guint8 *data;
  gint64 size;
} Plain;

static gboolean begin (const LanmuKey *key, gint64 size, guint8 *head, crypto_secretstream_xchacha20poly1305_state *state)
{
  guint64 length = GUINT64_TO_LE ((guint64) size);

  memcpy (head, MAGIC, MAGIC_BYTES);
  memcpy (head + MAGIC_BYTES, key->id, LANMU_KEY_ID_BYTES);
  memcpy (head + MAGIC_BYTES + LANMU_KEY_ID_BYTES, &length, sizeof length);
  return crypto_secretstream_xchacha20poly1305_init_push (state, head + BOUND, key->files) == 0;
}

/* The chunk's plain bytes: in memory already, or read into `block`; NULL when the file shrank. */
static const guint8 *get_chunk (const Plain *plain, gint64 offset, gsize size, guint8 *block)
{
  if (plain->data)
    return plain->data + offset;
  return read_at (plain->fd, block, size, offset) == (gssize) size ? block : NULL;
}

static gboolean write_chunks (const Plain *plain, const guint8 *head, crypto_secretstream_xchacha20poly1305_state *state, int out, const char *path,
                              GError **error)
{
  g_autofree guint8 *block = g_malloc (LANMU_SEALED_CHUNK), *sealed = g_malloc (LANMU_SEALED_CHUNK + MORE);
  gint64 offset = 0;
  gboolean last = FALSE, ok = TRUE;

  for (; ok && !last; offset += LANMU_SEALED_CHUNK) {
    gsize size = (gsize) MIN (plain->size - offset, LANMU_SEALED_CHUNK);
    last = plain->size - offset < LANMU_SEALED_CHUNK;
    const guint8 *chunk = get_chunk (plain, offset, size, block);
    if (!chunk)
      ok = lanmu_file_fail (error, EIO, "Cannot read back", path);
    else
      crypto_secretstream_xchacha20poly1305_push (state, sealed, NULL, chunk, size, head, BOUND,
                                                  last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
    ok = ok && write_all (out, sealed, size + MORE, path, error);
  }
  sodium_memzero (block, LANMU_SEALED_CHUNK);
  return ok;
}

static gboolean write_plain (const LanmuKey *key, const Plain *plain, int out, const char *path, GError **error)
{
  crypto_secretstream_xchacha20poly1305_state state;
  guint8 head[HEAD];
  gboolean ok = begin (key, plain->size, head, &state) && write_all (out, head, sizeof head, path, error) &&
                write_chunks (plain, head, &state, out, path, error);

  sodium_memzero (&state, sizeof state);
  return ok;
}

gboolean lanmu_sealed_file_write (const LanmuKey *key, int plain, int out, const char *path, GError **error)
{
  struct stat info;

  if (fstat (plain, &info) < 0)
    return lanmu_file_fail (error, errno, "Cannot read back", path);
  return write_plain (key, &(Plain){.fd = plain, .size = info.st_size}, out, path, error);
}

gboolean lanmu_sealed_file_write_bytes (const LanmuKey *key, const void *data, gsize size, int out, const char *path, GError **error)
{
  return write_plain (key, &(Plain){.fd = -1, .data = data, .size = (gint64) size}, out, path, error);
}

/* -- reading -- */

static gboolean fail_changed (GError **error, const char *path)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT, "The sealed file %s was cut or changed: get it back from the second copy or the card", path);
  return FALSE;
}

/* TRUE: all of it, to its final chunk. What is sound is in `out` even when FALSE; *done = so many bytes. */
static gboolean read_chunks (int fd, const guint8 *head, gint64 size, const LanmuKey *key, guint8 *out, gint64 *done)
{
  crypto_secretstream_xchacha20poly1305_state state;
  g_autofree guint8 *sealed = g_malloc (LANMU_SEALED_CHUNK + MORE);
  gint64 offset = HEAD;
  gboolean last = FALSE;

  *done = 0;
  if (crypto_secretstream_xchacha20poly1305_init_pull (&state, head + BOUND, key->files) != 0)
    return FALSE;
  while (!last) {
    gsize want = (gsize) MIN (size - *done, LANMU_SEALED_CHUNK), got = want + MORE;
    guint8 tag;
    last = size - *done < LANMU_SEALED_CHUNK;
    if (read_at (fd, sealed, got, offset) != (gssize) got ||
        crypto_secretstream_xchacha20poly1305_pull (&state, out + *done, NULL, &tag, sealed, got, head, BOUND) != 0 ||
        (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) != last)
      break;
    *done += (gint64) want;
    offset += (gint64) got;
    if (last) {
      sodium_memzero (&state, sizeof state);
      return read_at (fd, sealed, 1, offset) == 0; /* nothing behind it */
    }
  }
  sodium_memzero (&state, sizeof state);
  return FALSE;
}

static gboolean read_head (int fd, guint8 *head, gint64 *size)
{
  guint64 length;

  if (read_at (fd, head, HEAD, 0) != HEAD)
    return FALSE;
  memcpy (&length, head + MAGIC_BYTES + LANMU_KEY_ID_BYTES, sizeof length);
  *size = (gint64) GUINT64_FROM_LE (length);
  return *size >= 0 && *size <= MOST;
}

static gboolean decrypt_into (int fd, const char *path, const LanmuKey *key, gboolean broken, int memory, GError **error)
{
  guint8 head[HEAD];
  gint64 size = 0, done = 0;
  struct stat info;

  if (!read_head (fd, head, &size))
    return broken || fail_changed (error, path);
  if (fstat (fd, &info) < 0 || (!broken && info.st_size != lanmu_sealed_file_size (size)))
    return fail_changed (error, path);
  size = MIN (size, MAX (0, info.st_size)); /* of a broken file: no more than there can be */
  gsize room = (gsize) MAX (size, 1);
  guint8 *out = ftruncate (memory, (off_t) room) == 0 ? mmap (NULL, room, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0) : MAP_FAILED;
  if (out == MAP_FAILED)
    return lanmu_file_fail (error, ENOMEM, "Cannot open in memory", path);
  gboolean whole = read_chunks (fd, head, size, key, out, &done);
  munmap (out, room);
  if (ftruncate (memory, whole || broken ? (off_t) done : 0) < 0)
    return lanmu_file_fail (error, errno, "Cannot open in memory", path);
  return whole || broken || fail_changed (error, path);
}

gboolean lanmu_sealed_file_open (int fd, const char *path, gboolean broken, int *memory, GError **error)
{
  guint8 key_id[LANMU_KEY_ID_BYTES];
  const LanmuKey *key = lanmu_sealed_file_is (fd, key_id) ? lanmu_keyring_find (key_id) : NULL;

  *memory = -1;
  if (!key)
    return lanmu_seal_fail_closed (error);
  LANMU_AUTO_FD made = lanmu_memory_file_new (error);
  if (made < 0 || !decrypt_into (fd, path, key, broken, made, error))
    return FALSE;
  *memory = made;
  made = -1;
  return TRUE;
}
