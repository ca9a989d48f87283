import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import type { DeliveryLogRow, Summary } from '../../../contract/delivery-log-row.ts';
import type { Outcome } from '../../../contract/event/event-names.ts';
import { BOTS_PARTITION, SUMMARY_ID } from '../../../contract/table-names.ts';
import { deliveryLogIn } from '../../../lambdas/check-delivery/rows/delivery-log-table.ts';
import { toRows } from '../../../lambdas/check-delivery/rows/to-rows.ts';
import { readDeployment } from '../../../local/aws/deployment.ts';
import { type TableServer, tableServer } from '../../../local/aws/table-server.ts';
import { clientAt } from '../client-at.ts';

const { table } = readDeployment(inject('assembly'), 'DeliveryTracker');
let server: TableServer;
beforeAll(async () => {
  server = await tableServer(table);
});
afterAll(() => server.close());

/** A request to the table, as the code under test gave it. */
interface Request {
  readonly command: string;
  /** What it writes. */
  readonly item: DeliveryLogRow | undefined;
  send(): Promise<unknown>;
}
type Intercept = (request: Request) => Promise<unknown>;

/** A delivery log whose requests pass `intercept`. It does not retry, so that every failure is seen at once. */
function logWith(intercept: Intercept = ({ send }) => send(), endpoint = server.endpoint) {
  const client = clientAt(endpoint);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const command = String(context.commandName).replace(/(Item)?Command$/, '');
      const { Item: item } = args.input as { Item?: DeliveryLogRow };
      const output = await intercept({ command, item, send: async () => (await next(args)).output });
      return { output: output as never, response: undefined };
    },
    { step: 'initialize' },
  );
  return deliveryLogIn(client, table.name);
}

/** Records the requests that write. */
function recorder(writes: Request[]): Intercept {
  return (request) => {
    if (request.command !== 'Query') writes.push(request);
    return request.send();
  };
}
const idsIn = (rows: readonly ({ logId?: unknown } | undefined)[]) => rows.map((row) => row?.logId).sort();
const idsOf = (requests: readonly Request[]) => idsIn(requests.map(({ item }) => item));

let notifications = 0;
/** A notification of the test's own, in the table that all tests share. */
function newNotification() {
  notifications += 1;
  const requestId = `ds-${notifications}`;
  return {
    requestId,
    rows: (entries: readonly unknown[], now = 0, streamId: string | undefined = 'st-1') =>
      toRows(entries, { requestId, streamId }, { now, askedAt: now, retentionDays: 90 }),
    saved: () => server.rowsOf(requestId),
  };
}
const entries = (...ids: string[]) =>
  ids.map((_id) => ({ _id, originalId: `${_id}@example.com`, status: 'SUCCESS', __v: 0 }));
const manyEntries = (count: number) => entries(...Array.from({ length: count }, (_, i) => `nl-${i}`));
const NOW = Date.parse('2026-01-01T00:00:00Z');
const summaryOf = (requestId: string, outcome: Outcome, attempt = 'only', now = NOW): Summary => ({
  requestId,
  logId: SUMMARY_ID,
  outcome,
  attempt,
  savedAt: new Date(now).toISOString(),
  expiresAt: now / 1000 + 86_400,
});
const noHurry = () => new AbortController().signal;

function awsError(name: string): Error {
  return Object.assign(new Error('john.doe@example.com'), { name });
}

describe('saving rows', () => {
  it('writes them as they are', async () => {
    const { requestId, rows, saved } = newNotification();
    const odd = [
      { _id: 'a', status: 'FAILURE', comments: '', deep: [{ x: null, y: [1.5, true] }] },
      'text',
      null,
    ];
    await logWith().saveLogs(requestId, rows(odd), noHurry());
    expect(await saved()).toEqual(expect.arrayContaining(rows(odd)));
    expect(await saved()).toHaveLength(3);
  });

  it('tells what they add up to', async () => {
    const { requestId, rows } = newNotification();
    const logs = [...entries('a', 'b'), { _id: 'c', status: 'FAILURE', channel: 'ivr' }];
    expect(await logWith().saveLogs(requestId, rows(logs), noHurry())).toEqual({
      tally: { counts: { total: 3, delivered: 2, failed: 1 }, channels: ['ivr'] },
      isWhole: true,
    });
  });

  it('leaves the same rows when it is done twice', async () => {
    const { requestId, rows, saved } = newNotification();
    await logWith().saveLogs(requestId, rows(entries('a', 'b')), noHurry());
    const before = await saved();
    const { tally } = await logWith().saveLogs(requestId, rows(entries('a', 'b'), 60_000), noHurry());
    expect(await saved()).toEqual(before);
    expect(tally.counts).toEqual({ total: 2, delivered: 2, failed: 0 });
  });

  it('writes nothing that the table holds', async () => {
    const { requestId, rows } = newNotification();
    await logWith().saveLogs(requestId, rows(entries('a', 'b')), noHurry());
    const writes: Request[] = [];
    await logWith(recorder(writes)).saveLogs(requestId, rows(entries('a', 'b'), 60_000), noHurry());
    expect(writes).toEqual([]);
  });

  describe('that the table holds for an earlier tracking', () => {
    const DAY_MS = 86_400_000;
    /** Rows are kept for 90 days, from the tracking before on. */
    async function savedDaysAgo(days: number) {
      const { requestId, rows, saved } = newNotification();
      await logWith().saveLogs(requestId, rows(entries('a')), noHurry());
      await logWith().saveLogs(requestId, rows(entries('a'), days * DAY_MS), noHurry());
      return {
        saved: await saved(),
        before: rows(entries('a')),
        now: rows(entries('a'), days * DAY_MS),
      };
    }

    it('leaves those that have half of their time left', async () => {
      const { saved, before } = await savedDaysAgo(45);
      expect(saved).toEqual(before);
    });

    it.each([
      ['have less left', 46],
      ['would go within the hour', 89.99],
      ['have expired, and are only not gone yet', 91],
    ])('keeps those that %s for as long as new ones', async (_, days) => {
      const { saved, now } = await savedDaysAgo(days);
      expect(saved).toEqual(now);
    });
  });

  it('writes only the rows that are new', async () => {
    const { requestId, rows } = newNotification();
    await logWith().saveLogs(requestId, rows(entries('a', 'b')), noHurry());
    const writes: Request[] = [];
    await logWith(recorder(writes)).saveLogs(requestId, rows(entries('a', 'b', 'c')), noHurry());
    expect(idsOf(writes)).toEqual(['c']);
  });

  it('writes nothing where there are no rows', async () => {
    const { requestId } = newNotification();
    const writes: Request[] = [];
    const { tally } = await logWith(recorder(writes)).saveLogs(requestId, [], noHurry());
    expect(tally.counts.total).toBe(0);
    expect(writes).toEqual([]);
  });

  it('keeps and counts rows that are no longer in the answer', async () => {
    const { requestId, rows, saved } = newNotification();
    await logWith().saveLogs(requestId, rows(entries('a', 'b')), noHurry());
    const { tally } = await logWith().saveLogs(requestId, rows(entries('c')), noHurry());
    expect(tally.counts.total).toBe(3);
    expect(idsIn(await saved())).toEqual(['a', 'b', 'c']);
  });

  it('replaces the row of an entry that has changed', async () => {
    const { requestId, rows, saved } = newNotification();
    await logWith().saveLogs(requestId, rows([{ _id: 'a', status: 'FAILURE' }]), noHurry());
    const changed = rows([{ _id: 'a', status: 'SUCCESS', comments: 'at last' }], 60_000);
    const { tally } = await logWith().saveLogs(requestId, changed, noHurry());
    expect(tally.counts).toEqual({ total: 1, delivered: 1, failed: 0 });
    expect(await saved()).toEqual(changed);
  });

  it('leaves other notifications alone', async () => {
    const [one, other] = [newNotification(), newNotification()];
    await logWith().saveLogs(one.requestId, one.rows(entries('a')), noHurry());
    const { tally } = await logWith().saveLogs(other.requestId, other.rows(entries('b')), noHurry());
    expect(tally.counts.total).toBe(1);
    expect(idsIn(await one.saved())).toEqual(['a']);
  });

  it('does not count the summary', async () => {
    const { requestId, rows } = newNotification();
    await logWith().saveSummary(summaryOf(requestId, 'failed'));
    const { tally } = await logWith().saveLogs(requestId, rows(entries('a')), noHurry());
    expect(tally.counts.total).toBe(1);
  });
});

describe('the bots that had failures', () => {
  const failures = (...ids: string[]) =>
    entries(...ids).map((entry) => ({ ...entry, status: 'FAILURE', createdOn: '2026-01-02T03:04:05.678Z' }));
  const botsIn = (writes: readonly Request[]) =>
    writes.flatMap(({ item }) => (item?.requestId === BOTS_PARTITION ? [item] : []));

  it('are there to be found, each with a row of its own', async () => {
    const { requestId, rows } = newNotification();
    await logWith().saveLogs(requestId, rows(failures('a'), NOW, 'st-found'), noHurry());
    await logWith().saveLogs(requestId, rows(failures('b'), NOW, 'st-found-too'), noHurry());
    const expiresAt = NOW / 1000 + 90 * 86_400;
    const savedAt = new Date(NOW).toISOString();
    expect(await server.rowsOf(BOTS_PARTITION)).toEqual(
      expect.arrayContaining([
        { requestId: BOTS_PARTITION, logId: 'st-found', savedAt, expiresAt },
        { requestId: BOTS_PARTITION, logId: 'st-found-too', savedAt, expiresAt },
      ]),
    );
  });

  it('are named by a dash where the notification names none', async () => {
    const requestId = 'ds-of-no-bot';
    const writes: Request[] = [];
    const rows = toRows(failures('a'), { requestId }, { now: NOW, askedAt: NOW, retentionDays: 90 });
    await logWith(recorder(writes)).saveLogs(requestId, rows, noHurry());
    expect(idsIn(botsIn(writes))).toEqual(['-']);
  });

  it('are written once for all new failures, and before them', async () => {
    const { requestId, rows } = newNotification();
    const writes: Request[] = [];
    const many = failures(...Array.from({ length: 60 }, (_, i) => `nl-${i}`));
    await logWith(recorder(writes)).saveLogs(requestId, rows([...entries('ok'), ...many]), noHurry());
    expect(idsIn(botsIn(writes.slice(0, 1)))).toEqual(['st-1']);
    expect(botsIn(writes)).toHaveLength(1);
    expect(writes).toHaveLength(1 + 61);
  });

  it('are not written where nothing failed', async () => {
    const { requestId, rows } = newNotification();
    const writes: Request[] = [];
    await logWith(recorder(writes)).saveLogs(requestId, rows(entries('a', 'b')), noHurry());
    expect(botsIn(writes)).toEqual([]);
  });

  it('are not written again where all failures are known', async () => {
    const { requestId, rows } = newNotification();
    await logWith().saveLogs(requestId, rows(failures('a')), noHurry());
    const writes: Request[] = [];
    const more = rows([...failures('a'), ...entries('b')], 60_000);
    await logWith(recorder(writes)).saveLogs(requestId, more, noHurry());
    expect(idsOf(writes)).toEqual(['b']);
  });

  it('are written again with a new failure, to be kept as long as that', async () => {
    const { requestId, rows } = newNotification();
    await logWith().saveLogs(requestId, rows(failures('a'), 0, 'st-again'), noHurry());
    await logWith().saveLogs(requestId, rows(failures('a', 'b'), 60_000, 'st-again'), noHurry());
    const found = (await server.rowsOf(BOTS_PARTITION)).find(({ logId }) => logId === 'st-again');
    expect(found).toMatchObject({ expiresAt: 60 + 90 * 86_400 });
  });

  it('leave the failures for the next check where they cannot be written', async () => {
    const { requestId, rows, saved } = newNotification();
    const refusing = logWith(async ({ item, send }) => {
      if (item?.requestId === BOTS_PARTITION) throw awsError('AccessDeniedException');
      return send();
    });
    await expect(refusing.saveLogs(requestId, rows(failures('a')), noHurry())).rejects.toMatchObject({
      obstacle: { code: 'TABLE_UNREACHABLE' },
    });
    expect(await saved()).toEqual([]);
  });

  it('are no logs: they are neither counted nor among the rows of the notification', async () => {
    const { requestId, rows, saved } = newNotification();
    const { tally } = await logWith().saveLogs(requestId, rows(failures('a')), noHurry());
    expect(tally.counts.total).toBe(1);
    expect(idsIn(await saved())).toEqual(['a']);
  });
});

describe('saving 1,000 rows', () => {
  const thousand = manyEntries(1000).map((entry) => ({ ...entry, comments: 'c'.repeat(1200) }));

  it('writes and counts each, 16 at most at a time', async () => {
    const { requestId, rows, saved } = newNotification();
    let [underWay, most] = [0, 0];
    const watched = logWith(async ({ send }) => {
      underWay += 1;
      most = Math.max(most, underWay);
      return send().finally(() => {
        underWay -= 1;
      });
    });
    const { tally } = await watched.saveLogs(requestId, rows(thousand), noHurry());
    expect(tally.counts.total).toBe(1000);
    expect(await saved()).toHaveLength(1000);
    expect(most).toBe(16);
  });

  it('finds each of them saved, over as many pages as it takes', async () => {
    const { requestId, rows } = newNotification();
    await logWith().saveLogs(requestId, rows(thousand), noHurry());
    const commands: string[] = [];
    const again = logWith(({ command, send }) => {
      commands.push(command);
      return send();
    });
    const { tally } = await again.saveLogs(requestId, rows(thousand), noHurry());
    expect(tally.counts.total).toBe(1000);
    expect(commands).toEqual(['Query', 'Query']);
  });
});

describe('saving that runs out of time', () => {
  it('says so', async () => {
    const { requestId, rows, saved } = newNotification();
    const attempt = logWith().saveLogs(requestId, rows(entries('a')), AbortSignal.abort());
    await expect(attempt).rejects.toMatchObject({
      obstacle: {
        code: 'LOGS_NOT_SAVED',
        message: 'The check ran out of time while saving delivery logs.',
      },
    });
    expect(await saved()).toEqual([]);
  });

  it('keeps what was written, and goes on from there', async () => {
    const { requestId, rows, saved } = newNotification();
    const thousand = rows(manyEntries(1000));
    const time = new AbortController();
    let puts = 0;
    const slow = logWith(async ({ command, send }) => {
      const output = await send();
      if (command === 'Put') puts += 1;
      if (puts === 75) time.abort();
      return output;
    });
    await expect(slow.saveLogs(requestId, thousand, time.signal)).rejects.toMatchObject({
      obstacle: { code: 'LOGS_NOT_SAVED' },
    });
    const kept = (await saved()).length;
    expect(kept).toBeGreaterThanOrEqual(75);
    expect(kept).toBeLessThan(1000);
    await logWith().saveLogs(requestId, thousand, noHurry());
    expect(await saved()).toHaveLength(1000);
  });

  it('ends while it waits to send rows again', async () => {
    const { requestId, rows } = newNotification();
    const time = new AbortController();
    const busy = logWith(async ({ command, send }) => {
      if (command === 'Query') return send();
      setImmediate(() => time.abort());
      throw awsError('ThrottlingException');
    });
    await expect(busy.saveLogs(requestId, rows(entries('a')), time.signal)).rejects.toMatchObject({
      obstacle: { code: 'LOGS_NOT_SAVED' },
    });
  });
});

describe.each(['ThrottlingException', 'ProvisionedThroughputExceededException', 'RequestLimitExceeded'])(
  'a row that DynamoDB throttles with %s',
  (name) => {
    const atOnce = () => {
      const random = vi.spyOn(Math, 'random').mockReturnValue(0);
      onTestFinished(() => random.mockRestore());
    };

    it('is sent again, and it alone', async () => {
      atOnce();
      const { requestId, rows, saved } = newNotification();
      const sent: unknown[] = [];
      const busy = logWith(async ({ item, send }) => {
        if (item === undefined) return send();
        sent.push(item.logId);
        if (item.logId === 'b' && sent.filter((id) => id === 'b').length < 4) throw awsError(name);
        return send();
      });
      await busy.saveLogs(requestId, rows(entries('a', 'b', 'c')), noHurry());
      expect(sent.sort()).toEqual(['a', 'b', 'b', 'b', 'b', 'c']);
      expect(idsIn(await saved())).toEqual(['a', 'b', 'c']);
    });

    it('is given up in the end', async () => {
      atOnce();
      const { requestId, rows } = newNotification();
      const busy = logWith(async ({ command, send }) => {
        if (command === 'Put') throw awsError(name);
        return send();
      });
      await expect(busy.saveLogs(requestId, rows(entries('a')), noHurry())).rejects.toMatchObject({
        obstacle: { code: 'TABLE_UNREACHABLE' },
      });
    });
  },
);

describe('saving that has failed', () => {
  it('has ended: nothing is written after it has said so', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0);
    onTestFinished(() => random.mockRestore());
    const { requestId, rows, saved } = newNotification();
    let puts = 0;
    let isOver = false;
    const late: Request[] = [];
    const failing = logWith(async (request) => {
      if (request.command === 'Query') return request.send();
      puts += 1;
      if (isOver) late.push(request);
      // The other lanes wait to send their rows again.
      throw awsError(puts === 1 ? 'AccessDeniedException' : 'ThrottlingException');
    });

    const attempt = failing.saveLogs(requestId, rows(manyEntries(200)), noHurry());

    await expect(attempt).rejects.toMatchObject({ cause: { name: 'AccessDeniedException' } });
    isOver = true;
    // A request takes longer than the others would have waited.
    expect(await saved()).toEqual([]);
    expect(late).toEqual([]);
  });

  it('waits for requests that are under way before it says so', async () => {
    const { requestId, rows } = newNotification();
    let underWay = 0;
    let isFirst = true;
    const failing = logWith(async ({ command, send }) => {
      if (command === 'Query') return send();
      if (isFirst) {
        isFirst = false;
        throw awsError('AccessDeniedException');
      }
      underWay += 1;
      try {
        return await send();
      } finally {
        underWay -= 1;
      }
    });

    await expect(failing.saveLogs(requestId, rows(manyEntries(200)), noHurry())).rejects.toMatchObject({
      obstacle: { code: 'TABLE_UNREACHABLE', message: expect.stringContaining('AccessDeniedException') },
    });
    expect(underWay).toBe(0);
  });
});

describe('a row that DynamoDB refuses', () => {
  const tooLarge = { _id: 'large', status: 'FAILURE', comments: 'x'.repeat(500_000) };
  let nested: unknown = 'deepest';
  for (let depth = 0; depth < 40; depth += 1) nested = { nested };
  const tooDeep = { _id: 'deep', status: 'FAILURE', nested };

  /** DynamoDB's limit of 32 levels, which dynalite lacks. */
  const refusingDepth: Intercept = async ({ item, send }) => {
    const { log } = item ?? {};
    if (typeof log === 'object' && log !== null && 'nested' in log) throw awsError('ValidationException');
    return send();
  };

  it('does not keep the others out', async () => {
    const { requestId, rows, saved } = newNotification();
    const all = [...manyEntries(15), tooDeep, ...entries('x', 'y', 'z')];
    await logWith(refusingDepth).saveLogs(requestId, rows(all), noHurry());
    expect(idsIn(await saved())).toEqual(idsIn(rows(all)));
  });

  it('is stored with its entry as text', async () => {
    const { requestId, rows, saved } = newNotification();
    await logWith(refusingDepth).saveLogs(requestId, rows([tooDeep]), noHurry());
    const [row] = await saved();
    expect(row).toMatchObject({ logId: 'deep', status: 'FAILURE', log: expect.any(String) });
    expect(JSON.parse(row?.log as string)).toEqual(tooDeep);
  });

  it('is stored with the beginning of its entry where that is too large', async () => {
    const { requestId, rows, saved } = newNotification();
    await logWith().saveLogs(requestId, rows([...entries('a'), tooLarge]), noHurry());
    const [small, large] = await saved();
    expect(small?.log).toEqual(entries('a')[0]);
    expect(large).toMatchObject({ logId: 'large', status: 'FAILURE' });
    expect(JSON.stringify(tooLarge).startsWith(large?.log as string)).toBe(true);
  });

  it('is counted among the others, and known from then on', async () => {
    const { requestId, rows } = newNotification();
    const log = logWith(refusingDepth);
    const all = [...entries('a'), tooDeep];
    expect(await log.saveLogs(requestId, rows(all), noHurry())).toMatchObject({
      tally: { counts: { total: 2, delivered: 1, failed: 1 } },
      isWhole: true,
    });
    const writes: Request[] = [];
    await logWith(recorder(writes)).saveLogs(requestId, rows(all, 60_000), noHurry());
    expect(writes).toEqual([]);
  });

  describe.each(['ValidationException', 'SerializationException'])(
    'in every form of Kore’s, with %s',
    (name) => {
      const poison = { _id: 'poison', originalId: 'half \ud800', status: 'FAILURE', comments: '\udc00' };
      /** Refuses what has any text of Kore's. */
      const refusingPoison: Intercept = async ({ item, send }) => {
        if (item?.logId === 'poison' && (item.log !== undefined || item.recipient)) throw awsError(name);
        if (item?.logId === 'poison' && !(await server.rowsOf(item.requestId)).length) throw awsError(name);
        return send();
      };

      it('is named as a failure by the key that it has', async () => {
        const { requestId, rows, saved } = newNotification();
        const log = logWith(refusingPoison);

        const { notReached } = await log.saveLogs(requestId, rows([poison]), noHurry(), true);

        expect(notReached).toEqual((await saved()).map(({ logId }) => logId));
        expect(await log.notReached(requestId)).toEqual(notReached);
      });

      it('is a row of keys alone', async () => {
        const { requestId, rows, saved } = newNotification();
        await logWith(refusingPoison).saveLogs(requestId, rows([...entries('a'), poison]), noHurry());
        const [row, ...others] = (await saved()).filter(({ logId }) => logId !== 'a');
        expect(others).toEqual([]);
        expect(row).toEqual({
          requestId,
          logId: expect.stringMatching(/^sha256-[0-9a-f]{32}$/),
          identity: expect.any(String),
          status: 'FAILURE',
          createdOn: expect.any(String),
          askedAt: 0,
          savedAt: expect.any(String),
          expiresAt: expect.any(Number),
          failureOf: expect.any(String),
        });
      });

      it('stays one row while its status changes', async () => {
        const { requestId, rows, saved } = newNotification();
        const log = logWith(refusingPoison);
        await log.saveLogs(requestId, rows([poison]), noHurry());
        const changed = [{ ...poison, status: 'SUCCESS' }];
        const { tally } = await log.saveLogs(requestId, rows(changed, 60_000), noHurry());
        expect(tally.counts).toEqual({ total: 1, delivered: 1, failed: 0 });
        expect(await saved()).toMatchObject([{ status: 'SUCCESS' }]);
      });

      it('leaves the row that it had while it could be saved', async () => {
        const { requestId, rows, saved } = newNotification();
        await logWith().saveLogs(requestId, rows([poison]), noHurry());
        const changed = [{ ...poison, status: 'SUCCESS' }];
        await logWith(refusingPoison).saveLogs(requestId, rows(changed, 60_000), noHurry());
        expect(await saved()).toMatchObject([{ logId: 'poison', status: 'SUCCESS' }]);
      });
    },
  );

  it('keeps no other out where it is refused in every form, and is an obstacle then', async () => {
    const { requestId, rows, saved } = newNotification();
    const refusing = logWith(async ({ item, send }) => {
      if (item?.status === 'FAILURE') throw awsError('ValidationException');
      return send();
    });
    const all = [tooDeep, ...manyEntries(40)];
    await expect(refusing.saveLogs(requestId, rows(all), noHurry())).rejects.toMatchObject({
      obstacle: { code: 'TABLE_UNREACHABLE', message: expect.stringContaining('ValidationException') },
    });
    expect(await saved()).toHaveLength(40);
  });
});

describe('the failures of a notification', () => {
  it('are found over as many pages as it takes, without their logs', async () => {
    const { requestId, rows } = newNotification();
    const large = Array.from({ length: 8 }, (_, i) => ({
      _id: `nl-${i}`,
      status: i % 2 ? 'FAILURE' : 'SUCCESS',
      comments: 'x'.repeat(300_000),
    }));
    await logWith().saveLogs(requestId, rows(large), noHurry());
    const pages: unknown[] = [];
    const log = logWith(async ({ send }) => {
      const page = await send();
      pages.push(...((page as { Items?: unknown[] }).Items ?? []));
      return page;
    });

    expect(await log.notReached(requestId)).toEqual(['nl-1', 'nl-3', 'nl-5', 'nl-7']);
    expect(pages).toEqual(['nl-1', 'nl-3', 'nl-5', 'nl-7'].map((logId) => ({ logId })));
  });

  it('are named by the save without another request', async () => {
    const { requestId, rows } = newNotification();
    const commands: string[][] = [];
    for (const namesFailures of [false, true]) {
      const seen: string[] = [];
      const log = logWith(({ command, send }) => {
        seen.push(command);
        return send();
      });
      await log.saveLogs(
        requestId,
        rows([{ _id: `nl-${namesFailures}`, status: 'FAILURE' }]),
        noHurry(),
        namesFailures,
      );
      commands.push(seen);
    }

    expect(commands[1]).toEqual(commands[0]);
  });
});

describe('a table that cannot be reached', () => {
  const attempts = {
    saveLogs: (log: ReturnType<typeof logWith>) =>
      log.saveLogs('ds-unreachable', newNotification().rows(entries('a')), noHurry()),
    saveSummary: (log: ReturnType<typeof logWith>) => log.saveSummary(summaryOf('ds-unreachable', 'failed')),
    notReached: (log: ReturnType<typeof logWith>) => log.notReached('ds-unreachable'),
  };

  describe.each(Object.entries(attempts))('%s', (_name, attempt) => {
    it('says so where nobody listens', async () => {
      const gone = await tableServer(table);
      await gone.close();
      const log = logWith(undefined, gone.endpoint);
      await expect(attempt(log)).rejects.toMatchObject({ obstacle: { code: 'TABLE_UNREACHABLE' } });
    });

    it.each(['ResourceNotFoundException', 'ProvisionedThroughputExceededException', 'AccessDeniedException'])(
      'names %s, and nothing of its message',
      async (name) => {
        const log = logWith(() => Promise.reject(awsError(name)));
        await expect(attempt(log)).rejects.toMatchObject({
          obstacle: { code: 'TABLE_UNREACHABLE', message: expect.stringContaining(`(${name})`) },
          message: expect.not.stringContaining('john.doe'),
          cause: { name },
        });
      },
    );
  });

  it('is one that takes no rows, though it gives them', async () => {
    const { requestId, rows } = newNotification();
    const readOnly = logWith(async ({ command, send }) => {
      if (command === 'Put') throw awsError('AccessDeniedException');
      return send();
    });
    await expect(readOnly.saveLogs(requestId, rows(entries('a')), noHurry())).rejects.toMatchObject({
      obstacle: { code: 'TABLE_UNREACHABLE' },
    });
  });
});

describe('the summary', () => {
  it('is saved before the rows, by its sort key', async () => {
    const { requestId, rows, saved } = newNotification();
    await logWith().saveLogs(requestId, rows(entries('0', 'A', 'a')), noHurry());
    await logWith().saveSummary(summaryOf(requestId, 'complete', 'first'));
    expect((await saved())[0]).toEqual(summaryOf(requestId, 'complete', 'first'));
  });

  it.each<[Outcome, Outcome]>([
    ['complete', 'complete'],
    ['timed-out', 'timed-out'],
    ['failed', 'failed'],
    ['timed-out', 'complete'],
    ['failed', 'complete'],
    ['failed', 'timed-out'],
  ])('of outcome %s is replaced by one of %s', async (first, second) => {
    const { requestId, saved } = newNotification();
    await logWith().saveSummary(summaryOf(requestId, first, 'first'));
    await logWith().saveSummary(summaryOf(requestId, second, 'second'));
    expect(await saved()).toEqual([summaryOf(requestId, second, 'second')]);
  });

  it.each<[Outcome, Outcome]>([
    ['complete', 'timed-out'],
    ['complete', 'failed'],
    ['timed-out', 'failed'],
  ])('of outcome %s is not replaced by one of %s', async (first, second) => {
    const { requestId, saved } = newNotification();
    await logWith().saveSummary(summaryOf(requestId, first, 'first'));
    await logWith().saveSummary(summaryOf(requestId, second, 'second'));
    expect(await saved()).toEqual([summaryOf(requestId, first, 'first')]);
  });

  it.each([
    ['stays until it expires', 86_400, 'complete'],
    ['gives way once it has expired, though it is not gone yet', 86_401, 'failed'],
  ])('of a better outcome %s', async (_, seconds, outcome) => {
    const { requestId, saved } = newNotification();
    await logWith().saveSummary(summaryOf(requestId, 'complete', 'first'));
    await logWith().saveSummary(summaryOf(requestId, 'failed', 'second', NOW + seconds * 1000));
    expect(await saved()).toMatchObject([{ outcome }]);
  });
});

it('saves an entry that the SDK itself refuses as text, and the rest beside it', async () => {
  const odd = JSON.parse('{"_id":"odd","constructor":{"name":"Set"}}');
  const plain = { _id: 'plain' };
  const requestId = 'ds-odd';

  await logWith().saveLogs(
    requestId,
    toRows([odd, plain], { requestId }, { now: 0, askedAt: 0, retentionDays: 1 }),
    new AbortController().signal,
  );

  const rows = await server.rowsOf(requestId);
  expect(new Map(rows.map(({ logId, log }) => [logId, log]))).toEqual(
    new Map<string, unknown>([
      ['odd', JSON.stringify(odd)],
      ['plain', plain],
    ]),
  );
});
