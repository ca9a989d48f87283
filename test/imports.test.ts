import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsIn } from '../generate/imports-in.ts';

const PROJECT = join(import.meta.dirname, '..');
const CHECK = 'lambdas/check-delivery';
const CAMPAIGN = 'lambdas/check-campaign';

/** What each folder may import of the others: only what lies below it. */
const OUTER: Walls = {
  bin: ['generate', 'local', 'cli', 'lib', 'lambdas', 'package.json'],
  generate: ['testing', 'local', 'lib', 'lambdas', 'contract', 'package.json'],
  bench: ['testing', 'local', 'lib', 'lambdas', 'contract'],
  testing: ['local', 'lambdas', 'contract'],
  local: ['cli/display', 'cli/report', 'cli/text', 'lib', 'lambdas', 'contract'],
  package: ['lib', 'lambdas', 'contract', 'package.json', 'package-lock.json'],
  verify: ['emulator', 'local', 'lib', 'lambdas', 'contract', 'test/e2e/emulator.ts'],
  emulator: ['local', 'lambdas', 'contract'],
  cli: ['client', 'contract'],
  lib: ['contract'],
  examples: [],
  lambdas: ['contract'],
  client: ['contract'],
  contract: [],
};

/** Settings and constants that synth and run time share, and a call to Kore as a check makes it. */
const EXCEPTIONS: Walls = {
  'lib/functions/check-delivery-function.ts': ['lambdas/asset.ts', `${CHECK}/environment.ts`],
  'lib/functions/check-campaign-function.ts': ['lambdas/asset.ts', `${CAMPAIGN}/environment.ts`],
  'cli/credentials/try-credentials.ts': [
    `${CHECK}/kore/access/token.ts`,
    `${CHECK}/kore/status-api.ts`,
    `${CHECK}/obstacle.ts`,
  ],
  'lib/command-line-output.ts': ['package.json'],
  'lib/monitoring/alarm-description.ts': ['package.json'],
  'lib/functions/stored-bots.ts': [`${CHECK}/kore/access/bot-exceptions.ts`, `${CHECK}/kore/access/bots.ts`],
  'lib/configuration/schedule-from.ts': [`${CHECK}/schedule/schedule.ts`],
  'lib/configuration/settings.ts': [
    `${CHECK}/budget/call-limits.ts`,
    `${CHECK}/kore/access/bots.ts`,
    `${CHECK}/schedule/moment.ts`,
    `${CHECK}/schedule/schedule.ts`,
  ],
  'lib/workflow/failed-check.ts': [`${CHECK}/obstacle.ts`, `${CHECK}/schedule/moment.ts`],
};

/** The rooms of each function, from the top floor down: each may import what stands below it, and nothing above. */
const FLOORS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  [CHECK]: [
    ['handler.ts'],
    ['check.ts'],
    ['announcing', 'plan-first-check.ts'],
    ['find-status.ts', 'foresee.ts', 'book-next-check.ts', 'ending', 'measure.ts'],
    ['decision.ts', 'world.ts'],
    ['invocation', 'environment.ts'],
    ['budget', 'rows'],
    ['kore', 'schedule'],
    ['obstacle.ts'],
    ['telemetry'],
  ],
  [CAMPAIGN]: [
    ['handler.ts'],
    ['check.ts'],
    ['ending', 'sweep', 'claim-campaign.ts', 'find-totals.ts', 'measure.ts'],
    ['decision.ts', 'world.ts'],
    ['rows', 'executions.ts', 'schedule'],
    ['invocation.ts', 'totals.ts', 'environment.ts', 'in-lanes.ts'],
  ],
};

/** What the function for campaigns shares with the other one: how rows, ends and lines of the log are made. */
const SHARED = [
  'ending/final-event.ts',
  'invocation/wait-until.ts',
  'obstacle.ts',
  'rows',
  'schedule/moment.ts',
  'telemetry',
];

type Walls = Readonly<Record<string, readonly string[]>>;

function isIn(place: string, target: string): boolean {
  return target === place || target.startsWith(`${place}/`);
}

describe('the walls', () => {
  it.each(Object.keys(OUTER))('%s/ imports only what lies below it', (folder) => {
    const within = [folder, ...(OUTER[folder] ?? [])];

    const strays = importsIn(folder).filter(
      ({ file, target }) => ![...within, ...(EXCEPTIONS[file] ?? [])].some((place) => isIn(place, target)),
    );

    expect(strays).toEqual([]);
  });

  it('have no exception that nothing needs', () => {
    const imports = Object.keys(OUTER).flatMap(importsIn);
    const listed = Object.entries(EXCEPTIONS).flatMap(([file, targets]) =>
      targets.map((target) => ({ file, target })),
    );

    expect(
      listed.filter(({ file, target }) => !imports.some((one) => one.file === file && one.target === target)),
    ).toEqual([]);
  });

  it('have no circle of files, types included', () => {
    const targets = Map.groupBy(Object.keys(OUTER).flatMap(importsIn), ({ file }) => file);
    const done = new Set<string>();
    const circles: string[][] = [];
    const visit = (file: string, path: readonly string[]) => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file]);
      if (path.includes(file) || done.has(file)) return;
      for (const { target } of targets.get(file) ?? []) visit(target, [...path, file]);
      done.add(file);
    };
    for (const file of targets.keys()) visit(file, []);

    expect(circles).toEqual([]);
  });

  it('stand between all folders with code', () => {
    const folders = readdirSync(PROJECT, { withFileTypes: true })
      .filter(
        (entry) =>
          entry.isDirectory() &&
          !/^\.|^(node_modules|dist|cdk\.out|docs|schema|test|reports|verify-results)$/.test(entry.name),
      )
      .map(({ name }) => name);

    expect(folders.filter((folder) => !(folder in OUTER))).toEqual([]);
  });
});

describe.each(Object.entries(FLOORS))('the floors of %s', (folder, floors) => {
  const floorOf = (path: string) =>
    floors.findIndex((rooms) => rooms.some((room) => isIn(`${folder}/${room}`, path)));
  const roomOf = (path: string) => path.slice(folder.length + 1).replace(/\/.*/, '');
  const imports = importsIn(folder).filter(
    ({ file, target }) => isIn(folder, target) && roomOf(file) !== roomOf(target),
  );

  it('hold every room', () => {
    const rooms = readdirSync(join(PROJECT, folder)).filter((room) => floorOf(`${folder}/${room}`) === -1);

    expect(rooms).toEqual([]);
  });

  it('are crossed downwards only', () => {
    expect(imports.filter(({ file, target }) => floorOf(file) >= floorOf(target))).toEqual([]);
  });
});

describe('the two functions', () => {
  it('share what lies low in check-delivery, and no more', () => {
    const shared = SHARED.map((room) => `${CHECK}/${room}`);

    const strays = importsIn(CAMPAIGN).filter(
      ({ target }) => isIn(CHECK, target) && !shared.some((place) => isIn(place, target)),
    );

    expect(strays).toEqual([]);
  });

  it('know of each other in one direction', () => {
    const back = importsIn('lambdas').filter(
      ({ file, target }) => isIn(CAMPAIGN, target) && !isIn(CAMPAIGN, file),
    );

    expect(back).toEqual([]);
  });
});
