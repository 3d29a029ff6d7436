/* LanmuDeliveryPlan: everything a delivery will hold, worked out and checked before a byte is written. Made on one
 * thread, then only read.
 *
 * Promises:
 *  1. Two files never share a name, not even on a file system that folds case.
 *  2. Whoever cannot be delivered as asked is named, with the reason; nobody is left out silently.
 */
#pragma once

#include "app/delivery/tableform.h"
#include "app/delivery/template.h"

G_BEGIN_DECLS

/* Folders of the delivery's own; no label may be one of them. */
#define LANMU_DELIVERY_ORIGINALS "originals"
#define LANMU_DELIVERY_PRINTS    "print"

typedef struct {
  char *label;             /* folder of this way of naming, "" = none (the only one) */
  LanmuTemplate *template; /* owned */
} LanmuScheme;

/* "{class}/{student_no}" or "学号={class}/{student_no}". */
LanmuScheme *lanmu_scheme_new (const char *text, GError **error);
void lanmu_scheme_free (LanmuScheme *self);

typedef enum {
  LANMU_DELIVERY_NAME,              /* a name that cannot be made or held */
  LANMU_DELIVERY_COLLISION,         /* two people, one name */
  LANMU_DELIVERY_NOT_COUNTERSIGNED, /* the campaign demands a countersign */
  LANMU_DELIVERY_NO_PORTRAIT,       /* the portrait is missing, or older than shot or profile */
  LANMU_DELIVERY_CODE_PAGE,         /* a character that the DBF's code page has not: that cell of it would be empty */
  LANMU_DELIVERY_N_PROBLEMS,
} LanmuDeliveryProblemKind;
const char *lanmu_delivery_problem_word (
    LanmuDeliveryProblemKind kind); /* "name" "collision" "not-countersigned" "no-portrait" "code-page" */
gboolean lanmu_delivery_problem_from_word (const char *word, LanmuDeliveryProblemKind *kind);

typedef struct {
  LanmuDeliveryProblemKind kind;
  char *who;         /* 学号, or the 拍摄号 of a capture code */
  char *message;     /* one sentence */
  gboolean accepted; /* somebody said it may be so */
} LanmuDeliveryProblem;

typedef struct {
  char *path;           /* in the delivery */
  char *source;         /* below the data folder */
  char *sha256;         /* what it must have */
  guint person;         /* index in people */
  guint scheme;         /* which way of naming */
  gboolean is_original; /* the shot itself, not the portrait */
} LanmuDeliveryFile;

typedef struct {
  GPtrArray *schemes;         /* LanmuScheme *, owned; at least one */
  gboolean portraits;         /* FALSE: the shots themselves */
  gboolean originals_too;     /* beside the portraits, in a folder of their own (LANMU_DELIVERY_ORIGINALS) */
  guint tables;               /* bits 1 << LanmuTableForm */
  gboolean with_id;           /* 证件号 in the tables */
  const char *profile_sha256; /* of the campaign's profile: portraits made by another are not handed over */
  gboolean only_new;          /* leave out pictures of earlier deliveries of this kind */
  const char *class_name;     /* NULL = every class */
  guint accepted; /* bits 1 << LanmuDeliveryProblemKind: leave those people out (a countersign, a code page: deliver
                     them), named */
} LanmuDeliveryWish;

typedef struct {
  GPtrArray *people;   /* LanmuDeliverable *, as loaded */
  GPtrArray *files;    /* LanmuDeliveryFile *, by path */
  GPtrArray *problems; /* LanmuDeliveryProblem * */
  guint delivered;     /* people with a file */
  guint already;       /* left out: delivered before (only_new) */
} LanmuDeliveryPlan;

LanmuDeliveryPlan *lanmu_delivery_plan_new (LanmuDb *db, const LanmuDeliveryWish *wish, GError **error);
void lanmu_delivery_plan_free (LanmuDeliveryPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuDeliveryPlan, lanmu_delivery_plan_free)
/* Problems nobody accepted: it may not be written. */
guint lanmu_delivery_plan_blocking (const LanmuDeliveryPlan *self);

G_END_DECLS
