import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCENARIOS } from '../verify/scenarios/all.ts';

const PROJECT = join(import.meta.dirname, '..');
const PAGE = readFileSync(join(PROJECT, 'docs', 'aws-assumptions.md'), 'utf8');
const FOLDERS = [
  'bench',
  'cli',
  'client',
  'contract',
  'docs',
  'lambdas',
  'lib',
  'local',
  'test',
  'testing',
  'verify',
];

/** Text of a file on one line, without the marks of comments. */
function textOf(file: string): string {
  return readFileSync(join(PROJECT, file), 'utf8').replace(/\n\s*(?:\*|\/\/)?\s*/g, ' ');
}

const citations = FOLDERS.flatMap((folder) =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|md)$/.test(name) && !/aws-assumptions|^api\//.test(name))
    .flatMap((name) => {
      const file = `${folder}/${name}`;
      const cited = textOf(file).matchAll(/AWS docs,\s+([A-Z][^():;,.]*)/g);
      return [...cited].map(([, title = '']) => ({ file, title: title.trim() }));
    }),
);

/** Rows of the page's tables, by their first cells. */
const rows = [...PAGE.matchAll(/^\| (?!assumption|---)([^|]+) \|(.*)\|$/gm)];

describe('docs/aws-assumptions.md', () => {
  it.each([...new Set(citations.map(({ title }) => title))])(
    'has the page "%s" that something cites',
    (title) => {
      const citing = citations.filter((one) => one.title === title).map(({ file }) => file);

      expect(PAGE.includes(title), `cited in ${citing.join(', ')}`).toBe(true);
    },
  );

  it('names each observation of npm run verify, and no other', () => {
    const known = SCENARIOS.flatMap(({ settles }) => settles.map(({ id }) => id));
    const named = rows.flatMap(([, , rest = '']) => [
      ...(rest.split('|').at(-1) ?? '').matchAll(/`([a-z-]+)`/g),
    ]);

    expect(new Set(named.map(([, id]) => id))).toEqual(new Set(known));
  });

  it('gives each assumption a page, a judge or a scenario, or says that it is open', () => {
    const bare = rows.filter(([, , rest = '']) => rest.split('|').every((cell) => /^\s*–?\s*$/.test(cell)));

    expect(rows.length).toBeGreaterThan(20);
    expect(bare.map(([, assumption]) => assumption)).toEqual([]);
  });
});
