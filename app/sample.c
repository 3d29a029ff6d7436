/* A list of nobody; see sample.h. Pure. */
#include "app/sample.h"

#include "app/roster/idno.h"

static const char *const surnames[] = {
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高",
    "林", "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧",
};
static const char *const given[] = {
    "伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛", "明", "超", "秀", "霞", "平",
    "刚", "桂", "英", "子", "涵", "雨", "欣", "梓", "轩", "浩", "宇", "思", "琪", "嘉", "怡", "博", "文", "晨", "阳",
};
/* Compound surnames, separators, four-byte characters: what a screen and a form must also bear. */
static const char *const hard[] = {"欧阳思远", "买买提·艾力",     "司马相如", "𠮷田明",
                                   "诸葛亮亮", "阿依古丽·吐尔逊", "李喆",     "王㛃"};
static const struct {
  const char *college, *code, *major, *stem;
} majors[] = {
    {"交通运输学院", "081802", "交通工程", "0903"},
    {"土木工程学院", "081001", "土木工程", "0101"},
    {"外国语学院", "050201", "英语", "0502"},
    {"信息科学与工程学院", "080901", "计算机科学与技术", "0701"},
};

static char *make_name (GRand *rand, guint index)
{
  if (index % 15 == 11)
    return g_strdup (hard[index / 15 % G_N_ELEMENTS (hard)]);
  const char *family = surnames[g_rand_int_range (rand, 0, G_N_ELEMENTS (surnames))];
  const char *first = given[g_rand_int_range (rand, 0, G_N_ELEMENTS (given))];
  const char *second = g_rand_int_range (rand, 0, 4) > 0 ? given[g_rand_int_range (rand, 0, G_N_ELEMENTS (given))] : "";
  return g_strconcat (family, first, second, NULL);
}

/* Date and serial follow from the index, so that no two are the same. */
static char *make_id_no (guint index, gboolean male)
{
  guint date = index % 672, turn = index / 672;
  guint year = 2000 + date / 336, month = date / 28 % 12 + 1, day = date % 28 + 1;
  guint serial = (turn * 2 + (male ? 1 : 0)) % 1000;
  char *id_no = g_strdup_printf ("100000%04u%02u%02u%03u?", year, month, day, serial);
  id_no[17] = lanmu_idno_check_character (id_no);
  return id_no;
}

static void append_student (GString *out, GRand *rand, guint index, guint seat, guint group)
{
  gsize m = group / 2 % G_N_ELEMENTS (majors);
  gboolean male = g_rand_int_range (rand, 0, 2) == 1;
  g_autofree char *name = make_name (rand, index);
  g_autofree char *id_no = make_id_no (index, male);
  g_string_append_printf (out, "6318%s%02u%02u,%s,%s,%s,%s,%s,%s,%s18%02u班\n", majors[m].stem, group + 1, seat + 1,
                          name, male ? "男" : "女", id_no, majors[m].college, majors[m].code, majors[m].major,
                          majors[m].major, group + 1);
}

char *lanmu_sample_csv (guint students, guint classes, guint32 seed)
{
  g_return_val_if_fail (students >= 1 && students <= LANMU_SAMPLE_MAX && classes >= 1 && classes <= students, NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  GString *out = g_string_new ("学号,姓名,性别,身份证号,学院,专业代码,专业名称,班级\n");
  guint size = (students + classes - 1) / classes;
  for (guint i = 0; i < students; i++)
    append_student (out, rand, i, i % size, i / size);
  return g_string_free (out, FALSE);
}
