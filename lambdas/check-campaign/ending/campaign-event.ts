/** How the tracking of a campaign is reported: the event's detail and the execution's output. */
import type { CampaignEventDetail, CampaignOutput } from '../../../contract/campaign/campaign-event.ts';
import type { CampaignInput } from '../../../contract/campaign/campaign-input.ts';
import type { Outcome } from '../../../contract/event/event-names.ts';
import { CAMPAIGN_INDEX } from '../../../contract/table-names.ts';
import type { End, Finding } from '../decision.ts';
import type { Ended, Execution, Rejected } from '../invocation.ts';
import { notificationsOf } from '../totals.ts';

export interface Ending {
  readonly execution: Execution;
  readonly campaign: CampaignInput;
  readonly finding: Finding;
  readonly end: End;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly tableArn: string;
}

export function campaignEventOf({ execution, campaign, finding, end, now, tableArn }: Ending): Ended {
  const { campaignId, notifications: expected } = campaign;
  const totals = finding.kind === 'totals' ? finding.totals : undefined;
  const startedAt = new Date(execution.startedAt).toISOString();
  const completedAt = new Date(now).toISOString();
  return endedWith(end.outcome, {
    metadata: { id: execution.id, version: '1', timestamp: completedAt },
    data: {
      campaignId,
      ...(totals && { notifications: notificationsOf(totals, expected), counts: totals.counts }),
      startedAt,
      completedAt,
      durationSeconds: Math.round((now - Date.parse(startedAt)) / 1000),
      deliveryLog: { tableArn, indexName: CAMPAIGN_INDEX },
      ...(end.error && { error: end.error }),
    },
  } as CampaignEventDetail);
}

/** The report of a rejected input: named by its execution where it has no usable campaign id. */
export function campaignEventOfRejected(execution: Execution, rejected: Rejected, now: number): Ended {
  const { campaignId = execution.name, message } = rejected;
  return endedWith('failed', {
    metadata: { id: execution.id, version: '1', timestamp: new Date(now).toISOString() },
    data: { campaignId, error: { code: 'INVALID_INPUT', message } },
  });
}

/** The end that a detail tells. */
export function endedWith(outcome: Outcome, detail: CampaignEventDetail): Ended {
  const { notifications, counts } = detail.data;
  const output: CampaignOutput = {
    outcome,
    ...(notifications !== undefined && { notifications }),
    ...(counts !== undefined && { counts }),
  };
  return { outcome, detail, output };
}
