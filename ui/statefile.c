/* Written by rename, so that a reader never sees half of it. Compared at each painted frame: whatever a test can see is
 * then in the file. */
#include "ui/statefile.h"
#include "app/roles/veil.h"
#include "ui/statewords.h"

#include <json-glib/json-glib.h>

struct _LanmuStateFile {
  GObject parent;
  LanmuWindow *window;
  LanmuStation *station;
  char *path, *written;
};

G_DEFINE_FINAL_TYPE (LanmuStateFile, lanmu_state_file, G_TYPE_OBJECT)

static void add_station (JsonBuilder *builder, LanmuStation *station)
{
  LanmuStudent *student = lanmu_station_get_student (station);
  LanmuTake *take = lanmu_station_get_take (station);
  LanmuCamera *camera = lanmu_station_get_camera (station);
  g_autoptr (LanmuStudent) waiting = NULL;
  g_autofree char *countersigned = NULL;
  guint trouble = LANMU_TROUBLE_NONE;

  g_object_get (station, "waiting-student", &waiting, "trouble", &trouble, "countersigned", &countersigned, NULL);
  lanmu_state_add_string (builder, "countersigned", countersigned);
  lanmu_state_add_string (builder, "phase", lanmu_phase_to_string (lanmu_station_get_phase (station)));
  lanmu_state_add_string (builder, "student_no", student != NULL ? lanmu_student_get_student_no (student) : NULL);
  lanmu_state_add_string (builder, "token",
                          lanmu_station_get_code (station) != NULL ? lanmu_station_get_code (station)->token : NULL);
  lanmu_state_add_string (builder, "waiting_student_no",
                          waiting != NULL ? lanmu_student_get_student_no (waiting) : NULL);
  lanmu_state_add_string (builder, "camera",
                          camera != NULL ? lanmu_camera_state_to_string (lanmu_camera_get_state (camera)) : "none");
  lanmu_state_add_string (builder, "trouble", trouble != LANMU_TROUBLE_NONE ? lanmu_trouble_to_string (trouble) : NULL);
  lanmu_state_add_string (builder, "guide", lanmu_guide_code_to_string (lanmu_station_get_guide (station)->code));
  lanmu_state_add_int (builder, "takes", g_list_model_get_n_items (lanmu_station_get_takes (station)));
  lanmu_state_add_int (builder, "take", take != NULL ? lanmu_take_get_index (take) : 0);
}

static void add_sounds (JsonBuilder *builder, LanmuWindow *window)
{
  LanmuSounds *sounds = lanmu_window_get_sounds (window);
  lanmu_state_add_string (builder, "sound", lanmu_sounds_get_last (sounds));
  lanmu_state_add_int (builder, "sounds", lanmu_sounds_get_count (sounds));
}

static void add_window (JsonBuilder *builder, LanmuWindow *window)
{
  LanmuShootPage *page = lanmu_window_get_page (window);
  LanmuPrompt *prompt = lanmu_shoot_page_get_prompt (page);
  LanmuLivePicture *picture = lanmu_shoot_page_get_picture (page);

  lanmu_state_add_string (builder, "page", lanmu_window_get_page_name (window));
  lanmu_state_add_boolean (builder, "still", lanmu_live_picture_has_still (picture));
  lanmu_state_add_boolean (builder, "portrait", lanmu_live_picture_has_portrait (picture));
  lanmu_state_add_string (builder, "fault", lanmu_checks_pane_get_first (lanmu_record_pane_get_checks (lanmu_shoot_page_get_record_pane (page))));
  lanmu_state_add_int (builder, "check_lines", lanmu_checks_pane_get_count (lanmu_record_pane_get_checks (lanmu_shoot_page_get_record_pane (page))));
  lanmu_state_add_int (builder, "live_frames", (gint64) MIN (lanmu_live_picture_get_shown (picture), 2));
  lanmu_state_add_string (builder, "prompt", lanmu_prompt_get_text (prompt));
  lanmu_state_add_string (builder, "prompt_detail", lanmu_prompt_get_detail (prompt));
  lanmu_state_add_string (builder, "prompt_kind", lanmu_prompt_get_kind (prompt));
  lanmu_state_add_int (builder, "glides", lanmu_shoot_page_get_glides (page));
  lanmu_state_add_boolean (builder, "finding", lanmu_queue_pane_is_finding (lanmu_shoot_page_get_queue_pane (page)));
  lanmu_state_add_string (builder, "vouch_mode", lanmu_vouch_pane_get_mode (lanmu_shoot_page_get_vouch_pane (page)));
  lanmu_state_add_string (builder, "vouch_text", lanmu_vouch_pane_get_text (lanmu_shoot_page_get_vouch_pane (page)));
  lanmu_state_add_string (builder, "operator", lanmu_desk_get_operator (lanmu_window_get_desk (window)));
  lanmu_state_add_boolean (builder, "locked", lanmu_desk_is_locked (lanmu_window_get_desk (window)));
  lanmu_state_add_boolean (builder, "lifted", lanmu_veil_is_lifted (lanmu_veil_get_default ()));
  lanmu_state_add_boolean (builder, "filling", lanmu_window_is_filling (window));
  lanmu_state_add_int (builder, "width", gtk_widget_get_width (GTK_WIDGET (window)));
  lanmu_state_add_int (builder, "height", gtk_widget_get_height (GTK_WIDGET (window)));
}

static void on_painted (LanmuStateFile *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  add_station (builder, self->station);
  lanmu_state_add_int (builder, "open_tickets", lanmu_station_get_open_tickets (self->station));
  lanmu_state_add_int (builder, "quarantined", lanmu_station_get_quarantined (self->station));
  add_window (builder, self->window);
  lanmu_window_add_pages (self->window, builder);
  add_sounds (builder, self->window);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, FALSE);
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (text, self->written) == 0)
    return;
  if (!g_file_set_contents (self->path, text, -1, &error))
    g_warning ("%s", error->message);
  g_free (self->written);
  self->written = g_steal_pointer (&text);
}

static void lanmu_state_file_dispose (GObject *object)
{
  LanmuStateFile *self = LANMU_STATE_FILE (object);
  g_clear_object (&self->station);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->written, g_free);
  G_OBJECT_CLASS (lanmu_state_file_parent_class)->dispose (object);
}

static void lanmu_state_file_class_init (LanmuStateFileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_state_file_dispose;
}

static void lanmu_state_file_init (LanmuStateFile *self)
{
}

LanmuStateFile *lanmu_state_file_new (LanmuWindow *window, LanmuStation *station, const char *path)
{
  LanmuStateFile *self = g_object_new (LANMU_TYPE_STATE_FILE, NULL);
  self->window = window;
  self->station = g_object_ref (station);
  self->path = g_strdup (path);
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (on_painted),
                           self, G_CONNECT_SWAPPED);
  return self;
}
