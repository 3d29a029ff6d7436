/* The shoot page of ui/shootpage.h: what the station says becomes picture, light and sentence. Places of the panels:
 * ui/shootplaces.h. */
#include "ui/shootpage.h"
#include "app/preferences.h"
#include "app/roles/veil.h"
#include "app/crop.h"
#include "ui/crophand.h"
#include "ui/glide.h"
#include "app/guidewords.h"
#include "ui/mark.h"
#include "ui/recordpane.h"
#include "ui/recovery.h"
#include "ui/shootplaces.h"
#include "ui/sitter.h"

#include "ui/template.h"

#include <glib/gi18n.h>

struct _LanmuShootPage {
  GtkWidget parent;
  LanmuStation *station;
  LanmuRecovery *recovery;
  LanmuGlide *glide;
  LanmuCropHand *hand;
  LanmuTake *laid; /* the take on review last, of the same sitter */
  LanmuPhase phase;
  gint64 outage_since;   /* CLOCK_BOOTTIME; 0 = the camera serves */
  LanmuStudent *student; /* whose take may be on the page */
  char *token;           /* or of which capture code */
  LanmuQueuePane *queue;
  LanmuRecordPane *record;
  LanmuLivePicture *picture;
  LanmuPrompt *prompt;
  LanmuVouchPane *vouch;
  GtkWidget *middle, *light, *review;
  LanmuMark *light_mark, *review_mark;
  GtkLabel *light_word, *review_word, *blank;
  gboolean disk_known;
  LanmuBackdropReason reason;
  LanmuVerdict verdict, verdict_seen;
  guint verdict_count;
  LanmuGuide guide;
};

G_DEFINE_FINAL_TYPE (LanmuShootPage, lanmu_shoot_page, GTK_TYPE_WIDGET)

#define STEADY_READINGS 5 /* readings in a row before the light changes: it must not flicker at a limit */

static const char *idle_instruction (LanmuShootPage *self)
{
  gboolean codes = lanmu_sitter_takes_codes (self->station);
  if (lanmu_station_get_next_student (self->station) != NULL)
    return codes ? _ ("Scan a code · Enter calls the next student") : _ ("Enter calls the next student");
  return codes ? _ ("Scan the next capture code") : _ ("Everybody is done");
}

/* What is to be put right; else what to press. */
static char *ready_instruction (LanmuShootPage *self)
{
  if (self->guide.code != LANMU_GUIDE_NONE && self->guide.code != LANMU_GUIDE_READY)
    return lanmu_guide_sentence (&self->guide);
  if (self->guide.code == LANMU_GUIDE_NONE && self->verdict == LANMU_VERDICT_FAIL)
    return g_strdup (lanmu_advice_for_backdrop (self->reason).todo);
  return g_strdup (self->guide.code == LANMU_GUIDE_READY ? _ ("All is well · Space shoots")
                                                         : _ ("Look at the lens · Space shoots"));
}

static char *make_instruction (LanmuShootPage *self)
{
  g_autoptr (LanmuStudent) waiting = NULL;
  g_object_get (self->station, "waiting-student", &waiting, NULL);
  if (lanmu_desk_is_locked (lanmu_station_get_desk (self->station)))
    return g_strdup (_ ("Nobody is signed in · F6 or a card signs in"));
  if (waiting != NULL) {
    g_autofree char *name = lanmu_veil_dup_student_name (waiting, LANMU_VEIL_CALLED);
    return g_strdup_printf (_ ("%s comes when the camera is quiet"), name);
  }
  switch (lanmu_station_get_phase (self->station)) {
  case LANMU_PHASE_IDLE:
    return g_strdup (idle_instruction (self));
  case LANMU_PHASE_READY:
    return ready_instruction (self);
  case LANMU_PHASE_SHOOTING:
    return g_strdup (_ ("Hold still …"));
  case LANMU_PHASE_ARRIVING:
    return g_strdup (_ ("The picture is coming …"));
  case LANMU_PHASE_REVIEW:
    return g_strdup (_ ("Enter accepts · R retakes"));
  default:
    return NULL;
  }
}

static void show_instruction (LanmuShootPage *self)
{
  g_autofree char *text = make_instruction (self);
  lanmu_prompt_set_instruction (self->prompt, text);
}

/* One clock for the whole outage, from the first silence on, however often its cause is told anew. */
static void show_outage (LanmuShootPage *self, LanmuAdvice advice, gint64 since)
{
  const LanmuRecoveryWords *words = lanmu_recovery_get_words (self->recovery);
  g_autofree char *detail = words->open != NULL && words->next != NULL
                                ? g_strjoin (" · ", words->next, words->open, NULL)
                                : g_strdup (words->next);
  if (advice.what == NULL && words->silent) {
    advice = (LanmuAdvice){_ ("The camera does not answer"), _ ("wait, or check the cable and its display")};
    since = words->since_us;
  }
  if (advice.what == NULL)
    self->outage_since = 0;
  else if (self->outage_since == 0)
    self->outage_since = since;
  lanmu_prompt_set_trouble (self->prompt, advice, detail, self->outage_since);
}

static void show_trouble (LanmuShootPage *self)
{
  guint trouble = LANMU_TROUBLE_NONE;
  gint64 since = 0, disk_shots = -1;
  LanmuAdvice advice;

  g_object_get (self->station, "trouble", &trouble, "trouble-since", &since, "disk-shots", &disk_shots, NULL);
  advice = lanmu_advice_for_trouble (trouble);
  if (trouble == LANMU_TROUBLE_NONE && self->disk_known && disk_shots == 0) {
    g_autoptr (GError) full = g_error_new_literal (LANMU_STATION_ERROR, LANMU_STATION_ERROR_DISK_FULL, "");
    advice = lanmu_advice_for_error (full);
  }
  show_outage (self, advice, since);
}

static void on_disk (LanmuShootPage *self)
{
  self->disk_known = TRUE; /* from here on a disk without room is said */
  show_trouble (self);
}

static void show_blank (LanmuShootPage *self)
{
  LanmuCamera *camera = lanmu_station_get_camera (self->station);
  gboolean empty = !lanmu_live_picture_has_live (self->picture) && !lanmu_live_picture_has_still (self->picture);
  LanmuCameraState state = camera != NULL ? lanmu_camera_get_state (camera) : LANMU_CAMERA_STOPPED;
  gtk_widget_set_visible (GTK_WIDGET (self->blank), empty);
  if (empty)
    gtk_label_set_label (self->blank,
                         state == LANMU_CAMERA_LIVE ? _ ("Waiting for the first picture") : _ ("No live picture"));
}

/* What becomes the portrait fills the crop as soon as it is known, with its faults marked. */
static void show_portrait (LanmuShootPage *self, LanmuTake *take)
{
  const LanmuInspection *found = take != NULL && lanmu_live_picture_has_still (self->picture) ? lanmu_take_get_inspection (take) : NULL;
  LanmuProfile *profile = lanmu_station_get_profile (self->station);
  LanmuFault faults[LANMU_N_CHECKS];
  if (found == NULL || profile == NULL || found->width < 1 || found->height < 1)
    return;
  LanmuPlacement place = lanmu_crop_place (found, profile, lanmu_take_get_crop (take));
  const LanmuShotPart part = {place.x, place.y, place.width, place.height};
  lanmu_live_picture_show_portrait (self->picture, &part, found->width, found->height, faults, lanmu_faults_find (found, faults));
}

/* The take on review, or the live picture. */
static void show_take (LanmuShootPage *self)
{
  LanmuTake *take = lanmu_station_get_take (self->station);
  gboolean review = lanmu_station_get_phase (self->station) == LANMU_PHASE_REVIEW && take != NULL;
  LanmuFrame *frame = review ? lanmu_take_get_frame (take) : NULL;

  if (frame != NULL)
    lanmu_live_picture_show_still (self->picture, frame, lanmu_take_get_orientation (take));
  else
    lanmu_live_picture_clear_still (self->picture);
  show_portrait (self, review ? take : NULL);
  if (review) {
    g_autofree char *word = g_strdup_printf (_ ("Take %u"), lanmu_take_get_index (take));
    gtk_label_set_label (self->review_word, word);
    lanmu_mark_set (self->review_mark, lanmu_take_get_chosen (take) ? LANMU_MARK_CHECK : LANMU_MARK_HALF,
                    lanmu_take_get_chosen (take) ? "good" : NULL);
  }
  if (review)
    g_set_object (&self->laid, take);
  gtk_widget_set_visible (self->review, review);
  show_blank (self);
}

/* Laid aside for another one: it goes to its number. Never when another student sits there. */
static void glide_aside (LanmuShootPage *self)
{
  LanmuFrame *frame = self->laid != NULL ? lanmu_take_get_frame (self->laid) : NULL;
  graphene_rect_t crop = lanmu_live_picture_get_crop (self->picture), button, from;

  if (frame == NULL ||
      !lanmu_preference_is (lanmu_store_get_reader (lanmu_station_get_store (self->station)), LANMU_PREFERENCE_MOTION,
                            "on") ||
      !gtk_widget_compute_bounds (GTK_WIDGET (self->picture), GTK_WIDGET (self), &from) ||
      !lanmu_record_pane_get_take_place (self->record, lanmu_take_get_index (self->laid), GTK_WIDGET (self), &button))
    return;
  graphene_rect_offset (&crop, from.origin.x, from.origin.y);
  button.size.width = button.size.height * 3 / 4;
  lanmu_glide_start (self->glide, frame, lanmu_take_get_orientation (self->laid), &crop, &button);
}

static void on_take (LanmuShootPage *self)
{
  LanmuTake *take = lanmu_station_get_take (self->station);
  if (take != NULL) { /* its picture may be loaded later, when an older take is looked at */
    g_signal_handlers_disconnect_by_func (take, show_take, self);
    g_signal_connect_object (take, "notify::frame", G_CALLBACK (show_take), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (take, "notify::verdict", G_CALLBACK (show_take), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (take, "notify::moved", G_CALLBACK (show_take), self, G_CONNECT_SWAPPED);
  }
  show_take (self);
}

static void on_phase (LanmuShootPage *self)
{
  LanmuPhase before = self->phase;
  self->phase = lanmu_station_get_phase (self->station);
  if (before == LANMU_PHASE_REVIEW && self->phase == LANMU_PHASE_READY)
    glide_aside (self);
  show_take (self);
  show_instruction (self);
}

/* Another student: nothing of the one before may stay, not even the last live picture when the camera is away. */
static void on_student (LanmuShootPage *self)
{
  LanmuCamera *camera = lanmu_station_get_camera (self->station);
  LanmuStudent *student = lanmu_station_get_student (self->station);
  const LanmuCodeRow *code = lanmu_station_get_code (self->station);
  const char *token = code != NULL ? code->token : NULL;
  gboolean live = camera != NULL && lanmu_camera_get_state (camera) == LANMU_CAMERA_LIVE;

  if (student != self->student || g_strcmp0 (token, self->token) != 0) {
    g_clear_object (&self->laid);
    lanmu_glide_stop (self->glide);
    lanmu_live_picture_clear_still (self->picture);
    if (!live)
      lanmu_live_picture_forget (self->picture);
  }
  g_set_object (&self->student, student);
  g_free (self->token);
  self->token = g_strdup (token);
  on_phase (self);
}

static void show_light (LanmuShootPage *self)
{
  static const struct {
    LanmuMarkShape shape;
    const char *tone;
  } lights[] = {
      [LANMU_VERDICT_NOT_CHECKED] = {LANMU_MARK_RING, "rest"}, [LANMU_VERDICT_OK] = {LANMU_MARK_DOT, "good"},
      [LANMU_VERDICT_UNSURE] = {LANMU_MARK_RING, "rest"},      [LANMU_VERDICT_WARN] = {LANMU_MARK_TRIANGLE, "warn"},
      [LANMU_VERDICT_FAIL] = {LANMU_MARK_CROSS, "bad"},
  };
  const char *what = lanmu_advice_for_backdrop (self->reason).what;
  lanmu_mark_set (self->light_mark, lights[self->verdict].shape, lights[self->verdict].tone);
  if (self->verdict == LANMU_VERDICT_OK)
    what = _ ("Backdrop even");
  gtk_label_set_label (self->light_word, what != NULL ? what : _ ("Backdrop not checked"));
  show_instruction (self);
}

/* The camera is gone: what is shown is old, and the light of an old picture says nothing. */
static void set_away (LanmuShootPage *self)
{
  lanmu_live_picture_set_stale (self->picture, TRUE);
  lanmu_live_picture_set_guide (self->picture, NULL);
  self->guide = (LanmuGuide){.code = LANMU_GUIDE_NONE};
  self->verdict = self->verdict_seen = LANMU_VERDICT_NOT_CHECKED;
  self->reason = LANMU_BACKDROP_REASON_NONE;
  show_light (self);
}

static void on_camera_state (LanmuShootPage *self)
{
  LanmuCameraState state = lanmu_camera_get_state (lanmu_station_get_camera (self->station));
  if (state == LANMU_CAMERA_STOPPED || state == LANMU_CAMERA_SEARCHING || state == LANMU_CAMERA_LOST)
    set_away (self);
  show_blank (self);
}

static void on_frame (LanmuShootPage *self, LanmuFrame *frame)
{
  lanmu_live_picture_push (self->picture, frame);
  if (gtk_widget_get_visible (GTK_WIDGET (self->blank)))
    show_blank (self);
}

static void on_backdrop (LanmuShootPage *self, guint64 number, const LanmuBackdropReading *reading)
{
  self->verdict_count = reading->verdict == self->verdict_seen ? self->verdict_count + 1 : 1;
  self->verdict_seen = reading->verdict;
  if (reading->verdict == self->verdict && reading->reason == self->reason)
    return;
  if (self->verdict != LANMU_VERDICT_NOT_CHECKED && self->verdict_count < STEADY_READINGS)
    return;
  self->verdict = reading->verdict;
  self->reason = reading->reason;
  show_light (self);
}

static void on_guide (LanmuShootPage *self, const LanmuGuide *guide)
{
  lanmu_live_picture_set_standard (self->picture, lanmu_station_get_profile (self->station));
  gboolean other =
      guide->code != self->guide.code || guide->reason != self->guide.reason || guide->degrees != self->guide.degrees;
  self->guide = *guide;
  lanmu_live_picture_set_guide (self->picture, guide);
  if (other)
    show_instruction (self);
}

static void on_event (LanmuShootPage *self, const LanmuEvent *event)
{
  LanmuAdvice advice = {NULL, NULL};
  const char *bound = self->student != NULL ? lanmu_student_get_student_no (self->student) : NULL;

  if (event->kind == LANMU_EVENT_FAILED) {
    for (guint t = LANMU_TROUBLE_NO_CAMERA; t <= LANMU_TROUBLE_OTHER && advice.what == NULL; t++)
      if (g_strcmp0 (event->reason, lanmu_trouble_to_string (t)) == 0)
        advice = lanmu_advice_for_trouble (t);
    if (advice.what == NULL)
      advice = lanmu_advice_for_trouble (LANMU_TROUBLE_NO_PICTURE);
  } else if (event->kind == LANMU_EVENT_QUARANTINED) {
    advice =
        (LanmuAdvice){_ ("A picture could not be given to anybody for sure"), _ ("it is kept apart for the counselor")};
  } else if (event->kind == LANMU_EVENT_BOUND && event->token != NULL && g_strcmp0 (event->state, "accepted") == 0) {
    advice = (LanmuAdvice){_ ("This code was photographed already"), _ ("its picture stays until you accept another")};
  } else if (event->kind == LANMU_EVENT_SHOT && (g_strcmp0 (event->student_no, bound) != 0 ||
                                                 (bound == NULL && g_strcmp0 (event->token, self->token) != 0))) {
    advice = (LanmuAdvice){_ ("A late picture went to the student it was taken of"), NULL};
  } else if (event->kind == LANMU_EVENT_TROUBLE) {
    advice.what = event->message;
  }
  if (advice.what != NULL)
    lanmu_prompt_say (self->prompt, advice, "warn");
}

static void follow_camera (LanmuShootPage *self, LanmuCamera *camera)
{
  if (camera == NULL)
    return;
  g_signal_connect_object (camera, "frame", G_CALLBACK (on_frame), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (camera, "notify::state", G_CALLBACK (on_camera_state), self, G_CONNECT_SWAPPED);
}

void lanmu_shoot_page_set_station (LanmuShootPage *self, LanmuStation *station)
{
  static const struct {
    const char *signal;
    void (*handler) (LanmuShootPage *);
  } follows[] = {
      {"notify::phase", on_phase},
      {"notify::student", on_student},
      {"notify::token", on_student},
      {"notify::take", on_take},
      {"notify::trouble", show_trouble},
      {"notify::disk-shots", on_disk},
      {"notify::waiting-student", show_instruction},
      {"notify::next-student", show_instruction},
  };

  g_set_object (&self->station, station);
  g_clear_object (&self->recovery);
  self->recovery = lanmu_recovery_new (station);
  g_signal_connect_object (self->recovery, "changed", G_CALLBACK (show_trouble), self, G_CONNECT_SWAPPED);
  for (gsize i = 0; i < G_N_ELEMENTS (follows); i++)
    g_signal_connect_object (station, follows[i].signal, G_CALLBACK (follows[i].handler), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "event", G_CALLBACK (on_event), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "guide", G_CALLBACK (on_guide), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "backdrop", G_CALLBACK (on_backdrop), self, G_CONNECT_SWAPPED);
  follow_camera (self, lanmu_station_get_camera (station));
  g_signal_connect_object (lanmu_veil_get_default (), "changed", G_CALLBACK (show_instruction), self, G_CONNECT_SWAPPED);
  lanmu_vouch_pane_set_station (self->vouch, station);
  lanmu_crop_hand_set_station (self->hand, station);
  lanmu_queue_pane_set_station (self->queue, station);
  lanmu_record_pane_set_station (self->record, station);
  show_light (self);
  show_trouble (self);
  on_student (self);
}

LanmuLivePicture *lanmu_shoot_page_get_picture (LanmuShootPage *self)
{
  return self->picture;
}

LanmuCropHand *lanmu_shoot_page_get_hand (LanmuShootPage *self)
{
  return self->hand;
}

LanmuRecordPane *lanmu_shoot_page_get_record_pane (LanmuShootPage *self)
{
  return self->record;
}

LanmuPrompt *lanmu_shoot_page_get_prompt (LanmuShootPage *self)
{
  return self->prompt;
}

LanmuVouchPane *lanmu_shoot_page_get_vouch_pane (LanmuShootPage *self)
{
  return self->vouch;
}

LanmuQueuePane *lanmu_shoot_page_get_queue_pane (LanmuShootPage *self)
{
  return self->queue;
}

static void lanmu_shoot_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LanmuShootPage *self = LANMU_SHOOT_PAGE (widget);
  LanmuShootPlaces places = lanmu_shoot_places_for (width, height);
  gtk_widget_size_allocate (GTK_WIDGET (self->queue), &places.queue, -1);
  gtk_widget_size_allocate (self->middle, &places.picture, -1);
  gtk_widget_size_allocate (GTK_WIDGET (self->record), &places.record, -1);
}

static void lanmu_shoot_page_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  GTK_WIDGET_CLASS (lanmu_shoot_page_parent_class)->snapshot (widget, snapshot);
  lanmu_glide_snapshot (LANMU_SHOOT_PAGE (widget)->glide, snapshot);
}

guint lanmu_shoot_page_get_glides (LanmuShootPage *self)
{
  return lanmu_glide_get_count (self->glide);
}

/* The page takes what it is given; its panels cut their texts rather than push. */
static void lanmu_shoot_page_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                                      int *natural, int *minimum_baseline, int *natural_baseline)
{
  LanmuShootPage *self = LANMU_SHOOT_PAGE (widget);
  GtkWidget *children[] = {GTK_WIDGET (self->queue), self->middle, GTK_WIDGET (self->record)};
  for (gsize i = 0; i < G_N_ELEMENTS (children); i++) {
    int child_minimum, child_natural;
    gtk_widget_measure (children[i], orientation, -1, &child_minimum, &child_natural, NULL, NULL);
  }
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 640 : 480;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 1280 : 740;
}

static void lanmu_shoot_page_dispose (GObject *object)
{
  LanmuShootPage *self = LANMU_SHOOT_PAGE (object);
  lanmu_template_dispose (GTK_WIDGET (self), LANMU_TYPE_SHOOT_PAGE);
  g_clear_object (&self->student);
  g_clear_pointer (&self->token, g_free);
  g_clear_object (&self->recovery);
  g_clear_object (&self->laid);
  g_clear_pointer (&self->glide, lanmu_glide_free);
  g_clear_object (&self->hand);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (lanmu_shoot_page_parent_class)->dispose (object);
}

static void lanmu_shoot_page_class_init (LanmuShootPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = lanmu_shoot_page_dispose;
  widget->size_allocate = lanmu_shoot_page_size_allocate;
  widget->snapshot = lanmu_shoot_page_snapshot;
  widget->measure = lanmu_shoot_page_measure;
  g_type_ensure (LANMU_TYPE_QUEUE_PANE);
  g_type_ensure (LANMU_TYPE_RECORD_PANE);
  g_type_ensure (LANMU_TYPE_LIVE_PICTURE);
  g_type_ensure (LANMU_TYPE_PROMPT);
  g_type_ensure (LANMU_TYPE_VOUCH_PANE);
  g_type_ensure (LANMU_TYPE_MARK);
  gtk_widget_class_set_css_name (widget, "shootpage");
  gtk_widget_class_set_template_from_resource (widget, "/org/lanmu/Lanmu/shootpage.ui");
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, queue);
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, record);
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, middle);
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, picture);
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, prompt);
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, vouch);
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, light);
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, light_mark);
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, light_word);
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, review);
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, review_mark);
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, review_word);
  gtk_widget_class_bind_template_child (widget, LanmuShootPage, blank);
}

static void lanmu_shoot_page_init (LanmuShootPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->glide = lanmu_glide_new (GTK_WIDGET (self));
  self->hand = lanmu_crop_hand_new (self->picture, self->prompt);
}
