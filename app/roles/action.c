/* The table of roles; see action.h. Pure. */
#include "app/roles/action.h"

#include "app/i18n.h"

typedef struct {
  const char *word;
  const char *description;
  LanmuMay may[LANMU_N_ROLES];
} Rule;

#define NO  LANMU_MAY_NOT
#define OWN LANMU_MAY_OWN
#define YES LANMU_MAY

/* clang-format off */
static const Rule rules[LANMU_N_ACTIONS] = {
                               /*                                                                     photographer  counselor  administrator */
  [LANMU_ACTION_CALL]        = {"call",        N_ ("call a student, skip, undo the last step"),        {YES,          OWN,       YES}},
  [LANMU_ACTION_SHOOT]       = {"shoot",       N_ ("shoot and retake"),                                {YES,          NO,        YES}},
  [LANMU_ACTION_ACCEPT]      = {"accept",      N_ ("choose the take"),                                 {YES,          NO,        YES}},
  [LANMU_ACTION_ABSENT]      = {"absent",      N_ ("mark absent or present"),                          {YES,          OWN,       YES}},
  [LANMU_ACTION_COUNTERSIGN] = {"countersign", N_ ("confirm or refuse that person and record agree"),  {NO,           OWN,       YES}},
  [LANMU_ACTION_LIFT]        = {"lift",        N_ ("let a held student back into the queue"),          {NO,           OWN,       YES}},
  [LANMU_ACTION_TRAY]        = {"tray",        N_ ("assign or discard pictures without an owner"),     {NO,           OWN,       YES}},
  [LANMU_ACTION_REPAIR]      = {"repair",      N_ ("repair a slip"),                                   {NO,           OWN,       YES}},
  [LANMU_ACTION_CORRECT]     = {"correct",     N_ ("write correction slips, add walk-ins"),            {NO,           OWN,       YES}},
  [LANMU_ACTION_REVEAL]      = {"reveal",      N_ ("see names and numbers in full"),                   {NO,           OWN,       YES}},
  [LANMU_ACTION_LISTS]       = {"lists",       N_ ("print absent lists and contact sheets"),           {NO,           OWN,       YES}},
  [LANMU_ACTION_CLOSE]       = {"close",       N_ ("close a class"),                                   {NO,           OWN,       YES}},
  [LANMU_ACTION_SET_UP]      = {"set-up",      N_ ("change settings"),                                 {NO,           NO,        YES}},
  [LANMU_ACTION_IMPORT]      = {"import",      N_ ("import student lists"),                            {NO,           NO,        YES}},
  [LANMU_ACTION_DELIVER]     = {"deliver",     N_ ("hand pictures and data over"),                     {NO,           NO,        YES}},
  [LANMU_ACTION_STAFF]       = {"staff",       N_ ("change names, roles and PINs"),                    {NO,           NO,        YES}},
  [LANMU_ACTION_PURGE]       = {"purge",       N_ ("delete the campaign's data"),                      {NO,           NO,        YES}},
  [LANMU_ACTION_LEAVE]       = {"leave",       N_ ("leave full screen, quit"),                         {NO,           NO,        YES}},
};
/* clang-format on */

LanmuMay lanmu_role_may (LanmuRole role, LanmuAction action)
{
  g_return_val_if_fail (role < LANMU_N_ROLES && action < LANMU_N_ACTIONS, LANMU_MAY_NOT);
  return rules[action].may[role];
}

const char *lanmu_action_to_string (LanmuAction action)
{
  g_return_val_if_fail (action < LANMU_N_ACTIONS, NULL);
  return rules[action].word;
}

const char *lanmu_action_describe (LanmuAction action)
{
  g_return_val_if_fail (action < LANMU_N_ACTIONS, NULL);
  return rules[action].description;
}
