/* The brands as data, and the few values whose wording must be understood. Pure. */
#include "capture/host/brand.h"

#include "capture/deadlines.h"

#include <stdlib.h>
#include <string.h>

static const LanmuSettingName nikon_settings[] = {
    {"iso", {"iso"}},
    {"shutter", {"shutterspeed2", "shutterspeed"}},
    {"aperture", {"f-number", "aperture"}},
    {"whitebalance", {"whitebalance"}},
    {"quality", {"imagequality", "imageformat"}},
    {"size", {"imagesize"}},
    {"target", {"capturetarget"}},
    {"focus", {"focusmode2", "focusmode"}},
    {"afdrive", {"autofocusdrive"}},
    {"drive", {"capturemode"}},
    {"battery", {"batterylevel"}},
    {"shotsleft", {"availableshots"}},
    {"datetime", {"datetime"}},
    {"serial", {"serialnumber"}},
    {"model", {"cameramodel"}},
    {"prohibit", {"liveviewprohibit"}},
    {NULL, {NULL}},
};

static const LanmuSettingName canon_settings[] = {
    {"iso", {"iso"}},
    {"shutter", {"shutterspeed"}},
    {"aperture", {"aperture", "f-number"}},
    {"whitebalance", {"whitebalance"}},
    {"quality", {"imageformat", "imagequality"}},
    {"target", {"capturetarget"}},
    {"focus", {"focusmode"}},
    {"afdrive", {"autofocusdrive"}},
    {"drive", {"drivemode"}},
    {"battery", {"batterylevel"}},
    {"shotsleft", {"availableshots"}},
    {"datetime", {"datetime", "datetimeutc"}},
    {"serial", {"eosserialnumber", "serialnumber"}},
    {"model", {"cameramodel"}},
    {NULL, {NULL}},
};

static const LanmuSettingName other_settings[] = {
    {"iso", {"iso"}},
    {"shutter", {"shutterspeed", "shutterspeed2"}},
    {"aperture", {"f-number", "aperture"}},
    {"whitebalance", {"whitebalance"}},
    {"quality", {"imagequality", "imageformat"}},
    {"size", {"imagesize"}},
    {"target", {"capturetarget"}},
    {"focus", {"focusmode"}},
    {"afdrive", {"autofocusdrive", "autofocus"}},
    {"drive", {"capturemode", "drivemode"}},
    {"battery", {"batterylevel"}},
    {"shotsleft", {"availableshots"}},
    {"datetime", {"datetime"}},
    {"serial", {"serialnumber"}},
    {"model", {"cameramodel"}},
    {NULL, {NULL}},
};

static const LanmuBrand brands[] = {
    {.name = "nikon",
     .maker_part = "nikon",
     .polls_free = TRUE,
     .media_name = "recordingmedia",
     .media_card = "Card",
     .release_ms = LANMU_RELEASE_MS,
     .settings = nikon_settings},
    {.name = "canon",
     .maker_part = "canon",
     .polls_free = TRUE,
     .clock_is_fixed = TRUE,
     .waits_for_live = TRUE,
     .release_ms = LANMU_RELEASE_MS,
     .settings = canon_settings},
    {.name = "other", .settings = other_settings},
};

const LanmuBrand *lanmu_brand_for_maker (const char *maker)
{
  g_autofree char *lower = g_ascii_strdown (maker != NULL ? maker : "", -1);
  const LanmuBrand *brand = brands;
  while (brand->maker_part != NULL && strstr (lower, brand->maker_part) == NULL)
    brand++;
  return brand;
}

const char *const *lanmu_brand_names (const LanmuBrand *self, const char *neutral)
{
  for (const LanmuSettingName *setting = self->settings; setting->neutral != NULL; setting++)
    if (strcmp (setting->neutral, neutral) == 0)
      return setting->names;
  return NULL;
}

void lanmu_quality_parse (const char *value, gboolean *jpeg, gboolean *raw)
{
  g_autofree char *lower = g_ascii_strdown (value, -1);
  *raw = strstr (lower, "raw") != NULL || strstr (lower, "nef") != NULL;
  gboolean named = strstr (lower, "jpeg") != NULL || strstr (lower, "jpg") != NULL || strstr (lower, "fine") != NULL ||
                   strstr (lower, "normal") != NULL || strstr (lower, "basic") != NULL;
  *jpeg = named || (*raw && strchr (lower, '+') != NULL) || !*raw;
}

guint lanmu_shutter_parse (const char *value)
{
  g_autofree char *lower = g_ascii_strdown (value, -1);
  char *end = NULL;
  if (strstr (lower, "bulb") != NULL || strstr (lower, "time") != NULL)
    return LANMU_BULB_MS;
  double seconds = g_ascii_strtod (lower, &end);
  if (end == lower)
    return 0;
  double divisor = *end == '/' ? g_ascii_strtod (end + 1, NULL) : 1;
  if (!(seconds > 0) || !(divisor > 0))
    return 0;
  return (guint) CLAMP (seconds / divisor * 1000 + 0.999, 1, LANMU_BULB_MS);
}

guint lanmu_timer_parse (const char *value)
{
  g_autofree char *lower = g_ascii_strdown (value, -1);
  if (strstr (lower, "timer") == NULL)
    return 0;
  const char *digit = lower + strcspn (lower, "0123456789");
  guint64 seconds = g_ascii_strtoull (digit, NULL, 10);
  return seconds > 0 && seconds < LANMU_TIMER_MS / 1000 ? (guint) seconds * 1000 : LANMU_TIMER_MS;
}

int lanmu_battery_parse (const char *value)
{
  if (g_ascii_isdigit (value[0]))
    return CLAMP (atoi (value), 0, 100);
  if (g_ascii_strcasecmp (value, "low") == 0)
    return LANMU_BATTERY_LOW;
  return -1;
}
