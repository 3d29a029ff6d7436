/* Classification of the library's errors as two tables, by text first, then by code. Pure. */
#include "capture/host/errors.h"

#include <string.h>
#include <gphoto2/gphoto2.h>

typedef struct {
  const char *part; /* lower case */
  LanmuFault fault;
} TextRule;

typedef struct {
  int code;
  LanmuFault fault;
} CodeRule;

#define FAULT(t)                                                                                                       \
  {                                                                                                                    \
    LANMU_TROUBLE_##t, FALSE                                                                                           \
  }
#define BROKEN(t)                                                                                                      \
  {                                                                                                                    \
    LANMU_TROUBLE_##t, TRUE                                                                                            \
  }

/* First match wins: a broken line explains whatever else was said. */
static const TextRule text_rules[] = {
    {"ptp timeout", BROKEN (TIMEOUT)},
    {"ptp i/o error", BROKEN (CABLE)},
    {"ptp no device", BROKEN (CABLE)},
    {"ptp response expected", BROKEN (CABLE)},
    {"ptp data expected", BROKEN (CABLE)},
    {"could not claim", FAULT (CLAIMED)},
    {"battery", FAULT (BATTERY)},
    {"temperature", FAULT (TOO_HOT)},
    {"out of focus", FAULT (NO_FOCUS)},
    {"no focus", FAULT (NO_FOCUS)},
    {"store full", FAULT (CARD_FULL)},
    {"no more memory on card", FAULT (CARD_FULL)},
    {"card full", FAULT (CARD_FULL)},
    {"no card", FAULT (NO_CARD)},
    {"card unformatted", FAULT (NO_CARD)},
    {"card error", FAULT (NO_CARD)},
    {"card protected", FAULT (NO_CARD)},
    {"card read-only", FAULT (NO_CARD)},
    {"store not available", FAULT (NO_CARD)},
    {"store read only", FAULT (NO_CARD)},
    {"device busy", FAULT (BUSY)},
    {"mirror-up", FAULT (BUSY)},
    {"processing of shooting", FAULT (BUSY)},
    {"sequence error", FAULT (BUSY)},
    {"fully pressed button", FAULT (BUSY)},
    {"pending unretrieved", FAULT (BUSY)},
};

static const CodeRule code_rules[] = {
    {GP_ERROR_TIMEOUT, BROKEN (TIMEOUT)},        {GP_ERROR_IO, BROKEN (CABLE)},
    {GP_ERROR_IO_READ, BROKEN (CABLE)},          {GP_ERROR_IO_WRITE, BROKEN (CABLE)},
    {GP_ERROR_IO_UPDATE, BROKEN (CABLE)},        {GP_ERROR_IO_USB_CLEAR_HALT, BROKEN (CABLE)},
    {GP_ERROR_IO_USB_FIND, BROKEN (CABLE)},      {GP_ERROR_IO_USB_CLAIM, BROKEN (CLAIMED)},
    {GP_ERROR_IO_LOCK, BROKEN (CLAIMED)},        {GP_ERROR_MODEL_NOT_FOUND, BROKEN (NO_CAMERA)},
    {GP_ERROR_UNKNOWN_PORT, BROKEN (NO_CAMERA)}, {GP_ERROR_CAMERA_BUSY, FAULT (BUSY)},
    {GP_ERROR_NO_MEMORY, FAULT (CARD_FULL)},     {GP_ERROR_NO_SPACE, FAULT (CARD_FULL)},
};

LanmuFault lanmu_fault_from_result (int code, const char *said)
{
  g_autofree char *lower = g_ascii_strdown (said, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (text_rules); i++)
    if (strstr (lower, text_rules[i].part) != NULL)
      return text_rules[i].fault;
  for (gsize i = 0; i < G_N_ELEMENTS (code_rules); i++)
    if (code_rules[i].code == code)
      return code_rules[i].fault;
  return (LanmuFault) FAULT (OTHER);
}
