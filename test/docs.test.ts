/** The documents hold what they say: links lead somewhere, events are events, commands are run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FINDING_CODES } from '../cli/doctor/finding.ts';
import { parseCampaignEvent } from '../client/parse-campaign-event.ts';
import { parseFinalEvent } from '../client/parse-final-event.ts';
import { parseRecipientsNotReached } from '../client/parse-recipients-not-reached.ts';
import { campaignInputSchema } from '../contract/campaign/campaign-input.ts';
import { FAILURE_SHARDS } from '../contract/delivery-log-row.ts';
import { campaignEventPattern, finalEventPattern } from '../contract/event/event-pattern.ts';
import { trackingInputSchema } from '../contract/tracking-input.ts';
import { CHANNELS } from '../lambdas/check-delivery/kore/words/channel-word.ts';

const PROJECT = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(PROJECT, file), 'utf8');

const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(join(PROJECT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];

/** As GitHub makes them of headings. */
function anchorsOf(page: string): string[] {
  const headings = [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

it.each(PAGES)('%s links only to what is there', (page) => {
  const links = [...read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, target = '']) => target);
  const broken = links.filter((link) => {
    const [path = '', anchor] = link.split('#');
    const target = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(PROJECT, target))) return true;
    return anchor !== undefined && target.endsWith('.md') && !anchorsOf(target).includes(anchor);
  });

  expect(broken).toEqual([]);
});

it.each(PAGES)('%s names what the linked code has', (page) => {
  const names = [...read(page).matchAll(/\[`([A-Za-z_]+)`\]\(([^)\s]+\.ts)\)/g)];
  const missing = names.filter(([, name = '', path = '']) => {
    const code = read(join(dirname(page), path));
    return !new RegExp(
      `^export (async |abstract )?(const|function|class|interface|type) ${name}\\b`,
      'm',
    ).test(code);
  });

  expect(missing.map(([link]) => link)).toEqual([]);
});

/** JSON blocks of a section of docs/events.md. */
function jsonOf(heading: string): unknown[] {
  const [, section = ''] = read('docs/events.md').split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/```json\n(.*?)```/gs)].map(([, text = '']) => JSON.parse(text));
}

it.each([
  ...[
    'PLACEHOLDER',
    'NOT_JSON',
    'FIELD_MISSING',
    'FIELD_INVALID',
    'FIELD_UNKNOWN',
    'KEY_MALFORMED',
    'ALGORITHM_UNKNOWN',
  ],
  ...new Set(
    readdirSync(join(PROJECT, 'cli'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((file) => [...read(`cli/${file}`).matchAll(/CommandError\(\s*'([A-Z_]+)'/g)])
      .map(([, code = '']) => code),
  ),
])('docs/command-line.md explains the code %s', (code) => {
  expect(read('docs/command-line.md')).toContain(`\`${code}\``);
});

it('docs/command-line.md has each finding of doctor, and no other', () => {
  const [, section = ''] = /\n## What doctor finds\n([\s\S]*?)\n## /.exec(read('docs/command-line.md')) ?? [];
  const codes = [...section.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code);

  expect(codes.toSorted()).toEqual(FINDING_CODES.toSorted());
});

describe('docs/events.md', () => {
  it.each([
    ['Notification Delivery Complete', 'complete'],
    ['Notification Delivery Timed Out', 'timed-out'],
    ['Notification Tracking Failed', 'failed'],
  ])('shows "%s" whole', (heading, outcome) => {
    const [event] = jsonOf(heading) as [{ detail: object }];

    expect(parseFinalEvent(event)).toEqual({ outcome, ...event.detail });
  });

  it.each([
    ['Campaign Delivery Complete', 'complete'],
    ['Campaign Delivery Timed Out', 'timed-out'],
    ['Campaign Tracking Failed', 'failed'],
  ])('shows "%s" whole', (heading, outcome) => {
    const [event] = jsonOf(heading) as [{ detail: object }];

    expect(parseCampaignEvent(event)).toEqual({ outcome, ...event.detail });
  });

  it('shows "Notification Recipients Not Reached" whole', () => {
    const [event] = jsonOf('Notification Recipients Not Reached') as [{ detail: object }];

    expect(parseRecipientsNotReached(event)).toEqual(event.detail);
  });

  it.each([
    ['The input', trackingInputSchema],
    ['The input of a campaign', campaignInputSchema],
  ])('shows one that can be tracked: %s', (heading, schema) => {
    const [input] = jsonOf(heading);

    expect(schema.parse(input)).toEqual(input);
  });

  it('shows the patterns that its examples make', () => {
    const stateMachineArn = 'arn:aws:states:eu-central-1:123456789012:stateMachine:tracking';
    const pattern = finalEventPattern({
      outcomes: ['complete'],
      statuses: ['PARTIAL_SUCCESS', 'FAILURE'],
      stateMachineArn,
    });
    const ofCampaigns = campaignEventPattern({
      stateMachineArn: stateMachineArn.replace('tracking', 'campaigns'),
    });

    expect(jsonOf('Match them')).toEqual([pattern, ofCampaigns]);
  });
});

it('docs/events.md names every channel that an event may name', () => {
  const [list = ''] = /^- `channels` are [^;]*;/m.exec(read('docs/events.md')) ?? [];

  expect([...list.matchAll(/`(\w+)`/g)].map(([, name]) => name)).toEqual(['channels', ...CHANNELS]);
});

it('docs/delivery-log.md tells consumers of every shard', () => {
  const page = read('docs/delivery-log.md');

  expect(page).toContain(`over ${FAILURE_SHARDS} *shards*, \`0\` to \`${FAILURE_SHARDS - 1}\``);
  expect(page).toContain(`{ length: ${FAILURE_SHARDS} }`);
});
