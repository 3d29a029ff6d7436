/* Tidying one cell; see clean.h. Pure. */
#include "app/roster/clean.h"

#include <string.h>

static gboolean is_invisible (gunichar c)
{
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF ||
         c == 0x00AD || c == 0x1A;
}

static gboolean is_space (gunichar c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' ||
         (c >= 0x80 && g_unichar_isspace (c));
}

static gboolean is_han (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

/* Nearly every cell of a sound list: plain, or Chinese without anything odd. Looks at bytes only, so that 100,000 rows
 * cost nothing. */
static gboolean is_plain (const char *cell, LanmuCellKind kind)
{
  const guchar *p = (const guchar *) cell;
  if (*p == '=' || *p == '\'')
    return FALSE;
  for (; *p != '\0'; p++) {
    if (*p <= ' ' || (kind == LANMU_CELL_CODE && *p >= 0x80))
      return FALSE;
    /* lead bytes of U+0080–00FF, U+2000–2FFF, U+3000–3FFF and U+F000–FFFF, where spaces and invisible characters live
     */
    if (*p == 0xC2 || *p == 0xE2 || *p == 0xE3 || *p == 0xEF)
      return FALSE;
  }
  return TRUE;
}

/* ="00123" and '00123 are how Excel is kept from making a number of a text. */
static char *unwrap (char *cell, guint *done)
{
  gsize length = strlen (cell);
  if (length >= 3 && g_str_has_prefix (cell, "=\"") && cell[length - 1] == '"') {
    cell[length - 1] = '\0';
    *done |= LANMU_CLEAN_UNWRAPPED;
    return cell + 2;
  }
  if (*cell == '\'' && length > 1) {
    *done |= LANMU_CLEAN_UNWRAPPED;
    return cell + 1;
  }
  return cell;
}

static char *trim (char *cell, guint *done)
{
  char *end = cell + strlen (cell);
  while (*cell != '\0' && (is_space (g_utf8_get_char (cell)) || is_invisible (g_utf8_get_char (cell)))) {
    cell = g_utf8_next_char (cell);
    *done |= LANMU_CLEAN_TRIMMED;
  }
  while (end > cell) {
    char *last = g_utf8_prev_char (end);
    if (!is_space (g_utf8_get_char (last)) && !is_invisible (g_utf8_get_char (last)))
      break;
    end = last;
    *end = '\0';
    *done |= LANMU_CLEAN_TRIMMED;
  }
  return cell;
}

/* The first character behind a run of spaces. */
static gunichar behind_spaces (const char *p)
{
  while (*p != '\0' && is_space (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return g_utf8_get_char (p);
}

/* before: the character kept last. Spaces between two Chinese characters only stretch a name (王　强); those of "Anna
 * Maria" stay. */
static gboolean is_dropped (LanmuCellKind kind, gunichar before, gunichar c, const char *at)
{
  if (is_invisible (c))
    return TRUE;
  if (!is_space (c) || kind == LANMU_CELL_TEXT)
    return FALSE;
  return kind == LANMU_CELL_CODE || (is_han (before) && is_han (behind_spaces (at)));
}

static void tidy_inside (char *cell, LanmuCellKind kind, guint *done)
{
  char *out = cell;
  gunichar before = 0;
  for (char *p = cell, *next; *p != '\0'; p = next) {
    next = g_utf8_next_char (p);
    gunichar c = g_utf8_get_char (p);
    if (is_dropped (kind, before, c, p)) {
      *done |= LANMU_CLEAN_TRIMMED;
      continue;
    }
    before = c;
    if (kind == LANMU_CELL_CODE && c >= 0xFF01 && c <= 0xFF5E) {
      *out++ = (char) (c - 0xFF01 + '!');
      *done |= LANMU_CLEAN_FULL_WIDTH;
      continue;
    }
    memmove (out, p, (gsize) (next - p));
    out += next - p;
  }
  *out = '\0';
}

char *lanmu_clean_cell (char *cell, LanmuCellKind kind, guint *done)
{
  *done = 0;
  if (is_plain (cell, kind))
    return cell;
  cell = trim (cell, done);
  cell = trim (unwrap (cell, done), done);
  tidy_inside (cell, kind, done);
  return cell;
}
