/** `Record final event`, `Read final event` and `Save campaign`, as a campaign's state machine and the reporter do them. */
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { SUMMARY_ID } from '../../../../contract/table-names.ts';
import type { Ended } from '../../../../lambdas/check-campaign/invocation.ts';
import type { WrittenRow } from '../../../../lambdas/check-campaign/rows/campaign-table.ts';
import type { FinalEventRow } from '../../../../lambdas/check-delivery/rows/final-event-table.ts';
import type { CampaignStepFunctions } from '../step-functions.ts';
import type { Campaign } from './campaign.ts';

/** What the states hand on of an end that something else than a check has made. */
interface Described {
  readonly detailType: string;
  readonly row: { readonly requestId: string; readonly detail: string; readonly expiresAt: string };
}

/** What `Read final event` makes of the row that won. */
export interface ReadEnd extends Ended {
  readonly campaign: {
    readonly partition: string;
    readonly names: Readonly<Record<string, string>>;
    readonly values: Readonly<Record<string, never>>;
  };
}

export function finalEventRowOf(described: unknown): FinalEventRow {
  const { detailType, row } = described as Described;
  const { requestId, detail, expiresAt } = row;
  return {
    ...{ requestId, logId: '#final-event', outcome: 'failed', detailType, detail },
    expiresAt: Number(expiresAt),
  };
}

/** The end that won. */
export async function recordCampaign(
  { time, random, stores }: Pick<Campaign, 'time' | 'random' | 'stores'>,
  described: Ended,
  { readFinalEvent }: CampaignStepFunctions,
): Promise<Ended> {
  await time.sleep(random.between(1, 500));
  const input = await stores.finalEvents.record(finalEventRowOf(described));
  const context = { State: { EnteredTime: new Date(time.now()).toISOString() } };
  const won = (await readFinalEvent({ input, context })) as ReadEnd;
  await time.sleep(random.between(1, 500));
  await saveCampaign(won, stores.campaigns);
  await time.sleep(random.between(1, 100));
  return won;
}

/** As its condition says: the row of this execution alone, and an end only once. */
export async function saveCampaign(
  { detail, campaign: { partition, names, values } }: ReadEnd,
  { saveRow, rowOf }: Campaign['stores']['campaigns'],
): Promise<void> {
  const there = await rowOf(detail.data.campaignId);
  const isFree = there === undefined || there.executionArn === detail.metadata.id;
  if (!isFree || there?.outcome !== undefined) return;
  const named = Object.entries(unmarshall(values)).map(([name, value]) => [
    names[`#${name.slice(1)}`],
    value,
  ]);
  await saveRow({
    requestId: partition,
    logId: SUMMARY_ID,
    ...there,
    ...Object.fromEntries(named),
  } as WrittenRow);
}
