/* lanmuctl tune: the limits this campaign's own chosen and passed-over shots speak for, as lines to put into a profile.
 * Changes nothing. */
#include "app/ctl/standard.h"

#include "app/standard/profiles.h"
#include "app/standard/tuning.h"
#include "db/inspections.h"
#include <math.h>

typedef struct {
  GArray *accepted[LANMU_N_CHECKS], *rejected[LANMU_N_CHECKS];
} Measures;

static gboolean take_measure (const char *name, double measure, gboolean chosen, gpointer data)
{
  Measures *measures = data;
  LanmuCheckId id;
  if (lanmu_check_find (name, &id))
    g_array_append_val (chosen ? measures->accepted[id] : measures->rejected[id], measure);
  return TRUE;
}

static char *limit_text (const LanmuProfileLimit *limit)
{
  char warn[G_ASCII_DTOSTR_BUF_SIZE], fail[G_ASCII_DTOSTR_BUF_SIZE];
  if (isnan (limit->warn))
    return g_strdup ("off");
  g_ascii_formatd (warn, sizeof warn, "%g", limit->warn);
  g_ascii_formatd (fail, sizeof fail, "%g", limit->fail);
  return g_strdup_printf ("warn %s fail %s", warn, fail);
}

static void print_json (const LanmuTuning *t)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *now = limit_text (&t->now), *advised = limit_text (&t->advised);
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "check", lanmu_check_kind (t->id)->name);
  lanmu_ctl_json_int (builder, "accepted", t->accepted);
  lanmu_ctl_json_int (builder, "rejected", t->rejected);
  lanmu_ctl_json_string (builder, "now", now);
  lanmu_ctl_json_string (builder, "advised", isnan (t->advised.warn) ? "" : advised);
  lanmu_ctl_json_int (builder, "accepted_warned", t->accepted_warned);
  lanmu_ctl_json_int (builder, "rejected_warned", t->rejected_warned);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

/* Lines of a profile: what is not one is a comment. */
static void print_line (const LanmuTuning *t)
{
  const char *name = lanmu_check_kind (t->id)->name;
  g_autofree char *now = limit_text (&t->now), *advised = limit_text (&t->advised);
  if (isnan (t->advised.warn))
    lanmu_ctl_print (_ ("# %s: only %u accepted pictures with a measure, %d are needed; it stays %s\n"), name,
                     t->accepted, LANMU_TUNING_LEAST, now);
  else {
    lanmu_ctl_print (_ ("# now %s; of %u accepted pictures %u would be warned about, of %u passed over %u\n"), now,
                     t->accepted, t->accepted_warned, t->rejected, t->rejected_warned);
    lanmu_ctl_print ("%s = %s\n", name, advised);
  }
}

static void tune_all (LanmuCtl *ctl, const Measures *measures, const LanmuProfile *profile)
{
  if (!ctl->json)
    lanmu_ctl_print (_ ("# From this campaign's pictures; put what you agree with into a copy of “%s” (lanmuctl "
                        "profile copy).\n[checks]\n"),
                     profile->name);
  for (int i = 0; i < LANMU_N_CHECKS; i++) {
    LanmuTuning tuning;
    if (lanmu_check_kind ((LanmuCheckId) i)->sense == LANMU_CHECK_IN_BAND || i == LANMU_CHECK_PERSONS)
      continue; /* the standard's own numbers are nobody's to tune */
    lanmu_tune ((LanmuCheckId) i, measures->accepted[i], measures->rejected[i], profile->limits[i], &tuning);
    if (ctl->json)
      print_json (&tuning);
    else
      print_line (&tuning);
  }
}

int lanmu_ctl_tune (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  Measures measures;
  g_autoptr (GError) error = NULL;
  if (!lanmu_ctl_parse (ctl, argc, argv, NULL, 0, 0, NULL, &code))
    return code;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (LanmuProfile) profile = lanmu_profile_of_campaign (db, &error);
  for (int i = 0; i < LANMU_N_CHECKS; i++) {
    measures.accepted[i] = g_array_new (FALSE, FALSE, sizeof (double));
    measures.rejected[i] = g_array_new (FALSE, FALSE, sizeof (double));
  }
  if (profile != NULL && lanmu_inspections_measures (db, take_measure, &measures, &error))
    tune_all (ctl, &measures, profile);
  for (int i = 0; i < LANMU_N_CHECKS; i++) {
    g_array_unref (measures.accepted[i]);
    g_array_unref (measures.rejected[i]);
  }
  return error != NULL ? lanmu_ctl_fail (ctl, error) : LANMU_CTL_DONE;
}
