/** What a check finds, and when it reads the table for it. */
import { describe, expect, it } from 'vitest';
import type { StatusAnswer } from '../../lambdas/check-delivery/kore/answer/status-answer.ts';
import { answers, trackInMemory } from './tracking-in-memory.ts';

const withMore = (more: Partial<StatusAnswer>, status: StatusAnswer['status'] = 'IN_PROGRESS') => {
  const { kind, ...rest } = answers(status) as { kind: 'answer'; answer: StatusAnswer };
  return { kind, answer: { ...rest.answer, ...more } };
};

describe('the log warns', () => {
  it('of signs that Kore has more logs than it returned', async () => {
    const { lines } = await trackInMemory({ answer: () => withMore({ pageSigns: ['hasMore'] }), most: 1 });

    expect(lines).toContainEqual(
      expect.objectContaining({
        message: 'Kore may have more logs than it returned',
        pageSigns: ['hasMore'],
      }),
    );
  });

  it('of a status that Kore does not document', async () => {
    const { lines } = await trackInMemory({ answer: () => withMore({ status: 'QUEUED' }), most: 1 });

    expect(lines).toContainEqual(
      expect.objectContaining({ message: 'unknown status, taken as in progress', status: 'QUEUED' }),
    );
  });

  it('of nothing else', async () => {
    const { lines } = await trackInMemory({ answer: () => answers('IN_PROGRESS'), most: 1 });

    expect(lines.map(({ message }) => message)).toEqual(['checked']);
  });
});

describe('the table is not read', () => {
  it.each([
    ['where an answer has no logs', 0],
    ['again where the logs are those of the check before', 1],
  ])('%s', async (_, saves) => {
    const { saved } = await trackInMemory({
      answer: () => answers('IN_PROGRESS', saves === 0 ? 0 : 3),
      most: 3,
    });

    expect(saved).toBe(saves);
  });

  it('but is at the end, whatever is known of the logs', async () => {
    const { saved } = await trackInMemory({
      answer: (call) => answers(call < 3 ? 'IN_PROGRESS' : 'SUCCESS'),
    });

    expect(saved).toBe(2);
  });
});
