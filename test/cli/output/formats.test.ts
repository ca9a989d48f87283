/** The forms of an output: each says the same. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CAMPAIGN, fillCampaign } from '../campaign/campaign-in-table.ts';
import { type CommandLine, commandLine } from '../command-line.ts';
import { NOW } from '../delivered.ts';

let line: CommandLine;
beforeAll(async () => {
  line = await commandLine();
  await fillCampaign(line);
});
afterAll(() => line.close());

const run = (...argv: string[]) => line.runIn({ now: NOW }, ...argv);
const LISTS: readonly [string, readonly string[]][] = [
  ['failures', ['failures', '--campaign', CAMPAIGN]],
  ['failures', ['failures', '--since', '24h']],
  ['deliveries', ['recipient', 'jan@example.com']],
  ['trackings', ['list']],
  ['trackings', ['list', '--campaign', CAMPAIGN]],
  ['notifications', ['retrack', '--campaign', CAMPAIGN, '--failed', '--dry-run']],
];

describe.each(LISTS)('%s of %j', (name, argv) => {
  it('are the same items in NDJSON, a line each', async () => {
    const { document } = await run(...argv, '--output', 'json');
    const { stdout } = await run(...argv, '--output', 'ndjson');

    const items = stdout
      .trimEnd()
      .split('\n')
      .map((text) => JSON.parse(text));
    expect(items.length).toBeGreaterThan(0);
    expect(items).toEqual(document[name]);
  });

  it('are a header and a record each in CSV, as long as the header', async () => {
    const { document } = await run(...argv, '--output', 'json');
    const { stdout } = await run(...argv, '--output', 'csv');

    const [header = '', ...records] = stdout.split('\r\n').slice(0, -1);
    expect(records).toHaveLength(document[name].length);
    expect(header).toContain('requestId');
    for (const record of records) expect(record.split(',')).toHaveLength(header.split(',').length);
  });

  it('are piece by piece what they are at once', async () => {
    if (argv.includes('retrack')) return;
    for (const format of ['json', 'ndjson', 'csv', 'table']) {
      const paged = await run(...argv, '--output', format);
      const whole = await run(...argv, '--output', format, '--all');

      expect(whole.stdout).toBe(paged.stdout);
    }
  });
});

describe.each([
  [['failures', '--stream-id', 'st-none']],
  [['recipient', 'nobody@example.com']],
  [['list', '--until', '1000d']],
])('an empty list: %j', (argv) => {
  it('is an empty list in JSON, nothing in NDJSON, and a header in CSV', async () => {
    const [json, ndjson, csv] = await Promise.all(
      ['json', 'ndjson', 'csv'].map((format) => run(...argv, '--output', format)),
    );

    expect(Object.values(json?.document).filter(Array.isArray)).toEqual([[]]);
    expect(ndjson?.stdout).toBe('');
    expect(csv?.stdout).toMatch(/^[\w,]+\r\n$/);
  });
});

it('says on standard error where a list goes on, so that standard output holds items alone', async () => {
  for (const format of ['csv', 'ndjson']) {
    const { stdout, stderr } = await run('failures', '--limit', '1', '--output', format);
    expect(stderr).toMatch(/^next: --cursor [\w-]+\n$/);
    expect(stdout).not.toContain('cursor');
  }
});

describe.each([
  ['show', 'ds-some'],
  ['campaign', CAMPAIGN],
  ['start', 'ds-new-%'],
  ['stop', 'ds-running-too'],
])('%s, a single document', (command, id) => {
  it('is a line of NDJSON, and a record of CSV with a column for each value', async () => {
    const ndjson = await run(command, id.replace('%', '1'), '--output', 'ndjson');
    await fillCampaign(line);
    const csv = await run(command, id.replace('%', '2'), '--output', 'csv');

    expect(ndjson.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(ndjson.stdout)).toBeTypeOf('object');
    const [header, record, ...others] = csv.stdout.split('\r\n');
    expect([ndjson.status, csv.status, others]).toEqual([0, 0, ['']]);
    expect(header).toMatch(/(^|,)(requestId|campaignId)(,|$)/);
    expect(record).toContain(id.replace('%', '2'));
  });
});

it('names the values within values in CSV', async () => {
  const { stdout } = await run('campaign', CAMPAIGN, '--output', 'csv');
  expect(stdout).toContain('notifications.expected,notifications.complete');
});

it('follows in CSV with a record for each event, and one header', async () => {
  const { stdout } = await run('watch', 'ds-failed', '--output', 'csv');
  const lines = stdout.split('\r\n');
  expect(lines[0]).toMatch(/^type,at,requestId/);
  expect(lines[1]).toMatch(/^end,/);
  expect(lines).toHaveLength(3);
});

it.each([
  [['--output', 'xml'], /Allowed choices are table, json, ndjson, csv/],
  [['--output', 'csv', '--json'], /--json is short for --output json/],
])('refuses %j', async (options, sentence) => {
  const { status, stderr, stdout } = await run('list', ...options);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(sentence);
});

it.each([
  [['--output', 'json'], true],
  [['--output=ndjson'], true],
  [['--output', 'csv'], false],
])('prints an error with %j as JSON: %s', async (options, asJson) => {
  const { stderr } = await run('show', 'ds-nothing', ...options);
  expect(stderr.startsWith('{')).toBe(asJson);
  expect(stderr).toContain('NO_SUCH_TRACKING');
});
