/* LanmuSignInPage: who works here now (F6): the names of the staff list, then a PIN; a card signs in on any page. Whoever is signed in stays so until somebody
 * else is, or Shift+F6. Main thread. LanmuPage (ui/page.h). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANMU_TYPE_SIGN_IN_PAGE (lanmu_sign_in_page_get_type ())
G_DECLARE_FINAL_TYPE (LanmuSignInPage, lanmu_sign_in_page, LANMU, SIGN_IN_PAGE, GtkWidget)

void lanmu_sign_in_page_refuse (LanmuSignInPage *self, const char *sentence); /* said below the names */

G_END_DECLS
