/* How strong the proof of a stored shot is, for people: which evidence of app/judge.h it has, and what is missing, in
 * words. Pure; after lanmu_i18n_init. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_PROOF_STRONG, /* bytes, time of exposure and body all agree */
  LANMU_PROOF_FAIR, /* identity is proved by time; what this camera does not tell (serial, order of files) is missing */
  LANMU_PROOF_WEAK, /* the time of exposure is not proved: it rests on the release alone, or on a person's word */
} LanmuProofStrength;

/* proof: the words stored with the shot, "size,decode,new,time,…"; NULL = none. */
LanmuProofStrength lanmu_proof_strength (const char *proof);

/* "Proof strong", or "Proof without: camera's serial number". Full, translated. */
char *lanmu_proof_sentence (const char *proof);

G_END_DECLS
