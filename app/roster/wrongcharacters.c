/* Names read in a wrong encoding; see wrongcharacters.h. Chinese in UTF-8 begins with a byte from E4 to E9, so the
 * wrong name begins with a character whose first byte in GBK is one of those: some 1,100, kept as a set. */
#include "app/roster/wrongcharacters.h"

#define FIRST_LEAD 0xE4
#define LAST_LEAD  0xE9

static guint32 beginnings[0x10000 / 32]; /* a bit a character */

static void add_beginning (guchar lead, guchar trail)
{
  const char bytes[2] = {(char) lead, (char) trail};
  g_autofree char *text = g_convert (bytes, 2, "UTF-8", "GB18030", NULL, NULL, NULL);
  gunichar c = text != NULL ? g_utf8_get_char (text) : 0;
  if (c < 0x10000)
    beginnings[c / 32] |= 1u << c % 32;
}

static gboolean is_beginning (gunichar c)
{
  static gsize once;
  if (g_once_init_enter (&once)) {
    for (guint lead = FIRST_LEAD; lead <= LAST_LEAD; lead++)
      for (guint trail = 0x80; trail < 0xC0; trail++) /* the second byte of UTF-8 */
        add_beginning ((guchar) lead, (guchar) trail);
    g_once_init_leave (&once, 1);
  }
  return c < 0x10000 && (beginnings[c / 32] & 1u << c % 32) != 0;
}

char *lanmu_wrong_characters_read (const char *name)
{
  gsize length;
  if (!is_beginning (g_utf8_get_char (name)))
    return NULL;
  g_autofree char *bytes = g_convert (name, -1, "GB18030", "UTF-8", NULL, &length, NULL);
  if (bytes == NULL || length < 6 || length % 3 != 0 || !g_utf8_validate (bytes, (gssize) length, NULL))
    return NULL;
  for (const char *p = bytes; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) != G_UNICODE_SCRIPT_HAN)
      return NULL;
  return g_steal_pointer (&bytes);
}
