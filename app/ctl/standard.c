/* See standard.h. */
#include "app/ctl/standard.h"

#include "app/standard/profiles.h"
#include "capture/picture/filebytes.h"
#include "capture/picture/shotfacts.h"
#include "db/datadir.h"

static LanmuProfile *campaign_profile (LanmuCtl *ctl, GError **error)
{
  g_autofree char *path = g_build_filename (ctl->data_dir, LANMU_DATADIR_DATABASE, NULL);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return lanmu_profile_find (LANMU_PROFILE_DEFAULT, NULL, error);
  g_autoptr (LanmuDb) db = lanmu_db_open (ctl->data_dir, LANMU_DB_READ_ONLY, error);
  return db != NULL ? lanmu_profile_of_campaign (db, error) : NULL;
}

LanmuProfile *lanmu_ctl_take_profile (LanmuCtl *ctl, const char *name, int *code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *own = lanmu_profiles_dir (ctl->data_dir);
  LanmuProfile *profile = name != NULL ? lanmu_profile_find (name, own, &error) : campaign_profile (ctl, &error);
  if (profile == NULL)
    *code = lanmu_ctl_fail (ctl, error);
  return profile;
}

guint8 *lanmu_ctl_read_picture (const char *path, gsize *size, GError **error)
{
  return lanmu_file_bytes_read_path (path, LANMU_SHOT_MAX_BYTES, size, error);
}
