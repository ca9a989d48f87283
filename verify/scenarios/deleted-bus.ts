import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { NotShown, type Scenario, type Seen } from '../scenario.ts';
import { busTemplate } from '../stack/small-templates.ts';
import { type Span, sumsOf } from '../world/metrics.ts';
import type { World } from '../world/world.ts';

/** Of the whole account, without dimensions (AWS docs, Monitoring EventBridge). */
const CALLS = 'PutEventsApproximateCallCount';
const FAILURES = ['PutEventsApproximateFailedCount', 'PutEventsFailedEntriesCount'];
const METRICS_WITHIN_SECONDS = 600;
/** CloudWatch may have one metric of a minute before another. */
const OTHER_METRICS_WITHIN_SECONDS = 120;
/** So many that failures of them would not be taken for others of the account. */
const PUTS = 20;
const MINUTE = 60;

export const DELETED_BUS: Scenario = {
  name: 'deleted-bus',
  does: 'Puts an event on a bus, deletes the bus, puts others, and reads what CloudWatch has of the minute of those.',
  // The metrics are the account's: another scenario's events would be among them.
  alone: true,
  settles: [
    {
      id: 'deleted-bus-takes-events',
      says: 'PutEvents on a bus that was deleted answers 200 with no failed entry, and drops the event',
      agrees: [{ httpStatus: 200, failedEntryCount: 0, hasEventId: true }],
    },
    {
      id: 'deleted-bus-counts-no-failure',
      says: 'CloudWatch counts no failed PutEvents for an event that was dropped so',
      agrees: ['no failure counted'],
      notInEmulator: 'it has no metrics of EventBridge',
    },
  ],
  async run(world) {
    const { place, stacks, pause } = world;
    const bus = `${place.name}-deleted`;
    await stacks.create('bus', busTemplate(bus));
    const before = await put(world, bus);
    await stacks.delete('bus');
    const after = await put(world, bus);
    const seen = { 'deleted-bus-takes-events': after.summary };
    const fixtures = { before: before.answer, after: after.answer };
    if (place.isEmulator) return { seen, fixtures };

    // A minute of their own, and not its very beginning or end.
    await pause(MINUTE + 5 - ((Date.now() / 1000) % MINUTE));
    const minute = minuteOf(Date.now());
    for (let number = 0; number < PUTS; number += 1) await put(world, bus);
    const isOneMinute = Date.now() < minute.to.getTime();
    const failures = isOneMinute
      ? await failuresCounted(world, minute)
      : new NotShown(`${PUTS} requests took longer than a minute`);
    return { seen: { ...seen, 'deleted-bus-counts-no-failure': failures }, fixtures };
  },
};

async function failuresCounted({ aws, until, pause }: World, minute: Span): Promise<Seen | NotShown> {
  const names = [CALLS, ...FAILURES];
  const read = () =>
    sumsOf(
      aws.cloudWatch,
      names.map((MetricName) => ({ Namespace: 'AWS/Events', MetricName })),
      minute,
    );
  const isThere = await until('the calls in CloudWatch', METRICS_WITHIN_SECONDS, async () => {
    return ((await read())[CALLS] ?? 0) >= PUTS;
  }).catch(() => false);
  if (!isThere) return new NotShown(`CloudWatch did not have the ${PUTS} calls of that minute in time`);
  await pause(OTHER_METRICS_WITHIN_SECONDS);
  const sums = await read();
  const failed = Math.max(...FAILURES.map((name) => sums[name] ?? 0));
  if (failed === 0) return 'no failure counted';
  if (failed >= PUTS) return 'a failure counted for each event';
  return new NotShown('something else in the account had failed PutEvents in that minute');
}

function minuteOf(now: number): Span {
  const from = Math.floor(now / 1000 / MINUTE) * MINUTE * 1000;
  return { from: new Date(from), to: new Date(from + MINUTE * 1000) };
}

async function put({ aws }: World, EventBusName: string) {
  const entry = { EventBusName, Source: 'verify', DetailType: 'Verify', Detail: '{}' };
  try {
    const answer = await aws.eventBridge.send(new PutEventsCommand({ Entries: [entry] }));
    const { $metadata, FailedEntryCount = null, Entries = [] } = answer;
    const summary = {
      httpStatus: $metadata.httpStatusCode ?? null,
      failedEntryCount: FailedEntryCount,
      hasEventId: Entries[0]?.EventId !== undefined,
    };
    return { summary, answer: { FailedEntryCount, Entries } };
  } catch (error) {
    const { name, message } = error as Error;
    return { summary: { error: name }, answer: { name, message } };
  }
}
