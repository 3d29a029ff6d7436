/* How lanmuctl speaks: lines, JSON, refusals; see ctl.h. Main thread. */
#include "app/ctl/ctl.h"

#include <stdio.h>

#include "app/sentence.h"

void lanmu_ctl_print (const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  fputs (text, stdout);
}

void lanmu_ctl_print_json (JsonBuilder *builder)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);
  fputs (text, stdout);
  fputc ('\n', stdout);
}

/* A file name from a strange disk may be no UTF-8; JSON must be. */
void lanmu_ctl_json_string (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value != NULL ? value : "", -1);
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, valid);
}

void lanmu_ctl_json_int (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

void lanmu_ctl_json_bool (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

void lanmu_ctl_json_raw (JsonBuilder *builder, const char *name, const char *value)
{
  JsonNode *node = value != NULL ? json_from_string (value, NULL) : NULL;
  if (node == NULL) {
    node = json_node_new (JSON_NODE_OBJECT);
    json_node_take_object (node, json_object_new ());
  }
  json_builder_set_member_name (builder, name);
  json_builder_add_value (builder, node);
}

static int refuse (LanmuCtl *ctl, int code, const char *kind, const char *message, const char *hint)
{
  if (ctl->json) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();
    json_builder_begin_object (builder);
    lanmu_ctl_json_bool (builder, "ok", FALSE);
    lanmu_ctl_json_string (builder, "kind", kind);
    lanmu_ctl_json_string (builder, "message", message);
    json_builder_end_object (builder);
    lanmu_ctl_print_json (builder);
    fflush (stdout);
  }
  fprintf (stderr, "lanmuctl: %s%s%s\n", message, hint != NULL ? " " : "", hint != NULL ? hint : "");
  return code;
}

int lanmu_ctl_fail_with (LanmuCtl *ctl, const char *path, const GError *error)
{
  g_autofree char *sentence = lanmu_sentence_new (error);
  g_autofree char *named = g_strdup_printf ("%s: %s", path, sentence);
  return refuse (ctl, LANMU_CTL_REFUSED, lanmu_sentence_kind (error), named, NULL);
}

int lanmu_ctl_fail (LanmuCtl *ctl, const GError *error)
{
  g_autofree char *sentence = lanmu_sentence_new (error);
  return refuse (ctl, LANMU_CTL_REFUSED, lanmu_sentence_kind (error), sentence, NULL);
}

int lanmu_ctl_refuse (LanmuCtl *ctl, const char *kind, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return refuse (ctl, LANMU_CTL_REFUSED, kind, message, NULL);
}

int lanmu_ctl_misuse (LanmuCtl *ctl, const char *command, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_autofree char *call =
      command != NULL ? g_strdup_printf ("lanmuctl %s --help", command) : g_strdup ("lanmuctl --help");
  g_autofree char *hint = g_strdup_printf (_ ("Try `%s`."), call);
  return refuse (ctl, LANMU_CTL_USAGE, "usage", message, hint);
}

const char *lanmu_ctl_actor (void)
{
  return g_get_user_name ();
}
