/* lanmuctl sample: a list of nobody, for demos and training. Needs no campaign. */
#include "app/ctl/ctl.h"

#include "app/sample.h"

int lanmu_ctl_sample (LanmuCtl *ctl, int argc, char **argv)
{
  int code, students = 60, classes = 2, seed = 1;
  g_auto (GStrv) rest = NULL;
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
      {"students", 0, 0, G_OPTION_ARG_INT, &students, _ ("how many (60)"), "N"},
      {"classes", 0, 0, G_OPTION_ARG_INT, &classes, _ ("in how many classes (2)"), "N"},
      {"seed", 0, 0, G_OPTION_ARG_INT, &seed, _ ("another number, other names"), "N"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 1, &rest, &code))
    return code;
  if (students < 1 || students > LANMU_SAMPLE_MAX || classes < 1 || classes > students)
    return lanmu_ctl_misuse (ctl, "sample", _ ("--students is 1 to %d, --classes at most as many."), LANMU_SAMPLE_MAX);
  g_autofree char *csv = lanmu_sample_csv ((guint) students, (guint) classes, (guint32) seed);
  if (rest[0] == NULL)
    lanmu_ctl_print ("%s", csv);
  else if (!g_file_set_contents (rest[0], csv, -1, &error))
    return lanmu_ctl_fail (ctl, error);
  return LANMU_CTL_DONE;
}
