/** Every fault that can happen to a campaign, once, three times and permanently, each in a whole campaign. */
import { describe, expect, it } from 'vitest';
import { type CampaignEnd, EXPECTED_OF_CAMPAIGN } from '../../testing/faults/expected-campaign-ends.ts';
import { allFaults, CAMPAIGN_PLACES, type CampaignPlace, type Fault } from '../../testing/faults/fault.ts';
import { faultPlan } from '../../testing/faults/fault-plan.ts';
import {
  CAMPAIGN,
  type CampaignWorld,
  campaignWorld,
  type Followed,
  summaryRow,
} from '../workflow/campaign/campaign-harness.ts';
import type { Fields } from '../workflow/tracking-harness.ts';
import { isReported } from './deployed-rule.ts';

/** So few checks that those that wait for time-outs are soon done, and time enough after the sweep for three failures. */
const INPUT = { campaignId: CAMPAIGN, notifications: 3, deadlineSeconds: 150 };
const WAIT_SECONDS = '60';

/** The row of another campaign that has the id and is running. */
const OTHER = {
  requestId: `#campaign#${CAMPAIGN}`,
  logId: '#summary',
  executionArn: 'arn:other',
  startedAt: new Date().toISOString(),
  notifications: { expected: 9, complete: 0, timedOut: 0, failed: 0, missing: 9, extra: 0 },
  counts: { total: 0, delivered: 0, failed: 0 },
  checks: 1,
  savedAt: new Date().toISOString(),
  expiresAt: Math.floor(Date.now() / 1000) + 90 * 86_400,
};

describe.concurrent.each(CAMPAIGN_PLACES)('%s', (place) => {
  it.for(allFaults([place]))('$way, $times', async (fault, { onTestFinished }) => {
    const expected = expectedOf(fault);
    const world = await campaignWorld({
      faults: faultPlan([fault]),
      environment: { WAIT_SECONDS },
      onFinished: (tidyUp) => void onTestFinished(tidyUp),
    });
    await world.put(summaryRow('ds-1'), summaryRow('ds-2'));
    if (place === 'campaign row read') await world.put(OTHER);
    else await world.stopAtOnce('ds-3');

    const followed = await world.follow(INPUT);
    if (isReported(followed.end)) await world.report(followed.execution, 'campaign', INPUT);

    expect(await endOf(followed, world)).toEqual(expected[fault.times]);
    if (fault.times === 'permanently') expect(shownBy(followed, world)).toContain(expected.shows ?? '');
  });
});

function expectedOf({ place, way }: Fault<CampaignPlace>) {
  const expected = EXPECTED_OF_CAMPAIGN[place][way];
  if (expected === undefined) throw new Error(`nothing is expected of ${place}, ${way}`);
  return expected;
}

async function endOf({ end, execution }: Followed, world: CampaignWorld): Promise<CampaignEnd> {
  const events = world.eventsOf(execution);
  const different = new Set(events.map((event) => JSON.stringify(event)));
  if (different.size > 1) throw new Error(`${different.size} different final events: ${[...different]}`);
  const { data } = (events[0]?.detail ?? { data: {} }) as { data: Fields };
  const row = await world.row();
  const { complete = 0, timedOut = 0, failed = 0 } = row?.notifications ?? {};
  return {
    event: events.length === 0 ? 'none' : (data.error?.code ?? 'complete'),
    ...(events.length > 1 && { isRepeated: true }),
    status: end.status as CampaignEnd['status'],
    row: row === undefined ? 'none' : (row.outcome ?? 'running'),
    ended: complete + timedOut + failed,
  };
}

/** What the log, the event and the execution's history show. */
function shownBy({ end, execution }: Followed, { aws, eventsOf }: CampaignWorld): string {
  return [...aws.logLines, JSON.stringify(eventsOf(execution)), ...end.errors].join('\n');
}
