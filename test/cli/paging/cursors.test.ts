/** Lists by pages: each goes on where the one before it ended. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CommandLine, commandLine } from '../command-line.ts';
import { delivered, NOW } from '../delivered.ts';

const HOUR = 3_600_000;
const JOHN = 'john.doe@example.com';

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
  // Several at the same time, in several shards.
  const failed = Array.from({ length: 30 }, (_, i) => [`p${i}@example.com`, 'FAILURE', i % 4] as const);
  await delivered(line, 'ds-a', 'st-1', ...failed);
  await delivered(line, 'ds-b', 'st-2', ['b@example.com', 'FAILURE', 30]);
  for (let i = 0; i < 7; i += 1) await delivered(line, `ds-r${i}`, 'st-r', [JOHN, 'SUCCESS', 40 + i]);
});
afterAll(() => line.close());
beforeEach(() => {
  line.aws.executions.clear();
  for (let i = 0; i < 12; i += 1) {
    line.aws.executions.set(`ds-${i}`, {
      status: ['RUNNING', 'FAILED', 'ABORTED', 'TIMED_OUT'][i % 4] ?? '',
      // Two at a time.
      startedAt: NOW - Math.floor(i / 2) * HOUR,
    });
  }
});

const run = (...argv: string[]) => line.runIn({ now: NOW }, ...argv);

/** All items, page after page. */
async function pagesOf(name: string, argv: readonly string[]) {
  const pages: { requestId: string; recipient?: string }[][] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined; ) {
    const { document } = await run(...argv, '--json', ...(cursor === '' ? [] : ['--cursor', cursor]));
    expect(document.more).toBe(document.next !== undefined);
    pages.push(document[name]);
    cursor = document.next;
  }
  return pages;
}

describe.each([
  ['failures', ['failures', '--since', '2d', '--show-addresses']],
  ['failures', ['failures', '--stream-id', 'st-1', '--until', '1h', '--show-addresses']],
  ['deliveries', ['recipient', JOHN]],
  ['trackings', ['list']],
  ['trackings', ['list', '--failed']],
  ['trackings', ['list', '--running']],
])('the %s of %j', (name, argv) => {
  it.each([1, 3, 7])('are the same by pages of %i as all at once', async (limit) => {
    const { document } = await run(...argv, '--json', '--all');

    const pages = await pagesOf(name, [...argv, '--limit', String(limit)]);

    expect(document[name].length).toBeGreaterThan(2);
    expect(pages.flat()).toEqual(document[name]);
    expect(pages.slice(0, -1).every((page) => page.length === limit)).toBe(true);
  });

  it('refuse the cursor of another query', async () => {
    const { document } = await run(...argv, '--json', '--limit', '1');

    const ran = await run(...argv, '--until', '3m', '--cursor', document.next);

    expect(ran).toMatchObject({ status: 2, code: 'CURSOR_OF_ANOTHER_QUERY', stdout: '' });
    expect(ran.stderr).toContain('Repeat the command that printed it');
  });

  it.each(['x', 'WzEsInh4eHh4eCIse31d', Buffer.from('[2,"",{}]').toString('base64url')])(
    'refuse what is no cursor: %s',
    async (cursor) => {
      const ran = await run(...argv, '--cursor', cursor);

      expect(ran).toMatchObject({ status: 2, stdout: '' });
      expect(ran.code).toMatch(/^(INVALID_CURSOR|CURSOR_OF_ANOTHER_QUERY)$/);
    },
  );

  it('refuse a cursor that is cut', async () => {
    const { document } = await run(...argv, '--json', '--limit', '1');

    const ran = await run(...argv, '--cursor', document.next.slice(0, -5));

    expect(ran).toMatchObject({ status: 2, code: 'INVALID_CURSOR', stdout: '' });
  });

  it('refuse --limit with --all', async () => {
    expect(await run(...argv, '--all', '--limit', '2')).toMatchObject({ status: 2, code: 'WRONG_USAGE' });
  });
});

describe('a cursor', () => {
  it('is refused by another tracker', async () => {
    line.aws.stacks.set('Other', [
      JSON.stringify({ ...line.tracker, name: 'Other', tableName: line.tracker.callBudgetTableName }),
    ]);
    const { document } = await run('failures', '--json', '--limit', '1', '--tracker', 'Tracker');

    const ran = await run('failures', '--tracker', 'Other', '--cursor', document.next);
    line.aws.stacks.delete('Other');

    expect(ran).toMatchObject({ status: 2, code: 'CURSOR_OF_ANOTHER_QUERY' });
  });

  it('keeps the span of the first page, however late the next one is asked for', async () => {
    const argv = ['failures', '--stream-id', 'st-1', '--since', '3h', '--json'];
    const first = (await run(...argv, '--limit', '29')).document;

    const later = await line.runIn({ now: NOW + 20 * HOUR }, ...argv, '--cursor', first.next);

    expect(later.document).toMatchObject({ since: first.since, more: false });
    expect(later.document.failures).toHaveLength(1);
  });

  it('holds no address', async () => {
    const { document } = await run('recipient', JOHN, '--json', '--limit', '1');

    expect(Buffer.from(document.next, 'base64url').toString()).not.toMatch(/john|doe|example/);
  });

  it('of executions leaves out what was started since', async () => {
    const first = (await run('list', '--json', '--limit', '3')).document;
    for (let i = 0; i < 5; i += 1) {
      line.aws.executions.set(`ds-new${i}`, { status: 'RUNNING', startedAt: NOW + 1 });
    }

    const rest = (await run('list', '--json', '--cursor', first.next)).document;

    const ids = [...first.trackings, ...rest.trackings].map(({ requestId }) => requestId);
    expect(ids).toEqual(Array.from({ length: 12 }, (_, i) => `ds-${i}`));
  });
});

describe('a span of time', () => {
  it.each([
    [
      ['list', '--since', '2h'],
      ['ds-0', 'ds-1', 'ds-2', 'ds-3', 'ds-4', 'ds-5'],
    ],
    [
      ['list', '--until', '5h'],
      ['ds-10', 'ds-11'],
    ],
    [
      ['list', '--since', '2026-11-24T10:30Z', '--until', '30m'],
      ['ds-2', 'ds-3'],
    ],
  ])('holds trackings that were started in it: %j', async (argv, expected) => {
    const { document } = await run(...argv, '--json');
    expect(document.trackings.map(({ requestId }: { requestId: string }) => requestId)).toEqual(expected);
  });

  it('holds deliveries of a person', async () => {
    const { document } = await run('recipient', JOHN, '--since', '44h', '--until', '42h', '--json');
    expect(document.deliveries.map(({ requestId }: { requestId: string }) => requestId)).toEqual([
      'ds-r2',
      'ds-r3',
      'ds-r4',
    ]);
  });

  it('may not end before it begins', async () => {
    const ran = await run('failures', '--since', '1h', '--until', '2h');
    expect(ran).toMatchObject({ status: 2, code: 'WRONG_USAGE' });
    expect(ran.stderr).toContain('--since 1h is later than --until 2h');
  });
});

it('reads a long list page by page of AWS, with the tokens that it gives', async () => {
  for (let i = 0; i < 600; i += 1) {
    line.aws.executions.set(`ds-many-${i}`, { status: 'RUNNING', startedAt: NOW - 100 * HOUR - i });
  }
  const argv = ['list', '--running', '--json'];
  const first = (await run(...argv, '--limit', '200')).document;
  const second = (await run(...argv, '--limit', '200', '--cursor', first.next)).document;

  const ids = [...first.trackings, ...second.trackings].map(({ requestId }) => requestId);

  expect(new Set(ids).size).toBe(400);
  expect(ids.at(-1)).toBe('ds-many-396');
});
