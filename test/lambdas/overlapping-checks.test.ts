/** Checks of one notification that come in between each other at every request to the table. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toRows } from '../../lambdas/check-delivery/rows/to-rows.ts';
import { deliveryLogInMemory } from '../../testing/in-memory/delivery-log-in-memory.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const REQUEST_ID = 'ds-1';
const NEVER = new AbortController().signal;

/** Who is in an answer: some have one id between them, or none. */
const anyPeople = fc.uniqueArray(
  fc.record({
    _id: fc.constantFrom('nl-1', 'nl-2', undefined),
    originalId: fc.constantFrom('a@example.com', 'b@example.com', 'c@example.com'),
    channel: fc.constantFrom('ivr', 'sms'),
  }),
  { selector: (person) => JSON.stringify(person), maxLength: 6 },
);

const rowsAt = (people: readonly object[], askedAt: number) =>
  toRows(
    people.map((person) => ({ ...person, version: askedAt })),
    { requestId: REQUEST_ID },
    { now: START, askedAt, retentionDays: 90 },
  );

it('leave each log in one row, in the version that was asked for last', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(anyPeople, { minLength: 2, maxLength: 3 }),
      async (scheduler, answers) => {
        const log = deliveryLogInMemory(() => scheduler.schedule(Promise.resolve()));
        const checks = answers.map((people, i) => rowsAt(people, START + i * 3_000));

        await scheduler.waitFor(Promise.all(checks.map((rows) => log.saveLogs(REQUEST_ID, rows, NEVER))));

        const versions = new Map(checks.flat().map(({ identity, log }) => [identity, log]));
        const saved = log.rowsOf(REQUEST_ID);
        expect(new Map(saved.map(({ identity, log }) => [identity, log]))).toEqual(versions);
        expect(saved).toHaveLength(versions.size);
      },
    ),
    { numRuns: 1_000 },
  );
});

it('vouch for their answers only where each log is there in that very version', async () => {
  const log = deliveryLogInMemory();
  const [a, b] = [{ _id: 'nl-a' }, { _id: 'nl-b' }];
  const [older, newer] = [rowsAt([a, b], START), rowsAt([b], START + 3_000)];

  expect(await log.saveLogs(REQUEST_ID, newer, NEVER)).toMatchObject({ isWhole: true });
  expect(await log.saveLogs(REQUEST_ID, older, NEVER)).toMatchObject({
    isWhole: false,
    tally: { counts: { total: 2 } },
  });
});
