/* The members of the state file (ui/statefile.h), for whoever has something for tests to look at. Main thread. */
#pragma once

#include <json-glib/json-glib.h>

void lanmu_state_add_string (JsonBuilder *builder, const char *name, const char *value); /* NULL: null */
void lanmu_state_add_int (JsonBuilder *builder, const char *name, gint64 value);
void lanmu_state_add_boolean (JsonBuilder *builder, const char *name, gboolean value);
