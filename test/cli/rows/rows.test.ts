/** Commands that ask the tables: recipients, failures, erasure, pauses. */
import { BatchWriteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DeliveryLogRow, failureKeys } from '../../../contract/delivery-log-row.ts';
import { type CommandLine, commandLine } from '../command-line.ts';
import { delivered as deliveredTo, NOW } from '../delivered.ts';

const HOUR = 3_600_000;
const JOHN = 'John.Doe@example.com';

let line: CommandLine;
/** Operations on the tables, by name. */
let operations: string[] = [];
beforeAll(async () => {
  line = await commandLine();
  line.tables.onRequest((operation) => operations.push(operation));
});
afterAll(() => line.close());
beforeEach(() => {
  line.aws.executions.clear();
});

const delivered = (...args: Tail<Parameters<typeof deliveredTo>>) => deliveredTo(line, ...args);
type Tail<T extends unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;

const run = async (...argv: string[]) => {
  operations = [];
  return line.runIn({ now: NOW }, ...argv);
};

describe('a person whose rows have several forms of the address', () => {
  const [COMPOSED, DECOMPOSED] = ['zo\u00eb@example.com', 'zoe\u0308@example.com'];
  beforeAll(async () => {
    await delivered('ds-form-1', 'st-form', [DECOMPOSED, 'SUCCESS', 3]);
    // As 0.1.0 wrote it.
    const { requestId, logId } = { requestId: 'ds-form-2', logId: 'nl-old' };
    const row = {
      requestId,
      logId,
      recipient: DECOMPOSED,
      status: 'SUCCESS',
      createdOn: '2026-11-24T11:00:00.000Z',
    };
    const { tableName } = line.tracker;
    await line.tables.client.send(new PutCommand({ TableName: tableName, Item: { ...row, log: {} } }));
  });

  it.each([COMPOSED, DECOMPOSED])(
    'is found by either, newest first, as far as the limit goes',
    async (address) => {
      const all = JSON.parse((await run('recipient', address, '--json')).stdout);
      expect(all.deliveries.map((one: { requestId: string }) => one.requestId)).toEqual([
        'ds-form-2',
        'ds-form-1',
      ]);
      expect(all.more).toBe(false);

      const one = JSON.parse((await run('recipient', address, '--json', '--limit', '1')).stdout);
      expect(one).toMatchObject({ deliveries: [{ requestId: 'ds-form-2' }], more: true });
    },
  );

  it('is forgotten in both', async () => {
    const { stdout } = await run('forget', COMPOSED, '--yes', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ deleted: 2, notifications: ['ds-form-1', 'ds-form-2'] });
  });
});

it('finds and forgets a phone number that came as a number', async () => {
  await delivered('ds-phone', 'st-phone', [4_917_112_345_678, 'SUCCESS', 3]);

  const { stdout } = await run('recipient', '4917112345678', '--json');
  const forgotten = await run('forget', '4917112345678', '--yes', '--json');

  expect(JSON.parse(stdout).deliveries).toMatchObject([{ requestId: 'ds-phone' }]);
  expect(JSON.parse(forgotten.stdout)).toMatchObject({ deleted: 1 });
});

describe('recipient', () => {
  beforeAll(async () => {
    await delivered('ds-r1', 'st-r', [JOHN, 'SUCCESS', 50], ['jane@example.com', 'SUCCESS', 50]);
    await delivered('ds-r2', 'st-r', [JOHN, 'FAILURE', 2]);
    await delivered('ds-r3', 'st-r', [JOHN, 'SUCCESS', 30]);
  });

  it('shows what a person was sent, newest first, with the address masked', async () => {
    const { status, stdout } = await run('recipient', ` ${JOHN.toUpperCase()} `);

    expect(status).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'Sent to j…e@example.com, newest first:',
      'time                  status   channel  notification  comment',
      '2026-11-24 10:00:00Z  FAILURE  ivr      ds-r2         To [address] FAILURE',
      '2026-11-23 06:00:00Z  SUCCESS  ivr      ds-r3         To [address] SUCCESS',
      '2026-11-22 10:00:00Z  SUCCESS  ivr      ds-r1         To [address] SUCCESS',
      '',
    ]);
    expect(operations).toEqual(['Query']);
  });

  it('says the same to machines, and that there is more', async () => {
    const { document, stdout } = await run('recipient', JOHN, '--json', '--limit', '2');

    expect(document).toMatchObject({ recipient: 'j…e@example.com', more: true });
    expect(document.deliveries.map(({ requestId }: { requestId: string }) => requestId)).toEqual([
      'ds-r2',
      'ds-r3',
    ]);
    expect(stdout).not.toMatch(/doe/i);
    expect((await run('recipient', JOHN, '--limit', '2')).stdout).toMatch(/\nnext: --cursor [\w-]+\n$/);
  });

  it('shows addresses where it is told to', async () => {
    const { document } = await run('recipient', JOHN, '--json', '--show-addresses');

    expect(document.recipient).toBe('john.doe@example.com');
    expect(document.deliveries[0]).toMatchObject({ logId: 'nl-ds-r2-0', log: { originalId: JOHN } });
  });

  it('knows nothing of others, and says no address in an error', async () => {
    expect((await run('recipient', 'nobody@example.com')).stdout).toBe(
      'Nothing is known of n…y@example.com.\n',
    );
    expect(await run('recipient', ' ')).toMatchObject({ status: 2, code: 'WRONG_USAGE' });
    const { stderr } = await run('recipient', `${'x'.repeat(3000)}@example.com`);
    expect(stderr).not.toContain('@');
  });
});

describe('failures', () => {
  beforeAll(async () => {
    await delivered(
      'ds-f1',
      'st-1',
      ...[['a1@example.com', 'FAILURE', 1] as const, ['a2@example.com', 'SUCCESS', 1] as const].map(
        ([address, status, hoursAgo]) => [address, status, hoursAgo] as [string, string, number],
      ),
    );
    await delivered('ds-f2', 'st-2', ['b1@example.com', 'FAILURE', 3], ['b2@example.com', 'FAILURE', 30]);
    await delivered('ds-f3', undefined, ['+49 151 1234567', 'FAILURE', 23.5]);
  });
  const idsOf = ({ document }: Awaited<ReturnType<typeof run>>) =>
    document.failures.map(({ streamId, requestId }: Record<string, string>) => `${streamId} ${requestId}`);

  it('shows those of the last day on all bots: their reasons, then each, newest first, people told apart', async () => {
    const { status, stdout } = await run('failures');

    expect(status).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'Failures since 2026-11-23 12:00:00Z, by reason:',
      'failures  reason',
      '3         To [address] FAILURE',
      '1         To [number]: FAILURE',
      '',
      'Newest first:',
      'time                  bot   notification  recipient           reason',
      '2026-11-24 11:00:00Z  st-1  ds-f1         …@example.com #1    To [address] FAILURE',
      '2026-11-24 10:00:00Z  st-r  ds-r2         j…e@example.com #2  To [address] FAILURE',
      '2026-11-24 09:00:00Z  st-2  ds-f2         …@example.com #3    To [address] FAILURE',
      '2026-11-23 12:30:00Z  -     ds-f3         …67 #4              To [number]: FAILURE',
      '',
    ]);
    // The bots, and each key of each of the four on each of the two days.
    const keys = failureKeys('st-1', '2026-11-24').length;
    expect(operations).toEqual(Array(1 + 4 * 2 * keys).fill('Query'));
  });

  it.each([
    [['--since', '90m'], ['st-1 ds-f1']],
    [
      ['--since', '2d', '--stream-id', 'st-2'],
      ['st-2 ds-f2', 'st-2 ds-f2'],
    ],
    [
      ['--limit', '2'],
      ['st-1 ds-f1', 'st-r ds-r2'],
    ],
    [['--stream-id', 'st-none'], []],
  ])('%j shows some of them', async (options, expected) => {
    const ran = await run('failures', '--json', ...options);
    expect(idsOf(ran)).toEqual(expected);
    expect(ran.document.more).toBe(options.includes('--limit'));
  });

  it('shows all of them, newest first, where some were written before the index had shards', async () => {
    const requestId = 'ds-mixed';
    const failed = Array.from(
      { length: 60 },
      (_, i) => [`m${i}@example.com`, 'FAILURE', i / 3] as [string, string, number],
    );
    await delivered(requestId, 'st-mixed', ...failed);
    const { client } = line.tables;
    const rows = (await line.tables.rowsOf(requestId)) as unknown as DeliveryLogRow[];
    for (const { failureOf = '', ...row } of rows.filter((_, i) => i % 3 === 0)) {
      const Item = { ...row, failureOf: failureOf.replace(/#\d+$/, '') };
      await client.send(new PutCommand({ TableName: line.tracker.tableName, Item }));
    }

    const ofMixed = ['failures', '--json', '--show-addresses', '--stream-id', 'st-mixed'];
    for (const limit of [1, 2, 7, 37, 59, 60, 61]) {
      const { document } = await run(...ofMixed, '--limit', String(limit));
      const addresses = document.failures.map(({ recipient }: { recipient: string }) => recipient);
      expect(addresses).toEqual(failed.slice(0, limit).map(([address]) => address));
      expect(document.more).toBe(limit < 60);
    }
  });

  it('may find none', async () => {
    const { stdout } = await run('failures', '--stream-id', 'st-none');
    expect(stdout).toBe('No failures since 2026-11-23 12:00:00Z on st-none.\n');
  });

  it('of a notification are in what show says of it', async () => {
    line.aws.executions.set('ds-f2', { status: 'RUNNING', startedAt: NOW });
    const { stdout } = await run('show', 'ds-f2', '--show-addresses');

    expect(stdout).toContain('b1@example.com    ivr      To b1@example.com: FAILURE');
    expect(stdout).toContain('0 delivered, 2 failed');
    expect(operations.sort()).toEqual(['GetItem', 'Query']);
  });
});

describe('forget', () => {
  const JANE = 'jane.roe@example.com';
  beforeEach(async () => {
    const others = Array.from({ length: 30 }, (_, i) => [JANE, 'SUCCESS', i] as [string, string, number]);
    await delivered('ds-g1', 'st-g', [JANE, 'FAILURE', 1], ['joe@example.com', 'SUCCESS', 1]);
    await delivered('ds-g2', 'st-g', ...others);
  });
  const left = async (address: string) =>
    (await run('recipient', address, '--json')).document.deliveries.length;

  it('erases every row of one recipient, and says who still has the address', async () => {
    line.aws.executions.set('ds-g1', { status: 'SUCCEEDED', startedAt: NOW });
    line.aws.executions.set('ds-g2', { status: 'RUNNING', startedAt: NOW });

    const { status, document, stdout } = await run('forget', JANE, '--yes', '--json');

    expect(status).toBe(0);
    expect(document).toMatchObject({
      recipient: 'j…e@example.com',
      deleted: 31,
      notifications: ['ds-g1', 'ds-g2'],
      runningTrackings: ['ds-g2'],
    });
    expect(document.stillHeld.join()).toMatch(/another field.*35 days.*Kore\.ai.*correlationId.*0\.1\.0/);
    expect(stdout).not.toContain('roe');
    expect([await left(JANE), await left('joe@example.com')]).toEqual([0, 1]);
  });

  it('asks a person with the whole address, who may say no', async () => {
    const questions: string[] = [];
    const onQuestion = (question: string) => questions.push(question);

    const no = await line.runIn({ answer: false, onQuestion }, 'forget', JANE);

    expect(questions).toEqual([`Erase all rows of ${JANE} in the table ${line.tracker.tableName}?`]);
    expect(no).toMatchObject({ status: 5, code: 'NOT_CONFIRMED' });
    expect(await left(JANE)).toBe(31);

    const { stdout } = await line.runIn({ answer: true }, 'forget', JANE);
    expect(stdout).toContain('Erased 31 rows whose recipient is j…e@example.com, from 2 notifications.');
    expect(stdout).toContain('Run this again');
    expect(await left(JANE)).toBe(0);
  });

  it('needs --yes where nobody can be asked', async () => {
    expect(await run('forget', JANE)).toMatchObject({ status: 2, code: 'WRONG_USAGE' });
    expect(await left(JANE)).toBe(31);
  });

  it('erases again what a running tracking writes meanwhile, and gives up where it goes on', async () => {
    const row = { requestId: 'ds-g3', status: 'SUCCESS', createdOn: '2026-11-24T00:00:00Z', recipient: JANE };
    const put = (logId: string) => ({ PutRequest: { Item: { ...row, logId } } });
    const write = (logId: string) =>
      line.tables.client.send(
        new BatchWriteCommand({ RequestItems: { [line.tracker.tableName]: [put(logId)] } }),
      );
    let rounds = 0;
    const once = await line.runIn(
      { onSleep: () => (rounds++ === 0 ? write('nl-late') : undefined) },
      ...['forget', JANE, '--yes', '--json'],
    );
    expect(once.document.deleted).toBe(32);

    await write('nl-0');
    const endless = await line.runIn({ onSleep: () => write(`nl-${rounds++}`) }, 'forget', JANE, '--yes');
    expect(endless).toMatchObject({ status: 1, code: 'FORGET_INCOMPLETE' });
  });

  it('has nothing to do at the second time', async () => {
    await run('forget', JANE, '--yes');
    expect((await run('forget', JANE, '--yes', '--json')).document).toMatchObject({
      deleted: 0,
      notifications: [],
    });
  });
});

describe('pause and resume', () => {
  const item = async (bot: string) => {
    const TableName = line.tracker.callBudgetTableName;
    return (await line.tables.client.send(new GetCommand({ TableName, Key: { bot } }))).Item;
  };

  it('pauses a bot until it is resumed', async () => {
    const TableName = line.tracker.callBudgetTableName;
    await line.tables.client.send(
      new PutCommand({ TableName, Item: { bot: 'st-p', r1: 3, expiresAt: NOW / 1000 } }),
    );

    const { status, stdout } = await run('pause', 'st-p');
    expect(status).toBe(0);
    expect(stdout).toContain('Paused st-p');
    expect(stdout).not.toContain('is this its stream id?');
    expect(await item('st-p')).toEqual({ bot: 'st-p', r1: 3, pausedAt: '2026-11-24T12:00:00.000Z' });

    const again = await line.runIn({ now: NOW + HOUR }, 'pause', 'st-p', '--json');
    expect(again.document).toEqual({
      bot: 'st-p',
      pausedAt: '2026-11-24T12:00:00.000Z',
      pausedBefore: true,
      known: true,
    });

    const resumed = await run('resume', 'st-p');
    expect(resumed.stdout).toContain('Resumed st-p, which was paused since 2026-11-24 12:00:00Z.');
    expect(await item('st-p')).toEqual({ bot: 'st-p', r1: 3, expiresAt: NOW / 1000 + 60 * 86_400 });
  });

  it('asks whether a bot that nobody knows is meant', async () => {
    expect((await run('pause', 'st-typo')).stdout).toContain('is this its stream id?');
  });

  it('refuses to resume what is not paused, and changes nothing', async () => {
    expect(await run('resume', 'st-q', '--json')).toMatchObject({ status: 5, code: 'NOT_PAUSED' });
    expect(await item('st-q')).toBeUndefined();
  });

  it.each(['pause', 'resume'])('%s takes ids only', async (command) => {
    expect(await run(command, 'st q')).toMatchObject({ status: 2, code: 'WRONG_USAGE' });
  });
});
