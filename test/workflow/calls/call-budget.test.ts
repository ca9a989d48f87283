/** The call budget as the deployed function uses it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { QUOTA_KEY } from '../../../contract/table-names.ts';
import {
  capacityOf,
  KORE_LIMITS,
  partOf,
  slotAt,
} from '../../../lambdas/check-delivery/budget/call-limits.ts';
import { jumpingClock } from '../../../local/clock.ts';
import { deployment, entry, koreThat, STREAM_ID, says, trackAt } from '../tracking-harness.ts';

/** In progress three times, then done. */
const threeMoreLooks = () =>
  koreThat((call, response) => says(response, call < 4 ? 'IN_PROGRESS' : 'SUCCESS', [entry(call)]));

it('reserves the next call at every check that waits', async () => {
  const { checks } = await trackAt(await threeMoreLooks());

  const waiting = checks.filter(({ outcome }) => outcome === 'waiting');
  expect(waiting).toHaveLength(3);
  for (const check of waiting) expect(check).toHaveProperty('reservation.slot', expect.any(Number));
});

it('asks DynamoDB twice for a call of the budget, after the plan of the first', async () => {
  const operations: string[] = [];

  const { checks } = await trackAt(await threeMoreLooks(), {
    prepare: (aws) => aws.onTableRequest((operation) => operations.push(operation)),
  });

  expect(checks).toHaveLength(4);
  expect(operations.filter((operation) => operation === 'GetItem')).toHaveLength(1);
  // The plan and three checks reserve a call, and four checks use it; last, the final event, and what the end has taught.
  expect(operations.filter((operation) => operation === 'UpdateItem')).toHaveLength(4 + 4 + 2);
});

it('goes on at the plain schedule where the table of budgets cannot be reached, and says so', async () => {
  const environment = { BUDGET_TABLE_NAME: 'no-such-table' };

  const { detail, checks, logLines } = await trackAt(await threeMoreLooks(), { environment });

  expect(detail.data.status).toBe('SUCCESS');
  expect(checks).toHaveLength(4);
  const warnings = logLines.filter((line) => line.includes('BUDGET_UNREACHABLE'));
  expect(warnings.length).toBeGreaterThanOrEqual(4);
  expect(warnings[0]).toContain('ResourceNotFoundException');
});

it('does not call Kore twice with one reservation where Lambda runs a check again', async () => {
  let calls = 0;
  const origin = await koreThat((call, response) => {
    calls = call;
    says(response, call < 4 ? 'IN_PROGRESS' : 'SUCCESS', [entry(1)]);
  });
  let crashes = 0;

  const { detail, checks } = await trackAt(origin, {
    prepare: (aws) =>
      aws.onTableRequest((operation) => {
        // The second check has spent its reservation and asked Kore; it dies before it can say so.
        if (operation !== 'UpdateItem' || calls !== 2 || crashes > 0) return;
        crashes += 1;
        void aws.crashFunction();
      }),
  });

  expect(crashes).toBe(1);
  expect(detail.data.status).toBe('SUCCESS');
  expect(checks).toHaveLength(3);
});

it.each([['0.1.0'], ['now']])(
  'gives no call for a reservation that an input of %s makes up',
  async (release) => {
    const clock = jumpingClock();
    let calls = 0;
    const origin = await koreThat((call, response) => {
      calls = call;
      says(response, 'SUCCESS', [entry(1)]);
    });
    const capacity = capacityOf(KORE_LIMITS);
    const part = partOf(slotAt(clock.now()), capacity);
    const hour = Object.fromEntries(
      Array.from({ length: 27 }, (_, i) => [`r${part - 13 + i}`, capacity.callsInSpan]),
    );
    const current = deployment();
    const released = join(import.meta.dirname, '..', '..', 'releases', release, 'definition.json');
    const definition = release === 'now' ? current.stateMachine.definition : readFileSync(released, 'utf8');
    const request = { requestId: 'ds-1', streamId: STREAM_ID };
    const wait = JSON.parse(definition).States['Wait before first check'];
    // Where it is planned, it comes at the last end: the hour is full.
    const firstCheckAt = clock.now() + (wait?.Seconds ?? 80) * 1000;

    const { detail } = await trackAt(origin, {
      clock,
      deployment: { ...current, stateMachine: { ...current.stateMachine, definition } },
      environment: { DEADLINE_SECONDS: '40' },
      input: {
        ...request,
        outcome: 'waiting',
        request,
        progress: { checks: 1 },
        reservation: { slot: slotAt(firstCheckAt), number: 1 },
      },
      prepare: ({ tables }) =>
        tables.send(
          new PutCommand({
            TableName: current.budgetTable.name,
            Item: { [QUOTA_KEY]: STREAM_ID, ...hour },
          }),
        ),
    });

    expect(detail.data.error).toMatchObject({ code: 'OUT_OF_CALL_BUDGET' });
    expect(calls).toBe(0);
  },
);
