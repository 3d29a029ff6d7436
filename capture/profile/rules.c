/* Which values of a profile exclude each other. A standard nobody can meet would fail every student of the day: it is
 * refused when it is read. */
#include "capture/profile/keys.h"

#include <math.h>
#include <string.h>

static gboolean refuse (const int *lines, const char *section, const char *name, int *line, char **reason, char *why)
{
  *line = lines[lanmu_keys_find (section, name)];
  *reason = why;
  return FALSE;
}

static gboolean file_agrees (const LanmuProfile *p, const int *lines, int *line, char **reason)
{
  if (p->bytes_min >= p->bytes_max)
    return refuse (lines, "file", "bytes-max", line, reason,
                   g_strdup_printf ("no file has at least %d and at most %d bytes", p->bytes_min, p->bytes_max));
  if (p->quality_min > p->quality_max)
    return refuse (lines, "file", "quality-min", line, reason,
                   g_strdup_printf ("quality-min %d is above quality-max %d", p->quality_min, p->quality_max));
  return TRUE;
}

/* The part of `template` between the braces at `open`; NULL: they are not closed. */
static char *placeholder_at (const char *open)
{
  const char *close = strchr (open, '}');
  return close != NULL ? g_strndup (open + 1, (gsize) (close - open - 1)) : NULL;
}

static gboolean is_placeholder (const char *word)
{
  static const char *const known[] = {"student_no", "id_no", "exam_no", "class", "name", "sequence", NULL};
  return word != NULL && g_strv_contains (known, word);
}

static gboolean names_agree (const LanmuProfile *p, const int *lines, int *line, char **reason)
{
  gboolean identifies = FALSE;
  for (const char *open = strchr (p->file_name, '{'); open != NULL; open = strchr (open + 1, '{')) {
    g_autofree char *word = placeholder_at (open);
    if (!is_placeholder (word))
      return refuse (lines, "file", "name", line, reason,
                     g_strdup_printf ("{%s} is not one of {student_no} {id_no} {exam_no} {class} {name} {sequence}",
                                      word != NULL ? word : open + 1));
    identifies |= !g_str_equal (word, "class") && !g_str_equal (word, "name");
  }
  if (!identifies)
    return refuse (
        lines, "file", "name", line, reason,
        g_strdup ("two students would get one file name: use {student_no}, {id_no}, {exam_no} or {sequence}"));
  if (strpbrk (p->file_name, "/\\:*?\"<>|") != NULL)
    return refuse (lines, "file", "name", line, reason, g_strdup ("a file name cannot hold / \\ : * ? \" < > |"));
  if (p->extension[0] != '.' ||
      (g_ascii_strcasecmp (p->extension, ".jpg") != 0 && g_ascii_strcasecmp (p->extension, ".jpeg") != 0))
    return refuse (lines, "file", "extension", line, reason,
                   g_strdup ("the extension must be .JPG, .jpg, .JPEG or .jpeg"));
  return TRUE;
}

/* Crown above eyes, everything inside the picture, and some head must fit: of usual heads the eyes lie 0.55 to 1.15
 * face widths below the crown. */
static gboolean bands_agree (const LanmuProfile *p, const int *lines, int *line, char **reason)
{
  if (p->eyes.high >= p->height)
    return refuse (lines, "placement", "eyes", line, reason,
                   g_strdup_printf ("the eyes would be below the picture: %g of %d pixels", p->eyes.high, p->height));
  if (p->face.high > p->width)
    return refuse (
        lines, "placement", "face-width", line, reason,
        g_strdup_printf ("the face would be wider than the picture: %g of %d pixels", p->face.high, p->width));
  if (p->crown.low >= p->eyes.high)
    return refuse (lines, "placement", "crown", line, reason, g_strdup ("the crown would be below the eyes"));
  double least = p->eyes.low - p->crown.high, most = p->eyes.high - p->crown.low;
  if (most < 0.55 * p->face.low || least > 1.15 * p->face.high)
    return refuse (lines, "placement", "face-width", line, reason,
                   g_strdup_printf ("no head fits: a face %g to %g wide has its eyes 0.55 to 1.15 of that below the "
                                    "crown, the bands leave %g to %g",
                                    p->face.low, p->face.high, MAX (least, 0), most));
  return TRUE;
}

static gboolean limits_agree (const LanmuProfile *p, const int *lines, int *line, char **reason)
{
  for (int i = 0; i < LANMU_N_CHECKS; i++) {
    const LanmuCheckKind *kind = lanmu_check_kind ((LanmuCheckId) i);
    const LanmuProfileLimit *limit = &p->limits[i];
    if (kind->sense == LANMU_CHECK_IN_BAND || isnan (limit->warn))
      continue;
    gboolean above = kind->sense == LANMU_CHECK_BAD_ABOVE;
    if (above ? limit->warn > limit->fail : limit->warn < limit->fail)
      return refuse (lines, "checks", kind->name, line, reason,
                     g_strdup_printf ("it would fail before it warns: warn %g must not be %s fail %g", limit->warn,
                                      above ? "above" : "below", limit->fail));
  }
  return TRUE;
}

gboolean lanmu_profile_agrees (const LanmuProfile *profile, const int *lines, int *line, char **reason)
{
  return file_agrees (profile, lines, line, reason) && names_agree (profile, lines, line, reason) &&
         bands_agree (profile, lines, line, reason) && limits_agree (profile, lines, line, reason);
}
