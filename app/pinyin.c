/* Names by their sound; see pinyin.h. */
#include "app/pinyin.h"

#include <string.h>
#include <unicode/ucol.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#define SYLLABLE_MAX 16

struct _LanmuPinyin {
  UTransliterator *sounds;
  UCollator *order;
  GHashTable *syllables; /* character → interned syllable, "" for one without */
};

/* What ICU reads otherwise than a family does. */
static const struct {
  gunichar surname;
  const char *syllable;
} surnames[] = {
    {0x5355 /* 单 */, "shan"}, {0x66FE /* 曾 */, "zeng"}, {0x89E3 /* 解 */, "xie"},   {0x4EC7 /* 仇 */, "qiu"},
    {0x533A /* 区 */, "ou"},   {0x67E5 /* 查 */, "zha"},  {0x6734 /* 朴 */, "piao"},  {0x76D6 /* 盖 */, "ge"},
    {0x7FDF /* 翟 */, "zhai"}, {0x5C09 /* 尉 */, "yu"},   {0x4E07 /* 万 */, "mo"},    {0x5B93 /* 宓 */, "fu"},
    {0x4E48 /* 么 */, "yao"},  {0x90C7 /* 郇 */, "huan"}, {0x4E50 /* 乐 */, "yue"},   {0x8983 /* 覃 */, "qin"},
    {0x5C45 /* 居 */, "ju"},   {0x7E41 /* 繁 */, "po"},   {0x79CD /* 种 */, "chong"}, {0x957F /* 长 */, "zhang"},
    {0x77BF /* 瞿 */, "qu"},   {0x7F2A /* 缪 */, "miao"}, {0x51BC /* 冼 */, "xian"},  {0x8584 /* 薄 */, "bo"}};

LanmuPinyin *lanmu_pinyin_new (void)
{
  static const UChar id[] = u"Han-Latin; Latin-ASCII; Lower";
  UErrorCode failed = U_ZERO_ERROR, unordered = U_ZERO_ERROR;
  LanmuPinyin *self = g_new0 (LanmuPinyin, 1);
  self->sounds = utrans_openU (id, -1, UTRANS_FORWARD, NULL, 0, NULL, &failed);
  self->order = ucol_open ("zh@collation=pinyin", &unordered);
  self->syllables = g_hash_table_new (NULL, NULL);
  return self;
}

void lanmu_pinyin_free (LanmuPinyin *self)
{
  if (self->sounds != NULL)
    utrans_close (self->sounds);
  if (self->order != NULL)
    ucol_close (self->order);
  g_hash_table_unref (self->syllables);
  g_free (self);
}

static gboolean is_han (gunichar c)
{
  return g_unichar_get_script (c) == G_UNICODE_SCRIPT_HAN;
}

/* Letters only; "" for what ICU cannot read. */
static const char *transliterate (LanmuPinyin *self, gunichar c)
{
  UChar text[SYLLABLE_MAX + 1] = {0};
  char syllable[SYLLABLE_MAX + 1];
  int32_t length = 0, limit;
  gsize n = 0;
  UErrorCode failed = U_ZERO_ERROR;
  U16_APPEND_UNSAFE (text, length, c);
  limit = length;
  if (self->sounds == NULL)
    return "";
  utrans_transUChars (self->sounds, text, &length, SYLLABLE_MAX, 0, &limit, &failed);
  if (U_FAILURE (failed))
    return "";
  for (int32_t i = 0; i < length && n < SYLLABLE_MAX; i++)
    if (text[i] >= 'a' && text[i] <= 'z')
      syllable[n++] = (char) text[i];
    else if (text[i] > 0x7F)
      return "";
  syllable[n] = '\0';
  return g_intern_string (syllable);
}

static const char *syllable_of (LanmuPinyin *self, gunichar c)
{
  const char *known = g_hash_table_lookup (self->syllables, GUINT_TO_POINTER (c));
  if (known != NULL)
    return known;
  known = transliterate (self, c);
  g_hash_table_insert (self->syllables, GUINT_TO_POINTER (c), (gpointer) known);
  return known;
}

static const char *surname_of (gunichar c)
{
  for (gsize i = 0; i < G_N_ELEMENTS (surnames); i++)
    if (surnames[i].surname == c)
      return surnames[i].syllable;
  return NULL;
}

/* first: how the first character is read, NULL = as ICU does. */
static void append_reading (LanmuPinyin *self, const char *name, const char *first, gboolean initials, GString *out)
{
  g_string_append_c (out, '\x01');
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    const char *syllable = p == name && first != NULL ? first : is_han (c) ? syllable_of (self, c) : "";
    if (initials && *syllable != '\0')
      g_string_append_c (out, *syllable);
    else
      g_string_append (out, syllable);
  }
}

void lanmu_pinyin_append (LanmuPinyin *self, const char *name, GString *out)
{
  gboolean any = FALSE;
  for (const char *p = name; *p != '\0' && !any; p = g_utf8_next_char (p))
    any = is_han (g_utf8_get_char (p));
  if (!any)
    return;
  const char *surname = surname_of (g_utf8_get_char (name));
  append_reading (self, name, NULL, FALSE, out);
  append_reading (self, name, NULL, TRUE, out);
  if (surname == NULL || g_str_equal (surname, syllable_of (self, g_utf8_get_char (name))))
    return;
  append_reading (self, name, surname, FALSE, out);
  append_reading (self, name, surname, TRUE, out);
}

int lanmu_pinyin_compare (LanmuPinyin *self, const char *a, const char *b)
{
  UErrorCode failed = U_ZERO_ERROR;
  int order = self->order != NULL ? (int) ucol_strcollUTF8 (self->order, a, -1, b, -1, &failed) : 0;
  return order != 0 && U_SUCCESS (failed) ? order : strcmp (a, b);
}
