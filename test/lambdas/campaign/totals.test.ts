import { describe, expect, it } from 'vitest';
import { addUp, requestIdsIn, type SeenSummary } from '../../../lambdas/check-campaign/totals.ts';
import { START } from './campaign-in-memory.ts';

async function* pages(...all: readonly (readonly Partial<SeenSummary>[])[]) {
  for (const page of all) yield page.map((one, i) => ({ requestId: `ds-${i}`, ...one }));
}
const counts = { total: 3, delivered: 2, failed: 1 };

describe('the totals', () => {
  it('add up over all pages', async () => {
    const totals = await addUp(
      pages(
        [{ outcome: 'complete', counts, completedAt: '2026-01-01T00:10:00Z' }],
        [],
        [{ outcome: 'timed-out', counts, completedAt: '2026-01-01T00:05:00Z' }, { outcome: 'failed' }],
      ),
      START,
    );

    expect(totals).toEqual({
      ended: { complete: 1, 'timed-out': 1, failed: 1 },
      counts: { total: 6, delivered: 4, failed: 2 },
      latestEndAt: START + 600_000,
      unknown: 0,
    });
  });

  it('leave out what has expired, which DynamoDB may keep for days', async () => {
    const now = START + 999;
    const expiring = (seconds: number) => ({ outcome: 'complete', expiresAt: START / 1000 + seconds });

    const { ended } = await addUp(pages([expiring(-1), expiring(0), { outcome: 'complete' }]), now);

    expect(ended.complete).toBe(2);
  });

  it.each(['1', null])('count what expires at %j, which nobody removes', async (expiresAt) => {
    const { ended } = await addUp(pages([{ outcome: 'complete', expiresAt }]), START);

    expect(ended.complete).toBe(1);
  });

  it.each([undefined, null, 7, 'toString', 'waiting', ['complete']])(
    'count a summary with the outcome %j apart',
    async (outcome) => {
      const { ended, unknown } = await addUp(pages([{ outcome, counts }, { outcome: 'complete' }]), START);

      expect({ ended, unknown }).toEqual({ ended: { complete: 1, 'timed-out': 0, failed: 0 }, unknown: 1 });
    },
  );

  it.each([undefined, null, 'many', 3, { total: '3', delivered: -1, failed: 0.5 }, { total: null }])(
    'take counts of %j for none',
    async (broken) => {
      const totals = await addUp(pages([{ outcome: 'complete', counts: broken, completedAt: 7 }]), START);

      expect(totals.counts).toEqual({ total: 0, delivered: 0, failed: 0 });
    },
  );

  it('do not know the latest end where no summary says it', async () => {
    const totals = await addUp(pages([{ outcome: 'complete', completedAt: 'soon' }]), START);

    expect(totals.latestEndAt).toBeUndefined();
  });
});

it('the notifications that count are those of the totals', async () => {
  const ids = await requestIdsIn(
    pages([{ outcome: 'complete' }, { outcome: 'failed', expiresAt: 1 }, { outcome: 'lost' }]),
    START,
  );

  expect([...ids]).toEqual(['ds-0']);
});
