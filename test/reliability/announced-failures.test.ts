/** A tracker that announces failures: each is told before the final event, whatever happens on the way. */
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipientsNotReachedSchema } from '../../contract/event/recipients-not-reached.ts';
import { type Synthesis, synthesise } from '../../local/synthesise.ts';
import type { Way } from '../../testing/faults/fault.ts';
import type { FaultPlan } from '../../testing/faults/fault-plan.ts';
import { failing } from '../workflow/campaign/campaign-harness.ts';
import {
  entry,
  type Fields,
  fails,
  koreThat,
  STREAM_ID,
  says,
  type Tracked,
  type TrackingSetup,
  trackAt,
} from '../workflow/tracking-harness.ts';
import { CANARIES, encodingsIn } from '../workflow/written/canary.ts';

let synthesis: Synthesis;
beforeAll(async () => {
  synthesis = await synthesise({ announceFailures: true });
});
afterAll(() => rmSync(synthesis.directory, { recursive: true }));

const ANNOUNCED = 'Notification Recipients Not Reached';
const INPUT = { requestId: 'ds-1', streamId: STREAM_ID };

/** Keys in the form that Kore documents: others are not named. */
const idOf = (index: number) => `nl-00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const failure = (index: number) => ({ ...entry(index, 'FAILURE'), _id: idOf(index) });
const ids = (...indexes: number[]) => indexes.map(idOf);

/** What Kore says, call by call; the last time and time again. */
const koreSaying = (...answers: (readonly [status: string, logs: readonly Fields[]])[]) =>
  koreThat((call, response) => {
    const [status, logs] = answers[Math.min(call, answers.length) - 1] ?? ['SUCCESS', []];
    says(response, status, logs);
  });
const overThreeChecks = () =>
  koreSaying(
    ['IN_PROGRESS', [entry(0), failure(1)]],
    ['IN_PROGRESS', [entry(0), failure(1), failure(2), failure(3)]],
    ['PARTIAL_SUCCESS', [entry(0), failure(1), failure(2), failure(3), failure(4)]],
  );

const track = (kore: string, setup: TrackingSetup = {}) =>
  trackAt(kore, { deployment: synthesis.deployment, input: INPUT, ...setup });

const announcements = ({ events }: Tracked) =>
  events.filter(({ detailType }) => detailType === ANNOUNCED).map(({ detail }) => detail as Fields);
const named = (tracked: Tracked): string[] => announcements(tracked).flatMap(({ data }) => data.logIds);
const failedRows = ({ logs }: Tracked): string[] =>
  logs.filter(({ status }) => status === 'FAILURE').map(({ logId }) => logId);

/** Each failure in the table was announced, and the final event came once, after all of that. */
function expectAllAnnounced(tracked: Tracked, outcome = 'Notification Delivery Complete') {
  expect(failedRows(tracked).length).toBeGreaterThan(0);
  expect([...new Set(named(tracked))].sort()).toEqual(failedRows(tracked).sort());
  expect(tracked.events.map(({ detailType }) => detailType).indexOf(outcome)).toBe(tracked.events.length - 1);
}

describe('failures', () => {
  it('are announced by the check that sees them first, once each, and before the final event', async () => {
    const tracked = await track(await overThreeChecks());

    expectAllAnnounced(tracked);
    expect(announcements(tracked).map(({ data }) => data.logIds)).toEqual([ids(1), ids(2, 3), ids(4)]);
    const { executionArn, end } = tracked;
    for (const [index, detail] of announcements(tracked).entries()) {
      expect(recipientsNotReachedSchema.parse(detail)).toEqual(detail);
      expect(detail.metadata.id).toBe(`${executionArn}#${index + 1}`);
      expect(detail.data).toMatchObject({ requestId: 'ds-1', count: detail.data.logIds.length, more: false });
    }
    expect(end).toMatchObject({
      status: 'SUCCEEDED',
      output: { outcome: 'complete', counts: { failed: 4 } },
    });
  });

  it('are none where all is well: the execution goes its usual way', async () => {
    const tracked = await track(await koreSaying(['SUCCESS', [entry(0), entry(1)]]));

    expect(tracked.events).toHaveLength(1);
    expect(tracked.end.states).not.toContain('Publish recipients not reached');
  });

  it('are announced once, though a check sees the end that waits for its summary', async () => {
    const tracked = await track(await koreSaying(['FAILURE', [failure(1)]]), {
      faults: failing('summary', (arrival) => (arrival <= 3 ? 'error' : undefined)),
    });

    expectAllAnnounced(tracked);
    expect(named(tracked)).toEqual(ids(1));
  });

  it('are announced before the event of a delivery that times out', async () => {
    const tracked = await track(await koreSaying(['IN_PROGRESS', [failure(1), failure(2)]]), {
      environment: { DEADLINE_SECONDS: '60' },
    });

    expectAllAnnounced(tracked, 'Notification Delivery Timed Out');
    expect(named(tracked)).toEqual(ids(1, 2));
  });

  it('beyond two hundred are counted, and no more named', async () => {
    const logs = Array.from({ length: 250 }, (_, index) => failure(index));

    const tracked = await track(await koreSaying(['FAILURE', logs]));

    const [detail, ...others] = announcements(tracked);
    expect(others).toEqual([]);
    expect(detail?.data).toMatchObject({ count: 250, more: true });
    expect(detail?.data.logIds).toEqual(logs.slice(0, 200).map(({ _id }) => _id));
  });

  it('seen by an earlier execution are announced by this one too', async () => {
    const kore = await koreSaying(['FAILURE', [failure(1)]]);
    const first = await track(kore);

    await first.aws.track({ name: 'ds-1--2', input: INPUT }).ended;

    expect(named(first)).toEqual(ids(1, 1));
    expect(new Set(announcements(first).map(({ metadata }) => metadata.id)).size).toBe(2);
  });
});

/** Where a process dies after what it asked for has happened, and at which of the arrivals there. */
const CRASHES: readonly (readonly [
  when: string,
  place: Parameters<FaultPlan['arrive']>[0],
  from: number,
  to: number,
])[] = [
  ['a check before the last wrote its first row', 'rows written', 1, 1],
  ['a check before the last wrote a failure', 'rows written', 2, 2],
  ['the second check wrote a failure', 'rows written', 3, 3],
  ['the last check wrote a failure', 'rows written', 5, 5],
  ['it wrote each of the first three rows', 'rows written', 1, 3],
  ['the last check recorded the end', 'final event row', 1, 1],
  ['three checks recorded the end', 'final event row', 1, 3],
  ['the last check wrote the summary', 'summary', 1, 1],
  ['three checks wrote the summary', 'summary', 1, 3],
];

describe('where the function dies after', () => {
  it.each(CRASHES)('%s, each failure is announced before the final event', async (_, place, from, to) => {
    const tracked = await track(await overThreeChecks(), {
      faults: failing(place, (arrival) => (arrival >= from && arrival <= to ? 'crash after' : undefined)),
    });

    // Rows are written side by side, so that one crash may take several.
    expect(new Set(tracked.end.errors)).toEqual(new Set(['Runtime.ExitError']));
    expectAllAnnounced(tracked);
    expect(failedRows(tracked)).toHaveLength(4);
  });

  it.each<Way>(['answer lost', 'crash after'])(
    'a check whose answer is lost (%s), each failure is announced before the final event',
    async (way) => {
      const tracked = await track(await overThreeChecks(), {
        // The first arrival is the plan of the first check.
        faults: failing('function', (arrival) => (arrival > 1 && arrival <= 4 ? way : undefined)),
      });

      expectAllAnnounced(tracked);
    },
  );

  it('it told an end that had waited for its summary, each failure is announced before the final event', async () => {
    // The first check that comes with the end cannot write the summary; the next one can, and dies.
    const tracked = await track(await overThreeChecks(), {
      faults: failing('summary', (arrival) =>
        arrival <= 3 ? 'error' : arrival === 4 ? 'crash after' : undefined,
      ),
    });

    expect(tracked.end.errors).toEqual(['Runtime.ExitError']);
    expectAllAnnounced(tracked);
  });
});

describe('where Kore is down after the check that wrote a failure, and died', () => {
  const downAfterwards = () =>
    koreThat((call, response) =>
      call === 1 ? says(response, 'IN_PROGRESS', [entry(0), failure(1)]) : fails(response, 503),
    );
  /** The first check, which comes after its plan, dies once it has written both rows. */
  const dies = (): FaultPlan => failing('function', (arrival) => (arrival === 2 ? 'crash after' : undefined));
  const environment = { DEADLINE_SECONDS: '120' };

  it('the failure is read from the table and announced before the tracking fails', async () => {
    const tracked = await track(await downAfterwards(), { environment, faults: dies() });

    expect(tracked.events.at(-1)?.detail).toMatchObject({ data: { error: { code: 'KORE_UNREACHABLE' } } });
    expectAllAnnounced(tracked, 'Notification Tracking Failed');
  });

  it('and the table cannot be read at first, the end waits for it', async () => {
    const dying = dies();
    let reads = 0;
    const faults: FaultPlan = {
      arrive(place) {
        // The first read is that of the check that dies.
        if (place === 'rows read') return ++reads > 1 && reads <= 4 ? 'error' : undefined;
        return dying.arrive(place);
      },
    };

    const tracked = await track(await downAfterwards(), { environment, faults });

    expect(tracked.checks.at(-2)).toMatchObject({ outcome: 'waiting', obstacle: 'TABLE_UNREACHABLE' });
    expectAllAnnounced(tracked, 'Notification Tracking Failed');
  });
});

describe('an announcement that could not be published', () => {
  /** As often as the state machine tries while it waits, and before the end. */
  const TRIES = 6;
  const LAST_TRIES = 24;

  it('is put off, and made by a later check', async () => {
    const tracked = await track(await overThreeChecks(), {
      faults: failing('final event', (arrival) => (arrival <= TRIES ? 'error' : undefined)),
    });

    expectAllAnnounced(tracked);
    expect(tracked.end.states).toContain('Announce with the next check');
    expect(announcements(tracked).map(({ data }) => data.logIds)).toEqual([ids(1, 2, 3), ids(4)]);
  });

  it('is made twice where its answer was lost, with one id for each check', async () => {
    const tracked = await track(await overThreeChecks(), {
      faults: failing('final event', (arrival) => (arrival <= 2 ? 'answer lost' : undefined)),
    });

    expectAllAnnounced(tracked);
    const details = announcements(tracked).map((detail) => JSON.stringify(detail));
    expect(details).toHaveLength(5);
    expect(new Set(details).size).toBe(3);
    expect(new Set(announcements(tracked).map(({ metadata }) => metadata.id)).size).toBe(3);
  });

  it('is made before an end that waits for its summary', async () => {
    const [publishing, summary] = [
      failing('final event', (arrival) => (arrival <= TRIES ? 'error' : undefined)),
      failing('summary', (arrival) => (arrival <= 3 ? 'error' : undefined)),
    ];

    const tracked = await track(await koreSaying(['FAILURE', [failure(1)]]), {
      faults: { arrive: (place) => publishing.arrive(place) ?? summary.arrive(place) },
    });

    expectAllAnnounced(tracked);
    expect(announcements(tracked)).toHaveLength(1);
  });

  it('does not hold up the end', async () => {
    const tracked = await track(await koreSaying(['FAILURE', [failure(1)]]), {
      faults: failing('final event', (arrival) => (arrival <= LAST_TRIES ? 'error' : undefined)),
    });

    expect(announcements(tracked)).toEqual([]);
    expect(tracked.events.map(({ detailType }) => detailType)).toEqual(['Notification Delivery Complete']);
    expect(tracked.end).toMatchObject({ status: 'SUCCEEDED', output: { outcome: 'complete' } });
  });
});

it('a person in a failure is in no announcement, state or log line', async () => {
  const logs = CANARIES.map(({ text }, index) => ({
    ...entry(index, 'FAILURE'),
    ...{ _id: text, originalId: text, channel: text, comments: text, [text]: text },
  }));
  const kore = await koreSaying(['IN_PROGRESS', logs.slice(0, 30)], ['FAILURE', logs]);

  const tracked = await track(kore);

  const { events, checks, logLines, end } = tracked;
  expect(announcements(tracked).length).toBeGreaterThan(1);
  expect(encodingsIn([events, checks, logLines, end])).toEqual([]);
});
