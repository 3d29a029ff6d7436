/* What a fuzz target gives: libFuzzer's entry, and seeds made in code. With gcc the runner of replay.c drives it (a short seeded round of every suite run);
 * configured with CC=clang and -Db_lundef=false, libFuzzer itself does (build/tests/fuzz/libfuzzer-NAME; with -Dc_args=-fsanitize=fuzzer-no-link it sees the paths taken). */
#pragma once

#include <glib.h>

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size); /* 0; must hold its own invariants by g_assert */
GPtrArray *fuzz_seeds (void);                                /* GBytes * */
