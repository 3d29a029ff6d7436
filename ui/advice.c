/* The tables of ui/advice.h. A sentence says what is, then what to do; it never blames and never names a function. */
#include "ui/advice.h"

#include <glib/gi18n.h>

static const LanmuAdvice TROUBLES[] = {
  [LANMU_TROUBLE_NO_CAMERA] = { N_ ("No camera found"), N_ ("switch it on and check the USB cable") },
  [LANMU_TROUBLE_SEVERAL_CAMERAS] = { N_ ("More than one camera is connected"), N_ ("unplug the others, or start with --camera usb:serial=NUMBER") },
  [LANMU_TROUBLE_CLAIMED] = { N_ ("Another program holds the camera"), N_ ("close photo managers and file windows of the camera") },
  [LANMU_TROUBLE_CABLE] = { N_ ("The connection to the camera broke"), N_ ("check the cable and both plugs") },
  [LANMU_TROUBLE_TIMEOUT] = { N_ ("Camera does not answer"), N_ ("check the cable; switch the camera off and on if it lasts") },
  [LANMU_TROUBLE_HUNG] = { N_ ("Camera hangs and is being connected anew"), N_ ("switch the camera off and on if it lasts") },
  [LANMU_TROUBLE_CRASHED] = { N_ ("The camera program stopped and is being started anew"), N_ ("just wait a moment") },
  [LANMU_TROUBLE_BUSY] = { N_ ("Camera is busy"), N_ ("wait a moment; close menus on the camera") },
  [LANMU_TROUBLE_NO_FOCUS] = { N_ ("Camera found no focus, no picture was taken"), N_ ("aim at the face and shoot again") },
  [LANMU_TROUBLE_CARD_FULL] = { N_ ("The memory card is full"), N_ ("put in an empty card; keep the full one") },
  [LANMU_TROUBLE_NO_CARD] = { N_ ("No memory card in the camera"), N_ ("put a card in") },
  [LANMU_TROUBLE_BATTERY] = { N_ ("The camera's battery is empty"), N_ ("change the battery") },
  [LANMU_TROUBLE_TOO_HOT] = { N_ ("The camera is too hot for live view"), N_ ("let it rest; shooting by its own button still works") },
  [LANMU_TROUBLE_NO_PICTURE] = { N_ ("The shutter was released but no picture came"), N_ ("shoot again; a late picture will be kept apart") },
  [LANMU_TROUBLE_OTHER_BODY] = { N_ ("This is another camera than before"), N_ ("connect the first one, or restart to change cameras") },
  [LANMU_TROUBLE_OTHER] = { N_ ("The camera reports a fault"), N_ ("look at its display; switch it off and on") },
};

static const LanmuAdvice BACKDROPS[] = {
  [LANMU_BACKDROP_REASON_NOT_FOUND] = { N_ ("No backdrop"), N_ ("Turn the camera to the blue backdrop") },
  [LANMU_BACKDROP_REASON_INCOMPLETE] = { N_ ("Something in the backdrop"), N_ ("Clear the backdrop around the head") },
  [LANMU_BACKDROP_REASON_WRONG_COLOUR] = { N_ ("Backdrop colour off"), N_ ("Check white balance and backdrop") },
  [LANMU_BACKDROP_REASON_UNEVEN_LEFT] = { N_ ("Left side darker"), N_ ("Move the left lamp closer or turn it up") },
  [LANMU_BACKDROP_REASON_UNEVEN_RIGHT] = { N_ ("Right side darker"), N_ ("Move the right lamp closer or turn it up") },
  [LANMU_BACKDROP_REASON_UNEVEN_TOP] = { N_ ("Top darker"), N_ ("Raise the lamps") },
  [LANMU_BACKDROP_REASON_UNEVEN_BOTTOM] = { N_ ("Bottom darker"), N_ ("Lower the lamps") },
  [LANMU_BACKDROP_REASON_SHADOW] = { N_ ("Shadow on the backdrop"), N_ ("Move the student away from the backdrop") },
};

static const LanmuAdvice REFUSALS[] = {
  [LANMU_STATION_ERROR_NOT_BOUND] = { N_ ("Nobody is before the camera"), N_ ("press Enter for the next student, or scan a number") },
  [LANMU_STATION_ERROR_NO_STUDENT] = { N_ ("This number is not in the list"), N_ ("find the student by name with F") },
  [LANMU_STATION_ERROR_BUSY] = { N_ ("A picture is on its way"), N_ ("wait until it is here") },
  [LANMU_STATION_ERROR_NO_CAMERA] = { N_ ("The camera is not ready"), N_ ("wait for the live picture") },
  [LANMU_STATION_ERROR_DISK_FULL] = { N_ ("The disk is full"), N_ ("make room, then go on: nothing is lost") },
  [LANMU_STATION_ERROR_NO_TAKE] = { N_ ("There is no picture yet"), N_ ("take one with Space") },
  [LANMU_STATION_ERROR_END_OF_QUEUE] = { N_ ("Nobody is waiting any more"), N_ ("scan or find a number to call somebody back") },
  [LANMU_STATION_ERROR_NOTHING_TO_UNDO] = { N_ ("There is nothing to undo"), NULL },
  [LANMU_STATION_ERROR_BAD_TOKEN] = { N_ ("The code is empty"), N_ ("scan it again") },
  [LANMU_STATION_ERROR_STORE] = { N_ ("The database refused"), N_ ("look at the disk, then try again") },
  [LANMU_STATION_ERROR_STOPPED] = { N_ ("The station is closing"), NULL },
};

static LanmuAdvice
look_up (const LanmuAdvice *table, gsize n, guint code)
{
  LanmuAdvice advice = { NULL, NULL };
  if (code < n && table[code].what != NULL)
    advice.what = _ (table[code].what);
  if (code < n && table[code].todo != NULL)
    advice.todo = _ (table[code].todo);
  return advice;
}

LanmuAdvice
lanmu_advice_for_trouble (LanmuTrouble trouble)
{
  return look_up (TROUBLES, G_N_ELEMENTS (TROUBLES), trouble);
}

LanmuAdvice
lanmu_advice_for_backdrop (LanmuBackdropReason reason)
{
  return look_up (BACKDROPS, G_N_ELEMENTS (BACKDROPS), reason);
}

LanmuAdvice
lanmu_advice_for_error (const GError *error)
{
  LanmuAdvice advice = { NULL, NULL };
  if (error->domain == LANMU_STATION_ERROR)
    advice = look_up (REFUSALS, G_N_ELEMENTS (REFUSALS), error->code);
  else if (error->domain == LANMU_CAMERA_ERROR)
    advice = lanmu_advice_for_trouble (error->code);
  if (advice.what == NULL)
    advice.what = error->message;
  return advice;
}

const char *
lanmu_advice_camera_word (LanmuCameraState state)
{
  static const char *const words[] = {
    [LANMU_CAMERA_STOPPED] = N_ ("off"),   [LANMU_CAMERA_SEARCHING] = N_ ("searching"), [LANMU_CAMERA_OPENING] = N_ ("connecting"),
    [LANMU_CAMERA_LIVE] = N_ ("ready"),    [LANMU_CAMERA_BUSY] = N_ ("working"),        [LANMU_CAMERA_LOST] = N_ ("reconnecting"),
  };
  return state < G_N_ELEMENTS (words) ? _ (words[state]) : "";
}
