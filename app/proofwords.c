/* See proofwords.h. */
#include "app/proofwords.h"

#include <glib/gi18n.h>

/* A picture pressed on the body has no release of ours to lie in, so "window" is never missed; "new" and "decode" have
 * every shot that was attached. */
static const struct {
  const char *part, *missing;
} PARTS[] = {
    {"time", N_ ("time of exposure")},         {"size", N_ ("size by the camera's word")},
    {"decode", N_ ("whole picture")},          {"new", N_ ("never seen before")},
    {"serial", N_ ("camera's serial number")}, {"number", N_ ("order of the files")},
};

static gboolean has (char **words, const char *part)
{
  return g_strv_contains ((const char *const *) words, part);
}

LanmuProofStrength lanmu_proof_strength (const char *proof)
{
  g_auto (GStrv) words = g_strsplit (proof != NULL ? proof : "", ",", -1);
  gboolean bytes = has (words, "size") && has (words, "decode") && has (words, "new");

  if (!bytes || !has (words, "time"))
    return LANMU_PROOF_WEAK;
  return has (words, "serial") && (has (words, "number") || has (words, "window")) ? LANMU_PROOF_STRONG
                                                                                   : LANMU_PROOF_FAIR;
}

char *lanmu_proof_sentence (const char *proof)
{
  g_auto (GStrv) words = g_strsplit (proof != NULL ? proof : "", ",", -1);
  g_autoptr (GPtrArray) missing = g_ptr_array_new ();

  if (lanmu_proof_strength (proof) == LANMU_PROOF_STRONG)
    return g_strdup (_ ("Proof strong"));
  for (gsize i = 0; i < G_N_ELEMENTS (PARTS); i++)
    if (!has (words, PARTS[i].part))
      g_ptr_array_add (missing, (gpointer) _ (PARTS[i].missing));
  g_ptr_array_add (missing, NULL);
  /* TRANSLATORS: between the parts of a list */
  g_autofree char *list = g_strjoinv (_ (", "), (char **) missing->pdata);
  return g_strdup_printf (_ ("Proof without: %s"), list);
}
