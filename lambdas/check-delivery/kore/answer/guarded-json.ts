/** What of a body's JSON can be parsed without harm: not too many values, and none nested too deeply. */

export interface Guards {
  /** Levels of objects and arrays, the body's own included; what lies deeper is cut. */
  readonly deepest: number;
  readonly mostValues: number;
}

/** Stands for what was nested too deeply to be kept. */
const TOO_DEEP = '"[nested too deeply]"';

/**
 * The body with what is too deep cut out as text, so that every number elsewhere can still be read from its source;
 * `undefined` where it has more values than allowed.
 */
export function guardedJson(body: string, { deepest, mostValues }: Guards): string | undefined {
  let kept = '';
  let keptUpTo = 0;
  let depth = 0;
  let values = 1;
  for (let i = 0; i < body.length; i += 1) {
    switch (body.charCodeAt(i)) {
      case QUOTE:
        i = endOfText(body, i);
        break;
      case OPENING_BRACKET:
      case OPENING_BRACE:
        values += 1;
        depth += 1;
        if (depth === deepest + 1) kept += body.slice(keptUpTo, i) + TOO_DEEP;
        break;
      case CLOSING_BRACKET:
      case CLOSING_BRACE:
        if (depth === deepest + 1) keptUpTo = i + 1;
        depth -= 1;
        break;
      case COMMA:
        values += 1;
    }
    // There are no more values in the body than these.
    if (values > mostValues) return undefined;
  }
  // A body that ends inside of what is cut is no JSON.
  return depth > deepest ? '' : kept + body.slice(keptUpTo);
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [OPENING_BRACKET, CLOSING_BRACKET] = [0x5b, 0x5d];
const [OPENING_BRACE, CLOSING_BRACE] = [0x7b, 0x7d];

/** Index of the quote that ends the text which begins at `start`, or of the body's end. */
function endOfText(body: string, start: number): number {
  let end = body.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(body, end)) end = body.indexOf('"', end + 1);
  return end === -1 ? body.length : end;
}

/** Whether an odd number of backslashes stands before it. */
function isEscaped(body: string, index: number): boolean {
  let first = index;
  while (body.charCodeAt(first - 1) === BACKSLASH) first -= 1;
  return (index - first) % 2 === 1;
}
