/* Checks in a photographer's words: one short sentence each, translated. Pure; after lanmu_i18n_init; any thread. */
#pragma once

#include "capture/checks/check.h"

G_BEGIN_DECLS

const char *lanmu_check_title (LanmuCheckId id); /* "Eyes open", translated, static */

/* What is wrong and what to do, translated, static; by the check's name and its `why`. For an OK check: "". */
const char *lanmu_check_sentence (LanmuCheckId id, LanmuVerdict verdict, const char *why);

/* "0.12 (at least 0.22)", "84 px (50–110)": measure and limit, translated. Full. */
char *lanmu_check_figures (const LanmuCheck *check);

const char *lanmu_verdict_title (LanmuVerdict verdict); /* "ok" "warning" …, translated, static */

/* The sentences of all checks that failed, joined; full, "" when none did. */
char *lanmu_checks_failed_sentence (const LanmuInspection *inspection);

G_END_DECLS
