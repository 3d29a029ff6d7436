/* Runs a fuzz target over seeded mutations of its seeds: the same inputs every time, so that a failure is found again by its round.
 *
 *   fuzz-NAME [--rounds N] [--seed S] [--only ROUND] [--save FILE] [--write-seeds DIR] [FILE…]
 *
 * FILEs are run as they are and are further seeds. --only runs one round, --save writes its input,
 * --write-seeds makes the seed corpus of a libFuzzer and ends. A crash names its round on standard error.
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "tests/fuzz/fuzz.h"

static int rounds = 30000, seed = 1, only = -1;
static char *save_path, *seeds_dir;
static char **files;
static volatile sig_atomic_t current;

static const GOptionEntry options[] = {
    {"rounds", 0, 0, G_OPTION_ARG_INT, &rounds, "Mutated inputs to run", "N"},
    {"seed", 0, 0, G_OPTION_ARG_INT, &seed, "Of the mutations", "S"},
    {"only", 0, 0, G_OPTION_ARG_INT, &only, "Run this round alone", "ROUND"},
    {"save", 0, 0, G_OPTION_ARG_FILENAME, &save_path, "Write the input of --only", "FILE"},
    {"write-seeds", 0, 0, G_OPTION_ARG_FILENAME, &seeds_dir, "Write the seeds as files into this folder and end", "DIR"},
    {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &files, NULL, NULL},
    {NULL},
};

static void tell_round (int number)
{
  char text[64] = "fuzz: stopped in round ";
  gsize end = strlen (text);
  for (int left = current, place = 1000000; place > 0; left %= place, place /= 10)
    text[end++] = (char) ('0' + left / place % 10);
  text[end++] = '\n';
  if (write (STDERR_FILENO, text, end) < 0)
    _exit (2);
  signal (number, SIG_DFL);
  raise (number);
}

static guint any (GRand *random, guint below)
{
  return below > 1 ? (guint) g_rand_int_range (random, 0, (gint32) below) : 0;
}

static void overwrite (GByteArray *input, GRand *random, guint width)
{
  static const guint32 telling[] = {0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000u, 0xfffffff0u, 0xffffffffu};
  if (input->len < width)
    return;
  guint32 value = telling[any (random, G_N_ELEMENTS (telling))];
  if (any (random, 2))
    value = GUINT32_SWAP_LE_BE (value) >> (32 - 8 * width);
  memcpy (input->data + any (random, input->len - width + 1), &value, width);
}

static void move_block (GByteArray *input, GRand *random)
{
  guint from = any (random, input->len), to = any (random, input->len);
  guint length = any (random, MIN (input->len - from, input->len - to));
  memmove (input->data + to, input->data + from, length);
}

static void splice (GByteArray *input, GRand *random, GBytes *other)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (other, &size);
  guint at = any (random, (guint) size + 1);
  g_byte_array_set_size (input, any (random, input->len + 1));
  g_byte_array_append (input, data + at, (guint) size - at);
}

static void mutate (GByteArray *input, GRand *random, GPtrArray *seeds)
{
  if (input->len == 0)
    return;
  switch (any (random, 9)) {
  case 0:
  case 1:
    input->data[any (random, input->len)] ^= (guint8) (1u << any (random, 8));
    break;
  case 2:
    input->data[any (random, input->len)] = (guint8) any (random, 256);
    break;
  case 3:
    overwrite (input, random, 2);
    break;
  case 4:
    overwrite (input, random, 4);
    break;
  case 5:
    g_byte_array_set_size (input, any (random, input->len + 1));
    break;
  case 6:
    move_block (input, random);
    break;
  case 7:
    g_byte_array_remove_range (input, any (random, input->len), 1);
    break;
  default:
    splice (input, random, seeds->pdata[any (random, seeds->len)]);
  }
}

static void run_round (int round, GPtrArray *seeds)
{
  g_autoptr (GRand) random = g_rand_new_with_seed_array ((guint32[]){(guint32) seed, (guint32) round}, 2);
  gsize size;
  const guint8 *data = g_bytes_get_data (seeds->pdata[any (random, seeds->len)], &size);
  g_autoptr (GByteArray) input = g_byte_array_append (g_byte_array_new (), data, (guint) size);
  for (guint left = 1u << any (random, 5); left > 0; left--)
    mutate (input, random, seeds);
  if (save_path != NULL && !g_file_set_contents (save_path, (const char *) input->data, input->len, NULL))
    g_printerr ("fuzz: cannot write %s\n", save_path);
  /* a copy of its exact size, so that a sanitizer sees a read past the end */
  g_autofree guint8 *exact = g_memdup2 (input->data, MAX (input->len, 1));
  current = round;
  LLVMFuzzerTestOneInput (exact, input->len);
}

static gboolean add_files (GPtrArray *seeds)
{
  for (char **file = files; file != NULL && *file != NULL; file++) {
    char *text;
    gsize size;
    g_autoptr (GError) error = NULL;
    if (!g_file_get_contents (*file, &text, &size, &error)) {
      g_printerr ("fuzz: %s\n", error->message);
      return FALSE;
    }
    g_ptr_array_add (seeds, g_bytes_new_take (text, size));
  }
  return TRUE;
}

static int write_seeds (GPtrArray *seeds)
{
  for (guint i = 0; i < seeds->len; i++) {
    g_autofree char *name = g_strdup_printf ("seed-%u", i);
    g_autofree char *path = g_build_filename (seeds_dir, name, NULL);
    gsize size;
    const char *data = g_bytes_get_data (seeds->pdata[i], &size);
    g_autoptr (GError) error = NULL;
    if (!g_file_set_contents (path, data, (gssize) size, &error)) {
      g_printerr ("fuzz: %s\n", error->message);
      return 2;
    }
  }
  return 0;
}

static void run_all (GPtrArray *seeds)
{
  for (guint i = 0; i < seeds->len; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (seeds->pdata[i], &size);
    LLVMFuzzerTestOneInput (data, size);
  }
  for (int round = 0; round < rounds; round++)
    run_round (round, seeds);
}

int main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new ("[FILE…]");
  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("fuzz: %s\n", error->message);
    return 2;
  }
  g_autoptr (GPtrArray) seeds = fuzz_seeds ();
  if (!add_files (seeds))
    return 2;
  if (seeds_dir != NULL)
    return write_seeds (seeds);
  signal (SIGABRT, tell_round);
  signal (SIGSEGV, tell_round);
  signal (SIGBUS, tell_round);
  printf ("1..1\n");
  if (only >= 0)
    run_round (only, seeds);
  else
    run_all (seeds);
  printf ("ok 1 - %d rounds over %u seeds\n", only >= 0 ? 1 : rounds, seeds->len);
  return 0;
}
