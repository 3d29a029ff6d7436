/* The tables of ui/advice.h. A sentence says what is, then what to do; it never blames and never names a function. The
 * camera's and the store's sentences are those of app/sentence.h. */
#include "ui/advice.h"
#include "app/sentence.h"

#include <glib/gi18n.h>

static const LanmuAdvice BACKDROPS[] = {
    [LANMU_BACKDROP_REASON_NOT_FOUND] = {N_ ("No backdrop"), N_ ("Turn the camera to the blue backdrop")},
    [LANMU_BACKDROP_REASON_INCOMPLETE] = {N_ ("Something in the backdrop"), N_ ("Clear the backdrop around the head")},
    [LANMU_BACKDROP_REASON_WRONG_COLOUR] = {N_ ("Backdrop colour off"), N_ ("Check white balance and backdrop")},
    [LANMU_BACKDROP_REASON_UNEVEN_LEFT] = {N_ ("Left side darker"), N_ ("Move the left lamp closer or turn it up")},
    [LANMU_BACKDROP_REASON_UNEVEN_RIGHT] = {N_ ("Right side darker"), N_ ("Move the right lamp closer or turn it up")},
    [LANMU_BACKDROP_REASON_UNEVEN_TOP] = {N_ ("Top darker"), N_ ("Raise the lamps")},
    [LANMU_BACKDROP_REASON_UNEVEN_BOTTOM] = {N_ ("Bottom darker"), N_ ("Lower the lamps")},
    [LANMU_BACKDROP_REASON_SHADOW] = {N_ ("Shadow on the backdrop"), N_ ("Move the student away from the backdrop")},
};

static const LanmuAdvice REFUSALS[] = {
    [LANMU_STATION_ERROR_NOT_BOUND] = {N_ ("Nobody is before the camera"),
                                       N_ ("press Enter for the next student, or scan a number")},
    [LANMU_STATION_ERROR_NO_STUDENT] = {N_ ("This number is not in the list"), N_ ("find the student by name with F")},
    [LANMU_STATION_ERROR_BUSY] = {N_ ("A picture is on its way"), N_ ("wait until it is here")},
    [LANMU_STATION_ERROR_NO_CAMERA] = {N_ ("The camera is not ready"), N_ ("wait for the live picture")},
    [LANMU_STATION_ERROR_DISK_FULL] = {N_ ("The disk is full"), N_ ("make room, then go on: nothing is lost")},
    [LANMU_STATION_ERROR_NO_TAKE] = {N_ ("There is no picture yet"), N_ ("take one with Space")},
    [LANMU_STATION_ERROR_END_OF_QUEUE] = {N_ ("Nobody is waiting any more"),
                                          N_ ("scan or find a number to call somebody back")},
    [LANMU_STATION_ERROR_NOTHING_TO_UNDO] = {N_ ("There is nothing to undo"), NULL},
    [LANMU_STATION_ERROR_BAD_TOKEN] = {N_ ("The code is empty"), N_ ("scan it again")},
    [LANMU_STATION_ERROR_STORE] = {N_ ("The database refused"), N_ ("look at the disk, then try again")},
    [LANMU_STATION_ERROR_STOPPED] = {N_ ("The station is closing"), NULL},
    [LANMU_STATION_ERROR_NOT_COUNTERSIGNED] = {N_ ("The counselor has not confirmed this person"),
                                               N_ ("compare person and record, then press C")},
    [LANMU_STATION_ERROR_HELD] = {N_ ("This student is held back"), N_ ("ask the counselor why")},
    [LANMU_STATION_ERROR_CODE_NOT_ABSENT] = {N_ ("Who shows a code is not absent"), N_ ("skip with S instead")},
};

static const LanmuAdvice DESK_REFUSALS[] = {
    [LANMU_DESK_ERROR_NOBODY] = {N_ ("Nobody is signed in"), N_ ("sign in first: F6, or a card")},
    [LANMU_DESK_ERROR_ROLE] = {N_ ("Your role may not do this"),
                               N_ ("somebody who may signs in for it with F6")},
    [LANMU_DESK_ERROR_OTHER_CLASS] = {N_ ("This is a student of another counselor's class"),
                                      N_ ("call that counselor or an administrator")},
    [LANMU_DESK_ERROR_WRONG] = {N_ ("The name or the PIN is wrong"), N_ ("try again")},
    [LANMU_DESK_ERROR_UNKNOWN_CARD] = {N_ ("This card is nobody's on the staff list"),
                                       N_ ("sign in with F6 and a PIN")},
};

static LanmuAdvice look_up (const LanmuAdvice *table, gsize n, guint code)
{
  LanmuAdvice advice = {NULL, NULL};
  if (code < n && table[code].what != NULL)
    advice.what = _ (table[code].what);
  if (code < n && table[code].todo != NULL)
    advice.todo = _ (table[code].todo);
  return advice;
}

LanmuAdvice lanmu_advice_for_trouble (LanmuTrouble trouble)
{
  LanmuAdvice advice = {NULL, NULL};
  g_autoptr (GError) error = g_error_new_literal (LANMU_CAMERA_ERROR, (int) trouble, "");
  if (trouble != LANMU_TROUBLE_NONE)
    advice.what = lanmu_sentence_brief (error);
  if (advice.what == error->message) /* not in the table, and about to be freed */
    advice.what = _ ("The camera reports a fault; look at its display.");
  return advice;
}

LanmuAdvice lanmu_advice_for_backdrop (LanmuBackdropReason reason)
{
  return look_up (BACKDROPS, G_N_ELEMENTS (BACKDROPS), reason);
}

LanmuAdvice lanmu_advice_for_error (const GError *error)
{
  LanmuAdvice advice = {NULL, NULL};
  if (error->domain == LANMU_STATION_ERROR)
    advice = look_up (REFUSALS, G_N_ELEMENTS (REFUSALS), error->code);
  else if (error->domain == LANMU_CAMERA_ERROR)
    advice = lanmu_advice_for_trouble (error->code);
  else if (error->domain == LANMU_DESK_ERROR)
    advice = look_up (DESK_REFUSALS, G_N_ELEMENTS (DESK_REFUSALS), error->code);
  if (advice.what == NULL)
    advice.what = lanmu_sentence_brief (error);
  return advice;
}

const char *lanmu_advice_camera_word (LanmuCameraState state)
{
  static const char *const words[] = {
      [LANMU_CAMERA_STOPPED] = N_ ("off"),        [LANMU_CAMERA_SEARCHING] = N_ ("searching"),
      [LANMU_CAMERA_OPENING] = N_ ("connecting"), [LANMU_CAMERA_LIVE] = N_ ("ready"),
      [LANMU_CAMERA_BUSY] = N_ ("working"),       [LANMU_CAMERA_LOST] = N_ ("reconnecting"),
  };
  return state < G_N_ELEMENTS (words) ? _ (words[state]) : "";
}
