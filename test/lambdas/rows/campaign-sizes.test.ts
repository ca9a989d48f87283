/** How many notifications a campaign announced is read from the row that its own checks write, once in a container. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { campaignPartition, SUMMARY_ID } from '../../../contract/table-names.ts';
import { campaignTableIn } from '../../../lambdas/check-campaign/rows/campaign-table.ts';
import { campaignSizesIn } from '../../../lambdas/check-delivery/rows/campaign-sizes.ts';
import { readDeployment } from '../../../local/aws/deployment.ts';
import { type TableServer, tableServer } from '../../../local/aws/table-server.ts';
import { clientAt } from '../client-at.ts';

const { table } = readDeployment(inject('assembly'), 'DeliveryTracker');
const STARTED_AT = '2026-01-01T08:30:00.000Z';
const SIZE = { notifications: 3_000, startedAt: Date.parse(STARTED_AT) };

let server: TableServer;
beforeAll(async () => {
  server = await tableServer(table);
});
afterAll(() => server.close());

interface Request {
  readonly command: string;
  readonly input: Readonly<Record<string, unknown>>;
}
interface Faults {
  /** What a request throws, counted from 1. */
  readonly fails?: (time: number) => Error | undefined;
}

/** Those of a container, and the requests that it makes. It does not retry. */
function sizesOfContainer({ fails = () => undefined }: Faults = {}) {
  const requests: Request[] = [];
  const client = clientAt(server.endpoint);
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        requests.push({ command: String(commandName), input: args.input as unknown as Request['input'] });
        const error = fails(requests.length);
        if (error !== undefined) throw error;
        return next(args);
      },
    { step: 'initialize' },
  );
  return { sizes: campaignSizesIn(client, table.name), requests };
}

let campaigns = 0;
const newId = () => {
  campaigns += 1;
  return `campaign-${campaigns}`;
};
const keysOf = (campaignId: string) =>
  ({ requestId: campaignPartition(campaignId), logId: SUMMARY_ID }) as const;
const bareOf = (campaignId: string) => ({
  ...keysOf(campaignId),
  executionArn: 'arn:campaign',
  savedAt: STARTED_AT,
  expiresAt: SIZE.startedAt / 1000 + 86_400,
});
/** As the campaign's own check writes it. */
const follow = (campaignId: string, expected = SIZE.notifications) =>
  campaignTableIn(server.client, table.name).saveRow({
    ...bareOf(campaignId),
    startedAt: STARTED_AT,
    notifications: { expected, complete: 20, timedOut: 1, failed: 2, missing: expected - 23, extra: 0 },
    counts: { total: 40, delivered: 38, failed: 2 },
    checks: 7,
  });
const put = (row: object) => server.client.send(new PutCommand({ TableName: table.name, Item: row }));

describe('the size of a campaign', () => {
  it('is how many notifications it announced, and when it began', async () => {
    const campaignId = newId();
    await follow(campaignId);

    expect(await sizesOfContainer().sizes.of(campaignId)).toEqual(SIZE);
  });

  it('is read by both keys of its row, eventually consistent, and no more of the row than it needs', async () => {
    const campaignId = newId();
    const { sizes, requests } = sizesOfContainer();

    await sizes.of(campaignId);

    const [{ command, input } = {} as Request, ...others] = requests;
    expect(others).toEqual([]);
    expect(command).toBe('QueryCommand');
    expect(input).toEqual({
      TableName: table.name,
      KeyConditionExpression: 'requestId = :campaign AND logId = :summary',
      ExpressionAttributeValues: { ':campaign': `#campaign#${campaignId}`, ':summary': '#summary' },
      ProjectionExpression: 'notifications, startedAt, outcome',
    });
  });

  it('is its own, whatever other rows and campaigns there are', async () => {
    const [campaignId, other] = [newId(), newId()];
    await follow(campaignId);
    await follow(other, 70);
    await put({
      ...bareOf(campaignId),
      logId: '#before',
      startedAt: STARTED_AT,
      notifications: { expected: 1 },
    });
    const { sizes } = sizesOfContainer();

    expect(await sizes.of(campaignId)).toEqual(SIZE);
    expect(await sizes.of(other)).toEqual({ ...SIZE, notifications: 70 });
  });
});

describe('a size that is known', () => {
  it('is remembered and not asked for again', async () => {
    const campaignId = newId();
    await follow(campaignId);
    const { sizes, requests } = sizesOfContainer();

    const first = await sizes.of(campaignId);
    const second = await sizes.of(campaignId);

    expect([first, second]).toEqual([SIZE, SIZE]);
    expect(requests).toHaveLength(1);
  });

  it('is not taken for that of another campaign', async () => {
    const [known, unknown] = [newId(), newId()];
    await follow(known);
    const { sizes } = sizesOfContainer();
    await sizes.of(known);

    expect(await sizes.of(unknown)).toBeUndefined();
  });

  it('is forgotten where more than a hundred campaigns are known, and asked for again', async () => {
    const ids = Array.from({ length: 101 }, newId);
    await Promise.all(ids.map((id) => follow(id)));
    const { sizes, requests } = sizesOfContainer();
    for (const id of ids.slice(0, 100)) await sizes.of(id);
    const [first = '', last = ''] = [ids[0], ids[100]];
    const requestsFor = async (id: string) => {
      const before = requests.length;
      expect(await sizes.of(id)).toEqual(SIZE);
      return requests.length - before;
    };

    expect(await requestsFor(first)).toBe(0);
    expect(await requestsFor(last)).toBe(1);
    expect([await requestsFor(first), await requestsFor(last)]).toEqual([1, 0]);
  });
});

describe('a size that is not known', () => {
  it('is that of a campaign that has ended, from which nothing comes', async () => {
    const campaignId = newId();
    await put({
      ...bareOf(campaignId),
      startedAt: STARTED_AT,
      notifications: { expected: 3_000 },
      outcome: 'complete',
    });

    expect(await sizesOfContainer().sizes.of(campaignId)).toBeUndefined();
  });

  it('is none where nobody follows the campaign, and is asked for again by the next check', async () => {
    const campaignId = newId();
    const { sizes, requests } = sizesOfContainer();

    expect(await sizes.of(campaignId)).toBeUndefined();
    expect(await sizes.of(campaignId)).toBeUndefined();

    expect(requests).toHaveLength(2);
  });

  it('is known as soon as the campaign is followed', async () => {
    const campaignId = newId();
    const { sizes } = sizesOfContainer();
    await sizes.of(campaignId);
    await follow(campaignId);

    expect(await sizes.of(campaignId)).toEqual(SIZE);
  });

  const numbers = { notifications: { expected: 5, missing: 5 } };
  it.each([
    ['has neither a start nor numbers, as the campaign never began', {}],
    ['has no start', numbers],
    ['has no numbers', { startedAt: STARTED_AT }],
  ])('is none where the row %s', async (_, more) => {
    const campaignId = newId();
    await put({ ...bareOf(campaignId), outcome: 'failed', ...more });

    expect(await sizesOfContainer().sizes.of(campaignId)).toBeUndefined();
  });

  it('is the SDK’s error where the table cannot be read, and is asked for again', async () => {
    const campaignId = newId();
    await follow(campaignId);
    const away = Object.assign(new Error('no'), { name: 'ThrottlingException' });
    const { sizes } = sizesOfContainer({ fails: (time) => (time === 1 ? away : undefined) });

    await expect(sizes.of(campaignId)).rejects.toBe(away);
    expect(await sizes.of(campaignId)).toEqual(SIZE);
  });
});
