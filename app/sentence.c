/* Error → sentence; see sentence.h. Pure; any thread. */
#include "app/sentence.h"

#include <gio/gio.h>
#include <string.h>

#include "app/i18n.h"
#include "app/station.h"
#include "capture/camera.h"
#include "capture/picture/error.h"
#include "capture/portrait/portrait.h"
#include "db/error.h"

static const char *const store_sentences[] = {
    [LANMU_DB_ERROR_FAILED] = N_ ("The database could not do this; look at the details and run `lanmuctl doctor`."),
    [LANMU_DB_ERROR_IN_USE] = N_ ("Another program has this data folder open; close it, or use another folder."),
    [LANMU_DB_ERROR_READ_ONLY] =
        N_ ("The data folder may not be written; change its permissions, or use another folder."),
    [LANMU_DB_ERROR_FULL] = N_ ("The disk is full; free some space, nothing that was shot is lost."),
    [LANMU_DB_ERROR_IO] =
        N_ ("The disk answered with an error; check that it is plugged in and healthy, and that the folder is there."),
    [LANMU_DB_ERROR_CORRUPT] =
        N_ ("The database is damaged or not one of Lanmu's; `lanmuctl restore` brings a copy back."),
    [LANMU_DB_ERROR_NEWER] =
        N_ ("The database was written by a newer version of Lanmu; install that version. Nothing was changed."),
    [LANMU_DB_ERROR_NOT_FOUND] = N_ ("There is no campaign in this data folder; make one with `lanmuctl init`."),
    [LANMU_DB_ERROR_NO_ROW] = N_ ("No such student, ticket or shot; check the number."),
    [LANMU_DB_ERROR_EXISTS] = N_ ("It is there already; nothing was changed."),
    [LANMU_DB_ERROR_CONSTRAINT] = N_ ("The database's own rules refuse this; nothing was changed. Please report it."),
    [LANMU_DB_ERROR_CLOSED] =
        N_ ("This campaign is sealed and not opened; give its passphrase. Nothing was changed."),
    [LANMU_DB_ERROR_PASSPHRASE] = N_ ("The passphrase is wrong; nothing was opened or changed."),
    [LANMU_DB_ERROR_STOPPED] = N_ ("It was stopped; nothing was changed."),
    [LANMU_DB_ERROR_REFUSED] = N_ ("This is not allowed now; nothing was changed."),
};

static const char *const camera_sentences[] = {
    [LANMU_TROUBLE_NONE] = N_ ("The camera is ready."),
    [LANMU_TROUBLE_NO_CAMERA] = N_ ("No camera was found; plug in the cable and switch the camera on."),
    [LANMU_TROUBLE_SEVERAL_CAMERAS] =
        N_ ("More than one camera is connected; unplug the others, or name one by usb:serial=…."),
    [LANMU_TROUBLE_CLAIMED] =
        N_ ("Another program holds the camera; close it (file manager, photo import), then plug the camera in again."),
    [LANMU_TROUBLE_CABLE] = N_ ("The connection to the camera broke; check the cable and the power."),
    [LANMU_TROUBLE_TIMEOUT] = N_ ("The camera does not answer; check that it is on, then the cable."),
    [LANMU_TROUBLE_HUNG] = N_ ("The camera hung and its driver was restarted; wait a moment."),
    [LANMU_TROUBLE_CRASHED] = N_ ("The camera's driver stopped and was started again; wait a moment."),
    [LANMU_TROUBLE_BUSY] = N_ ("The camera stays busy; leave its menus and playback, or switch it off and on."),
    [LANMU_TROUBLE_NO_FOCUS] =
        N_ ("The camera found no focus and did not release; aim at the face, or set the lens to manual."),
    [LANMU_TROUBLE_CARD_FULL] = N_ ("The memory card is full; change it. What was shot stays on it."),
    [LANMU_TROUBLE_NO_CARD] = N_ ("There is no memory card in the camera; put one in."),
    [LANMU_TROUBLE_BATTERY] = N_ ("The camera's battery is empty; change it."),
    [LANMU_TROUBLE_TOO_HOT] = N_ ("The camera is too hot; let it cool down."),
    [LANMU_TROUBLE_NO_PICTURE] =
        N_ ("The camera released, but no picture came; look at the card before shooting again."),
    [LANMU_TROUBLE_CARD_CHANGED] =
        N_ ("The memory card was changed; keep the old one until every picture of it is accounted for."),
    [LANMU_TROUBLE_OTHER_BODY] = N_ ("Another camera is connected than the one asked for; check the serial number."),
    [LANMU_TROUBLE_OTHER] = N_ ("The camera refused; look at its display."),
};

static const char *const picture_sentences[] = {
    [LANMU_PICTURE_ERROR_NOT_JPEG] = N_ ("This is no JPEG picture; use the file the camera wrote."),
    [LANMU_PICTURE_ERROR_TRUNCATED] = N_ ("The end of the picture is missing; fetch it from the card again."),
    [LANMU_PICTURE_ERROR_DAMAGED] = N_ ("The picture is damaged; fetch it from the card again."),
    [LANMU_PICTURE_ERROR_TOO_LARGE] = N_ ("The picture is larger than any camera's; it was not read."),
    [LANMU_PICTURE_ERROR_UNSUPPORTED] =
        N_ ("This kind of picture is not written by cameras (CMYK, lossless, 12 bits, or strange colours); save it as an "
            "ordinary sRGB JPEG."),
    [LANMU_PICTURE_ERROR_IO] = N_ ("The file cannot be read; check its name and the disk."),
};

static const char *const profile_sentences[] = {
    [LANMU_PROFILE_ERROR_SYNTAX] = N_ ("A line of the photo standard cannot be read; correct it in the file."),
    [LANMU_PROFILE_ERROR_UNKNOWN] = N_ ("The photo standard has a word that does not exist or stands there twice; correct it in the file."),
    [LANMU_PROFILE_ERROR_VALUE] = N_ ("A value of the photo standard is not possible; correct it in the file."),
    [LANMU_PROFILE_ERROR_MISSING] = N_ ("The photo standard lacks something; add it in the file."),
    [LANMU_PROFILE_ERROR_CONTRADICTION] = N_ ("No photograph can meet this photo standard; correct it in the file."),
    [LANMU_PROFILE_ERROR_NOT_FOUND] = N_ ("There is no photo standard of that name; `lanmuctl profile list` shows those there are."),
    [LANMU_PROFILE_ERROR_IO] = N_ ("The photo standard's file cannot be read; check its name and the disk."),
};

static const char *from_table (const char *const *table, gsize n, int code)
{
  return code >= 0 && (gsize) code < n && table[code] != NULL ? table[code] : NULL;
}

static const char *file_sentence (int code)
{
  switch (code) {
  case G_IO_ERROR_NOT_FOUND:
    return N_ ("The file is not there; check its name.");
  case G_IO_ERROR_PERMISSION_DENIED:
    return N_ ("The file may not be read or written; check its permissions.");
  case G_IO_ERROR_NO_SPACE:
    return N_ ("The disk is full; free some space.");
  case G_IO_ERROR_IS_DIRECTORY:
    return N_ ("This is a folder, a file is needed.");
  default:
    return NULL;
  }
}

static const char *sentence_of (const GError *error)
{
  if (error->domain == LANMU_DB_ERROR)
    return from_table (store_sentences, G_N_ELEMENTS (store_sentences), error->code);
  if (error->domain == LANMU_CAMERA_ERROR)
    return from_table (camera_sentences, G_N_ELEMENTS (camera_sentences), error->code);
  if (error->domain == LANMU_PICTURE_ERROR)
    return from_table (picture_sentences, G_N_ELEMENTS (picture_sentences), error->code);
  if (error->domain == LANMU_PROFILE_ERROR)
    return from_table (profile_sentences, G_N_ELEMENTS (profile_sentences), error->code);
  if (error->domain == LANMU_PORTRAIT_ERROR)
    return N_ ("No JPEG quality gives a file of the size the photo standard wants; look at its bytes-min and bytes-max.");
  if (error->domain == G_IO_ERROR)
    return file_sentence (error->code);
  return NULL;
}

const char *lanmu_sentence_for_trouble (int trouble)
{
  const char *known = from_table (camera_sentences, G_N_ELEMENTS (camera_sentences), trouble);
  return known != NULL ? known : camera_sentences[LANMU_TROUBLE_OTHER];
}

static gboolean is_ended (const char *text)
{
  static const char *const ends[] = {".", "!", "?", "…", "。", "！", "？", "）", ")"};
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (g_str_has_suffix (text, ends[i]))
      return TRUE;
  return *text == '\0';
}

const char *lanmu_sentence_brief (const GError *error)
{
  const char *known = sentence_of (error);
  return known != NULL ? _ (known) : error->message;
}

/* Libraries put line breaks into their messages (SQLite's integrity check does): one sentence is one line. */
static char *in_one_line (const char *message)
{
  g_auto (GStrv) lines = g_strsplit_set (message, "\r\n", -1);
  return g_strstrip (g_strjoinv (" ", lines));
}

char *lanmu_sentence_new (const GError *error)
{
  const char *known = sentence_of (error);
  g_autofree char *details = in_one_line (error->message);
  const char *end = is_ended (details) ? "" : ".";
  if (known == NULL || g_str_equal (known, _ (known)))
    return g_strconcat (*details != '\0' ? details : known != NULL ? known : "", end, NULL);
  /* TRANSLATORS: a sentence, then the English original with its details */
  return g_strdup_printf (_ ("%s (%s%s)"), _ (known), details, end);
}

const char *lanmu_sentence_kind (const GError *error)
{
  if (error->domain == LANMU_DB_ERROR)
    return lanmu_db_error_to_string (error->code);
  if (error->domain == LANMU_CAMERA_ERROR)
    return lanmu_trouble_to_string (error->code);
  if (error->domain == LANMU_STATION_ERROR)
    return lanmu_station_error_kind (error->code);
  if (error->domain == LANMU_PICTURE_ERROR)
    return lanmu_picture_error_kind (error->code);
  if (error->domain == LANMU_PROFILE_ERROR)
    return lanmu_profile_error_kind (error->code);
  if (error->domain == LANMU_PORTRAIT_ERROR)
    return "window";
  if (error->domain == G_IO_ERROR && error->code == G_IO_ERROR_NOT_FOUND)
    return "not_found";
  return "failed";
}
