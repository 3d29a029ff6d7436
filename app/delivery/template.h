/* LanmuTemplate: how a delivered file is called, from what is known of its owner: "{college}/{class}/{student_no}" or
 * "{学院}/{班级}/{学号}". A value; pure; any thread.
 *
 * Promises:
 *  1. A name is never changed silently: what a file system cannot hold is an error that names field, character and
 * owner.
 *  2. No name leaves the folder it is for: no "..", no empty part, no absolute path.
 */
#pragma once

#include "app/delivery/person.h"

G_BEGIN_DECLS

#define LANMU_TEMPLATE_ERROR (lanmu_template_error_quark ())
GQuark lanmu_template_error_quark (void);
typedef enum {
  LANMU_TEMPLATE_ERROR_SYNTAX,    /* a brace without its other, an empty part */
  LANMU_TEMPLATE_ERROR_FIELD,     /* no field of this name; the message lists them */
  LANMU_TEMPLATE_ERROR_EMPTY,     /* the owner has nothing in a field */
  LANMU_TEMPLATE_ERROR_CHARACTER, /* a character that FAT and Windows cannot hold */
  LANMU_TEMPLATE_ERROR_NAME,      /* reserved (CON, NUL …), ends with a dot or a space, or is too long */
} LanmuTemplateError;

typedef struct _LanmuTemplate LanmuTemplate;

LanmuTemplate *lanmu_template_new (const char *text, GError **error);
void lanmu_template_free (LanmuTemplate *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuTemplate, lanmu_template_free)
gboolean lanmu_template_uses (const LanmuTemplate *self, LanmuDeliverField field);

/* "交通学院/1班/202100001.jpg"; extension with its dot. Full, NULL with an error. */
char *lanmu_template_apply (const LanmuTemplate *self, const LanmuDeliverable *person, const char *extension,
                            GError **error);

/* A name that no two files may share on a file system that folds case (FAT): full. */
char *lanmu_template_fold (const char *path);

G_END_DECLS
