/* lanmuctl verify --card: what lies on the memory card, and what each object is to us. */
#include "app/ctl/card.h"

#include "capture/camerafile.h"
#include "db/cardfiles.h"

typedef struct {
  guint counts[LANMU_CARD_UNREADABLE + 1];
  guint unknown;
} Card;

static void say_unknown (LanmuCtl *ctl, LanmuFindingFunc say, const LanmuCameraFile *file)
{
  g_autofree char *path = g_build_filename (file->folder, file->name, NULL);
  g_autofree char *message =
      g_strdup_printf ("%s on the card is unknown to the records: run `lanmuctl reconcile`, which looks into it.", path);
  const LanmuFinding finding = {
      .kind = "unexplained_object", .broken = TRUE, .student_no = "", .shot = "", .ticket = "", .path = path, .message = message};
  say (&finding, ctl);
}

static void count (LanmuCtl *ctl, GHashTable *known, const LanmuCameraFile *file, LanmuFindingFunc say, Card *card)
{
  g_autofree char *key = lanmu_card_file_key (file->folder, file->name, (gint64) file->size);
  gpointer value = NULL;
  if (!g_hash_table_lookup_extended (known, key, NULL, &value)) {
    card->unknown++;
    say_unknown (ctl, say, file);
    return;
  }
  guint state = GPOINTER_TO_UINT (value) - 1;
  if (state < G_N_ELEMENTS (card->counts))
    card->counts[state]++;
}

static void print_counts (const LanmuCtl *ctl, const Card *card, const char *serial)
{
  if (ctl->json)
    lanmu_ctl_print ("{\"card\":\"%s\",\"shot\":%u,\"raw\":%u,\"foreign\":%u,\"duplicate\":%u,\"unreadable\":%u,\"unexplained\":%u}\n", serial,
                     card->counts[LANMU_CARD_SHOT], card->counts[LANMU_CARD_RAW], card->counts[LANMU_CARD_FOREIGN], card->counts[LANMU_CARD_DUPLICATE],
                     card->counts[LANMU_CARD_UNREADABLE], card->unknown);
  else
    lanmu_ctl_print (_ ("Card of body %s: shots %u, RAW %u, from before %u, duplicates %u, unreadable %u, unexplained %u.\n"), serial,
                     card->counts[LANMU_CARD_SHOT], card->counts[LANMU_CARD_RAW], card->counts[LANMU_CARD_FOREIGN], card->counts[LANMU_CARD_DUPLICATE],
                     card->counts[LANMU_CARD_UNREADABLE], card->unknown);
}

gboolean lanmu_ctl_verify_card (LanmuCtl *ctl, LanmuDb *db, LanmuFindingFunc say, LanmuVerified *out, int *code)
{
  g_autofree char *serial = NULL;
  g_autoptr (GError) error = NULL;
  Card card = {0};
  g_autoptr (GPtrArray) files = lanmu_ctl_read_card (ctl, &serial, code);
  g_autoptr (GHashTable) known = files != NULL ? lanmu_card_files_known (db, serial, &error) : NULL;
  if (files != NULL && known == NULL)
    *code = lanmu_ctl_fail (ctl, error);
  if (known == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    count (ctl, known, g_ptr_array_index (files, i), say, &card);
  print_counts (ctl, &card, serial);
  out->broken += card.unknown;
  return TRUE;
}
