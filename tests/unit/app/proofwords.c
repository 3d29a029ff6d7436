/* The strength of a proof in words: every combination has a sentence, and nothing that lacks the time counts as more
 * than weak. */
#include "app/proofwords.h"

#include <string.h>

static const struct {
  const char *proof;
  LanmuProofStrength strength;
  const char *sentence;
} CASES[] = {
    {"size,decode,new,time,serial,number,window", LANMU_PROOF_STRONG, "Proof strong"},
    {"size,decode,new,time,serial,number", LANMU_PROOF_STRONG, "Proof strong"}, /* pressed on the body */
    {"size,decode,new,time,serial,window", LANMU_PROOF_STRONG, "Proof strong"}, /* the first file of a camera */
    {"size,decode,new,time,number,window", LANMU_PROOF_FAIR, "Proof without: camera's serial number"},
    {"size,decode,new,time", LANMU_PROOF_FAIR, "Proof without: camera's serial number, order of the files"},
    {"size,decode,new,serial,number,window", LANMU_PROOF_WEAK, "Proof without: time of exposure"},
    {"decode,new,time,serial,number", LANMU_PROOF_WEAK, "Proof without: size by the camera's word"},
    {"new", LANMU_PROOF_WEAK,
     "Proof without: time of exposure, size by the camera's word, whole picture, camera's serial number, order of the "
     "files"},
};

static void test_words (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autofree char *sentence = lanmu_proof_sentence (CASES[i].proof);
    g_assert_cmpint (lanmu_proof_strength (CASES[i].proof), ==, CASES[i].strength);
    g_assert_cmpstr (sentence, ==, CASES[i].sentence);
  }
  g_assert_cmpint (lanmu_proof_strength (NULL), ==, LANMU_PROOF_WEAK);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/proofwords", test_words);
  return g_test_run ();
}
