/* Is every file there, whole, and somebody's? Part of verify. Reads every picture once. */
#include "app/verify/verifying.h"

#include <string.h>

#include "db/vault.h"

static void check_bytes (LanmuVerifying *self, const LanmuSubject *subject, const char *path, const char *sha256,
                         gint64 size)
{
  g_autoptr (GError) error = NULL;
  gint64 is_size = 0;
  g_autofree char *is = lanmu_vault_sum (self->dir, path, &is_size, &error);
  if (g_error_matches (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW)) {
    lanmu_verify_say (self, "missing_file", TRUE, subject,
                      "The file %s is not there; get it back from the backup or the card.", path);
    return;
  }
  if (is == NULL) {
    lanmu_verify_say (self, "unreadable_file", TRUE, subject, "The file %s cannot be read: %s.", path, error->message);
    return;
  }
  self->out->files++;
  self->out->bytes += is_size;
  if (is_size != size)
    lanmu_verify_say (self, "changed_file", TRUE, subject,
                      "The file %s has %" G_GINT64_FORMAT " bytes, its row says %" G_GINT64_FORMAT ".", path, is_size,
                      size);
  else if (!g_str_equal (is, sha256))
    lanmu_verify_say (self, "changed_file", TRUE, subject,
                      "The bytes of %s are not those that were stored (SHA-256 differs).", path);
  if (self->sealed && !lanmu_vault_is_sealed (self->dir, path))
    lanmu_verify_say (self, "plain_file", TRUE, subject, "The file %s is not sealed: run `lanmuctl seal on`.", path);
}

static void check_place (LanmuVerifying *self, const LanmuSubject *subject, const LanmuShotRow *shot)
{
  const char *place = shot->state == LANMU_SHOT_ATTACHED ? "shots/" : "quarantine/";
  if (!g_str_has_prefix (shot->path, place))
    lanmu_verify_say (self, "wrong_place", TRUE, subject, "Shot %s is %s, but its file lies at %s.", shot->id,
                      lanmu_shot_state_to_string (shot->state), shot->path);
}

/* A file without a row: on its way while a station runs (its ticket is open, or the row came meanwhile), else a stray.
 */
static gboolean is_on_its_way (LanmuVerifying *self, const char *id)
{
  g_autoptr (LanmuTicketRow) ticket = lanmu_ticket_get (self->db, id, NULL);
  if (ticket != NULL && ticket->state == LANMU_TICKET_OPEN)
    return TRUE;
  g_autoptr (LanmuShotRow) shot = g_hash_table_contains (self->shots, id) ? NULL : lanmu_shot_get (self->db, id, NULL);
  return shot != NULL;
}

/* RAW siblings are called after their ticket too. */
static char *ticket_of (const char *id)
{
  return g_str_has_suffix (id, "-raw") ? g_strndup (id, strlen (id) - 4) : g_strdup (id);
}

static gboolean check_strays (LanmuVerifying *self, LanmuVaultPlace place, GHashTable *known, GError **error)
{
  g_autoptr (GPtrArray) files = lanmu_vault_list (self->dir, place, error);
  if (files == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++) {
    const LanmuVaultFile *file = g_ptr_array_index (files, i);
    g_autofree char *ticket = ticket_of (file->id);
    const LanmuSubject subject = {.shot = g_hash_table_lookup (self->shots, ticket), .path = file->path};
    if (g_hash_table_contains (known, file->path) || is_on_its_way (self, ticket))
      continue;
    if (place == LANMU_VAULT_INCOMING)
      lanmu_verify_say (self, "leftover_part", FALSE, &subject,
                        "%s is left over from a transfer whose ticket has ended; the next start clears it up.",
                        file->path);
    else
      lanmu_verify_say (self, "stray_file", TRUE, &subject,
                        "The file %s belongs to no shot; start the station, which looks at it again.", file->path);
  }
  return TRUE;
}

gboolean lanmu_verify_files (LanmuVerifying *self, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < self->shot_list->len; i++) {
    LanmuShotRow *shot = g_ptr_array_index (self->shot_list, i);
    const LanmuSubject subject = {.shot = shot};
    g_hash_table_add (known, shot->path);
    check_place (self, &subject, shot);
    check_bytes (self, &subject, shot->path, shot->sha256, shot->size);
    if (*shot->raw_path == '\0')
      continue;
    const LanmuSubject raw = {.shot = shot, .path = shot->raw_path};
    g_hash_table_add (known, shot->raw_path);
    check_bytes (self, &raw, shot->raw_path, shot->raw_sha256, shot->raw_size);
  }
  return check_strays (self, LANMU_VAULT_SHOTS, known, error) &&
         check_strays (self, LANMU_VAULT_QUARANTINE, known, error) &&
         check_strays (self, LANMU_VAULT_INCOMING, known, error);
}
