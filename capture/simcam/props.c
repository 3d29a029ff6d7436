/* See props.h. */
#include "capture/simcam/props.h"
#include "capture/simcam/bytes.h"

struct SimProps {
  SimProp *list;
  guint count;
};

SimProps *sim_props_new (const SimPropSpec *specs, guint count)
{
  SimProps *props = g_new0 (SimProps, 1);

  props->list = g_new0 (SimProp, count);
  props->count = count;
  for (guint i = 0; i < count; i++) {
    props->list[i].spec = &specs[i];
    props->list[i].number = specs[i].start;
    if (specs[i].type == SIM_TYPE_TEXT)
      props->list[i].text = g_strdup (specs[i].texts != NULL ? specs[i].texts[specs[i].start] : "");
  }
  return props;
}

void sim_props_free (SimProps *props)
{
  if (props == NULL)
    return;
  for (guint i = 0; i < props->count; i++)
    g_free (props->list[i].text);
  g_free (props->list);
  g_free (props);
}

SimProp *sim_props_find (SimProps *props, guint16 code)
{
  for (guint i = 0; i < props->count; i++)
    if (props->list[i].spec->code == code)
      return &props->list[i];
  return NULL;
}

SimProp *sim_props_means (SimProps *props, SimMeaning meaning)
{
  for (guint i = 0; i < props->count; i++)
    if (props->list[i].spec->meaning == meaning)
      return &props->list[i];
  return NULL;
}

guint sim_props_count (SimProps *props)
{
  return props->count;
}

SimProp *sim_props_at (SimProps *props, guint index)
{
  return &props->list[index];
}

static gboolean choice_index (const SimPropSpec *spec, guint32 number, guint *index)
{
  for (*index = 0; *index < spec->n_values; (*index)++)
    if (spec->values[*index] == number)
      return TRUE;
  return FALSE;
}

double sim_props_real (SimProps *props, SimMeaning meaning, double otherwise)
{
  SimProp *prop = sim_props_means (props, meaning);
  guint index;

  if (prop == NULL || prop->spec->real == NULL || !choice_index (prop->spec, prop->number, &index))
    return otherwise;
  return prop->spec->real[index];
}

gboolean sim_props_set (SimProps *props, SimProp *prop, guint32 number)
{
  const SimPropSpec *spec = prop->spec;
  guint index = 0;

  if (spec->form == SIM_FORM_CHOICE && !choice_index (spec, number, &index))
    return FALSE;
  if (spec->form == SIM_FORM_RANGE && (number < spec->values[0] || number > spec->values[1]))
    return FALSE;
  prop->number = number;
  for (guint i = 0; i < props->count; i++) {
    SimProp *other = &props->list[i];
    if (spec->meaning != SIM_MEANS_NOTHING && spec->form == SIM_FORM_CHOICE && other != prop &&
        other->spec->meaning == spec->meaning && other->spec->n_values == spec->n_values)
      other->number = other->spec->values[index];
  }
  return TRUE;
}

static void put_number (GByteArray *to, SimType type, guint32 number)
{
  if (type == SIM_TYPE_U8)
    sim_put8 (to, (guint8)number);
  else if (type == SIM_TYPE_U16 || type == SIM_TYPE_I16)
    sim_put16 (to, (guint16)number);
  else
    sim_put32 (to, number);
}

void sim_prop_put_value (const SimProp *prop, GByteArray *to)
{
  if (prop->spec->type == SIM_TYPE_TEXT)
    sim_put_text (to, prop->text);
  else
    put_number (to, prop->spec->type, prop->number);
}

static void put_form (const SimPropSpec *spec, GByteArray *to)
{
  guint texts = 0;

  while (spec->texts != NULL && spec->texts[texts] != NULL)
    texts++;
  sim_put8 (to, (guint8)spec->form);
  if (spec->form == SIM_FORM_CHOICE)
    sim_put16 (to, (guint16)(spec->type == SIM_TYPE_TEXT ? texts : spec->n_values));
  for (guint i = 0; spec->form != SIM_FORM_NONE && i < spec->n_values; i++)
    put_number (to, spec->type, spec->values[i]);
  for (guint i = 0; spec->form == SIM_FORM_CHOICE && i < texts; i++)
    sim_put_text (to, spec->texts[i]);
}

void sim_prop_put_desc (const SimProp *prop, GByteArray *to)
{
  sim_put16 (to, prop->spec->code);
  sim_put16 (to, prop->spec->type);
  sim_put8 (to, prop->spec->writable);
  if (prop->spec->type == SIM_TYPE_TEXT)
    sim_put_text (to, prop->spec->texts != NULL ? prop->spec->texts[prop->spec->start] : prop->text);
  else
    put_number (to, prop->spec->type, prop->spec->start);
  sim_prop_put_value (prop, to);
  put_form (prop->spec, to);
}

gboolean sim_prop_parse (const SimProp *prop, const guint8 *data, gsize length, guint32 *number, char **text)
{
  SimReader reader = sim_reader (data, length);

  *number = 0;
  *text = NULL;
  if (prop->spec->type == SIM_TYPE_TEXT)
    *text = sim_get_text (&reader);
  else if (prop->spec->type == SIM_TYPE_U8)
    *number = sim_get8 (&reader);
  else if (prop->spec->type == SIM_TYPE_U32)
    *number = sim_get32 (&reader);
  else
    *number = sim_get16 (&reader);
  return !reader.bad;
}
