/* The stream of an old Excel workbook (BIFF 5 and 8: Excel 5 to 2003), record by record. Private to roster/.
 *
 * Why not FreeXL: a changed byte makes it run outside its memory (its readers believe the offsets of a file), and it
 * answers "empty" for texts that are results of formulas, so that a class name vanishes without a word. The container
 * around the stream is libgsf's. Pure; one thread at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  guint kind;
  const guint8 *data;
  gsize length;
} LanmuBiffRecord;

typedef struct {
  const guint8 *data;
  gsize length;
  gsize at; /* of the next record */
} LanmuBiffStream;

enum {
  LANMU_BIFF_FORMULA = 0x0006,
  LANMU_BIFF_EOF = 0x000A,
  LANMU_BIFF_DATEMODE = 0x0022,
  LANMU_BIFF_FILEPASS = 0x002F,
  LANMU_BIFF_CONTINUE = 0x003C,
  LANMU_BIFF_CODEPAGE = 0x0042,
  LANMU_BIFF_COLINFO = 0x007D,
  LANMU_BIFF_BOUNDSHEET = 0x0085,
  LANMU_BIFF_MULRK = 0x00BD,
  LANMU_BIFF_RSTRING = 0x00D6,
  LANMU_BIFF_XF = 0x00E0,
  LANMU_BIFF_MERGEDCELLS = 0x00E5,
  LANMU_BIFF_SST = 0x00FC,
  LANMU_BIFF_LABELSST = 0x00FD,
  LANMU_BIFF_NUMBER = 0x0203,
  LANMU_BIFF_LABEL = 0x0204,
  LANMU_BIFF_BOOLERR = 0x0205,
  LANMU_BIFF_STRING = 0x0207,
  LANMU_BIFF_ROW = 0x0208,
  LANMU_BIFF_RK = 0x027E,
  LANMU_BIFF_FORMAT = 0x041E,
  LANMU_BIFF_BOF = 0x0809,
};

/* What stands at the head of the workbook. */
typedef struct {
  char *name;
  gboolean hidden;
  gsize begins; /* of its BOF in the stream */
} LanmuBiffSheet;

typedef struct {
  gboolean locked; /* a password: the rest is encrypted */
  guint version;   /* 0x0500 or 0x0600; 0 = no workbook */
  guint codepage;  /* of texts before BIFF 8 */
  gboolean from_1904;
  GPtrArray *sheets;   /* LanmuBiffSheet */
  GPtrArray *strings;  /* char *, shared texts */
  GByteArray *formats; /* LanmuNumberFormat by cell format */
} LanmuBiffBook;

gboolean lanmu_biff_next (LanmuBiffStream *self, LanmuBiffRecord *record); /* FALSE at the end, or cut off */

void lanmu_biff_book_read (LanmuBiffBook *self, const guint8 *data, gsize length);
void lanmu_biff_book_clear (LanmuBiffBook *self);

/* A text with its count of characters (16 bits; 8 bits with `brief`) in front, of this book's version. Full; "" when it
 * is cut off. */
char *lanmu_biff_text (const LanmuBiffBook *book, const guint8 *data, gsize length, gboolean brief);

static inline guint lanmu_biff_16 (const guint8 *p)
{
  return (guint) p[0] | (guint) p[1] << 8;
}

static inline guint32 lanmu_biff_32 (const guint8 *p)
{
  return (guint32) lanmu_biff_16 (p) | (guint32) lanmu_biff_16 (p + 2) << 16;
}

G_END_DECLS
