/** Every fault that can happen, once, three times and permanently, each in a whole tracking. */
import { describe, expect, it } from 'vitest';
import { type End, EXPECTED } from '../../testing/faults/expected-ends.ts';
import { allFaults, type Fault, PLACES, type TrackingPlace } from '../../testing/faults/fault.ts';
import { faultPlan } from '../../testing/faults/fault-plan.ts';
import { BOTS_ARN } from '../../testing/faults/faulty-services.ts';
import {
  deploymentWithDeadline,
  entry,
  type Fields,
  koreThat,
  says,
  type Tracked,
  trackAt,
} from '../workflow/tracking-harness.ts';
import { isReported, RESOURCES } from './deployed-rule.ts';

const HALF = [entry(0, 'FAILURE'), ...Array.from({ length: 19 }, (_, i) => entry(i + 1))];
const ALL = [...HALF, ...Array.from({ length: 20 }, (_, i) => entry(i + 20))];
const DEPLOYMENT = deploymentWithDeadline(600);

describe.concurrent.each(PLACES)('%s', (place) => {
  const faults = allFaults([place]);

  it.for(faults)('$way, $times', async (fault, { onTestFinished }) => {
    const expected = expectedOf(fault);
    const faults = faultPlan([fault]);
    const onFinished = (tidyUp: () => Promise<void>) => void onTestFinished(tidyUp);
    const kore = await koreThat(
      (call, response) => says(response, call < 3 ? 'IN_PROGRESS' : 'PARTIAL_SUCCESS', call < 2 ? HALF : ALL),
      onFinished,
    );

    const tracked = await trackAt(kore, {
      ...{ deployment: DEPLOYMENT, faults, onFinished },
      environment: { BOTS: `1 ${BOTS_ARN}` },
      prepare: (aws) => aws.putSecret('{}', BOTS_ARN),
    });
    await reportAsEventBridgeDoes(tracked);

    const ends = [expected[fault.times], fault.times === 'permanently' ? expected.byChance : undefined];
    expect(ends).toContainEqual(await endOf(tracked));
    expect(rowsAreTrue(tracked)).toBe(true);
    if (fault.times === 'permanently') expect(shownBy(tracked)).toContain(expected.shows ?? '');
  });
});

it('no execution ends FAILED without an alarm that counts it', () => {
  const ofType = (type: string) => Object.entries(RESOURCES).filter(([, { Type }]) => Type === type);
  const watched = ofType('AWS::CloudWatch::Alarm')
    .map(([, { Properties }]) => Properties)
    .filter(({ Namespace, MetricName }) => Namespace === 'AWS/States' && MetricName === 'ExecutionsFailed')
    .map(({ Dimensions }) => Dimensions[0].Value.Ref);

  expect(watched.sort()).toEqual(
    ofType('AWS::StepFunctions::StateMachine')
      .map(([id]) => id)
      .sort(),
  );
});

function expectedOf({ place, way }: Fault<TrackingPlace>) {
  const expected = EXPECTED[place][way];
  if (expected === undefined) throw new Error(`nothing is expected of ${place}, ${way}`);
  return expected;
}

async function endOf({ events, end, logs, summary }: Tracked): Promise<End> {
  const different = new Set(events.map((event) => JSON.stringify(event)));
  if (different.size > 1) throw new Error(`${different.size} different final events: ${[...different]}`);
  const [event] = events;
  const { data } = (event?.detail ?? { data: {} }) as { data: Fields };
  return {
    event: event === undefined ? 'none' : (data.error?.code ?? 'complete'),
    ...(events.length > 1 && { isRepeated: true }),
    status: end.status as End['status'],
    rows: logs.length === ALL.length ? 'all' : logs.length > 0 ? 'some' : 'none',
    summary: summary?.outcome ?? 'none',
  };
}

/** Each row is an entry of Kore, whole, and none is there twice. */
function rowsAreTrue({ logs }: Tracked): boolean {
  const sent = new Map(ALL.map((log) => [log._id, JSON.stringify(log, Object.keys(log).sort())]));
  const isTrue = ({ logId, log }: Fields) => sent.get(logId) === JSON.stringify(log, Object.keys(log).sort());
  return logs.every(isTrue) && new Set(logs.map(({ logId }) => logId)).size === logs.length;
}

/** What the log, the event and the execution's history show. */
function shownBy({ logLines, events, end }: Tracked): string {
  return [...logLines, JSON.stringify(events), ...end.errors].join('\n');
}

/** The rule on ended executions: it starts the reporter for those that published nothing. */
async function reportAsEventBridgeDoes({ aws, end, executionArn }: Tracked): Promise<void> {
  if (!isReported(end)) return;
  const name = executionArn.split(':').at(-1) ?? '';
  await aws.reportInterruption({ executionArn, name, status: end.status }).ended;
}
