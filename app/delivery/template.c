/* File names of a delivery; see template.h. */
#include "app/delivery/template.h"

#include <string.h>

#include "app/i18n.h"

#define LONGEST_PART 255 /* UTF-16 units, of FAT, exFAT and NTFS alike */

typedef struct {
  char *text; /* literal, or NULL */
  LanmuDeliverField field;
} Piece;

struct _LanmuTemplate {
  GArray *pieces; /* Piece */
};

G_DEFINE_QUARK (lanmu - template - error - quark, lanmu_template_error)

static void piece_clear (gpointer piece)
{
  g_free (((Piece *) piece)->text);
}

void lanmu_template_free (LanmuTemplate *self)
{
  if (!self)
    return;
  g_array_unref (self->pieces);
  g_free (self);
}

static gboolean add_field (LanmuTemplate *self, const char *word, GError **error)
{
  Piece piece = {0};
  if (!lanmu_deliver_field_from_word (word, &piece.field)) {
    g_autoptr (GString) all = g_string_new (NULL);
    for (guint i = 0; i < LANMU_DELIVER_N_FIELDS; i++)
      g_string_append_printf (all, "%s{%s}", i > 0 ? " " : "", lanmu_deliver_field_word (i));
    g_set_error (error, LANMU_TEMPLATE_ERROR, LANMU_TEMPLATE_ERROR_FIELD,
                 _ ("There is no field “%s” for a file name; there are: %s."), word, all->str);
    return FALSE;
  }
  g_array_append_val (self->pieces, piece);
  return TRUE;
}

static void add_text (LanmuTemplate *self, const char *text, gsize length)
{
  Piece piece = {.text = g_strndup (text, length)};
  if (length > 0)
    g_array_append_val (self->pieces, piece);
  else
    g_free (piece.text);
}

static gboolean parse (LanmuTemplate *self, const char *text, GError **error)
{
  while (*text != '\0') {
    gsize literal = strcspn (text, "{}");
    add_text (self, text, literal);
    text += literal;
    if (*text == '\0')
      break;
    const char *end = *text == '{' ? strchr (text, '}') : NULL;
    if (end == NULL) {
      g_set_error (error, LANMU_TEMPLATE_ERROR, LANMU_TEMPLATE_ERROR_SYNTAX,
                   _ ("The file name has a brace without its other one: write {student_no}."));
      return FALSE;
    }
    g_autofree char *word = g_strndup (text + 1, (gsize) (end - text - 1));
    if (!add_field (self, word, error))
      return FALSE;
    text = end + 1;
  }
  return TRUE;
}

LanmuTemplate *lanmu_template_new (const char *text, GError **error)
{
  g_autoptr (LanmuTemplate) self = g_new0 (LanmuTemplate, 1);
  self->pieces = g_array_new (FALSE, TRUE, sizeof (Piece));
  g_array_set_clear_func (self->pieces, piece_clear);
  if (!parse (self, text, error))
    return NULL;
  if (self->pieces->len == 0 || *text == '/' || g_str_has_suffix (text, "/") || strstr (text, "//") ||
      !g_utf8_validate (text, -1, NULL)) {
    g_set_error (error, LANMU_TEMPLATE_ERROR, LANMU_TEMPLATE_ERROR_SYNTAX,
                 _ ("The file name has an empty part: write {college}/{class}/{student_no}."));
    return NULL;
  }
  return g_steal_pointer (&self);
}

gboolean lanmu_template_uses (const LanmuTemplate *self, LanmuDeliverField field)
{
  for (guint i = 0; i < self->pieces->len; i++) {
    const Piece *piece = &g_array_index (self->pieces, Piece, i);
    if (!piece->text && piece->field == field)
      return TRUE;
  }
  return FALSE;
}

/* -- what a file system can hold -- */

/* NULL: all can be held. Within a field a slash would make a folder, so it counts too. */
static const char *bad_character (const char *text, gboolean is_field)
{
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar u = g_utf8_get_char (c);
    if (u < 0x20 || u == 0x7f || strchr (is_field ? "<>:\"|?*\\/" : "<>:\"|?*\\", (int) (u < 0x80 ? u : 'a')) != NULL)
      return c;
  }
  return NULL;
}

static gboolean is_reserved (const char *part)
{
  static const char *const words[] = {"CON",  "PRN",  "AUX",  "NUL",  "COM1", "COM2", "COM3", "COM4",
                                      "COM5", "COM6", "COM7", "COM8", "COM9", "LPT1", "LPT2", "LPT3",
                                      "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9", NULL};
  g_autofree char *stem = g_strndup (part, strcspn (part, "."));
  g_autofree char *upper = g_ascii_strup (stem, -1);
  return g_strv_contains (words, upper);
}

static gboolean check_part (const char *part, GError **error)
{
  glong units = 0;
  g_autofree gunichar2 *wide = g_utf8_to_utf16 (part, -1, NULL, &units, NULL);
  gsize length = strlen (part);
  if (length > 0 && units <= LONGEST_PART && part[length - 1] != '.' && part[length - 1] != ' ' && *part != ' ' &&
      !is_reserved (part) && *part != '.')
    return TRUE;
  g_set_error (error, LANMU_TEMPLATE_ERROR, LANMU_TEMPLATE_ERROR_NAME,
               _ ("“%s” is no name every file system takes: it is empty, reserved, too long, begins with a dot or ends "
                  "with a dot or a space."),
               part);
  return FALSE;
}

static gboolean check_parts (const char *path, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  for (char **part = parts; *part != NULL; part++)
    if (!check_part (*part, error))
      return FALSE;
  return TRUE;
}

static gboolean append (GString *path, const Piece *piece, const LanmuDeliverable *person, GError **error)
{
  const char *value = piece->text ? piece->text : person->fields[piece->field];
  const char *bad = bad_character (value, piece->text == NULL);
  if (*value == '\0') {
    g_set_error (error, LANMU_TEMPLATE_ERROR, LANMU_TEMPLATE_ERROR_EMPTY, _ ("There is no %s to name the file by."),
                 lanmu_deliver_field_title (piece->field));
    return FALSE;
  }
  if (bad != NULL) {
    g_autofree char *character = g_strndup (bad, (gsize) (g_utf8_next_char (bad) - bad));
    g_set_error (error, LANMU_TEMPLATE_ERROR, LANMU_TEMPLATE_ERROR_CHARACTER,
                 _ ("“%s” in “%s” cannot be in a file name on every system."), character, value);
    return FALSE;
  }
  g_string_append (path, value);
  return TRUE;
}

char *lanmu_template_apply (const LanmuTemplate *self, const LanmuDeliverable *person, const char *extension,
                            GError **error)
{
  g_autoptr (GString) path = g_string_new (NULL);
  for (guint i = 0; i < self->pieces->len; i++)
    if (!append (path, &g_array_index (self->pieces, Piece, i), person, error))
      return NULL;
  g_string_append (path, extension);
  return check_parts (path->str, error) ? g_strdup (path->str) : NULL;
}

char *lanmu_template_fold (const char *path)
{
  g_autofree char *normal = g_utf8_normalize (path, -1, G_NORMALIZE_NFC);
  return g_utf8_casefold (normal != NULL ? normal : path, -1);
}
