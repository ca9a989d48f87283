/** The rooms of the project and the imports between them as Mermaid flowcharts, for docs/architecture.md. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { importsIn } from './imports-in.ts';

const PROJECT = join(import.meta.dirname, '..');

/** Tests and examples are left out: nothing imports them. */
const FOLDERS = [
  ...[
    'bin',
    'generate',
    'verify',
    'emulator',
    'bench',
    'testing',
    'local',
    'package',
    'cli',
    'client',
    'lib',
    'lambdas',
  ],
  'contract',
];

export function folderDiagram(): string {
  const arrows = FOLDERS.flatMap(importsIn).map(({ file, target }) => [folderOf(file), folderOf(target)]);
  return flowchart(
    FOLDERS,
    arrows.filter(([, to]) => FOLDERS.includes(to ?? '')),
  );
}

function folderOf(file: string): string {
  return file.replace(/\/.*/, '');
}

/** Each file and each folder in `folder` is a room. */
export function roomDiagram(folder: string): string {
  const rooms = readdirSync(join(PROJECT, folder)).toSorted();
  const roomOf = (file: string) => folderOf(file.slice(folder.length + 1));
  const inside = importsIn(folder).filter(({ target }) => target.startsWith(`${folder}/`));
  return flowchart(
    rooms,
    inside.map(({ file, target }) => [roomOf(file), roomOf(target)]),
  );
}

function flowchart(rooms: readonly string[], imports: readonly string[][]): string {
  const idOf = (room: string) => `r${rooms.indexOf(room) + 1}`;
  const nodes = rooms.map((room) => `  ${idOf(room)}["${room}${room.endsWith('.ts') ? '' : '/'}"]`);
  const arrows = withoutShortCuts(imports).map(([from, to]) => `  ${idOf(from)} --> ${idOf(to)}`);
  return ['flowchart TD', ...nodes, ...arrows].join('\n');
}

/** Where a path of other arrows leads to the same room, an arrow of its own would say nothing new. */
function withoutShortCuts(imports: readonly string[][]): [string, string][] {
  const targetsOf = new Map<string, Set<string>>();
  for (const [from = '', to = ''] of imports) {
    if (from !== to) targetsOf.set(from, (targetsOf.get(from) ?? new Set()).add(to));
  }
  const reaches = (from: string, to: string): boolean =>
    [...(targetsOf.get(from) ?? [])].some((next) => next === to || reaches(next, to));
  return [...targetsOf].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => ![...targets].some((other) => other !== to && reaches(other, to)))
      .map((to): [string, string] => [from, to]),
  );
}
