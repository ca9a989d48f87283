/** A tracker that announces no failures goes on as it did before there were announcements. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Synthesis, synthesise } from '../../../local/synthesise.ts';
import { failing } from '../campaign/campaign-harness.ts';
import {
  deployment,
  entry,
  fails,
  koreThat,
  says,
  type Tracked,
  type TrackingSetup,
  trackAt,
} from '../tracking-harness.ts';

const DEFINITION = readFileSync(join(import.meta.dirname, '../../releases/0.1.0/definition.json'), 'utf8');

let announcing: Synthesis;
beforeAll(async () => {
  announcing = await synthesise({ announceFailures: true });
});
afterAll(() => rmSync(announcing.directory, { recursive: true }));

const before = (deployed = deployment()) => ({
  ...deployed,
  stateMachine: { ...deployed.stateMachine, definition: DEFINITION },
});
const SHORT = { environment: { DEADLINE_SECONDS: '60' } };
const LOGS = [entry(1), entry(2, 'FAILURE')];

const DELIVERIES: Readonly<Record<string, { kore: Parameters<typeof koreThat>[0]; setup?: TrackingSetup }>> =
  {
    'completes with failures, over three checks': {
      kore: (call, response) => says(response, call < 3 ? 'IN_PROGRESS' : 'PARTIAL_SUCCESS', LOGS),
    },
    'times out': { kore: (_, response) => says(response, 'IN_PROGRESS', LOGS), setup: SHORT },
    fails: { kore: (_, response) => fails(response, 503), setup: SHORT },
    'has an input that cannot be tracked': {
      kore: (_, response) => fails(response, 404),
      setup: { input: { requestId: 'no id' } },
    },
  };

describe.each(Object.entries(DELIVERIES))('a delivery that %s', (_, { kore, setup }) => {
  it('enters the same states, in the same order, as under the definition of 0.1.0, but for its first and last', async () => {
    const [now, then] = [
      await trackAt(await koreThat(kore), setup),
      await trackAt(await koreThat(kore), { ...setup, deployment: before() }),
    ];

    expect(distinct(fromFirstCheck(now))).toEqual(distinct(fromFirstCheck(then)));
    expect(now.end.output).toEqual(then.end.output);
    expect(now.events.map(({ detailType }) => detailType)).toEqual(
      then.events.map(({ detailType }) => detailType),
    );
    expect(now.events).toHaveLength(1);
  });
});

it('a delivery whose check fails once enters these states', async () => {
  const { kore } = DELIVERIES['completes with failures, over three checks'] as { kore: never };

  const { end } = await trackAt(await koreThat(kore), {
    // The plan, a check, and the one that fails.
    faults: failing('function', (arrival) => (arrival === 3 ? 'error' : undefined)),
  });

  const check = ['Check delivery', 'Delivery final?', 'Wait until next check'];
  expect(end.states).toEqual([
    ...['Plan first check', 'Wait until next check'],
    ...check,
    ...['Check delivery', 'Check failed', 'Delivery final?', 'Wait until next check'],
    ...check,
    ...['Check delivery', 'Delivery final?', 'Publish delivery complete'],
  ]);
});

it('an execution in flight with the definition of 0.1.0 has nothing announced, where its tracker now does', async () => {
  const { kore } = DELIVERIES['completes with failures, over three checks'] as { kore: never };

  const { events, checks } = await trackAt(await koreThat(kore), {
    deployment: before(announcing.deployment),
  });

  expect(events.map(({ detailType }) => detailType)).toEqual(['Notification Delivery Complete']);
  expect(checks.map(({ outcome }) => outcome)).toEqual(['waiting', 'waiting', 'complete']);
});

/** The first check is planned now, and publishing its event ends an execution. */
function fromFirstCheck({ end }: Tracked): readonly string[] {
  return end.states.slice(end.states.indexOf('Check delivery')).filter((name) => name !== 'Tracked');
}

/** How often a delivery is checked until its deadline depends on chance: turns of one kind count once. */
function distinct(states: readonly string[]): string[] {
  return states
    .join('>')
    .replace(/(Check delivery>Delivery final\?>Wait until next check>)+/g, '$1')
    .split('>');
}
