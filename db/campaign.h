/* 采集活动: the one row that says what this folder is for. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  char *uuid;         /* made by create when NULL */
  char *name;
  char *school_code;  /* 5 digits, text */
  char *profile;      /* "diploma" */
  char *delete_after; /* ISO date or NULL */
  gint64 created_us;  /* wall; now when 0 */
} LanmuCampaignRow;

void lanmu_campaign_row_clear (LanmuCampaignRow *row);
void lanmu_campaign_row_free (LanmuCampaignRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuCampaignRow, lanmu_campaign_row_free)

/* EXISTS when the folder has a campaign already; REFUSED for an empty name, code or profile or a date that is none. */
gboolean lanmu_campaign_create (LanmuDb *db, const LanmuCampaignRow *campaign, const char *actor, GError **error);
LanmuCampaignRow *lanmu_campaign_get (LanmuDb *db, GError **error); /* NOT_FOUND: run `lanmuctl init` */

G_END_DECLS
