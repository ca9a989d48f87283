/** What every kind of tracking leaves in logs, metrics, events and states: the metrics it should, and nobody's data. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { METRIC_DIMENSION, METRIC_NAMESPACE, METRICS } from '../../../contract/metrics.ts';
import { PAUSED_AT, QUOTA_KEY } from '../../../contract/table-names.ts';
import {
  capacityOf,
  KORE_LIMITS,
  partOf,
  slotAt,
} from '../../../lambdas/check-delivery/budget/call-limits.ts';
import type { LocalAws } from '../../../local/aws/local-aws.ts';
import {
  deployment,
  entry,
  type Fields,
  fails,
  koreThat,
  SECRET,
  STREAM_ID,
  says,
  type Tracked,
  type TrackingSetup,
  trackAt,
} from '../tracking-harness.ts';

/** Recipients' addresses as Kore sends them; rows of the table are the only place for them. */
const ADDRESSES = [
  'person.1@example.com',
  'Person.1@Example.com',
  '+49 170 1234567',
  'jane.doe@corp.example',
];
const PRIVATE_KEY_MARK = 'PRIVATE KEY';
const CLIENT_SECRET: string = JSON.parse(SECRET).clientSecret;

const INPUT = { requestId: 'ds-observed', streamId: STREAM_ID, correlationId: 'order-42' };

interface Scenario {
  readonly setup?: TrackingSetup;
  readonly kore?: (call: number, response: ServerResponse) => void;
  /** Code of the error in the event, where there is one. */
  readonly code?: string;
  /** The tracking's metrics, each with its sum; `any` where it depends on the clock. */
  readonly metrics: Readonly<Partial<Record<keyof typeof METRICS, number>>>;
}

/** An error body that says what it must not. */
const indiscreet = (auth: string) =>
  `refused for jane.doe@corp.example, +49 170 1234567, token ${auth}, secret of the app`;
const SHORT = { DEADLINE_SECONDS: '60' };
const NOWHERE = 'http://127.0.0.1:9';
const any = expect.any(Number);
const KORE = capacityOf(KORE_LIMITS);
/** For hours to come. */
const ALL_BOOKED = Object.fromEntries(
  Array.from({ length: 100 }, (_, part) => [
    `r${partOf(slotAt(Date.now()), KORE) - 13 + part}`,
    KORE.callsInSpan,
  ]),
);
const began = { TrackingsStarted: 1 };
const ended = (outcome: Fields, delivered = 0, failed = 0) => ({
  ...began,
  ...outcome,
  ChecksPerNotification: any,
  RecipientsDelivered: delivered,
  RecipientsFailed: failed,
});
const failed = (obstacle: Fields) => ended({ TrackingsFailed: 1, ...obstacle });

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'a delivery that completes': {
    kore: (call, response) =>
      call === 1
        ? says(response, 'IN_PROGRESS', [entry(1)])
        : says(response, 'PARTIAL_SUCCESS', [entry(1), entry(2, 'FAILURE')]),
    metrics: { ...ended({ DeliveriesComplete: 1, DetectionLag: any, CallBudgetUsed: any }, 1, 1) },
  },
  'a delivery that times out': {
    code: 'DEADLINE_PASSED',
    setup: { environment: SHORT },
    kore: (_, response) => says(response, 'IN_PROGRESS', [entry(1)]),
    metrics: ended({ DeliveriesTimedOut: 1, CallBudgetUsed: any }, 1, 0),
  },
  'an id that Kore does not know': {
    code: 'NOTIFICATION_NOT_FOUND',
    setup: { environment: { ...SHORT, NOT_FOUND_GRACE_SECONDS: '1' } },
    kore: (_, response) => fails(response, 404, indiscreet('eyJhbGciOi.x.y')),
    metrics: failed({ NotificationsNotFound: 1, CallBudgetUsed: any }),
  },
  'an input that is no input': {
    code: 'INVALID_INPUT',
    setup: { input: { requestId: 'jane.doe@corp.example', streamId: STREAM_ID, extra: ADDRESSES } },
    metrics: { TrackingsStarted: 1, TrackingsFailed: 1 },
  },
  'credentials that Kore refuses': {
    code: 'CREDENTIALS_REFUSED',
    setup: { environment: SHORT },
    kore: (_, response) => fails(response, 401, indiscreet('eyJhbGciOi.x.y')),
    metrics: failed({ CredentialsRefused: any, CallBudgetUsed: any }),
  },
  'a secret that is no JSON': {
    code: 'INVALID_SECRET',
    setup: { environment: SHORT, secret: `${CLIENT_SECRET} -----BEGIN ${PRIVATE_KEY_MARK}-----` },
    metrics: failed({ CredentialsRefused: any }),
  },
  'a secret that cannot be read': {
    code: 'SECRET_UNREACHABLE',
    setup: {
      environment: { ...SHORT, SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:gone' },
    },
    metrics: failed({ CredentialsRefused: any }),
  },
  'a rate limit that others use up': {
    code: 'RATE_LIMITED',
    setup: { environment: SHORT },
    kore: (_, response) => fails(response, 429, indiscreet('eyJhbGciOi.x.y')),
    metrics: failed({ RefusedCalls: any, CallBudgetUsed: any }),
  },
  'a Kore that is down': {
    code: 'KORE_UNREACHABLE',
    setup: { environment: SHORT },
    kore: (_, response) => fails(response, 503, indiscreet('eyJhbGciOi.x.y')),
    metrics: failed({ KoreUnreachable: any, CallBudgetUsed: any }),
  },
  'an answer that cannot be understood': {
    code: 'KORE_ANSWER_INVALID',
    setup: { environment: SHORT },
    kore: (_, response) => {
      response.end('<html>jane.doe@corp.example</html>');
    },
    metrics: failed({ KoreUnreachable: any, CallBudgetUsed: any }),
  },
  'a request that Kore does not like': {
    code: 'KORE_REQUEST_REFUSED',
    setup: { environment: SHORT },
    kore: (_, response) => fails(response, 400, indiscreet('eyJhbGciOi.x.y')),
    metrics: failed({ KoreUnreachable: any, CallBudgetUsed: any }),
  },
  'tables that are gone': {
    code: 'TABLE_UNREACHABLE',
    setup: { environment: { ...SHORT, AWS_ENDPOINT_URL_DYNAMODB: NOWHERE } },
    kore: (_, response) => says(response, 'SUCCESS', [entry(1)]),
    metrics: failed({ LogsNotSaved: any, BudgetUnreachable: any }),
  },
  'a budget that is gone': {
    setup: { environment: { BUDGET_TABLE_NAME: 'gone' } },
    kore: (_, response) => says(response, 'SUCCESS', [entry(1)]),
    metrics: ended({ DeliveriesComplete: 1, DetectionLag: any, BudgetUnreachable: any }, 1),
  },
  'a budget that is spent': {
    code: 'OUT_OF_CALL_BUDGET',
    setup: { environment: SHORT, prepare: (aws) => setInBudget(aws, ALL_BOOKED) },
    metrics: failed({ PostponedCalls: any, CallBudgetUsed: any }),
  },
  'a bot that is paused': {
    code: 'PAUSED',
    setup: {
      environment: SHORT,
      prepare: (aws) => setInBudget(aws, { [PAUSED_AT]: '2026-01-01T00:00:00Z' }),
    },
    metrics: failed({ PausedChecks: any, CallBudgetUsed: any }),
  },
};

describe.for(Object.entries(SCENARIOS))('%s', ([, { setup = {}, kore, code, metrics }]) => {
  const tokens: string[] = [];
  const run = once(async () => {
    const origin = await koreThat((call, response, request) => {
      tokens.push(tokenOf(request));
      if (kore === undefined) throw new Error('nobody was to call Kore');
      kore(call, response);
    });
    return trackAt(origin, { input: INPUT, ...setup });
  });

  it('ends in one event, with the code of the obstacle', async () => {
    const { data } = (await run()).detail;

    expect(data.error?.code).toBe(code);
  });

  it('makes the metrics that the dashboard expects', async () => {
    expect(sumsOf((await run()).logLines)).toEqual(metrics);
  });

  it('writes no address, token or secret into logs, metrics, events or states', async () => {
    const written = everythingOf(await run());

    const secrets = [
      ...ADDRESSES,
      ...tokens,
      CLIENT_SECRET,
      PRIVATE_KEY_MARK,
      'example.com',
      'corp.example',
      'eyJ',
    ];
    expect(secrets.filter((one) => written.toLowerCase().includes(one.toLowerCase()))).toEqual([]);
  });

  it('says on every line which notification it is about, and which check once the first is planned', async () => {
    const { logLines } = await run();
    const lines = logLines.map((line) => JSON.parse(line)).filter((line) => line._aws === undefined);

    expect(lines.length).toBeGreaterThan(0);
    const about = setup.input === undefined ? INPUT : {};
    for (const line of lines) expect(line).toMatchObject(about);
    const firstOfCheck = 1 + lines.findIndex(({ message }) => message === 'planned');
    for (const line of lines.slice(0, firstOfCheck)) expect(line).not.toHaveProperty('check');
    for (const line of lines.slice(firstOfCheck)) expect(line).toMatchObject({ check: expect.any(Number) });
  });
});

it('finds an address where there is one', async () => {
  const origin = await koreThat((_, response) => says(response, 'SUCCESS', [entry(1)]));

  const { logs } = await trackAt(origin);

  expect(JSON.stringify(logs).toLowerCase()).toContain(ADDRESSES[0]);
});

/** Writes attributes into the bot's item of the call budget. */
async function setInBudget({ tables }: LocalAws, attributes: Fields) {
  const Item = { [QUOTA_KEY]: STREAM_ID, ...attributes };
  await tables.send(new PutCommand({ TableName: deployment().budgetTable.name, Item }));
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function tokenOf({ headers }: IncomingMessage): string {
  const { auth } = headers;
  if (typeof auth !== 'string') throw new Error('Kore was called without a token');
  return auth;
}

function everythingOf({ logLines, events, checks, end, executionArn }: Tracked): string {
  return JSON.stringify([logLines, events, checks, end, executionArn]);
}

/** Sums of the metrics in what the function wrote; each is a metric of ours, with its unit and one dimension. */
function sumsOf(logLines: readonly string[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const line of logLines.map((text) => JSON.parse(text))) {
    for (const { Namespace, Dimensions, Metrics } of line._aws?.CloudWatchMetrics ?? []) {
      expect([Namespace, Dimensions, line[METRIC_DIMENSION]]).toEqual([
        METRIC_NAMESPACE,
        [[METRIC_DIMENSION]],
        'DeliveryTracker-Tracker',
      ]);
      for (const { Name, Unit } of Metrics) {
        expect(Unit).toBe(METRICS[Name as keyof typeof METRICS]);
        sums[Name] = [line[Name]].flat().reduce((sum: number, value: number) => sum + value, sums[Name] ?? 0);
      }
    }
  }
  return sums;
}
