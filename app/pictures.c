/* See pictures.h. */
#include "app/pictures.h"

#include "capture/picture/filebytes.h"
#include "db/vault.h"

void lanmu_pictures_init (void)
{
  lanmu_file_bytes_set_opener (lanmu_vault_open_file);
}
