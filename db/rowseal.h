/* Private to db/: the sensitive texts of a row, sealed and opened. crypto_aead_xchacha20poly1305_ietf under the campaign's row key; the associated data are
 * what the row belongs to (campaign, kind, its numbers), so that a blob copied into another row, or from another campaign, does not open.
 *
 *   version (1) · nonce (24, random) · the texts, each with its NUL, encrypted · tag (16)
 *
 * Runs on the thread that owns the connection. */
#pragma once

#include "db/sql.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_SEALED_STUDENT = 1, /* a: student, b: until_id; id_no, exam_no, extra */
  LANMU_SEALED_SLIP = 2,    /* a: student, b: wall_us; old_value, new_value, note */
} LanmuSealedKind;
#define LANMU_SEALED_TEXTS 3 /* of either kind */

typedef struct {
  LanmuSealedKind kind;
  gint64 a, b;
} LanmuSealedPlace;

/* *sealed NULL: the campaign is not sealed, write the texts as they are. CLOSED. A NULL text is "". */
gboolean lanmu_row_seal (LanmuDb *db, LanmuSealedPlace place, const char *const texts[LANMU_SEALED_TEXTS], GBytes **sealed, GError **error);

/* What the function lanmu_open (kind, a, b, sealed, n, text) of every connection answers: text when sealed is NULL, the n-th text of sealed when the campaign is
 * open, '' when it is closed. SQLITE_CORRUPT when the blob was changed or moved. */
gboolean lanmu_row_seal_register (LanmuDb *db, GError **error);

/* Columns of a SELECT that has student_private as `private`. */
#define LANMU_PRIVATE_TEXT(n, column)                                                                                  \
  "lanmu_open (1, private.student_id, private.until_id, private.sealed, " #n ", private." #column ")"
#define LANMU_PRIVATE_COLUMNS                                                                                          \
  "coalesce (" LANMU_PRIVATE_TEXT (0, id_no) ", ''), coalesce (" LANMU_PRIVATE_TEXT (1, exam_no) ", ''), "             \
  "coalesce (nullif (" LANMU_PRIVATE_TEXT (2, extra) ", ''), '{}')"
#define LANMU_PRIVATE_JOIN " LEFT JOIN student_private AS private ON private.student_id = student.id AND private.until_id = 0"

/* Writes (or writes over) the row of student_private; NULL = "", extra NULL = "{}". */
gboolean lanmu_private_put (LanmuDb *db, gint64 student_id, gint64 until_id, const char *id_no, const char *exam_no, const char *extra, GError **error);
/* The same for many: prepared once, freed with g_autoptr. */
sqlite3_stmt *lanmu_private_prepare (LanmuDb *db, GError **error);
gboolean lanmu_private_put_with (LanmuDb *db, sqlite3_stmt *stmt, gint64 student_id, gint64 until_id, const char *id_no, const char *exam_no,
                                 const char *extra, GError **error);

G_END_DECLS
