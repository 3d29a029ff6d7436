/* Settings: see the header. */
#include "capture/host/setting.h"

#include <string.h>

/* Reads one property's widget; NULL when there is none. A lost line may show as "bad parameters" here: the next asking
 * for events finds it out. */
static CameraWidget *get_widget (LanmuBody *body, const char *name)
{
  CameraWidget *widget = NULL;
  lanmu_body_begin (body, LANMU_OP_SETTING);
  if (!lanmu_body_end (body, gp_camera_get_single_config (body->camera, name, &widget, body->context)))
    return NULL;
  return widget;
}

static char *widget_value (CameraWidget *widget)
{
  CameraWidgetType type;
  if (gp_widget_get_type (widget, &type) != GP_OK)
    return NULL;
  if (type == GP_WIDGET_TEXT || type == GP_WIDGET_RADIO || type == GP_WIDGET_MENU) {
    const char *text = NULL;
    return gp_widget_get_value (widget, &text) == GP_OK && text != NULL ? g_utf8_make_valid (text, -1) : NULL;
  }
  if (type == GP_WIDGET_RANGE) {
    float number = 0;
    return gp_widget_get_value (widget, &number) == GP_OK ? g_strdup_printf ("%g", (double) number) : NULL;
  }
  if (type == GP_WIDGET_TOGGLE || type == GP_WIDGET_DATE) {
    int number = 0;
    return gp_widget_get_value (widget, &number) == GP_OK ? g_strdup_printf ("%d", number) : NULL;
  }
  return NULL;
}

/* The widget of the first name the body knows. */
static CameraWidget *find_widget (LanmuBody *body, const char *neutral, const char **name)
{
  const char *const *names = lanmu_brand_names (body->brand, neutral);
  CameraWidget *widget = NULL;
  for (int i = 0; names != NULL && i < LANMU_MAX_ALTERNATIVES && names[i] != NULL && widget == NULL && !body->broken;
       i++) {
    widget = get_widget (body, names[i]);
    *name = names[i];
  }
  return widget;
}

char *lanmu_setting_read_named (LanmuBody *body, const char *name)
{
  CameraWidget *widget = get_widget (body, name);
  char *value = widget != NULL ? widget_value (widget) : NULL;
  g_clear_pointer (&widget, gp_widget_unref);
  return value;
}

char *lanmu_setting_read (LanmuBody *body, const char *neutral)
{
  const char *name = NULL;
  CameraWidget *widget = find_widget (body, neutral, &name);
  char *value = widget != NULL ? widget_value (widget) : NULL;
  g_clear_pointer (&widget, gp_widget_unref);
  return value;
}

static char **widget_choices (CameraWidget *widget)
{
  GPtrArray *choices = g_ptr_array_new ();
  CameraWidgetType type;
  if (gp_widget_get_type (widget, &type) == GP_OK && (type == GP_WIDGET_RADIO || type == GP_WIDGET_MENU))
    for (int i = 0; i < gp_widget_count_choices (widget); i++) {
      const char *choice = NULL;
      if (gp_widget_get_choice (widget, i, &choice) == GP_OK && choice != NULL)
        g_ptr_array_add (choices, g_utf8_make_valid (choice, -1));
    }
  g_ptr_array_add (choices, NULL);
  return (char **) g_ptr_array_free (choices, FALSE);
}

LanmuCameraSetting *lanmu_setting_get (LanmuBody *body, const char *neutral)
{
  const char *name = NULL;
  CameraWidget *widget = find_widget (body, neutral, &name);
  if (widget == NULL)
    return NULL;
  int readonly = 0;
  gp_widget_get_readonly (widget, &readonly);
  LanmuCameraSetting *setting = g_new0 (LanmuCameraSetting, 1);
  setting->name = g_strdup (neutral);
  setting->label = g_strdup (name);
  setting->value = widget_value (widget);
  if (setting->value == NULL)
    setting->value = g_strdup ("");
  setting->choices = widget_choices (widget);
  setting->readonly = readonly != 0;
  gp_widget_unref (widget);
  return setting;
}

static int put_text (CameraWidget *widget, const char *value)
{
  g_auto (GStrv) choices = widget_choices (widget);
  if (choices[0] != NULL && !g_strv_contains ((const char *const *) choices, value))
    return GP_ERROR_BAD_PARAMETERS;
  return gp_widget_set_value (widget, value);
}

static int put_number (CameraWidget *widget, CameraWidgetType type, const char *value)
{
  char *end = NULL;
  double number = g_ascii_strtod (value, &end);
  if (end == value || *end != '\0')
    return GP_ERROR_BAD_PARAMETERS;
  float as_float = (float) number;
  int as_int = (int) CLAMP (number, (double) G_MININT, (double) G_MAXINT);
  return gp_widget_set_value (widget, type == GP_WIDGET_RANGE ? (const void *) &as_float : (const void *) &as_int);
}

static int put_value (CameraWidget *widget, const char *value)
{
  CameraWidgetType type;
  int result = gp_widget_get_type (widget, &type);
  if (result != GP_OK)
    return result;
  if (type == GP_WIDGET_TEXT || type == GP_WIDGET_RADIO || type == GP_WIDGET_MENU)
    return put_text (widget, value);
  return put_number (widget, type, value);
}

/* Writes through a widget just read; takes it. */
static gboolean write_widget (LanmuBody *body, CameraWidget *widget, const char *name, const char *value)
{
  int result = put_value (widget, value);
  if (result != GP_OK) {
    body->trouble = LANMU_TROUBLE_OTHER;
    g_free (body->detail);
    body->detail = g_strdup_printf ("%s cannot be \"%s\"", name, value);
    gp_widget_unref (widget);
    return FALSE;
  }
  lanmu_body_begin (body, LANMU_OP_SETTING);
  result = gp_camera_set_single_config (body->camera, name, widget, body->context);
  gp_widget_unref (widget);
  return lanmu_body_end (body, result);
}

gboolean lanmu_setting_set (LanmuBody *body, const char *neutral, const char *value)
{
  const char *name = NULL;
  CameraWidget *widget = find_widget (body, neutral, &name);
  if (widget == NULL) {
    if (!body->broken) {
      body->trouble = LANMU_TROUBLE_OTHER;
      g_free (body->detail);
      body->detail = g_strdup_printf ("this camera has no setting \"%s\"", neutral);
    }
    return FALSE;
  }
  gboolean done = write_widget (body, widget, name, value);
  if (done && strcmp (neutral, "quality") == 0)
    lanmu_quality_parse (value, &body->jpeg, &body->raw);
  return done;
}

/* The choice that is the card and nothing else: "Memory card", "card". */
static char *card_choice (CameraWidget *widget)
{
  g_auto (GStrv) choices = widget_choices (widget);
  for (char **choice = choices; *choice != NULL; choice++) {
    g_autofree char *lower = g_ascii_strdown (*choice, -1);
    if (g_str_has_suffix (lower, "card"))
      return g_strdup (*choice);
  }
  return NULL;
}

void lanmu_setting_target_card (LanmuBody *body)
{
  const char *name = NULL;
  CameraWidget *widget = find_widget (body, "target", &name);
  if (widget == NULL)
    return;
  g_autofree char *card = card_choice (widget);
  g_autofree char *now = widget_value (widget);
  if (card == NULL || g_strcmp0 (card, now) == 0)
    gp_widget_unref (widget);
  else
    write_widget (body, widget, name, card);
}

void lanmu_setting_media_card (LanmuBody *body)
{
  if (body->brand->media_name == NULL)
    return;
  CameraWidget *widget = get_widget (body, body->brand->media_name);
  if (widget == NULL)
    return;
  g_autofree char *now = widget_value (widget);
  if (g_strcmp0 (now, body->brand->media_card) == 0)
    gp_widget_unref (widget);
  else
    write_widget (body, widget, body->brand->media_name, body->brand->media_card);
}

void lanmu_setting_read_quality (LanmuBody *body)
{
  g_autofree char *value = lanmu_setting_read (body, "quality");
  if (value != NULL)
    lanmu_quality_parse (value, &body->jpeg, &body->raw);
}

void lanmu_setting_read_shutter (LanmuBody *body)
{
  g_autofree char *value = lanmu_setting_read (body, "shutter");
  guint exposure_ms = value != NULL ? lanmu_shutter_parse (value) : 0;
  g_autofree char *drive = exposure_ms > 0 ? lanmu_setting_read (body, "drive") : NULL;
  if (drive != NULL)
    exposure_ms += lanmu_timer_parse (drive);
  atomic_store_explicit (&body->pulse->exposure_ms, exposure_ms, memory_order_relaxed);
  body->shutter_stale = FALSE;
}
