/* Finding: pinyin and initials, any piece of a number, the index against looking at everybody. */
#include "tests/unit/app/fixture.h"

#include <string.h>

#include "app/finder.h"
#include "app/format.h"
#include "app/pinyin.h"
#include "db/roster.h"

static void check_sound (LanmuPinyin *pinyin, const char *name, const char *wanted)
{
  g_autoptr (GString) out = g_string_new (NULL);
  lanmu_pinyin_append (pinyin, name, out);
  for (char *p = out->str; *p != '\0'; p++)
    if (*p == '\x01')
      *p = ' ';
  g_assert_cmpstr (out->str, ==, wanted);
}

static void sounds (void)
{
  g_autoptr (LanmuPinyin) pinyin = lanmu_pinyin_new ();
  check_sound (pinyin, "张三丰", " zhangsanfeng zsf");
  check_sound (pinyin, "阿里·买买提", " alimaimaiti almmt");
  check_sound (pinyin, "吕布", " lubu lb");
  check_sound (pinyin, "Anna", "");
  check_sound (pinyin, "", "");
  g_autoptr (GString) out = g_string_new (NULL);
  lanmu_pinyin_append (pinyin, "单雄信", out);
  g_assert_nonnull (strstr (out->str, "shanxiongxin"));
  g_assert_nonnull (strstr (out->str, "sxx"));
}

static void order (void)
{
  g_autoptr (LanmuPinyin) pinyin = lanmu_pinyin_new ();
  g_assert_cmpint (lanmu_pinyin_compare (pinyin, "安然", "白雪"), <, 0);
  g_assert_cmpint (lanmu_pinyin_compare (pinyin, "赵一", "王五"), >, 0);
  g_assert_cmpint (lanmu_pinyin_compare (pinyin, "张三", "张三"), ==, 0);
  g_assert_cmpint (lanmu_pinyin_compare (pinyin, "张三", "张四"), !=, 0);
}

/* Every piece of made-up texts: the sets say what looking at each of them says. */
static void against_looking (void)
{
  static const char *const letters[] = {"0", "1", "2", "张", "伟", "a", "n", "·", "𠮷", "\x01"};
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (LanmuFinder) finder = lanmu_finder_new ();
  for (guint i = 0; i < 900; i++) {
    GString *text = g_string_new ("");
    for (int n = g_rand_int_range (rand, 0, 12); n > 0; n--)
      g_string_append (text, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);
    g_ptr_array_add (texts, g_string_free (text, FALSE));
    lanmu_finder_add (finder, texts->pdata[i]);
  }
  for (guint round = 0; round < 2000; round++) {
    g_autoptr (GString) piece = g_string_new ("");
    for (int n = g_rand_int_range (rand, 1, 5); n > 0; n--)
      g_string_append (piece, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters) - 1)]);
    g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
    lanmu_finder_find (finder, piece->str, NULL, NULL, found);
    guint k = 0;
    for (guint i = 0; i < texts->len; i++)
      if (strstr (texts->pdata[i], piece->str) != NULL)
        g_assert_true (k < found->len && g_array_index (found, guint, k++) == i);
    g_assert_cmpuint (k, ==, found->len);
  }
}

static void import_four (LanmuDb *db)
{
  static const LanmuRosterSource source = {"list.csv", "00", "utf-8"};
#define STUDENT(no, who, id, where)                                                                                    \
  {                                                                                                                    \
    .student_no = (char *) no, .name = (char *) who, .id_no = (char *) id, .class_name = (char *) where                \
  }
  const LanmuStudentRow rows[] = {STUDENT ("0631001", "张三", "11010519491231002X", "交通1班"),
                                  STUDENT ("0631002", "单雄信", "440524188001010014", "交通1班"),
                                  STUDENT ("0732001", "阿里•买买提", "", "英语2班"),
                                  STUDENT ("0732002", "𠮷田明", "", "英语2班")};
  g_autoptr (GError) error = NULL;
  g_assert_true (lanmu_roster_import (db, &source, rows, G_N_ELEMENTS (rows), LANMU_ROSTER_ADD, ACTOR, NULL, &error));
  g_assert_no_error (error);
}

/* What a photographer types, and who answers: positions as digits. */
static void queue (void)
{
  static const struct {
    const char *text, *found;
  } cases[] = {{"31", "01"},   {"002", "013"}, {"zhangsan", "0"}, {"ZS", "0"},   {"shan", "1"},
               {"danx", "1"},  {"sxx", "1"},   {"002x", "0"},     {"0014", "1"}, {"阿里·买", "2"},
               {"almmt", "2"}, {"𠮷", "3"},    {"英语", "23"},    {"2班", "23"}, {"交通１班", "01"},
               {"三", "0"},    {"·", "2"},     {"9", ""},         {"zs0", ""},   {"张三 ", "0"}};
  g_autofree char *dir = make_campaign (0);
  g_autoptr (LanmuDb) db = open_for_writing (dir);
  g_autoptr (LanmuQueue) all = lanmu_queue_new ();
  import_four (db);
  g_assert_true (lanmu_queue_load (all, db, 0, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *folded = lanmu_format_fold (cases[i].text);
    g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));
    g_autoptr (GString) places = g_string_new ("");
    lanmu_queue_search (all, folded, NULL, NULL, found);
    for (guint k = 0; k < found->len; k++) {
      g_string_append_printf (places, "%u", g_array_index (found, guint, k));
      g_assert_true (lanmu_queue_matches (all, g_array_index (found, guint, k), folded));
    }
    g_test_message ("“%s”", cases[i].text);
    g_assert_cmpstr (places->str, ==, cases[i].found);
  }
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/find/sounds", sounds);
  g_test_add_func ("/find/order", order);
  g_test_add_func ("/find/against-looking", against_looking);
  g_test_add_func ("/find/queue", queue);
  return g_test_run ();
}
