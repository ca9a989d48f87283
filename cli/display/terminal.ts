/** Where commands write and ask. Handed in, so that a test can listen. */
import { inspect } from 'node:util';

export interface Stream extends NodeJS.WritableStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface Terminal {
  readonly stdout: Stream;
  readonly stderr: Stream;
  /** Whether standard output takes colours. */
  readonly colours: boolean;
  /** Asks a person; `undefined` where there is no terminal to ask on. */
  readonly confirm: ((question: string) => Promise<boolean>) | undefined;
}

/** As much of a terminal as lines that are made for it need. */
export type Colours = Pick<Terminal, 'colours'>;

/** @param environment `NO_COLOR` and `TERM` may forbid colours (https://no-color.org). */
export function takesColours(
  stream: Stream,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  return stream.isTTY === true && !environment.NO_COLOR && environment.TERM !== 'dumb';
}

type Colour = 'bold' | 'dim' | 'green' | 'red' | 'yellow';

export function paint({ colours }: Colours, colour: Colour, text: string): string {
  const [on, off] = inspect.colors[colour] ?? [];
  return colours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
}
