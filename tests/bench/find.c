/* Yardstick: find STUDENTS: as one JSON object, milliseconds of CPU a keystroke of the finder over that many made-up
 * students (median and slowest), building it, and looking at every text instead. */
#include "app/finder.h"
#include "app/pinyin.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Of this thread's processor, in µs: other programs do not count. */
static gint64 now (void)
{
  struct timespec time;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static double since (gint64 began)
{
  return (double) (now () - began) / 1000;
}

static char *make_text (GRand *rand, LanmuPinyin *pinyin, guint i)
{
  static const char *const family[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "单", "曾"};
  static const char *const given[] = {"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋",
                                      "勇", "艳", "杰", "涛", "明", "超", "秀", "霞", "平", "刚",
                                      "子", "涵", "雨", "欣", "梓", "轩", "浩", "宇"};
  g_autofree char *name = g_strconcat (family[g_rand_int_range (rand, 0, G_N_ELEMENTS (family))],
                                       given[g_rand_int_range (rand, 0, G_N_ELEMENTS (given))],
                                       given[g_rand_int_range (rand, 0, G_N_ELEMENTS (given))], NULL);
  GString *text = g_string_new (NULL);
  g_string_printf (text, "2023%08u\x01%s", i, name);
  lanmu_pinyin_append (pinyin, name, text);
  g_string_append_printf (text, "\x01%05d%c", g_rand_int_range (rand, 0, 100000), "0123456789x"[i % 11]);
  return g_string_free (text, FALSE);
}

static int compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;
  return left < right ? -1 : left > right;
}

/* Each word as it is typed, letter by letter. */
static void type_words (LanmuFinder *finder, GPtrArray *texts, GArray *found_ms, GArray *looked_ms)
{
  static const char *const words[] = {"202300987654", "987654", "张伟强", "zhangweiqiang", "zwq", "sxy",
                                      "zeng",         "4321x",  "qqq"};
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    for (const char *end = g_utf8_next_char (words[i]);; end = g_utf8_next_char (end)) {
      g_autofree char *piece = g_strndup (words[i], (gsize) (end - words[i]));
      g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
      gint64 began = now ();
      lanmu_finder_find (finder, piece, NULL, NULL, places);
      double found = since (began);
      began = now ();
      guint n = 0;
      for (guint k = 0; k < texts->len; k++)
        n += strstr (texts->pdata[k], piece) != NULL;
      double looked = since (began);
      g_assert_cmpuint (MIN (n, LANMU_FINDER_MOST), ==, places->len);
      g_array_append_val (found_ms, found);
      g_array_append_val (looked_ms, looked);
      if (*end == '\0')
        break;
    }
}

int main (int argc, char **argv)
{
  guint n = argc > 1 ? (guint) strtoul (argv[1], NULL, 10) : 100000;
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (LanmuPinyin) pinyin = lanmu_pinyin_new ();
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (texts, make_text (rand, pinyin, i));
  g_autoptr (LanmuFinder) finder = lanmu_finder_new ();
  gint64 began = now ();
  for (guint i = 0; i < n; i++)
    lanmu_finder_add (finder, texts->pdata[i]);
  double built = since (began);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (double)),
                     looked = g_array_new (FALSE, FALSE, sizeof (double));
  type_words (finder, texts, found, looked);
  g_array_sort (found, compare);
  g_array_sort (looked, compare);
  printf ("{\"students\":%u,\"build_ms\":%.0f,\"keystrokes\":%u,\"find_median_ms\":%.3f,\"find_slowest_ms\":%.3f,"
          "\"look_median_ms\":%.3f}\n",
          n, built, found->len, g_array_index (found, double, found->len / 2),
          g_array_index (found, double, found->len - 1), g_array_index (looked, double, looked->len / 2));
  return 0;
}
