/* File names of a delivery and its manifest: every rule of the headers, on values made up here. */
#include "app/delivery/manifest.h"
#include "app/delivery/template.h"
#include "tests/unit/app/fixture.h"

#include <string.h>

static LanmuDeliverable person (const char *class_name, const char *student_no, const char *name)
{
  LanmuDeliverable self = {0};
  for (guint i = 0; i < LANMU_DELIVER_N_FIELDS; i++)
    self.fields[i] = (char *) "";
  self.fields[LANMU_DELIVER_CLASS] = (char *) class_name;
  self.fields[LANMU_DELIVER_STUDENT_NO] = (char *) student_no;
  self.fields[LANMU_DELIVER_NAME] = (char *) name;
  return self;
}

static char *name_of (const char *text, const LanmuDeliverable *who, int *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuTemplate) template = lanmu_template_new (text, &error);
  char *path = template ? lanmu_template_apply (template, who, ".jpg", &error) : NULL;
  *code = -1;
  if (error) {
    g_assert_true (error->domain == LANMU_TEMPLATE_ERROR);
    *code = error->code;
  }
  return path;
}

static void test_names (void)
{
  static const struct {
    const char *text, *name, *path; /* path NULL: refused with the code */
    int code;
  } cases[] = {
      {"{class}/{student_no}", "x", "1班/007.jpg", -1},
      {"{班级}/{学号}-{姓名}", "阿里·买买提", "1班/007-阿里·买买提.jpg", -1},
      {"{name}", "𠮷野", "𠮷野.jpg", -1},
      {"{name}", "a/b", NULL, LANMU_TEMPLATE_ERROR_CHARACTER},
      {"{name}", "a\\b", NULL, LANMU_TEMPLATE_ERROR_CHARACTER},
      {"{name}", "a?", NULL, LANMU_TEMPLATE_ERROR_CHARACTER},
      {"{name}", "a\nb", NULL, LANMU_TEMPLATE_ERROR_CHARACTER},
      {"{name}", "", NULL, LANMU_TEMPLATE_ERROR_EMPTY},
      {"{name}", "..", NULL, LANMU_TEMPLATE_ERROR_NAME},
      {"{name}/x", "..", NULL, LANMU_TEMPLATE_ERROR_NAME},
      {"{name}/x", "a.", NULL, LANMU_TEMPLATE_ERROR_NAME},
      {"{name}/x", "a ", NULL, LANMU_TEMPLATE_ERROR_NAME},
      {"{name}", "Con", NULL, LANMU_TEMPLATE_ERROR_NAME},
      {"{name}", "com1.old", NULL, LANMU_TEMPLATE_ERROR_NAME},
      {"../{name}", "a", NULL, LANMU_TEMPLATE_ERROR_NAME},
      {"{id_no}", "a", NULL, LANMU_TEMPLATE_ERROR_EMPTY},
      {"{nam}", "a", NULL, LANMU_TEMPLATE_ERROR_FIELD},
      {"{name", "a", NULL, LANMU_TEMPLATE_ERROR_SYNTAX},
      {"name}", "a", NULL, LANMU_TEMPLATE_ERROR_SYNTAX},
      {"", "a", NULL, LANMU_TEMPLATE_ERROR_SYNTAX},
      {"/{name}", "a", NULL, LANMU_TEMPLATE_ERROR_SYNTAX},
      {"{name}/", "a", NULL, LANMU_TEMPLATE_ERROR_SYNTAX},
      {"{class}//{name}", "a", NULL, LANMU_TEMPLATE_ERROR_SYNTAX},
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    LanmuDeliverable who = person ("1班", "007", cases[i].name);
    int code;
    g_autofree char *path = name_of (cases[i].text, &who, &code);
    g_test_message ("%s with “%s”", cases[i].text, cases[i].name);
    g_assert_cmpstr (path, ==, cases[i].path);
    g_assert_cmpint (code, ==, cases[i].code);
  }
}

/* 255 UTF-16 units: a character beyond the first plane counts twice. */
static void test_long_names (void)
{
  g_autoptr (GString) name = g_string_new (NULL);
  for (guint i = 0; i < 125; i++)
    g_string_append (name, "𠮷");
  LanmuDeliverable who = person ("1", "1", name->str);
  int code;
  g_autofree char *fits = name_of ("{name}", &who, &code); /* 250 + ".jpg" */
  g_assert_nonnull (fits);
  g_string_append (name, "𠮷");
  who.fields[LANMU_DELIVER_NAME] = name->str;
  g_autofree char *does_not = name_of ("{name}", &who, &code);
  g_assert_null (does_not);
  g_assert_cmpint (code, ==, LANMU_TEMPLATE_ERROR_NAME);
}

static void test_fold (void)
{
  g_autofree char *a = lanmu_template_fold ("Jos\u00e9/A.JPG"), *b = lanmu_template_fold ("Jose\u0301/a.jpg"), *c = lanmu_template_fold ("jose/a.jpg");
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
}

#define SUM "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void test_manifest (void)
{
  g_autoptr (LanmuManifest) made = lanmu_manifest_new ();
  g_autoptr (GError) error = NULL;
  lanmu_manifest_add (made, "b/二.jpg", SUM);
  lanmu_manifest_add (made, "a.jpg", SUM);
  g_autoptr (GBytes) bytes = lanmu_manifest_to_bytes (made);
  g_autoptr (LanmuManifest) read = lanmu_manifest_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (read->lines->len, ==, 2);
  g_assert_cmpstr (lanmu_manifest_find (read, "b/二.jpg")->sha256, ==, SUM);
  g_assert_null (lanmu_manifest_find (read, "b/"));
}

static void test_bad_manifests (void)
{
  static const char *const texts[] = {
      "x\n", SUM "\n", SUM "  \n", SUM " a\n", SUM "  /etc/passwd\n", SUM "  ../a\n", SUM "  a/../../b\n", SUM "  a//b\n", SUM "  .\n", SUM "  a\\b\n",
      SUM "  a\n" SUM "  a\n", "\xff\xfe", "0" SUM "  a\n",
  };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (LanmuManifest) read = lanmu_manifest_parse (texts[i], strlen (texts[i]), &error);
    g_assert_null (read);
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/delivery/names", test_names);
  g_test_add_func ("/delivery/names/long", test_long_names);
  g_test_add_func ("/delivery/names/fold", test_fold);
  g_test_add_func ("/delivery/manifest", test_manifest);
  g_test_add_func ("/delivery/manifest/bad", test_bad_manifests);
  return g_test_run ();
}
