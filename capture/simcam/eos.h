/* Records of a Canon EOS: what GetEvent answers with, and how settings travel in them. Each record is u32 size (of all
 * of it), u32 type, contents; a list of records is closed by {8, 0}. Functions return one record. */
#pragma once

#include "capture/simcam/object.h"
#include "capture/simcam/props.h"

G_BEGIN_DECLS

#define SIM_EOS_TARGET_CARD 2u /* values of CaptureDestination (D11C) */
#define SIM_EOS_TARGET_PC   4u

#define SIM_EOS_PROPS 26u
extern const SimPropSpec sim_eos_props[SIM_EOS_PROPS];

GBytes *sim_eos_value (const SimProp *prop);         /* C189: a setting has this value */
GBytes *sim_eos_choices (const SimProp *prop);       /* C18A: these are its choices; NULL when it has none */
GBytes *sim_eos_added (const SimObject *object);     /* C181: a file or folder is on the card */
GBytes *sim_eos_transfer (const SimObject *object);  /* C186: a picture in memory wants to be fetched */
GBytes *sim_eos_status (guint32 status);             /* C18B: 1 busy, 0 idle */
GBytes *sim_eos_focus (gboolean found);              /* C1A5 with focus information */
GBytes *sim_eos_plain (guint32 type, guint32 value); /* any record with one number */

/* The value in a SetDevicePropValueEx: after its u32 size and u32 code. FALSE: not well formed. *text for text settings
 * (caller frees). */
gboolean sim_eos_parse (const SimProp *prop, const guint8 *data, gsize length, guint32 *number, char **text);

G_END_DECLS
