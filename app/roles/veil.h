/* The veil over names and numbers (STANDARD §5): 张* and 5001**********123X, unless somebody with the right asks. The one place that decides what of a person
 * is shown; `tests/check/rules/veil.py` holds faces and commands to it. Main thread; one a process, as there is one person before it.
 *
 * Promises:
 *  1. While nobody is signed in at a station that asks for names, everybody is masked, also who sits before the camera.
 *  2. Without a desk (lanmuctl) everybody is masked until the veil was lifted.
 *  3. Who was called is shown by name to whoever is signed in: the name is called aloud. ID and exam numbers stay masked.
 *  4. Lifted, a counselor sees the own classes only.
 * Lifting is the caller's to audit, before it is done (ui/reveal.h, app/ctl/reveal.h). */
#pragma once

#include "app/roles/desk.h"
#include "app/student.h"

G_BEGIN_DECLS

#define LANMU_TYPE_VEIL (lanmu_veil_get_type ())
G_DECLARE_FINAL_TYPE (LanmuVeil, lanmu_veil, LANMU, VEIL, GObject)

typedef enum {
  LANMU_VEIL_OTHER,  /* anybody on a list */
  LANMU_VEIL_CALLED, /* who sits before the camera, or was picked by number for a deed on the page */
} LanmuVeilWho;

/* Signal "changed": what is shown must be written again. Never NULL, never freed. */
LanmuVeil *lanmu_veil_get_default (void);
void lanmu_veil_set_desk (LanmuVeil *self, LanmuDesk *desk);
void lanmu_veil_set_lifted (LanmuVeil *self, gboolean lifted);
gboolean lanmu_veil_is_lifted (LanmuVeil *self);

/* class_id 0: of none, so that only who may see everybody sees it whole. All full; "" stays "". */
char *lanmu_veil_dup_name (LanmuVeil *self, const char *name, gint64 class_id, LanmuVeilWho who);
char *lanmu_veil_dup_id (LanmuVeil *self, const char *id_no, gint64 class_id); /* ID and exam numbers */

/* The same, of a student, by the default veil. */
char *lanmu_veil_dup_student_name (LanmuStudent *student, LanmuVeilWho who);
char *lanmu_veil_dup_student_id (LanmuStudent *student);

G_END_DECLS
