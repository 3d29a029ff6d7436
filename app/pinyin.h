/* Names by their sound: pinyin and its initials to find by, the order of a Chinese register. Made by ICU; a character
 * is looked up once. Surnames that are read otherwise than the same character elsewhere (单 Shàn, 曾 Zēng) are found
 * both ways. One thread at a time. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _LanmuPinyin LanmuPinyin;

LanmuPinyin *lanmu_pinyin_new (void);
void lanmu_pinyin_free (LanmuPinyin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuPinyin, lanmu_pinyin_free)

/* Appends what a search looks at, each with U+0001 in front: "zhangsan" "zs", and both once more with the surname's own
 * reading. Nothing for a name without Chinese characters. */
void lanmu_pinyin_append (LanmuPinyin *self, const char *name, GString *out);

/* Order of names in a register: by pinyin, then by tone and strokes as ICU knows them; bytes decide when they are
 * equal. */
int lanmu_pinyin_compare (LanmuPinyin *self, const char *a, const char *b);

G_END_DECLS
