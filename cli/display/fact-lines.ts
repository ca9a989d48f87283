/** Names with values, a line each, or several where the terminal is narrow. */
import { printable } from '../text/printable.ts';
import { displayWidth, wrapped } from '../text/wrapped.ts';
import { type Room, widthOf } from './table-layout.ts';
import { paint } from './terminal.ts';

const INDENT = 2;
const GAP = 2;
const NARROWEST = 12;

/** Those without a value are left out. */
export function factLines(room: Room, facts: readonly (readonly [string, string | undefined])[]): string[] {
  const known = facts.filter(([, text]) => text !== undefined && text !== '');
  const names = Math.max(NARROWEST, ...known.map(([name]) => name.length + GAP));
  const width = Math.max(1, widthOf(room) - INDENT - names);
  return known.flatMap(([name, text = '']) =>
    wrapped(printable(text), width).map(
      (line, index) => ' '.repeat(INDENT) + (index === 0 ? name : '').padEnd(names) + line,
    ),
  );
}

/** What the facts are of, and how it is; on two lines where one is too short. */
export function titleLines(
  room: Room,
  colour: 'green' | 'red' | 'yellow',
  name: string,
  state: string,
): string[] {
  const [title, headline] = [printable(name), printable(state)];
  const width = displayWidth(title) + GAP + displayWidth(headline);
  const [bold, coloured] = [paint(room, 'bold', title), paint(room, colour, headline)];
  return width <= widthOf(room) ? [`${bold}  ${coloured}`] : [bold, `  ${coloured}`];
}
