/* See rowseal.h. */
#include "db/rowseal.h"
#include "db/keyring.h"

#include <sodium.h>
#include <string.h>

#define VERSION 1
#define NONCE   crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG     crypto_aead_xchacha20poly1305_ietf_ABYTES
#define HEAD    (1 + NONCE)

/* The last blob that was opened: its texts are asked for one by one. */
struct _LanmuOpenedRow {
  GByteArray *blob;
  LanmuSealedPlace place;
  GByteArray *texts;
};

static gsize make_context (LanmuDb *db, LanmuSealedPlace place, char *context, gsize size)
{
  return (gsize) g_snprintf (context, size, "lanmu-row %d %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s", (int) place.kind, place.a, place.b,
                             lanmu_seal_folder_get_campaign (db->folder));
}

static GBytes *encrypt (LanmuDb *db, const LanmuKey *key, LanmuSealedPlace place, const GByteArray *plain)
{
  char context[160];
  gsize context_size = make_context (db, place, context, sizeof context);
  guint8 *blob = g_malloc (HEAD + plain->len + TAG);

  blob[0] = VERSION;
  randombytes_buf (blob + 1, NONCE);
  crypto_aead_xchacha20poly1305_ietf_encrypt (blob + HEAD, NULL, plain->data, plain->len, (const guint8 *) context, context_size, NULL, blob + 1,
                                              key->rows);
  return g_bytes_new_take (blob, HEAD + plain->len + TAG);
}

gboolean lanmu_row_seal (LanmuDb *db, LanmuSealedPlace place, const char *const texts[LANMU_SEALED_TEXTS], GBytes **sealed, GError **error)
{
  const LanmuKey *key;

  *sealed = NULL;
  if (!lanmu_seal_folder_get_key (db->folder, &key, error))
    return FALSE;
  if (!key)
    return TRUE;
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  for (int i = 0; i < LANMU_SEALED_TEXTS; i++) {
    const char *text = texts[i] ? texts[i] : "";
    g_byte_array_append (plain, (const guint8 *) text, (guint) strlen (text) + 1);
  }
  *sealed = encrypt (db, key, place, plain);
  sodium_memzero (plain->data, plain->len);
  return TRUE;
}

static LanmuOpenedRow *get_opened (LanmuDb *db)
{
  if (!db->opened) {
    db->opened = g_new0 (LanmuOpenedRow, 1);
    db->opened->blob = g_byte_array_new ();
    db->opened->texts = g_byte_array_new ();
  }
  return db->opened;
}

void lanmu_opened_row_free (LanmuOpenedRow *opened)
{
  if (!opened)
    return;
  sodium_memzero (opened->texts->data, opened->texts->len);
  g_byte_array_unref (opened->texts);
  g_byte_array_unref (opened->blob);
  g_free (opened);
}

static gboolean is_opened (const LanmuOpenedRow *opened, LanmuSealedPlace place, const guint8 *blob, gsize size)
{
  return opened->place.kind == place.kind && opened->place.a == place.a && opened->place.b == place.b && opened->blob->len == size &&
         memcmp (opened->blob->data, blob, size) == 0;
}

/* FALSE: not ours, changed, or of another row. */
static gboolean decrypt (LanmuDb *db, const LanmuKey *key, LanmuSealedPlace place, const guint8 *blob, gsize size, LanmuOpenedRow *opened)
{
  char context[160];
  gsize context_size = make_context (db, place, context, sizeof context);

  opened->place.kind = 0;
  if (size < HEAD + TAG || blob[0] != VERSION)
    return FALSE;
  g_byte_array_set_size (opened->texts, (guint) (size - HEAD - TAG) + 1);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (opened->texts->data, NULL, NULL, blob + HEAD, size - HEAD, (const guint8 *) context, context_size,
                                                  blob + 1, key->rows) != 0)
    return FALSE;
  opened->texts->data[opened->texts->len - 1] = '\0';
  opened->place = place;
  g_byte_array_set_size (opened->blob, 0);
  g_byte_array_append (opened->blob, blob, (guint) size);
  return TRUE;
}

static const char *nth_text (const LanmuOpenedRow *opened, int n)
{
  const char *text = (const char *) opened->texts->data, *end = text + opened->texts->len;

  for (; n > 0 && text < end; n--)
    text += strlen (text) + 1;
  return text < end ? text : "";
}

/* lanmu_open (kind, a, b, sealed, n, text) */
static void open_text (sqlite3_context *context, int argc, sqlite3_value **argv)
{
  LanmuDb *db = sqlite3_user_data (context);
  const LanmuSealedPlace place = {(LanmuSealedKind) sqlite3_value_int (argv[0]), sqlite3_value_int64 (argv[1]), sqlite3_value_int64 (argv[2])};
  const LanmuKey *key;

  if (sqlite3_value_type (argv[3]) == SQLITE_NULL) {
    sqlite3_result_value (context, argv[5]);
    return;
  }
  const guint8 *blob = sqlite3_value_blob (argv[3]);
  gsize size = (gsize) sqlite3_value_bytes (argv[3]);
  LanmuOpenedRow *opened = get_opened (db);
  if (!lanmu_seal_folder_get_key (db->folder, &key, NULL) || !key) {
    sqlite3_result_text (context, "", 0, SQLITE_STATIC);
  } else if (is_opened (opened, place, blob, size) || decrypt (db, key, place, blob, size, opened)) {
    sqlite3_result_text (context, nth_text (opened, sqlite3_value_int (argv[4])), -1, SQLITE_TRANSIENT);
  } else {
    sqlite3_result_error (context, "a sealed row was changed or is another's", -1);
    sqlite3_result_error_code (context, SQLITE_CORRUPT);
  }
}

gboolean lanmu_row_seal_register (LanmuDb *db, GError **error)
{
  return sqlite3_create_function_v2 (db->sql, "lanmu_open", 6, SQLITE_UTF8 | SQLITE_DIRECTONLY, db, open_text, NULL, NULL, NULL) == SQLITE_OK ||
         lanmu_sql_fail (db, error);
}

sqlite3_stmt *lanmu_private_prepare (LanmuDb *db, GError **error)
{
  return lanmu_sql_query (db, error,
                          "INSERT INTO student_private (student_id, until_id, id_no, exam_no, extra, sealed) VALUES (?, ?, ?, ?, ?, ?) "
                          "ON CONFLICT DO UPDATE SET id_no = excluded.id_no, exam_no = excluded.exam_no, extra = excluded.extra, sealed = excluded.sealed",
                          "");
}

gboolean lanmu_private_put_with (LanmuDb *db, sqlite3_stmt *stmt, gint64 student_id, gint64 until_id, const char *id_no, const char *exam_no,
                                 const char *extra, GError **error)
{
  const char *texts[LANMU_SEALED_TEXTS] = {id_no ? id_no : "", exam_no ? exam_no : "", extra && *extra ? extra : "{}"};
  g_autoptr (GBytes) sealed = NULL;

  if (!lanmu_row_seal (db, (LanmuSealedPlace){LANMU_SEALED_STUDENT, student_id, until_id}, texts, &sealed, error))
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, student_id);
  sqlite3_bind_int64 (stmt, 2, until_id);
  for (int i = 0; i < LANMU_SEALED_TEXTS; i++)
    sqlite3_bind_text (stmt, 3 + i, !sealed ? texts[i] : i == 2 ? "{}" : "", -1, SQLITE_TRANSIENT);
  if (sealed)
    sqlite3_bind_blob (stmt, 6, g_bytes_get_data (sealed, NULL), (int) g_bytes_get_size (sealed), SQLITE_TRANSIENT);
  else
    sqlite3_bind_null (stmt, 6);
  gboolean ok = lanmu_sql_step (db, stmt, error) != LANMU_SQL_ERROR;
  sqlite3_reset (stmt);
  return ok;
}

gboolean lanmu_private_put (LanmuDb *db, gint64 student_id, gint64 until_id, const char *id_no, const char *exam_no, const char *extra, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_private_prepare (db, error);

  return stmt && lanmu_private_put_with (db, stmt, student_id, until_id, id_no, exam_no, extra, error);
}
