/* Who may do what at a station: one table, here and in lanmu(1) (a test holds the two against each other; `lanmuctl staff table` prints it). Pure; any thread.
 *
 * The photographer works the camera and the queue; the counselor answers for who a person is, in the own classes only; the administrator answers for the campaign. What decides
 * whose a picture is (tray, repair, countersign) is never the photographer's: the one who presses the shutter is not the one who vouches for the name. */
#pragma once

#include "db/staff.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_ACTION_CALL,       /* call a student, skip, take back the last step */
  LANMU_ACTION_SHOOT,      /* release the shutter, retake */
  LANMU_ACTION_ACCEPT,     /* choose the take */
  LANMU_ACTION_ABSENT,     /* mark absent or present */
  LANMU_ACTION_COUNTERSIGN,/* confirm or refuse person = record */
  LANMU_ACTION_LIFT,       /* lift a hold */
  LANMU_ACTION_TRAY,       /* assign or discard a picture that waits for its owner */
  LANMU_ACTION_REPAIR,     /* slip repair, and its undoing */
  LANMU_ACTION_CORRECT,    /* correction slip, walk-in */
  LANMU_ACTION_REVEAL,     /* names and numbers in full */
  LANMU_ACTION_LISTS,      /* absent lists, contact sheets */
  LANMU_ACTION_CLOSE,      /* close and reopen a class */
  LANMU_ACTION_SET_UP,     /* settings, camera settings, profile */
  LANMU_ACTION_IMPORT,     /* student lists, schedules */
  LANMU_ACTION_DELIVER,    /* hand pictures and data over */
  LANMU_ACTION_STAFF,      /* names, roles, PINs */
  LANMU_ACTION_PURGE,      /* delete the campaign's data */
  LANMU_ACTION_LEAVE,      /* leave full screen, quit */
  LANMU_N_ACTIONS,
} LanmuAction;

typedef enum {
  LANMU_MAY_NOT,
  LANMU_MAY_OWN, /* for students of the own classes */
  LANMU_MAY,
} LanmuMay;

LanmuMay lanmu_role_may (LanmuRole role, LanmuAction action);
const char *lanmu_action_to_string (LanmuAction action);   /* "call" "shoot" …: stable words */
const char *lanmu_action_describe (LanmuAction action);    /* English, static; show it through _() */

G_END_DECLS
