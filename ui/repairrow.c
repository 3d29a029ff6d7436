/* See ui/repairrow.h. */
#include "ui/repairrow.h"
#include "app/format.h"
#include "app/roles/veil.h"
#include "ui/storedpicture.h"

#include <glib/gi18n.h>

static GtkWidget *add_label (GtkWidget *box, const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *make_take (const LanmuRepairTake *take, LanmuStation *station)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2), *picture = g_object_new (LANMU_TYPE_STORED_PICTURE, NULL);
  g_autofree char *caption = g_strdup_printf (take->chosen ? _ ("no. %d ✓") : _ ("no. %d"), (int) take->sequence_no);

  lanmu_stored_picture_set_small (LANMU_STORED_PICTURE (picture));
  lanmu_stored_picture_show (LANMU_STORED_PICTURE (picture), station, take->path);
  gtk_box_append (GTK_BOX (box), picture);
  gtk_label_set_xalign (GTK_LABEL (add_label (box, caption, "tabular")), 0.5f);
  gtk_widget_add_css_class (box, "repair-take");
  return box;
}

static void add_takes (GtkWidget *row, const GPtrArray *takes, LanmuStation *station)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_widget_add_css_class (box, "repair-side");
  for (guint i = 0; i < MIN (takes->len, LANMU_REPAIR_ROW_MOST); i++)
    gtk_box_append (GTK_BOX (box), make_take (g_ptr_array_index (takes, i), station));
  if (takes->len > LANMU_REPAIR_ROW_MOST) {
    g_autofree char *more = g_strdup_printf ("+%u", takes->len - LANMU_REPAIR_ROW_MOST);
    add_label (box, more, "quiet");
  }
  if (takes->len == 0)
    add_label (box, _ ("no picture"), "quiet");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_box_append (GTK_BOX (row), box);
}

GtkWidget *lanmu_repair_row_widget_new (const LanmuRepairPair *pair, LanmuStation *station)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12), *who = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *grouped = lanmu_format_grouped_no (pair->student_no);

  LanmuQueue *queue = lanmu_station_get_queue (station);
  g_autoptr (LanmuStudent) student = lanmu_queue_find_student (queue, pair->student_no);
  g_autofree char *name = student != NULL ? lanmu_veil_dup_student_name (student, LANMU_VEIL_CALLED)
                                          : g_strdup (pair->name); /* a capture code */
  add_label (who, name, "repair-name");
  add_label (who, grouped, "tabular");
  add_label (who, pair->class_name, "quiet");
  gtk_widget_add_css_class (who, "repair-who");
  gtk_box_append (GTK_BOX (row), who);
  add_takes (row, pair->before, station);
  add_label (row, "→", "repair-arrow");
  add_takes (row, pair->after, station);
  gtk_widget_add_css_class (row, "repair-row");
  return row;
}
