/* Papers as PDF: read back by poppler's tools, which know nothing of how they were made. */
#include "app/sheet/sheet.h"
#include "capture/portrait/encode.h"

#include <gio/gio.h>
#include <string.h>

static LanmuSheet *new_sheet (void)
{
  const LanmuSheetHead head = { "信息核对表", "2027 春季 · 交通工程1801班", "记录 0123456789abcdef", 1793500000LL * G_USEC_PER_SEC };
  return lanmu_sheet_new (&head);
}

static char *run (const char *const *argv)
{
  char *out = NULL;
  int status = 0;
  g_autoptr (GError) error = NULL;
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return out;
}

static char *text_of (LanmuSheet *sheet)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("lanmu-sheet-XXXXXX", &error), *path = g_build_filename (folder, "a.pdf", NULL);
  g_assert_true (lanmu_sheet_save (sheet, path, FALSE, &error));
  g_assert_no_error (error);
  char *text = run ((const char *[]){ "pdftotext", "-layout", path, "-", NULL });
  unlink (path);
  rmdir (folder);
  return text;
}

static guint count (const char *text, const char *word)
{
  guint n = 0;
  for (const char *at = text; (at = strstr (at, word)) != NULL; at += strlen (word))
    n++;
  return n;
}

static void row_free (gpointer row)
{
  g_strfreev (row);
}

static GPtrArray *make_rows (guint n)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
  for (guint i = 0; i < n; i++) {
    char **row = g_new0 (char *, 4);
    row[0] = g_strdup_printf ("63180903%04u", i);
    row[1] = g_strdup (i == 7 ? "𠮷田·买买提艾力·一个很长很长很长很长很长很长很长很长很长很长很长很长很长的名字" : "张三丰");
    row[2] = g_strdup_printf ("%u", i);
    g_ptr_array_add (rows, row);
  }
  return rows;
}

static const LanmuSheetColumn COLUMNS[] = { { "学号", 3, FALSE }, { "姓名", 3, FALSE }, { "元", 1, TRUE } };

/* Every row once, the titles and the head on each page, pages numbered to the last. */
static void table (void)
{
  g_autoptr (LanmuSheet) sheet = new_sheet ();
  g_autoptr (GPtrArray) rows = make_rows (130);
  lanmu_sheet_heading (sheet, "名单");
  lanmu_sheet_table (sheet, COLUMNS, G_N_ELEMENTS (COLUMNS), rows);
  lanmu_sheet_signatures (sheet, (const char *[]){ "辅导员签字", "日期", "摄影师签字", NULL });
  g_autofree char *text = text_of (sheet);
  guint pages = count (text, "\f");
  g_autofree char *last = g_strdup_printf ("%u/%u", pages, pages);
  g_assert_cmpuint (pages, >=, 3);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpuint (count (text, ((char **) rows->pdata[i])[0]), ==, 1);
  g_assert_cmpuint (count (text, "信息核对表"), ==, pages);
  g_assert_cmpuint (count (text, "学号"), >=, pages - 1); /* the last may have signatures alone */
  g_assert_cmpuint (count (text, "记录 0123456789abcdef"), ==, pages);
  g_assert_cmpuint (count (text, last), ==, 1);
  g_assert_nonnull (strstr (text, "名字")); /* the end of the long one */
  g_assert_nonnull (strstr (text, "摄影师签字"));
}

static void same_bytes (void)
{
  GBytes *files[2];
  for (int i = 0; i < 2; i++) {
    g_autoptr (LanmuSheet) sheet = new_sheet ();
    g_autoptr (GPtrArray) rows = make_rows (20);
    lanmu_sheet_facts (sheet, (const char *[]){ "应到", "60", "实到", "58", "缺拍", "2", "收费", "58 × 15 元", NULL });
    lanmu_sheet_paragraph (sheet, "第一行\n第二行");
    lanmu_sheet_table (sheet, COLUMNS, G_N_ELEMENTS (COLUMNS), rows);
    files[i] = lanmu_sheet_finish (sheet, NULL);
  }
  g_assert_cmpuint (g_bytes_get_size (files[0]), >, 1000);
  g_assert_true (g_bytes_equal (files[0], files[1]));
  g_bytes_unref (files[0]);
  g_bytes_unref (files[1]);
}

/* A portrait of noise, of the right number of bytes. */
static GBytes *make_portrait (void)
{
  g_autoptr (LanmuProfile) profile = lanmu_profile_find (LANMU_PROFILE_DEFAULT, NULL, NULL);
  gsize n = (gsize) profile->width * (gsize) profile->height * 3;
  g_autofree guint8 *rgb = g_malloc (n);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  LanmuEncoded out = { NULL };
  int least = 0, most = 0;
  for (gsize i = 0; i < n; i++)
    rgb[i] = (guint8) (120 + g_rand_int_range (rand, 0, 10));
  g_assert_true (lanmu_encode_portrait (rgb, profile, &out, &least, &most));
  return out.bytes;
}

/* A picture's bytes stand in the file as they were. */
static void gallery (void)
{
  g_autoptr (LanmuSheet) sheet = new_sheet ();
  g_autoptr (GBytes) jpeg = make_portrait ();
  gsize size, file_size;
  const char *data = g_bytes_get_data (jpeg, &size);
  LanmuSheetPicture pictures[45];
  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    pictures[i] = (LanmuSheetPicture){ i == 3 ? NULL : jpeg, 480, 640, "李四", "6318 0903 0112", i == 5 ? "补拍" : "" };
  lanmu_sheet_gallery (sheet, 6, pictures, G_N_ELEMENTS (pictures));
  g_assert_cmpuint (lanmu_sheet_get_pages (sheet), ==, 2);
  g_autoptr (GBytes) file = lanmu_sheet_finish (sheet, NULL);
  const char *bytes = g_bytes_get_data (file, &file_size);
  g_assert_nonnull (memmem (bytes, file_size, data, size));
}

static void not_over_another (void)
{
  g_autoptr (LanmuSheet) sheet = new_sheet ();
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("lanmu-sheet-XXXXXX", NULL), *path = g_build_filename (folder, "a.pdf", NULL);
  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  g_assert_false (lanmu_sheet_save (sheet, path, FALSE, &error));
  g_assert_error (error, LANMU_SHEET_ERROR, LANMU_SHEET_ERROR_EXISTS);
  g_autofree char *kept = NULL;
  g_assert_true (g_file_get_contents (path, &kept, NULL, NULL));
  g_assert_cmpstr (kept, ==, "mine");
  g_assert_true (lanmu_sheet_save (sheet, path, TRUE, NULL));
  unlink (path);
  rmdir (folder);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/table", table);
  g_test_add_func ("/sheet/same-bytes", same_bytes);
  g_test_add_func ("/sheet/gallery", gallery);
  g_test_add_func ("/sheet/not-over-another", not_over_another);
  return g_test_run ();
}
