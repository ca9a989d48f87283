import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const PROJECT = join(import.meta.dirname, '..');

/** Words that docs/architecture.md has another word for, or that plain English does. */
const DROPPED: readonly [RegExp, string][] = [
  [/\bledgers?\b/i, 'bookings'],
  [/\bpermit(For)?\b/, 'claim'],
  [/\bsight\b/i, 'finding'],
  [/\b(budgetKey|budgetKeyOf)\b/, 'quota key'],
  [
    /\bnext[Ll]ook|[Ll]ooked at again|\b(a|another|next|one|two|first|last|the) looks? (before|that|sees|at a\b)|\b(another|next) look\b/,
    'check',
  ],
  [/\bStatusReply\b/, 'answer'],
  [/\bwhoever\b/i, 'anyone who, or the thing itself'],
  [/\bfor ever\b/i, 'permanently'],
  [/\b(stands?|stood) in the way\b/i, 'blocks, or obstacle'],
];

/** In cli/, a file of ids that is started together is a batch; a campaign is what its notifications belong to. */
const DROPPED_IN_CLI: readonly [RegExp, string][] = [
  [
    /\bcampaign(s|'s)? (files?|lines?|rates?|progress)\b|campaign(File|Line|Rate|Progress)|\b(files?|lines?|rate|progress) of (a|the) campaign\b/i,
    'batch',
  ],
];

/** What users have: a title in a template, and the words of releases. */
const KEPT: readonly RegExp[] = [
  /^lib\/monitoring\/tracker-dashboard\.ts: stands in the way'/,
  /^(test\/releases\/|test\/lib\/__snapshots__\/|test\/words\.test\.ts|CHANGELOG\.md)/,
];

const files = [
  'bench',
  'bin',
  'cli',
  'client',
  'contract',
  'docs',
  'examples',
  'generate',
  'lambdas',
  'lib',
  'local',
  'package',
  'test',
  'testing',
  'verify',
  '.',
]
  .flatMap((folder) =>
    readdirSync(join(PROJECT, folder), { recursive: folder !== '.', encoding: 'utf8' }).map((name) =>
      join(folder, name),
    ),
  )
  .filter((name) => /\.(ts|md)$/.test(name) && !name.includes('node_modules'));

it.each([
  ...DROPPED.map(([word, instead]) => [word, instead, ''] as const),
  ...DROPPED_IN_CLI.map(([word, instead]) => [word, instead, 'cli/'] as const),
])('%s is said nowhere: %s', (word, _, folder) => {
  const said = files
    .filter((file) => file.startsWith(folder))
    .flatMap((file) => {
      const lines = readFileSync(join(PROJECT, file), 'utf8').split('\n');
      return lines.flatMap((line) => {
        const [found] = word.exec(line) ?? [];
        return found === undefined ? [] : [`${file}: ${line.slice(line.indexOf(found)).slice(0, 60)}`];
      });
    })
    .filter((one) => !KEPT.some((kept) => kept.test(one)));

  expect(said).toEqual([]);
});
