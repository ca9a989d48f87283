/** What `npm start` prints where Kore, an execution or an option says what would take over the terminal. */
import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../../lambdas/check-delivery/invocation/invocation.ts';
import {
  type CampaignResult,
  campaignClosingLines,
  campaignJsonText,
} from '../../local/campaign/campaign-report.ts';
import { parseOptions } from '../../local/options.ts';
import { checkLine, closingLines, jsonText, type RunResult } from '../../local/report.ts';
import { HOSTILE, MARK, obeyedIn } from '../hostile-text.ts';

const COLOURED = { colours: true };
const COUNTS = { total: 3, delivered: 1, failed: 1 };
const hostileRow = (log: unknown) => ({
  ...{ requestId: 'ds-1', logId: HOSTILE, recipient: HOSTILE, status: 'FAILURE', createdOn: HOSTILE, log },
});
const detail = (data: object) => ({
  metadata: { id: HOSTILE, version: '1' },
  data: {
    requestId: HOSTILE,
    status: HOSTILE,
    counts: COUNTS,
    channels: [HOSTILE],
    [HOSTILE]: HOSTILE,
    ...data,
  },
});
const run = (changes: object) =>
  ({
    name: 'ds-1',
    end: { status: 'SUCCEEDED', output: { outcome: HOSTILE }, states: [], errors: [] },
    event: { source: HOSTILE, detailType: HOSTILE, detail: detail({}) },
    rows: [
      ...[{ comments: HOSTILE, [HOSTILE]: 1 }, HOSTILE, undefined, null, { comments: { toString: 1 } }].map(
        hostileRow,
      ),
      { requestId: 'ds-1', logId: '#summary', status: HOSTILE },
    ],
    tableName: 'DeliveryLog',
    checks: 4,
    ...changes,
  }) as unknown as RunResult;

const ERROR = { code: HOSTILE, message: HOSTILE };
const RUNS = {
  complete: run({}),
  'timed out': run({ event: { source: HOSTILE, detailType: HOSTILE, detail: detail({ error: ERROR }) } }),
  failed: run({
    end: { status: 'FAILED', output: null, error: HOSTILE, states: [], errors: [] },
    event: { source: HOSTILE, detailType: HOSTILE, detail: detail({ error: ERROR }) },
  }),
  'ended without an event': run({
    end: { status: 'FAILED', output: null, error: HOSTILE, states: [], errors: [] },
    event: undefined,
  }),
};

describe.each(Object.entries(RUNS))('a run that is %s', (_, result) => {
  it('closes with lines of which a terminal obeys nothing but colours', () => {
    const lines = closingLines(result, COLOURED);

    for (const line of lines) expect(obeyedIn(withoutColours(line))).toEqual([]);
    expect(lines.join()).not.toContain('\nForged');
    expect(lines.join()).toContain(MARK);
  });

  it('is a document that says all, escaped', () => {
    const text = jsonText(result);

    expect(obeyedIn(text)).toEqual([]);
    expect(JSON.parse(text).deliveryLogs[0].log.comments).toBe(HOSTILE);
  });
});

const END = { status: 'FAILED', output: null, error: HOSTILE, states: [], errors: [] } as const;
const CAMPAIGN: CampaignResult = {
  ...{ campaignId: 'campaign-1', end: END, row: { [HOSTILE]: HOSTILE }, checks: 1, tableName: 'DeliveryLog' },
  event: { source: HOSTILE, detailType: HOSTILE, detail: { data: { error: ERROR, completedAt: HOSTILE } } },
  trackings: Object.values(RUNS),
};

describe.each([
  ['has failed', CAMPAIGN],
  ['ended without an event', { ...CAMPAIGN, event: undefined }],
])('a campaign that %s', (_, result) => {
  it('closes with lines of which a terminal obeys nothing but colours', () => {
    const lines = campaignClosingLines(result, COLOURED);

    for (const line of lines) expect(obeyedIn(withoutColours(line))).toEqual([]);
    expect(lines.join()).not.toContain('\nForged');
    expect(lines.join()).toContain(MARK);
  });

  it('is a document that says all, escaped', () => {
    const text = campaignJsonText(result);

    expect(obeyedIn(text)).toEqual([]);
    expect(JSON.parse(text).campaign.summary).toEqual({ [HOSTILE]: HOSTILE });
    expect(JSON.parse(text).trackings).toHaveLength(CAMPAIGN.trackings.length);
  });
});

it.each<[string, unknown]>([
  [
    'waits',
    { outcome: 'waiting', obstacle: HOSTILE, progress: { checks: 1, status: HOSTILE, counts: COUNTS } },
  ],
  ['ends', { outcome: 'failed', detail: detail({ error: ERROR }), output: {} }],
])('a check that %s is a line of which a terminal obeys nothing but colours', (_, result) => {
  const line = checkLine(result as CheckResult, 1, 3, COLOURED);

  expect(obeyedIn(withoutColours(line))).toEqual([]);
  expect(line).not.toContain('\n');
  expect(line).toContain(MARK);
});

it.each([
  ['a choice', ['--scenario', HOSTILE]],
  ['an option', [`--${HOSTILE}`]],
  ['an id', ['--request-id', HOSTILE]],
  ['a number', ['--recipients', HOSTILE]],
  ['a campaign', ['--campaign', HOSTILE]],
  [
    'a file',
    [
      '--host',
      'https://example.com',
      '--request-id',
      'ds-1',
      '--stream-id',
      'st-1',
      '--secret-file',
      HOSTILE,
    ],
  ],
])('%s that is refused is quoted without what a terminal obeys', (_, argv) => {
  expect(() => parseOptions(argv)).toThrow(MARK);
  expect(obeyedIn(refusalOf(argv))).toEqual([]);
  expect(refusalOf(argv)).not.toContain('\n');
});

function refusalOf(argv: readonly string[]): string {
  try {
    parseOptions(argv);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

/** Those that `paint` makes. */
function withoutColours(line: string): string {
  return line.replaceAll(/\p{Cc}\[(1|22|31|32|33|39)m/gu, '');
}
